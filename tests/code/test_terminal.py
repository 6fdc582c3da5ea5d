"""A coder at a real terminal: blind, one key an answer, undo, pause and resume, a warning first, and killed at any moment."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest

from linewatch.code.answers import get_answer
from linewatch.code.run import find_given, measure, open_sitting, record
from linewatch.model import Document, Judgement, Sitting
from linewatch.store.case import Case, make_case
from linewatch.store.check import check_case
from linewatch.store.live import list_live_judgements, list_live_passages

FIRST = "want to leave\\? "
ASKED = r"\? $"
KEEPS = "Enter keeps it"
UP = "\x1b[A"
MAIN = "from linewatch.cli.main import main; main()"
AT_ONCE = "from linewatch.code import queue; queue.is_break_due.__kwdefaults__['after'] = 0"
WARNED = "Two of those who went inland were killed on the road."


@pytest.fixture
def sit_down() -> Iterator[Callable[..., pexpect.spawn[str]]]:
    """Return what starts the command in a terminal of its own; whatever is left of it is ended."""
    children: list[pexpect.spawn[str]] = []

    def spawn(case: Case, start: str = MAIN) -> pexpect.spawn[str]:
        arguments = ["-c", start, "code", str(case.path), "--as", "anna", "--seed", "0"]
        environment = {**os.environ, "TERM": "dumb", "PYTHONIOENCODING": "utf-8"}
        child: pexpect.spawn[str] = pexpect.spawn(
            sys.executable, arguments, encoding="utf-8", timeout=60, env=environment, dimensions=(50, 200)
        )
        children.append(child)
        return child

    yield spawn
    for child in children:
        child.close(force=True)


def list_said(case: Case) -> list[tuple[str, str]]:
    """Return question and value of each live answer, in the order kept."""
    return [(one.question, one.value) for one in list_live_judgements(case)]


def list_order(case: Case) -> list[str]:
    """Return the words of the passages in the order of anna's sitting."""
    text = case.find(Document)[-1].text
    words = {one.id: text[one.span.start : one.span.end] for one in list_live_passages(case)}
    return [words[one] for one in open_sitting(case, "anna", 0).passages]


def answer(child: pexpect.spawn[str], keys: str, then: str = KEEPS) -> None:
    """Give each key at its question, and Enter where the answers are told."""
    for key in keys:
        child.expect(ASKED)
        child.send(key)
    child.expect(then)
    child.send("\r")


def test_sitting_is_blind_and_kept(case: Case, sit_down: Callable[..., pexpect.spawn[str]]) -> None:
    """Three passages are coded; speaker, file, outlet, date and escape sequences of theirs are not shown."""
    child, shown = sit_down(case), ""
    for place in (1, 2, 3):
        child.expect(f"{place} of 3")
        child.expect(FIRST)
        shown += child.before or ""
        child.send("n")
        child.expect(KEEPS)
        child.send("\r")
    child.expect("All passages are coded")
    child.expect(pexpect.EOF)
    assert list_said(case) == [("q1", "no")] * 3
    assert [one for one in ("Mara", "lamp.txt", "The Lamp", "2031", "\x1b[2J") if one in shown] == []
    places = [shown.index(" ".join(words.replace("\x1b", " ").split()[:3])) for words in list_order(case)]
    assert places == sorted(places)
    assert case.find(Sitting)[0].seed == 0


def test_undo_goes_back_into_the_passage_before(
    case: Case, sit_down: Callable[..., pexpect.spawn[str]]
) -> None:
    """Key b takes back an answer, and at a first question the passage before, which is shown and asked again."""
    first = list_order(case)[0].split("\x1b")[0]
    child = sit_down(case)
    for key, awaited in (("y", "punishment"), ("b", FIRST), ("n", KEEPS), ("\r", "2 of 3")):
        child.expect(FIRST) if key == "y" else None
        child.send(key)
        child.expect(awaited)
    child.expect(FIRST)
    child.send("b")
    child.expect("taken back")
    child.expect("1 of 3")
    child.expect(FIRST)
    assert " ".join(first.split()[:4]) in (child.before or "")
    assert list_said(case) == []
    child.send("u")
    answer(child, "nnnnnn")
    child.expect("2 of 3")
    child.expect(FIRST)
    child.send("p")
    child.expect(pexpect.EOF)
    assert list_said(case)[0] == ("q1", "unclear")
    assert case.count(Judgement) == 1 + 1 + 7


