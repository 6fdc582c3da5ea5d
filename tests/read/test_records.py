"""Records become documents: bounded, adding up, the same at every run, and joined over several files."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linewatch.code.passages import propose_passages
from linewatch.find.base import Reading
from linewatch.find.held import find as find_held
from linewatch.gather.run import Given, gather
from linewatch.model import Document, Evidence, Item
from linewatch.read import tables, tables_lines, telegram, telegram_html
from linewatch.read.base import Aside, Record, RecordReader
from linewatch.read.records import MOST_RECORDS, Source, join_records, make_namer
from linewatch.read.registry import read_bytes
from linewatch.read.run import list_waiting, read
from linewatch.store.case import make_case
from linewatch.store.live import list_live_documents
from read.telegram_samples import WORDS, make_div, make_export, make_message, make_page

SOURCE = Source("sha256:0", "test.v1")
NAMER = make_namer(b"key")


def collect(reader: RecordReader, data: bytes) -> list[Record | Aside]:
    """Return what a reader yields, after asserting that the sizes add up to the file."""
    met = list(reader.read_records(io.BytesIO(data)))
    assert sum(one.size for one in met) == len(data)
    return met


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=30), st.integers(0, 50)), max_size=450))
def test_portions_and_blocks_hold_every_record(given_records: list[tuple[str, int]]) -> None:
    """The portions of all documents add up, each block is its record's words, and no document is over its measure."""
    met = [Record(words, f"row {n}", size) for n, (words, size) in enumerate(given_records)]
    made = list(join_records(met, SOURCE, NAMER))
    assert sum(portion.size for one in made for portion in one.portions) == sum(one.size for one in met)
    words = [one.text[block.start : block.end] for one in made for block in one.blocks]
    assert words == [one.words.strip() for one in met if one.words.strip()]
    assert all(len(one.blocks) <= MOST_RECORDS for one in made)
    assert made == list(join_records(met, SOURCE, NAMER))


def test_files_of_one_chat_are_joined_by_id(tmp_path: Path) -> None:
    """What an earlier export holds word for word is set aside in a later one, in HTML too; an edited text stays."""
    folder = tmp_path / "m"
    folder.mkdir()
    (folder / "a.json").write_bytes(make_export(make_message(1), make_message(2)))
    (folder / "b.json").write_bytes(
        make_export(make_message(2), make_message(3), make_message(1, text_entities=["Edited."]))
    )
    (folder / "c.html").write_bytes(make_page(make_div(2, f"2. {WORDS}"), make_div(4, "Four.")))
    case = make_case(tmp_path / "case")
    gather(case, [folder], given=Given(), tell=lambda _step: None)
    read(case, tell=lambda _step: None)
    ids = [[block.said["id"] for block in one.blocks if block.said] for one in list_live_documents(case)]
    assert ids == [["1", "2"], ["3", "1"], ["4"]]


def test_killed_reading_goes_on_and_ends_the_same(tmp_path: Path) -> None:
    """An export read half way is waiting still; read again it has the same documents, each once."""
    path = tmp_path / "result.json"
    path.write_bytes(make_export(*map(make_message, range(1, 2500))))
    case = make_case(tmp_path / "case")
    gather(case, [path], given=Given(), tell=lambda _step: None)
    (evidence,) = case.find(Evidence)
    whole = read_bytes(path.read_bytes(), path.name)
    source, namer = Source(evidence.id, "telegram.v1"), make_namer(case.get_key())
    with case.write("read") as writer:
        writer.add(next(join_records(telegram.read_records(io.BytesIO(path.read_bytes())), source, namer)))
    assert list_waiting(case) == [evidence]
    read(case, tell=lambda _step: None)
    documents = case.find(Document)
    assert len(documents) == len({one.part for one in documents}) == 13
    assert sum(len(one.blocks) for one in documents) == len(whole.blocks) == 2499
    assert not list_waiting(case)


def test_a_message_is_an_item_and_a_passage_of_its_own() -> None:
    """Each post of an own export is held with its own date and outlet, and no passage goes over two posts."""
    data = make_export(
        make_message(1), make_message(2, date_unixtime="1935568800", date="2031-05-03T13:00:00")
    )
    document = read_bytes(data, "result.json")
    found = list(find_held(Reading(document=document, side="own", stated={"tier": "A"})))
    items = [one.value for one in found if isinstance(one.value, Item)]
    assert [(one.kind, one.outlet, one.tier) for one in items] == [("post", "The Lamp", "A")] * 2
    assert [one.date.iso for one in items if one.date] == ["2031-05-02", "2031-05-03"]
    assert items[0].sources["date"] == items[0].sources["outlet"] == "container"
    passages = propose_passages(document, found)
    cuts = [document.text[one.span.start : one.span.end] for one in passages]
    assert cuts == [f"1. {WORDS}", f"2. {WORDS}"]
    assert [one.item for one in passages] == [one.id for one in found]
    assert list(find_held(Reading(document=document, side="about"))) == []


