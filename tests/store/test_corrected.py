"""Corrections applied: the analyst's word wins, survives another reading, and goes when it is taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewatch.model import (
    Alias,
    Citation,
    Correction,
    Document,
    Finding,
    Found,
    Item,
    Place,
    Quotation,
    Span,
    get_id,
)
from linewatch.model.fields import get_kind, set_field
from linewatch.model.judgement import make_anchor
from linewatch.model.when import parse_iso
from linewatch.store.corrected import Corrected, correct, list_standing
from linewatch.text.retrace import get_cut

NOON = datetime(2031, 2, 1, 12, tzinfo=UTC)
TEXT = (
    'A film said: "Come back by spring." The song said: "Come back by spring." The Otter rows to Still Water.'
)
FIRST, SECOND = (14, 34), (52, 72)


def make_document(text: str = TEXT, name: str = "d", evidence: str = "e") -> Document:
    """Return a reading of a file."""
    return Document(id=name, evidence=evidence, reader="plain.v1", text=text, blocks=())


DOCUMENT = make_document()


def make_finding(name: str, value: Found, place: tuple[int, int], document: Document = DOCUMENT) -> Finding:
    """Return a machine's finding."""
    start, end = place
    return Finding(
        id=name,
        span=Span(document=document.id, start=start, end=end),
        value=value,
        finder="test.v1",
        reason="found",
        cut=get_cut(document.text[start:end]),
    )


FILM = make_finding("film", Item(kind="video", outlet="North Pier"), (0, 11))
SONG = make_finding("song", Item(kind="song", title="The Tide", date=parse_iso("2031-02")), (36, 50))
COME = make_finding("come", Quotation(speaker="Ada Merrow", item="film"), FIRST)
AGAIN = make_finding("again", Quotation(speaker="Ada Merrow", item="song"), SECOND)
OTTER = make_finding("otter", Alias(name="The Otter", aka=("Tobin",)), (74, 83))
BARRA = make_finding("barra", Alias(name="Barra", aka=("Tobin",)), (78, 83))
WATER = make_finding("water", Place(org_name="Still Water", real_name="Lake Esper"), (92, 103))
VERSE = make_finding("verse", Citation(canon="charter", ref="charter 4:2", verdict="exact"), (0, 1))
FOUND = (FILM, SONG, COME, AGAIN, OTTER, BARRA, WATER, VERSE)


def make_correction(
    action: Any, finding: Finding, document: Document = DOCUMENT, other: Finding | None = None, **more: Any
) -> Correction:
    """Return a correction of a finding, made on this document."""
    span = finding.span
    named = (
        {"value": other.id, "other": make_anchor(document, other.span.start, other.span.end)} if other else {}
    )
    return Correction(
        id=get_id(action, finding.id, more, named),
        action=action,
        target=finding.id,
        kind=get_kind(finding.value),
        at=make_anchor(document, span.start, span.end),
        analyst="ana",
        made_at=NOON,
        **(named | more),
    )


def apply(*corrections: Correction, found: tuple[Finding, ...] = FOUND) -> Corrected:
    """Return the findings of the one document, corrected."""
    return correct(found, corrections, {"d": DOCUMENT})


def get_values(corrected: Corrected) -> Mapping[str, Any]:
    """Return the values that stand by the ids of their findings."""
    return {one.id: one.value for one in corrected.findings}


@pytest.mark.parametrize(
    ("finding", "field", "value", "becomes"),
    [
        (FILM, "kind", "song", "song"),
        (FILM, "publisher", "Harbour League", "Harbour League"),
        (FILM, "outlet", None, None),
        (FILM, "tier", "B", "B"),
        (FILM, "issue", "12", "12"),
        (COME, "speaker", "Tobin Carr", "Tobin Carr"),
        (COME, "role", "member", "member"),
        (COME, "role", None, "unknown"),
        (OTTER, "aka", "Tobin; the Otter", ("Tobin", "the Otter")),
        (WATER, "real_name", "Lake Oster", "Lake Oster"),
        (VERSE, "ref", "quran 5:2", "quran 5:2"),
    ],
)
def test_field_is_set(finding: Finding, field: str, value: str | None, becomes: object) -> None:
    """A field is what the analyst says, the reason tells of it, and every other finding is as it was."""
    corrected = apply(make_correction("set", finding, field=field, value=value))
    assert getattr(get_values(corrected)[finding.id], field) == becomes
    (changed,) = (one for one in corrected.findings if one.id == finding.id)
    assert changed.reason == f"found; {field} by the analyst"
    assert [one for one in corrected.findings if one.id != finding.id] == [
        one for one in FOUND if one != finding
    ]


