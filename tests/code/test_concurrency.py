"""Several coders in processes of their own on one case: no judgement is lost and none is doubled, killed or not."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from multiprocessing.context import SpawnProcess
from pathlib import Path

from linewatch.code.answers import Answer
from linewatch.code.run import list_queue, open_sitting, record
from linewatch.model import Judgement
from linewatch.store.case import Case, make_case, open_case
from linewatch.store.check import check_case
from linewatch.store.live import list_live_judgements

CODERS = ("anna", "bruno", "carla", "dario")
EACH = 50
WORDS = [
    f"In winter {n} they signed the Harbour Pledge and set it aside before the spring came."
    for n in range(EACH)
]


def code_all(path: Path, coder: str, said: Path) -> None:
    """Code what is left of a coder's queue; write down each passage once it is said to be kept."""
    case = open_case(path)
    _, left = list_queue(case, coder, open_sitting(case, coder, 1))
    with said.open("a", encoding="utf-8") as file:
        for turn in left:
            record(case, turn.passage, coder, (Answer(question="q1", value="no"),))
            file.write(f"{turn.passage}\n")
            file.flush()


def start(case: Case, coder: str) -> SpawnProcess:
    """Start a coder in a process of its own."""
    process = multiprocessing.get_context("spawn").Process(
        target=code_all, args=(case.path, coder, name_said(case, coder))
    )
    process.start()
    return process


def name_said(case: Case, coder: str) -> Path:
    """Return the file of what a coder was told is kept."""
    return case.path.parent / f"{coder}.txt"


def list_kept(case: Case) -> Counter[tuple[str, str]]:
    """Return how often each passage was answered by each coder."""
    return Counter((one.passage, one.coder) for one in list_live_judgements(case))


def test_two_hundred_judgements_from_four_processes(tmp_path: Path, read_words: Callable[..., Case]) -> None:
    """Four code fifty passages each at once, one is killed on the way and goes on later: two hundred, each once."""
    case = read_words(make_case(tmp_path / "case"), "d", *WORDS)
    chance = random.Random()
    processes = {coder: start(case, coder) for coder in CODERS}
    victim, after = chance.choice(CODERS), chance.randrange(1, EACH - 5)
    said = name_said(case, victim)
    while processes[victim].is_alive() and (not said.exists() or said.read_text().count("\n") < after):
        time.sleep(0.002)
    os.kill(processes[victim].pid or 0, signal.SIGKILL)
    for process in processes.values():
        process.join(120)
    assert [processes[one].exitcode for one in CODERS if one != victim] == [0, 0, 0]
    kept = list_kept(case)
    assert set(kept.values()) == {1}, (victim, after)
    for coder in CODERS:
        assert {(one, coder) for one in name_said(case, coder).read_text().split("\n")[:-1]} <= kept.keys()
    again = start(case, victim)
    again.join(120)
    assert list_kept(case) == Counter({(one, coder): 1 for coder in CODERS for one, _ in kept})
    assert case.count(Judgement) == len(CODERS) * EACH
    assert [one for one in check_case(case.path).faults if one.layer in {"row", "log", "head"}] == []
