"""What one report shares while it is built: numbered notes, and how much of a song it may still print."""

from __future__ import annotations

import pytest

from factories_write import (
    CHORUS,
    HARSH,
    LONG,
    SONG,
    make_document,
    make_evidence,
    make_finding,
    make_item,
    make_material,
)
from linewatch.model import Finding, Item, Span
from linewatch.write.page import Page
from linewatch.write.quoting import LONGEST, count_words
from linewatch.write.tree import NoteRef


def get_finding(page: Page, name: str) -> Finding:
    """Return the quotation of a file."""
    return page.material.findings[f"q-{name}"]


def test_notes_are_numbered_as_they_are_met() -> None:
    """The same span has the same note, another the next number."""
    page = Page(material=make_material())
    one, other = (get_finding(page, name).span for name in ("lamp-01.html", "lamp-04.html"))
    assert [page.note_span(span) for span in (one, other, one)] == [NoteRef(n=1), NoteRef(n=2), NoteRef(n=1)]
    assert page.note_words("a remark") == NoteRef(n=3)
    assert [note.n for note in page.notes] == [1, 2, 3]


def test_long_words_are_cut_unless_the_analyst_says_why() -> None:
    """A long quotation is cut and the omission counted; with a reason all of it stands."""
    page = Page(material=make_material())
    span = get_finding(page, "lamp-03.html").span
    cutting = page.cut(span, None)
    assert count_words(cutting.words) <= LONGEST
    assert cutting.left_out == count_words(LONG) - count_words(cutting.words)
    assert page.cut(span, None, "the whole is at issue").words == LONG


def test_whole_song_is_never_printed() -> None:
    """Half a song at most stands in a report, however short, and a second quotation of it does not add the rest."""
    page = Page(material=make_material())
    finding = get_finding(page, "song-01.txt")
    item = finding.value.item  # type: ignore[union-attr] - a quotation
    first = page.cut(finding.span, item)
    assert 0 < count_words(first.words) <= count_words(SONG) // 2
    assert first.omission.endswith("words left out]")
    half = len(SONG) // 2
    rest = Span(document=finding.span.document, start=half, end=len(SONG))
    second = page.cut(rest, item)
    assert count_words(first.words) + count_words(second.words) <= count_words(SONG) // 2


@pytest.mark.parametrize("kind", ["editorial", "article"])
def test_prose_is_no_song(kind: str) -> None:
    """What is not a song is cut for its length alone."""
    sealed = make_evidence("prose.txt")
    document = make_document(sealed, HARSH)
    item = make_item(document, CHORUS, kind, None)
    assert isinstance(item.value, Item)
    quoted = make_finding(document, HARSH, item.value, name="x")
    base = make_material()
    material = make_material(
        evidence={**base.evidence, sealed.id: sealed},
        documents={**base.documents, document.id: document},
        findings={**base.findings, item.id: item},
    )
    assert Page(material=material).cut(quoted.span, item.id).words == HARSH


def test_item_that_is_not_known_is_none() -> None:
    """An id that names no item gives none."""
    page = Page(material=make_material())
    assert page.find_item(None) is None
    assert page.find_item("gone") is None
