"""Mail: a record a mail, its words without addresses, its attachments children, and nobody named who is private."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings

from damage import list_cut, make_damaged
from linewatch.gather import mail as opener
from linewatch.gather.base import Child
from linewatch.read.base import Aside, Record
from linewatch.read.mail import read_records
from linewatch.read.records import Source, join_records, make_namer

PLAIN = b"""From: Ines Harrow <ines@lamp.example>
To: Tomas <tomas@quay.example>
Subject: =?utf-8?q?The_oar_=E2=80=93_again?=
Date: Sat, 03 May 2031 10:00:00 +0300
Message-ID: <612@lamp.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=windows-1256
Content-Transfer-Encoding: 8bit

The oar stays theirs. Write to ines@lamp.example.

""" + "عاد القارب".encode("cp1256")
MIXED = b"""From: "The Lamp" <news@lamp.example>
List-Id: The Lamp Weekly <weekly.lamp.example>
Subject: Issue 612
Date: Sat, 03 May 2031 10:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=A

--A
Content-Type: multipart/alternative; boundary=B

--B
Content-Type: text/plain

Row on.
--B
Content-Type: text/html

<p>Row on.</p>
--B--
--A
Content-Type: application/pdf; name="../../tide.pdf"
Content-Transfer-Encoding: base64

JVBERi0xLjcK
--A
Content-Type: message/rfc822

Subject: inner
Message-ID: <1@lamp.example>

Rest.
--A--
"""
BOX = (
    b"From ines@lamp.example Sat May  3 10:00:00 2031\n" + PLAIN + b"\n\n>From the quay.\n\n"
    b"From news@lamp.example Sun May  4 10:00:00 2031\n" + MIXED
)


def read(data: bytes) -> tuple[list[Record], list[Aside]]:
    """Return the records of a mail or mailbox and what is aside; together they are the whole file."""
    found = list(read_records(io.BytesIO(data)))
    assert sum(one.size for one in found) == len(data)
    return [one for one in found if isinstance(one, Record)], [one for one in found if isinstance(one, Aside)]


def open_parts(data: bytes) -> list[Child]:
    """Return the attachments."""
    return [one for one in opener.unpack(io.BytesIO(data)) if isinstance(one, Child)]


def test_mail() -> None:
    """A mail keeps its subject, words in their encoding, and date with its zone."""
    (record,), _ = read(PLAIN)
    assert (
        record.words == "The oar – again\n\nThe oar stays theirs. Write to ines@lamp.example.\n\nعاد القارب"
    )
    assert record.said == {"title": "The oar – again", "date": "2031-05-03T10:00:00", "zone": "+03:00"}


def test_addresses_never_reach_the_document() -> None:
    """Neither addresses nor the names of those who wrote to one another are in the document, its blocks or its portions."""
    records = read_records(io.BytesIO(BOX))
    documents = list(join_records(records, Source("sha256:0", "mail.v1"), make_namer(b"key")))
    written = repr(documents)
    assert "The oar stays theirs" in written
    for private in ("ines@", "tomas", "Tomas", "Harrow", "news@", "612@lamp"):
        assert private not in written


def test_newsletter_is_an_outlet() -> None:
    """What goes to a list has the list as its outlet and no private sender; -0000 is universal time."""
    (record,), _ = read(MIXED)
    assert (record.words, record.said["outlet"], record.said["zone"]) == (
        "Issue 612\n\nRow on.",
        "The Lamp Weekly",
        "utc",
    )
    assert "author" not in record.hidden


def test_attachments_are_children() -> None:
    """Each attachment is a child with its own bytes; a mail that is attached is one, and its words are not this mail's."""
    assert [(one.name, one.data[:9]) for one in open_parts(MIXED)] == [
        ("../../tide.pdf", b"%PDF-1.7\n"),
        ("part-2.eml", b"Subject: "),
    ]


def test_mailbox() -> None:
    """Each mail of a mailbox is a record; a quoted `From ` line is no new mail and is written as it was sent."""
    records, _ = read(BOX)
    assert [one.where for one in records] == ["mail 1", "mail 2"]
    assert records[0].words.endswith("From the quay.")
    assert [one.where for one in open_parts(BOX)] == ["mail 2, part 1", "mail 2, part 2"]


ODD = {
    "encrypted": (
        b"MIME-Version: 1.0\nContent-Type: multipart/encrypted; boundary=A\n\n--A\n\nx\n--A--\n",
        "encrypted",
    ),
    "no end to its parts": (MIXED[:-8], "broken-record"),
    "no date": (b"Message-ID: <1@x>\nSubject: Row\n\nRow on.\n", "undated"),
    "a date in words": (b"Message-ID: <1@x>\nDate: 5 Ramadan 1452\n\nRow on.\n", "undated"),
}


@pytest.mark.parametrize("name", ODD)
def test_fault_is_told(name: str) -> None:
    """Each way a mail can be wrong is named."""
    data, problem = ODD[name]
    assert problem in {one.problem for both in read(data) for one in both}


HOSTILE = {
    "nothing": b"",
    "nested without end": b"".join(
        b"Content-Type: multipart/mixed; boundary=B%d\n\n--B%d\n" % (n, n) for n in range(1500)
    ),
    "attached in attached": b"Content-Type: message/rfc822\n\n" * 1500,
    "NULs": b"\x00" * 500,
    "an endless header": b"Subject: " + b"=?utf-8?b?" * 5000 + b"\n\nRow on.",
    "an unknown encoding": b"Content-Type: text/plain; charset=zork\nMIME-Version: 1.0\n\nRow on \xff.",
    "an odd transfer encoding": b"Content-Transfer-Encoding: base64\nMIME-Version: 1.0\n\n====\xff",
    "half characters": b"Subject: \xff\xfe\nFrom: \xc3\x28 <a@b.example>\n\nRow on.",
    "many parts": b"Content-Type: multipart/mixed; boundary=A\n\n" + b"--A\n\nx\n" * 4000,
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mail(name: str) -> None:
    """Nothing raises, and every byte is accounted for."""
    read(HOSTILE[name])
    open_parts(HOSTILE[name])


@pytest.mark.parametrize("data", [PLAIN, MIXED], ids=["plain", "mixed"])
def test_cut_at_every_byte(data: bytes) -> None:
    """A mail cut short anywhere gives what is there."""
    for cut in list_cut(data):
        read(cut)
        open_parts(cut)


@settings(max_examples=80, deadline=None)
@given(data=make_damaged(BOX))
def test_damaged_mailbox(data: bytes) -> None:
    """A damaged mailbox gives what is there; every byte is accounted for."""
    read(data)
    open_parts(data)
