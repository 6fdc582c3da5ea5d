"""The queue's state, apart from any screen: which question comes next, and what a key does to the answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from linewatch.model import Codebook, Question, Value

KEYS = {"y": "yes", "n": "no", "u": "unclear"}
TILT = "tilt"
"""Asked only where a passage both blames (q4) and keeps (q5)."""
Done = Literal["answering", "answered", "skipped", "paused", "undo"]


class Answers(Value, frozen=True, kw_only=True):
    """A coder's answers to one passage, as far as they have come."""

    given: dict[str, str] = {}  # noqa: RUF012 - msgspec copies empty defaults
    frames: tuple[str, ...] = ()
    bounds: tuple[int, int] | None = None
    """A range of the scale, lowest first; it wins over what is derived."""
    note: str | None = None
    state: Done = "answering"


def find_question(codebook: Codebook, answers: Answers) -> Question | None:
    """Return the next question, None when the passage is answered."""
    for question in codebook.questions:
        answer = answers.given.get(question.id)
        if answer is None and _is_asked(question, answers):
            return question
        if question.ends is not None and answer == question.ends:
            return None
    return None


def _is_asked(question: Question, answers: Answers) -> bool:
    return question.id != TILT or (answers.given.get("q4") == "yes" and answers.given.get("q5") == "yes")


def press(codebook: Codebook, answers: Answers, key: str) -> Answers:
    """Return what a key makes of the answers; a key that means nothing here changes nothing.

    y, n, u answer; b takes the last answer back, and at the first question the passage before; s skips; p pauses.
    """
    question = find_question(codebook, answers)
    if key in KEYS and question is not None:
        return _answer(codebook, answers, question, KEYS[key])
    if key == "b":
        kept = dict(list(answers.given.items())[:-1])
        return _replace(answers, given=kept, state="answering" if answers.given else "undo")
    states: dict[str, Done] = {"s": "skipped", "p": "paused"}
    return _replace(answers, state=states[key]) if key in states else answers


def _answer(codebook: Codebook, answers: Answers, question: Question, answer: str) -> Answers:
    after = _replace(answers, given={**answers.given, question.id: answer})
    if question.ends == answer:
        # A passage that is not about the issue has no frame and no point.
        after = _replace(after, frames=(), bounds=None)
    return _replace(after, state="answering" if find_question(codebook, after) else "answered")


def mark_frames(codebook: Codebook, answers: Answers, typed: str) -> Answers:
    """Return the answers with the frames typed, such as `f01 F11`, in place of those marked before."""
    known = {code.id.casefold(): code.id for code in codebook.codes}
    marked = dict.fromkeys(known[one] for one in typed.casefold().replace(",", " ").split() if one in known)
    return _replace(answers, frames=tuple(marked))


def set_range(answers: Answers, one: int, other: int) -> Answers:
    """Return the answers with a range of the scale between two points, in either order."""
    return _replace(answers, bounds=(min(one, other), max(one, other)))


def set_note(answers: Answers, note: str) -> Answers:
    """Return the answers with a note in place of the one before."""
    return _replace(answers, note=note.strip() or None)


def list_answers(codebook: Codebook, answers: Answers) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield what a finished passage is kept as: question, value, and the note and bounds beside them."""
    for question, value in answers.given.items():
        yield question, value, {"note": answers.note}
    for code in answers.frames:
        yield code, "yes", {"note": answers.note}
    if answers.bounds is not None:
        low, high = answers.bounds
        yield codebook.scale.name, "range", {"note": answers.note, "low": low, "high": high}


def _replace(answers: Answers, **changed: Any) -> Answers:
    return msgspec.structs.replace(answers, **changed)
