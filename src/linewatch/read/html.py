"""Reads a saved web page: the article's blocks in order, the site's own chrome set aside with its words. Runs nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from linewatch.model import Block, Document, Portion, get_id
from linewatch.model.document import BlockKind
from linewatch.read.plain import decode
from linewatch.text.scripts import find_language

NAME = "html.v1"
MEDIA_TYPES = ("text/html", "application/xhtml+xml")

_NEVER = ("script", "style", "noscript", "template", "svg", "iframe", "object")
_CHROME = ("nav", "header", "footer", "aside", "form", "button")
_KINDS: dict[str, BlockKind] = {
    "p": "paragraph", "blockquote": "blockquote", "figcaption": "caption", "li": "list", "pre": "verse",
    "h1": "title", "h2": "heading", "h3": "heading", "h4": "heading", "h5": "heading", "h6": "heading",
    "time": "dateline", "address": "byline", "td": "table", "th": "table",
}  # fmt: skip
_NAMED_CHROME = frozenset(
    {"menu", "nav", "navbar", "navigation", "sidebar", "footer", "masthead", "share", "sharing", "social", "related",
     "comments", "breadcrumb", "breadcrumbs", "cookie", "banner", "advert", "newsletter", "widget"}
)  # fmt: skip
"""Words that sites give to the parts around an article, as class or id."""
_NAMED_KINDS: dict[str, BlockKind] = {
    "dateline": "dateline",
    "date": "dateline",
    "byline": "byline",
    "author": "byline",
}
_DEEPEST_MAIN = 30
_MOST = 0.8
"""The article is the innermost element with at least this share of the page's running words, and its heading."""
_META = {
    "og:title": "title", "author": "author", "article:author": "author", "date": "date",
    "article:published_time": "date", "og:site_name": "publisher",
}  # fmt: skip
_DEEPEST = 400
"""Elements nested deeper than this are read as one block: no page that people read is."""


class Part(NamedTuple):
    """Words of one block, and whether they are the site's own chrome."""

    kind: BlockKind
    words: str
    level: int | None
    chrome: bool


def read(data: bytes, *, evidence: str) -> Document:
    """Return the document of the page's main content; every visible word is in it or in a portion set aside."""
    decoded = decode(data)
    tree = LexborHTMLParser(decoded.text)
    tree.strip_tags(list(_NEVER))
    main = _find_main(tree)
    parts = list(_walk(tree.body, main, kind=None, chrome=True, depth=0)) if tree.body else []
    text, blocks = _join([part for part in parts if not part.chrome])
    return Document(
        id=get_id("document", evidence, NAME),
        evidence=evidence,
        reader=NAME,
        text=text,
        blocks=tuple(blocks),
        encoding=decoded.encoding,
        portions=tuple(_list_portions(len(data), text, [part.words for part in parts if part.chrome])),
        metadata=_read_metadata(tree),
    )


def _walk(
    node: LexborNode, main: LexborNode | None, *, kind: BlockKind | None, chrome: bool, depth: int
) -> Iterator[Part]:
    """Yield the blocks under a node, in the order of the page."""
    tag = node.tag or ""
    if main is not None and node.mem_id == main.mem_id:
        chrome = False
    names = _list_names(node)
    chrome = chrome or tag in _CHROME or not names.isdisjoint(_NAMED_CHROME)
    own = _KINDS.get(tag) or next(
        (_NAMED_KINDS[name] for name in sorted(names) if name in _NAMED_KINDS), None
    )
    if own is not None or depth > _DEEPEST or not _has_blocks(node):
        words = _get_words(node)
        if words:
            level = int(tag[1]) if own in {"title", "heading"} else None
            yield Part(own or kind or "paragraph", words, level, chrome)
        return
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            words = " ".join((child.text_content or "").split())
            if words:
                yield Part("paragraph", words, None, chrome)
        else:
            yield from _walk(child, main, kind=own or kind, chrome=chrome, depth=depth + 1)


def _find_main(tree: LexborHTMLParser) -> LexborNode | None:
    """Return the element that holds the article: the one marked so, else the innermost that holds most running words."""
    marked = tree.css("article") or tree.css("main")
    if len(marked) == 1 or tree.body is None:
        return marked[0] if marked else tree.body
    node, total = tree.body, _count_prose(tree.body)
    for _ in range(_DEEPEST_MAIN):
        inner = next((one for one in node.iter() if _is_enough(one, total)), None) if total else None
        if inner is None:
            break
        node = inner
    return node


def _is_enough(node: LexborNode, total: int) -> bool:
    own = node.tag not in _KINDS and _count_prose(node) >= _MOST * total
    return own and (node.css_first("h1") is not None or node.parser.css_first("h1") is None)


def _count_prose(node: LexborNode) -> int:
    return sum(len(one.text(deep=True)) for one in node.css("p, blockquote, pre"))


def _list_names(node: LexborNode) -> set[str]:
    """Return the words in an element's class and id."""
    given = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}".lower()
    return set(given.replace("-", " ").replace("_", " ").split())


def _has_blocks(node: LexborNode) -> bool:
    return any(
        child.tag in _KINDS
        or child.tag in _CHROME
        or child.tag in {"div", "section", "article", "main", "ul", "ol", "table", "figure"}
        for child in node.traverse(include_text=False)
        if child.mem_id != node.mem_id
    )


def _get_words(node: LexborNode) -> str:
    """Return a block's words; line breaks stay, other white space is one space."""
    for broken in node.css("br"):
        broken.replace_with("\n")
    lines = (node.text(deep=True, separator="") or "").split("\n")
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


def _join(parts: list[Part]) -> tuple[str, list[Block]]:
    blocks: list[Block] = []
    at = 0
    for part in parts:
        end = at + len(part.words)
        language = find_language(part.words)
        blocks.append(Block(kind=part.kind, start=at, end=end, language=language, level=part.level))
        at = end + 2
    return "\n\n".join(part.words for part in parts), blocks


def _list_portions(size: int, text: str, chrome: list[str]) -> Iterator[Portion]:
    """Yield what became of the bytes: the article's words, the chrome's words, and the markup around both."""
    words = min(size, len(text.encode()))
    yield Portion(where="the article", size=words, unit="bytes", outcome="read")
    left = size - words
    for part in chrome:
        taken = min(left, len(part.encode()))
        left -= taken
        yield Portion(
            where="around the article",
            size=taken,
            unit="bytes",
            outcome="set aside",
            reason="site chrome",
            text=part,
        )
    yield Portion(where="the page", size=left, unit="bytes", outcome="set aside", reason="markup")


def _read_metadata(tree: LexborHTMLParser) -> dict[str, str]:
    said: dict[str, str] = {}
    for node in tree.css("meta"):
        name = _META.get((node.attributes.get("property") or node.attributes.get("name") or "").lower())
        content = (node.attributes.get("content") or "").strip()
        if name and content:
            said.setdefault(name, content)
    root = tree.css_first("html")
    language = (root.attributes.get("lang") or "") if root else ""
    return said | ({"language": language} if language else {})
