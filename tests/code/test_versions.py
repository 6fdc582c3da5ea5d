"""Which answers count after a codebook was edited: kept, stale, unclear, merged, split."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from linewatch.cli.codebook import codebook as command
from linewatch.code.answers import Answer, make_judgement
from linewatch.code.codebook import load_codebook, parse_codebook
from linewatch.code.manual import write_manual, write_manual_page
from linewatch.code.reliability import collect
from linewatch.code.run import count_live, find_given, list_versions, record
from linewatch.code.versions import count_answers, list_changes
from linewatch.model import Code, Codebook, Crosswalk, Judgement
from linewatch.store.case import Case
from linewatch.store.live import list_live_passages

OLD = load_codebook("tone.v1")
SAID = (
    Answer(question="q1", value="yes"),
    Answer(question="q4", value="yes"),
    Answer(question="T02", value="yes"),
)


def edit(**fields: object) -> Codebook:
    """Return the codebook with other parts."""
    return msgspec.structs.replace(OLD, **fields)


def reword(part: str, words: str, *crosswalk: Crosswalk) -> Codebook:
    """Return the codebook with one question or code in other words."""
    questions = tuple(msgspec.structs.replace(q, text=words) if q.id == part else q for q in OLD.questions)
    codes = tuple(msgspec.structs.replace(c, name=words) if c.id == part else c for c in OLD.codes)
    return edit(questions=questions, codes=codes, crosswalk=crosswalk)


def rename(was: str, now: str, **fields: tuple[str, ...] | dict[str, tuple[str, ...]]) -> Codebook:
    """Return the codebook with one code under another id, and what the crosswalk says of it."""
    codes = tuple(c for c in OLD.codes if c.id != was)
    walk = msgspec.convert({"earlier": "tone.v1", **fields}, Crosswalk)
    return edit(codes=(*codes, Code(id=now, name="New")), crosswalk=(walk,))


def count(new: Codebook) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """Return what one coder's answers are now, and what is stale."""
    rows = [make_judgement(OLD, "p", "anna", one) for one in SAID]
    found = count_answers(new, {OLD.digest: OLD}, rows)
    return {one.question: one.value for one in found.judgements}, found.stale


def test_an_untouched_codebook_changes_nothing() -> None:
    """The same codebook counts the same answers."""
    assert count(OLD) == ({"q1": "yes", "q4": "yes", "T02": "yes"}, {})
    assert list_changes(OLD, OLD) == ()


@pytest.mark.parametrize(
    ("new", "said", "stale", "shows"),
    [
        (
            reword("q4", "Other?"),
            {"q1": "yes", "T02": "yes"},
            {"q4": ("p",)},
            "a changed question is asked again",
        ),
        (
            reword("q5", "Other?"),
            {"q1": "yes", "q4": "yes", "T02": "yes"},
            {},
            "one not answered is not stale",
        ),
        (
            reword("q4", "Other?", Crosswalk(earlier="tone.v1", same=("q4",))),
            {"q1": "yes", "q4": "yes", "T02": "yes"},
            {},
            "a reworded question means what it meant",
        ),
        (
            reword("T03", "Other"),
            {"q1": "yes", "q4": "yes", "T02": "yes", "T03": "unclear"},
            {"T03": ("p",)},
            "a changed code that was not marked is no no",
        ),
        (
            rename("T02", "T09"),
            {"q1": "yes", "q4": "yes", "T09": "unclear"},
            {"T09": ("p",)},
            "a new code was never asked",
        ),
        (
            rename("T02", "T09", merged={"T09": ("T02", "T03")}),
            {"q1": "yes", "q4": "yes", "T09": "yes"},
            {},
            "a merged code is yes where any was",
        ),
        (
            rename("T02", "T09", split={"T02": ("T09",)}),
            {"q1": "yes", "q4": "yes", "T09": "unclear"},
            {"T09": ("p",)},
            "a yes that was split is coded anew",
        ),
        (
            rename("T03", "T09", split={"T03": ("T09",)}),
            {"q1": "yes", "q4": "yes", "T02": "yes"},
            {},
            "a no that was split stays no",
        ),
        (
            edit(name="tone.v2", crosswalk=(Crosswalk(earlier="tone.v1"),)),
            {"q1": "yes", "q4": "yes", "T02": "yes"},
            {},
            "a new name with a crosswalk goes on",
        ),
        (edit(name="tone.v2"), {}, {}, "a new name without one begins anew"),
    ],
)
def test_what_counts(
    new: Codebook, said: dict[str, str], stale: dict[str, tuple[str, ...]], shows: str
) -> None:
    """Each kind of change does to earlier answers what it must."""
    assert count(new) == (said, stale), shows


