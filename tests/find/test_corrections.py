"""The table of corrections: strict, all or none, once, and safe for a spreadsheet."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewatch.errors import InputError
from linewatch.find.corrections import make_corrections
from linewatch.find.corrections_export import list_rows
from linewatch.find.corrections_joins import propose_joins
from linewatch.find.corrections_state import State, digest_fields, name_finding
from linewatch.find.corrections_table import COLUMNS, read_table, write_table
from linewatch.model import Alias, Correction, Document, Finding, Found, Item, Place, Quotation, Span, When
from linewatch.model.when import parse_iso
from linewatch.text.cells import guard, unguard
from linewatch.text.retrace import get_cut

NOON = datetime(2031, 2, 1, 12, tzinfo=UTC)
TEXT = 'A film said: "Come back by spring." A song said: "The lamp is lit." The lamp is lit, they sang.'
DOCUMENT = Document(id="d", evidence="e", reader="plain.v1", text=TEXT, blocks=())


def make_finding(name: str, value: Found, words: str) -> Finding:
    """Return a finding at these words."""
    start = TEXT.index(words)
    return Finding(
        id=name,
        span=Span(document="d", start=start, end=start + len(words)),
        value=value,
        finder="test.v1",
        reason="found",
        cut=get_cut(words),
    )


FILM = make_finding("film", Item(kind="video", issue="007", date=parse_iso("2031-02")), "A film")
SONG = make_finding("song", Item(kind="song", held=True, title="=The Lamp"), "A song")
COME = make_finding("come", Quotation(speaker="Ada\n Merrow", item="film"), "Come back by spring.")
OTTER = make_finding("otter", Alias(name="Otter", aka=("Tobin", "Barra")), "they")
WATER = make_finding("water", Place(org_name="Still Water", real_name="Lake Esper"), "lit,")
FOUND = {one.id: one for one in (FILM, SONG, COME, OTTER, WATER)}
STATE = State(
    findings=FOUND,
    machine=FOUND,
    documents={"d": DOCUMENT},
    names={"e": "watch.txt"},
    earlier=frozenset({"old"}),
)


def read(text: str, state: State = STATE) -> list[Correction]:
    """Return the corrections that a table makes."""
    return make_corrections(read_table(text), state, "ana", NOON)


def write(*edits: dict[str, str], state: State = STATE) -> str:
    """Return the exported table with some cells changed, each edit naming its row by id; one without is a new row."""
    rows = {row["id"]: row for row in list_rows(state)}
    added = []
    for edit in edits:
        if "id" in edit:
            rows[edit["id"]] = rows.get(edit["id"], {}) | edit
        else:
            added.append(edit)
    return write_table([*rows.values(), *added])


def test_unchanged_table_corrects_nothing() -> None:
    """What was exported and not touched comes back as nothing, line breaks, formulas and leading noughts included."""
    assert read(write()) == []


def test_column_that_was_taken_out_changes_nothing() -> None:
    """A table without most of its columns, or with semicolons, sets only what its cells say."""
    text = f"action;id;seen;outlet\n;item:film;{digest_fields(FILM)};North Pier\n"
    assert [(one.field, one.value) for one in read(text)] == [("outlet", "North Pier")]


@pytest.mark.parametrize(
    ("edit", "corrections"),
    [
        ({"id": "item:film", "outlet": "North Pier"}, [("set", "film", "outlet", "North Pier")]),
        ({"id": "item:film", "date": ""}, [("set", "film", "date", None)]),
        ({"id": "item:film", "date": "2031-02-03"}, [("set", "film", "date", "2031-02-03")]),
        ({"id": "quotation:come", "speaker": "Tobin Carr"}, [("set", "come", "speaker", "Tobin Carr")]),
        ({"id": "quotation:come", "item": "item:song"}, [("set", "come", "item", "song")]),
        ({"id": "quotation:come", "item": ""}, [("set", "come", "item", None)]),
        ({"id": "alias:otter", "aka": "Tobin"}, [("set", "otter", "aka", "Tobin")]),
        ({"id": "quotation:come", "action": "reject"}, [("reject", "come", None, None)]),
        ({"id": "item:film", "action": "merge item:song"}, [("merge", "film", None, "song")]),
        ({"id": "item:film", "action": "retract"}, []),
        ({"id": "item:old", "action": "retract"}, []),
    ],
)
def test_edited_cell_is_a_correction(edit: dict[str, str], corrections: list[tuple[Any, ...]]) -> None:
    """A changed cell sets its field, the column `action` does the rest, and the note goes with it."""
    made = read(write(edit | {"note": "the film says so"}))
    assert [(one.action, one.target, one.field, one.value) for one in made] == corrections
    assert all((one.analyst, one.note, one.made_at) == ("ana", "the film says so", NOON) for one in made)


@pytest.mark.parametrize(
    ("place", "cut"),
    [
        ({"words": "The lamp  is lit, they"}, "The lamp is lit, they"),
        ({"start": "50", "end": "66"}, "The lamp is lit."),
        ({"start": "50", "end": "66", "words": "The lamp is lit."}, "The lamp is lit."),
    ],
)
def test_quotation_is_added(place: dict[str, str], cut: str) -> None:
    """A row with `add quotation` adds one at its words or its offsets, with the fields it has."""
    row = {"action": "add quotation", "document": "d", "speaker": "The Chorus", "item": "item:song", **place}
    added, *fields = read(write(row))
    assert added.at is not None
    assert (added.action, TEXT[added.at.start : added.at.end]) == ("add", cut)
    assert [(one.target, one.field, one.value) for one in fields] == [
        (added.target, "speaker", "The Chorus"),
        (added.target, "item", "song"),
    ]


ADD = {"action": "add quotation", "document": "d"}


@pytest.mark.parametrize(
    ("edit", "fault"),
    [
        ({"id": "item:nowhere"}, "no finding has the id 'item:nowhere'"),
        ({"id": "quotation:film"}, "no finding has the id 'quotation:film'"),
        ({"id": "film"}, "no finding has the id 'film'"),
        ({"id": "item:1.23E+15"}, "no finding has the id"),
        ({"id": "item:film", "action": "rejected"}, "'rejected' is not one of: reject, merge"),
        ({"id": "item:film", "action": "reject it"}, "is not one of"),
        ({"id": "item:film", "kind": "vido"}, "kind cannot be 'vido'"),
        ({"id": "item:film", "tier": "E"}, "tier cannot be 'E'"),
        ({"id": "item:film", "date": "Feb-31"}, "the date 'Feb-31' is not"),
        ({"id": "item:film", "speaker": "Ada"}, "has no speaker"),
        ({"id": "quotation:come", "role": "boss"}, "role cannot be 'boss'"),
        ({"id": "quotation:come", "item": "quotation:come"}, "quotation:come is no item"),
        ({"id": "quotation:come", "item": "the song"}, "no finding has the id 'the song'"),
        ({"id": "place:water", "real_name": ""}, "real_name cannot be empty"),
        ({"id": "item:film", "outlet": "North Pier", "seen": "v0"}, "corrected since this table was written"),
        ({"id": "item:film", "outlet": "North Pier", "seen": ""}, "corrected since this table was written"),
        ({"id": "item:old", "outlet": "North Pier"}, "this finding is lost"),
        ({"id": "item:film", "action": "merge item:film"}, "into itself"),
        ({"id": "item:film", "action": "merge"}, "no finding has the id ''"),
        ({"id": "item:film", "action": "merge alias:otter"}, "is no item"),
        ({"id": "item:song", "action": "merge item:film"}, "merge the other into this one"),
        ({"id": "quotation:come", "action": "merge quotation:come"}, "a quotation cannot be merged"),
        ({"id": "item:film", "action": "retract speaker"}, "has no speaker"),
        ({"id": "item:nowhere", "action": "retract"}, "no finding has the id"),
        (
            {"id": "item:film", "action": "reject", "outlet": "North Pier"},
            "outlet is changed and there is an action",
        ),
        (
            {"id": "item:film", "action": "merge item:song", "title": "A"},
            "title is changed and there is an action",
        ),
        ({"id": "item:film", "action": "retract", "title": "A"}, "title is changed and there is an action"),
        (ADD | {"action": "add place", "words": "they sang"}, "not 'place'"),
        (ADD | {"id": "item:film", "words": "they sang"}, "has no id yet"),
        (ADD | {"document": "watch.txt", "words": "they sang"}, "no document has the id 'watch.txt'"),
        (ADD | {"words": "The lamp is lit"}, "stand 2 times"),
        (ADD | {"words": "No such words"}, "stand 0 times"),
        (ADD, "stand 0 times"),
        (ADD | {"start": "5"}, "not both whole numbers"),
        (ADD | {"start": "-5", "end": "5"}, "not both whole numbers"),
        (ADD | {"start": "5", "end": "5"}, "no stretch of the document"),
        (ADD | {"start": "5", "end": "5000"}, "no stretch of the document"),
        (ADD | {"start": "50", "end": "66", "words": "they sang"}, "the words are not those at 50-66"),
        (ADD | {"words": "they sang", "outlet": "The Lamp"}, "has no outlet"),
        (
            ADD | {"words": "Come back by spring.", "speaker": "Tobin"},
            "found there already, as quotation:come",
        ),
    ],
)
def test_bad_row_is_named_with_its_line(edit: dict[str, str], fault: str) -> None:
    """Whatever cannot be used is said with the line it is on, and the good rows are not taken either."""
    text = write(edit, {"id": "alias:otter", "name": "The Otter"})
    rows = list(csv.DictReader(io.StringIO(text)))
    line = 2 + next(n for n, row in enumerate(rows) if all(unguard(row[name]) == edit[name] for name in edit))
    with pytest.raises(InputError) as raised:
        read(text)
    assert str(raised.value).startswith(f"line {line}: ")
    assert fault in str(raised.value)
    assert ";" not in str(raised.value)


def test_every_bad_row_is_named() -> None:
    """Two bad rows are two faults in one error."""
    with pytest.raises(InputError, match=r"line 2: .*; line 3: "):
        read(write({"id": "item:film", "tier": "E"}, {"id": "quotation:come", "role": "boss"}))


def test_finding_is_named_once() -> None:
    """Two rows on one finding, or that add the same, are refused: which holds cannot be told."""
    table = write_table([{"id": "item:film", "action": "reject"}] * 2)
    with pytest.raises(InputError, match=r"line 3: line 2 speaks of the same finding"):
        read(table)
    with pytest.raises(InputError, match=r"line 3: line 2 speaks of the same finding"):
        read(write_table([ADD | {"words": "they sang", "speaker": one} for one in ("Ada", "Tobin")]))


def test_merges_in_a_circle_are_refused() -> None:
    """Two items each merged into the other are refused."""
    state = add_poem(STATE)
    edits = (
        {"id": "item:film", "action": "merge item:poem"},
        {"id": "item:poem", "action": "merge item:film"},
    )
    with pytest.raises(InputError, match="leads back to itself"):
        read(write(*edits, state=state), state)


def test_nothing_is_joined_to_what_is_rejected() -> None:
    """An item that is rejected, before or in the same table, takes neither another item nor a quotation."""
    edits = ({"id": "item:film", "action": "merge item:song"}, {"id": "item:song", "action": "reject"})
    with pytest.raises(InputError, match="film is merged into song, which is rejected"):
        read(write(*edits))
    state = replace(STATE, standing=tuple(read(write(edits[1]))))
    for edit in (edits[0], {"id": "quotation:come", "item": "item:song"}):
        with pytest.raises(InputError, match="item:song is rejected"):
            read(write(edit, state=state), state)


def test_item_that_others_are_merged_into_is_not_rejected() -> None:
    """The item that stays of a merge is rejected only after the merge was taken back."""
    state = replace(STATE, standing=tuple(read(write({"id": "item:film", "action": "merge item:song"}))))
    with pytest.raises(InputError, match="another is merged into this one"):
        read(write({"id": "item:song", "action": "reject"}, state=state), state)
    with pytest.raises(InputError, match="merged already, into item:song"):
        read(write({"id": "item:film", "action": "merge item:poem"}, state=add_poem(state)), add_poem(state))


def add_poem(state: State) -> State:
    """Return the state with one more item."""
    return replace(state, findings={**state.findings, "poem": make_finding("poem", Item(), "they sang")})


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "no column action, id, seen"),
        ("action,id\n", "no column seen"),
        ("action,id,seen,oulet\n", "no column is called oulet"),
        ("action,id,seen,id\n", "the column id"),
        ("action,id,seen\n,item:film,v,more\n", "line 2: more cells than columns"),
        ('action,id,seen\n,"item:film' + "x" * 200_000 + '",v\n', "not a row of CSV"),
        ("\x00\x01,\x02", "no column action"),
    ],
)
def test_what_is_no_table_is_refused(text: str, fault: str) -> None:
    """A file that is not such a table is named as what it is."""
    with pytest.raises(InputError, match=fault):
        read(text)


def test_empty_rows_are_nothing() -> None:
    """A spreadsheet's empty last rows are no rows, and short rows have empty cells."""
    assert read("action,id,seen,outlet\n,,,\n\n ,\n") == []


