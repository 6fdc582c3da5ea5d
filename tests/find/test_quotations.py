"""Direct quotations: what is between marks of every kind, over paragraphs, in verse and in blocks; and what is no quotation."""

from __future__ import annotations

import pytest

from .conftest import Body

MARKS = {
    "straight": ('The warden said: "Nobody is shut out today."', ["Nobody is shut out today."]),
    "curly": ("The warden said: “Nobody is shut out today.”", ["Nobody is shut out today."]),
    "guillemets": ("The warden said: «Nobody is shut out today».", ["Nobody is shut out today"]),
    "german": ("The warden said: „Nobody is shut out today.“", ["Nobody is shut out today."]),
    "single": ("The warden said: 'Nobody is shut out today.'", ["Nobody is shut out today."]),
    "single curly": ("The warden said: ‘Nobody’s shut out today.’", ["Nobody’s shut out today."]),
    "mixed pair": ('The warden said: “Nobody is shut out today."', ["Nobody is shut out today."]),
    "nested stays inside": (
        "The warden said: \"They wrote 'we are all going home' on the wall.\"",
        ["They wrote 'we are all going home' on the wall."],
    ),
    "nested at the end": (
        "The warden said: “They wrote ‘we are all going home.’”",
        ["They wrote ‘we are all going home.’"],
    ),
    "british order": (
        "The warden said: ‘They wrote “we are all going home” on the wall.’",
        ["They wrote “we are all going home” on the wall."],
    ),
    "apostrophes are no marks": (
        "The rowers' oars and the wardens' lamps weren't theirs, 'twas said in the '90s.",
        [],
    ),
    "plural apostrophe inside single marks": (
        "The warden said: 'The rowers' seats are kept for them.'",
        ["The rowers' seats are kept for them."],
    ),
    "inches and minutes": ("The plank was 12\" wide and the boat 30' long, and nobody minded at all.", []),
    "broken by the speaker": (
        '"Nobody is shut out," said the warden, "and nobody is asked to pay."',
        ["Nobody is shut out,", "and nobody is asked to pay."],
    ),
    "two speakers in one paragraph": (
        '"We keep the lamp," said the warden. "We keep the oars," said the steerer.',
        ["We keep the lamp,", "We keep the oars,"],
    ),
    "never closed ends with its paragraph": (
        'The warden said: "Nobody is shut out today.\n\nThe boats went out at noon and were back before dark, as they are in summer.',
        ["Nobody is shut out today."],
    ),
    "opened once and closed once over three paragraphs": (
        'The warden said: "Nobody is shut out.\n\nThe door has no lock and never had one.\n\nCome when the bell is rung."',
        ["Nobody is shut out.\n\nThe door has no lock and never had one.\n\nCome when the bell is rung."],
    ),
    "marks opened again in each paragraph": (
        'The warden said: "Nobody is shut out.\n\n"The door has no lock.\n\n"Come when the bell is rung."',
        ["Nobody is shut out.", "The door has no lock.", "Come when the bell is rung."],
    ),
    "brackets and omissions are kept": (
        'The warden said: "They [the leavers] came back... and nobody [...] asked."',
        ["They [the leavers] came back... and nobody [...] asked."],
    ),
    "within a sentence": (
        "The warden said that the door “has never had a lock” and never would.",
        ["has never had a lock"],
    ),
    "arabic": ("قالت أدا ميرو: «الباب مفتوح لكل من عاد».", ["الباب مفتوح لكل من عاد"]),
    "a note marker after the closing mark": (
        'The warden said: "Nobody is shut out today."[4]',
        ["Nobody is shut out today."],
    ),
    "a question": ('"Who shut the door on them?" asked the warden.', ["Who shut the door on them?"]),
}


@pytest.mark.parametrize(("text", "expected"), MARKS.values(), ids=MARKS)
def test_words_between_marks(body: Body, text: str, expected: list[str]) -> None:
    """A quotation is the words between the outer marks, whatever the marks and wherever they close."""
    assert [words for (words,) in body(text).list_quotations()] == expected


NONE = {
    "a title": 'The song is called "The Long Table By The Sea" and is sung at every launch.',
    "a film's title": 'The film "Nine Empty Hooks On The Wall" was shown twice that spring.',
    "a term": 'The League calls them the "warm road people" and nothing else.',
    "what they are called": "It was written for those it called “our people on the hills” in spring.",
    "a scare quote": 'The so-called "friends of the pier" were not asked.',
    "a gloss": 'The old word for a rower means "one who comes back" in the coast tongue.',
    "a short word": 'They spoke of "leaving" and of "staying" as if one could choose.',
    "an empty pair": 'The board read "" and nobody knew why it had been wiped clean.',
    "a heading": '"We Keep The Lamp": What The League Told Its Rowers\n\nThe rowers went on with the work that they had begun in the spring of that year.',
}


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_words_that_nobody_says(body: Body, text: str) -> None:
    """Titles, terms, glosses, scare quotes and headings are no quotations."""
    assert body(text).list_quotations() == []


