"""Agreement on boundaries: marking alike, shifted, apart or nothing, and broken units refused."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewatch.errors import InputError
from linewatch.stats.unitized import Continuum, Unit, Unitized, unitized_alpha


def measure(length: int, *coders: str, resamples: int = 0) -> Unitized:
    """Return the agreement on one text; `0-5a 8-9b` are a coder's units."""
    return unitized_alpha([make_text(length, *coders)], resamples=resamples)


def make_text(length: int, *coders: str) -> Continuum:
    """Return a text of a length with each coder's units."""

    def read(told: str) -> Unit:
        start, _, rest = told.partition("-")
        return Unit(int(start), int(rest.rstrip("abc")), rest.lstrip("0123456789"))

    return length, [[read(told) for told in one.split()] for one in coders]


def test_the_same_units_agree_entirely() -> None:
    """The same stretches with the same codes have alpha 1 in all three ways."""
    found = measure(30, "0-10a 12-20b", "0-10a 12-20b")
    assert (found.value, found.boundaries, found.codes, found.overlap) == (1, 1, 1, 1)


def test_boundaries_and_codes_are_told_apart() -> None:
    """The same stretches with other codes agree on boundaries alone; moved stretches with the same codes on codes."""
    recoded = measure(40, "0-10a 12-20b 25-30a", "0-10b 12-20a 25-30b")
    assert recoded.boundaries == 1
    assert recoded.codes < 0
    moved = measure(40, "0-10a 15-22b", "3-12a 18-25b")
    assert moved.codes == 1
    assert 0 < moved.boundaries < 1


def test_the_further_the_less() -> None:
    """Agreement falls as a boundary moves, and is below chance where stretches lie apart."""
    alphas = [measure(60, "10-20a", f"{10 + step}-{20 + step}a").boundaries for step in (0, 2, 5, 10, 30)]
    assert alphas == sorted(alphas, reverse=True)
    assert alphas[0] == 1
    assert alphas[-1] < 0


def test_nothing_marked_tells_nothing() -> None:
    """Two coders who mark nothing, or everything as one, do not vary."""
    assert math.isnan(measure(20, "", "").boundaries)
    assert math.isnan(measure(20, "", "").overlap)
    assert math.isnan(measure(20, "0-20a", "0-20a").boundaries)


def test_overlap_is_the_share_that_both_marked() -> None:
    """Ten letters each, five in common, of fifteen that either marked."""
    assert measure(40, "0-10a", "5-15a").overlap == pytest.approx(1 / 3)


def test_interval_is_over_texts() -> None:
    """One text has no interval; several have one, the same for a seed."""
    texts = [make_text(40, "0-10a", f"{n}-12a") for n in range(6)]
    assert measure(40, "0-10a", "2-12a", resamples=100).interval is None
    found = unitized_alpha(texts, resamples=200)
    assert found == unitized_alpha(texts, resamples=200)
    assert found.interval is not None
    assert found.interval[0] <= found.boundaries <= found.interval[1]


@pytest.mark.parametrize(
    ("coders", "says"),
    [
        (("0-10a",), "one coder"),
        (("0-10a 5-12a", ""), "overlaps"),
        (("0-50a", ""), "outside"),
        (("5-5a", ""), "5-5"),
    ],
)
def test_broken_units_are_refused(coders: tuple[str, ...], says: str) -> None:
    """Units that overlap, are empty or lie outside, or a single coder, are a broken call."""
    with pytest.raises(InputError, match=says):
        measure(40, *coders)


@given(st.lists(st.tuples(st.integers(0, 49), st.integers(1, 20)), max_size=4), st.permutations(range(3)))
def test_order_of_coders_makes_no_difference(spans: list[tuple[int, int]], order: list[int]) -> None:
    """Coders are interchangeable."""
    coders = [[Unit(start, min(50, start + size))] for start, size in spans[:3]]
    coders += [[] for _ in range(3 - len(coders))]
    one, other = (
        unitized_alpha([(50, given)], resamples=0) for given in (coders, [coders[n] for n in order])
    )
    assert (one.value, one.overlap) == pytest.approx((other.value, other.overlap), nan_ok=True)