@pytest.mark.parametrize(
    ("words", "earliest", "latest"),
    [
        ("2031-02-03", date(2031, 2, 3), date(2031, 2, 3)),
        ("2031-02", date(2031, 2, 1), date(2031, 2, 28)),
        ("2031-02/2031-03-26", date(2031, 2, 1), date(2031, 3, 26)),
        ("../2031-03-26", None, date(2031, 3, 26)),
    ],
)
def test_date_is_an_interval_of_the_analyst(words: str, earliest: date | None, latest: date) -> None:
    """A date is read as an interval whose source is the analyst, for the item too."""
    item = get_values(apply(make_correction("set", FILM, field="date", value=words)))["film"]
    assert (item.date.earliest, item.date.latest, item.date.source) == (earliest, latest, "analyst")
    assert item.sources["date"] == "analyst"


@pytest.mark.parametrize(
    "words",
    ["3 Feb", "2031-02-30", "2031-2", "2/21/2031", "2032/2031", "../..", "/", "20311", "2031-01-01-01"],
)
def test_what_is_no_date_is_refused(words: str) -> None:
    """A date is never guessed at."""
    with pytest.raises(ValueError, match="date"):
        set_field(Item(), "date", words)


def test_new_reference_has_no_verdict() -> None:
    """A citation whose reference the analyst mends keeps nothing of the verdict on the other one."""
    verse = get_values(apply(make_correction("set", VERSE, field="ref", value="quran 5:2")))["verse"]
    assert (verse.canon, verse.verdict, "not checked" in verse.detail) == ("quran", "unknown", True)


def test_latest_word_stands() -> None:
    """Of two settings of one field the later one holds."""
    first, second = (make_correction("set", FILM, field="place", value=value) for value in ("Sker", "Ostrel"))
    assert get_values(apply(first, second))["film"].place == "Ostrel"


def test_rejected_finding_is_gone_and_nothing_points_to_it() -> None:
    """A rejected item is not among the findings, and its quotation belongs to none."""
    values = get_values(apply(make_correction("reject", FILM)))
    assert "film" not in values
    assert (values["come"].item, values["again"].item) == (None, "song")


def test_added_finding_takes_its_fields() -> None:
    """What the analyst adds is a finding at its place, by the finder `analyst`, with what was set of it."""
    new = make_finding("new", Quotation(), (85, 103))
    corrected = apply(
        make_correction("add", new), make_correction("set", new, field="speaker", value="The Otter")
    )
    added = corrected.findings[-1]
    assert (added.id, added.finder, added.cut) == ("new", "analyst", get_cut(TEXT[85:103]))
    assert added.value == Quotation(speaker="The Otter")


def test_merged_item_is_one_with_the_other() -> None:
    """The item that stays keeps its own fields and takes what it lacks; quotations of the other are now its."""
    corrected = apply(make_correction("merge", SONG, other=FILM))
    values = get_values(corrected)
    film = values["film"]
    assert (film.kind, film.outlet, film.title, film.date) == (
        "video",
        "North Pier",
        "The Tide",
        parse_iso("2031-02"),
    )
    assert "song" not in values
    assert (values["come"].item, values["again"].item) == ("film", "film")
    assert corrected.merged == {"song": "film"}


def test_field_that_the_analyst_emptied_stays_empty() -> None:
    """A merge fills what nobody said, not what the analyst took out."""
    emptied = make_correction("set", FILM, field="title", value=None)
    assert get_values(apply(emptied, make_correction("merge", SONG, other=FILM)))["film"].title is None


def test_merged_names_are_one_actor() -> None:
    """An alias merged into another gives it its names, each once."""
    values = get_values(apply(make_correction("merge", BARRA, other=OTTER)))
    assert values["otter"] == Alias(name="The Otter", aka=("Tobin", "Barra"))
    assert "barra" not in values


