"""Whatever goes wrong, the command line says so in one line, with the exit code its help names."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from linewatch.cli.main import EPILOG, linewatch
from linewatch.errors import CaseError, LinewatchError, MissingPartError
from linewatch.store.case import make_case
from linewatch.store.faults import find_error

LONG = {"gather", "read", "find", "track", "write", "run", "search", "demo"}


def run_status(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, *before: str) -> Result:
    """Run `status` on a case, with this error arising in it."""

    def fail(_case: object) -> None:
        raise error

    make_case(tmp_path / "case")
    monkeypatch.setattr("linewatch.cli.status.get_status", fail)
    return CliRunner().invoke(linewatch, [*before, "status", str(tmp_path / "case")])


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (LinewatchError("it is shut", hint="open it"), 3, "linewatch: it is shut (open it)"),
        (OSError(errno.ENOSPC, "No space left on device", "/x"), 3, "linewatch: /x: No space left on device (make room"),
        (OSError(errno.EROFS, "Read-only file system", "/x"), 3, "linewatch: /x: Read-only file system (the place is"),
        (PermissionError(errno.EACCES, "Permission denied", "/x"), 3, "linewatch: /x: Permission denied (you may not"),
        (OSError("odd"), 3, "linewatch: odd (see that"),
        (KeyboardInterrupt(), 130, "stopped; run the same command again"),
        (click.Abort(), 130, "stopped; run the same command again"),
        (RuntimeError("oh"), 4, "linewatch: a fault of Linewatch itself: RuntimeError: oh; run it with --verbose"),
    ],
)  # fmt: skip
def test_error_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, words: str
) -> None:
    """Each kind of error gives one line on the error stream, nothing on the other, and its own exit code."""
    done = run_status(tmp_path, monkeypatch, error)
    assert (done.exit_code, done.stdout) == (code, "")
    assert done.stderr.startswith(words)
    assert len(done.stderr.splitlines()) == 1


def test_verbose_shows_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --verbose the place of a fault is printed before its line."""
    done = run_status(tmp_path, monkeypatch, RuntimeError("oh"), "--verbose")
    assert done.stderr.startswith("Traceback")
    assert done.stderr.splitlines()[-1] == "linewatch: a fault of Linewatch itself: RuntimeError: oh"


@pytest.mark.parametrize("code", [0, 1, 2, 3, 4, 130])
def test_exit_codes_are_in_the_help(code: int) -> None:
    """Every exit code is named in the group's help, and so is shell completion."""
    told = CliRunner().invoke(linewatch, ["--help"]).output
    assert re.search(rf"^ *{code} +\S", told, re.MULTILINE)
    assert "_LINEWATCH_COMPLETE=bash_source" in told
    assert EPILOG.count("\b") == 2


def test_completion_gives_a_script() -> None:
    """The line that the help names for the shell gives a script."""
    environment = {**os.environ, "_LINEWATCH_COMPLETE": "bash_source"}
    command = [str(Path(sys.executable).with_name("linewatch"))]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment, timeout=60)
    assert "complete" in done.stdout


@pytest.mark.parametrize("name", sorted(LONG))
def test_long_work_can_be_quiet_or_verbose(name: str) -> None:
    """Every command that may work for long takes --quiet and --verbose."""
    options = {option for one in linewatch.commands[name].params for option in one.opts}
    assert {"--quiet", "--verbose"} <= options


def test_verbose_tells_each_step_and_quiet_none(tmp_path: Path) -> None:
    """With --verbose each step is a line on the error stream; without, a pipe gets none; quiet wins over both."""
    make_case(tmp_path / "case")
    file = tmp_path / "song.txt"
    file.write_text("The tide keeps its own ledger.")
    case, command = str(tmp_path / "case"), ["gather", str(tmp_path / "case"), str(file), "--own"]
    assert CliRunner().invoke(linewatch, command).stderr == ""
    assert CliRunner().invoke(linewatch, ["read", case, "-v"]).stderr == "read 1/1 song.txt\n"
    assert CliRunner().invoke(linewatch, ["find", case, "-v", "-q"]).stderr == ""


def test_closed_pipe_is_quiet(tmp_path: Path) -> None:
    """A reader that goes away, as `head` does, is no error to tell of."""
    make_case(tmp_path / "case")
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "linewatch", "status", str(tmp_path / "case")]
    done = subprocess.run(command, check=False, stdout=writer, stderr=subprocess.PIPE, timeout=60)
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize("spoil", [Path.mkdir, lambda path: path.write_text("no database at all " * 99)])
def test_spoilt_database_is_one_line(tmp_path: Path, spoil: object) -> None:
    """A database that cannot be opened, or is none, is said in one line."""
    case = make_case(tmp_path / "case")
    case.engine.dispose()
    (case.path / "case.db").unlink()
    spoil(case.path / "case.db")  # type: ignore[operator] # a function of the table
    done = CliRunner().invoke(linewatch, ["status", str(case.path)])
    assert done.exit_code == 3
    assert re.fullmatch(r"linewatch: .*case\.db|linewatch: .*database.*", done.stderr.strip())


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("database or disk is full", CaseError),
        ("attempt to write a readonly database", CaseError),
        ("database is locked", CaseError),
        ("disk I/O error", CaseError),
        ("database disk image is malformed", CaseError),
        ("file is not a database", CaseError),
        ("no such module: fts5", MissingPartError),
    ],
)
def test_database_faults_have_words(said: str, kind: type[LinewatchError]) -> None:
    """What SQLite says of the file or the disk is told in the user's words with a hint."""
    error = find_error(said)
    assert type(error) is kind
    assert error.hint


def test_fault_of_the_program_is_not_dressed_up() -> None:
    """What SQLite says of a wrong statement stays a fault of the program."""
    assert find_error('near "SELEC": syntax error') is None


def test_version_is_told() -> None:
    """`--version` prints name and version."""
    assert re.fullmatch(
        r"linewatch, version \d+\.\d+\.\d+\n", CliRunner().invoke(linewatch, ["--version"]).output
    )
