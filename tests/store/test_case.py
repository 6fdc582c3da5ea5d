"""A case keeps what it is given, once, in order, and comes back after being killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from linewatch.errors import CaseError, CustodyError, NotFoundError
from linewatch.model import Evidence, Judgement, Problem
from linewatch.store.case import make_case, open_case
from linewatch.store.check import check_case

NOON = datetime(2031, 2, 1, 12, tzinfo=UTC)


def make_problem(name: str) -> Problem:
    """Return a small value to keep."""
    return Problem(id=name, stage="read", kind="unreadable", message=f"{name} cannot be read")


def make_judgement(place: int) -> Judgement:
    """Return a judgement with an id of its own."""
    return Judgement(
        id=f"j{place}",
        passage="p",
        coder=f"c{place % 4}",
        codebook="leavers.v1",
        question="q1",
        value="yes",
        judged_at=NOON,
    )


def test_value_comes_back_as_it_was(tmp_path: Path) -> None:
    """A value read from the case equals the one that was added."""
    case = make_case(tmp_path / "case")
    with case.write("read") as writer:
        assert writer.add(make_problem("a"), make_problem("b")) == 2
    assert open_case(tmp_path / "case").find(Problem) == [make_problem("a"), make_problem("b")]
    assert case.get(Problem, "b") == make_problem("b")


def test_same_id_is_kept_once(tmp_path: Path) -> None:
    """Adding again what is there adds nothing, and leaves no line in the log."""
    case = make_case(tmp_path / "case")
    for _ in range(2):
        with case.write("read") as writer:
            writer.add(make_problem("a"))
    assert case.count(Problem) == 1
    assert case.get_head().seq == 2


def test_failed_transaction_leaves_nothing(tmp_path: Path) -> None:
    """An error inside a transaction keeps neither row nor line nor file."""
    case = make_case(tmp_path / "case")
    file = tmp_path / "song.txt"
    file.write_text("The tide keeps its own ledger.")
    with pytest.raises(RuntimeError), case.write("gather") as writer:  # noqa: PT012 - the error comes after the work
        writer.seal(file)
        writer.add(make_problem("a"))
        raise RuntimeError
    open_case(case.path)
    assert case.count(Problem) == 0
    assert case.get_head().seq == 1
    assert check_case(case.path).faults == ()


def test_missing_id_raises(tmp_path: Path) -> None:
    """Asking for an id that is not there says so."""
    with pytest.raises(NotFoundError, match="no problem has the id x"):
        make_case(tmp_path / "case").get(Problem, "x")


def test_not_a_case_is_named(tmp_path: Path) -> None:
    """A folder without `case.toml` is no case, and a folder with files is not made into one."""
    with pytest.raises(CaseError, match="is not a case"):
        open_case(tmp_path)
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(CaseError, match="is there already"):
        make_case(tmp_path)


def test_changed_evidence_is_not_read(tmp_path: Path) -> None:
    """Bytes that are no longer the sealed ones are refused, not read."""
    case = make_case(tmp_path / "case")
    file = tmp_path / "song.txt"
    file.write_text("The tide keeps its own ledger.")
    with case.write("gather") as writer:
        evidence, size = writer.seal(file)
        writer.add(
            Evidence(id=evidence, size=size, media_type="text/plain", name="song.txt", gathered_at=NOON)
        )
    assert case.read_evidence(evidence) == file.read_bytes()
    place = next(path for path in (case.path / "evidence").rglob("*") if path.is_file())
    place.chmod(0o644)
    place.write_text("The tide keeps no ledger.")
    with pytest.raises(CustodyError, match="has changed"):
        case.read_evidence(evidence)


def add_one(place: int, path: Path) -> None:
    """Add one judgement from a process of its own."""
    with open_case(path).write("code") as writer:
        writer.add(make_judgement(place))


def test_four_processes_lose_nothing(tmp_path: Path) -> None:
    """Judgements written at once by several processes are all kept, and the chain holds."""
    case = make_case(tmp_path / "case")
    with ProcessPoolExecutor(4) as pool:
        list(pool.map(add_one, range(40), [case.path] * 40))
    assert case.count(Judgement) == 40
    assert check_case(case.path).faults == ()


KILLED = """
import os, signal, sys
from pathlib import Path
from linewatch.store import case as store, log
from linewatch.model import Problem
step = sys.argv[2]
def die(*_): os.kill(os.getpid(), signal.SIGKILL)
opened = store.open_case(Path(sys.argv[1]))
if step == "append": log.append_lines = die
if step == "torn":
    def torn(path, lines):
        with path.open("a") as handle: handle.write(lines[0][:20])
        die()
    log.append_lines = torn
if step == "head": log.write_head = die
with opened.write("read") as writer:
    writer.add(Problem(id="a", stage="read", kind="k", message="m"))
    if step == "inside": die()
"""


@pytest.mark.parametrize(("step", "kept"), [("inside", 0), ("append", 1), ("torn", 1), ("head", 1)])
def test_killed_command_is_finished_by_the_next(tmp_path: Path, step: str, kept: int) -> None:
    """A kill -9 inside a transaction loses it whole; one after the commit loses nothing."""
    case = make_case(tmp_path / "case")
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(case.path), step], check=False, env={**os.environ}
    )
    assert done.returncode == -signal.SIGKILL
    again = open_case(case.path)
    assert again.count(Problem) == kept
    assert check_case(case.path).faults == ()
    with again.write("read") as writer:
        writer.add(make_problem("a"), make_problem("b"))
    assert check_case(case.path).faults == ()
