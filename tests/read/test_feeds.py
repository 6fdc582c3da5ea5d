"""Feeds: a record an entry, its date in the zone printed, its words without markup; hostile XML is refused."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings

from damage import list_cut, make_damaged
from linewatch.read.base import Aside, Record
from linewatch.read.feeds import read_records

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>The Lamp</title><description>Weekly of the Harbour League</description><language>en</language>
<item><title>Rowers who rest &amp; return</title><link>https://lamp.example/612</link><guid>lamp-612</guid>
<author>desk@lamp.example (Ines Harrow)</author><pubDate>Sat, 03 May 2031 10:00:00 +0300</pubDate>
<content:encoded><![CDATA[<p>The oar <b>stays</b> theirs.</p><script>fetch('http://x')</script><p>عاد القارب</p>]]></content:encoded>
<enclosure url="https://lamp.example/612.mp3" type="audio/mpeg" length="5"/></item>
<item><title>Tide table</title><pubDate>5 Ramadan 1452</pubDate></item>
<item><link>https://lamp.example/613</link></item>
</channel></rss>""".encode()
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The Lamp</title>
<entry><title type="html">&lt;i&gt;Nets&lt;/i&gt;</title><id>urn:lamp:1</id><published>2031-05-03T10:00:00Z</published>
<updated>2031-05-04</updated><link rel="enclosure" href="https://lamp.example/a.mp3"/>
<link rel="alternate" href="https://lamp.example/1"/><summary>Row on.</summary></entry></feed>"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>The Lamp</title></channel>
<item rdf:about="https://lamp.example/1"><title>Nets</title><dc:date>2031-05</dc:date></item></rdf:RDF>"""
CDF = b"""<CHANNEL><TITLE>The Lamp</TITLE><ITEM HREF="https://lamp.example/1" LASTMOD="2031-05-03"><TITLE>Nets</TITLE></ITEM></CHANNEL>"""


def read(data: bytes) -> tuple[list[Record], list[Aside]]:
    """Return a feed's records and what is set aside; together they are the whole file."""
    found = list(read_records(io.BytesIO(data)))
    assert sum(one.size for one in found) == len(data)
    return [one for one in found if isinstance(one, Record)], [one for one in found if isinstance(one, Aside)]


def test_entry() -> None:
    """An entry keeps its words, its date as printed with its zone, and what the feed says of it, without addresses."""
    record = read(RSS)[0][0]
    assert record.words == "Rowers who rest & return\n\nThe oar stays theirs.\n\nعاد القارب"
    assert record.said == {
        "title": "Rowers who rest & return",
        "id": "lamp-612",
        "url": "https://lamp.example/612",
        "author": "Ines Harrow",
        "outlet": "The Lamp",
        "language": "en",
        "media": "absent: https://lamp.example/612.mp3",
        "date": "2031-05-03T10:00:00",
        "zone": "+03:00",
        "date_printed": "Sat, 03 May 2031 10:00:00 +0300",
    }


def test_unreadable_date_is_told() -> None:
    """A date in words is kept as printed, and its entry is named undated: no guess is made."""
    record = read(RSS)[0][1]
    assert (record.said["date_printed"], "date" in record.said, record.problem) == (
        "5 Ramadan 1452",
        False,
        "undated",
    )


def test_entry_without_words_is_set_aside() -> None:
    """An entry that is an address only is no record, and its address is kept."""
    assert [one.text for one in read(RSS)[1] if one.reason == "an entry without words"] == [
        "https://lamp.example/613"
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (ATOM, {"title": "Nets", "url": "https://lamp.example/1", "date": "2031-05-03T10:00:00", "zone": "utc", "edited": "2031-05-04 unknown"}),
        (RDF, {"title": "Nets", "url": "https://lamp.example/1", "date": "2031-05", "zone": "unknown"}),
        (CDF, {"title": "Nets", "url": "https://lamp.example/1", "date": "2031-05-03", "zone": "unknown"}),
    ],
    ids=["Atom", "RDF", "CDF"],
)  # fmt: skip
def test_other_formats(data: bytes, said: dict[str, str]) -> None:
    """Atom, RDF and CDF are read alike; a date is as precise as printed."""
    (record,), _ = read(data)
    assert said.items() <= record.said.items()


HOSTILE = {
    "entities of entities": b'<!DOCTYPE r [<!ENTITY a "row"><!ENTITY b "&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>',
    "an outside file": b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&x;</title></item></channel></rss>',
    "in UTF-16": '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss/>'.encode("utf-16"),
    "nested without end": b"<rss>" + b"<a>" * 5000,
    "an endless tag": b"<rss " + b"a='x' " * 20000 + b"/>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_feed_is_refused(name: str) -> None:
    """XML made to hurt is refused whole, and told."""
    records, (aside,) = read(HOSTILE[name])
    assert (records, aside.problem) == ([], "hostile")


ODD = {
    "nothing": b"",
    "no feed": b"<html><p>Row on.",
    "an address": b"http://127.0.0.1:9/feed.xml",
    "a path": b"/etc/hostname",
    "NULs": b"\x00" * 400,
    "a large entity": b'<!DOCTYPE r [<!ENTITY a "' + b"A" * 9000 + b'">]><rss><item><title>' + b"&a;" * 900,
    "open CDATA": b"<rss><channel><item><title><![CDATA[" * 500,
    "bad bytes": b"<rss><channel><item><title>\xff\xfe\x80</title></item></channel></rss>",
}


@pytest.mark.parametrize("name", ODD)
def test_odd_file(name: str) -> None:
    """Nothing raises, nothing is fetched or opened, and every byte is accounted for."""
    records, _ = read(ODD[name])
    assert all(len(one.words) < 10 * len(ODD[name]) for one in records)
    assert not any(Path("/etc/hostname").read_text().strip() in one.words for one in records)


@pytest.mark.parametrize("data", [RSS, ATOM], ids=["RSS", "Atom"])
def test_cut_at_every_byte(data: bytes) -> None:
    """A feed cut short anywhere gives the entries before, and what follows is told."""
    for cut in list_cut(data):
        read(cut)


@settings(max_examples=60, deadline=None)
@given(data=make_damaged(RSS))
def test_damaged_feed(data: bytes) -> None:
    """A damaged feed gives what can be read."""
    read(data)
