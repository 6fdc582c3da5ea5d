"""The two invented coders: what each answers on each paragraph of the master, with planted disagreement."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from harbour_league_build.master import QUESTIONS, Item, Paragraph, derive_stance

CODERS = ("anna", "bruno")
_SEED = "harbour-1"
# How often a coder reads a paragraph one point aside of what was meant, and leaves one question unclear.
_ASIDE = {"anna": 0.12, "bruno": 0.16}
_UNCLEAR = 0.02
_DROPPED_FRAME = 0.08
# The readings that lie next to a point: what a careful coder could also have answered.
_NEIGHBOURS: dict[int, tuple[frozenset[str], ...]] = {
    -3: (frozenset({"q3", "q4"}),),
    -2: (frozenset({"q4"}),),
    -1: (frozenset({"q3", "q4"}), frozenset({"q4", "q5"})),
    0: (frozenset({"q4"}), frozenset({"q5"})),
    1: (frozenset(), frozenset({"q5", "q6a"})),
    2: (frozenset({"q5"}),),
    3: (frozenset({"q6a"}),),
}
# The question on which a point hangs, and so the one that an unsure coder leaves open.
_OPEN = {-3: "q2", -2: "q3", -1: "q4", 0: "q5", 1: "q5", 2: "q6a", 3: "q6b"}


@dataclass(frozen=True)
class Answers:
    """What one coder answered on one paragraph."""

    item: str
    paragraph: int
    coder: str
    text: str
    answers: dict[str, str]
    frames: tuple[str, ...]

    @property
    def stance(self) -> int | None:
        """Return the point that the answers come to; None when out of the line or undecided."""
        if self.answers["q1"] != "yes" or "unclear" in self.answers.values():
            return None
        return derive_stance(frozenset(q for q, value in self.answers.items() if value == "yes"))


def answer_all(items: Sequence[Item]) -> tuple[Answers, ...]:
    """Return both coders' answers on every paragraph; one not about leavers is `no` to q1 and nothing more."""
    return tuple(
        _answer(item.id, n, paragraph, coder)
        for item in items
        for n, paragraph in enumerate(item.paragraphs, start=1)
        for coder in CODERS
    )


def find_disagreements(answers: Sequence[Answers]) -> Iterator[tuple[Answers, Answers]]:
    """Yield the pairs of answers whose points of the scale differ, or of which one is undecided."""
    for first, second in zip(answers[::2], answers[1::2], strict=True):
        if first.stance != second.stance:
            yield first, second


def estimate_alpha(pairs: Sequence[tuple[int, int]]) -> float:
    """Return Krippendorff's ordinal alpha of two coders without missing answers (Krippendorff 2011).

    >>> estimate_alpha([(1, 1), (2, 2), (3, 3)])
    1.0
    """
    counts = Counter(value for pair in pairs for value in pair)
    values = sorted(counts)
    total = sum(counts.values())

    def distance(a: int, b: int) -> float:
        low, high = min(a, b), max(a, b)
        between = sum(counts[v] for v in values if low <= v <= high)
        return (between - (counts[a] + counts[b]) / 2) ** 2 if a != b else 0.0

    observed = sum(2 * distance(a, b) for a, b in pairs) / total
    expected = sum(counts[a] * counts[b] * distance(a, b) for a in values for b in values) / (
        total * (total - 1)
    )
    return 1.0 - observed / expected


def _answer(item: str, n: int, paragraph: Paragraph, coder: str) -> Answers:
    if paragraph.yes is None or paragraph.stance is None:
        return Answers(item, n, coder, paragraph.text, {"q1": "no"}, ())
    dice = random.Random(f"{_SEED}:{item}:{n}:{coder}")  # noqa: S311 - seeded on purpose
    yes = paragraph.yes
    if dice.random() < _ASIDE[coder]:
        yes = dice.choice(_NEIGHBOURS[paragraph.stance]) | {"q1"}
    answers = {question: "yes" if question in yes else "no" for question in QUESTIONS}
    if dice.random() < _UNCLEAR:
        answers[_OPEN[paragraph.stance]] = "unclear"
    frames = tuple(frame for frame in paragraph.frames if dice.random() >= _DROPPED_FRAME)
    return Answers(item, n, coder, paragraph.text, answers, frames)
