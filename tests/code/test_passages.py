"""Passages: one speaker, one stretch, and an id that its words keep."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewatch.code.passages import propose_passages
from linewatch.model import Block, Document, Finding, Item, Marker, Passage, Quotation, Span

FIRST = "They signed the Harbour Pledge and set it aside that winter."
SECOND = "It was a fault, yet they are still of the League today."


def make_document(*parts: tuple[str, str], gap: str = "\n\n") -> Document:
    """Return a document of blocks, each a kind and its words."""
    blocks, text = [], ""
    for kind, words in parts:
        start = len(text) + (len(gap) if text else 0)
        text = f"{text}{gap}{words}" if text else words
        blocks.append(msgspec.convert({"kind": kind, "start": start, "end": len(text)}, Block))
    return Document(id="d", evidence="sha256:0", reader="plain.v1", text=text, blocks=tuple(blocks))


def find(document: Document, words: str, value: Item | Marker | Quotation) -> Finding:
    """Return a finding at these words."""
    start = document.text.index(words)
    span = Span(document="d", start=start, end=start + len(words))
    return Finding(id=f"f{start}", span=span, value=value, finder="test.v1", reason="a test", cut="")


def cut(document: Document, passages: tuple[Passage, ...]) -> list[str]:
    """Return the words of each passage."""
    return [document.text[one.span.start : one.span.end] for one in passages]


def test_held_item_gives_its_own_prose() -> None:
    """Paragraphs of a held item are passages; its title, a caption and a few words are none."""
    document = make_document(
        ("title", FIRST), ("paragraph", FIRST), ("caption", SECOND), ("paragraph", "Come.")
    )
    held = find(document, FIRST, Item(held=True))
    assert cut(document, propose_passages(document, [held])) == [FIRST]


def test_report_gives_what_it_quotes() -> None:
    """A report that holds no item gives the quotations of items, and none of its own prose."""
    document = make_document(("paragraph", f"The monitor writes: {FIRST}"), ("paragraph", SECOND))
    quoted = find(document, FIRST, Quotation(item="i", speaker="Mara"))
    (passage,) = propose_passages(document, [quoted])
    assert (passage.item, passage.speaker) == ("i", "Mara")
    assert cut(document, (passage,)) == [FIRST]


@pytest.mark.parametrize(
    ("between", "second", "count", "shows"),
    [
        (" ... ", Quotation(item="i"), 1, "marks alone join"),
        (" he added ", Quotation(item="i"), 2, "a word of the report parts"),
        (" ... ", Quotation(item="j"), 2, "another item parts"),
        (" ... ", Quotation(item="i", speaker="Mara"), 2, "another speaker parts"),
        (" ... ", Quotation(item="i", scripture=True), 1, "scripture is left out"),
        (" ... ", Quotation(item="i", role="analyst"), 1, "an analyst's words are left out"),
        (" ... ", Quotation(), 1, "words of no item are left out"),
    ],
)
def test_quotations_join_or_part(between: str, second: Quotation, count: int, shows: str) -> None:
    """Quotations of one item by one speaker are one passage where no word stands between."""
    document = make_document(("paragraph", f"{FIRST}{between}{SECOND}"))
    found = [find(document, FIRST, Quotation(item="i")), find(document, SECOND, second)]
    assert len(propose_passages(document, found)) == count, shows


def test_id_survives_a_new_reading() -> None:
    """The same words at another place of a newer document keep their id; said twice, they have two."""
    old = make_document(("paragraph", FIRST))
    new = make_document(("heading", "Word"), ("paragraph", FIRST.replace(" ", "  ")), ("paragraph", FIRST))
    ids = [
        [one.id for one in propose_passages(made, [find(made, "signed", Item(held=True))])]
        for made in (old, new)
    ]
    assert ids[1][0] == ids[0][0]
    assert len(set(ids[1])) == 2


def test_verse_is_parted_by_stanzas() -> None:
    """A song's lines are passages by stanza, sung; a blank line parts them."""
    text = f"{FIRST}\n{SECOND}\n\n{SECOND}"
    lines = [
        (0, len(FIRST)),
        (len(FIRST) + 1, len(FIRST) + 1 + len(SECOND)),
        (len(text) - len(SECOND), len(text)),
    ]
    blocks = tuple(Block(kind="verse", start=start, end=end) for start, end in lines)
    document = Document(id="d", evidence="sha256:0", reader="plain.v1", text=text, blocks=blocks)
    passages = propose_passages(document, [find(document, FIRST, Item(kind="song", held=True))])
    assert cut(document, passages) == [f"{FIRST}\n{SECOND}", SECOND]
    assert {one.role for one in passages} == {"singer"}


def test_note_marker_between_quotations_is_no_word() -> None:
    """A marker's digit between two quotations does not part them; a digit that is no marker does."""
    document = make_document(("paragraph", f"{FIRST}7 {SECOND}"))
    quoted = [find(document, words, Quotation(item="i")) for words in (FIRST, SECOND)]
    marker = find(document, "7", Marker(n="7"))
    assert len(propose_passages(document, [*quoted, marker])) == 1
    assert len(propose_passages(document, quoted)) == 2


def test_quotation_inside_another_is_not_coded_twice() -> None:
    """A nested quotation belongs to the one around it."""
    document = make_document(("paragraph", FIRST))
    found = [find(document, FIRST, Quotation(item="i")), find(document, "set it aside", Quotation(item="i"))]
    assert cut(document, propose_passages(document, found)) == [FIRST]


def test_passage_carries_its_warning() -> None:
    """A passage whose words call for it is proposed with its sensitivity label, another with none."""
    document = make_document(
        ("paragraph", FIRST), ("paragraph", "Two of those who went were killed on the road.")
    )
    passages = propose_passages(document, [find(document, FIRST, Item(held=True))])
    assert [one.warning for one in passages] == [None, "describes killing"]


@given(
    st.lists(
        st.tuples(st.sampled_from(["paragraph", "verse", "cue", "caption"]), st.text(max_size=60)), max_size=6
    )
)
def test_any_passage_lies_in_its_document(parts: list[tuple[str, str]]) -> None:
    """Whatever the blocks, passages follow each other inside the text, each with words and an id of its own."""
    document = make_document(*parts)
    held = Finding(
        id="f",
        span=Span(document="d", start=0, end=0),
        value=Item(held=True),
        finder="t.v1",
        reason="",
        cut="",
    )
    passages = propose_passages(document, [held])
    ends = [0, *(one.span.end for one in passages)]
    assert all(end <= one.span.start < one.span.end for end, one in zip(ends, passages, strict=False))
    assert ends[-1] <= len(document.text)
    assert len({one.id for one in passages}) == len(passages)


def test_empty_document_has_no_passage() -> None:
    """Nothing comes of nothing."""
    assert propose_passages(make_document(), []) == ()
