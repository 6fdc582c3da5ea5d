"""The lines of a PDF's pages as PDFium gives them, with their place and size. What they mean is known to `pdf_layout`."""

from __future__ import annotations

import codecs
import ctypes
import math
from collections.abc import Iterator, Sequence
from contextlib import closing
from statistics import median
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from linewatch.read.pdf_order import Glyph, Row, is_right_to_left, order_rows

MOST_PAGES = 5_000
MOST_CHARACTERS = 100_000
"""On one page; what is beyond it is a problem."""
MOST_IN_ALL = 5_000_000
"""Characters in one file: pages may share what is drawn on them, so that a small file can hold endless text."""
_HYPHENS = frozenset({0x02, 0xFFFE})
"""What PDFium puts where a word is broken at the end of a line."""
_BOLD = 600
"""The weight of semi-bold faces."""
_SMALL, _RAISED = 0.82, 0.12
_LONGEST_ACTUAL = 64
"""Bytes; a longer one is not about a picture of some letters."""
_FIGURES = frozenset("0123456789")
_MARKS = _FIGURES | frozenset("*†‡")
_DRAWN_UP, _FIGURE_HEIGHT = 0.2, 0.66
"""In sizes of the print: from where on a figure is raised, and how high one usually is."""


class Line(NamedTuple):
    """A printed line: its words and, in points from the lower left corner, where it stands."""

    words: str
    page: int
    left: float
    right: float
    base: float
    size: float
    bold: bool = False
    broken: bool = False
    """Its last word goes on in the next line."""


class Page(NamedTuple):
    """A page: its lines in the order of the file."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    fault: str | None = None
    pictures: bool = False


def list_pages(document: pypdfium2.PdfDocument) -> Iterator[Page]:
    """Yield the pages in order, as far as they are read; one that cannot be read has no lines and its fault."""
    left = MOST_IN_ALL
    for number in range(min(len(document), MOST_PAGES)):
        try:
            page = _read_page(document, number)
        except pypdfium2.PdfiumError as error:
            page = Page(number + 1, 0, 0, (), f"could not be read: {error}")
        yield page
        left -= sum(len(line.words) for line in page.lines)
        if left <= 0:
            return


def _read_page(document: pypdfium2.PdfDocument, number: int) -> Page:
    with closing(document[number]) as page, closing(page.get_textpage()) as text:
        count = text.count_chars()
        lines = tuple(_list_lines(text, min(count, MOST_CHARACTERS), number + 1))
        fault = (
            f"has {count} characters, of which {MOST_CHARACTERS} were read"
            if count > MOST_CHARACTERS
            else None
        )
        width, height = page.get_size()
        return Page(number + 1, width, height, lines, fault, pictures=_has_pictures(page))


def _has_pictures(page: pypdfium2.PdfPage) -> bool:
    return next(page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,)), None) is not None


def _list_lines(text: Any, count: int, page: int) -> Iterator[Line]:
    points = [pdfium.FPDFText_GetUnicode(text, at) for at in range(count)]
    rows = list(_list_rows(text, points))
    if is_right_to_left("".join(map(chr, points))):
        rows = order_rows([Row(tuple(_take_actual(text, row)), row.broken) for row in rows])
    return (_make_line(row, page) for row in rows)


def _list_rows(text: Any, points: Sequence[int]) -> Iterator[Row]:
    glyphs: list[Glyph] = []
    for at, point in enumerate(points):
        broken = point in _HYPHENS
        if point not in {10, 13} and not broken:
            glyphs.append(_read_glyph(text, at, point))
        elif glyphs:
            yield Row(tuple(glyphs), broken)
            glyphs = []
    if glyphs:
        yield Row(tuple(glyphs))


def _read_glyph(text: Any, index: int, point: int) -> Glyph:
    if pdfium.FPDFText_IsGenerated(text, index) == 1:
        return Glyph(chr(point), index, 0.0, 0.0, 0.0, 0.0, 0.0)
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text, index, box)
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text, index, x, y)
    matrix = pdfium.FS_MATRIX()
    scale = math.hypot(matrix.c, matrix.d) if pdfium.FPDFText_GetMatrix(text, index, matrix) else 1.0
    size = pdfium.FPDFText_GetFontSize(text, index) * (scale or 1.0)
    bold = pdfium.FPDFText_GetFontWeight(text, index) >= _BOLD
    glyph = Glyph(chr(point), index, x.value, box.left, box.right, y.value, size, bold)
    return _measure_figure(text, glyph) if glyph.letters in _FIGURES else glyph


def _measure_figure(text: Any, glyph: Glyph) -> Glyph:
    """Return a figure with the base and size it has where the face itself draws it raised."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(text, glyph.number, left, right, bottom, top)
    if bottom.value < glyph.base + _DRAWN_UP * glyph.size:
        return glyph
    return glyph._replace(base=bottom.value, size=(top.value - bottom.value) / _FIGURE_HEIGHT)


