"""Where a page's article is, and which parts of a page are the site's own: menus, share bars, footers, hidden words."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from linewatch.read.html_survey import Counts, Survey

CHROME_TAGS = frozenset(
    {
        "nav",
        "footer",
        "aside",
        "form",
        "button",
        "select",
        "textarea",
        "noscript",
        "iframe",
        "object",
        "dialog",
    }
)
_NAMED_CHROME = frozenset(
    {"menu", "nav", "navbar", "navigation", "sidebar", "footer", "masthead", "share", "sharing", "social", "related",
     "comments", "breadcrumb", "breadcrumbs", "cookie", "banner", "advert", "newsletter", "widget"}
)  # fmt: skip
"""Words that sites give to the parts around an article, as class or id."""
_NAMED_NOTES = frozenset({"note", "notes", "footnote", "footnotes", "endnote", "endnotes"})
_HIDDEN = re.compile(r"(?:display:none|visibility:hidden)")
_SINGLE = frozenset({"p", "blockquote", "pre", "li", "td", "th", "h1", "h2", "h3", "figcaption"})
_DEEPEST_MAIN = 30
_MOST, _LEAST = 0.8, 0.4
_LINKS, _LINKED = 3, 0.7


def find_main(tree: LexborHTMLParser, counts: Survey) -> LexborNode | None:
    """Return the element that holds the article: the one marked so, else the innermost that holds most running words."""
    body = tree.body
    if body is None:
        return None
    page = counts[body.mem_id]
    for query in ("article", "main", "[role=main]", "[itemprop=articleBody]"):
        marked = tree.css(query)
        if len(marked) == 1 and _count_prose(marked[0], counts, page) >= _LEAST * _count_prose(
            body, counts, page
        ):
            return marked[0]
    node = body
    for _ in range(_DEEPEST_MAIN):
        inner = (
            next((one for one in node.iter() if _is_enough(one, counts, page)), None)
            if page.letters
            else None
        )
        if inner is None:
            break
        node = inner
    return node


def find_chrome_reason(node: LexborNode, counts: Survey, *, inside: bool) -> str | None:
    """Return why an element is set aside, None where it is not; `inside` the article a header is the article's own."""
    tag = node.tag or ""
    style = (node.attributes.get("style") or "").replace(" ", "").lower()
    if "hidden" in node.attributes or _HIDDEN.search(style):
        return "hidden on the page"
    names = list_names(node)
    if is_notes(names) and inside:
        return None
    if tag in CHROME_TAGS or (tag == "header" and not inside) or not names.isdisjoint(_NAMED_CHROME):
        return "site chrome"
    return "site chrome" if tag in {"ul", "table", "div"} and _is_menu(node, counts) else None


def list_names(node: LexborNode) -> frozenset[str]:
    """Return the words in an element's class and id."""
    given = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}".lower()
    return frozenset(given.replace("-", " ").replace("_", " ").split())


def is_notes(names: frozenset[str]) -> bool:
    """Tell whether an element is called a note or the place of the notes."""
    return not names.isdisjoint(_NAMED_NOTES)


def _count_prose(node: LexborNode, counts: Survey, page: Counts) -> int:
    """Return how many letters stand in running text: in paragraphs or, where a page has none, outside links."""
    own = counts.get(node.mem_id, Counts())
    return own.prose if page.prose else own.letters - own.linked


def _is_enough(node: LexborNode, counts: Survey, page: Counts) -> bool:
    """Tell whether an element holds the article; a table's cell does where it holds paragraphs and so lays out the page."""
    own = counts.get(node.mem_id, Counts())
    if node.tag in _SINGLE and not (node.tag == "td" and own.paragraphs):
        return False
    whole = page.prose or page.letters - page.linked
    return bool(own.headings or not page.headings) and _count_prose(node, counts, page) >= _MOST * whole


def _is_menu(node: LexborNode, counts: Survey) -> bool:
    """Tell whether an element is little more than links."""
    own = counts.get(node.mem_id, Counts())
    return own.links >= _LINKS and not own.texts and own.linked >= _LINKED * max(1, own.letters)
