"""Finds the units nearest to words that no edition has: another translation of a verse, a paraphrase, an altered verse.

Each unit is a vector over its words, pairs of words and runs of letters, all editions of one language together, weighed by TF-IDF
(Salton & Buckley 1988). Where several translations are at hand, the nearest few are put in order by how well each explains the words
(`renderings`). What is found is a neighbour with a score, never a claim.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from linewatch.find.canon.index import WORTH_KEEPING, Index, get_cache_folder, read_arrays, write_arrays
from linewatch.find.canon.renderings import Renderings, learn
from linewatch.find.canon.words import split
from linewatch.resources import load_table

VERSION = "canon-near.v4"
_KEPT = (
    "refs",
    "features",
    "edges",
    "units",
    "values",
    "rarity",
    "topics",
    "topic_rows",
    "places",
    "version",
    "spoken",
    "spoken_often",
    "said_for",
    "said",
    "said_share",
)
_RUNS = (3, 4, 5)
_WEIGHTS = {"w": 1.0, "b": 0.5, "c": 0.3}
"""A word, a pair of words and a run of letters: pairs and runs repeat what the word says."""
_TOPICS, _MOST_TOPICS, _LEAST_UNITS = 0.25, 300, 1000
"""Topics (latent semantic analysis, Deerwester et al. 1990) see that two translators' words stand in the same verses; of small canons none are made."""
_TRIED = 20
_LIKE, _LONGER, _SHORTER = 0.7, 0.35, 0.6
"""What likeness and length count beside a unit's renderings: fitted by logistic
regression on two held translations and tried on the third, a longer unit blamed less than fits best there, since half a verse is quoted too."""
_ENDINGS = re.compile(r"(?:ingly|edly|eth|est|ing|ies|ied|ed|es|ly|s|e)$")
Floats = npt.NDArray[np.floating[Any]]


class Near(NamedTuple):
    """A unit near to the words, and how near: 1 is the unit itself."""

    ref: str
    score: float


class Neighbours:
    """The units of one or several wordings in one language, weighed."""

    def __init__(self, kept: dict[str, Any], indexes: Sequence[Index] = ()) -> None:
        self._indexes = indexes
        self._stems: dict[str, list[list[str]]] = {}
        self._renderings = Renderings(kept) if len(kept["spoken_often"]) else None
        self.refs = str(kept["refs"]).split("\n")
        self._features = {feature: n for n, feature in enumerate(str(kept["features"]).split("\n"))}
        self._edges: list[int] = kept["edges"].tolist()
        self._units, self._values, self._rarity = kept["units"], kept["values"], kept["rarity"]
        self._topics, self._topic_rows, self._places = kept["topics"], kept["topic_rows"], kept["places"]

    def find(self, letters: Sequence[str], most: int = 5) -> list[Near]:
        """Return the units nearest to words given by their letters, best first."""
        return self.rank(letters, self.score(letters), most)

    def rank(self, letters: Sequence[str], scores: Floats, most: int) -> list[Near]:
        """Return the units with the best of these scores, best first; of translations, those that explain the words best."""
        tried = max(most, _TRIED) if self._renderings is not None else most
        best = np.argpartition(-scores, min(tried, len(scores) - 1))[:tried]
        best = best[np.argsort(-scores[best], kind="stable")]
        near = [Near(self.refs[at], float(scores[at])) for at in best if scores[at] > 0]
        renderings = self._renderings
        if renderings is None:
            return near
        stems = [get_stem(word) for word in letters]
        return sorted(near, key=lambda one: -self._explain(renderings, stems, one))[:most]

    def _explain(self, renderings: Renderings, stems: Sequence[str], near: Near) -> float:
        """Return how well a unit explains words: by its renderings, its likeness, and its length, a longer unit being quoted in part."""
        editions = self._list_stems(near.ref)
        size = sum(map(len, editions)) / max(1, len(editions))
        longer = math.log(max(size, 1) / max(len(stems), 1))
        return (
            renderings.measure(stems, editions)
            + _LIKE * near.score
            - (_LONGER * longer if longer > 0 else -_SHORTER * longer)
        )

    def _list_stems(self, ref: str) -> list[list[str]]:
        if ref not in self._stems:
            printed = (index.get_raw(ref) for index in self._indexes)
            self._stems[ref] = [
                stems for one in printed if (stems := [get_stem(word) for word in split(one).letters])
            ]
        return self._stems[ref]

    def score(self, letters: Sequence[str]) -> Floats:
        """Return how near the words are to each unit: the cosine of their features, and of their topics where those are kept."""
        counted = [
            (at, n)
            for feature, n in count_features(letters).items()
            if (at := self._features.get(feature)) is not None
        ]
        if not counted:
            return np.zeros(len(self.refs))
        numbers = np.array([at for at, _ in counted])
        values = (1 + np.log(np.array([n for _, n in counted]))) * self._rarity[numbers]
        parts = [slice(self._edges[at], self._edges[at + 1]) for at, _ in counted]
        sizes = [part.stop - part.start for part in parts]
        weights = np.concatenate([self._values[part] for part in parts]) * np.repeat(values, sizes)
        units = np.concatenate([self._units[part] for part in parts])
        cosines: Floats = np.bincount(units, weights, minlength=len(self.refs)) / max(
            float(np.linalg.norm(values)), 1e-9
        )
        return (
            cosines
            if not self._topics.size
            else (1 - _TOPICS) * cosines + _TOPICS * self._score_topics(numbers, values)
        )

    def _score_topics(self, numbers: npt.NDArray[np.int64], values: Floats) -> Floats:
        rows = self._topic_rows[numbers]
        held = rows >= 0
        ours = values[held].astype(np.float32) @ self._topics[rows[held]]
        cosines: Floats = self._places @ (ours / max(float(np.linalg.norm(ours)), 1e-9))
        return cosines


