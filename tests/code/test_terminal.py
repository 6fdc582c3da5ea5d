"""A coder at a terminal: blind, one key an answer, undo, pause and resume, a warning first."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import pexpect
import pytest

from linewatch.model import Document, Evidence, Passage, Sitting, Span
from linewatch.store.case import Case, make_case
from linewatch.store.live import list_live_judgements

WORDS = (
    "They signed the Harbour Pledge and set it aside.",
    "It was a fault, yet they are\x1b[2J still ours.",
)


def make_small_case(path: Path, *, warning: str | None = None) -> Case:
    """Return a case of two passages by Mara in *The Lamp*, the first with a warning or none."""
    made, text = make_case(path), "\n".join(WORDS)
    at = datetime(2033, 1, 1, tzinfo=UTC)
    sealed = Evidence(id="sha256:0", size=1, media_type="text/plain", name="lamp.txt", gathered_at=at)
    document = Document(id="d", evidence=sealed.id, reader="plain.v1", text=text, blocks=())
    cut = len(WORDS[0])
    first, second = Span(document="d", start=0, end=cut), Span(document="d", start=cut + 1, end=len(text))
    with made.write("set up") as writer:
        writer.add(sealed, document)
        writer.add(Passage(id="p1", span=first, item=None, speaker="Mara", warning=warning))
        writer.add(Passage(id="p2", span=second, item=None, speaker="Mara"))
    return made


def sit_down(case: Case, coder: str = "anna") -> pexpect.spawn[str]:
    """Start the command in a terminal of its own; seed 0 shows the passages in one known order."""
    arguments = ["-m", "linewatch", "code", str(case.path), "--as", coder, "--seed", "0"]
    environment = {**os.environ, "TERM": "dumb", "PYTHONIOENCODING": "utf-8"}
    return pexpect.spawn(
        sys.executable, arguments, encoding="utf-8", timeout=60, env=environment, dimensions=(50, 200)
    )


def list_answers(case: Case) -> list[tuple[str, str]]:
    """Return the live answers, each with its question."""
    return [(one.question, one.value) for one in list_live_judgements(case)]


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """Return a small case without a warning."""
    return make_small_case(tmp_path / "case")


def test_sitting_is_blind_and_kept(case: Case) -> None:
    """Two passages are coded; nothing of where they come from, and no escape sequence of theirs, is shown."""
    child = sit_down(case)
    child.expect("1 of 2")
    child.expect("want to leave")
    child.send("n")
    child.expect("2 of 2")
    child.send("n")
    child.expect("All passages are coded")
    child.expect(pexpect.EOF)
    assert list_answers(case) == [("q1", "no"), ("q1", "no")]
    assert set(case.find(Sitting)[0].passages) == {"p1", "p2"}


def test_source_is_not_shown(case: Case) -> None:
    """A passage paused at has shown its words and neither its speaker nor its file."""
    child = sit_down(case)
    child.expect("want to leave")
    child.send("p")
    child.expect(pexpect.EOF)
    shown = child.before or ""
    assert "Mara" not in shown
    assert "lamp.txt" not in shown
    assert "\x1b[2J" not in shown


def test_undo_pause_and_resume(case: Case) -> None:
    """Key b at a first question takes the passage before back; p says how to go on, and the next sitting does."""
    child = sit_down(case)
    for sent, awaited in (("n", "2 of 2"), ("b", "taken back"), ("n", "2 of 2"), ("p", "--as anna")):
        child.expect("want to leave")
        child.send(sent)
        child.expect(awaited)
    child.expect(pexpect.EOF)
    assert list_answers(case) == [("q1", "no")]
    child = sit_down(case)
    child.expect("2 of 2")
    child.send("n")
    child.expect("All passages are coded")
    child.expect(pexpect.EOF)
    assert len(case.find(Sitting)) == 1


def test_note_frames_and_range(case: Case) -> None:
    """t, f and r ask for their line, and what is typed is kept with the answers."""
    child = sit_down(case)
    # Each key waits for its prompt: click reads what is typed ahead as one key.
    for key, prompts in (
        ("t", {"Note": "odd"}),
        ("f", {"such as": "f01"}),
        ("r", {"Lowest": "-1", "Highest": "0"}),
    ):
        child.expect(r"want to leave\? ")
        child.send(key)
        for prompt, line in prompts.items():
            child.expect(prompt)
            child.sendline(line)
    child.expect(r"want to leave\? ")
    child.send("y")
    for key in "nnynnn":
        child.expect(r"\? ")
        child.send(key)
    child.expect("2 of 2")
    child.expect(r"want to leave\? ")
    child.send("p")
    child.expect(pexpect.EOF)
    kept = {one.question: one for one in list_live_judgements(case)}
    assert kept["F01"].value == "yes"
    assert (kept["stance"].low, kept["stance"].high, kept["stance"].note) == (-1, 0, "odd")


def test_warning_comes_first_and_a_skip_keeps_its_reason(tmp_path: Path) -> None:
    """A warned passage shows its label alone; s skips it, with a reason and no answer."""
    case = make_small_case(tmp_path / "case", warning="grief")
    child = sit_down(case)
    if child.expect(["grief", "want to leave"]) == 1:
        child.send("n")
        child.expect("grief")
    assert "Harbour Pledge" not in (child.before or "")
    child.send("s")
    child.expect("Why")
    child.send("too near\r")
    child.expect("2 of 2|All passages are coded")
    child.send("p")
    child.expect(pexpect.EOF)
    assert ("skip", "too near") in list_answers(case)
