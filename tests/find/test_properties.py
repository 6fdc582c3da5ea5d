"""What holds for every text: spans lie in it and re-cut, nothing raises, the same text gives the same findings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linewatch.find.base import Reading
from linewatch.find.canons import load_canons
from linewatch.find.registry import find_all
from linewatch.find.scan import to_scan
from linewatch.model import Finding, Saying
from linewatch.read import plain
from linewatch.resources import find_shipped
from linewatch.text.retrace import get_cut

CANONS = load_canons(find_shipped("examples/harbour-league/canons"))
# Pieces that finders look for, so that random texts reach into them.
PIECES = [
    "The Harbour League", "League's ", "Heron Pier (Ostrel Quay)", "a video ", "released ", "an editorial ", "The Lamp ", "said", "says: ", "he said", "she added",
    '"', "'", "“", "”", "‘", "’", "«", "»", "[1]", "[^2]", "¹", "1. ", "[2] ", "* ", "> ", ":", ".", ",", "...", "[", "]", "(", ")", "\n", "\n\n", " ", " / ",
    "Quran 5:54", "Charter 4:2", "verse 9", "aka ", "Tobin Barra", "the Otter", "on 3 May 2031", "in February", "two weeks later", "قال ", "قالت ", "٥", "\u064e", "\u0640", "🚣", "\x00", "\u2028", "\r", "\ud800",
    "[BEGIN RECORDING] ", "[MERROW] ", "[WORDS INDISTINCT] ", '""', "The League issued the following statement:\n\nWe ", "according to ", "vowed to row", "Ms. ", ", 67, ", "beamed ", "وتابع: ", "نقلت صحيفة عن ", "بحسب ", "🏳️‍🌈", "\r\n",
    "Figure 1: ", "Notes", "# ", "OSTREL QUAY, 7 MAR 31 (RADIO LANTERN) -- [TEXT] ", "titled ", "Nobody is shut out today", "who ", "that ", "—",
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=40).map("".join)


@pytest.fixture(autouse=True, scope="module")
def no_model() -> Iterator[None]:
    """Find without a model: what it proposes has a test of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LINEWATCH_SPACY_MODEL", "none")
        yield


def find(text: str) -> tuple[str, tuple[Finding, ...], dict[str, Any]]:
    """Return the document's text, the findings and what `scan` prints of them."""
    document = plain.read(text.encode("utf-8", "surrogatepass"), evidence="sha256:test")
    found = find_all(Reading(document=document, canons=CANONS))
    return document.text, found, to_scan(document, found)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts)
def test_spans_recut_on_any_text(text: str) -> None:
    """Nothing raises, and every finding's span lies in the text and cuts the words that its digits name."""
    read, found, _ = find(text)
    for one in found:
        assert 0 <= one.span.start <= one.span.end <= len(read)
        assert one.cut == get_cut(read[one.span.start : one.span.end])
    assert len({one.id for one in found}) == len(found)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts)
def test_parts_lie_in_their_whole(text: str) -> None:
    """Segments lie in their quotation in order, links lead to what is there, and a citation's quoted words lie in the text."""
    read, _, scan = find(text)
    items = {one["id"] for one in scan["items"]} | {None}
    for quotation in scan["quotations"]:
        edges = [(one["start"], one["end"]) for one in quotation["segments"]]
        flat = list(chain.from_iterable(edges))
        assert flat == sorted(flat)
        assert all(quotation["start"] <= edge <= quotation["end"] for edge in flat)
        assert quotation["item"] in items
    for citation in scan["citations"]:
        start, end = citation["quoted"] or (0, 0)
        assert 0 <= start <= end <= len(read)
    starts = [one["start"] for one in scan["quotations"]]
    assert starts == sorted(starts)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts)
def test_finding_twice_finds_the_same(text: str) -> None:
    """The same text gives the same findings in the same order."""
    assert find(text)[1] == find(text)[1]


HOSTILE = {
    "quotation marks": '"', "single marks": "'", "opening marks": "“", "mixed marks": "\"'“”‘’«»", "brackets": "[", "pairs of brackets": "[1]", "digits": "1", "locators": "1:1 ",
    "combining marks": "\u0301", "Arabic vowel marks": "\u064e", "hyphened capitals": "A-", "capitals": "A", "other names": "aka Tom ", "releases": "The League released a film. ",
    "speech": '"Yes it is," he said. ', "lone letters": "a\n", "numbered lines": "1. Ab\n", "stars": "*",
}  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
def test_long_runs_of_one_thing_come_to_an_end(unit: str) -> None:
    """A text of nothing but marks, brackets, digits or one phrase is read to its end (the pattern that would not is hung up on here)."""
    _, found, _ = find(unit * (20_000 // len(unit)))
    assert all(one.reason for one in found)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts)
def test_what_the_model_finds_recuts_too(text: str) -> None:
    """With the model, every part of an attribution and every mention lies in the text, and the hull of an attribution holds its parts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("LINEWATCH_SPACY_MODEL", raising=False)
        read, found, _ = find(text)
    for one in found:
        assert one.cut == get_cut(read[one.span.start : one.span.end])
        if isinstance(one.value, Saying):
            parts = [*one.value.contents, *(part for part in (one.value.source, one.value.cue) if part)]
            assert one.value.contents
            assert all(one.span.start <= part.start < part.end <= one.span.end for part in parts)
    assert len({one.id for one in found}) == len(found)
