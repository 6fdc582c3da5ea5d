"""The model case saved as HTML, DOCX and PDF: the same findings as its text, every difference listed.

Each block is saved with what the format has for it (title, heading, quotation, caption); a PDF has no such marks, and what hangs on
them alone may be lost there. Findings are compared by kind, words and speaker, number or kind, each in its own text.
"""

from __future__ import annotations

import html
import io
from collections.abc import Callable

from finding_scores import SHARED, tell_missing
from linewatch.find.base import Reading
from linewatch.find.canons import load_canons
from linewatch.find.registry import find_all
from linewatch.model import Document, Found
from linewatch.read.registry import read_bytes

REPORTS = SHARED / "data" / "reports"
_HTML = {"title": "h1", "heading": "h2", "blockquote": "blockquote", "caption": "figcaption"}
_DOCX = {"title": "Title", "heading": "Heading 1", "blockquote": "Quote", "caption": "Caption"}
_TYPST = {"title": "= ", "heading": "== "}


def save_html(document: Document) -> bytes:
    """Return the document as a page."""
    told = []
    for block in document.blocks:
        tag = _HTML.get(block.kind, "p")
        words = html.escape(document.text[block.start : block.end]).replace("\n", "<br>")
        told.append(f"<{tag}>{words}</{tag}>")
    head = '<!doctype html><html><head><meta charset="utf-8"></head><body><article>'
    return (head + "\n".join(told) + "</article></body></html>").encode()


def save_docx(document: Document) -> bytes:
    """Return the document as a Word file."""
    import docx

    made, held = docx.Document(), io.BytesIO()
    for block in document.blocks:
        made.add_paragraph(document.text[block.start : block.end], style=_DOCX.get(block.kind))
    made.save(held)
    return held.getvalue()


def save_pdf(document: Document) -> bytes:
    """Return the document as print; typst's own exchange of marks and dots is switched off."""
    import typst

    told = [
        _TYPST.get(block.kind, "") + _escape(document.text[block.start : block.end])
        for block in document.blocks
    ]
    head = '#set text(font: "DejaVu Sans", size: 10pt)\n#set smartquote(enabled: false)\n#set par(spacing: 1.4em)\n'
    compiled: bytes = typst.compile((head + "\n\n".join(told)).encode())
    return compiled


def _escape(words: str) -> str:
    return "".join(f"\\{point}" if point in "\\#$*_`<>@[]~=-+/\"'." else point for point in words).replace(
        "\n", " \\\n"
    )


SAVERS: dict[str, Callable[[Document], bytes]] = {"html": save_html, "docx": save_docx, "pdf": save_pdf}


def list_findings(document: Document) -> set[tuple[str, str, str]]:
    """Return each finding's kind, words and what tells it apart."""
    found = find_all(Reading(document=document, canons=load_canons(None)))
    return {
        (
            type(one.value).__name__,
            " ".join(document.text[one.span.start : one.span.end].split()),
            _tell(one.value),
        )
        for one in found
    }


def _tell(value: Found) -> str:
    return str(
        next((told for name in ("speaker", "n", "field", "kind") if (told := getattr(value, name, None))), "")
    )


def main() -> None:
    """Save each report in each format, find in it and print what differs."""
    if tell_missing(REPORTS, "The model case in other formats"):
        return
    for path in sorted(REPORTS.glob("*.txt")):
        document = read_bytes(path.read_bytes(), path.name)
        base = list_findings(document)
        for name, save in SAVERS.items():
            other = list_findings(read_bytes(save(document), f"{path.stem}.{name}"))
            print(
                f"{path.stem} as {name}: {len(base & other)} of {len(base)} findings the same, {len(other - base)} others"
            )
            for sign, side in (("-", base - other), ("+", other - base)):
                for kind, words, told in sorted(side):
                    print(f"  {sign} {kind} [{told}] {words[:110]}")


if __name__ == "__main__":
    main()
