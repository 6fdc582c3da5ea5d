"""Items: the sentences that identify one release, what each field is, and which sentences speak of the same one."""

from __future__ import annotations

from typing import Any

import pytest

from linewatch.model import Item

from .conftest import Body

LEAGUE = ("Harbour League",)

ONE = {
    "active, dated": (
        "On 3 May 2031 the Harbour League released a video about those who left.",
        ("video", "Harbour League", None, "2031-05-03", None),
    ),
    "passive, dated, branch and place": (
        "A film was published by Heron Pier (Ostrel Quay, Vantria) on May 3, 2031.",
        ("video", "Heron Pier", None, "2031-05-03", None),
    ),
    "titled": (
        'The Harbour League posted a song titled "The Long Table" in May 2031.',
        ("song", "Harbour League", None, "2031-05", "The Long Table"),
    ),
    "an editorial in a weekly": (
        "An editorial in the League's weekly The Lamp of 3 May 2031 said that the leavers had erred.",
        ("editorial", "Harbour League", "The Lamp", "2031-05-03", None),
    ),
    "an audio message on a platform": (
        "The Harbour League released an audio message on Telegram on 3 May 2031.",
        ("audio", "Harbour League", "Telegram", "2031-05-03", None),
    ),
    "a statement without a year": (
        "In a statement published on 3 May, the Harbour League said that the door was open.",
        ("statement", "Harbour League", None, "--05-03", None),
    ),
    "a speech": (
        "The League's chairwoman Ada Merrow gave a speech on 3 May 2031 in the long hall.",
        ("speech", "Ada Merrow", None, "2031-05-03", None),
    ),
    "a possessive branch": (
        'On May 3, 2031, the League\'s Heron Pier (Ostrel Quay, Vantria) released a film titled "First Light."',
        ("video", "Heron Pier", None, "2031-05-03", "First Light"),
    ),
}


@pytest.mark.parametrize(("text", "expected"), ONE.values(), ids=ONE)
def test_one_release(body: Body, text: str, expected: tuple[Any, ...]) -> None:
    """A sentence that tells kind, publisher and a date or a title is one item with these fields."""
    look = body(text, names=LEAGUE)
    assert look.list_items("kind", "publisher", "outlet", "date", "title") == [expected]


ALSO = {
    "a weekday after the verb": (
        "An editorial published Wednesday in the League's weekly The Lamp said that the leavers had erred.",
        ("editorial", "2031-04-30"),
    ),
    "what people are called is no title": (
        "On 3 May 2031 the League put out a letter addressed to those it called “our people on the hills.”",
        ("statement", "2031-05-03"),
    ),
}


@pytest.mark.parametrize(("text", "expected"), ALSO.values(), ids=ALSO)
def test_what_the_sentence_does_not_say_is_not_read_into_it(
    body: Body, text: str, expected: tuple[str, str]
) -> None:
    """A weekday counts back from the report's day, and a name for people is no title of the piece."""
    assert body(text, names=LEAGUE).list_items("kind", "date", "title") == [(*expected, None)]


def test_a_broadcast_monitors_bulletin(scan: Any) -> None:
    """The date in a bulletin's head serves "today", its tags are outside the sentence, and capitals are read as words."""
    look = scan(
        "LANTERN RADIO CALLS ON LEAVERS TO RETURN\n\n"
        "OSTREL QUAY VOICE OF THE PIERS IN ENGLISH 1900 GMT 4 FEB 31\n\n"
        "[TEXT] THE COUNCIL OF THE HARBOUR LEAGUE ISSUED A STATEMENT TODAY ON THOSE WHO LEFT THE BOATS LAST WINTER. "
        'THE STATEMENT SAYS: "THE COUNCIL ASKS ALL WHO LEFT TO COME BACK BY THE SECOND BELL."\n'
    )
    assert look.list_items("kind", "publisher", "date") == [
        ("statement", "COUNCIL OF THE HARBOUR LEAGUE", "2031-02-04")
    ]
    assert look.cut(look.scan["items"][0]).startswith("THE COUNCIL")
    assert look.list_quotations("speaker", "item")[0][1:] == ("statement", "i0")