def _take_actual(text: Any, row: Row) -> Iterator[Glyph]:
    """Yield the glyphs; where the file says which letters several pictures stand for, those letters, once."""
    shown: dict[int, list[Glyph]] = {}
    said: dict[int, str] = {}
    for glyph in row.glyphs:
        mark = _find_mark(text, glyph.number)
        actual = _read_actual(mark) if mark else None
        key = ctypes.addressof(mark.contents) if actual else -1 - glyph.number
        said[key] = actual or glyph.letters
        shown.setdefault(key, []).append(glyph)
    for key, glyphs in shown.items():
        left, right = min(one.left for one in glyphs), max(one.right for one in glyphs)
        yield glyphs[0]._replace(letters=said[key], left=left, right=right)


def _find_mark(text: Any, index: int) -> Any:
    """Return the innermost mark around a glyph, None where there is none."""
    drawn = pdfium.FPDFText_GetTextObject(text, index)
    count = pdfium.FPDFPageObj_CountMarks(drawn) if drawn else 0
    return pdfium.FPDFPageObj_GetMark(drawn, count - 1) if count > 0 else None


def _read_actual(mark: Any) -> str | None:
    """Return a mark's `ActualText` (ISO 32000-1, 14.9.4), None where it has none or a long one."""
    room = (ctypes.c_ubyte * _LONGEST_ACTUAL)()
    size = ctypes.c_ulong()
    said = pdfium.FPDFPageObjMark_GetParamBlobValue(mark, b"ActualText", room, _LONGEST_ACTUAL, size)
    raw = bytes(room[: size.value]) if said and size.value <= _LONGEST_ACTUAL else b""
    wide = raw.startswith(codecs.BOM_UTF16_BE)
    return raw[2:].decode("utf-16-be", "replace") or None if wide else None


def _make_line(row: Row, page: int) -> Line:
    seen = [glyph for glyph in row.glyphs if glyph.size and not glyph.letters.isspace()]
    size = median(glyph.size for glyph in seen) if seen else 0.0
    base = median(glyph.base for glyph in seen) if seen else 0.0
    return Line(
        words=_join_halves("".join(_bracket_raised(row.glyphs, size, base))),
        page=page,
        left=min((glyph.left for glyph in seen), default=0.0),
        right=max((glyph.right for glyph in seen), default=0.0),
        base=base,
        size=size,
        bold=bool(seen) and all(glyph.bold for glyph in seen),
        broken=row.broken,
    )


def _bracket_raised(glyphs: Sequence[Glyph], size: float, base: float) -> Iterator[str]:
    """Yield the letters; small raised figures, which are marks of notes, stand in brackets: `quay.[2]`."""
    inside = False
    for glyph in glyphs:
        raised = (
            glyph.letters in _MARKS and 0 < glyph.size < _SMALL * size and glyph.base > base + _RAISED * size
        )
        if raised != inside:
            yield "[" if raised else "]"
            inside = raised
        yield glyph.letters
    if inside:
        yield "]"


def _join_halves(letters: str) -> str:
    """Return letters that PDFium gave as two halves of UTF-16 as one; a half alone becomes U+FFFD."""
    return " ".join(letters.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").split())
