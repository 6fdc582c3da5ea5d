"""A table of ratings as numbers: who gave which of the categories to which unit. What follows from it is in `agreement`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from linewatch.errors import InputError

Floats = npt.NDArray[np.float64]
MISSING = -1
ABSENT = frozenset({"", "nan", "<na>", "nat"})
"""How a missing value reads once a library has turned it into a word."""


@dataclass(frozen=True, kw_only=True)
class Ratings:
    """Coders x units of places in `categories`, -1 where a value is missing."""

    marks: npt.NDArray[np.int64]
    categories: tuple[Any, ...]
    is_numeric: bool

    @property
    def values(self) -> Floats:
        """Return the categories as numbers; words count 1, 2, 3 in their order."""
        if self.is_numeric:
            return np.asarray(self.categories, dtype=np.float64)
        return np.arange(1.0, len(self.categories) + 1)

    @property
    def counts(self) -> Floats:
        """Return how often each unit was given each category, units x categories."""
        counts: Floats = self.given.sum(axis=0)
        return counts

    @property
    def given(self) -> Floats:
        """Return 1 where a coder gave a unit a category, coders x units x categories."""
        chosen: Floats = (self.marks[:, :, None] == np.arange(len(self.categories))).astype(np.float64)
        return chosen


def read_ratings(ratings: Any, categories: Sequence[Any] | None = None) -> Ratings:
    """Return coders x units of numbers or words as Ratings; NaN, None and an empty word are missing.

    Without `categories` they are those seen, numbers by size, words by the alphabet. Raises InputError for
    what is no table, an infinite number, or a value that is none of the `categories`.

    >>> read_ratings([["no", "yes", None], ["no", "no", "yes"]]).marks.tolist()
    [[0, 1, -1], [0, 0, 1]]
    """
    try:
        table = np.asarray(ratings, dtype=np.float64)
    except (TypeError, ValueError):
        return _read_words(ratings, categories)
    if table.ndim != 2 or np.isinf(table).any():
        raise _make_refusal()
    seen = np.unique(table[~np.isnan(table)])
    if categories is None:
        known = seen
    else:
        known = _sort_numbers(categories)
        if strange := sorted(set(seen.tolist()) - set(known.tolist())):
            raise InputError(f"{strange[0]:g} is none of the categories", hint="name every category")
    marks = np.where(np.isnan(table), MISSING, np.searchsorted(known, np.nan_to_num(table)))
    return Ratings(marks=marks.astype(np.int64), categories=tuple(known.tolist()), is_numeric=True)


def _sort_numbers(categories: Sequence[Any]) -> Floats:
    try:
        return np.unique(np.asarray(categories, dtype=np.float64))
    except (TypeError, ValueError) as error:
        raise InputError("the categories are words, the ratings numbers", hint="use one kind") from error


def _read_words(ratings: Any, categories: Sequence[Any] | None) -> Ratings:
    if not _is_row(ratings) or not all(_is_row(row) for row in ratings):
        raise _make_refusal()
    rows = [list(row) for row in ratings]
    if len({len(row) for row in rows}) != 1 or any(_is_row(value) for row in rows for value in row):
        raise _make_refusal()
    words = [[None if _is_absent(value) else str(value) for value in row] for row in rows]
    seen = sorted({word for row in words for word in row if word is not None})
    known = tuple(str(one) for one in categories) if categories is not None else tuple(seen)
    if strange := [word for word in seen if word not in known]:
        raise InputError(f"{strange[0]!r} is none of the categories", hint="name every category")
    places = {word: place for place, word in enumerate(known)}
    marks = np.array([[MISSING if word is None else places[word] for word in row] for row in words])
    return Ratings(marks=marks.astype(np.int64), categories=known, is_numeric=False)


def _is_row(value: Any) -> bool:
    return isinstance(value, (Sequence, np.ndarray)) and not isinstance(value, str)


def _is_absent(value: Any) -> bool:
    return value is None or str(value).strip().casefold() in ABSENT


def _make_refusal() -> InputError:
    return InputError(
        "a reliability table is coders x units of finite numbers or of words",
        hint="one row a coder, all of one length; NaN marks what is missing",
    )
