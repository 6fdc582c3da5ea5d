"""Corrections in a case: exported, edited, imported, read anew, taken back; and the case stays whole."""

from __future__ import annotations

import csv
import io
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from linewatch.cli.main import linewatch
from linewatch.errors import InputError
from linewatch.find.corrections_table import COLUMNS
from linewatch.find.run import export_corrections, find, import_corrections
from linewatch.gather.run import Given, gather
from linewatch.model import Correction, Document, Evidence, Finding, Item, Problem, Quotation, get_id
from linewatch.read.plain import read as read_plain
from linewatch.read.run import read
from linewatch.store.case import Case, make_case, open_case
from linewatch.store.check import check_case
from linewatch.store.live import list_live_findings, list_machine_findings
from linewatch.store.writer import Writer

REPORT = """\
OSTREL QUAY, March 4, 2031 (Coast Wire) -- The Harbour League said on Tuesday that members who left may come back.

"A name can be written again by the same voices that struck it," League spokeswoman Ada Merrow told reporters.

In an editorial published in The Lamp on March 3, 2031, the League wrote: "Whoever sends word by the second bell keeps a seat."
"""
LAMP = """\
Whoever Sends Word

Whoever sends word by the second bell keeps a seat, and nobody will be asked where they slept in the winter.
"""
CATALOGUE = """path,kind,publisher,outlet,date,title
report.txt,report,,,,
lamp.txt,editorial,Harbour League,The Lamp,2031-03-03,Whoever Sends Word
"""


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    """Return a case of a report and of the editorial it cites, with what is found in both."""
    monkeypatch.setenv("LINEWATCH_SPACY_MODEL", "none")
    folder = tmp_path / "material"
    folder.mkdir()
    for name, text in (("report.txt", REPORT), ("lamp.txt", LAMP), ("catalogue.csv", CATALOGUE)):
        (folder / name).write_text(text, encoding="utf-8")
    made = make_case(tmp_path / "case")
    gather(made, [folder], given=Given(), tell=lambda _step: None)
    read(made, tell=lambda _step: None)
    find(made, lambda _step: None)
    return made


def export(case: Case) -> list[dict[str, str]]:
    """Return the rows of the exported table."""
    path = case.path.parent / "found.csv"
    export_corrections(case, path)
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def write(case: Case, rows: list[dict[str, str]]) -> Path:
    """Write an edited table and return its path."""
    path = case.path.parent / "edited.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        table = csv.DictWriter(handle, COLUMNS)
        table.writeheader()
        table.writerows(rows)
    return path


def edit(case: Case, words: str, **cells: str) -> int:
    """Export, change cells of the row that begins with these words, import; return how many corrections are new."""
    rows = export(case)
    (row,) = (row for row in rows if row["words"].startswith(words))
    row.update(cells)
    return import_corrections(case, write(case, rows))


def find_row(case: Case, words: str) -> dict[str, str]:
    """Return the exported row that begins with these words."""
    return next(row for row in export(case) if row["words"].startswith(words))


def list_speakers(case: Case) -> list[str | None]:
    """Return who speaks the live quotations."""
    return [one.value.speaker for one in list_live_findings(case) if isinstance(one.value, Quotation)]


def list_items(case: Case) -> list[tuple[str, bool]]:
    """Return the live items and whether they are held."""
    return [
        (one.value.kind, one.value.held) for one in list_live_findings(case) if isinstance(one.value, Item)
    ]


def read_anew(case: Case, text: str) -> None:
    """Add another version's reading of the report, and find in it."""
    (evidence,) = (one for one in case.find(Evidence) if one.name == "report.txt")
    read_again = read_plain(text.encode(), evidence=evidence.id)
    with case.write("read") as writer:
        writer.add(
            Document(
                id=get_id("document", text), evidence=evidence.id, reader="plain.v9", text=read_again.text,
                blocks=read_again.blocks,
            )
        )  # fmt: skip
    find(case, lambda _step: None)


def test_untouched_table_adds_nothing(case: Case) -> None:
    """A table exported and imported as it is corrects nothing and leaves no line in the log."""
    head = case.get_head()
    assert import_corrections(case, write(case, export(case))) == 0
    assert case.get_head() == head


def test_edit_is_live_once_and_shown(case: Case) -> None:
    """An edited cell is in the live findings and the next export; the same file again adds nothing; the machine's row stays."""
    machine = list_machine_findings(case)
    assert edit(case, "A name can", speaker="Tobin Carr", note="heard on the tape") == 1
    assert import_corrections(case, case.path.parent / "edited.csv") == 0
    assert "Tobin Carr" in list_speakers(case)
    assert list_machine_findings(case) == machine
    row = find_row(case, "A name can")
    assert (row["speaker"], row["state"], row["machine"], row["note"]) == (
        "Tobin Carr", "set speaker", "speaker: Ada Merrow", "heard on the tape",
    )  # fmt: skip
    assert check_case(case.path).faults == ()


