"""Telegram exports in JSON: every generation, its faults, its gaps, and nobody named who is private."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linewatch.read import telegram
from linewatch.read.base import Aside, Record
from linewatch.read.records import Source, join_records, make_namer
from linewatch.read.telegram_message import Chat, read_message, read_times
from linewatch.text.media import find_media_type
from read.telegram_samples import WORDS, make_export, make_message

NAMER = make_namer(b"key")


def read(data: bytes) -> list[Record | Aside]:
    """Return what the reader yields, after asserting that the sizes add up to the file."""
    met = list(telegram.read_records(io.BytesIO(data)))
    assert sum(one.size for one in met) == len(data)
    return met


def list_records(data: bytes) -> list[Record]:
    """Return the records alone."""
    return [one for one in read(data) if isinstance(one, Record)]


def list_problems(data: bytes) -> list[str]:
    """Return the kinds of problems met."""
    return [one.problem for one in read(data) if one.problem]


def make_text(data: bytes) -> str:
    """Return all that is kept of an export: every word and everything said, as JSON."""
    source = Source("sha256:0", telegram.NAME)
    documents = join_records(telegram.read_records(io.BytesIO(data)), source, NAMER)
    return "".join(repr(one) for one in documents)


@pytest.mark.parametrize("generation", [1, 2, 3])
def test_every_generation_gives_the_same_post(generation: int) -> None:
    """A channel's post is read from exports of each time, its moment known where the export gives it."""
    (one,) = list_records(make_export(make_message(5, generation)))
    assert one.words == f"5. {WORDS}"
    assert (one.said["id"], one.said["outlet"], one.said["kind"]) == ("5", "The Lamp", "post")
    moment = ("2031-05-02T13:00:00", "unknown") if generation == 1 else ("2031-05-02T10:00:00", "utc")
    assert (one.said["date"], one.said["zone"]) == moment