def test_pause_and_resume(case: Case, sit_down: Callable[..., pexpect.spawn[str]]) -> None:
    """Key p says how to go on; the next sitting does, in the same order, and asks a passage left half way from its start."""
    child = sit_down(case)
    answer(child, "n")
    child.expect("2 of 3")
    child.expect(FIRST)
    child.send("y")
    child.expect("punishment")
    child.send("p")
    child.expect("go on with: linewatch code .* --as anna")
    child.expect(pexpect.EOF)
    assert list_said(case) == [("q1", "no")]
    child = sit_down(case)
    child.expect("2 of 3")
    answer(child, "n")
    child.expect("3 of 3")
    answer(child, "n")
    child.expect("All passages are coded")
    child.expect(pexpect.EOF)
    assert case.count(Sitting) == 1


@pytest.mark.parametrize(
    ("end", "shows"),
    [
        (lambda child: child.kill(signal.SIGKILL), "kill -9"),
        (lambda child: child.kill(signal.SIGTERM), "a plain kill"),
        (lambda child: child.close(), "a closed terminal"),
        (lambda child: child.sendintr(), "Ctrl-C"),
        (lambda child: child.sendeof(), "Ctrl-D"),
    ],
)
def test_ended_at_any_moment(
    case: Case,
    sit_down: Callable[..., pexpect.spawn[str]],
    end: Callable[[pexpect.spawn[str]], None],
    shows: str,
) -> None:
    """Ended in the middle of a passage, what was recorded stays whole, the half passage is asked again, the case is sound."""
    child = sit_down(case)
    answer(child, "ynnynnn")
    child.expect("2 of 3")
    child.expect(FIRST)
    child.send("y")
    child.expect("punishment")
    end(child)
    child.wait() if not child.closed and child.isalive() else None
    assert len(list_said(case)) == 7, shows
    assert [one for one in check_case(case.path).faults if one.layer in {"row", "log", "head"}] == []
    child = sit_down(case)
    child.expect("2 of 3")
    child.expect(FIRST)
    child.send("p")
    child.expect(pexpect.EOF)
    assert len(list_said(case)) == 7


@pytest.mark.parametrize("delay", [0.0, 0.02, 0.1])
def test_killed_while_recording(
    case: Case, sit_down: Callable[..., pexpect.spawn[str]], delay: float
) -> None:
    """Killed as a passage is being kept, all of its answers are there or none."""
    child = sit_down(case)
    answer(child, "ynnynnn")
    time.sleep(delay)
    child.kill(signal.SIGKILL)
    child.wait()
    assert len(list_said(case)) in {0, 7}
    assert [one for one in check_case(case.path).faults if one.layer in {"row", "log", "head"}] == []


def test_break_is_suggested(case: Case, sit_down: Callable[..., pexpect.spawn[str]]) -> None:
    """After the set time, here none at all, a break is suggested before the next passage; nothing of it is kept."""
    child = sit_down(case, start=f"{AT_ONCE}; {MAIN}")
    child.expect("a good moment for a break")
    child.expect(FIRST)
    child.send("p")
    child.expect(pexpect.EOF)
    assert case.count(Judgement) == 0


def test_note_frames_and_range(case: Case, sit_down: Callable[..., pexpect.spawn[str]]) -> None:
    """t, f and r ask for their line, a wrong one says why, and what is typed is kept with the answers."""
    child = sit_down(case)
    for key, prompt, line in (
        ("t", "Note: ", "odd"),
        ("f", "such as F01 F11: ", "f99"),
        ("", "no frame is called f99", ""),
        ("", "such as F01 F11: ", "f01"),
        ("y", "punishment", None),
        ("r", "One or two points: ", "-1 0"),
    ):
        if key:
            child.expect(ASKED)
            child.send(key)
        child.expect(prompt)
        if line:
            child.sendline(line)
    child.expect("Your range: -1 Blame to 0 Balanced")
    child.send("\r")
    child.expect("2 of 3")
    kept = {one.question: one for one in list_live_judgements(case)}
    assert kept["F01"].value == "yes"
    assert (kept["stance"].low, kept["stance"].high, kept["stance"].note) == (-1, 0, "odd")


def test_keys_typed_ahead_answer_their_questions(
    case: Case, sit_down: Callable[..., pexpect.spawn[str]]
) -> None:
    """A quick row of keys answers question by question but accepts nothing unseen; an arrow key means nothing."""
    child = sit_down(case)
    child.expect(FIRST)
    child.send(UP)
    child.expect(FIRST)
    child.send("ynnynnn\rn\r")
    child.expect("This comes to -1 Blame")
    child.send("p")
    child.expect(pexpect.EOF)
    assert list_said(case) == []