@pytest.mark.parametrize("action", ["retract", "retract speaker"])
def test_correction_is_taken_back_in_the_table(case: Case, action: str) -> None:
    """With `retract` the machine's word stands again; the rows of both corrections are kept."""
    edit(case, "A name can", speaker="Tobin Carr")
    assert edit(case, "A name can", action=action) == 1
    assert import_corrections(case, case.path.parent / "edited.csv") == 0
    assert "Ada Merrow" in list_speakers(case)
    assert find_row(case, "A name can")["state"] == ""
    assert case.count(Correction) == 2
    assert check_case(case.path).faults == ()


def test_older_table_does_not_undo_a_later_correction(case: Case) -> None:
    """A table written before a correction, with the old cell in it, is refused by the line."""
    old = export(case)
    edit(case, "A name can", speaker="Tobin Carr")
    with pytest.raises(InputError, match="corrected since this table was written"):
        import_corrections(case, write(case, old))
    assert "Tobin Carr" in list_speakers(case)


def test_rejected_quotation_is_gone_and_comes_back(case: Case) -> None:
    """A rejected finding is in no list but its row in the export, from where it is taken back."""
    before = list_live_findings(case)
    assert edit(case, "A name can", action="reject") == 1
    assert "Ada Merrow" not in list_speakers(case)
    assert find_row(case, "A name can")["state"] == "rejected"
    edit(case, "A name can", action="retract")
    assert list_live_findings(case) == before


def test_added_quotation_lives_and_is_taken_back(case: Case) -> None:
    """A row with `add quotation` is a finding of the analyst's, once, until it is retracted."""
    rows = export(case)
    document = next(row["document"] for row in rows if row["file"] == "report.txt")
    new = {
        "action": "add quotation",
        "document": document,
        "words": "members who left may come back",
        "speaker": "the League",
    }
    path = write(case, [*rows, new])
    assert (import_corrections(case, path), import_corrections(case, path)) == (2, 0)
    assert [one.finder for one in list_live_findings(case) if one.finder == "analyst"] == ["analyst"]
    assert find_row(case, "members who left")["state"] == "added; set speaker"
    assert edit(case, "members who left", action="retract") == 2
    assert import_corrections(case, case.path.parent / "edited.csv") == 0
    assert list_live_findings(case) == list_machine_findings(case)


def test_proposed_join_is_made_by_the_analyst_alone(case: Case) -> None:
    """The cited editorial is proposed to be the held one, stays apart until the action says so, and comes apart again."""
    assert sorted(list_items(case)) == [("editorial", False), ("editorial", True)]
    proposed = find_row(case, "In an editorial")
    assert (proposed["proposed"].split(":")[0], proposed["why"].split(",")[0]) == ("merge item", "same kind")
    assert edit(case, "In an editorial", action=proposed["proposed"]) == 1
    assert import_corrections(case, case.path.parent / "edited.csv") == 0
    assert list_items(case) == [("editorial", True)]
    assert find_row(case, "In an editorial")["proposed"] == ""
    held = proposed["proposed"].partition(":")[2]
    assert [one.value.item for one in list_live_findings(case) if isinstance(one.value, Quotation)][
        -1
    ] == held
    assert find_row(case, "In an editorial")["state"] == f"merged into item:{held}"
    edit(case, "In an editorial", action="retract")
    assert len(list_items(case)) == 2


def test_corrections_survive_another_reading(case: Case) -> None:
    """With the same words elsewhere and spaced otherwise, what the analyst said still holds, a merge across files too."""
    edit(case, "A name can", speaker="Tobin Carr")
    edit(case, "In an editorial", action=find_row(case, "In an editorial")["proposed"])
    old = {one.id for one in list_live_findings(case)}
    read_anew(case, "Page 1 of 1\n\n" + REPORT.replace("by the same voices", "by the  same voices"))
    assert "Tobin Carr" in list_speakers(case)
    assert list_items(case) == [("editorial", True)]
    assert {one.id for one in list_live_findings(case) if isinstance(one.value, Quotation)}.isdisjoint(old)
    assert import_corrections(case, write(case, export(case))) == 0
    assert [one for one in case.find(Problem) if one.kind == "lost-correction"] == []
    assert check_case(case.path).faults == ()


