"""The order of figures and notes: which figures are markers, and that none is taken twice or out of order."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewatch.find.base import Reading
from linewatch.find.markers import find_chain
from linewatch.find.notes import find
from linewatch.read import plain
from linewatch.text.retrace import get_cut

from .conftest import Scan

NUMBERS = st.lists(st.integers(1, 6), max_size=30)


@given(NUMBERS, NUMBERS)
def test_a_chain_runs_in_step(numbers: Sequence[int], wanted: Sequence[int]) -> None:
    """Both places rise, the numbers agree, and what stands in both whole is bound whole."""
    chain = find_chain(numbers, wanted)
    assert all(numbers[n] == wanted[at] for n, at in chain)
    assert all(one[0] < other[0] and one[1] < other[1] for one, other in itertools.pairwise(chain))
    assert len(find_chain(wanted, wanted)) == len(wanted)


BODIES = "\n\nNotes\n\n1. The Lamp, 3 May.\n\n2. Ibid.\n\n3. Ibid.\n"
SHAPES = {
    "after a stop": ("The boats went out.1 They came back.2 It rained.3", ["1", "2", "3"]),
    "two on one word": ("The boats went out,1,2 and came back.3", ["1", "2", "3"]),
    "after a figure": ("There were 9.1 By May there were 7.2 It rained.3", ["1", "2", "3"]),
    "a number with a thousand": ("The guild had 4,100 boats.1 It sold 3,200.2 It rained.3", ["1", "2", "3"]),
    "figures that are none": ("In Article 2 and verse 3, p.2, No.3 and pier A1.1 It rained.2 So be it.3", ["1", "2", "3"]),
    "one lost": ("The boats went out.1 It rained.3", ["1", "3"]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SHAPES.values(), ids=SHAPES)
def test_flat_markers(scan: Scan, text: str, expected: list[str]) -> None:
    """Figures printed flat are markers where they run as the notes do."""
    head = "Harbour Watch\n\nWhat Was Heard On The Coast\n\n"
    assert scan(f"{head}{text}{BODIES}").list_notes()[0] == expected


@given(
    st.lists(
        st.sampled_from(
            ["boats1", "out.2", "1. Ibid.", "\n\n", "Notes", "[1]", "¹", "*", "3,4", "٢", "\r\n", "#", "🚣1"]
        ),
        max_size=40,
    )
)
def test_any_notes(parts: list[str]) -> None:
    """Whatever figures and lines a text is made of, each span re-cuts to what was found."""
    document = plain.read(" ".join(parts).encode(), evidence="sha256:test")
    for one in find(Reading(document=document)):
        assert get_cut(document.text[one.span.start : one.span.end]) == one.cut
        assert one.span.start < one.span.end
