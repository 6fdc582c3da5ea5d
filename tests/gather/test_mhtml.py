"""Saved pages: the page is evidence with its address and time; its pictures and styles are aside, wherever they lie."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings

from damage import list_cut, make_damaged
from linewatch.gather.base import Aside, Child
from linewatch.gather.mhtml import unpack
from linewatch.gather.saved import find_page, read_origin

SAVED = b"""From: <Saved by Blink>
Snapshot-Content-Location: https://lamp.example/612
Subject: The Lamp 612
Date: Sat, 3 May 2031 10:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="A"

--A
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable
Content-Location: https://lamp.example/612

<html><body><p>The oar stays theirs, and so does the bench by the quay =D9=82.</p></body></html>
--A
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://lamp.example/oar.png

iVBORw0KGgo=
--A
Content-Type: text/html
Content-Location: cid:frame@mhtml.blink

<p>An advert.</p>
--A--
"""


def open_page(data: bytes) -> tuple[list[Child], list[Aside]]:
    """Return the page and what is aside."""
    found = list(unpack(io.BytesIO(data)))
    return [one for one in found if isinstance(one, Child)], [one for one in found if isinstance(one, Aside)]


def test_saved_page() -> None:
    """The page is a child with what the browser said of it, its encoding undone."""
    (child,), asides = open_page(SAVED)
    assert "quay ق." in bytes(child.data).decode()  # type: ignore[arg-type]  # bytes, not a stream
    assert child.said == {
        "url": "https://lamp.example/612",
        "title": "The Lamp 612",
        "captured": "2031-05-03T10:00:00Z",
    }
    assert [one.reason for one in asides[:2]] == [
        "part of the page, image/png: https://lamp.example/oar.png",
        "a frame of the page, text/html: cid:frame@mhtml.blink",
    ]
    assert len(child.data) + sum(one.size for one in asides) == len(SAVED)  # type: ignore[arg-type]  # bytes


def test_page_without_content_is_flagged() -> None:
    """A saved login wall is flagged."""
    walled = SAVED.replace(
        b"The oar stays theirs, and so does the bench by the quay", b"Please log in to continue"
    )
    assert [one.problem for one in open_page(walled)[1] if one.problem] == ["no-content"]


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("lamp/612_files/oar.css", "lamp/612.html"),
        ("lamp/612_files/sub/oar.png", "lamp/612.html"),
        ("lamp/613-Dateien/oar.png", "lamp/613.htm"),
        ("lamp/614_files/oar.png", None),
        ("lamp/612.html", None),
        ("files/oar.png", None),
    ],
)
def test_part_of_a_saved_page(name: str, page: str | None) -> None:
    """What lies in the folder that a browser made beside a page is a part of it; any other folder is not."""
    assert find_page(name, {"lamp/612.html", "lamp/613.htm", name}) == page


def test_page_says_where_it_comes_from() -> None:
    """What browsers and SingleFile write into a page is read, the time with its zone."""
    single = b"<html><!--\n Page saved with SingleFile \n url: https://lamp.example/612 \n saved date: Sat May 03 2031 10:00:00 GMT+0300 (Quay Time)\n-->"
    assert read_origin(single) == {"url": "https://lamp.example/612", "captured": "2031-05-03T10:00:00+03:00"}
    assert read_origin(b"<p>Row on.") == {}


def test_cut_at_every_byte() -> None:
    """A saved page cut short anywhere gives what is there."""
    for cut in list_cut(SAVED):
        children, asides = open_page(cut)
        assert len(children) == 1 or asides, len(cut)


@settings(max_examples=60, deadline=None)
@given(data=make_damaged(SAVED))
def test_damaged_page(data: bytes) -> None:
    """A damaged page gives what is there, or says what is wrong."""
    children, asides = open_page(data)
    assert children or asides
    assert set(read_origin(data)) <= {"url", "captured"}
