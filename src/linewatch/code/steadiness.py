"""How steady a coder is where a passage comes again, and how many more must be coded by two. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from linewatch.code.reliability import ANSWERS, collect
from linewatch.model import Codebook, Judgement, Value
from linewatch.stats.double_coding import count_needed

RAREST = 0.05
"""A prevalence below which a code is too rare to judge, whatever is coded."""


class Steadiness(Value, frozen=True, kw_only=True):
    """How often a coder answered as before."""

    coder: str
    passages: int
    """Passages that came again."""
    answers: int
    equal: int


class StillNeeded(Value, frozen=True, kw_only=True):
    """How many more passages two coders must code before an alpha can be told from a lower one."""

    code: str
    prevalence: float
    """The share of the rarer answer, or one over the number of points used."""
    twice: int
    """Passages coded by two or more."""
    needed: int

    @property
    def left(self) -> int:
        """Return how many are still to be coded by two."""
        return max(self.needed - self.twice, 0)


def count_still_needed(
    codebook: Codebook, judgements: Iterable[Judgement], alpha: float
) -> list[StillNeeded]:
    """Return what is still needed for the scale and for each question, by what was answered so far."""
    rows = list(judgements)
    coded = [one for one in collect(codebook, rows) if one.low is not None]
    points = max(len({one.low for one in coded}), 2)
    made = [_make(codebook.scale.name, 1 / points, [one.passage for one in coded], alpha)]
    for question in codebook.questions:
        own = [one for one in rows if one.question == question.id and one.value in ANSWERS]
        share = sum(one.value == "yes" for one in own) / len(own) if own else 0.5
        made.append(
            _make(question.id, max(min(share, 1 - share), RAREST), [one.passage for one in own], alpha)
        )
    return made


def _make(code: str, prevalence: float, passages: list[str], alpha: float) -> StillNeeded:
    twice = sum(number > 1 for number in Counter(passages).values())
    return StillNeeded(code=code, prevalence=prevalence, twice=twice, needed=count_needed(alpha, prevalence))


def tell_still_needed(needed: Iterable[StillNeeded], alpha: float = 0.8) -> str:
    """Return on one line what is still to be coded by two."""
    left = [f"{one.code} {one.left}" for one in needed if one.left]
    if not left:
        return f"Enough passages are coded by two to tell an alpha of {alpha:.2f}."
    return f"Still to be coded by two to tell an alpha of {alpha:.2f}: {', '.join(left)}."


def tell_steadiness(one: Steadiness) -> str | None:
    """Return how often a coder answered as before, None where nothing came again."""
    if not one.answers:
        return None
    many = "" if one.passages == 1 else "s"
    return f"{one.passages} passage{many} came again: {one.equal} of {one.answers} answers as before."