NONE = {
    "plurals": "The Harbour League has published many videos and songs about those who left.",
    "somebody else's": "On 3 May 2031 Reuters published an article about the Harbour League.",
    "a thing that is no piece": "The Harbour League has raised the issue of the pay again and again.",
    "a future wish": "Somebody ought to make a film about the coast one day.",
    "the report itself": "This report describes what was heard on the coast in May 2031.",
}


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_no_release(body: Body, text: str) -> None:
    """Plurals, other houses' pieces and words that only sound like media are no items."""
    assert body(text, names=LEAGUE).list_items("kind") == []


def test_span_is_the_sentence_without_its_note(body: Body) -> None:
    """An item's span is its whole sentence, the note's marker left out."""
    look = body(
        "It rained. On 3 May 2031 the Harbour League released a video about the leavers.[1] It was short.\n\n"
        "[1] The Lamp, 3 May 2031.",
        names=LEAGUE,
    )
    assert [look.cut(one) for one in look.scan["items"]] == [
        "On 3 May 2031 the Harbour League released a video about the leavers."
    ]


def test_span_ends_at_the_colon_before_a_quotation(body: Body) -> None:
    """Where the sentence leads into a quotation the item ends with the colon, and the quotation is bound to it."""
    look = body(
        'In a video of 3 May 2031 the Harbour League said: "Nobody is shut out of the hall."', names=LEAGUE
    )
    (item,) = look.scan["items"]
    assert look.cut(item).endswith("the Harbour League said:")
    assert look.list_quotations("item") == [("Nobody is shut out of the hall.", "i0")]


def test_two_mentions_of_one_release_are_one_item(body: Body) -> None:
    """A piece met again by its title is the same item, at the sentence that says most."""
    look = body(
        'The song "The Long Table" was sung everywhere that spring.\n\n'
        'On 3 May 2031 the Harbour League released the song "The Long Table" with new words.',
        names=LEAGUE,
    )
    assert look.list_items("kind", "title", "date") == [("song", "The Long Table", "2031-05-03")]


def test_two_releases_of_one_kind_stay_two(body: Body) -> None:
    """Two films of two days are two items, in order."""
    look = body(
        "On 3 May 2031 the Harbour League released a video about the leavers.\n\n"
        "On 9 May 2031 the Harbour League released a video about the boats.",
        names=LEAGUE,
    )
    assert look.list_items("kind", "date") == [("video", "2031-05-03"), ("video", "2031-05-09")]


def test_a_date_only_in_the_source_note_is_kept_apart(body: Body) -> None:
    """A day that only the source note gives is the note's date, not the item's."""
    look = body(
        'The League\'s chorus released the song "The Long Table."[1]\n\n[1] The Lamp, 8 March 2031.',
        names=LEAGUE,
    )
    assert look.list_items("date", "note_date") == [(None, "2031-03-08")]


FILM = "On 3 February 2031 the Harbour League released a video about the leavers.\n\n"
ORDER = {
    "several weeks later": (
        f"{FILM}Several weeks later, an editorial in the League's weekly The Lamp said that they had erred.",
        "2031-02-04",
    ),
    "after the film, with no count": (
        f"{FILM}After that video, an editorial in the League's weekly The Lamp said that they had erred.",
        "2031-02-04",
    ),
    "two weeks after": (
        f"{FILM}Two weeks after the video, an editorial in the League's weekly The Lamp said that they had erred.",
        "2031-02-17",
    ),
    "no word of order": (
        f"{FILM}An editorial in the League's weekly The Lamp said that they had erred.",
        None,
    ),
}


@pytest.mark.parametrize(("text", "earliest"), ORDER.values(), ids=ORDER)
def test_an_undated_item_is_bounded_by_words_of_order(body: Body, text: str, earliest: str | None) -> None:
    """An undated item came out no later than the report, and no earlier than an explicit word of order says."""
    whens = [
        when for kind, when in body(text, names=LEAGUE).list_items("kind", "when") if kind == "editorial"
    ]
    assert [(when["earliest"], when["latest"]) for when in whens] == [(earliest, "2031-05-02")]