@lru_cache(maxsize=8)
def get_neighbours(indexes: tuple[Index, ...]) -> Neighbours:
    """Return the units of these wordings, weighed: from the file kept of them or made anew."""
    path = get_cache_folder() / f"{'-'.join(index.name for index in indexes)[:120]}.near.npz"
    kept = read_arrays(path, _KEPT)
    if kept is None or str(kept["version"]) != VERSION:
        kept = build(indexes)
        if len(indexes[0].refs) > WORTH_KEEPING:
            write_arrays(path, kept)
    return Neighbours(kept, indexes)


def build(indexes: Sequence[Index]) -> dict[str, Any]:
    """Return the arrays of the weighed units."""
    refs = list(dict.fromkeys(ref for index in indexes for ref in index.refs))
    features: dict[str, int] = {}
    units: list[int] = []
    numbers: list[int] = []
    often: list[int] = []
    for at, ref in enumerate(refs):
        counted = count_features(*(split(index.get_raw(ref)).letters for index in indexes))
        units += [at] * len(counted)
        numbers += [features.setdefault(feature, len(features)) for feature in counted]
        often += counted.values()
    weighed = _weigh(features, units, numbers, often)
    translated = not any(index.is_arabic for index in indexes) and len(refs) >= _LEAST_UNITS
    topics = _find_topics(features, weighed, len(refs)) if translated else _NO_TOPICS
    renderings = learn(_stem_units(indexes, refs)) if translated and len(indexes) > 1 else _NO_RENDERINGS
    return {
        "refs": np.array("\n".join(refs)),
        "version": np.array(VERSION),
        **weighed,
        **topics,
        **renderings,
    }


def _stem_units(indexes: Sequence[Index], refs: Sequence[str]) -> list[list[list[str]]]:
    return [
        [[get_stem(word) for word in split(index.get_raw(ref)).letters] for ref in refs] for index in indexes
    ]


