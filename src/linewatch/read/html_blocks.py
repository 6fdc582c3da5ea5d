"""Walks a page's elements and yields their words as blocks, in the order of the page, chrome and all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from linewatch.model.document import BlockKind
from linewatch.read.html_main import find_chrome_reason, is_notes, list_names
from linewatch.read.html_survey import Survey
from linewatch.read.parts import Part, to_words

_KINDS: dict[str, BlockKind] = {
    "p": "paragraph", "blockquote": "blockquote", "figcaption": "caption", "caption": "caption", "li": "list",
    "dd": "list", "dt": "list", "pre": "verse", "h1": "title", "h2": "heading", "h3": "heading", "h4": "heading",
    "h5": "heading", "h6": "heading", "time": "dateline", "address": "byline", "td": "table", "th": "table",
    "tr": "table",
}  # fmt: skip
_NAMED_KINDS: dict[str, BlockKind] = {
    "dateline": "dateline", "date": "dateline", "byline": "byline", "author": "byline", "poem": "verse",
    "verse": "verse", "lyrics": "verse", "stanza": "verse", "caption": "caption",
}  # fmt: skip
_CONTAINERS = frozenset(
    {"div", "section", "article", "main", "ul", "ol", "dl", "table", "tbody", "thead", "tfoot", "figure", "header", "footer",
     "nav", "aside", "form", "hgroup", "details", "summary", "center", "hr", "fieldset", "noscript"}
)  # fmt: skip
BLOCKS = (frozenset(_KINDS) - {"time"}) | _CONTAINERS
_DEEPEST = 300
"""Elements nested deeper than this are read as one block: no page that people read is."""
_SPACE = re.compile(r"[ \t\r\n\f]+")
_EMPTY_LINE = re.compile(r"\n[ \t]*\n\s*")
_NOTE = re.compile(r"[\[(]?(\d{1,3}|[*†‡])[\])]?")
_LABEL = re.compile(r"[\[(]?\d{1,3}[\]).: ]|[*†‡^]")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_VERSE_WIDTH, _VERSE_LINES = 64, 3


class Met(NamedTuple):
    """A block as it was met, and why it is set aside (None where it is read)."""

    part: Part
    aside: str | None


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the walk is: what the elements around say."""

    main: int | None
    """The identity of the element that holds the article."""
    counts: Survey
    notes: dict[str, str]
    """The number of each note by the id of its body."""
    inside: bool = False
    aside: str | None = "site chrome"
    kind: BlockKind | None = None
    note: str | None = None
    depth: int = 0


@dataclass
class _Run:
    """Words between block elements, gathered until the next one begins."""

    words: list[str] = field(default_factory=list)

    def take(self) -> str:
        words = "".join(self.words)
        self.words.clear()
        return words


def mark_notes(tree: LexborHTMLParser) -> dict[str, str]:
    """Write note marks that are links as `[1]`, other raised figures as such, and return the notes' numbers by id."""
    numbers: dict[str, str] = {}
    for link in tree.css("a[href^='#']"):
        hit = _NOTE.fullmatch("".join(link.text(deep=True).split()))
        raised = (link.parent is not None and link.parent.tag == "sup") or link.css_first("sup") is not None
        noted = is_notes(list_names(link)) or "noteref" in list_names(link)
        if hit and (raised or noted or link.text(deep=True).strip().startswith("[")):
            numbers.setdefault((link.attributes.get("href") or "#")[1:], hit[1])
            link.replace_with(f"[{hit[1]}]")
    for raised_node in tree.css("sup"):
        words = "".join(raised_node.text(deep=True).split())
        if words.isascii() and words.isdigit():
            raised_node.replace_with(words.translate(_RAISED))
    return numbers


def walk(node: LexborNode, place: Place) -> Iterator[Met]:
    """Yield the blocks under an element, in the order of the page."""
    here = _enter(node, place)
    if not _is_open(node, here):
        yield from _split(_get_words(node), here, node.tag or "")
        return
    if node.tag == "tr":
        yield from _split(" | ".join(_list_cells(node)), here, "tr")
        return
    run = _Run()
    for child in node.iter(include_text=True):
        if child.tag in BLOCKS or _holds_blocks(child, here) or _changes(child, here):
            yield from _split(run.take(), here, "")
            yield from walk(child, here)
        else:
            run.words.append(_get_words(child))
    yield from _split(run.take(), here, "")