def test_lost_correction_is_a_problem_and_can_be_taken_back(case: Case) -> None:
    """Where a reading no longer has the words, the correction is a problem without a name, and a row to retract."""
    edit(case, "A name can", speaker="Tobin Carr")
    read_anew(case, REPORT.replace("A name can be written again", "A name shall not be written again"))
    find(case, lambda _step: None)
    (problem,) = (one for one in case.find(Problem) if one.kind == "lost-correction")
    assert "Tobin" not in problem.message
    assert "set speaker" in problem.message
    rows = export(case)
    (lost,) = (row for row in rows if row["state"].startswith("lost: "))
    lost["action"] = "retract"
    assert import_corrections(case, write(case, rows)) == 1
    assert [row for row in export(case) if row["state"]] == []
    assert check_case(case.path).faults == ()


def test_failed_import_leaves_nothing(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error half way through the writing keeps no row, and the next import does it all."""
    rows = export(case)
    for row in rows:
        row["action"] = "reject"
    path, add, written = write(case, rows), Writer.add, []

    def add_few(writer: Writer, *values: Finding) -> int:
        for value in values:
            written.append(value)
            if len(written) > 2:
                raise RuntimeError
            add(writer, value)
        return len(values)

    monkeypatch.setattr(Writer, "add", add_few)
    with pytest.raises(RuntimeError):
        import_corrections(case, path)
    monkeypatch.undo()
    assert case.count(Correction) == 0
    assert import_corrections(open_case(case.path), path) == len(rows)
    assert check_case(case.path).faults == ()


KILLED = """
import os, signal, sys
from pathlib import Path
from linewatch.find.run import import_corrections
from linewatch.store import case as store, log
def die(*_): os.kill(os.getpid(), signal.SIGKILL)
opened = store.open_case(Path(sys.argv[1]))
if sys.argv[3] == "inside": store.Writer.close = die
else: log.append_lines = die
import_corrections(opened, Path(sys.argv[2]))
"""


@pytest.mark.parametrize(("moment", "kept"), [("inside", 0), ("after", 1)])
def test_killed_import_is_finished_by_the_next(case: Case, moment: str, kept: int) -> None:
    """A kill -9 inside the import keeps nothing, one after its commit everything; run again, it is done once."""
    rows = export(case)
    rows[0]["action"] = "reject"
    path = write(case, rows)
    command = [sys.executable, "-c", KILLED, str(case.path), str(path), moment]
    assert subprocess.run(command, check=False, env={**os.environ}).returncode == -signal.SIGKILL
    again = open_case(case.path)
    assert again.count(Correction) == kept
    assert import_corrections(again, path) == 1 - kept
    assert check_case(case.path).faults == ()


def run(*arguments: str | Path) -> Result:
    """Run the command line."""
    return CliRunner().invoke(linewatch, list(map(str, arguments)))


def test_command_exports_and_imports(case: Case, tmp_path: Path) -> None:
    """`find --export`, an edit and `find --import` say how many; a second import says none; the next export has it."""
    table = tmp_path / "out.csv"
    assert f"rows written to {table}" in run("find", case.path, "--export", table).output
    text = table.read_text(encoding="utf-8-sig")
    table.write_text(text.replace("Ada Merrow", "Tobin Carr"), encoding="utf-8")
    assert run("find", case.path, "--import", table).output == "1 corrections are new.\n"
    assert run("find", case.path, "--import", table, "--export", tmp_path / "next.csv").output.startswith(
        "0 corr"
    )
    assert "Tobin Carr" in (tmp_path / "next.csv").read_text(encoding="utf-8-sig")
    assert "Tobin Carr" in run("find", case.path, "--json").output


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"", b"a,b\n1,2\n"])
def test_bytes_that_are_no_table_are_refused(case: Case, data: bytes) -> None:
    """A file that cannot be read as the table is an InputError, and nothing is kept."""
    path = case.path.parent / "edited.csv"
    path.write_bytes(data)
    with pytest.raises(InputError):
        import_corrections(case, path)
    assert case.count(Correction) == 0


def test_table_cannot_be_written_nowhere(case: Case, tmp_path: Path) -> None:
    """An export into a folder that is not there says so."""
    with pytest.raises(InputError, match="cannot be written"):
        export_corrections(case, tmp_path / "nowhere" / "out.csv")


def test_made_at_is_now(case: Case) -> None:
    """A correction says when it was made and by whom."""
    edit(case, "A name can", speaker="Tobin Carr")
    (made,) = case.find(Correction)
    assert abs((datetime.now(UTC) - made.made_at).total_seconds()) < 3600
    assert made.analyst == "analyst"
