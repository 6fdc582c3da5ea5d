"""What a report says of itself: title, series, number, date, authors, publisher, credits."""

from __future__ import annotations

from typing import Any

import pytest

TEXT = (
    "\n\nThe rowers of the coast have kept their piers for ninety years, and hardly anybody there remembers a time before them.\n"
    "\nThe boats went out at noon and were back before dark, as they are in summer.\n"
)

HEADS = {
    "series and number": (
        "Coastwatch Bureau\nMarch 23, 2032 | Harbour Papers No. 14\n\nThe League Softens Its Words\n\nMarch 23, 2032 | By L. Farrow*",
        {
            "title": "The League Softens Its Words",
            "series": "Harbour Papers",
            "number": "14",
            "date": "2032-03-23",
            "authors": ["L. Farrow"],
            "publisher": "Coastwatch Bureau",
        },
    ),
    "a news article": (
        "Rowers' Guild Softens Its Tone\n\nBy Marta Oske and Paul Vane\nMay 14, 2031",
        {
            "title": "Rowers' Guild Softens Its Tone",
            "date": "2031-05-14",
            "authors": ["Marta Oske", "Paul Vane"],
        },
    ),
    "three authors": (
        "When Outlets Disagree\n\nby Ines Harrow, Paul Vane, and Marta Oske\n\nSummer 2031",
        {"title": "When Outlets Disagree", "authors": ["Ines Harrow", "Paul Vane", "Marta Oske"]},
    ),
    "names without a byline": (
        "Words of Return: How a Guild Talks\n\nInes Harrow and Paul Vane\n\nSeptember 2031",
        {
            "title": "Words of Return: How a Guild Talks",
            "authors": ["Ines Harrow", "Paul Vane"],
            "date": "2031-09",
        },
    ),
    "a house in capitals above the title": (
        "VANTRIA INSTITUTE FOR COASTAL STUDIES\nWords of Return: How a Guild Talks\nSeptember 2031",
        {
            "title": "Words of Return: How a Guild Talks",
            "publisher": "VANTRIA INSTITUTE FOR COASTAL STUDIES",
            "date": "2031-09",
        },
    ),
    "markdown": (
        "# Reading the letter\n\n*By Ines Harrow* | 12 April 2031",
        {"title": "Reading the letter", "authors": ["Ines Harrow"], "date": "2031-04-12"},
    ),
}


@pytest.mark.parametrize(("head", "expected"), HEADS.values(), ids=HEADS)
def test_the_head_names_the_report(scan: Any, head: str, expected: dict[str, Any]) -> None:
    """Each field is read from the head as printed; what the head does not say stays empty."""
    found = scan(head + TEXT).scan["report"]
    told = {name: value for name, value in found.items() if value}
    assert told == expected


def test_a_credit_is_no_author(scan: Any) -> None:
    """People who only helped are credits."""
    found = scan(
        f"Rowers' Guild Softens Its Tone\n\nBy Marta Oske\n{TEXT}\n(Additional reporting by Paul Vane)\n"
    ).scan["report"]
    assert (found["authors"], found["credits"]) == (["Marta Oske"], ["Paul Vane"])


def test_no_head_no_fields(scan: Any) -> None:
    """A text that begins at once says nothing of itself, and dates in its sentences are not its own."""
    found = scan(
        "The boats of 3 May 2031 went out at noon. They were back before dark, as they are in summer.\n"
    )
    assert (found.scan["report"]["date"], found.scan["report"]["authors"]) == (None, [])
