"""How translators of one canon render one another's words, learned from the editions at hand, and how well a unit explains words by it.

The shares are IBM model 1's (Brown et al. 1993), between editions of one language; the score is that of translation for retrieval
(Berger & Lafferty 1999): how much likelier the words are, if they render the unit, than in the canon at large.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

_ROUNDS = 5
_LEAST = 0.02
"""A rendering with a smaller share is chance."""
_LONGEST = 40
"""Words of a unit that are paired; the pairs grow with their square."""
_SELF = 0.3
"""How often a translator's word is another's too: so many translators agree about, measured on three of the Qur'an."""
_CANON = 0.15
"""The share of words that nothing in the unit explains."""


class Renderings:
    """The words of a canon's translations, how often each stands there, and what others say for it."""

    def __init__(self, kept: dict[str, Any]) -> None:
        words = str(kept["spoken"]).split("\n") if len(kept["spoken_often"]) else []
        self._often = dict(zip(words, kept["spoken_often"].tolist(), strict=True))
        self._total = max(1, sum(self._often.values()))
        self._said: dict[str, list[tuple[str, float]]] = {}
        rows = zip(kept["said_for"].tolist(), kept["said"].tolist(), kept["said_share"].tolist(), strict=True)
        for word, other, share in rows:
            self._said.setdefault(words[word], []).append((words[other], share))

    def measure(self, stems: Sequence[str], editions: Sequence[Sequence[str]]) -> float:
        """Return how well a unit, given by its stems in each edition, explains words: the mean log of how much likelier it makes them."""
        ours = Counter(stems)
        told: dict[str, float] = defaultdict(float)
        for unit in editions:
            for word, n in Counter(unit).items():
                share = n / len(unit) / len(editions)
                if word in ours:
                    told[word] += _SELF * share
                for other, part in self._said.get(word, ()):
                    if other in ours:
                        told[other] += (1 - _SELF) * share * part
        weights = {word: 1 + math.log(n) for word, n in ours.items()}
        gained = sum(weight * self._measure_gain(word, told[word]) for word, weight in weights.items())
        return gained / max(1.0, sum(weights.values()))

    def _measure_gain(self, word: str, share: float) -> float:
        chance = (self._often.get(word, 0) + 0.5) / self._total
        return math.log(((1 - _CANON) * share + _CANON * chance) / (_CANON * chance))


def learn(editions: Sequence[Sequence[Sequence[str]]]) -> dict[str, Any]:
    """Return the arrays of the renderings: for each edition, the stems of each unit in one order."""
    often = Counter(stem for edition in editions for unit in edition for stem in unit)
    numbers = {word: n for n, word in enumerate(often)}
    bags = [
        [
            np.array([numbers[stem] for stem in dict.fromkeys(unit)][:_LONGEST], dtype=np.int64)
            for unit in edition
        ]
        for edition in editions
    ]
    beside = [both for one, other in pairwise(bags) for both in zip(one, other, strict=True)]
    beside = [(one, other) for one, other in beside if len(one) and len(other)]
    pairs = [*beside, *((other, one) for one, other in beside)]
    cells, shares = _share_out(pairs, len(numbers)) if pairs else (np.zeros(0, np.int64), np.zeros(0))
    kept = shares > _LEAST
    return {
        "spoken": np.array("\n".join(numbers)), "spoken_often": np.array(list(often.values()), dtype=np.int64),
        "said_for": cells[kept] // max(1, len(numbers)), "said": cells[kept] % max(1, len(numbers)),
        "said_share": shares[kept].astype(np.float32),
    }  # fmt: skip


Ints = npt.NDArray[np.int64]


def _share_out(pairs: Sequence[tuple[Ints, Ints]], size: int) -> tuple[Ints, npt.NDArray[np.float64]]:
    """Return the pairs of words that stand in a unit of two editions, as numbers, and the share of each among its first word's."""
    printed = np.concatenate([(one[:, None] * size + other[None, :]).ravel() for one, other in pairs])
    cells, cell = np.unique(printed, return_inverse=True)
    firsts = np.cumsum([0, *(len(other) for _, other in pairs)])
    explained = np.concatenate(
        [
            np.tile(np.arange(first, first + len(other)), len(one))
            for first, (one, other) in zip(firsts, pairs, strict=False)
        ]
    )
    words = cells // size
    shares = np.full(len(cells), 1 / size)
    for _ in range(_ROUNDS):
        likely = shares[cell]
        counts = np.bincount(cell, likely / np.bincount(explained, likely)[explained])
        shares = counts / np.bincount(words, counts, minlength=size)[words]
    return cells, shares
