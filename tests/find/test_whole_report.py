"""One invented report through all the finders: each thing found is where the text has it, and what is not there is not found."""

from __future__ import annotations

import pytest

from linewatch.find.base import Reading
from linewatch.find.canons import load_canons
from linewatch.find.registry import find_all
from linewatch.find.scan import to_scan
from linewatch.read.registry import read_bytes

REPORT = """Coastwatch Bureau
March 23, 2032 | Harbour Papers No. 14

The Harbour League Softens Its Words On Those Who Left

March 23, 2032 | By L. Farrow*

The League has written about members who quit since the winter.[1]

A Film From Heron Pier

On February 20, 2032, the League's Heron Pier (Ostrel Quay, Vantria) published a video that rebukes those who left.[2]

The narrator says: "They signed the pledge [of the harbour] and set it aside... in the week the wall was failing."

An Editorial Takes A Softer Line

An editorial in the League's weekly The Lamp reads: "It was a fault to leave, yet they are still of the League.

"Whoever reports to the pier by spring is re-enrolled."

*L. Farrow reads the coastal press for the bureau.

[2] North Pier Films, February 20, 2032. The keeper, Tomas Orrel, aka Old Tom, is not shown.

[3] See the bureau's paper of June.
"""


def scan(text: str) -> dict[str, list[dict[str, object]]]:
    """Return what is found in a text, as the command line prints it."""
    document = read_bytes(text.encode(), "report.txt")
    return to_scan(document, find_all(Reading(document=document, canons=load_canons(None))))


@pytest.fixture(scope="module")
def found() -> dict[str, list[dict[str, object]]]:
    """Return what is found in the report."""
    return scan(REPORT)


def cut(one: dict[str, object]) -> str:
    """Return the words at a finding's offsets."""
    start, end = one["start"], one["end"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    return REPORT[start:end]


def test_report_names_itself(found: dict[str, dict[str, object]]) -> None:
    """Title, series, number, date and author are read from the head."""
    report = found["report"]
    assert report["title"] == "The Harbour League Softens Its Words On Those Who Left"
    assert (report["number"], report["date"], report["authors"]) == ("14", "2032-03-23", ["L. Farrow"])


def test_quotations_are_cut_without_their_marks(found: dict[str, list[dict[str, object]]]) -> None:
    """Each quotation is the words between the marks, a re-opened paragraph one of its own, with its speaker."""
    told = [(cut(one)[:24], one["speaker"]) for one in found["quotations"]]
    assert [words for words, _ in told] == [
        "They signed the pledge [",
        "It was a fault to leave,",
        "Whoever reports to the p",
    ]
    assert "narrator" in str(told[0][1])
    assert told[1][1] == told[2][1]


def test_items_are_the_film_and_the_editorial(found: dict[str, list[dict[str, object]]]) -> None:
    """The film is dated by its sentence; the editorial is not dated, and no later than the report."""
    film, editorial = found["items"]
    assert (film["kind"], film["date"]) == ("video", "2032-02-20")
    assert (editorial["kind"], editorial["date"], editorial["outlet"]) == ("editorial", None, "The Lamp")
    assert "2032-03-23" in str(editorial["when"])


def test_quotations_come_from_their_items(found: dict[str, list[dict[str, object]]]) -> None:
    """The narrator's words come from the film, the weekly's from the editorial."""
    film, editorial = found["items"]
    assert [one["item"] for one in found["quotations"]] == [film["id"], editorial["id"], editorial["id"]]


def test_notes_are_bound_or_named(found: dict[str, dict[str, list[str]]]) -> None:
    """A marker without a body dangles, a body without a marker is an orphan."""
    assert found["notes"]["dangling_markers"] == ["1"]
    assert found["notes"]["orphan_bodies"] == ["3"]


def test_other_names_and_places(found: dict[str, list[dict[str, object]]]) -> None:
    """The aka list and the pier's real place are found."""
    (alias,) = found["aliases"]
    assert (alias["name"], alias["aka"]) == ("Tomas Orrel", ["Old Tom"])
    (place,) = found["places"]
    assert str(place["org_name"]).endswith("Heron Pier")
    assert place["real_name"] == "Ostrel Quay, Vantria"


def test_plain_prose_holds_nothing() -> None:
    """A text without marks, dates or notes gives no quotation, item or citation."""
    nothing = scan("The tide was low all week. Nobody rowed. It rained at 4:15 and the score was 3:1.\n")
    assert (nothing["quotations"], nothing["items"], nothing["citations"]) == ([], [], [])