HOSTILE = (
    "=1+1",
    "@here",
    "-1+2",
    "2031-02-01",
    "007",
    "1e5",
    "May 4",
    "TRUE",
    "'=1",
    "'tis",
    "عصبة المرفأ",
    'a,b;c"d',
)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_title_comes_back(words: str) -> None:
    """A title that a spreadsheet would run or rewrite is written as words, and read as it was."""
    film = make_finding("film", Item(title=words), "A film")
    state = State(findings={"film": film}, documents={"d": DOCUMENT})
    (row,) = csv.DictReader(io.StringIO(write(state=state)))
    assert not row["title"].startswith(("=", "@", "-", "+"))
    assert read(write(state=state), state) == []


@given(st.text(st.sampled_from("=+-@'0159eE./ aMy\tم"), max_size=12))
def test_cell_comes_back(cell: str) -> None:
    """Any cell is what it was after writing and reading, and is no formula in between."""
    assert unguard(guard(cell)) == cell
    assert not guard(cell).startswith(("=", "+", "@", "\t"))


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_words_round_trip(title: str, speaker: str) -> None:
    """Whatever a finding's fields hold, its exported row corrects nothing."""
    film = make_finding("film", Item(title=title), "A film")
    come = make_finding("come", Quotation(speaker=speaker, item="film"), "Come")
    state = State(findings={"film": film, "come": come}, documents={"d": DOCUMENT})
    assert read(write(state=state), state) == []


