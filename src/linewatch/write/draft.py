"""The draft's language: Markdown with directives in double braces, made into the report's tree.

Raw HTML is printed as it stands, pictures are left out, and an address is never a link.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from linewatch.errors import DraftError
from linewatch.write.call import Call, parse_call
from linewatch.write.claims import check_sentence
from linewatch.write.directives import make_blocks, make_inline
from linewatch.write.page import Page
from linewatch.write.tree import (
    Block,
    Code,
    Column,
    Emphasis,
    Heading,
    Inline,
    Listing,
    Paragraph,
    Quote,
    Report,
    Rule,
    Table,
    Text,
    get_plain,
)
from linewatch.write.wording import clean, get_direction, make_inlines

T = TypeVar("T")

_SENTENCE = re.compile(r"[^.!?]*[.!?]+[\"”’)]*|[^.!?]+$")


def build_report(draft: str, page: Page) -> Report:
    """Return the report a draft describes; raises DraftError naming the line and directive that cannot be built."""
    tokens = _make_parser().parse(draft)
    blocks = tuple(_Walk(tokens, page).read_blocks())
    title = next((block for block in blocks if isinstance(block, Heading) and block.level == 1), None)
    if title is None:
        raise DraftError("the draft has no title", hint="begin it with a line such as `# The title`")
    return Report(title=get_plain(title.children), blocks=blocks, notes=tuple(page.notes))


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a text, a directive's braces kept whole.

    >>> split_sentences("It softened. {{ number p_turn }} is the chance! So")
    ['It softened.', ' {{ number p_turn }} is the chance!', ' So']
    """
    return [match[0] for match in _SENTENCE.finditer(text)]


def _make_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
    parser.inline.ruler.before("escape", "directive", _read_directive)
    return parser


def _read_directive(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's own signature
    """Take `{{ … }}` as one token, before Markdown sees the marks inside it."""
    if not state.src.startswith("{{", state.pos):
        return False
    end = state.src.find("}}", state.pos)
    if end < 0:
        return False
    if not silent:
        token = state.push("directive", "", 0)
        token.content = state.src[state.pos + 2 : end]
        token.meta = {"at": state.pos}
    state.pos = end + 2
    return True


class _Walk:
    """One pass over the parser's tokens, from the first to the last."""

    def __init__(self, tokens: Sequence[Token], page: Page) -> None:
        self.tokens, self.page, self.at = tokens, page, 0

    def read_blocks(self, closing: str | None = None) -> Iterator[Block]:
        """Yield the blocks up to the token that closes the surrounding one."""
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token.type == closing:
                return
            yield from self._read_block(token)

    def _read_block(self, token: Token) -> Iterator[Block]:
        if token.type == "heading_open":
            yield Heading(level=int(token.tag[1:]), children=self._read_inline())
        elif token.type == "paragraph_open":
            yield from self._read_paragraph()
        elif token.type == "blockquote_open":
            yield _make_quote(tuple(self.read_blocks("blockquote_close")))
        elif token.type in {"bullet_list_open", "ordered_list_open"}:
            ordered = token.type.startswith("ordered")
            yield Listing(items=tuple(self._read_items(token.type.replace("open", "close"))), ordered=ordered)
        elif token.type == "table_open":
            yield self._read_table()
        elif token.type in {"fence", "code_block"}:
            yield Paragraph(children=(Code(words=clean(token.content)),))
        elif token.type == "hr":
            yield Rule()
        else:
            raise DraftError(f"line {_get_line(token)} of the draft: {token.type} is not understood")

    def _read_paragraph(self) -> tuple[Block, ...]:
        children = self.tokens[self.at].children or []
        if len(children) == 1 and children[0].type == "directive":
            token = self.tokens[self.at]
            self.at += 2
            call = parse_call(children[0].content, line=_get_line(token), sentence=token.content)
            return _run(call, lambda: make_blocks(self.page, call))
        return (Paragraph(children=self._read_inline()),)

    def _read_inline(self) -> tuple[Inline, ...]:
        """Return the inlines of the token at hand, and step over it and the one that closes its block."""
        token = self.tokens[self.at]
        self.at += 2
        return make_prose(token, self.page)

    def _read_items(self, closing: str) -> Iterator[tuple[Block, ...]]:
        while self.tokens[self.at].type != closing:
            self.at += 1
            yield tuple(self.read_blocks("list_item_close"))
        self.at += 1

    def _read_table(self) -> Table:
        rows: list[list[tuple[Inline, ...]]] = []
        while (token := self.tokens[self.at]).type != "table_close":
            self.at += 1
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(make_prose(token, self.page))
        self.at += 1
        columns = tuple(Column(title=get_plain(cell)) for cell in rows[0])
        return Table(caption="", columns=columns, rows=tuple(tuple(row) for row in rows[1:]))


def make_prose(token: Token, page: Page) -> tuple[Inline, ...]:
    """Return a run of the analyst's own words, its directives carried out and its claims checked."""
    line = _get_line(token)
    if "{{" in token.content and "}}" not in token.content.rpartition("{{")[2]:
        raise DraftError(f"line {line} of the draft: a directive is not closed", hint="end it with }}")
    for sentence in split_sentences(token.content):
        check_sentence(page.material, sentence, line)
    return _read_children(iter(token.children or []), token, page, None)


def _read_children(
    children: Iterator[Token], parent: Token, page: Page, closing: str | None
) -> tuple[Inline, ...]:
    inlines: list[Inline] = []
    for child in children:
        if child.type == closing:
            break
        if child.type in {"em_open", "strong_open"}:
            inner = _read_children(children, parent, page, child.type.replace("open", "close"))
            inlines.append(Emphasis(children=inner, strong=child.type == "strong_open"))
        elif child.type == "link_open":
            inner = _read_children(children, parent, page, "link_close")
            inlines += [*inner, *_spell_address(inner, str(child.attrGet("href") or ""))]
        else:
            inlines += _read_leaf(child, parent, page)
    return tuple(inlines)


def _read_leaf(child: Token, parent: Token, page: Page) -> tuple[Inline, ...]:
    if child.type == "directive":
        sentence = _find_sentence(parent.content, int(child.meta["at"]))
        line = _get_line(parent) + parent.content.count("\n", 0, int(child.meta["at"]))
        call = parse_call(child.content, line=line, sentence=sentence)
        return _run(call, lambda: make_inline(page, call))
    if child.type == "code_inline":
        return (Code(words=clean(child.content)),)
    if child.type in {"softbreak", "hardbreak"}:
        return (Text(words=" "),)
    return make_inlines(child.content)


def _run(call: Call, make: Callable[[], T]) -> T:
    """Return what a directive makes; an error that does not name the directive is made to."""
    try:
        return make()
    except DraftError as error:
        if str(error).startswith(call.where):
            raise
        raise DraftError(f"{call.where}: {error}", hint=error.hint) from error


def _spell_address(inner: tuple[Inline, ...], href: str) -> tuple[Inline, ...]:
    spelled = clean(href)
    return () if not href or spelled == get_plain(inner) else (Text(words=f" ({spelled})"),)


def _find_sentence(text: str, at: int) -> str:
    """Return the sentence that a place lies in."""
    end = 0
    for sentence in split_sentences(text):
        end += len(sentence)
        if at < end:
            return sentence
    return text


def _make_quote(blocks: tuple[Block, ...]) -> Quote:
    lines = tuple(block.children for block in blocks if isinstance(block, Paragraph))
    return Quote(lines=lines, source=(), direction=get_direction(" ".join(get_plain(line) for line in lines)))


def _get_line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0
