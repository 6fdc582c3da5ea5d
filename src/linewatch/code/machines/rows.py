"""Suggestions as rows, and what they come to: settled against those that stand, measured against people, read as codes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from uuid import uuid4

import msgspec

from linewatch.code.codebook import SKIP
from linewatch.code.machines.base import NO, UNCLEAR, YES, Labels, Outcome, Suggested
from linewatch.code.reliability import collect, measure_codes
from linewatch.model import CodeAgreement, Codebook, Coded, Judgement, MachineRun, Suggestion, Value, get_id
from linewatch.model.suggestion import MACHINE

PEOPLE = "people"
"""The name under which what most people said is compared with a machine."""
COUNTS = frozenset({"green", "amber"})
Key = tuple[str, str, str]


class Band(Value, frozen=True, kw_only=True):
    """How far the wordings and models of a language model differ among themselves: each is a coder."""

    configurations: tuple[str, ...]
    shares: dict[str, tuple[float, float]]
    """By question, the least and the greatest share of yes among the passages a configuration answered yes or no."""
    rows: tuple[CodeAgreement, ...]
    """The agreement among the configurations."""


class Measured(Value, frozen=True, kw_only=True):
    """How far a machine agrees with what most people said; nothing of its own training is in it."""

    machine: str
    rows: tuple[CodeAgreement, ...]
    abstained: int
    suggested: int

    @property
    def counts(self) -> bool:
        """Tell whether its points may stand beside a human sample: the scale's own row is green or amber."""
        return bool(self.rows) and self.rows[0].light in COUNTS


def make_run(
    name: str, codebook: Codebook, outcome: Outcome, at: datetime, run: str | None = None
) -> MachineRun:
    """Return the record of a pass, its settings frozen under a digest."""
    return MachineRun(
        id=run or uuid4().hex[:16],
        machine=MACHINE + name,
        settings=outcome.settings,
        digest=get_id(sorted(outcome.settings.items())),
        codebook=codebook.digest,
        passages=len({one.passage for one in outcome.answers}),
        abstained=sum(one.value == UNCLEAR for one in outcome.answers),
        refused=outcome.refused,
        order=outcome.order,
        finished_at=at,
    )


def settle(
    standing: Iterable[Suggestion], run: MachineRun, codebook: Codebook, answers: Iterable[Suggested]
) -> tuple[list[Suggestion], list[Suggestion]]:
    """Return the rows that take back what a machine says no more, and the rows that are new; equal answers stand."""
    wanted = {_key(one): one for one in (_make_row(run, codebook, answer) for answer in answers)}
    gone = []
    for row in standing:
        new = wanted.get(_key(row))
        if new is not None and _say(new) == _say(row):
            del wanted[_key(row)]
        else:
            gone.append(_retract(row, run))
    return gone, list(wanted.values())


def _key(row: Suggestion) -> Key:
    return row.machine, row.passage, row.question


def _say(row: Suggestion) -> Suggestion:
    """Return a row without the name of its run, and with a probability as far as anybody reads it."""
    probability = None if row.probability is None else round(row.probability, 3)
    return msgspec.structs.replace(row, id="", run="", probability=probability)


def _make_row(run: MachineRun, codebook: Codebook, answer: Suggested) -> Suggestion:
    return Suggestion(
        id=uuid4().hex[:16],
        run=run.id,
        machine=MACHINE + answer.machine if answer.machine else run.machine,
        passage=answer.passage,
        codebook=codebook.name,
        digest=codebook.digest,
        question=answer.question,
        value=answer.value,
        probability=answer.probability,
        start=answer.start,
        end=answer.end,
        reason=answer.reason,
    )


def _retract(row: Suggestion, run: MachineRun) -> Suggestion:
    return Suggestion(
        id=uuid4().hex[:16],
        run=run.id,
        machine=row.machine,
        passage=row.passage,
        codebook=row.codebook,
        digest=row.digest,
        question=row.question,
        value="",
        retracts=row.id,
    )