@given(
    st.lists(st.lists(st.sampled_from([*COLUMNS, "item:film", "reject", '"', "=1", "", "\n"]), max_size=5))
)
def test_any_rows_are_read_or_refused(rows: list[list[str]]) -> None:
    """No table gives any other error than the one that names its faults."""
    text = "action,id,seen,outlet\n" + "\n".join(",".join(row) for row in rows)
    try:
        read(text)
    except InputError as error:
        assert error.hint  # noqa: PT017 - the point is that no other error comes


def test_export_shows_a_row_a_finding() -> None:
    """Each finding of a kind that can be corrected has its row, in the order of the text, with its fields."""
    rows = list_rows(STATE)
    assert [row["id"] for row in rows] == [
        name_finding(one) for one in sorted(FOUND.values(), key=lambda one: one.span.start)
    ]
    assert rows[0]["words"] == "A film"
    assert (rows[0]["file"], rows[0]["issue"], rows[0]["date"]) == ("watch.txt", "007", "2031-02")


LAMP = Item(kind="editorial", outlet="The Lamp", title="After the Gale", date=parse_iso("2031-02-03"))


@pytest.mark.parametrize(
    ("cited", "why"),
    [
        (Item(kind="editorial", title="After The Gale"), "same kind, same title"),
        (
            Item(kind="editorial", outlet="The Lamp", date=parse_iso("2031-02")),
            "same kind, same outlet, dates overlap",
        ),
        (
            Item(kind="editorial", outlet="The Lamp", note_date=parse_iso("2031-02-03")),
            "same kind, same outlet, dates overlap",
        ),
        (
            Item(kind="editorial", outlet="The Lamp", date=When(latest=parse_iso("2031-03").latest)),
            "same kind, same outlet, dates overlap",
        ),
        (
            Item(kind="editorial", title="After the gale", date=parse_iso("2032")),
            "same kind, same title, dates differ",
        ),
        (Item(kind="song", title="After the Gale"), None),
        (Item(kind="editorial", outlet="The Lamp"), None),
        (Item(kind="editorial", outlet="The Lamp", date=parse_iso("2031-02-04")), None),
        (Item(kind="editorial", outlet="The Lamp", date=parse_iso("--02-03")), None),
        (Item(kind="editorial", publisher="Harbour League", date=parse_iso("2031-02")), None),
        (Item(kind="editorial"), None),
    ],
)
def test_likely_joins_are_proposed(cited: Item, why: str | None) -> None:
    """A cited item and a held one of its kind are proposed to be one for a title, or a house and a date; else not."""
    held = make_finding(
        "lamp",
        Item(**{name: getattr(LAMP, name) for name in LAMP.__struct_fields__} | {"held": True}),
        "they",
    )
    joins = propose_joins([held, make_finding("cited", cited, "A film")])
    assert [(one.cited, one.held, one.why) for one in joins] == ([("cited", "lamp", why)] if why else [])


def test_proposal_names_the_likeliest_and_how_many_more() -> None:
    """Of several held items the one with the title is proposed, and how many others could be it is said."""
    titles = ("Before the Gale", "After the Gale")
    held = [
        make_finding(
            title,
            Item(kind="song", outlet="The Chorus", title=title, date=parse_iso("2031"), held=True),
            "they",
        )
        for title in titles
    ]
    cited = make_finding(
        "cited", Item(kind="song", outlet="The Chorus", title=titles[1], date=parse_iso("2031-05")), "A song"
    )
    (join,) = propose_joins([*held, cited])
    assert (join.held, join.why.endswith("; 1 more could be it")) == (titles[1], True)