FAULTS = {
    "an escape that is none": (b"They\\x0Brow", "They\x0brow"),
    "an escaped backslash before x stays": (b"They \\\\x0B row", "They \\x0B row"),
    "a separator with stray bytes": (b"They\\u2028\x80\xa8row", "They\u2028row"),
    "a byte that is no UTF-8": (b"They \xff row", "They \ufffd row"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_known_faults_are_mended_on_the_copy(name: str) -> None:
    """What the program wrongly writes is read, and that it was mended is said, unless nothing was."""
    raw, words = FAULTS[name]
    data = make_export(make_message(5, 1, text="HERE")).replace(b"HERE", raw)
    assert [one.words for one in list_records(data)] == [words]
    assert list_problems(data) == ([] if "stays" in name else ["repaired"])


def test_file_name_without_quotation_marks_is_mended() -> None:
    """An emoji's path that stands bare does not cost the message."""
    emoji = {"type": "custom_emoji", "text": "*", "document_id": "HERE"}
    data = make_export(make_message(5, 1, text=["Row ", emoji]), make_message(6)).replace(
        b'"HERE"', b"video_files/sticker.webm"
    )
    assert [one.said["id"] for one in list_records(data)] == ["5", "6"]
    assert list_problems(data) == ["repaired"]


def test_broken_message_costs_itself_alone() -> None:
    """What is no JSON is set aside up to the next message, and those after it are read."""
    data = make_export(*map(make_message, range(1, 6))).replace(b'"id": 3,', b'"id": 3 3,')
    assert [one.said["id"] for one in list_records(data)] == ["1", "2", "4", "5"]
    assert list_problems(data) == ["broken-record", "id-gaps"]


def test_cut_off_export_gives_what_is_whole() -> None:
    """An export that ends in the middle of a message gives those before, and says that it is cut off."""
    data = make_export(make_message(1), make_message(2))
    cut = data[: data.index(b'"id": 2') + 40]
    assert [one.said["id"] for one in list_records(cut)] == ["1"]
    assert list_problems(cut) == ["broken-record"]


@pytest.mark.parametrize("key", sorted(telegram.PERSONAL))
def test_account_export_is_refused(key: str) -> None:
    """An export of a whole account is not read at all, whichever personal part it begins with."""
    data = json.dumps(
        {"about": "x", key: {"list": [{"first_name": "Ines", "phone_number": "+0 1"}]}}
    ).encode()
    (aside,) = read(data)
    assert isinstance(aside, Aside)
    assert (aside.problem, aside.size, aside.text) == ("refused", len(data), None)


@pytest.mark.parametrize(
    "first", [{"about": "x" * (1 << 21)}, {"about": [{}] * 3000}, {"contacts": {"list": [{"n": []}] * 3000}}]
)
def test_no_private_chat_is_read_out_of_an_account(first: dict[str, Any]) -> None:
    """However an account's export begins, and wherever it is broken, no message in it becomes a record."""
    chats = {"list": [json.loads(make_export(make_message(1), make_message(2), type="personal_chat"))]}
    data = json.dumps({**first, "personal_information": {"user_id": 1}, "chats": chats}, indent=1).encode()
    assert list_records(data) == list_records(data.replace(b'"user_id"', b"user_id")) == []


def test_account_export_is_told_by_its_parts() -> None:
    """Such a file comes to this reader although it has no chat's head."""
    data = b'{"about": "x", "personal_information": {"user_id": 1}, "chats": {"list": []}}'
    assert find_media_type(data, "result.json") == "application/vnd.telegram.export+json"


GROUPS = (
    "private_group",
    "private_supergroup",
    "public_supergroup",
    "personal_chat",
    "bot_chat",
    "saved_messages",
    None,
)


@pytest.mark.parametrize("kind", GROUPS)
def test_nobody_private_is_kept_by_name(kind: str | None) -> None:
    """Outside channels no sender, mention, forwarder or account is in anything kept; the same person has one pseudonym."""
    text: list[Any] = [
        "Row with ",
        {"type": "mention", "text": "@inesharrow"},
        {"type": "mention_name", "text": "Tomas Reef", "user_id": 4242},
        {"type": "phone", "text": "+0 555 0101"},
    ]
    one = {
        "from": "Aldo Finch",
        "from_id": "user31",
        "forwarded_from": "Mara Quill",
        "text": text,
        "text_entities": text,
    }
    service = {
        "id": 9,
        "type": "service",
        "actor": "Ines Harrow",
        "action": "invite_members",
        "members": ["Mara Quill"],
    }
    data = make_export(
        make_message(1, **one),
        make_message(2, **one),
        service,
        type=kind or "",
        name="Nils Marsh" if kind in {"personal_chat", "bot_chat", "saved_messages"} else "Rowers",
    )
    kept = make_text(data)
    for name in ("inesharrow", "Tomas", "4242", "555", "Aldo", "user31", "Mara", "Ines", "Nils"):
        assert name not in kept
    assert kept.count(NAMER("user31")) >= 2


def test_contacts_and_places_are_withheld() -> None:
    """A shared contact or place leaves nothing but that it was shared."""
    data = make_export(
        make_message(1, contact_information={"first_name": "Ines", "phone_number": "+0 555"}),
        make_message(2, text="", text_entities=[], location_information={"latitude": 12.5, "longitude": 1}),
        make_message(3, place_name="Pier Nine", address="Quay 4", location_information={"latitude": 12.5}),
    )
    kept = make_text(data)
    assert "a contact, withheld" in kept
    for words in ("Ines", "555", "12.5", "Pier Nine", "Quay"):
        assert words not in kept


def test_forward_is_named_only_where_an_id_says_a_channel() -> None:
    """A forward from a channel keeps its name; one from nobody knows whom becomes a pseudonym."""
    known, unknown = list_records(
        make_export(
            make_message(1, forwarded_from="The Chorus", forwarded_from_id="channel9"),
            make_message(2, forwarded_from="Ines Harrow"),
        )
    )
    assert known.said["forwarded_from"] == "The Chorus"
    assert unknown.hidden["forwarded_from"] == "Ines Harrow"
    assert known.said["flags"] == unknown.said["flags"] == "forwarded"


ASIDES = {
    "a service message": ({"id": 1, "type": "service", "action": "pin_message"}, "service message: pin_message"),
    "an unsupported message": ({"id": 1, "type": "unsupported"}, "the export holds no more than its id"),
    "an unknown type": ({"id": 1, "type": "hologram"}, "a type not known: hologram"),
    "no message": (["row"], "no message"),
    "a photo without words": (
        make_message(1, text="", text_entities=[], photo="(File not included. Change data exporting settings to download.)"),
        "no words: photo, absent: File not included. Change data exporting settings to download.",
    ),
    "a photo that is there": (make_message(1, text="", text_entities=[], photo="photos/1.jpg"), "no words: photo: photos/1.jpg"),
}  # fmt: skip


@pytest.mark.parametrize("name", ASIDES)
def test_what_says_nothing_is_set_aside_with_its_reason(name: str) -> None:
    """Each message that gives no words is in the account with why."""
    message, reason = ASIDES[name]
    one = read_message(message, 10, Chat("The Lamp", "public_channel", "77"))
    assert isinstance(one, Aside)
    assert one.reason == reason


def test_poll_is_read_as_question_and_answers() -> None:
    """A poll's words are kept as words, its votes as what is said of it."""
    poll = {"question": "Row at dawn?", "closed": True, "total_voters": 5, "answers": [{"text": "Yes", "voters": 3, "chosen": False}, {"text": ["No"], "voters": 2}]}  # fmt: skip
    (one,) = list_records(make_export(make_message(1, text="", text_entities=[], poll=poll)))
    assert one.words == "Row at dawn?\n- Yes\n- No"
    assert one.said["poll"] == "closed; 5 voters; 3, 2"


def test_links_are_inert() -> None:
    """No address in words or beside them can be followed by a click."""
    text = ["Read ", {"type": "link", "text": "https://lamp.example/a"}, {"type": "text_link", "text": "here", "href": "https://b.example"}]  # fmt: skip
    (one,) = list_records(make_export(make_message(1, 2, text=text)))
    assert one.words == "Read hxxps://lamp[.]example/ahere"
    assert one.said["links"] == "hxxps://lamp[.]example/a hxxps://b[.]example"


def test_gaps_in_ids_are_unknown_and_not_silence() -> None:
    """Ids that no message has are told for a channel; elsewhere ids belong to the whole account."""
    messages = [make_message(3), make_message(4), make_message(9)]
    (gaps,) = [one for one in read(make_export(*messages)) if one.problem == "id-gaps"]
    assert (gaps.where, gaps.size) == ("ids 5-8", 0)
    assert list_problems(make_export(*messages, type="private_group")) == []


TIMES = {
    "an epoch that means never edited": ({"edited": "1970-01-01T03:00:00"}, {}),
    "an edit with its moment": ({"edited_unixtime": "1935482400"}, {"edited": "2031-05-02T10:00:00"}),
    "no time at all": ({"date": "soon"}, {}),
    "a moment beyond all calendars": ({"date_unixtime": "9" * 40}, {}),
    "a clock alone": (
        {"date": "2031-05-02T13:00:00"},
        {"date": "2031-05-02T13:00:00", "zone": "unknown", "printed": "2031-05-02 13:00:00"},
    ),
}


@pytest.mark.parametrize("name", TIMES)
def test_times_are_never_guessed(name: str) -> None:
    """What the export does not give stays unsaid."""
    message, said = TIMES[name]
    assert dict(read_times(message)) == said


def test_two_times_that_cannot_be_one_are_a_problem() -> None:
    """A clock further from UTC than any zone is told."""
    assert list_problems(make_export(make_message(1, date="2031-05-04T13:00:00"))) == ["date-conflict"]


def test_unknown_keys_are_counted() -> None:
    """A key of a later program is left unread, aloud."""
    (aside,) = [
        one for one in read(make_export(make_message(1, hologram=1))) if "hologram" in (one.reason or "")
    ]
    assert aside.reason == "keys not known, left unread: hologram (1)"


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_hostile_bytes_add_up(data: st.DataObject) -> None:
    """Whatever is cut, changed or put in, nothing is raised and every byte is accounted for."""
    sample = make_export(
        make_message(1), {"id": 2, "type": "service"}, make_message(3, 1), make_message(4, 2)
    )
    start = data.draw(st.integers(0, len(sample)))
    end = data.draw(st.integers(start, min(len(sample), start + 40)))
    put = data.draw(
        st.binary(max_size=12)
        | st.sampled_from([b'"', b"}", b"{", b"[[[[", b"\\x0", b'{"id":1,"type":"', b"\x00"])
    )
    read(sample[:start] + put + sample[end:])


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["text", "type", "href", "question", "answers"]), inner, max_size=3)
    ),
    max_leaves=6,
)
KEYS = ("id", "date", "date_unixtime", "edited", "from", "from_id", "author", "text", "text_entities", "poll", "photo", "file", "media_type", "forwarded_from", "forwarded_from_id", "reply_to_message_id")  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), ANYTHING, max_size=6))
def test_fields_of_any_kind_are_taken(fields: dict[str, Any]) -> None:
    """A field that holds something else than it should costs no more than itself."""
    data = make_export({"id": 1, "type": "message", "text": "Row on.", **fields}, make_message(2))
    read(data)
    assert "2" in [one.said["id"] for one in list_records(data)]


def test_bottomless_nesting_and_a_message_without_end_are_survived() -> None:
    """Brackets without end and a message of many megabytes are set aside, and what follows is read."""
    deep = b'{"id": 1, "type": "message", "text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    data = make_export(0, make_message(2)).replace(b"0,\n", deep + b",\n", 1)
    assert [one.said["id"] for one in list_records(data)] == ["2"]
