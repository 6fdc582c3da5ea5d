"""A reader that crashes, hangs, swells or fails costs its file a problem; the import goes on and does not try it for ever."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import parsers_of_ill_will as ill
from linewatch.errors import InputError
from linewatch.gather.run import Given, gather
from linewatch.model import Document, Evidence, Run
from linewatch.read import apart
from linewatch.read.apart import PROBLEMS, read_apart, read_bytes_apart, read_records_apart
from linewatch.read.base import Aside, Record
from linewatch.read.registry import READERS, RECORD_READERS
from linewatch.read.run import list_waiting, read
from linewatch.store.case import Case, make_case
from linewatch.store.check import check_case
from linewatch.store.live import list_live_documents, list_live_problems
from linewatch.workers import Limits, Worker
from read.telegram_samples import make_export, make_message

WORDS = "The boats go out at six with full crews, and the last hand looks to the plug."


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have workers that wait two seconds and no more."""
    with Worker(Limits(seconds=2, memory=2 << 30)) as worker:
        monkeypatch.setattr("linewatch.workers._idle", [worker])
        yield


def make_gathered(tmp_path: Path, *names: str) -> Case:
    """Return a case with these files gathered, a text with words under each name."""
    folder = tmp_path / "material"
    folder.mkdir()
    for name in names:
        (folder / name).write_text(f"{name}\n\n{WORDS}\n")
    case = make_case(tmp_path / "case")
    gather(case, [folder], given=Given(), tell=lambda _step: None)
    return case


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize(
    ("work", "kind"),
    [(ill.crash_on, "crashed"), (ill.hang_on, "hung"), (ill.swell_on, "swelled"), (ill.fail_on, "failed")],
)
def test_fault_of_a_reader_costs_one_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, work: object, kind: str
) -> None:
    """The other files are read; the problem stands, the file is accounted for whole, and the next reading leaves it alone."""
    case = make_gathered(tmp_path, "a.txt", "bad.txt", "c.txt")
    monkeypatch.setattr(apart, "read_there", work)
    read(case, tell=lambda _step: None)
    sizes = {one.name: one.size for one in case.find(Evidence)}
    names = {one.id: one.name for one in case.find(Evidence)}
    made = {names[one.evidence]: one for one in list_live_documents(case)}
    assert [name for name, one in made.items() if not one.text] == ["bad.txt"]
    assert [one.kind for one in list_live_problems(case)] == [PROBLEMS[kind]]
    (portion,) = made["bad.txt"].portions
    assert (portion.outcome, portion.size) == ("not understood", sizes["bad.txt"])
    assert list_waiting(case) == []
    assert check_case(case.path).faults == ()


@pytest.mark.usefixtures("hasty")
def test_records_before_a_fault_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a file of many records gave before its reader crashed stays, and the rest of its bytes is accounted for."""
    path = tmp_path / "result.json"
    path.write_bytes(make_export(*map(make_message, range(1, 300))))
    monkeypatch.setattr(apart, "read_records_there", ill.crash_after_records)
    met = list(read_records_apart(path, "application/vnd.telegram.export+json"))
    assert [type(one) for one in met] == [Record] * 2 + [Aside]
    assert sum(one.size for one in met) == path.stat().st_size
    assert isinstance(met[-1], Aside)
    assert (met[-1].problem, met[-1].outcome) == ("parser-crashed", "not understood")


@pytest.mark.parametrize("change", [{"evidence": "sha256:other"}, {"reader": "other.v9"}, {"text": ""}])
def test_document_of_another_file_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: dict[str, str]
) -> None:
    """A worker that was taken over can make up what its own file says, and nothing about another."""
    path = tmp_path / "a.txt"
    path.write_text(WORDS)
    honest = read_apart(path, "text/plain", "sha256:0")
    monkeypatch.setattr(apart, "read_there", ill.Forger(change))
    forged = read_apart(path, "text/plain", "sha256:0")
    assert honest.text.strip() == WORDS
    assert (forged.evidence, forged.reader, forged.text) == ("sha256:0", honest.reader, "")
    assert [one.kind for one in forged.problems] == ["parser-crashed"]


@pytest.mark.parametrize("words", ["plain", "a lone \ud800 surrogate", "NUL \0 and \u202e override"])
def test_records_come_through_as_they_are(words: str) -> None:
    """What no encoding can carry is replaced where it stands, everything else is unchanged."""
    record = Record(words, "row 1", 20, {"id": words}, {"author": words}, ((0, 2),))
    sent = apart._mend(record)
    assert sent.words == words.replace("\ud800", "\ufffd")
    assert len(sent.words) == len(record.words)
    assert sent.said["id"].encode() == sent.hidden["author"].encode() == sent.words.encode()
    assert apart._mend_aside(Aside(words, 1, words, words)).text == sent.words


def test_bytes_without_a_case() -> None:
    """A file of no case is read in the same way; what nobody reads is said as before."""
    assert WORDS in read_bytes_apart(WORDS.encode(), "a.txt").text
    with pytest.raises(InputError, match="cannot be read yet"):
        read_bytes_apart(b"\x89PNG\r\n\x1a\n" + bytes(40), "a.png")


def test_every_reader_works_in_a_worker(tmp_path: Path) -> None:
    """Each reader can be loaded and run under the limits: an empty archive and a text give a document or a problem of its own."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("mimetype", "application/epub+zip")
    for name, data in (("text", WORDS.encode()), ("zip", archive.getvalue()), ("pdf", b"%PDF-1.4\n")):
        path = tmp_path / name
        path.write_bytes(data)
        for media_type in READERS:
            found = read_apart(path, media_type, "sha256:0")
            assert not {one.kind for one in found.problems} & set(PROBLEMS.values()), (
                media_type,
                found.problems,
            )
        for media_type in RECORD_READERS:
            met = list(read_records_apart(path, media_type))
            assert not {one.problem for one in met} & set(PROBLEMS.values()), (media_type, met)
            assert sum(one.size for one in met) == len(data)


def test_only_files_of_the_same_chat_are_looked_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second export of a chat is joined to the first; the files of other chats are not opened for it."""
    case = make_case(tmp_path / "case")
    looked: list[str] = []
    each = Case.each
    for number, chat in enumerate([1, 2, 3, 1]):
        path = tmp_path / f"{number}.json"
        path.write_bytes(make_export(make_message(1), make_message(10 + number), name=f"Chat {chat}"))
        gather(case, [path], given=Given(), tell=lambda _step: None)
        looked.clear()
        with monkeypatch.context() as patch:
            patch.setattr(Case, "each", lambda *a, **k: looked.append(k["evidence"]) or each(*a, **k))
            made = read(case, tell=lambda _step: None)
    first, *_, last = case.find(Evidence)
    assert looked == [first.id]
    (document,) = (one for one in case.find(Document) if one.evidence == last.id)
    assert [block.said["id"] for block in document.blocks if block.said] == ["13"]
    assert len(made.documents) == 1
    assert all("Chat" not in (run.output or "") for run in case.find(Run))