def list_labels(codebook: Codebook, judgements: Iterable[Judgement]) -> Labels:
    """Return what most people said to each question and code, by passage; a tie, an unclear and a skip are no label.

    A code nobody marked is a no on the passages about the issue of those who mark codes at all.
    """
    said: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    skipped = {(one.passage, one.coder) for one in judgements if one.question == SKIP}
    for passage, coder, question, value in _list_said(codebook, list(judgements)):
        if value in {YES, NO} and (passage, coder) not in skipped:
            said[question][passage][value] += 1
    labels = {
        question: {passage: _take_most(votes) for passage, votes in passages.items()}
        for question, passages in said.items()
    }
    return {q: {p: value for p, value in own.items() if value} for q, own in labels.items()}


def _list_said(codebook: Codebook, judgements: list[Judgement]) -> Iterator[tuple[str, str, str, str]]:
    """Yield passage, coder, question and value of each answer, unmarked codes with them."""
    codes = [code.id for code in codebook.codes]
    framers = {one.coder for one in judgements if one.question in codes}
    given: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for one in judgements:
        given[one.passage, one.coder][one.question] = one.value
    first = codebook.questions[0]
    for (passage, coder), own in given.items():
        about = coder in framers and own.get(first.id) not in {None, first.ends, UNCLEAR}
        unmarked = {code: NO for code in codes if about}
        yield from ((passage, coder, question, value) for question, value in (unmarked | own).items())


def _take_most(votes: Counter[str]) -> str:
    return "" if votes[YES] == votes[NO] else max(votes, key=votes.__getitem__)


def measure_machine(
    codebook: Codebook,
    machine: str,
    rows: Sequence[Suggestion],
    judgements: Sequence[Judgement],
    items: Mapping[str, str],
) -> Measured:
    """Return a machine's agreement with what most people said, on the scale and on each question that it answered."""
    labels = list_labels(codebook, judgements)
    shape = judgements[0] if judgements else None
    people = [
        msgspec.structs.replace(shape, passage=passage, coder=PEOPLE, question=question, value=value, low=None, high=None)
        for question, passages in labels.items()
        for passage, value in passages.items()
        if shape is not None
    ]  # fmt: skip
    own = [one for one in read_judgements(codebook, rows) if one.coder == machine]
    both = {one.passage for one in people} & {one.passage for one in own}
    paired = [one for one in (*people, *own) if one.passage in both]
    asked = {one.question for one in own}
    measured = measure_codes(codebook, paired, items).rows if both else ()
    return Measured(
        machine=machine,
        rows=tuple(row for row in measured if row.code in asked or row.code == codebook.scale.name),
        abstained=sum(one.value == UNCLEAR for one in own),
        suggested=len(own),
    )


def read_judgements(codebook: Codebook, rows: Iterable[Suggestion]) -> list[Judgement]:
    """Return suggestions in the shape that codes are read from; never kept, never shown as anybody's judgement."""
    at = datetime.fromisoformat("2000-01-01T00:00:00+00:00")
    return [
        Judgement(
            id=row.id,
            passage=row.passage,
            coder=row.machine,
            codebook=codebook.name,
            question=row.question,
            value=row.value,
            judged_at=at,
        )
        for row in rows
        if row.digest == codebook.digest
    ]


def collect_scores(
    codebook: Codebook, rows: Iterable[Suggestion], measured: Iterable[Measured]
) -> tuple[Coded, ...]:
    """Return what the machines' answers come to, of those machines alone that were measured and hold."""
    counting = {one.machine for one in measured if one.counts}
    return collect(codebook, read_judgements(codebook, [row for row in rows if row.machine in counting]))


def measure_band(codebook: Codebook, found: Sequence[Suggestion], items: Mapping[str, str]) -> Band | None:
    """Return how far the configurations of one machine differ, None where there are fewer than two."""
    own = read_judgements(codebook, found)
    names = tuple(sorted({one.coder for one in own}))
    if len(names) < 2:
        return None
    told: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for one in own:
        if one.value in {YES, NO}:
            told[one.question][one.coder].append(one.value == YES)
    shares = {
        question: [sum(said) / len(said) for said in by_coder.values()] for question, by_coder in told.items()
    }
    return Band(
        configurations=names,
        shares={question: (min(all_shares), max(all_shares)) for question, all_shares in shares.items()},
        rows=measure_codes(codebook, own, items).rows,
    )
