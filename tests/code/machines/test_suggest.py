"""Suggestions of a case: rows of their own, taken back but never deleted, unseen until people have finished, and measured."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import msgspec
import pytest
from click.testing import CliRunner

from linewatch.cli.main import linewatch
from linewatch.code.answers import Answer
from linewatch.code.machines.rows import list_labels, measure_machine
from linewatch.code.run import (
    collect_codes,
    collect_machine_codes,
    export_judgements,
    get_codebook,
    list_suggestions,
    measure_machines,
    open_sitting,
    record,
    suggest,
)
from linewatch.errors import InputError
from linewatch.model import Codebook, Judgement, MachineRun, Suggestion
from linewatch.store.case import Case
from linewatch.store.check import check_case
from linewatch.store.live import list_live_judgements, list_live_passages, list_live_suggestions

OUT = (Answer(question="q1", value="no"),)


def say_nothing(_step: object) -> None:
    """Tell nobody how far the work has come."""


def write_codebook(case: Case, term: str) -> None:
    """Give the case a codebook of one question with one term."""
    (case.path / "codebook.yml").write_text(
        'name: l.v1\ntitle: L\nquestions: [{id: q1, text: "One?"}]\n'
        'scale: {name: s, points: {0: Seen, 1: Not}, rules: [{when: {q1: "yes"}, value: 0}, {when: {q1: "no"}, value: 1}]}\n'
        f"lexicon: {{q1: {{terms: [{{words: {term}}}]}}}}\n"
    )


def test_suggestions_are_no_judgements(case: Case) -> None:
    """A machine writes no judgement, its answers are no codes and stand in no export."""
    write_codebook(case, "pledge")
    run = suggest(case, "lexicon", say_nothing)
    assert (run.passages, case.count(Judgement), len(list_live_suggestions(case))) == (3, 0, 3)
    assert (collect_codes(case), collect_machine_codes(case)) == ((), ())
    target = case.path.parent / "out.csv"
    export_judgements(case, target)
    assert "machine" not in target.read_text(encoding="utf-8")


def test_person_is_never_overwritten(case: Case) -> None:
    """What people said before a machine ran stands as it stood."""
    write_codebook(case, "pledge")
    for passage in list_live_passages(case):
        record(case, passage.id, "anna", OUT)
    before = list_live_judgements(case)
    suggest(case, "lexicon", say_nothing)
    assert list_live_judgements(case) == before


def test_same_run_again_adds_nothing_and_another_takes_back(case: Case) -> None:
    """Equal answers stand; changed ones are taken back by rows, and the old rows are kept."""
    write_codebook(case, "pledge")
    suggest(case, "lexicon", say_nothing)
    suggest(case, "lexicon", say_nothing)
    assert (case.count(Suggestion), case.count(MachineRun)) == (3, 2)
    write_codebook(case, "berth")
    suggest(case, "lexicon", say_nothing)
    live = list_live_suggestions(case)
    assert (case.count(Suggestion), len(live)) == (3 + 2 + 2, 3)
    assert {one.value for one in live} == {"yes", "no"}
    runs = case.find(MachineRun)
    assert runs[0].digest == runs[1].digest != runs[2].digest
    assert [one for one in check_case(case.path).faults if one.layer in {"row", "log", "head"}] == []


def test_coder_who_has_not_finished_is_never_sent_a_suggestion(case: Case) -> None:
    """By the function and by the command: not before the first answer, not with one left; and nobody while anyone has some left."""
    suggest(case, "lexicon", say_nothing)
    passages = [one.id for one in list_live_passages(case)]
    open_sitting(case, "anna")
    for done in range(len(passages)):
        for coder in ("anna", None):
            with pytest.raises(InputError, match="anna has passages left"):
                list_suggestions(case, coder)
        arguments = ["code", str(case.path), "--suggestions", "--as", "anna", "--json"]
        assert "lexicon" not in CliRunner().invoke(linewatch, arguments).output
        record(case, passages[done], "anna", OUT)
    assert list_suggestions(case, "anna")
    assert "machine:lexicon.v1" in CliRunner().invoke(linewatch, arguments).output
    open_sitting(case, "bruno")
    with pytest.raises(InputError, match="bruno"):
        list_suggestions(case)


def test_looking_is_logged(case: Case) -> None:
    """A machine's answers alone can be browsed, and the log keeps that somebody did."""
    suggest(case, "lexicon", say_nothing)
    before = case.get_head().seq
    assert list_suggestions(case)
    assert case.get_head().seq == before + 1


