"""A kill -9 between any two durable steps of any command loses nothing: run again, it ends as if it had not been killed.

The steps are counted, not timed (see kill_runner.py). `LINEWATCH_KILLS=1000` tries every one of them.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from linewatch.cli.main import linewatch

RUNNER = Path(__file__).with_name("kill_runner.py")
KILLS = os.environ.get("LINEWATCH_KILLS", "6")
KILLED = (
    "new",
    "register",
    "canon add",
    "gather",
    "read",
    "search",
    "find",
    "code --import",
    "write",
    "pack",
    "unpack",
    "stamp",
    "expunge",
    "run",
)
AT_ONCE = {"identify", "codebook"}
"""Writes one entry of the log, about a pseudonym that only the case knows; writes one new file. Nothing else."""
READING = {"track", "plan", "scan", "status", "check", "serve"}
"""Commands that write nothing; the desk writes only by the functions of the others."""
SONG = """The Tide Keeps Its Ledger, verse {0}

They signed the Harbour Pledge number {0} and set it aside in the week the sea wall was failing.

The tide keeps its own ledger, and it has written down the names of every empty bench.
"""
ARTICLES = """name: articles
title: The Articles
locators: [Article]
units: {"1:1": "A boat goes out with a full crew.", "1:2": "The last hand looks to the plug."}
"""
CATALOGUE = """path,kind,publisher,outlet,tier,place,date,title,language
song1.txt,song,Harbour League,The Chorus,B,,2031-03-08,The Tide Keeps Its Ledger,en
nowhere.txt,song,,,,,,,
"""


pytestmark = pytest.mark.timeout(1800)  # the first test waits for the runner, which has no network to hang on


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what the runner saw of every command."""
    folder = tmp_path_factory.mktemp("kill")
    material = folder / "material"
    material.mkdir()
    for number in range(1, 6):
        (material / f"song{number}.txt").write_text(SONG.format(number), encoding="utf-8")
    (folder / "articles.yml").write_text(ARTICLES, encoding="utf-8")
    (material / "catalogue.csv").write_text(CATALOGUE, encoding="utf-8")
    environment = {**os.environ, "LINEWATCH_SPACY_MODEL": "none", "HOME": str(folder / "no-home")}
    command = [sys.executable, str(RUNNER), str(folder), KILLS]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, timeout=None)
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


def test_every_writing_command_is_killed() -> None:
    """A command that writes and is not in the list is noticed; `demo` is `run` and `code --import`."""
    assert {name.split()[0] for name in KILLED} == set(linewatch.commands) - READING - AT_ONCE - {"demo"}


def test_undisturbed_commands_do_their_work(told: dict[str, Any]) -> None:
    """What the killed runs are compared with is a case in which every room has done something."""
    state = told["write"]["state"]
    counts = {name: len(state[name]) for name in ("evidence", "documents", "problems", "judgements")}
    assert counts == {"evidence": 5, "documents": 5, "problems": 1, "judgements": 20}
    assert len(state["findings"]) >= 5
    assert state["found"] == 10
    assert "report.html" in state["out"]
    assert state["draft"]


@pytest.mark.parametrize("name", KILLED)
def test_killed_command_completes_when_run_again(told: dict[str, Any], name: str) -> None:
    """Killed at a step and run again, it succeeds, the case is whole, and everything in it is as it would have been."""
    seen = told[name]
    assert seen["done"]["code"] == 0, seen["done"]["said"]
    assert seen["state"]["faults"] == []
    assert len(seen["tries"]) >= min(int(KILLS), seen["done"]["steps"]) >= 4
    for one in seen["tries"]:
        assert one["ended"] == -signal.SIGKILL, one
        assert one["again"]["code"] == 0, one
        assert one["wrong"] == {}, one
