"""Web pages: the article's blocks in order, the site's own words set aside, and every byte accounted for."""

from __future__ import annotations

import pytest

from linewatch.read.html import read

PAGE = """<html lang="en"><head><meta name="author" content="L. Farrow"><title>The Cart Goes Up | Coastwatch</title><style>p{}</style></head><body>
<nav>Papers Piers</nav><article><h1>The Cart Goes Up</h1><p>The boats <b>went</b> out.</p>
<blockquote>Row on.</blockquote><figcaption>The slip.</figcaption><ul><li>One oar</li></ul>
<p>عاد القارب إلى الميناء</p></article><script>no()</script><footer>Reading room</footer></body></html>"""
HOSTILE = {
    "nothing": b"",
    "cut short": PAGE.encode()[:150],
    "NULs": b"<html><body><p>Row\x00 on.</p>" + b"\x00" * 50,
    "deep nesting": b"<html><body>" + b"<div>" * 3000 + b"Row on.",
    "bottomless nesting": b"<html><body>" + b"<div>" * 20000 + b"Row on.",
    "half a letter": "<p>Row \ud800 on.</p>".encode("utf-16-le", "surrogatepass"),
    "an entity that is no letter": b"<p>&#xD800; &#0; &#1114112;</p>",
    "a table without end": b"<table><tr><td>" * 500,
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
    assert document.metadata == {"title": "The Cart Goes Up", "author": "L. Farrow", "language": "en"}


def test_chrome_is_set_aside() -> None:
    """What is around the article is kept as portions; scripts and styles are nobody's words."""
    document = read(PAGE.encode(), evidence="sha256:0")
    assert [one.text for one in document.portions if one.text] == ["Papers Piers", "Reading room"]


LONG = "The boats went out before the bakers had lit their ovens and found no fault in any of them except the Petrel. "
BLOCKS = {
    "loose words between elements": ("<article>Row on.<p>Rest.</p></article>", [("paragraph", "Row on."), ("paragraph", "Rest.")]),
    "two line breaks end a paragraph": ("<p>Row on.<br><br>Rest.</p>", [("paragraph", "Row on."), ("paragraph", "Rest.")]),
    "short lines are verse": ("<p>Row on<br>at dawn<br>and home</p>", [("verse", "Row on\nat dawn\nand home")]),
    "a row of a table": ("<table><tr><th>Pier</th><td>North</td></tr></table>", [("table", "Pier | North")]),
    "a quotation of two paragraphs": ("<blockquote><p>Row on.</p><p>Rest.</p></blockquote>", [("blockquote", "Row on."), ("blockquote", "Rest.")]),
    "a list in a list": ("<ul><li>Oars<ul><li>One</li></ul></li></ul>", [("list", "Oars"), ("list", "One")]),
    "a date by its class": ("<p>Rest.</p><div class=dateline>8 January 2031</div>", [("paragraph", "Rest."), ("dateline", "8 January 2031")]),
    "a note and its mark": (
        "<p>Row on.<sup><a href='#n1'>1</a></sup></p><ol class=footnotes><li id=n1>The Lamp.</li></ol>",
        [("paragraph", "Row on.[1]"), ("note", "[1] The Lamp.")],
    ),
    "entities": ("<p>Bread &amp; tar &#1602;</p>", [("paragraph", "Bread & tar ق")]),
}  # fmt: skip


@pytest.mark.parametrize("name", BLOCKS)
def test_block_of_a_page(name: str) -> None:
    """Pages say in many ways what a block is."""
    source, blocks = BLOCKS[name]
    document = read(f"<html><body>{source}</body></html>".encode(), evidence="sha256:0")
    assert [(one.kind, document.text[one.start : one.end]) for one in document.blocks] == blocks


ASIDE = {
    "a menu that nothing names": f"<div><a href=a>News</a> <a href=b>Tides</a> <a href=c>About</a></div><div><p>{LONG}</p></div>",
    "a part named as a menu": f"<div class='site-menu'>News Tides About</div><div><p>{LONG}</p></div>",
    "what is hidden": f"<div><p>{LONG}</p><p style='display: none'>News Tides About</p></div>",
    "what is beside the article": f"<aside>News Tides About</aside><main><p>{LONG}</p></main>",
    "what is in the article and no part of it": f"<main><p>{LONG}</p><div class=share>News Tides About</div></main>",
}


@pytest.mark.parametrize("name", ASIDE)
def test_no_part_of_the_article(name: str) -> None:
    """What is the site's own is set aside with its words."""
    document = read(f"<html><body>{ASIDE[name]}</body></html>".encode(), evidence="sha256:0")
    assert document.text == LONG.strip()
    assert " ".join(one.text for one in document.portions if one.text).split() == ["News", "Tides", "About"]


ENCODED = {
    "named by the page": ('<meta charset="windows-1256"><p>عاد القارب إلى الميناء', "cp1256", []),
    "named by nobody": ("<p>عاد القارب إلى الميناء وقال", "cp1256", ["unknown-encoding"]),
    "with a mark": ("<p>عاد القارب إلى الميناء", "utf-16", []),
}


@pytest.mark.parametrize("name", ENCODED)
def test_encoding(name: str) -> None:
    """An encoding that the page or a mark names is used; one that had to be guessed is a problem; sizes are in its bytes."""
    source, encoding, problems = ENCODED[name]
    data = source.encode(encoding)
    document = read(data, evidence="sha256:0")
    assert "عاد القارب إلى الميناء" in document.text
    assert [one.kind for one in document.problems] == problems
    assert document.portions[0].size == len(document.text.encode(document.encoding or "utf-8"))


TITLES = {
    "without the site's name, where the heading tells": ("<title>Nine Hooks | The Lamp</title><h1>Nine Hooks</h1>", "Nine Hooks"),
    "as it is without a heading": ("<title>Nine Hooks</title><p>Row on.</p>", "Nine Hooks"),
    "as it is shared, first": ("<meta property='og:title' content='Nine Hooks'><title>Lamp</title><p>Row on.</p>", "Nine Hooks"),
}  # fmt: skip


@pytest.mark.parametrize("name", TITLES)
def test_title_of_a_page(name: str) -> None:
    """The page's own title is its metadata."""
    source, title = TITLES[name]
    assert read(f"<html>{source}</html>".encode(), evidence="sha256:0").metadata["title"] == title


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file(name: str) -> None:
    """Nothing raises, and the portions add up to the file."""
    document = read(HOSTILE[name], evidence="sha256:0")
    assert sum(one.size for one in document.portions) == len(HOSTILE[name])
