"""Expunged evidence leaves a tombstone and not one of its words."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from linewatch.cli.main import linewatch
from linewatch.errors import InputError, NotFoundError
from linewatch.model import Document, Evidence, Finding, Tombstone
from linewatch.store import cleaning
from linewatch.store.case import Case, open_case
from linewatch.store.check import check_case
from linewatch.store.expunge import expunge, find_named

GONE = "Ines Harrow said in the hut at Pell Bay that the lanterns were hers alone."
STAYS = "The Council said that the boats go out at six with full crews."
WORDS = ("lanterns were hers", "Ines Harrow", "lanterns", "Pell Bay", "harrow.txt")


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    """Return a case that went through all six rooms and was searched, so that words stand wherever they can."""
    monkeypatch.setenv("LINEWATCH_SPACY_MODEL", "none")
    (tmp_path / "material").mkdir()
    (tmp_path / "material" / "harrow.txt").write_text(f"Notice 7\n\n{GONE} “{GONE}”, she said.\n" * 20)
    (tmp_path / "material" / "council.txt").write_text(f"Notice 8\n\n{STAYS}\n")
    path = str(tmp_path / "case")
    call("run", path, str(tmp_path / "material"), "--own", "-o", str(Path(path) / "out"))
    call("search", path, "lanterns")
    return open_case(Path(path))


def call(*arguments: str) -> str:
    """Run a command that succeeds and return what it printed."""
    done = CliRunner().invoke(linewatch, list(arguments))
    assert done.exit_code == 0, done.output
    return done.output


def list_traces(case: Case) -> list[tuple[str, str]]:
    """Return each word and the file of the case that holds it, in any encoding a file may have."""
    files = [path for path in case.path.rglob("*") if path.is_file()]
    return [
        (word, path.name)
        for path in files
        for word in WORDS
        if any(word.encode(encoding) in path.read_bytes() for encoding in ("utf-8", "utf-16-le"))
    ]


def test_no_byte_of_the_words_is_left_in_any_file(case: Case) -> None:
    """Not in evidence, rows, index, write-ahead log, free pages or built reports; the other file stays whole."""
    assert {word for word, _ in list_traces(case)} >= {"lanterns", "harrow.txt"}
    done = expunge(case, find_named(case, ["harrow.txt"]), reason="a court order", approved_by=["M. Ode"])
    assert list_traces(case) == []
    assert done.elsewhere == ()
    assert [one.name for one in case.find(Evidence)] == ["council.txt"]
    assert [one.text for one in case.find(Document)] == [f"Notice 8\n\n{STAYS}\n"]
    assert "0 faults" in call("check", str(case.path))
    call("run", str(case.path), "-o", str(case.path / "out"))
    assert list_traces(case) == []


def test_check_says_expunged_and_not_corrupt(case: Case) -> None:
    """The tombstone's hash, reason and approvers are told; the log still adds up."""
    (named,) = find_named(case, ["harrow.txt"])
    expunge(case, [named], reason="a court order", approved_by=["M. Ode", "T. Vale"])
    checked = check_case(case.path)
    assert checked.faults == ()
    assert checked.expunged == 1
    assert any(
        named.id in notice and "a court order (approved by M. Ode, T. Vale)" in notice
        for notice in checked.notices
    )


@pytest.mark.parametrize("spoil", ["bytes", "row"])
def test_check_notices_what_comes_back_or_goes_without_a_tombstone(case: Case, spoil: str) -> None:
    """Bytes that are there again are a fault; so is a row that somebody emptied."""
    expunge(case, find_named(case, ["harrow.txt"]), reason="a court order", approved_by=["M. Ode"])
    if spoil == "bytes":
        place = cleaning.get_place(case.path / "evidence", case.find(Tombstone)[0].evidence)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("again")
    else:
        with case.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE documents SET body = '' WHERE body != ''")
    assert check_case(case.path).faults


