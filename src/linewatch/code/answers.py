"""Answers become judgements: rows that are added or taken back, never changed. Where they are kept is `run`'s affair."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from unicodedata import normalize
from uuid import uuid4

from linewatch.code.codebook import SKIP
from linewatch.code.queue import Answers
from linewatch.errors import InputError
from linewatch.model import Codebook, Judgement, Value

RANGE = "range"
LONGEST_NAME = 80


class Answer(Value, frozen=True, kw_only=True):
    """What a coder says to one question; equal answers are one answer, whenever given."""

    question: str
    value: str
    low: int | None = None
    high: int | None = None
    note: str | None = None


def list_answers(codebook: Codebook, answers: Answers) -> tuple[Answer, ...]:
    """Return what a queue's answers are kept as: a skip alone, else questions, a range, the frames that hold.

    The note stands with the range, else with the last question answered. What is out of the line has no frames.
    """
    if answers.reason is not None:
        return (Answer(question=SKIP, value=answers.reason, note=answers.note),)
    told = [Answer(question=question, value=value) for question, value in answers.given.items()]
    if answers.low is not None:
        told.append(Answer(question=codebook.scale.name, value=RANGE, low=answers.low, high=answers.high))
    if told and answers.note:
        last = told.pop()
        told.append(
            Answer(question=last.question, value=last.value, low=last.low, high=last.high, note=answers.note)
        )
    derived = codebook.scale.derive(answers.given)
    out = answers.low is None and derived.decided and derived.value is None
    return (*told, *(Answer(question=code, value="yes") for code in answers.codes if not out))


def load_answers(codebook: Codebook, rows: Mapping[str, Judgement]) -> Answers:
    """Return what a coder has said of a passage so far, by question, as the queue goes on from it."""
    stance = rows.get(codebook.scale.name)
    return Answers(
        given={one.id: rows[one.id].value for one in codebook.questions if one.id in rows},
        low=stance.low if stance else None,
        high=stance.high if stance else None,
        codes=tuple(one.id for one in codebook.codes if one.id in rows and rows[one.id].value == "yes"),
        note=next((row.note for row in rows.values() if row.note), None),
    )


def get_answer(judgement: Judgement) -> Answer:
    """Return what a judgement says, without who said it when."""
    return Answer(
        question=judgement.question,
        value=judgement.value,
        low=judgement.low,
        high=judgement.high,
        note=judgement.note,
    )


def make_judgement(
    codebook: Codebook,
    passage: str,
    coder: str,
    answer: Answer,
    *,
    at: datetime | None = None,
    blind: bool = True,
) -> Judgement:
    """Return a judgement made at a time or now: a new row each time, also where the same was taken back before."""
    return Judgement(
        id=uuid4().hex[:16],
        passage=passage,
        coder=coder,
        codebook=codebook.name,
        question=answer.question,
        value=answer.value,
        low=answer.low,
        high=answer.high,
        note=answer.note,
        judged_at=get_hour(at),
        blind=blind,
        digest=codebook.digest,
    )


def read_verdict(codebook: Codebook, question: str, value: str, reason: str | None) -> Answer:
    """Return what a verdict says, yes or no to a question or code, or a point of the scale; raises InputError for anything else."""
    if question == codebook.scale.name:
        points = {str(point): point for point in codebook.scale.points}
        point = points.get(value.removeprefix("+"))
        if point is not None:
            return Answer(question=question, value=RANGE, low=point, high=point, note=reason)
        raise InputError(f"{value!r} is no point of {question}", hint=f"use one of {', '.join(points)}")
    if question not in {*(one.id for one in codebook.questions), *(one.id for one in codebook.codes)}:
        raise InputError(f"{question!r} is no question or code", hint="see `linewatch codebook show`")
    if value not in {"yes", "no"}:
        raise InputError(f"{value!r} is not yes or no", hint="a verdict decides")
    return Answer(question=question, value=value, note=reason)


def retract(judgement: Judgement) -> Judgement:
    """Return the row that takes a judgement back now."""
    return Judgement(
        id=uuid4().hex[:16],
        passage=judgement.passage,
        coder=judgement.coder,
        codebook=judgement.codebook,
        question=judgement.question,
        value="",
        judged_at=get_hour(),
        retracts=judgement.id,
    )


def get_hour(at: datetime | None = None) -> datetime:
    """Return the hour of a time or of now: all that is kept of when a coder worked, too coarse to read a pace from."""
    return (at or datetime.now(UTC)).astimezone(UTC).replace(minute=0, second=0, microsecond=0)


def settle(
    standing: Iterable[Judgement], wanted: Iterable[Answer], *, whole: bool, digest: str | None = None
) -> tuple[list[Judgement], list[Answer]]:
    """Return which standing judgements of one passage and coder give way, and which answers are new.

    An answer that stands already is left alone, so that the same answers again change nothing. `whole` answers are all
    that the coder says of the passage; otherwise the questions not named stay as they are, but a skip and answers
    exclude each other. With a `digest`, an answer given under another wording of the codebook is given anew.
    """
    said, standing = {answer.question: answer for answer in wanted}, list(standing)
    latest = {one.question: one for one in standing}
    kept = {
        question
        for question, one in latest.items()
        if said.get(question) == get_answer(one) and digest in {None, one.digest or digest}
    }
    skips, answers = SKIP in said, bool(said.keys() - {SKIP})
    gone = [
        one
        for one in standing
        if one.question not in kept
        if whole or one.question in said or (answers if one.question == SKIP else skips)
    ]
    return gone, [answer for question, answer in said.items() if question not in kept]


def find_same_name(coder: str, known: Iterable[str]) -> str | None:
    """Return the known coder whom a name writes otherwise, None when there is none: one person is not two coders.

    >>> find_same_name("ana  m", ["Bo", "Ana M"]), find_same_name("Ana M", ["Ana M"])
    ('Ana M', None)
    """
    return next((one for one in known if one != coder and _fold_name(one) == _fold_name(coder)), None)


def _fold_name(coder: str) -> str:
    return " ".join(normalize("NFKC", coder).casefold().split())


def find_bad_name(coder: str) -> str | None:
    """Return what is wrong with a coder's name, None when it can be used."""
    if not coder.strip():
        return "nobody is named as coder"
    if len(coder) > LONGEST_NAME or not coder.isprintable():
        return f"a coder's name is one line of at most {LONGEST_NAME} characters"
    return None
