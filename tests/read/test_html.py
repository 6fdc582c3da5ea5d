"""Web pages: the article's blocks in order, the site's own words set aside, and every byte accounted for."""

from __future__ import annotations

import pytest

from linewatch.read.html import read

PAGE = """<html lang="en"><head><meta name="author" content="L. Farrow"><style>p{}</style></head><body>
<nav>Papers Piers</nav><article><h1>The Cart Goes Up</h1><p>The boats <b>went</b> out.</p>
<blockquote>Row on.</blockquote><figcaption>The slip.</figcaption><ul><li>One oar</li></ul>
<p>عاد القارب إلى الميناء</p></article><script>no()</script><footer>Reading room</footer></body></html>"""
HOSTILE = {
    "nothing": b"",
    "cut short": PAGE.encode()[:150],
    "NULs": b"<html><body><p>Row\x00 on.</p>" + b"\x00" * 50,
    "deep nesting": b"<html><body>" + b"<div>" * 3000 + b"Row on.",
}


def test_blocks() -> None:
    """Each element becomes a block of its kind, in the order of the page."""
    document = read(PAGE.encode(), evidence="sha256:0")
    assert [(one.kind, document.text[one.start : one.end]) for one in document.blocks] == [
        ("title", "The Cart Goes Up"),
        ("paragraph", "The boats went out."),
        ("blockquote", "Row on."),
        ("caption", "The slip."),
        ("list", "One oar"),
        ("paragraph", "عاد القارب إلى الميناء"),
    ]
    assert document.metadata == {"author": "L. Farrow", "language": "en"}


def test_chrome_is_set_aside() -> None:
    """What is around the article is kept as portions; scripts and styles are nobody's words."""
    document = read(PAGE.encode(), evidence="sha256:0")
    assert [one.text for one in document.portions if one.text] == ["Papers Piers", "Reading room"]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file(name: str) -> None:
    """Nothing raises, and the portions add up to the file."""
    document = read(HOSTILE[name], evidence="sha256:0")
    assert sum(one.size for one in document.portions) == len(HOSTILE[name])
