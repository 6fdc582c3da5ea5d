"""Web archives: every record is a child or aside, digests are checked, secrets are told and stay where they are."""

from __future__ import annotations

import gzip
import io

import pytest
from hypothesis import given, settings

from damage import list_cut, make_damaged
from factories_warc import DATE, PAGE, URL, make_record
from linewatch.gather.base import Aside, Child
from linewatch.gather.warc import unpack
from linewatch.gather.warc_records import list_records


def open_archive(data: bytes) -> tuple[list[Child], list[Aside]]:
    """Return an archive's children and what is aside; its records and the gaps are the whole file."""
    found = list(unpack(io.BytesIO(data)))
    return [one for one in found if isinstance(one, Child)], [one for one in found if isinstance(one, Aside)]


@pytest.mark.parametrize("packed", [False, True])
def test_page(packed: bool) -> None:  # noqa: FBT001 - a case
    """A captured page is a child with its address, the time of capture and a verified digest."""
    (child,), asides = open_archive(make_record(packed=packed))
    assert (child.name, child.data) == ("lamp.example/612.html", PAGE)
    assert child.said == {"url": URL, "captured": DATE, "status": "200", "digest": "verified"}
    assert not asides


BODIES = {
    "chunked": (
        (("Content-Type", "text/html"), ("Transfer-Encoding", "chunked")),
        b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE),
    ),
    "packed": ((("Content-Type", "text/html"), ("Content-Encoding", "gzip")), gzip.compress(PAGE)),
    "not chunked though it says so": (
        (("Content-Type", "text/html"), ("Transfer-Encoding", "chunked")),
        PAGE,
    ),
}


@pytest.mark.parametrize("name", BODIES)
def test_body_as_a_browser_gets_it(name: str) -> None:
    """Chunks are joined and compression is undone."""
    http, body = BODIES[name]
    (child,), _ = open_archive(make_record(http=http, body=body))
    assert child.data == PAGE


ASIDE = {
    "a request": (make_record("request"), "what the archiver asked", None),
    "a redirect": (make_record(status="302 Found", http=[("Location", "https://lamp.example/613")]), "answered 302 for https://lamp.example/612, which leads to https://lamp.example/613", None),
    "a page that is gone": (make_record(status="404 Not Found"), "the server answered 404", "not-captured"),
    "an unchanged page": (make_record("revisit", b"", warc={"WARC-Refers-To-Date": "2031-05-01T00:00:00Z"}), "was the same on 2031-05-03T10:00:00Z as on 2031-05-01T00:00:00Z", None),
    "an attachment": (make_record("resource", url="file:///notes.html", http=[("Content-Type", "text/html")]), "not from the web: file", None),
    "a style sheet": (make_record(http=[("Content-Type", "text/css")]), "machinery", None),
    "no bytes": (make_record(body=b""), "no bytes", None),
    "an unknown packing": (make_record(http=[("Content-Encoding", "zork")]), "packed in a way", None),
    "a kind nobody knows": (make_record("odd"), "not understood: odd", "broken-record"),
}  # fmt: skip


@pytest.mark.parametrize("name", ASIDE)
def test_record_set_aside(name: str) -> None:
    """What is no capture of content is aside with its reason and its size; a page that is gone is told."""
    data, reason, problem = ASIDE[name]
    children, asides = open_archive(data)
    assert (children, asides[0].problem) == ([], problem)
    assert reason in asides[0].reason
    assert asides[0].size == len(data)


def test_failed_digest_is_told_and_labelled() -> None:
    """A page whose bytes are not those that were captured is still a child, labelled so."""
    data = make_record().replace(b"stays theirs", b"stays taken!", 1)
    (child,), asides = open_archive(data)
    assert child.said["digest"] == "failed"
    assert [one.problem for one in asides] == ["digest-failed"]


def test_secrets_are_counted_and_never_shown() -> None:
    """Cookies, passwords and users' names in addresses are told by number; none of their values comes out."""
    data = b"".join(
        [
            make_record(
                "request", b"", http=[("Cookie", "token=tarpaulin"), ("Authorization", "Basic tarpaulin")]
            ),
            make_record(http=[("Content-Type", "text/html"), ("Set-Cookie", "id=tarpaulin")]),
            make_record(url="https://ines:tarpaulin@lamp.example/613"),
        ]
    )
    children, asides = open_archive(data)
    assert asides[-1].problem == "credentials"
    assert "1 Authorization, 1 Cookie, 1 Set-Cookie, 1 user name in an address" in asides[-1].reason
    assert "tarpaulin" not in repr([children, asides])
    assert [child.said["url"] for child in children] == [URL, "https://lamp.example/613"]


WALLS = {
    "empty": b"<html><body><script>draw()</script><div id='app'></div></body></html>",
    "login": b"<html><body><h1>Harbour net</h1><p>Log in to continue to the quay.</p></body></html>",
    "in Arabic": "<html><body><p>قم بتسجيل الدخول لمتابعة القراءة في شبكة الميناء</p></body></html>".encode(),
}


@pytest.mark.parametrize("name", WALLS)
def test_capture_without_content_is_flagged(name: str) -> None:
    """A capture that shows nothing of its own is sealed and flagged, whatever the server's status."""
    children, asides = open_archive(make_record(body=WALLS[name]))
    assert (len(children), [one.problem for one in asides]) == (1, ["no-content"])


def test_broken_record_costs_only_itself() -> None:
    """After bytes that are no record the next one is found, and all bytes are accounted for."""
    data = make_record(packed=True) + b"\x00not a record" + make_record(packed=True)
    children, asides = open_archive(data)
    assert (len(children), [one.problem for one in asides]) == (2, ["broken-record"])
    assert sum(one.size for one in list_records(io.BytesIO(data))) == len(data)


def test_archive_packed_as_a_whole() -> None:
    """An archive that was packed in one piece is unpacked and read, and it is told."""
    children, asides = open_archive(
        gzip.compress(make_record() + make_record(url="https://lamp.example/613"))
    )
    assert [child.said["url"] for child in children] == [URL, "https://lamp.example/613"]
    assert [one.problem for one in asides] == ["irregular"]


def test_body_that_swells_is_not_unpacked() -> None:
    """A body that unpacks to more than its due is refused, and told."""
    bomb = make_record(
        http=[("Content-Type", "text/html"), ("Content-Encoding", "gzip")],
        body=gzip.compress(b"row" * 3_000_000),
    )
    children, asides = open_archive(bomb)
    assert (children, [one.problem for one in asides]) == ([], [None, "bomb"])


SMALL = make_record("warcinfo", b"software: oar\r\n") + make_record(
    body=b"<html><body>Row on with the tide, all of you.</body>"
)


@pytest.mark.parametrize("data", [SMALL, gzip.compress(SMALL)], ids=["plain", "packed"])
def test_cut_at_every_byte(data: bytes) -> None:
    """An archive cut short anywhere gives what is there; nothing raises and no byte is lost."""
    for cut in list_cut(data):
        open_archive(cut)
        if data is SMALL:
            assert sum(one.size for one in list_records(io.BytesIO(cut))) == len(cut)


@settings(max_examples=80, deadline=None)
@given(data=make_damaged(SMALL))
def test_damaged_archive(data: bytes) -> None:
    """A damaged archive gives what is there; nothing raises and no byte is lost."""
    open_archive(data)
    assert sum(one.size for one in list_records(io.BytesIO(data))) == len(data)
