"""Kills commands between their durable steps, runs them again, and tells what the case then holds. Run by test_kill.py.

    python kill_runner.py FOLDER MOST

FOLDER holds `material/`. For each command of COMMANDS: it is run undisturbed once, its durable steps counted; then for at
most MOST of these steps, evenly chosen, a copy of the same beginning is taken, the command is killed (SIGKILL) at that
step and run again. What each came to is printed as JSON. Every command runs in a fork of this process, which has
imported the program once. The hooks are here and nowhere in the program.
"""

from __future__ import annotations

import builtins
import csv
import hashlib
import io
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy.engine.default import DefaultDialect

from linewatch.cli.main import linewatch
from linewatch.gather import run as gathering
from linewatch.model import Build, Correction, Document, Evidence, Passage, Problem, Statement
from linewatch.store import search as searching
from linewatch.store.case import open_case
from linewatch.store.check import check_case
from linewatch.store.live import list_live_findings, list_live_judgements, name_version
from linewatch.store.search import search

COMMANDS: dict[str, list[str]] = {
    "new": ["new", "case"],
    "register": ["register", "case", "--expect", "up"],
    "canon add": ["canon", "add", "case", "articles.yml"],
    "gather": ["gather", "case", "material", "--own", "--obtained-from", "the pier"],
    "read": ["read", "case"],
    "search": ["search", "case", "tide", "-q"],
    "find": ["find", "case"],
    "code --import": ["code", "case", "--import", "codings.csv"],
    "write": ["write", "case", "-o", "out"],
    "pack": ["pack", "case", "-o", "packed", "--with-originals", "--reason", "a second reader"],
    "unpack": ["unpack", "packed", "restored"],
    "stamp": ["stamp", "case", "--request", "head.tsq"],
    "expunge": ["expunge", "case", "SONG", "--reason", "an order", "--approved-by", "M. Ode", "--yes"],
    "run": ["run", "fresh", "material", "-o", "out"],
}
"""Each begins where the one before it ended; SONG is the hash of a gathered file."""
MOVES = (
    "replace",
    "rename",
    "link",
    "unlink",
    "remove",
    "rmdir",
    "mkdir",
    "chmod",
    "truncate",
    "fsync",
    "open",
)
"""The calls of `os` by which something becomes, or ceases to be, on the disk."""


class Steps:
    """Counts the durable steps of a command, and kills it at one of them."""

    def __init__(self, folder: Path, fatal: int | None) -> None:
        self.folder, self.fatal, self.count = str(folder), fatal, 0

    def step(self) -> None:
        """Come to a step: what follows it has not happened."""
        self.count += 1
        if self.count == self.fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self) -> None:
        """Put the hooks in: calls of the system, files opened for writing (before, and while empty), commits (before, after)."""
        for name in MOVES:
            setattr(os, name, self._wrap(getattr(os, name), lambda _name, given: self._is_move(given)))
        builtins.open = io.open = self._wrap(
            io.open, lambda _name, given: self._is_writing(given), after=True
        )  # type: ignore[assignment] # a hook
        DefaultDialect.do_commit = self._wrap(DefaultDialect.do_commit, lambda *_: True, after=True)  # type: ignore[method-assign] # a hook

    def _wrap(
        self, call: Callable[..., Any], counts: Callable[[str, tuple[Any, ...]], bool], *, after: bool = False
    ) -> Callable[..., Any]:
        def hooked(*given: Any, **named: Any) -> Any:
            counted = counts(call.__name__, (*given, *named.values()))
            if counted:
                self.step()
            done = call(*given, **named)
            if counted and after:
                self.step()
            return done

        return hooked

    def _is_move(self, given: tuple[Any, ...]) -> bool:
        if isinstance(given[0], int):
            return True  # fsync of an open file
        reads_only = len(given) > 1 and given[1:] == (os.O_RDONLY,)
        return self._is_inside(given[0]) and not reads_only

    def _is_writing(self, given: tuple[Any, ...]) -> bool:
        mode = next((one for one in given[1:] if isinstance(one, str)), "r")
        return self._is_inside(given[0]) and bool(set(mode) & set("wax+"))

    def _is_inside(self, path: object) -> bool:
        return isinstance(path, str | os.PathLike) and str(Path(path).absolute()).startswith(self.folder)


