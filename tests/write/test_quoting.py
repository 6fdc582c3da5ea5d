"""Words are cut anew, checked, and shortened with the omission marked."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories_write import make_material
from linewatch.errors import DraftError
from linewatch.model import Span
from linewatch.write.quoting import (
    LETTERS,
    LONGEST,
    count_words,
    cut_finding,
    cut_span,
    shorten,
    shorten_name,
)


def test_words_are_those_of_the_sealed_text() -> None:
    """A finding is cut from its document's text."""
    material = make_material()
    assert cut_finding(material, material.findings["q-report"]) == "It was a fault"


def test_moved_span_fails_by_name() -> None:
    """A span that points at other words than were found fails with the finding's id."""
    material = make_material()
    finding = material.findings["q-report"]
    moved = msgspec.structs.replace(
        finding, span=msgspec.structs.replace(finding.span, start=finding.span.start + 1)
    )
    with pytest.raises(DraftError, match="q-report points at words"):
        cut_finding(material, moved)


@pytest.mark.parametrize(("start", "end"), [(-1, 4), (4, 4), (4, 2), (0, 10**9)])
def test_span_outside_its_document_fails(start: int, end: int) -> None:
    """A span that is no stretch of the text fails."""
    material = make_material()
    document = material.findings["q-report"].span.document
    with pytest.raises(DraftError, match="x points outside its document"):
        cut_span(material, Span(document=document, start=start, end=end), "x")


def test_gone_evidence_fails_by_name() -> None:
    """Words whose evidence is no longer there fail with the name of what they were to show."""
    material = make_material(evidence={})
    with pytest.raises(DraftError, match="the evidence of q-report is gone"):
        cut_finding(material, material.findings["q-report"])


def test_up_to_the_limit_nothing_is_cut() -> None:
    """150 words stand whole, 151 do not."""
    words = " ".join(["oar"] * LONGEST)
    assert shorten(words).left_out == 0
    assert shorten(f"{words} oar").omission == "[… 31 words left out]"


def test_cut_rests_at_a_sentence() -> None:
    """Where a sentence ends in what may be kept, the cut is there."""
    words = f"{'Row on. ' * 45}{'and ' * 100}"
    assert shorten(words).words.endswith("Row on.")


@given(st.text(alphabet="ab .\n舟ก\u0301\U0001f6a3", max_size=400), st.integers(1, 20))
def test_shortening_keeps_the_beginning_and_counts_the_rest(words: str, longest: int) -> None:
    """What is kept begins the text, and kept and left out words add up."""
    cutting = shorten(words, longest=longest, kept=longest)
    assert words.startswith(cutting.words)
    assert count_words(cutting.words) + cutting.left_out == count_words(words)
    assert count_words(cutting.words) <= longest


@pytest.mark.parametrize(
    ("words", "n"),
    [
        ("x" * 3000, 125),
        ("舟" * 300, 150),
        ("\U0001f6a3" * 300, 150),
        ("พาย" * 100, 50),
        ("a" + "\u0301" * 3000, 126),
        ("من ترك المجذاف", 3),
        ("Donaudampfschifffahrtsgesellschaft", 2),
    ],
)
def test_what_is_no_word_counts_by_its_length(words: str, n: int) -> None:
    """Letters without a space are as many words as fill their room, in whatever script."""
    assert count_words(words) == n


@pytest.mark.parametrize("sign", ["x", "舟", "พ", "م", "\u0301", "\U0001f6a3", ".", "x舟"])
def test_printed_words_are_bounded_in_letters(sign: str) -> None:
    """However long the run, no more letters are printed than the longest quotation may have."""
    assert len(shorten(sign * 9000).words) <= LONGEST * LETTERS


def test_cut_does_not_part_a_word() -> None:
    """Where no sentence ends, the cut is at a space though the last word counts as several."""
    words = f"{'row ' * 115}{'x' * 300} {'row ' * 90}"
    assert shorten(words).words == ("row " * 115).strip()


def test_long_name_is_marked_where_it_is_cut() -> None:
    """A title of a hundred words ends in a mark; an honest one stands whole."""
    assert shorten_name("oar " * 100).endswith("oar […]")
    assert shorten_name("A Fault, Not a Break") == "A Fault, Not a Break"
