"""A web archive, a package, a mailbox, a saved page, a feed and a book go through gather and read, and keep their secrets."""

from __future__ import annotations

import pytest

from factories_warc import make_record, make_wacz
from linewatch.gather.run import Gathering, Given, gather
from linewatch.model import Document, Evidence, Problem
from linewatch.read.run import read
from linewatch.store.case import Case, make_case
from linewatch.store.live import list_stated

MAIL = b"""From: Ines Harrow <ines@quay.example>
Subject: The bench
Date: Sat, 03 May 2031 10:00:00 +0300
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=A

--A
Content-Type: text/plain

The bench stays. Ask tomas@quay.example.
--A
Content-Type: text/plain; name="tide.txt"
Content-Disposition: attachment

High water at dawn.
--A--
"""
FEED = b"<rss version='2.0'><channel><title>The Lamp</title><item><title>Nets are mended</title></item></channel></rss>"
SAVED = (
    b"From: <Saved by Blink>\nSnapshot-Content-Location: https://lamp.example/9\nMIME-Version: 1.0\n"
    b"Content-Type: multipart/related; boundary=A\n\n--A\nContent-Type: text/html\n\n<html><body><p>Oil for every lamp.</p></body></html>\n--A--\n"
)


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> tuple[Case, Gathering]:
    """Return a case into which one file of each kind was gathered and read."""
    folder = tmp_path_factory.mktemp("source")
    secret = make_record("request", b"", http=[("Cookie", "token=tarpaulin")])
    files = {
        "lamp.warc": make_record() + secret,
        "lamp.wacz": make_wacz(
            make_record(
                url="https://lamp.example/613",
                body=b"<html><body><p>Row on with the tide, friends.</p></body>",
            )
        ),
        "box.mbox": b"From ines@quay.example Sat May  3 10:00:00 2031\n" + MAIL,
        "lamp.xml": FEED,
        "lamp.mhtml": SAVED,
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    case = make_case(tmp_path_factory.mktemp("cases") / "case")
    report = gather(case, [folder], given=Given(side="own"), tell=lambda _step: None)
    read(case, tell=lambda _step: None)
    return case, report


def test_words_are_read(gathered: tuple[Case, Gathering]) -> None:
    """The words of each format are in a document."""
    written = " ".join(document.text for document in gathered[0].find(Document))
    for words in (
        "The oar stays theirs",
        "Row on with the tide",
        "The bench stays",
        "High water at dawn",
        "Nets are mended",
        "Oil for every lamp",
    ):
        assert words in written


def test_children_know_their_container(gathered: tuple[Case, Gathering]) -> None:
    """A captured page is evidence of its own, with its parent, its address and the time of capture."""
    case, _ = gathered
    page = next(one for one in case.find(Evidence) if one.name == "612.html")
    parent = next(one for one in case.find(Evidence) if one.id == page.parent)
    stated = list_stated(case)[page.id]
    assert (parent.name, stated["url"], stated["captured"]) == (
        "lamp.warc",
        "https://lamp.example/612",
        "2031-05-03T10:00:00Z",
    )


def test_secrets_and_addresses_stay_sealed(gathered: tuple[Case, Gathering]) -> None:
    """What is secret is told as a Problem; neither its value nor a private address is in any row of the case."""
    case, _ = gathered
    assert "credentials" in {problem.kind for problem in case.find(Problem)}
    written = b"".join(path.read_bytes() for path in case.path.glob("case.db*"))
    assert b"The bench stays" in written
    for secret in (b"tarpaulin", b"token=tar", b"ines@quay", b"tomas@quay"):
        assert secret not in written
