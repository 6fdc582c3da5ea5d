"""The queue's state, apart from any screen: which question comes next, and what a key does to the answers."""

from __future__ import annotations

from typing import Literal

import msgspec

from linewatch.model import Codebook, Question, Value

KEYS = {"y": "yes", "n": "no", "u": "unclear"}
TILT = "tilt"
"""Asked only where a passage both blames (q4) and keeps (q5)."""
Done = Literal["answering", "answered", "skipped", "paused", "undo"]


class Answers(Value, frozen=True, kw_only=True):
    """A coder's answers to one passage, as far as they have come."""

    given: dict[str, str] = {}  # noqa: RUF012 - msgspec copies empty defaults
    state: Done = "answering"


def find_question(codebook: Codebook, answers: Answers) -> Question | None:
    """Return the next question, None when the passage is answered."""
    for question in codebook.questions:
        answer = answers.given.get(question.id)
        if answer is None:
            return question if _is_asked(question, answers) else None
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
        given = {**answers.given, question.id: KEYS[key]}
        more = find_question(codebook, Answers(given=given))
        return Answers(given=given, state="answering" if more else "answered")
    if key == "b":
        kept = dict(list(answers.given.items())[:-1])
        return Answers(given=kept, state="answering" if answers.given else "undo")
    states: dict[str, Done] = {"s": "skipped", "p": "paused"}
    return msgspec.structs.replace(answers, state=states[key]) if key in states else answers
