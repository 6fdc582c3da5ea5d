"""With --json, what a command did is one JSON value that agrees with what lies on the disk."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from linewatch.cli.main import linewatch
from linewatch.model import Document
from linewatch.store.case import make_case, open_case

LAMP = "A Word to Those Inland\n\nIt was a fault to leave, yet they are still of the League.\n"


def ask(*arguments: object) -> Any:
    """Run a command with --json and return the value it prints."""
    done = CliRunner().invoke(linewatch, [*map(str, arguments), "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


@pytest.fixture
def lamp(tmp_path: Path) -> Path:
    """Return a file of the sample's outlet."""
    path = tmp_path / "lamp.txt"
    path.write_text(LAMP, encoding="utf-8")
    return path


def list_hashes(folder: Path) -> dict[str, str]:
    """Return the hash of each file in a folder."""
    return {path.name: f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}" for path in folder.iterdir()}


def test_new_tells_path_and_uid(tmp_path: Path) -> None:
    """`new` prints where the case is and the uid in its settings."""
    told = ask("new", tmp_path / "case")
    assert told == {"path": str(tmp_path / "case"), "uid": open_case(tmp_path / "case").settings.uid}


def test_read_tells_the_documents_read_now(tmp_path: Path, lamp: Path) -> None:
    """`read` prints the documents that it read, and none when it is run again."""
    case = make_case(tmp_path / "case")
    ask("gather", case.path, lamp)
    told = ask("read", case.path)
    assert [one["id"] for one in told["documents"]] == [one.id for one in case.find(Document)]
    assert told["documents"][0]["characters"] == len(LAMP)
    assert ask("read", case.path) == {"documents": [], "problems": []}


def test_run_and_write_tell_the_files_and_their_hashes(tmp_path: Path, lamp: Path) -> None:
    """`run` prints the line, what is not coded and the build, `write` the build: the hash of each file in the folder."""
    told = ask("run", tmp_path / "case", lamp, "--own", "-o", tmp_path / "out")
    assert told["build"]["files"] == list_hashes(tmp_path / "out")
    assert told["uncoded"] == told["passages"] > 0
    assert told["line"]["words"]
    assert ask("write", tmp_path / "case", "-o", tmp_path / "again")["files"] == list_hashes(
        tmp_path / "again"
    )
