"""What every machine coder is given and gives back; what becomes of it is `run`'s affair."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from linewatch.model import Codebook, Value

YES, NO, UNCLEAR = "yes", "no", "unclear"
Labels = Mapping[str, Mapping[str, str]]
"""By question and passage, what people said: yes or no."""


class Unit(Value, frozen=True, kw_only=True):
    """A passage as a machine meets it: its words. The item keeps training and testing apart and is never shown."""

    passage: str
    item: str
    text: str


class Suggested(Value, frozen=True, kw_only=True):
    """One answer of a machine; `start` and `end` are code points of the unit's text."""

    passage: str
    question: str
    value: str
    machine: str | None = None
    """The one that answered, where a run has several of them."""
    probability: float | None = None
    start: int | None = None
    end: int | None = None
    reason: str | None = None


class Outcome(Value, frozen=True, kw_only=True):
    """What a machine made of the units, and the settings that decided it."""

    answers: tuple[Suggested, ...]
    settings: dict[str, str]
    refused: int = 0
    order: tuple[str, ...] = ()


def list_asked(codebook: Codebook) -> list[str]:
    """Return the ids of all that a codebook asks: its questions, then its codes."""
    return [*(one.id for one in codebook.questions), *(one.id for one in codebook.codes)]


def stop_where_ended(codebook: Codebook, answers: Iterable[Suggested]) -> Iterator[Suggested]:
    """Yield one passage's answers as the queue would have them: none after an answer that ends the questions."""
    ends = {question.id: question.ends for question in codebook.questions}
    for one in answers:
        yield one
        if ends.get(one.question) == one.value:
            return
