"""The notes of a report as footnotes of a Word document, which python-docx does not know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from lxml.etree import _Element as Element

from linewatch.write.docx_words import Dress, dress_emphasis, is_rtl, make_run, make_runs
from linewatch.write.docx_xml import make, make_text
from linewatch.write.tree import Emphasis, Inline, Note, NoteRef


class Notes:
    """The notes of one document, in the order in which the text refers to them: Word counts them itself."""

    def __init__(self, notes: Iterable[Note]) -> None:
        self.notes = {note.n: note for note in notes}
        self.numbers: dict[int, int] = {}
        """For each note that the text has referred to, the number that Word prints."""

    def set_inlines(self, children: Iterable[Inline], dress: Dress) -> Iterator[Element]:
        """Yield inlines as what stands in a paragraph of the dress's direction."""
        return _set_inlines(children, dress, self._refer)

    def make_footnotes(self) -> Iterator[Element]:
        """Yield the footnotes that the text refers to; asked for when all of the text is set."""
        for n, number in self.numbers.items():
            children = self.notes[n].children
            rtl = is_rtl(children)
            mark = make("r", make("rPr", make("rStyle", val="FootnoteReference")), make("footnoteRef"))
            paragraph = make(
                "p",
                make("pPr", make("pStyle", val="FootnoteText"), *([make("bidi")] if rtl else [])),
                mark,
                make_run(" ", Dress()),
                *_set_inlines(children, Dress(direction="rtl" if rtl else "ltr"), self._repeat),
            )
            yield make("footnote", paragraph, id=number)

    def find_unused(self) -> list[Note]:
        """Return the notes that the text does not refer to."""
        return [note for n, note in self.notes.items() if n not in self.numbers]

    def _refer(self, n: int) -> Iterator[Element]:
        """Yield the note's own reference where the text first comes to it, afterwards what repeats its number."""
        if n in self.notes and n not in self.numbers:
            self.numbers[n] = len(self.numbers) + 1
            return _make_reference(self.numbers[n])
        return self._repeat(n)

    def _repeat(self, n: int) -> Iterator[Element]:
        """Yield a field that prints the number of a note in the text; the bare number where there is no such note.

        A note may hold no reference of its own, and Word prints a note twice that two references name.
        """
        return _make_field(self.numbers[n]) if n in self.numbers else iter([_raise_number(n)])


def _set_inlines(
    children: Iterable[Inline], dress: Dress, refer: Callable[[int], Iterator[Element]]
) -> Iterator[Element]:
    for child in children:
        if isinstance(child, NoteRef):
            yield from refer(child.n)
        elif isinstance(child, Emphasis):
            yield from _set_inlines(child.children, dress_emphasis(child, dress), refer)
        else:
            yield from make_runs(child, dress)


def _make_reference(number: int) -> Iterator[Element]:
    """Yield a footnote's reference inside the bookmark that later references name."""
    yield make("bookmarkStart", id=number, name=f"_Note{number}")
    yield make(
        "r", make("rPr", make("rStyle", val="FootnoteReference")), make("footnoteReference", id=number)
    )
    yield make("bookmarkEnd", id=number)


def _make_field(number: int) -> Iterator[Element]:
    yield _make_edge("begin")
    yield make("r", make_text("instrText", f" NOTEREF _Note{number} \\f \\h "))
    yield _make_edge("separate")
    yield _raise_number(number)
    yield _make_edge("end")


def _make_edge(kind: str) -> Element:
    return make("r", make("fldChar", fldCharType=kind))


def _raise_number(n: int) -> Element:
    return make("r", make("rPr", make("rStyle", val="FootnoteReference")), make_text("t", str(n)))