def test_killed_expunging_is_finished_by_the_next_command(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut off after the commit, words are left; `check` says so, and opening the case clears them."""
    with monkeypatch.context() as patch:
        patch.setattr("linewatch.store.expunge.finish_expunging", lambda *_: None)
        expunge(case, find_named(case, ["harrow.txt"]), reason="a court order", approved_by=["M. Ode"])
    assert list_traces(case)
    checked = check_case(case.path)
    assert checked.faults == ()
    assert any("cut off" in notice for notice in checked.notices)
    assert list_traces(open_case(case.path)) == []


def test_other_places_of_the_same_words_are_named(case: Case, tmp_path: Path) -> None:
    """A copy under another name and the analyst's own draft are told, not touched."""
    copy = tmp_path / "copy.txt"
    copy.write_text(f"As printed elsewhere.\n\n{GONE} “{GONE}”, she said.\n")
    call("gather", str(case.path), str(copy), "--own")
    call("read", str(case.path))
    (case.path / "report.md").write_text(f"> {GONE} “{GONE}”, she said.\n")
    done = expunge(case, find_named(case, ["harrow.txt"]), reason="a court order", approved_by=["M. Ode"])
    assert done.elsewhere == ("copy.txt", "report.md")


def test_what_came_out_of_a_container_goes_with_it(case: Case) -> None:
    """A container takes its children along; a child alone cannot go while the container holds its bytes."""
    (parent,) = find_named(case, ["council.txt"])
    child = parent.id.replace("sha256:", "sha256:00")[:71]
    with case.write("gather") as writer:
        writer.add(
            Evidence(
                id=child,
                size=1,
                media_type="text/plain",
                name="part.txt",
                parent=parent.id,
                gathered_at=parent.gathered_at,
            )
        )
    with pytest.raises(InputError, match="came out of"):
        expunge(case, find_named(case, ["part.txt"]), reason="a court order", approved_by=["M. Ode"])
    done = expunge(case, [parent], reason="a court order", approved_by=["M. Ode"])
    assert [one.evidence for one in done.tombstones] == [parent.id, child]


@pytest.mark.parametrize(
    ("reason", "approved_by"), [("  ", ["M. Ode"]), ("a court order", []), ("a court order", [" "])]
)
def test_no_reason_or_no_approver_is_refused(case: Case, reason: str, approved_by: list[str]) -> None:
    """Nothing is expunged silently."""
    with pytest.raises(InputError, match="needs a reason"):
        expunge(case, find_named(case, ["harrow.txt"]), reason=reason, approved_by=approved_by)
    assert case.count(Finding)


def test_evidence_is_named_by_hash_or_name(case: Case) -> None:
    """The first digits of a hash do; a name that nobody has does not, and two of one name are told apart by hash."""
    (named,) = find_named(case, ["harrow.txt"])
    assert find_named(case, [named.id, named.id[7:15].upper()]) == [named, named]
    with pytest.raises(NotFoundError):
        find_named(case, ["nobody.txt"])
    with case.write("gather") as writer:
        writer.add(
            Evidence(
                id="sha256:" + "ab" * 32,
                size=1,
                media_type="text/plain",
                name="harrow.txt",
                gathered_at=named.gathered_at,
            )
        )
    with pytest.raises(InputError, match="names 2 pieces"):
        find_named(case, ["harrow.txt"])


def test_command_asks_first_and_then_tells(case: Case) -> None:
    """Without a yes nothing happens."""
    arguments = [
        "expunge",
        str(case.path),
        "harrow.txt",
        "--reason",
        "a court order",
        "--approved-by",
        "M. Ode",
    ]
    assert CliRunner().invoke(linewatch, arguments, input="n\n").exit_code == 130
    assert len(case.find(Evidence)) == 2
    assert "expunged: sha256:" in call(*arguments, "--yes")
    assert [one.name for one in case.find(Evidence)] == ["council.txt"]
