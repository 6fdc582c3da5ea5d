"""Addresses as text that no program takes for a link."""

from __future__ import annotations

import re

_SCHEME = re.compile(r"\b(h)tt(ps?)(?=:)", re.IGNORECASE)
_DOT = re.compile(r"(?<=[\w\])])\.(?=\w)")
_LINK = re.compile(r"\b(?:https?|ftp|tg|mailto):[^\s<>\"]{1,2000}|\bwww\.[^\s<>\"]{1,2000}", re.IGNORECASE)


def make_inert(address: str) -> str:
    """Return an address that can be read and copied with intent but not clicked.

    >>> make_inert("https://lamp.example.org/a.html")
    'hxxps://lamp[.]example[.]org/a[.]html'
    """
    return _DOT.sub("[.]", _SCHEME.sub(r"\1xx\2", address))


def make_links_inert(text: str) -> str:
    """Return text with every address in it inert.

    >>> make_links_inert("Read on at https://lamp.example. Come.")
    'Read on at hxxps://lamp[.]example. Come.'
    """
    return _LINK.sub(lambda hit: make_inert(hit[0]), text)
