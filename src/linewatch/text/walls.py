"""Tells a capture that shows something from one that answered without content: an empty page, a login wall, a robot check."""

from __future__ import annotations

import html
import re
from functools import cache

from linewatch.resources import load_table
from linewatch.text.encoding import decode
from linewatch.text.folding import fold

_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[a-zA-Z][\w:-]{0,30})[^<>]{0,4000}>|(?P<comment><!--)|(?P<over>-->)|<![^<>]{0,400}>"
)
_UNSEEN = frozenset({"script", "style", "template", "noscript", "svg", "head"})
_MOST = 2_000_000
"""Characters looked at: a page that has shown nothing by then shows nothing."""
_FEW_WORDS = 120
_FEW_LETTERS = 20


def find_wall(page: bytes) -> str | None:
    """Return why a page is no evidence of content, None where it shows words of its own.

    >>> find_wall(b"<html><body><script>draw()</script><div id=root></div></body></html>")
    'an empty page: it shows no words'
    >>> find_wall(b"<body><h1>Harbour net</h1><p>Please log in.</p></body>")
    "a login wall: it says 'please log in'"
    """
    words = take_words(decode(page).text)
    if sum(map(str.isalpha, words)) < _FEW_LETTERS:
        return "an empty page: it shows no words"
    if len(words.split()) > _FEW_WORDS:
        return None
    folded = f" {' '.join(fold(words).split())} "
    hit = next(((kind, said) for kind, said, form in _list_phrases() if form in folded), None)
    return f"{hit[0]}: it says {hit[1]!r}" if hit else None


def take_words(source: str) -> str:
    """Return the words that a page shows, roughly and in one pass: no page is slow, however it is made."""
    out: list[str] = []
    at, unseen = 0, ""
    for tag in _TAG.finditer(source, 0, _MOST):
        name = "comment" if tag["comment"] or tag["over"] else (tag["name"] or "").lower()
        if not unseen:
            out.append(source[at : tag.start()])
            unseen = name if _hides(tag, name) else ""
        elif name == unseen and (tag["end"] or tag["over"]):
            unseen = ""
        at = tag.end()
    if not unseen:
        out.append(source[at:_MOST])
    return html.unescape(" ".join(out))


def _hides(tag: re.Match[str], name: str) -> bool:
    """Tell whether what follows a tag is not shown."""
    return bool(tag["comment"]) or (name in _UNSEEN and not tag["end"] and not tag[0].endswith("/>"))


@cache
def _list_phrases() -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (kind, said, f" {' '.join(fold(said).split())}")
        for kind, phrases in load_table("walls").items()
        for said in phrases
    )