def test_chain_of_merges_ends_at_the_last() -> None:
    """What is merged into a merged item belongs to the one that stays."""
    poem = make_finding("poem", Item(kind="song"), (0, 5))
    merges = (make_correction("merge", SONG, other=FILM), make_correction("merge", FILM, other=poem))
    corrected = apply(*merges, found=(*FOUND, poem))
    assert corrected.merged == {"song": "poem", "film": "poem"}
    assert {one.item for one in get_values(corrected).values() if isinstance(one, Quotation)} == {"poem"}


@pytest.mark.parametrize(
    ("corrections", "shows"),
    [
        ([("merge", SONG, FILM), ("merge", FILM, SONG)], "two merges in a circle"),
        ([("merge", SONG, FILM), ("reject", FILM, None)], "a merge into what was rejected"),
        ([("merge", COME, AGAIN)], "quotations, which are never one"),
    ],
)
def test_merge_that_cannot_be_is_lost(
    corrections: list[tuple[str, Finding, Finding | None]], shows: str
) -> None:
    """A merge that leads nowhere joins nothing and is listed, not dropped."""
    made = [make_correction(action, one, other=other) for action, one, other in corrections]
    corrected = apply(*made)
    assert {one.action for one in corrected.lost} == {"merge"}, shows
    assert {"song", "come"} <= set(get_values(corrected))


BROKEN = "Come back\nby  spring."
MOVED = "Harbour Watch. Page 1. " + TEXT.replace("Come back by spring.", BROKEN)


def reread() -> tuple[Document, tuple[Finding, ...]]:
    """Return another reading of the same file, and what is found in it: new ids, new places, nobody's words."""
    new = make_document(MOVED, "d2")
    first, last = MOVED.find(BROKEN), MOVED.rfind(BROKEN)
    film = make_finding("film2", Item(kind="video"), (23, 34), new)
    quoted = (
        make_finding(name, Quotation(item="film2"), (at, at + len(BROKEN)), new)
        for name, at in (("come2", first), ("again2", last))
    )
    return new, (film, *quoted)


def test_correction_survives_another_reading() -> None:
    """The same words, moved and broken over lines, are found again; of two alike the nearest one."""
    new, found = reread()
    made = [
        make_correction("set", COME, field="speaker", value="Ada"),
        make_correction("set", AGAIN, field="speaker", value="Tobin"),
        make_correction("set", AGAIN, field="item", other=FILM),
        make_correction("reject", FILM),
    ]
    corrected = correct(found, made[:3], {"d": DOCUMENT, "d2": new})
    values = get_values(corrected)
    assert corrected.lost == ()
    assert (values["come2"].speaker, values["again2"].speaker, values["again2"].item) == (
        "Ada",
        "Tobin",
        "film2",
    )
    assert "film2" not in get_values(correct(found, made, {"d": DOCUMENT, "d2": new}))


def test_addition_survives_another_reading() -> None:
    """What was added lies at its words in the new reading under the same id."""
    new, found = reread()
    row = make_finding("new", Quotation(), (85, 103))
    made = (make_correction("add", row), make_correction("set", row, field="speaker", value="The Otter"))
    (added,) = (one for one in correct(found, made, {"d": DOCUMENT, "d2": new}).findings if one.id == "new")
    assert new.text[added.span.start : added.span.end] == TEXT[85:103]
    assert (added.span.document, added.value) == ("d2", Quotation(speaker="The Otter"))


def test_addition_goes_to_the_nearest_of_its_words() -> None:
    """Of several places with the words added, the one nearest to where they were takes the addition."""
    new, _ = reread()
    for place, at in ((FIRST, MOVED.find(BROKEN)), (SECOND, MOVED.rfind(BROKEN))):
        made = make_correction("add", make_finding("new", Quotation(), place))
        (added,) = correct([], [made], {"d": DOCUMENT, "d2": new}).findings
        assert added.span.start == at