def _enter(node: LexborNode, place: Place) -> Place:
    """Return the place inside an element: in the article or not, set aside or not, what kind its words are."""
    names, tag = list_names(node), node.tag or ""
    begins = node.mem_id == place.main
    inside = place.inside or begins
    reason = find_chrome_reason(node, place.counts, inside=inside)
    note = place.notes.get(node.attributes.get("id") or "")
    kind: BlockKind | None = "note" if note or is_notes(names) else None
    kind = (
        kind
        or _KINDS.get(tag)
        or next((_NAMED_KINDS[one] for one in sorted(names) if one in _NAMED_KINDS), None)
    )
    if place.kind in {"note", "blockquote", "verse"} and kind in {None, "paragraph", "list"}:
        kind = place.kind
    elif place.kind == "list" and kind in {None, "paragraph"}:
        kind = "list"
    return Place(
        main=place.main,
        counts=place.counts,
        notes=place.notes,
        inside=inside,
        aside=reason or (None if begins else place.aside),
        kind=kind if kind is not None else place.kind,
        note=note or place.note,
        depth=place.depth + 1,
    )


def _is_open(node: LexborNode, here: Place) -> bool:
    """Tell whether an element is gone into; one without blocks, or too deep down, is a block itself."""
    if here.depth > _DEEPEST:
        return False
    if node.tag == "tr":
        return True
    return _holds_blocks(node, here) or node.tag in _CONTAINERS


def _holds_blocks(node: LexborNode, place: Place) -> bool:
    counts = place.counts.get(node.mem_id)
    return counts is not None and counts.blocks > 0


def _changes(node: LexborNode, place: Place) -> bool:
    """Tell whether an element in a line is no part of it: a date, a name, or what is set aside."""
    if node.is_text_node or node.tag in {"-comment", "!--"}:
        return False
    named = not list_names(node).isdisjoint(_NAMED_KINDS)
    return named or node.tag == "time" or find_chrome_reason(node, place.counts, inside=True) is not None


def _list_cells(row: LexborNode) -> list[str]:
    words = (" ".join(to_words(_get_words(cell)).split()) for cell in row.iter())
    return [one for one in words if one]


def _get_words(node: LexborNode) -> str:
    """Return the words under a node: white space of the source is one space, `<br>` a line end, in `<pre>` both stay."""
    if node.is_text_node:
        return _SPACE.sub(" ", node.text_content or "")
    kept = node.tag == "pre"
    out: list[str] = []
    for one in node.traverse(include_text=True):
        if one.is_text_node:
            words = one.text_content or ""
            out.append(words if kept else _SPACE.sub(" ", words))
        elif one.tag == "br":
            out.append("\n")
        elif one.tag in BLOCKS and one.mem_id != node.mem_id:
            out.append(" ")
    return "".join(out)


def _split(words: str, here: Place, tag: str) -> Iterator[Met]:
    """Yield the paragraphs of a block's words: an empty line made of two `<br>` parts them."""
    kind = here.kind or "paragraph"
    for piece in _EMPTY_LINE.split(words):
        inner = to_words(piece)
        if not inner:
            continue
        level = int(tag[1]) if kind in {"title", "heading"} and tag[1:].isdigit() else None
        if kind in {"title", "heading", "list", "note"}:
            inner = " ".join(inner.split())
        if kind == "note" and here.note and not _LABEL.match(inner):
            inner = f"[{here.note}] {inner}"
        yield Met(Part(_find_shown(kind, inner), inner, level), here.aside)


def _find_shown(kind: BlockKind, words: str) -> BlockKind:
    lines = words.split("\n")
    verse = (
        kind == "paragraph" and len(lines) >= _VERSE_LINES and all(len(line) < _VERSE_WIDTH for line in lines)
    )
    return "verse" if verse else kind


def keep_title(met: Iterable[Met]) -> list[Met]:
    """Return the blocks; where the article has no title, the first one above it is the article's."""
    out = list(met)
    if any(one.part.kind == "title" and one.aside is None for one in out):
        return out
    titles = [at for at, one in enumerate(out) if one.part.kind == "title" and one.aside == "site chrome"]
    return [one._replace(aside=None) if titles[:1] == [at] else one for at, one in enumerate(out)]