def fork(folder: Path, work: Callable[[], object]) -> tuple[int, Any]:
    """Do work in a fork standing in this folder; return how it ended (negative: by that signal) and what it returned."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        os.chdir(folder)
        os.environ["LINEWATCH_STATE"] = str(folder / "state")
        with os.fdopen(writer, "w") as told:
            json.dump(work(), told)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as told:
        text = told.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return status, json.loads(text) if text else None


def run_command(arguments: list[str], steps: Steps | None = None) -> dict[str, Any]:
    """Run a command line in this process; return its exit code, what it said, and how many steps it took."""
    said = io.StringIO()
    sys.stdout = sys.stderr = said
    if steps:
        steps.watch()
    try:
        linewatch(arguments, standalone_mode=True)
    except SystemExit as end:
        return {"code": end.code or 0, "said": said.getvalue(), "steps": steps.count if steps else 0}
    raise AssertionError


def describe_case(name: str, *, has_report: bool) -> dict[str, Any]:
    """Return what the case holds, apart from times and from ids that are made by chance; and that it is whole."""
    path = Path(name)
    faults = [fault.message for fault in check_case(path).faults]
    case = open_case(path)
    return {
        "faults": faults + [fault.message for fault in check_case(path).faults],
        "files": sorted(one.name for one in path.iterdir() if not one.name.startswith("case.db-")),
        "canons": sorted(one.name for one in path.glob("canons/*")),
        "staged": [one.name for one in path.glob("evidence/incoming/*")],
        "draft": (path / "report.md").read_text() if (path / "report.md").exists() else None,
        "settings": len((path / "case.toml").read_text().splitlines()),
        "evidence": sorted(one.id for one in case.find(Evidence)),
        "said": sorted({(one.evidence, one.field, one.value) for one in case.find(Statement)}),
        "documents": sorted(one.id for one in case.find(Document)),
        "findings": sorted(map(name_version, list_live_findings(case))),
        "passages": sorted({one.id for one in case.find(Passage)}),
        "judgements": sorted(
            f"{one.passage} {one.coder} {one.question} {one.value}" for one in list_live_judgements(case)
        ),
        "corrections": sorted(one.id for one in case.find(Correction)),
        "problems": sorted(one.id for one in case.find(Problem)),
        "reports": bool(case.count(Build)),
        "found": search(case, "tide").count,
        "out": sorted(one.name for one in Path("out").iterdir() if not one.name.startswith("."))
        if has_report
        else [],
    }


def write_codings(target: str) -> None:
    """Write two coders' answers to every passage, as an export of the queue would."""
    with Path(target).open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["passage", "coder", "question", "value", "low", "high", "note", "time"])
        for passage in open_case(Path("case")).find(Passage):
            for coder in ("ana", "ben"):
                rows.writerow([passage.id, coder, "q1", "no", "", "", "", "2031-05-01T12:00:00+00:00"])


def make_codings(start: Path) -> None:
    """Put the codings beside the case; a copy of the case proposes the passages, so that the case itself has none yet."""
    copy = start.with_name("coding")
    shutil.copytree(start, copy)
    fork(copy, lambda: run_command(["code", "case", "--export", "empty.csv"]))
    fork(copy, lambda: write_codings(str(start / "codings.csv")))


def try_command(start: Path, arguments: list[str], most: int) -> dict[str, Any]:
    """Run a command undisturbed, then killed at each chosen step and again; return what all that came to."""
    has_report = "out" in arguments
    case = next((name for name in ("fresh", "restored") if name in arguments), "case")
    whole = start.with_name(f"{arguments[0]}-whole")
    shutil.copytree(start, whole)
    _, done = fork(whole, lambda: run_command(arguments, Steps(whole, None)))
    looked_at = start.with_name(
        f"{arguments[0]}-looked-at"
    )  # a look makes the search index: the next command has none
    shutil.copytree(whole, looked_at)
    _, expected = fork(looked_at, lambda: describe_case(case, has_report=has_report))
    count = done["steps"]
    chosen = sorted({1 + place * (count - 1) // max(most - 1, 1) for place in range(most)}) if count else []
    tries = []
    for step in chosen:
        place = start.with_name(f"{arguments[0]}-{step}")
        shutil.copytree(start, place)
        ended, _ = fork(place, lambda: run_command(arguments, Steps(place, step)))  # noqa: B023 - called at once
        _, again = fork(place, lambda: run_command(arguments))
        _, state = fork(place, lambda: describe_case(case, has_report=has_report))
        wrong = sorted(name for name in expected if not state or state[name] != expected[name])
        tries.append(
            {"step": step, "ended": ended, "again": again, "wrong": {n: state and state[n] for n in wrong}}
        )
        shutil.rmtree(place)
    return {"done": done, "state": expected, "tries": tries, "whole": str(whole)}


def main() -> None:
    """Try every command and print what came of it."""
    folder, most = Path(sys.argv[1]).resolve(), int(sys.argv[2])
    start, told = folder / "start", {}
    gathering.BATCH = searching.BATCH = 2  # so that a handful of files is several transactions
    start.mkdir()
    shutil.copytree(folder / "material", start / "material")
    shutil.copy(folder / "articles.yml", start)
    song = hashlib.sha256((start / "material" / "song1.txt").read_bytes()).hexdigest()
    for name, wanted in COMMANDS.items():
        arguments = [song if one == "SONG" else one for one in wanted]
        if name.startswith("code"):
            make_codings(start)
        told[name] = try_command(start, arguments, most)
        start = Path(told[name]["whole"])
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