def test_contradiction_asks_to_split(case: Case, sit_down: Callable[..., pexpect.spawn[str]]) -> None:
    """A penalty and an offer in one passage: the coder is told so, and can skip it with a reason."""
    child = sit_down(case)
    for key in "yynnnyn":
        child.expect(ASKED)
        child.send(key)
    child.expect("two passages in one")
    child.send("s")
    child.expect("Why skip it: ")
    child.sendline("to be split")
    child.expect("2 of 3")
    assert list_said(case) == [("skip", "to be split")]


def test_help_tells_what_a_question_takes_in(case: Case, sit_down: Callable[..., pexpect.spawn[str]]) -> None:
    """? shows what the question takes in and leaves out, and the anchors of the scale."""
    child = sit_down(case)
    child.expect(FIRST)
    child.send("?")
    for told in (
        "yes for: went away",
        "not for: outsiders",
        "-3 Harm or punishment",
        "A condition is not neutrality",
    ):
        child.expect(told)


@pytest.fixture
def warned(tmp_path: Path, read_words: Callable[..., Case]) -> Case:
    """Return a case of one passage, which has a warning."""
    return read_words(make_case(tmp_path / "case"), "d", WARNED)


def test_warning_comes_first(warned: Case, sit_down: Callable[..., pexpect.spawn[str]]) -> None:
    """A warned passage shows its label and not its words until Enter; then it is asked as any other."""
    child = sit_down(warned)
    child.expect("this passage describes killing. Enter shows it, s skips it.")
    before = child.before or ""
    child.send("y\r")
    child.expect(FIRST)
    assert "went inland" not in before
    assert "went inland" in (child.before or "")
    child.send("n")
    answer(child, "")
    child.expect("All passages are coded")
    assert list_said(warned) == [("q1", "no")]


def test_warned_passage_is_skipped_unread(warned: Case, sit_down: Callable[..., pexpect.spawn[str]]) -> None:
    """Key s at the warning asks why, keeps the reason and no answer, and never shows the words."""
    child = sit_down(warned)
    child.expect("describes killing")
    child.send("s")
    child.expect("Why skip it: ")
    child.sendline("too near")
    child.expect("All passages are coded")
    child.expect(pexpect.EOF)
    assert "went inland" not in (child.before or "")
    assert list_said(warned) == [("skip", "too near")]


def test_queue_needs_a_terminal(case: Case) -> None:
    """Without a terminal the command says so in one line, and opens no sitting."""
    command = [sys.executable, "-m", "linewatch", "code", str(case.path), "--as", "anna"]
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 3
    assert done.stderr.startswith("linewatch: the queue needs a terminal (code in bulk")
    assert case.count(Sitting) == 0


def test_an_afternoon_with_keys_alone(
    tmp_path: Path, read_words: Callable[..., Case], sit_down: Callable[..., pexpect.spawn[str]]
) -> None:
    """Thirty passages: one is taken back and given again with two keys, a pause, the rest, and then agreement with another coder."""
    words = [f"In winter {n} they signed the Harbour Pledge and then set it aside." for n in range(30)]
    case = read_words(make_case(tmp_path / "case"), "d", *words)
    child = sit_down(case)
    for place in range(1, 6):
        child.expect(f"{place} of 30")
        answer(child, "n" if place % 2 else "ynnynnn")
    child.expect("6 of 30")
    child.send("b")
    child.expect("5 of 30")
    child.expect(FIRST)
    child.send("a")
    child.expect(KEEPS)
    child.send("\r")
    child.expect("6 of 30")
    child.send("p")
    child.expect("Still to be coded by two to tell an alpha of 0.80: stance 103")
    child.expect(pexpect.EOF)
    assert len({one.passage for one in list_live_judgements(case)}) == 5
    child = sit_down(case)
    for place in range(6, 31):
        child.expect(f"{place} of 30")
        answer(child, "n" if place % 2 else "ynnynnn")
    child.expect("All passages are coded")
    child.expect(pexpect.EOF)
    for passage, rows in find_given(case, "anna").items():
        record(case, passage, "bruno", [get_answer(one) for one in rows.values()])
    first = measure(case).rows[0]
    assert (first.code, first.coders, first.units) == ("stance", 2, 15)
