"""Aliases: the other names a text says somebody goes by, and what is no other name."""

from __future__ import annotations

import pytest

from .conftest import Body

FOUND = {
    "aka": ("Tobin Barra, aka the Otter, left in spring.", ("Tobin Barra", ["the Otter"])),
    "a.k.a. in brackets": ("Tobin Barra (a.k.a. Old Tom) left in spring.", ("Tobin Barra", ["Old Tom"])),
    "two names": (
        "Tobin Barra, aka the Otter and Tobin of Sker, left in spring.",
        ("Tobin Barra", ["the Otter", "Tobin of Sker"]),
    ),
    "also known as": ('Tobin Barra, also known as "Old Tom", left.', ("Tobin Barra", ["Old Tom"])),
    "real name": (
        "The Otter, whose real name is Tobin Barra, left in spring.",
        ("Otter", ["Tobin Barra"]),
    ),
    "nom de guerre": (
        "Yusuf al-Marsa, nom de guerre Abu Safina, left in spring.",
        ("Yusuf al-Marsa", ["Abu Safina"]),
    ),
    "an article within the name": (
        "Abu Safina, also known as Yusuf Harun al-Marsa, left in spring.",
        ("Abu Safina", ["Yusuf Harun al-Marsa"]),
    ),
    "what follows is no name": (
        "Ada Merrow, known as the Lamp and Vantrian poet of note, left.",
        ("Ada Merrow", ["the Lamp"]),
    ),
    "known by another name": (
        "Tobin Barra, also known by his rowing name as Old Tom, left in spring.",
        ("Tobin Barra", ["Old Tom"]),
    ),
    "née": ("Ada Merrow, née Oske, keeps the lamp.", ("Ada Merrow", ["Oske"])),
    "formerly known as": (
        "Ada Merrow, formerly known as Ada Oske, keeps the lamp.",
        ("Ada Merrow", ["Ada Oske"]),
    ),
    "the fullest name is taken": (
        "Tobin Barra left in spring. Barra, aka the Otter, came back.",
        ("Tobin Barra", ["the Otter"]),
    ),
    "arabic": ("توبين كار المعروف باسم أبو الموج عاد أمس.", ("توبين كار", ["أبو الموج"])),
}


@pytest.mark.parametrize(("text", "expected"), FOUND.values(), ids=FOUND)
def test_other_names(body: Body, text: str, expected: tuple[str, list[str]]) -> None:
    """A name and the other names the text says go with it."""
    assert [(one["name"], one["aka"]) for one in body(text).scan["aliases"]] == [expected]


NONE = {
    "an initialism": "The Harbour League (HL), also known as the HL, met in spring.",
    "known for": "Tobin Barra, known for his patience, left in spring.",
    "born in": "Ada Merrow, born in Vantria, keeps the lamp.",
    "born on": "Ada Merrow, born on 3 May 1999, keeps the lamp.",
    "a name and a verb": "Tobin Barra called Ada Merrow in the evening.",
}


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_no_other_names(body: Body, text: str) -> None:
    """Initialisms, places of birth, renown and calls are no aliases."""
    assert body(text).scan["aliases"] == []