def test_changed_rules_derive_anew_from_the_same_answers() -> None:
    """Where only the derivation changed no answer is stale, and the point is another."""
    rules = tuple(
        msgspec.structs.replace(one, value=-2) if one.value == -1 else one for one in OLD.scale.rules
    )
    new = edit(scale=msgspec.structs.replace(OLD.scale, rules=rules))
    rows = [
        make_judgement(
            OLD, "p", "anna", Answer(question=one.id, value="yes" if one.id in {"q1", "q4"} else "no")
        )
        for one in OLD.questions
    ]
    found = count_answers(new, {OLD.digest: OLD}, rows)
    assert found.stale == {}
    assert [one.low for one in collect(new, found.judgements)] == [-2]
    assert [one.part for one in list_changes(OLD, new)] == ["rules"]


def test_an_answer_of_before_digests_counts_by_its_name() -> None:
    """A row kept before digests were is read as it was."""
    row = msgspec.structs.replace(make_judgement(OLD, "p", "anna", SAID[0]), digest=None)
    assert count_answers(reword("q1", "Other?"), {}, [row]).judgements == (row,)
    assert (
        msgspec.json.decode(
            msgspec.json.encode(row).replace(b',"digest":null,"settles":[]', b""), type=Judgement
        )
        == row
    )


OWN = """name: own.v1
title: Blame
questions:
  - {id: q1, text: "Is it about leavers?", ends: "no"}
  - {id: q2, text: "Does it blame them?"}
scale:
  name: stance
  points: {-1: Blame, 0: No blame}
  rules:
    - {when: {q1: "no"}, value: null}
    - {when: {q2: "yes"}, value: -1}
    - {when: {q1: "yes"}, value: 0}
"""


def test_a_codebook_edited_under_its_name_is_noticed(case: Case) -> None:
    """The queue asks the changed question again, the command says how many, and answering anew mends it."""
    path = case.path / "codebook.yml"
    path.write_text(OWN, encoding="utf-8")
    passage = list_live_passages(case)[0].id
    both = (Answer(question="q1", value="yes"), Answer(question="q2", value="yes"))
    record(case, passage, "anna", both)
    path.write_text(OWN.replace("Does it blame them?", "Does it shame them?"), encoding="utf-8")
    assert count_live(case).stale == {"q2": (passage,)}
    assert set(find_given(case, "anna")[passage]) == {"q1"}
    told = CliRunner().invoke(command, ["check", str(case.path)]).output
    assert "Edited under the same name" in told
    assert "1 passage to code anew (q2 1)" in told
    record(case, passage, "anna", both)
    assert count_live(case).stale == {}
    assert len(list_versions(case)) == 2


@pytest.mark.parametrize("name", ["leavers.v1", "position.v1", "tone.v1"])
def test_shipped_codebooks_have_a_manual(name: str) -> None:
    """Each shipped codebook is sound, and its manual holds every question and code."""
    book = load_codebook(name)
    manual = write_manual(book)
    assert all(f"### {one.id} " in manual for one in (*book.questions, *book.codes))
    assert "<h2>Questions</h2>" in write_manual_page(book)


def test_words_of_a_codebook_are_no_markup() -> None:
    """A title that holds markup is shown, not obeyed."""
    book = parse_codebook(OWN.replace("title: Blame", "title: '<script>x</script> *b*'"))
    page = write_manual_page(book)
    assert "<script>" not in page
    assert "<em>b</em>" not in page


def test_new_diff_and_show(case: Case, tmp_path: Path) -> None:
    """A codebook is made in the case once, compared with where it came from, and printed."""
    run = CliRunner().invoke
    made = run(command, ["new", str(case.path), "--from", "tone.v1", "--name", "harbour.v1"])
    assert made.exit_code == 0
    assert load_codebook("", case.path).name == "harbour.v1"
    assert run(command, ["new", str(case.path)]).exit_code != 0
    assert "Nothing that a coder" in run(command, ["diff", "tone.v1", str(case.path)]).output
    assert "q1: changed" in run(command, ["diff", "tone.v1", "position.v1"]).output
    page = tmp_path / "manual.html"
    assert run(command, ["show", str(case.path), "--manual", str(page)]).exit_code == 0
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
