"""Open every built file with the library that a reader would use, and see that its words are there."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import docx
import pypdfium2
from selectolax.lexbor import LexborHTMLParser

from harbour_league_build.master import Item


def check_item(item: Item, path: Path) -> None:
    """Raise ValueError where a paragraph of the item cannot be read back from its file."""
    text = _letters(_READERS[path.suffix](path.read_bytes()))
    for n, paragraph in enumerate(item.paragraphs, start=1):
        if path.suffix == ".pdf":
            found = _share_words(paragraph.text, _READERS[".pdf"](path.read_bytes()))
        else:
            found = float(_letters(paragraph.text) in text)
        if found < _ENOUGH:
            raise ValueError(f"{path.name}: paragraph {n} cannot be read back ({found:.2f})")


def count_pages(data: bytes) -> int:
    """Return the number of a PDF's pages."""
    return len(pypdfium2.PdfDocument(data))


def read_pdf(data: bytes) -> str:
    """Return a PDF's text, page after page."""
    document = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


# A paragraph that runs over a page or a broken word loses a few words to the header and the hyphen.
_ENOUGH = 0.85


def _read_docx(data: bytes) -> str:
    return "\n".join(p.text for p in docx.Document(io.BytesIO(data)).paragraphs)


def _read_html(data: bytes) -> str:
    return LexborHTMLParser(data.decode()).text()


def _read_cues(data: bytes) -> str:
    lines = [line for line in data.decode().splitlines() if "-->" not in line and not line.isdigit()]
    return re.sub(r"</?v[^>]*>", "", "\n".join(lines))


def _decode(data: bytes) -> str:
    return data.decode()


def _share_words(wanted: str, text: str) -> float:
    words = [_letters(word) for word in wanted.split()]
    there = {_letters(word) for word in text.split()}
    return sum(word in there for word in words) / len(words)


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


_READERS: dict[str, Callable[[bytes], str]] = {
    ".html": _read_html,
    ".pdf": read_pdf,
    ".docx": _read_docx,
    ".srt": _read_cues,
    ".vtt": _read_cues,
    ".txt": _decode,
    ".md": _decode,
}