_NO_RENDERINGS: dict[str, Any] = {
    "spoken": np.array(""),
    **{name: np.zeros(0) for name in ("spoken_often", "said_for", "said", "said_share")},
}
_NO_TOPICS: dict[str, Any] = {name: np.zeros(0) for name in ("topics", "topic_rows", "places")}


def _find_topics(features: dict[str, int], weighed: dict[str, Any], size: int) -> dict[str, Any]:
    """Return the topics of the units' words: for each word its weights, and for each unit its place among them."""
    from scipy.sparse import csc_array
    from scipy.sparse.linalg import svds

    edges, units, values = weighed["edges"], weighed["units"], weighed["values"]
    words = [n for feature, n in features.items() if feature[0] == "w" and edges[n + 1] - edges[n] > 1]
    parts = [slice(edges[n], edges[n + 1]) for n in words]
    starts = np.cumsum([0, *(part.stop - part.start for part in parts)])
    weights = np.concatenate([values[part] for part in parts]).astype(float)
    table = csc_array(
        (weights, np.concatenate([units[part] for part in parts]), starts), shape=(size, len(words))
    )
    # A fixed start makes the same topics each time.
    _, _, topics = svds(
        table, k=min(_MOST_TOPICS, size - 1, len(words) - 1), v0=np.ones(min(size, len(words)))
    )
    places = table @ topics.T
    places /= np.maximum(np.linalg.norm(places, axis=1, keepdims=True), 1e-9)
    rows = np.full(len(features), -1, dtype=np.int64)
    rows[words] = np.arange(len(words))
    return {"topics": topics.T.astype(np.float32), "topic_rows": rows, "places": places.astype(np.float32)}


def _weigh(
    features: dict[str, int], units: list[int], numbers: list[int], often: list[int]
) -> dict[str, Any]:
    places, columns = np.array(units, dtype=np.int32), np.array(numbers, dtype=np.int32)
    held = np.bincount(columns, minlength=len(features))
    kinds = np.array([_WEIGHTS[feature[0]] for feature in features])
    rarity = (np.log((1 + places.max(initial=0) + 1) / (1 + held)) + 1) * kinds
    values = (1 + np.log(np.array(often, dtype=float))) * rarity[columns]
    norms = np.sqrt(np.bincount(places, weights=values**2))
    values /= np.maximum(norms[places], 1e-9)
    order = np.argsort(columns, kind="stable")
    return {
        "features": np.array("\n".join(features)), "edges": np.concatenate([[0], np.cumsum(held)]),
        "units": places[order], "values": values[order].astype(np.float32), "rarity": rarity,
    }  # fmt: skip


def count_features(*texts: Iterable[str]) -> Counter[str]:
    """Return how often each feature stands in texts given by the letters of their words."""
    counted: Counter[str] = Counter()
    for letters in texts:
        stems = [get_stem(word) for word in letters]
        counted.update(feature for stem in stems for feature in _list_features(stem))
        counted.update(f"b{one} {two}" for one, two in pairwise(stems))
    return counted


@lru_cache(maxsize=1 << 15)
def _list_features(stem: str) -> tuple[str, ...]:
    return (f"w{stem}", *_list_runs(f"^{stem}$"))


def _list_runs(padded: str) -> Iterator[str]:
    for size in _RUNS:
        yield from ("c" + padded[n : n + size] for n in range(len(padded) - size + 1))


@cache
def _get_alike() -> dict[str, str]:
    return {str(word): str(row[0]) for row in load_table("wording")["alike"] for word in row}


@lru_cache(maxsize=1 << 15)
def get_stem(word: str) -> str:
    """Return a word without its ending, or the word that stands for it in other translations.

    >>> get_stem("believeth"), get_stem("thou"), get_stem("rowing")
    ('believ', 'you', 'row')
    """
    alike = _get_alike().get(word)
    if alike is not None:
        return alike
    if not word.isascii():
        return re.sub(r"^[وف](?=...)", "", word)
    stem = _ENDINGS.sub("", word)
    return stem if len(stem) > 2 else word