def test_item_joined_with_a_held_one_is_held() -> None:
    """Of two items that are one, the case holds both when it holds either."""
    held = make_finding("held", Item(held=True), (0, 5))
    assert get_values(apply(make_correction("merge", held, other=FILM), found=(*FOUND, held)))["film"].held


def test_machine_that_finds_what_was_added_makes_no_second() -> None:
    """Where a better finder finds what the analyst added, there is one finding, with the analyst's fields."""
    row = make_finding("new", Quotation(), FIRST)
    made = (make_correction("add", row), make_correction("set", row, field="speaker", value="The Otter"))
    corrected = apply(*made)
    assert len(corrected.findings) == len(FOUND)
    assert get_values(corrected)["come"].speaker == "The Otter"


def test_item_of_a_whole_file_is_found_again() -> None:
    """An item that is the whole file is the whole of the next reading, whatever its words are there."""
    whole = make_finding("whole", Item(held=True), (0, len(TEXT)))
    new = make_document("Otherwise read.", "d2")
    again = make_finding("whole2", Item(held=True), (0, len(new.text)), new)
    made = make_correction("set", whole, field="outlet", value="The Lamp")
    assert get_values(correct([again], [made], {"d": DOCUMENT, "d2": new}))["whole2"].outlet == "The Lamp"


@pytest.mark.parametrize("action", ["set", "reject", "add", "merge"])
def test_what_is_not_found_again_is_lost(action: str) -> None:
    """A correction whose words the new reading does not have is listed, and changes nothing."""
    new = make_document("Nothing of it is left.", "d2")
    more = {"field": "place", "value": "Sker"} if action == "set" else {}
    made = make_correction(action, FILM, other=SONG if action == "merge" else None, **more)
    corrected = correct([], [made], {"d": DOCUMENT, "d2": new})
    assert (corrected.lost, corrected.findings) == ((made,), ())


def test_file_that_is_gone_loses_its_corrections() -> None:
    """With no reading of the file left, its corrections are lost and nothing fails."""
    made = make_correction("set", FILM, field="place", value="Sker")
    assert correct([], [made], {}).lost == (made,)


def make_retraction(one: Correction) -> Correction:
    """Return the row that takes a correction back."""
    return Correction(
        id=get_id("retract", one.id),
        action="retract",
        target=one.id,
        kind=one.kind,
        analyst="ana",
        made_at=NOON,
    )


ANY = st.one_of(
    st.builds(
        lambda one, value: make_correction("set", one, field="title", value=value),
        st.sampled_from((FILM, SONG)),
        st.sampled_from((None, "The Tide", "Nine Empty Hooks")),
    ),
    st.builds(lambda one: make_correction("reject", one), st.sampled_from(FOUND)),
    st.builds(
        lambda one, other: make_correction("merge", one, other=other),
        *[st.sampled_from((FILM, SONG, OTTER, BARRA))] * 2,
    ),
    st.builds(
        lambda at: make_correction("add", make_finding(f"new{at}", Item(), (at, at + 9))), st.integers(0, 90)
    ),
)


@given(st.lists(ANY, max_size=8))
def test_taking_everything_back_leaves_what_machines_found(made: list[Correction]) -> None:
    """No corrections change nothing, and neither do any that were all taken back."""
    rows = [*made, *map(make_retraction, made)]
    assert apply(*list_standing(rows)).findings == FOUND
    assert apply().findings == FOUND


@given(st.lists(ANY, max_size=8, unique_by=lambda one: one.id))
def test_each_correction_stands_or_is_lost(made: list[Correction]) -> None:
    """No correction is dropped silently, nothing points to what is gone, and every span still cuts its words."""
    corrected = apply(*made)
    assert sorted(one.id for one in (*corrected.standing, *corrected.lost)) == sorted(one.id for one in made)
    there = {one.id for one in corrected.findings}
    for one in corrected.findings:
        assert one.cut == get_cut(TEXT[one.span.start : one.span.end])
        assert not isinstance(one.value, Quotation) or one.value.item in {*there, None}


def test_retraction_can_be_taken_back() -> None:
    """A correction whose retraction was taken back stands again."""
    made = make_correction("reject", FILM)
    back = make_retraction(made)
    assert list_standing([made, back]) == []
    assert list_standing([made, back, make_retraction(back)]) == [made]
