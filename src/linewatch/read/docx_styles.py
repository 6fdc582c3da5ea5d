"""What a DOCX's paragraph styles and properties say of a paragraph: heading, quotation, list, caption or none of these."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from linewatch.model.document import BlockKind
from linewatch.read.docx_words import Paragraph, find_child, get_name, get_value

_HEADING = re.compile(r"heading ([1-9])\b")
_KINDS: dict[str, BlockKind] = {
    "title": "title", "subtitle": "heading", "quote": "blockquote", "intense quote": "blockquote",
    "block text": "blockquote", "caption": "caption", "footnote text": "note", "endnote text": "note",
}  # fmt: skip
_MOST_BASES = 12
_SET_IN = 500
"""Twentieths of a point: from here on, a paragraph set in on both sides is a quotation."""
_VERSE_WIDTH = 64


class Style(NamedTuple):
    """A paragraph style: its name in lower case, what it is based on, its outline level, and whether it numbers."""

    name: str
    base: str | None
    level: int | None
    numbered: bool


def parse_styles(root: etree._Element | None) -> dict[str, Style]:
    """Return the styles by their ids."""
    found: dict[str, Style] = {}
    for node in root if root is not None else ():
        key = get_value(node, "styleId")
        if get_name(node) == "style" and key is not None:
            properties = find_child(node, "pPr")
            found[key] = Style(
                name=(get_value(find_child(node, "name")) or "").lower(),
                base=get_value(find_child(node, "basedOn")),
                level=_get_outline(properties),
                numbered=find_child(properties, "numPr") is not None,
            )
    return found


def find_kind(paragraph: Paragraph, styles: dict[str, Style]) -> tuple[BlockKind, int | None]:
    """Return the kind of a paragraph and, for a heading, its level."""
    if paragraph.row:
        return "table", None
    named = _find_named(get_value(find_child(paragraph.properties, "pStyle")), styles)
    level = _get_outline(paragraph.properties)
    if named[0] == "paragraph" and level is not None:
        return "heading", level
    if named[0] != "paragraph":
        return named
    return _find_shown(paragraph), None


def _find_named(key: str | None, styles: dict[str, Style]) -> tuple[BlockKind, int | None]:
    for _ in range(_MOST_BASES):
        style = styles.get(key or "")
        if style is None:
            break
        if heading := _HEADING.match(style.name):
            return "heading", int(heading[1])
        if style.name in _KINDS:
            kind = _KINDS[style.name]
            return kind, {"title": 1, "heading": 2}.get(kind)
        if style.name.startswith("list") or style.numbered:
            return "list", None
        if style.level is not None:
            return "heading", style.level
        key = style.base
    return "paragraph", None


def _find_shown(paragraph: Paragraph) -> BlockKind:
    if find_child(paragraph.properties, "numPr") is not None:
        return "list"
    indent = find_child(paragraph.properties, "ind")
    sides = [_to_number(get_value(indent, one) or get_value(indent, other)) for one, other in _SIDES]
    if all(side >= _SET_IN for side in sides):
        return "blockquote"
    lines = paragraph.words.split("\n")
    return "verse" if len(lines) > 1 and all(len(line) < _VERSE_WIDTH for line in lines) else "paragraph"


_SIDES = (("left", "start"), ("right", "end"))


def _to_number(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() else 0


def _get_outline(properties: etree._Element | None) -> int | None:
    value = get_value(find_child(properties, "outlineLvl"))
    level = int(value) + 1 if value and value.isascii() and value.isdigit() else None
    return level if level is not None and level <= 9 else None
