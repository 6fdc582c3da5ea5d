"""Citations: the locator, the words it vouches for, and how these stand to the canon's text."""

from __future__ import annotations

import pytest

from .conftest import Body

QUOTED = (
    "Absence without word is a fault, not a break, and the name stays on the board until the third roll-call."
)

LOCATORS = {
    "quran": ("See Quran 5:54 on this.", [("Quran 5:54", "quran 5:54")]),
    "quran with verse": ("See Quran verse 8:15-16 on this.", [("Quran verse 8:15-16", "quran 8:15-16")]),
    "verse alone": ("See Verse 9:5 on this.", [("Verse 9:5", "quran 9:5")]),
    "a sura's name": ("As Surat al-Tawba, verse 5 has it.", [("Surat al-Tawba, verse 5", "quran 9:5")]),
    "arabic digits": ("وهي في القرآن [التوبة: ٥] كما يعلم الجميع.", [("التوبة: ٥", "quran 9:5")]),
    "bible": ("See 1 Corinthians 13:12 on this.", [("1 Corinthians 13:12", "bible 1 Corinthians 13:12")]),
    "charter": ("See Charter 4:2 on this.", [("Charter 4:2", "charter 4:2")]),
    "an article": ("See Article 4 of the Charter on this.", [("Article 4", "charter 4")]),
    "a list": ("See Quran 5:54; 8:15 on this.", [("Quran 5:54", "quran 5:54"), ("8:15", "quran 8:15")]),
    "a score": ("The north won by 4:2 and went home at 5:15 in the evening.", []),
    "a clock": ("The bell rang at 4:15 p.m. and again at 9:05.", []),
    "a ratio": ("They mixed it in a ratio of 3:1 by weight.", []),
    "a small word": ("It is 5:4 now, they said on the quay.", []),
}


@pytest.mark.parametrize(("text", "expected"), LOCATORS.values(), ids=LOCATORS)
def test_locators(body: Body, text: str, expected: list[tuple[str, str]]) -> None:
    """A locator is the numbers with the canon's, book's or verse's word beside them; scores and clocks are none."""
    assert [(words, ref) for words, ref, _ in body(text).list_citations()] == expected


VERDICTS = {
    "exact": (f'The film says: "{QUOTED}" (Charter 4:2)', "exact", []),
    "spelled otherwise": (
        'The film says: "absence without word is a fault – not a break; and the name stays on the board until the third roll-call" (Charter 4:2).',
        "variant",
        [],
    ),
    "cut short": (
        'The film says: "Absence without word is a fault, not a break" (Charter 4:2).',
        "partial",
        ["after"],
    ),
    "cut in the middle": (
        'The film says: "Absence without word is a fault... and the name stays on the board until the third roll-call." (Charter 4:2)',
        "partial",
        ["inside"],
    ),
    "a word changed": (
        'The film says: "Absence without word is a crime, not a break, and the name stays on the board until the third roll-call." (Charter 4:2)',
        "altered",
        [],
    ),
    "another article's words": (
        'The film says: "The promise is made freely and before two witnesses." (Charter 4:2)',
        "wrong-reference",
        [],
    ),
    "not the canon's words": (
        'The film says: "Nobody who left shall ever drink at our well again." (Charter 4:2)',
        "altered",
        [],
    ),
    "no edition at hand": ('The film says: "Come all who row." (Quran 5:54)', "unknown", []),
}


@pytest.mark.parametrize(("text", "verdict", "left_out"), VERDICTS.values(), ids=VERDICTS)
def test_verdicts(body: Body, text: str, verdict: str, left_out: list[str]) -> None:
    """Quoted words are exact, variant, partial, altered or of another place; without an edition nothing is said."""
    (citation,) = body(text).scan["citations"]
    assert (citation["verdict"], citation["left_out"]) == (verdict, left_out)


PLACES = {
    "right before": (f'"{QUOTED}" (Charter 4:2)', QUOTED),
    "led in": (f'Charter 4:2 says: "{QUOTED}"', QUOTED),
    "at the end inside the marks": (f'The warden said: "{QUOTED} [Charter 4:2]"', QUOTED),
    "an inner quotation": (
        f"The warden said: \"Take the book from the shelf. '{QUOTED}' [Charter 4:2]. The name stays.\"",
        QUOTED,
    ),
    "nothing quoted": ("The warden spoke of Charter 4:2 and of much else.", None),
    "at a note's marker": (f'The warden said: "{QUOTED}"[1]\n\n[1] Charter 4:2.', QUOTED),
}


@pytest.mark.parametrize(("text", "quoted"), PLACES.values(), ids=PLACES)
def test_words_that_a_locator_vouches_for(body: Body, text: str, quoted: str | None) -> None:
    """The quoted words are those before, after or around the locator, or at its note's marker."""
    assert [words for _, _, words in body(text).list_citations()] == [quoted]
