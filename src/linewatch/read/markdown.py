"""Reads Markdown: headings, quotations, lists, verse and notes as blocks; the marks themselves are no part of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from linewatch.model import Document, Portion, Problem
from linewatch.model.document import BlockKind
from linewatch.read.parts import Part, get_document_id, join_parts, make_problem, name_head, to_words
from linewatch.text.encoding import Decoded, decode

NAME = "markdown.v2"
MEDIA_TYPES = ("text/markdown",)

_NOTE_MARK = re.compile(r"\[\^([\w-]{1,40})\]")
_NOTE = re.compile(r"\[\^[\w-]{1,40}\]:\s*")
_FRONT = re.compile(r"(---\n(?:[^\n]{0,500}\n){1,60}?(?:---|\.\.\.)\n)")
_FIELD = re.compile(r"^(title|author|date|language|publisher): *[\"']?([^\n]*?)[\"']? *$", re.MULTILINE)
_VERSE_WIDTH = 64
_VERSE_LINES = 2


def read(data: bytes, *, evidence: str) -> Document:
    """Return the document of the text without its marks; what the marks said is in the blocks."""
    decoded = decode(data)
    source = decoded.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT.match(source)
    tokens = _get_parser().parse(source[front.end() :] if front else source)
    text, blocks = join_parts(name_head(list(list_parts(tokens))))
    asides = [(front[1], "properties")] if front else []
    asides += [(address, "address of a link or picture") for address in list_addresses(tokens)]
    return Document(
        id=get_document_id(evidence, NAME, text),
        evidence=evidence,
        reader=NAME,
        text=text,
        blocks=blocks,
        encoding=decoded.encoding,
        portions=tuple(_list_portions(len(data), decoded, text, asides)),
        problems=tuple(_list_problems(decoded.fault, text, evidence)),
        metadata={name: value.strip() for name, value in _FIELD.findall(front[1])} if front else {},
    )


def list_parts(tokens: Sequence[Token]) -> Iterator[Part]:
    """Yield the blocks of a Markdown text, a row of a table as one."""
    open_: list[str] = []
    titled = False
    for at, token in enumerate(tokens):
        if token.nesting == 1:
            open_.append(token.type)
        elif token.nesting == -1:
            open_.pop()
        elif token.type in {"fence", "code_block", "html_block"}:
            yield Part("paragraph", to_words(token.content))
        elif token.type == "inline" and "tr_open" not in open_:
            part = _make_part(token, open_, tokens[at - 1], titled=titled)
            titled = titled or part.kind == "title"
            yield part
        if token.type == "tr_close":
            yield _make_row(tokens, at)


def list_addresses(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield where links lead to and pictures come from, with the titles given to them."""
    for token in tokens:
        for child in token.children or ():
            said = (child.attrGet(name) for name in ("href", "src", "title"))
            if words := " ".join(str(one) for one in said if one):
                yield words


def _get_parser() -> MarkdownIt:
    """Return a parser that takes HTML as words, and keeps `[1]: ...` lines, which are notes here and no addresses."""
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("reference")


def _make_part(token: Token, open_: Sequence[str], before: Token, *, titled: bool) -> Part:
    words = to_words(_NOTE_MARK.sub(r"[\1]", _get_words(token)))
    if _NOTE.match(token.content):
        return Part("note", words.replace("]:", "]", 1))
    if before.type == "heading_open":
        level = int(before.tag[1])
        return Part("title" if level == 1 and not titled else "heading", " ".join(words.split()), level)
    return Part(_find_kind(words, open_), words)


def _find_kind(words: str, open_: Sequence[str]) -> BlockKind:
    if "blockquote_open" in open_:
        return "blockquote"
    if "list_item_open" in open_:
        return "list"
    lines = words.split("\n")
    verse = len(lines) >= _VERSE_LINES and all(len(line) < _VERSE_WIDTH for line in lines)
    return "verse" if verse else "paragraph"


def _get_words(token: Token) -> str:
    """Return the words of a line of text; a line break that its author wants stays, one that only wraps is a space."""
    out: list[str] = []
    for child in token.children or ():
        if child.type == "softbreak":
            out.append(" ")
        elif child.type == "hardbreak":
            out.append("\n")
        elif child.type == "image":
            out.append(_get_words(child))
        else:
            out.append(child.content)
    return "".join(out)


def _make_row(tokens: Sequence[Token], end: int) -> Part:
    cells: list[str] = []
    for at in range(end - 1, -1, -1):
        if tokens[at].type == "tr_open":
            break
        if tokens[at].type == "inline":
            cells.insert(0, " ".join(_get_words(tokens[at]).split()))
    return Part("table", " | ".join(cells))


def _list_portions(
    size: int, decoded: Decoded, text: str, asides: Sequence[tuple[str, str]]
) -> Iterator[Portion]:
    """Yield what became of the bytes: words, what is set aside, and the marks around words."""
    left = size - min(size, decoded.measure(text))
    yield Portion(where="the text", size=size - left, unit="bytes", outcome="read")
    for words, reason in asides:
        taken = min(left, decoded.measure(words))
        left -= taken
        yield Portion(
            where="around the text", size=taken, unit="bytes", outcome="set aside", reason=reason, text=words
        )
    yield Portion(where="around the words", size=left, unit="bytes", outcome="set aside", reason="markup")


def _list_problems(fault: str | None, text: str, evidence: str) -> Iterator[Problem]:
    if fault:
        yield make_problem("unknown-encoding", fault, evidence)
    if not text:
        yield make_problem("empty", "the file holds no words", evidence)
