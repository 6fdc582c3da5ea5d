"""Versions of one quotation in a case: found across documents, compared with the held original first, and told with both spans."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewatch.find.versions import Pair, compare_versions, tell
from linewatch.model import Finding, Quotation, Span
from linewatch.text.retrace import get_cut

ORIGINAL = (
    "A Word To Those Who Left\n\nWe have kept the lamp lit through the winter. If they ask to be heard, the council may hear "
    "them before the third bell. Nobody is to be named on the board, and we will not shut the door on anyone who comes home.\n"
)
FAITHFUL = "If they ask to be heard, the council may hear them before the third bell."


def quote(document: str, text: str, words: str) -> Finding:
    """Return the finding of words quoted in a text."""
    start = text.index(words)
    return Finding(
        id=f"q-{document}-{start}", span=Span(document=document, start=start, end=start + len(words)), value=Quotation(),
        finder="quotations.v1", reason="test", cut=get_cut(words),
    )  # fmt: skip


def compare(quoted: Mapping[str, str], original: str | None = ORIGINAL) -> list[Pair]:
    """Return what tells the quotations of these reports apart, from each other and from the original."""
    texts = {name: f"The weekly wrote: “{words}” That was in May.\n" for name, words in quoted.items()}
    findings = [quote(name, texts[name], words) for name, words in quoted.items()]
    held = {"lamp": original} if original else {}
    return compare_versions(findings, texts | held, frozenset(held))


FLAWS = {
    "a condition lost": ("The council may hear them before the third bell. Nobody is to be named on the board", "condition"),
    "a negation lost": ("Nobody is to be named on the board, and we will shut the door on anyone who comes home.", "negation"),
    "words left out": ("the council may hear them. Nobody is to be named on the board, and we will not shut the door", "omission"),
    "order turned": (
        "Nobody is to be named on the board, and we will not shut the door on anyone who comes home. We have kept the lamp lit through the winter.",
        "order",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("words", "kind"), FLAWS.values(), ids=FLAWS)
def test_against_the_original(words: str, kind: str) -> None:
    """A report's quotation is set beside the held original, and the fault is named."""
    (pair,) = compare({"report": words})
    assert kind in {flaw.kind for flaw in pair.flaws}
    assert pair.original
    assert ORIGINAL[pair.theirs.span.start : pair.theirs.span.end] == pair.theirs.words


@pytest.mark.parametrize(
    "words",
    [
        FAITHFUL,
        "We have kept the lamp ... through the winter. If they ask to be heard",
        "An old boat is a good boat.",
    ],
)
def test_nothing_to_tell(words: str) -> None:
    """A faithful quotation, one that marks what it leaves out, and words from elsewhere are no problem."""
    assert [flaw.kind for pair in compare({"report": words}) for flaw in pair.flaws] == []


def test_between_two_reports() -> None:
    """Without the original two reports are set side by side, once, and the sentence says what differs."""
    pairs = compare({"one": FAITHFUL, "two": FAITHFUL.replace("If they ask to be heard, the", "The")}, None)
    assert [(pair.ours.span.document, pair.theirs.span.document, pair.original) for pair in pairs] == [
        ("two", "one", False)
    ]
    assert tell(pairs[0]).startswith("differs from another report's quotation of it: condition, here")


def test_the_same_document_twice() -> None:
    """A text that quotes the same words twice, once shorter, is not set beside itself."""
    text = f"It said “{FAITHFUL}” Then it said “the council may hear them before the bell” again."
    findings = [quote("one", text, FAITHFUL), quote("one", text, "the council may hear them before the bell")]
    assert compare_versions(findings, {"one": text}, frozenset()) == []


@given(st.lists(st.text("abا \u0301😀.[]…\n", max_size=60), min_size=2, max_size=4))
def test_any_words(words: list[str]) -> None:
    """Whatever the words, both spans re-cut to what they say."""
    texts = {str(n): one for n, one in enumerate(words)} | {"lamp": " ".join(words)}
    findings = [quote(name, one, one) for name, one in texts.items() if name != "lamp"]
    for pair in compare_versions(findings, texts, frozenset({"lamp"})):
        for version in (pair.ours, pair.theirs):
            assert texts[version.span.document][version.span.start : version.span.end] == version.words