def test_page_names_nobody_and_carries_the_sender_on() -> None:
    """In HTML nobody says who is a channel: senders are hidden, and a joined message has the one before's."""
    head, first, second, *_ = collect(
        telegram_html, make_page(make_div(1, sender="Ines"), make_div(2, sender=None))
    )
    assert isinstance(head, Aside)
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert first.hidden["author"] == second.hidden["author"] == "Ines"
    assert "author" not in first.said
    assert (first.said["date"], first.said["zone"], first.said["offset"]) == (
        "2031-05-02T13:00:00",
        "unknown",
        "+03:00",
    )


def test_page_of_contacts_is_refused() -> None:
    """A page of an export without messages is not read."""
    (aside,) = collect(
        telegram_html, b'<div class="page_wrap"><div class="page_header">Contacts</div>Ines +0 555'
    )
    assert isinstance(aside, Aside)
    assert (aside.problem, aside.text) == ("refused", None)


TABLES = {
    "4CAT": ("id,thread_id,author,body,timestamp,unix_timestamp,author_username\n1,lamp,77,Row on.,2031-05-02 13:00:00,1935482400,lamp\n", {"outlet": "lamp", "date": "2031-05-02T10:00:00", "zone": "utc"}),
    "4CAT, the server's clock alone": ("id,thread_id,author,body,timestamp\n1,t,Ines,Row on.,2031-05-02 13:00:00\n", {"zone": "unknown", "chat": "t"}),
    "Media Cloud": ("id,indexed_date,language,media_name,media_url,publish_date,title,url\n1,2031-05-04 01:00:00,en,Coast Watch,c.example,2031-05-02,Row on.,https://c.example/1\n", {"outlet": "Coast Watch", "date": "2031-05-02", "indexed": "2031-05-04T01:00:00"}),
    "CrowdTangle": ("Page Name,Post Created,Message,Image Text\nThe Lamp,2031-05-02 10:00:00 EDT,Row on.,\n", {"outlet": "The Lamp", "zone": "-04:00"}),
    "auto-archiver": ("status,metadata,media\nok,\"{'title': 'Row on.', 'timestamp': datetime.datetime(2031, 5, 2, 10, 0, tzinfo=datetime.timezone.utc), '_processed_at': datetime.datetime(2031, 6, 1, 0, 0)}\",[]\n", {"date": "2031-05-02T10:00:00", "zone": "unknown", "captured": "2031-06-01T00:00:00"}),
    "a plain table": ("Date;Text;Outlet\n2031-05-02;Row on.;The Lamp\n", {"date": "2031-05-02", "outlet": "The Lamp"}),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_columns_mean_what_their_program_means(name: str) -> None:
    """Words, dates and outlets come out of each layout, published and captured apart."""
    text, said = TABLES[name]
    _, record = collect(tables, text.encode("utf-8-sig"))
    assert isinstance(record, Record)
    assert record.words == "Row on."
    assert {key: record.said.get(key) for key in said} == said


def test_unknown_table_is_left_whole() -> None:
    """A table of other things is set aside and says its columns; counts by day are told where they belong."""
    (other,) = collect(tables, b"boat,oars\nA,2\n")
    (counts,) = collect(tables, b"date,count\n2031-05-02,3\n")
    assert (other.problem, counts.problem) == ("no-layout", None)


def test_lines_of_json_are_posts() -> None:
    """A 4CAT line gives when it was published and when collected; a line that is none costs itself alone."""
    line = b'{"data": {"desc": "Row on.", "createTime": 1935482400}, "__import_meta": {"timestamp_collected": 1935568800000, "item_id": "7"}}\n'
    record, broken, note = collect(tables_lines, line + b"{broken\n")
    assert isinstance(record, Record)
    assert (record.said["date"], record.said["captured"]) == ("2031-05-02T10:00:00", "2031-05-03T10:00:00")
    assert (broken.problem, note.size) == ("broken-record", 0)


HOSTILE = {
    "html": (telegram_html, make_page(make_div(1), make_div(2, sender=None))),
    "csv": (tables, b'date,text\n2031-05-02,"Row, on."\n2031-05-03,Come.\n'),
    "lines": (tables_lines, b'{"date": "2031-05-02", "text": "Row on."}\n{"date": 5, "text": "Come."}\n'),
}


@pytest.mark.parametrize("name", HOSTILE)
@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_hostile_bytes_add_up(name: str, data: st.DataObject) -> None:
    """Whatever is changed, nothing is raised and every byte is accounted for."""
    reader, sample = HOSTILE[name]
    at = data.draw(st.integers(0, len(sample)))
    put = data.draw(
        st.binary(max_size=8)
        | st.sampled_from(
            [b'"', b"\x00", b"\xff\xfe", b"\n", b'<div class="message default" id="message9">', b"[" * 5000]
        )
    )
    collect(reader, sample[:at] + put + sample[at + data.draw(st.integers(0, 9)) :])