def test_machine_without_people_is_not_measured(case: Case) -> None:
    """Where nobody coded what it answered there is no agreement, and its codes do not count."""
    suggest(case, "lexicon", say_nothing)
    (found,) = measure_machines(case)
    assert (found.rows, found.counts) == ((), False)
    arguments = ["code", str(case.path), "--agreement"]
    assert "not measured" in CliRunner().invoke(linewatch, arguments).output


@pytest.mark.parametrize("name", ["lexicon.v9", "../x", ""])
def test_unknown_machine_is_refused(case: Case, name: str) -> None:
    """A machine that is not registered is named as such."""
    with pytest.raises(InputError, match="no machine is called"):
        suggest(case, name, say_nothing)


def make_rows(book: Codebook, machine: str, said: str, n: int) -> list[Suggestion]:
    """Return a machine's answers to q1 on so many passages, the last half as `said`, the first half yes."""
    return [
        Suggestion(id=f"s{k}", run="r", machine=machine, passage=f"p{k}", codebook=book.name, digest=book.digest,
                   question="q1", value="yes" if k < n // 2 else said)
        for k in range(n)
    ]  # fmt: skip


def make_judgements(book: Codebook, coder: str, n: int) -> list[Judgement]:
    """Return a person's answers to q1: yes to the first half of so many passages, no to the rest."""
    at = datetime(2033, 1, 1, tzinfo=UTC)
    return [
        Judgement(id=f"{coder}{k}", passage=f"p{k}", coder=coder, codebook=book.name, question="q1",
                  value="yes" if k < n // 2 else "no", judged_at=at)
        for k in range(n)
    ]  # fmt: skip


def test_machine_is_measured_like_anyone(case: Case) -> None:
    """A machine that says what people said has alpha 1; one that says yes to all has none of it; unclear is a missing value."""
    book = get_codebook(case)
    people = [*make_judgements(book, "anna", 60), *make_judgements(book, "bruno", 60)]
    items = {f"p{k}": f"i{k // 3}" for k in range(60)}
    found = {
        said: measure_machine(book, "machine:x", make_rows(book, "machine:x", said, 60), people, items)
        for said in ("no", "yes", "unclear")
    }
    rows = {said: {row.code: row for row in one.rows}["q1"] for said, one in found.items()}
    assert (rows["no"].alpha, rows["no"].light, rows["no"].units) == (1.0, "green", 60)
    assert rows["yes"].alpha is not None
    assert rows["yes"].alpha < 0
    assert (rows["unclear"].units, found["unclear"].abstained) == (30, 30)


def test_old_wording_of_the_codebook_is_not_measured(case: Case) -> None:
    """Suggestions made under another wording count for nothing until the machine runs again."""
    book = get_codebook(case)
    old = [msgspec.structs.replace(one, digest="old") for one in make_rows(book, "machine:x", "no", 60)]
    assert not measure_machine(book, "machine:x", old, make_judgements(book, "anna", 60), {}).rows


def test_labels_are_what_most_people_said(case: Case, get_passage: Callable[[Case, str], str]) -> None:
    """A tie and an unclear answer are no label; a code nobody marked is a no where its coders mark codes."""
    first, second, third = (get_passage(case, one) for one in ("They", "It was", "Whoever"))
    yes = Answer(question="q1", value="yes")
    record(case, first, "anna", (yes, Answer(question="F01", value="yes")))
    record(case, first, "bruno", (Answer(question="q1", value="no"),))
    record(case, second, "anna", (yes,))
    record(case, third, "anna", (Answer(question="q1", value="unclear"),))
    labels = list_labels(get_codebook(case), list_live_judgements(case))
    assert labels["q1"] == {second: "yes"}
    assert labels["F01"] == {first: "yes", second: "no"}