BLOCKS = {
    "markdown block": (
        "The letter reads:\n\n> Nobody is shut out, and nobody is asked where they slept.\n\nIt was read twice in the hall before anybody spoke.",
        [("Nobody is shut out, and nobody is asked where they slept.", "block")],
    ),
    "verse after a colon": (
        "The chorus sings:\n\nCome in, come in, the lamp is lit,\nThere is a seat where you may sit,\nAnd nobody will speak of it.\n\nThe crowd knew every word of it and sang along until dark.",
        [
            (
                "Come in, come in, the lamp is lit,\nThere is a seat where you may sit,\nAnd nobody will speak of it.",
                "block",
            )
        ],
    ),
    "verse with slashes and marks": (
        'The song goes on:\n\n"You took the oar in winter / You left it in the spring\n\n"The bell is still above the door / And you may hear it ring."',
        [
            ("You took the oar in winter / You left it in the spring", "marked"),
            ("The bell is still above the door / And you may hear it ring.", "marked"),
        ],
    ),
    "marks around a block": (
        'The letter reads:\n\n"Nobody is shut out, and nobody is asked where they slept."',
        [("Nobody is shut out, and nobody is asked where they slept.", "marked")],
    ),
}


@pytest.mark.parametrize(("text", "expected"), BLOCKS.values(), ids=BLOCKS)
def test_words_set_apart(body: Body, text: str, expected: list[tuple[str, str]]) -> None:
    """Words set apart after a colon are a quotation, with marks or without."""
    assert body(text).list_quotations("form") == expected


def test_captions_and_notes_hold_no_quotations(body: Body) -> None:
    """What a caption or a note quotes is set aside."""
    look = body(
        "The film was shown in the hall.[1]\n\n"
        'Figure 2: A banner that reads "nobody is shut out today" above the door.\n\n'
        "The hall was full until late that night and the lamps were lit.\n\n"
        '[1] The warden said: "Nobody is shut out today."'
    )
    assert look.list_quotations() == []


def test_a_caption_does_not_break_a_speech(body: Body) -> None:
    """A speech opened before a picture's caption goes on after it and keeps its speaker."""
    look = body(
        'The warden said: "Nobody is shut out.\n\nFigure 1: The door of the long hall.\n\nThe door has no lock and never had one."'
    )
    ((words, speaker),) = look.list_quotations("speaker")
    assert words.startswith("Nobody is shut out.")
    assert words.endswith("never had one.")
    assert speaker == "warden"


def test_segments_tell_whose_words_are_whose(body: Body) -> None:
    """A quotation is cut into the speaker's words, insertions, omissions and inner quotations, in order."""
    look = body(
        "The warden said: \"They [the leavers] came back... and wrote 'we are home again' on the wall.\""
    )
    (quotation,) = look.scan["quotations"]
    told = [(one["kind"], look.text[one["start"] : one["end"]]) for one in quotation["segments"]]
    assert told == [
        ("verbatim", "They"),
        ("gloss", "[the leavers]"),
        ("verbatim", "came back"),
        ("omission", "..."),
        ("verbatim", "and wrote"),
        ("nested", "we are home again"),
        ("verbatim", "on the wall."),
    ]


def test_nested_quotations_are_no_entries_of_their_own(body: Body) -> None:
    """Three levels of marks give one quotation."""
    look = body(
        "The warden said: “She told me, ‘They shouted “come home” from the pier,’ and then she wept.”"
    )
    assert len(look.list_quotations()) == 1


STATEMENTS = {
    "over several paragraphs": (
        "On 1 May 2031 the Harbour League issued the following statement:\n\nWe have heard that our boats lie idle. That is not so.\n\nNobody has asked the rowers, and nobody was told.\n\nWe thank the towns of the coast for their patience.\n\nThe statement was read at every pier, and we heard it ourselves.",
        [
            ("We have heard that our boats lie idle. That is not so.", "Harbour League"),
            ("Nobody has asked the rowers, and nobody was told.", "Harbour League"),
            ("We thank the towns of the coast for their patience.", "Harbour League"),
        ],
    ),
    "by one with a long office": (
        'Rear Warden Ines Harrow, commander of the Northern Patrol and acting head of the Joint Command, provided the following statement:\n\n"The boats are home and the lamp is lit."',
        [("The boats are home and the lamp is lit.", "Ines Harrow")],
    ),
    "in marks doubled by a table": (
        '"He came home late. ""We have met before,"" Sadler told Kerrin proudly. ""Yes, I remember,"" Kerrin replied."',
        [("We have met before,", "Sadler"), ("Yes, I remember,", "Kerrin")],
    ),
    "the paragraph after goes on": (
        '"Nobody is shut out," said Robert Anton of the northern pier.\n\n"The door has no lock at all."',
        [("Nobody is shut out,", "Robert Anton"), ("The door has no lock at all.", "Robert Anton")],
    ),
}


@pytest.mark.parametrize(("text", "expected"), STATEMENTS.values(), ids=STATEMENTS)
def test_statements(body: Body, text: str, expected: list[tuple[str, str]]) -> None:
    """Words that a text gives as a whole are found to their end, with whoever issued them."""
    assert body(text).list_quotations("speaker") == expected
