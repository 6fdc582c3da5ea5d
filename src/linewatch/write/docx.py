"""The report as a Word file, `report.docx`: for desks that go on working on it. Its look is in `templates/docx/word/styles.xml`.

Headings, quotations, tables and notes are Word's own, so that an editor can restyle, move and renumber them.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from docx.document import Document
from docx.shared import Emu
from lxml.etree import _Element as Element

from linewatch.write.docx_notes import Notes
from linewatch.write.docx_package import close_package, open_package
from linewatch.write.docx_table import make_table
from linewatch.write.docx_words import Dress, clean, get_language, has_rtl, is_rtl
from linewatch.write.docx_xml import make
from linewatch.write.material import Material
from linewatch.write.tree import (
    Block,
    Direction,
    Figure,
    Heading,
    Inline,
    Listing,
    Paragraph,
    Quote,
    Report,
    Table,
    Text,
)

NAME = "docx.v1"

TEXT_WIDTH = 9184
"""Between the margins, in twentieths of a point."""
TALLEST = 11000
"""A figure leaves room for its caption on the page."""
EMU_PER_PIXEL, EMU_PER_TWENTIETH = 9525, 635
DEEPEST_HEADING, DEEPEST_LIST = 5, 8
ABSTRACT = {False: 0, True: 1}
"""The kinds of list in `numbering.xml`, by whether they are numbered."""
INDENT = 340
"""Of each list, in twentieths of a point."""


def export(report: Report, _material: Material) -> dict[str, bytes]:
    """Return `report.docx`."""
    document = open_package(clean(report.title), get_language(report.language))
    body = _Body(document, Notes(report.notes))
    body.add(report.blocks)
    body.add_unused_notes()
    return {"report.docx": close_package(document, body.notes.make_footnotes())}


class _Body:
    """The text of one document while it is being set, from the first block to the last."""

    def __init__(self, document: Document, notes: Notes) -> None:
        self.document, self.notes = document, notes
        self.titled = False

    def add(self, blocks: Iterable[Block]) -> None:
        """Set blocks below what is there."""
        last = self.document.element.body.sectPr
        for block in blocks:
            for element in self._make(block):
                last.addprevious(element)

    def add_unused_notes(self) -> None:
        """Set the notes that nothing refers to as paragraphs, so that none is lost."""
        self.add(
            Paragraph(children=(Text(words=f"{note.n}. "), *note.children), quiet=True)
            for note in self.notes.find_unused()
        )

    def _make(self, block: Block, depth: int = 0) -> Iterator[Element]:
        """Yield what a block is in the file; `depth` counts the lists around it."""
        if isinstance(block, Heading):
            yield self._make_heading(block)
        elif isinstance(block, Paragraph):
            yield self._make_text(block, depth)
        elif isinstance(block, Quote):
            yield from self._make_quote(block)
        elif isinstance(block, Table):
            yield from self._make_table(block)
        elif isinstance(block, Figure):
            yield from self._make_figure(block)
        elif isinstance(block, Listing):
            yield from self._make_listing(block, depth)
        else:
            yield make("p", make("pPr", make("pStyle", val="Rule")))

    def _make_heading(self, heading: Heading) -> Element:
        if heading.level == 1 and not self.titled:
            self.titled = True
            return self._make_paragraph("Title", heading.children)
        return self._make_paragraph(
            f"Heading{min(max(heading.level - 1, 1), DEEPEST_HEADING)}", heading.children
        )

    def _make_text(self, paragraph: Paragraph, depth: int) -> Element:
        indent = [make("ind", left=depth * INDENT)] if depth else []
        return self._make_paragraph(
            "Quiet" if paragraph.quiet else "Normal", paragraph.children, after=indent
        )

    def _make_quote(self, quote: Quote) -> Iterator[Element]:
        for line in quote.lines:
            yield self._make_line(line, quote)
        yield self._make_paragraph("QuoteSource", quote.source)

    def _make_line(self, line: tuple[Inline, ...], quote: Quote) -> Element:
        """Return a line of a quotation; one of ours in an Arabic quotation, such as an omission, keeps its own direction."""
        dress = Dress(direction=quote.direction, language=quote.language)
        if quote.direction == "ltr":
            return make("p", make("pPr", make("pStyle", val="Quote")), *self.notes.set_inlines(line, dress))
        style = make("pStyle", val="QuoteRTL")
        if has_rtl(line):
            return make("p", make("pPr", style), *self.notes.set_inlines(line, dress))
        layout = make("pPr", style, make("bidi", val=0), make("jc", val="right"))
        return make("p", layout, *self.notes.set_inlines(line, Dress()))

    def _make_table(self, table: Table) -> Iterator[Element]:
        if table.caption:
            yield self._make_paragraph("TableCaption", (Text(words=table.caption),))
        yield make_table(table, TEXT_WIDTH, lambda cell: self.notes.set_inlines(cell, Dress()))
        yield make("p", make("pPr", make("pStyle", val="AfterTable")))

    def _make_figure(self, figure: Figure) -> Iterator[Element]:
        width = min(figure.width * EMU_PER_PIXEL, TEXT_WIDTH * EMU_PER_TWENTIETH)
        inline = self.document.part.new_pic_inline(io.BytesIO(figure.png), width=Emu(width))
        if inline.extent.cy > TALLEST * EMU_PER_TWENTIETH:
            height = Emu(TALLEST * EMU_PER_TWENTIETH)
            inline = self.document.part.new_pic_inline(io.BytesIO(figure.png), height=height)
        inline.docPr.set("descr", clean(figure.alt))
        yield make("p", make("pPr", make("pStyle", val="Figure")), make("r", make("drawing", inline)))
        yield self._make_paragraph("Caption", figure.caption)

    def _make_listing(self, listing: Listing, depth: int) -> Iterator[Element]:
        """Yield a list; the first paragraph of an item carries its number, the others stand below it."""
        level = min(depth, DEEPEST_LIST)
        number = self._add_numbering(level, ordered=listing.ordered)
        for item in listing.items:
            numbered = [make("numPr", make("ilvl", val=level), make("numId", val=number))]
            first, rest = (
                (item[0].children, item[1:]) if item and isinstance(item[0], Paragraph) else ((), item)
            )
            yield self._make_paragraph("ListParagraph", first, before=numbered)
            for block in rest:
                yield from self._make(block, depth + 1)

    def _add_numbering(self, level: int, *, ordered: bool) -> int:
        """Return the id of a new list that counts from one."""
        numbering = self.document.part.numbering_part.element.add_num(ABSTRACT[ordered])
        numbering.add_lvlOverride(level).add_startOverride(1)
        return int(numbering.numId)

    def _make_paragraph(
        self,
        style: str,
        children: tuple[Inline, ...],
        *,
        before: Iterable[Element] = (),
        after: Iterable[Element] = (),
    ) -> Element:
        """Return a paragraph; `before` and `after` are properties that stand on either side of its direction."""
        direction: Direction = "rtl" if is_rtl(children) else "ltr"
        turned = [make("bidi")] if direction == "rtl" else []
        layout = make("pPr", make("pStyle", val=style), *before, *turned, *after)
        return make("p", layout, *self.notes.set_inlines(children, Dress(direction=direction)))
