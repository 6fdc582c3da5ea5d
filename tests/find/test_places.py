"""Places: an organisation's own name with the real one beside it."""

from __future__ import annotations

import pytest

from .conftest import Body

FOUND = {
    "in brackets": ("Heron Pier (Ostrel Quay, Vantria) held out.", ("Heron Pier", "Ostrel Quay, Vantria")),
    "with an article": ("The Southern Pier (Sker Bay) held out.", ("Southern Pier", "Sker Bay")),
    "after a possessive": ("The League's Heron Pier (Ostrel Quay) held out.", ("Heron Pier", "Ostrel Quay")),
    "after a curly possessive": (
        "The League’s Heron Pier (Ostrel Quay) held out.",
        ("Heron Pier", "Ostrel Quay"),
    ),
    "after a full name's possessive": (
        "Harbour League's Heron Pier (Ostrel Quay) held out.",
        ("Heron Pier", "Ostrel Quay"),
    ),
    "after an organisation nobody named before": (
        "Coast Guild's Heron Pier (Ostrel Quay) held out.",
        ("Heron Pier", "Ostrel Quay"),
    ),
    "after a plural possessive": (
        "The Rowers' Heron Pier (Ostrel Quay) held out.",
        ("Heron Pier", "Ostrel Quay"),
    ),
    "the League's name for": (
        "Heron Pier (the League's name for Port Calder) held out.",
        ("Heron Pier", "Port Calder"),
    ),
    "it calls": ('The League calls Lake Esper "Still Water" in its songs.', ("Still Water", "Lake Esper")),
    "a province": ("Wilayat al-Bahr (Port Calder) held out.", ("Wilayat al-Bahr", "Port Calder")),
}


@pytest.mark.parametrize(("text", "expected"), FOUND.values(), ids=FOUND)
def test_own_and_real_name(body: Body, text: str, expected: tuple[str, str]) -> None:
    """A place's own name stands without its article or owner, the real one as printed."""
    found = body(text).scan["places"]
    assert [(one["org_name"], one["real_name"]) for one in found] == [expected]


NONE = {
    "a bracket that is only a country": "Heron Pier (Norway) held out.",
    "an initialism": "Heron Pier (HP) held out.",
    "a date": "Heron Pier (3 May 2031) held out.",
    "a person": "The Harbour League (founded 1940) held out.",
    "a remark": "Heron Pier (see below) held out.",
}


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_no_real_name(body: Body, text: str) -> None:
    """A country, an initialism, a date or a remark in brackets is no real name."""
    assert body(text).scan["places"] == []