def test_the_organisations_own_document_is_one_held_item(body: Body) -> None:
    """On the organisation's own side nothing is cited: the document is the item."""
    look = body(
        "On 3 May 2031 the Harbour League released a video.", side="own", stated={"kind": "statement"}
    )
    assert look.list_items("kind") == [("statement",)]
    assert (look.scan["items"][0]["start"], look.scan["items"][0]["end"]) == (0, len(look.text))


def test_arabic_item(scan: Any) -> None:
    """An Arabic sentence with a verb of release, a noun and a date is an item."""
    look = scan(
        "مرصد المرفأ\n\n5 آذار 2031\n\nماذا قيل على الساحل هذا الربيع\n\n"
        "نشرت عصبة المرفأ بيانا في 3 آذار 2031 عن الذين غادروا الأرصفة في الشتاء الماضي ولم يعودوا بعد.\n",
        names=("عصبة المرفأ",),
    )
    assert look.list_items("kind", "date") == [("statement", "2031-03-03")]


DATES = {
    "hijri": (
        "The Harbour League released a video on 15 Rajab 1452 about the lamp.",
        ("2030-11-11", "2030-11-10", "2030-11-12", "hijri"),
    ),
    "days after another": (
        "On 3 May 2031 the Harbour League released a video. A second video, published two days later, was longer.",
        ("2031-05-05", "2031-05-05", "2031-05-05", "gregorian"),
    ),
    "weeks after a day without a year": (
        "On 24 April the Harbour League released a video. A second video, published a week later, was longer.",
        ("--05-01", "2031-05-01", "2031-05-01", "gregorian"),
    ),
    "that day": (
        "The vote was on 3 April 2031. That day the Harbour League published an open letter on the count.",
        ("2031-04-03", "2031-04-03", "2031-04-03", "gregorian"),
    ),
    "relative to the report": (
        "The Harbour League released a video on Wednesday about the lamp.",
        ("2031-04-30", "2031-04-30", "2031-04-30", "gregorian"),
    ),
}


@pytest.mark.parametrize(("text", "expected"), DATES.values(), ids=DATES)
def test_when_it_came_out(body: Body, text: str, expected: tuple[str, ...]) -> None:
    """The last item's date, the days it may lie between, and the calendar it was told in."""
    item = body(text, names=LEAGUE).scan["items"][-1]
    when = item["when"]
    assert (item["date"], when["earliest"], when["latest"], when["calendar"]) == expected


SONG = "The League's choir released a song about those who left. "
ORDERS = {
    "after the song": (
        f"{SONG}After the song, the League released a film about those who left.",
        {"film": {"song"}},
    ),
    "weeks later, in the paragraph of the song": (
        f"{SONG}Several weeks later, the League released a film about those who left.",
        {"film": {"song"}},
    ),
    "no word of order": (f"{SONG}The League released a film about those who left.", {}),
    "after something that is not there": (
        f"{SONG}After the gale, the League released a film about those who left.",
        {},
    ),
    "after something told later": (
        f"After the song, the League released a film about those who left. {SONG}",
        {},
    ),
}


@pytest.mark.parametrize(("text", "expected"), ORDERS.values(), ids=ORDERS)
def test_order_to_undated_items(body: Body, text: str, expected: dict[str, set[str]]) -> None:
    """A word of order binds an item to the undated ones it was said to follow, by their ids, and to nothing else."""
    found = {one.id: one.value for one in body(text, names=LEAGUE).found if isinstance(one.value, Item)}
    names = {id_: "song" if value.kind == "song" else "film" for id_, value in found.items()}
    told = {
        names[id_]: {names[other] for other in value.after} for id_, value in found.items() if value.after
    }
    assert len(found) == 2
    assert told == expected
