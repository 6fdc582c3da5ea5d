"""Layout: which lines are one paragraph, at every width a text may be wrapped at, and which lines stay apart."""

from __future__ import annotations

import textwrap

import pytest

from linewatch.text.layout import find_paragraphs

PROSE = (
    "The guild of the rowers was founded in the year of the great gale, when eleven men and four women had three boats between them, of which one leaked, and swore an oath upon the quay that nobody who came would be asked where they had been before, nor for how long they meant to stay, nor what they owed to anyone.",
    "The second spring was colder than the first, and the boats lay idle for six weeks while the elders argued about rope; it was then, as the clerk of the harbour has it, that the first of them went up into the hills and was not spoken of again for a good many years, though his place at the table was laid all the same.",
    "What became of him is told in three ways on the coast, and I give them in the order in which I heard them, since I do not know which of them is true and those who told them did not know it either; the ferryman says that he kept bees, the miller that he kept accounts, and the schoolmistress, who is the oldest of the three, that he kept his word.",
    "Nobody minded.",
)


def read(text: str) -> list[str]:
    """Return the paragraphs of a text, each with its white space made one space."""
    return [" ".join(text[part.start : part.end].split()) for part in find_paragraphs(text)]


@pytest.mark.parametrize("width", range(60, 131, 5))
def test_wrapped_prose_is_joined(width: int) -> None:
    """Prose wrapped at this width comes back in its paragraphs."""
    text = "\n\n".join(textwrap.fill(part, width) for part in PROSE)
    assert read(text) == list(PROSE)


APART = {
    "an address": ["The Harbour League", "Long Pier 4", "Ostrel Quay", "Vantria"],
    "verse": ["The lamp is lit, the rope is dry,", "The boats are on the sand,", "And nobody is asking why", "We came at last to land."],
    "a list": ["- mend the ropes", "- count the oars", "- light the lamp"],
    "a heading": ["The Year Of The Long Ice"],
}  # fmt: skip


@pytest.mark.parametrize("width", [65, 80, 120])
@pytest.mark.parametrize("lines", APART.values(), ids=APART)
def test_short_lines_stay_apart(lines: list[str], width: int) -> None:
    """Lines that end where their writer ended them stay lines, beside prose wrapped at this width."""
    wrapped = [textwrap.fill(part, width) for part in PROSE]
    assert read("\n\n".join([wrapped[0], "\n".join(lines), *wrapped[1:]])) == [PROSE[0], *lines, *PROSE[1:]]


def test_paragraphs_of_one_line_each_stay_apart() -> None:
    """Lines of uneven length, none of them wrapped, are paragraphs of their own, however wide."""
    lines = [f"The boat of pier {n} came in {'very ' * (n % 7)}late and was mended before the evening bell on the long quay." for n in range(1, 12)]  # fmt: skip
    assert read("\n".join(lines)) == lines
