"""A build puts whole files in place, all of them or none, and the draft is the analyst's after the first."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from linewatch.code.run import collect_codes, get_codebook, measure, propose
from linewatch.errors import DraftError, InputError
from linewatch.find.run import find
from linewatch.gather.run import Given, gather
from linewatch.model import Build, Evidence, Passage, Quotation, Step
from linewatch.read.run import read
from linewatch.store.case import Case, make_case
from linewatch.store.evidence import get_place
from linewatch.store.live import list_live_findings
from linewatch.track.run import track
from linewatch.write.material import Results
from linewatch.write.run import PARTIAL, check_out, put_files, write

NOW = datetime(2033, 1, 9, 12, tzinfo=UTC)
LAMP = "A Word to Those Inland\n\nThe Lamp said: “It was a fault to leave, yet they are still of the League and always were.”\n"


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    """Return a case with one file, found and proposed."""
    monkeypatch.setenv("LINEWATCH_SPACY_MODEL", "none")
    (tmp_path / "lamp.txt").write_text(LAMP, encoding="utf-8")
    made = make_case(tmp_path / "case")
    gather(made, [tmp_path / "lamp.txt"], given=Given(), tell=ignore)
    read(made, tell=ignore)
    find(made, ignore)
    propose(made, ignore)
    return made


def ignore(_step: Step) -> None:
    """Show no progress."""


def build(case: Case, out: Path, built_at: datetime = NOW) -> Build:
    """Build the report from what the case holds now."""
    coded, reliability = collect_codes(case), measure(case)
    results = Results(
        line=track(case, coded, reliability, get_codebook(case), ignore),
        reliability=reliability,
        codebook=get_codebook(case),
        coded=coded,
        passages=tuple(case.find(Passage)),
    )
    return write(case, results, out, ignore, built_at=built_at)


def read_files(out: Path) -> dict[str, bytes]:
    """Return the files of a folder, whatever it holds."""
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def test_build_makes_every_file_and_records_their_hashes(case: Case, tmp_path: Path) -> None:
    """Page and data exports are there and nothing else, and the case keeps the hash of each."""
    made = build(case, tmp_path / "out")
    files = read_files(tmp_path / "out")
    assert set(files) >= {
        "report.html",
        "findings.json",
        "items.csv",
        "judgements.csv",
        "quotations.csv",
        "line.csv",
    }
    assert made.files == {name: f"sha256:{hashlib.sha256(data).hexdigest()}" for name, data in files.items()}
    assert case.find(Build) == [made]
    assert str(tmp_path).encode() not in b"".join(files.values())


def test_same_case_same_day_same_bytes(case: Case, tmp_path: Path) -> None:
    """Built twice on one day, every file is the same; the day is the one passed in."""
    build(case, tmp_path / "one")
    build(case, tmp_path / "other", NOW + timedelta(hours=3))
    assert read_files(tmp_path / "one") == read_files(tmp_path / "other")
    build(case, tmp_path / "next", NOW + timedelta(days=1))
    assert b"10 January 2033" in read_files(tmp_path / "next")["report.html"]


def test_draft_is_the_analyst_s_after_the_first(case: Case, tmp_path: Path) -> None:
    """The draft is generated once; what the analyst writes into it is what is built, and it is left alone."""
    build(case, tmp_path / "out")
    draft = case.path / "report.md"
    draft.write_text("# My own title\n\n{{ number files }} file.\n", encoding="utf-8")
    build(case, tmp_path / "out")
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "My own title" in page
    assert "1 file." in page
    assert draft.read_text(encoding="utf-8").startswith("# My own title")


def test_failed_build_leaves_the_earlier_report(case: Case, tmp_path: Path) -> None:
    """A draft that cannot be built changes no file and records no build."""
    build(case, tmp_path / "out")
    before = read_files(tmp_path / "out")
    (case.path / "report.md").write_text("# T\n\n{{ quotation gone }}\n", encoding="utf-8")
    with pytest.raises(DraftError, match=r"line 3 of the draft, \{\{ quotation gone \}\}"):
        build(case, tmp_path / "out")
    assert read_files(tmp_path / "out") == before
    assert len(case.find(Build)) == 1


def test_sentence_whose_sealed_file_is_gone_fails(case: Case, tmp_path: Path) -> None:
    """When the sealed bytes are no longer there, the quotation fails the build by name."""
    (quoted, *_) = [one for one in list_live_findings(case) if isinstance(one.value, Quotation)]
    (case.path / "report.md").write_text(f"# T\n\nSee {{{{ quotation {quoted.id} }}}}.\n", encoding="utf-8")
    build(case, tmp_path / "out")
    (sealed,) = case.find(Evidence)
    get_place(case.path / "evidence", sealed.id).unlink()
    with pytest.raises(DraftError, match=f"{quoted.id} .*: the evidence of {quoted.id} is gone"):
        build(case, tmp_path / "out")


def test_draft_that_is_not_text_is_an_error(case: Case, tmp_path: Path) -> None:
    """A draft in another encoding is named, not guessed at."""
    (case.path / "report.md").write_bytes(b"# T\xff\xfe\n")
    with pytest.raises(DraftError, match="not in UTF-8"):
        build(case, tmp_path / "out")


def test_killed_build_leaves_whole_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped while the new files are written, the old ones stand untouched; stopped while they move, each is whole."""
    old, new = {"a": b"old a", "b": b"old b"}, {"a": b"new a", "b": b"new b"}
    put_files(tmp_path, old)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", stop)
        with pytest.raises(KeyboardInterrupt):
            put_files(tmp_path, new)
    assert {name: (tmp_path / name).read_bytes() for name in old} == old
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", stop)
        with pytest.raises(KeyboardInterrupt):
            put_files(tmp_path, new)
    assert all((tmp_path / name).read_bytes() in {old[name], new[name]} for name in old)
    put_files(tmp_path, new)
    assert read_files(tmp_path) == new
    assert not (tmp_path / PARTIAL).exists()


def stop(*_arguments: object) -> None:
    """Stop as a killed process does."""
    raise KeyboardInterrupt


def test_other_files_in_the_folder_stay(tmp_path: Path) -> None:
    """What the user keeps beside the report is left alone."""
    (tmp_path / "notes.txt").write_text("mine")
    put_files(tmp_path, {"report.html": b"page"})
    assert read_files(tmp_path) == {"notes.txt": b"mine", "report.html": b"page"}


def test_folder_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    """A file where the folder should be is one line and a hint."""
    (tmp_path / "out").write_text("a file")
    with pytest.raises(InputError, match="cannot be written to"):
        put_files(tmp_path / "out", {"report.html": b"page"})


@pytest.mark.parametrize("inside", [".", "evidence", "evidence/sha256", "canons"])
def test_folder_of_the_case_is_no_place_for_a_report(tmp_path: Path, inside: str) -> None:
    """What the case keeps for its evidence and canons takes no report; its `out` does."""
    with pytest.raises(InputError, match="belongs to the case"):
        check_out(tmp_path, tmp_path / inside)
    check_out(tmp_path, tmp_path / "out")
