"""What is proposed to be one thing across reports: items by what they say, actors by how their own names sound."""

from __future__ import annotations

import pytest

from linewatch.find.corrections_joins import propose_joins
from linewatch.model import Alias, Finding, Found, Item, Span
from linewatch.model.when import parse_iso


def make_finding(name: str, document: str, value: Found) -> Finding:
    """Return a finding of a value in a document."""
    return Finding(
        id=name,
        span=Span(document=document, start=0, end=4),
        value=value,
        finder="test.v1",
        reason="test",
        cut="0" * 16,
    )


DAY = parse_iso("2031-05-03")
ITEMS = {
    "one title": (Item(kind="song", title="Row Home"), Item(kind="song", title="Row home"), "same title"),
    "one issue": (
        Item(kind="magazine", outlet="The Lamp", issue="9"), Item(kind="magazine", outlet="The Lamp", issue="9"), "same issue of one outlet",
    ),
    "one house, one day": (
        Item(kind="video", publisher="Harbour League", date=DAY), Item(kind="video", publisher="Harbour League", date=DAY), "same house and day",
    ),
    "another day": (Item(kind="song", title="Row Home", date=DAY), Item(kind="song", title="Row Home", date=parse_iso("2031-06-03")), None),
    "another title that day": (
        Item(kind="song", publisher="Harbour League", title="A", date=DAY), Item(kind="song", publisher="Harbour League", title="B", date=DAY), None,
    ),
    "only a month": (
        Item(kind="video", publisher="Harbour League", date=parse_iso("2031-05")), Item(kind="video", publisher="Harbour League", date=DAY), None,
    ),
    "another kind": (Item(kind="song", title="Row Home"), Item(kind="video", title="Row Home"), None),
}  # fmt: skip


@pytest.mark.parametrize(("first", "second", "why"), ITEMS.values(), ids=ITEMS)
def test_one_item_in_two_reports(first: Item, second: Item, why: str | None) -> None:
    """The later mention is proposed to be merged into the earlier, with the reason; never where the two contradict."""
    joins = propose_joins([make_finding("a", "one", first), make_finding("b", "two", second)])
    told = [(one.cited, one.held, one.why) for one in joins]
    assert told == ([("b", "a", f"cited in another report, same kind, {why}")] if why else [])


def test_two_items_of_one_report() -> None:
    """What one report names twice, its finder has joined or kept apart already."""
    song = Item(kind="song", title="Row Home")
    assert propose_joins([make_finding("a", "one", song), make_finding("b", "one", song)]) == []


ACTORS = {
    "another spelling": ("Salim al-Qari", "Saleem el-Kari", "score 100: Saleem el-Kari and Salim al-Qari sound alike"),
    "another script": (
        "Salim al-Qari", "سالم القاري", "score 100: سالم القاري and Salim al-Qari the same consonants in two scripts",
    ),
    "only a shared alias": ("Tobin Barra", "Ines Oster", None),
    "one word in common": ("Tobin Barra", "Tomas Barra", None),
    "too short to tell across scripts": ("Abu Nur", "أبو نور", None),
}  # fmt: skip


@pytest.mark.parametrize(("first", "second", "why"), ACTORS.values(), ids=ACTORS)
def test_one_actor_in_two_reports(first: str, second: str, why: str | None) -> None:
    """Two actors are proposed to be one for how their own names sound, with a score; a shared alias alone proposes nothing."""
    pair = [make_finding(name, name, Alias(name=name, aka=("the Otter",))) for name in (first, second)]
    joins = propose_joins(pair)
    assert [(one.cited, one.held, one.why) for one in joins] == (
        [(second, first, f"{why}; both also the otter")] if why else []
    )
