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


@pytest.mark.parametrize("name", ["a [/x].txt", "esc\x1b[2Jape.txt", "[bold].txt"])
def test_name_of_a_file_cannot_steer_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A file's name is shown as it is, in the bar and in the import report: brackets are no markup, escapes no commands."""
    make_case(tmp_path / "case")
    file = tmp_path / "m" / name
    file.parent.mkdir(parents=True)
    file.write_text("The tide keeps its own ledger.")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    done = CliRunner().invoke(linewatch, ["gather", str(tmp_path / "case"), str(tmp_path / "m")], color=True)
    assert (done.exit_code, "\x1b[2J" in done.output) == (0, False)
    assert "nobody says own or about" in done.stdout


def test_next_command_can_be_pasted(tmp_path: Path) -> None:
    """A case whose path has a space is named in quotes in the command that comes next."""
    make_case(tmp_path / "my case")
    done = CliRunner().invoke(linewatch, ["status", str(tmp_path / "my case")])
    assert f"Next: linewatch gather '{tmp_path / 'my case'}' PATH..." in done.stdout


def test_problem_of_a_file_names_the_file(tmp_path: Path) -> None:
    """What reading could not do is told with the name of the file that it could not do it to."""
    make_case(tmp_path / "case")
    (tmp_path / "torn.pdf").write_bytes(b"%PDF-1.7 torn")
    case = str(tmp_path / "case")
    CliRunner().invoke(linewatch, ["gather", case, str(tmp_path / "torn.pdf")])
    assert "  unreadable: torn.pdf: " in CliRunner().invoke(linewatch, ["read", case]).stdout


def test_gather_needs_something_to_gather(tmp_path: Path) -> None:
    """A call that names no file is wrong usage, not a success of nothing."""
    make_case(tmp_path / "case")
    done = CliRunner().invoke(linewatch, ["gather", str(tmp_path / "case")])
    assert done.exit_code == 2
    assert "name a file or a folder" in done.output


def test_run_counts_what_it_refused(tmp_path: Path) -> None:
    """What was refused, and each problem met, is counted before the report's path."""
    folder = tmp_path / "material"
    folder.mkdir()
    (folder / ".hidden").write_text("x", encoding="utf-8")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    done = CliRunner().invoke(linewatch, ["run", str(tmp_path / "case"), str(folder)])
    assert "Files refused: 1; problems: 2. The report lists them." in done.output


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
