"""The report as pages, set by typst from data: nothing in it is read as markup, nothing in it can be followed out."""

from __future__ import annotations

import json
import re
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from linewatch.errors import MissingPartError
from linewatch.model import Value
from linewatch.write.material import Material
from linewatch.write.tree import Block, Heading, Inline, Paragraph, Report, Text

NAME = "pdf.v1"
TEMPLATE = Path(__file__).parent / "templates" / "report.typ"
FACE = "Amiri"
RUNNING = 80
"""Letters of the title that stand at the foot of each page."""
_SPACE = re.compile(r"\s+")
_JOINERS = "\u200c\u200d"
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")


def export(report: Report, material: Material) -> dict[str, bytes]:
    """Return `report.pdf`."""
    return {"report.pdf": render(report, material.built_on)}


def render(report: Report, built_on: date) -> bytes:
    """Return the report as PDF/UA-1; a sign that no carried face has is printed as its number in Unicode."""
    typst = _import_typst()
    data = json.dumps(pack_report(report, built_on), ensure_ascii=False)
    missing: set[str] = set()
    while True:
        try:
            return _set_pages(data.translate({ord(sign): name_sign(sign) for sign in missing}))
        except typst.TypstError as error:
            found = find_missing_signs(error.diagnostic) - missing
            if not found:
                raise
            missing |= found


def pack_report(report: Report, built_on: date) -> dict[str, Any]:
    """Return the report as the template takes it: the title and the line under it apart, heading levels without a gap."""
    title = make_printable(report.title).strip() or "Report"
    heading, byline, blocks = _part_title(report.blocks)
    return {
        "title": title,
        "running": textwrap.shorten(title, RUNNING, placeholder=" …"),
        "heading": pack(heading or (Text(words=title),)),
        "byline": pack(byline),
        "blocks": pack(tuple(close_gaps(blocks))),
        "notes": pack(report.notes),
        "noted": [note.n for note in report.notes],
        "language": make_tag(report.language),
        "built": {"year": built_on.year, "month": built_on.month, "day": built_on.day},
    }


def _part_title(
    blocks: tuple[Block, ...],
) -> tuple[tuple[Inline, ...] | None, tuple[Inline, ...] | None, Sequence[Block]]:
    match blocks:
        case (Heading(level=1) as heading, Paragraph() as byline, *rest):
            return heading.children, byline.children, rest
        case (Heading(level=1) as heading, *rest):
            return heading.children, None, rest
        case _:
            return None, None, blocks


def pack(value: object) -> Any:
    """Return a part of the tree as JSON's kinds of values, each node under its name, pictures in points left out."""
    if isinstance(value, str):
        return make_printable(value)
    if isinstance(value, tuple):
        return [pack(part) for part in value]
    if isinstance(value, Value):
        fields = {
            name: pack(getattr(value, name))
            for name in value.__struct_fields__
            if name not in {"png", "data"}
        }
        if "language" in fields:
            fields["language"] = make_tag(fields["language"])
        return {"is": type(value).__name__.casefold(), **fields}
    return value


def close_gaps(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks with each heading one level below the heading it stands under, as an outline needs it."""
    above: list[int] = []
    for block in blocks:
        if isinstance(block, Heading):
            above = [level for level in above if level < block.level] + [block.level]
            yield msgspec.structs.replace(block, level=len(above))
        else:
            yield block


def make_printable(words: str) -> str:
    r"""Return words as one line: white space as single spaces, controls and marks that turn the line left out.

    >>> make_printable("tide\tand\x07 \u202eoar")
    'tide and oar'
    """
    return "".join(_make_sign_printable(sign) for sign in _SPACE.sub(" ", words))


def _make_sign_printable(sign: str) -> str:
    if sign.isprintable() or sign in _JOINERS:
        return sign
    if (
        unicodedata.category(sign) == "Co"
    ):  # means something in one face only, and another shows a letter of its own
        return name_sign(sign)
    return {"Cs": "\ufffd", "Cf": "", "Cc": ""}.get(unicodedata.category(sign), sign)


def name_sign(sign: str) -> str:
    """Return the number of a sign that cannot be shown, nothing for one that is never seen.

    >>> name_sign("\N{GRINNING FACE}"), name_sign("\N{ZERO WIDTH JOINER}")
    ('[U+1F600]', '')
    """
    return "" if unicodedata.category(sign) == "Cf" else f"[U+{ord(sign):04X}]"


def make_tag(language: str | None) -> str:
    """Return the two or three letters by which a PDF names a language, `und` when there are none.

    >>> make_tag("ar-SY"), make_tag(None), make_tag("?")
    ('ar', 'und', 'und')
    """
    tag = (language or "").partition("-")[0].casefold()
    return tag if re.fullmatch("[a-z]{2,3}", tag) else "und"


def find_missing_signs(diagnostic: str) -> set[str]:
    r"""Return the signs that typst says no face has.

    >>> sorted(find_missing_signs('error: the text `"a\\u{e000}\\u{301}"` could not be displayed with font `"Amiri"`'))
    ['\ue000']
    """
    texts = (
        _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), text) for text in _MISSING.findall(diagnostic)
    )
    return {sign for text in texts for sign in _choose_signs(text)}


def _choose_signs(text: str) -> set[str]:
    """Return the letters of what cannot be shown, or its marks and joiners where there is nothing else."""
    signs = {sign for sign in text if not sign.isascii()}
    return {sign for sign in signs if unicodedata.category(sign) not in {"Mn", "Mc", "Me", "Cf"}} or signs


def _set_pages(data: str) -> bytes:
    typst = _import_typst()
    pages: bytes = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=_load_faces(),
        format="pdf",
        sys_inputs={"report": data},
        pdf_standards="ua-1",
    )
    return pages


@cache
def _load_faces() -> Any:
    """Return the faces that typst carries and the Arabic one; the machine's own are not looked at."""
    import fontpkg

    folder = Path(fontpkg.path(FACE)).parent
    return _import_typst().Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])


def _import_typst() -> Any:
    try:
        import typst
    except ImportError as error:
        raise MissingPartError(
            "typst, which sets the PDF, is not installed", hint="pip install typst==0.15.2"
        ) from error
    return typst
