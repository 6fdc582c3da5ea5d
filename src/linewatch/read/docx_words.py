"""The words of WordprocessingML: paragraphs, table rows and text boxes in the order of the document.

Read from the XML itself: the library that writes DOCX here knows no notes, text boxes or tracked changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from linewatch.read.parts import to_words

_SKIPPED = frozenset(
    {"pPr", "rPr", "sectPr", "instrText", "delInstrText", "footnoteRef", "endnoteRef", "tblPr", "trPr", "tcPr",
     "tblGrid", "sdtPr", "posOffset", "align", "annotationRef"}
)  # fmt: skip
_GONE = {"del": "deleted in tracked changes", "moveFrom": "moved away in tracked changes"}
_BREAKS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "ptab": " "}
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_LONG_CELL = 40


class Paragraph(NamedTuple):
    """A paragraph's words and its properties, or the words of a table's row."""

    words: str
    properties: etree._Element | None
    row: bool = False


@dataclass
class Gathered:
    """What is met on the way: notes pointed to, in order, and words that a reader of the print does not see."""

    notes: list[tuple[str, str]] = field(default_factory=list)
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    unseen: list[tuple[str, str]] = field(default_factory=list)
    """The words, and why they are set aside."""

    def number(self, kind: str, note: str) -> int:
        """Return the number of a note, counted by first mention."""
        if (kind, note) not in self.numbers:
            self.notes.append((kind, note))
            self.numbers[kind, note] = len(self.notes)
        return self.numbers[kind, note]


def get_name(node: etree._Element) -> str:
    """Return an element's name without its namespace: strict and transitional DOCX differ only there."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def find_child(node: etree._Element | None, name: str) -> etree._Element | None:
    """Return the first child of this name, None where there is none."""
    return next((child for child in node if get_name(child) == name), None) if node is not None else None


def get_value(node: etree._Element | None, name: str = "val") -> str | None:
    """Return an attribute by its name without namespace, None where it is missing."""
    if node is None:
        return None
    return next(
        (str(value) for key, value in node.attrib.items() if etree.QName(key).localname == name), None
    )


def list_paragraphs(node: etree._Element, gathered: Gathered) -> Iterator[Paragraph]:
    """Yield the paragraphs and rows under a node; a text box follows the paragraph it hangs on."""
    for child in node:
        name = get_name(child)
        if name == "p":
            yield Paragraph(get_words(child, gathered), find_child(child, "pPr"))
            for box in find_boxes(child):
                yield from list_paragraphs(box, gathered)
        elif name == "tbl":
            yield from _list_rows(child, gathered)
        elif name in _GONE:
            gathered.unseen.append((take_all(child), _GONE[name]))
        elif name not in _SKIPPED:
            yield from list_paragraphs(child, gathered)


def get_words(paragraph: etree._Element, gathered: Gathered) -> str:
    """Return what is printed of a paragraph, without its text boxes."""
    return to_words("".join(_list_words(paragraph, gathered)))


def find_boxes(node: etree._Element) -> Iterator[etree._Element]:
    """Yield the outermost text boxes under a node; what is there twice for old programs is taken once."""
    for child in node:
        name = get_name(child)
        if name == "txbxContent":
            yield child
        elif name != "Fallback":
            yield from find_boxes(child)


def _list_words(node: etree._Element, gathered: Gathered) -> Iterator[str]:
    for child in node:
        name = get_name(child)
        if name in {"t", "delText"}:
            yield child.text or ""
        elif name in _BREAKS:
            yield _BREAKS[name]
        elif name in _NOTES:
            yield f"[{gathered.number(_NOTES[name], get_value(child, 'id') or '')}]"
        elif name in _GONE or (name == "r" and _is_hidden(child)):
            gathered.unseen.append((take_all(child), _GONE.get(name, "hidden in the print")))
        elif name not in _SKIPPED and name not in {"txbxContent", "Fallback"}:
            yield from _list_words(child, gathered)


def _is_hidden(run: etree._Element) -> bool:
    vanish = find_child(find_child(run, "rPr"), "vanish")
    return vanish is not None and get_value(vanish) not in {"0", "false"}


def take_all(node: etree._Element) -> str:
    """Return all words under a node, seen or not."""
    return to_words("".join(one.text or "" for one in node.iter() if get_name(one) in {"t", "delText"}))


def _list_rows(table: etree._Element, gathered: Gathered) -> Iterator[Paragraph]:
    """Yield a table's rows; one that only lays out the page, with long texts in its cells, gives their paragraphs."""
    rows = [row for row in table.iter() if get_name(row) == "tr" and _get_table(row) is table]
    cells = [
        [cell for cell in row.iter() if get_name(cell) == "tc" and _get_table(cell) is table] for row in rows
    ]
    if any(len(take_all(cell).split()) > _LONG_CELL for row in cells for cell in row):
        for row in cells:
            for cell in row:
                yield from list_paragraphs(cell, gathered)
        return
    for row in cells:
        words = [
            " ".join(part.words for part in list_paragraphs(cell, gathered) if part.words) for cell in row
        ]
        yield Paragraph(" | ".join(" ".join(one.split()) for one in words), None, row=True)


def _get_table(node: etree._Element) -> etree._Element | None:
    return next((one for one in node.iterancestors() if get_name(one) == "tbl"), None)
