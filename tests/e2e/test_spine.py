"""One text file through all six rooms, as a user would take it: with the command line, in a process of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SONG = """The Tide Keeps Its Ledger

They signed the Harbour Pledge and set it aside in the week the sea wall was failing.
They took their oars inland and left the boats to those who stayed.

The tide keeps its own ledger, and it has written down the names of every empty bench.
"""
LAMP = """A Word to Those Inland

It was a fault to leave, yet they are still of the League, and no article of the Charter says otherwise.

Whoever reports to the pier by spring is re-enrolled, with the berth that was theirs before the winter.
"""
CATALOGUE = """path,kind,publisher,outlet,tier,place,date,title,language
song.txt,song,Harbour League,The Chorus,B,,2031-03-08,The Tide Keeps Its Ledger,en
lamp.txt,editorial,Harbour League,The Lamp,A,,2031-04-02,A Word to Those Inland,en
"""


def run_linewatch(*arguments: str | Path, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run the command line."""
    command = [sys.executable, "-m", "linewatch", *map(str, arguments)]
    return subprocess.run(command, check=check, capture_output=True, text=True, timeout=120)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of two files and a catalogue."""
    folder = tmp_path / "material"
    folder.mkdir()
    (folder / "song.txt").write_text(SONG, encoding="utf-8")
    (folder / "lamp.txt").write_text(LAMP, encoding="utf-8")
    (folder / "catalogue.csv").write_text(CATALOGUE, encoding="utf-8")
    return folder


def test_files_become_a_report(folder: Path, tmp_path: Path) -> None:
    """Two files give a report that is self-contained, quotes sealed text, and says what remains to be coded."""
    done = run_linewatch("run", tmp_path / "case", folder, "-o", tmp_path / "out")
    assert "4 of 4 passages are not coded yet" in done.stdout
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "The Tide Keeps Its Ledger" in page
    assert "Nothing is coded yet" in page
    assert re.findall(r"(?:src|href)=\"(?!data:|#)", page) == []
    assert "<script" not in page
    assert str(tmp_path) not in page
    assert run_linewatch("check", tmp_path / "case").returncode == 0


def test_every_command_can_be_run_again(folder: Path, tmp_path: Path) -> None:
    """Each stage run twice does its work once, and the case stays whole."""
    case = tmp_path / "case"
    run_linewatch("new", case)
    for _ in range(2):
        run_linewatch("gather", case, folder)
        for stage in ("read", "find", "track", "status"):
            run_linewatch(stage, case)
        run_linewatch("write", case, "-o", tmp_path / "out")
    assert "files sealed         2" in run_linewatch("status", case).stdout
    assert run_linewatch("check", case).returncode == 0


def test_user_files_are_left_alone(folder: Path, tmp_path: Path) -> None:
    """No command changes, moves or removes what the user named."""
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}
    run_linewatch("run", tmp_path / "case", folder)
    assert {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()} == before


def test_error_is_one_line_with_a_hint(tmp_path: Path) -> None:
    """A folder that is no case gives one line that says what to do, and exit code 3."""
    done = run_linewatch("read", tmp_path / "nowhere", check=False)
    assert done.returncode == 3
    assert re.fullmatch(r"linewatch: .* is not a case \(make one with `linewatch new .*`\)\n", done.stderr)


def test_draft_names_what_it_cannot_build(folder: Path, tmp_path: Path) -> None:
    """A quotation that is not there fails the build by name, and the earlier report stays."""
    run_linewatch("run", tmp_path / "case", folder, "-o", tmp_path / "out")
    before = (tmp_path / "out" / "report.html").read_bytes()
    draft = tmp_path / "case" / "report.md"
    draft.write_text(draft.read_text() + "\n{{ quotation 0123 }}\n")
    done = run_linewatch("write", tmp_path / "case", "-o", tmp_path / "out", check=False)
    assert done.returncode == 3
    assert "{{ quotation 0123 }}: no such quotation" in done.stderr
    assert (tmp_path / "out" / "report.html").read_bytes() == before


@pytest.mark.parametrize("moment", [0.2, 0.5, 0.8, 1.2, 1.8])
def test_killed_run_completes_when_run_again(folder: Path, tmp_path: Path, moment: float) -> None:
    """A kill -9 at any moment of `run` loses nothing: the same command completes, and every seal holds."""
    for number in range(30):
        (folder / f"song{number}.txt").write_text(f"{SONG}\nVerse {number} is sung by those who stayed.\n")
    command = [
        sys.executable,
        "-m",
        "linewatch",
        "run",
        str(tmp_path / "case"),
        str(folder),
        "-o",
        str(tmp_path / "out"),
    ]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ}
    )
    time.sleep(moment)
    process.send_signal(signal.SIGKILL)
    process.wait()
    again = run_linewatch("run", tmp_path / "case", folder, "-o", tmp_path / "out")
    assert (tmp_path / "out" / "report.html").exists(), again.stderr
    checked = run_linewatch("check", tmp_path / "case", check=False)
    assert checked.returncode == 0, checked.stdout
    assert "files sealed        32" in run_linewatch("status", tmp_path / "case").stdout
