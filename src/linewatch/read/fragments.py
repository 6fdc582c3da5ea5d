"""The words of a piece of HTML inside another format, such as a feed's entry or a mail's body, by the page reader."""

from __future__ import annotations

import re
from typing import NamedTuple

from linewatch.read import html
from linewatch.read.parts import to_words

_MARKUP = re.compile(r"[<&]")


class Fragment(NamedTuple):
    """The words of a fragment, and what the page reader sets aside of it, with the reason."""

    words: str
    aside: tuple[tuple[str, str], ...] = ()


def read_fragment(source: str) -> Fragment:
    """Return the words of a fragment of HTML; nothing in it is fetched or run.

    >>> read_fragment("<p>Row <b>on</b> &amp; rest.</p>").words
    'Row on & rest.'
    """
    if not _MARKUP.search(source):
        return Fragment(to_words(source))
    page = html.read(f"<article>{to_words(source)}</article>".encode(), evidence="")
    return Fragment(
        page.text, tuple((one.text, one.reason or "set aside") for one in page.portions if one.text)
    )
