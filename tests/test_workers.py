"""Whatever a parser does in a worker costs an error, and the next file is parsed by a new one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import parsers_of_ill_will as ill
from linewatch.workers import Limits, Worker, WorkerError

LIMITS = Limits(seconds=2, memory=2 << 30, output=1 << 20)


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    """Return one worker for all tests, as one command uses it for all files."""
    with Worker(LIMITS) as one:
        yield one


def test_results_come_back_one_by_one(worker: Worker) -> None:
    """One result, many results, and none."""
    assert worker.call(int, ill.double, 21) == 42
    assert list(worker.iterate(int, ill.count, 1000)) == list(range(1000))
    assert list(worker.iterate(int, ill.count, 0)) == []


def test_worker_is_used_again(worker: Worker) -> None:
    """The same process works on one file after the other, also when a parser raised."""
    first = worker.call(int, ill.tell_process)
    with pytest.raises(WorkerError):
        worker.call(int, ill.fail)
    assert worker.call(int, ill.tell_process) == first


@pytest.mark.parametrize(
    ("work", "given", "kind", "said"),
    [
        (ill.end, (), "crashed", "ended with 7"),
        (ill.crash, (), "crashed", "SIGSEGV"),
        (ill.die, (), "crashed", "SIGKILL"),
        (ill.hang, (), "hung", "2 seconds"),
        (ill.swell, (), "swelled", "memory"),
        (ill.shout, (2 << 20,), "swelled", "1,048,576 bytes"),
        (ill.recurse, (), "failed", "nested"),
        (ill.fail, (), "failed", "ValueError: no table of contents"),
        (ill.write, (Path("/tmp/linewatch-was-here"),), "failed", "refused"),
        (ill.remove, (Path(__file__),), "failed", "refused"),
        (ill.connect, (9,), "failed", "PermissionError"),
        (ill.start, ("true",), "failed", "refused"),
        (ill.open_many, (), "failed", "Too many open files"),
    ],
)
def test_ill_will_costs_a_fault_and_no_more(
    worker: Worker, work: Callable[..., Any], given: tuple[Any, ...], kind: str, said: str
) -> None:
    """The fault says what happened; the next file is parsed."""
    with pytest.raises(WorkerError, match=said) as caught:
        worker.call(object, work, *given)
    assert caught.value.kind == kind
    assert worker.call(int, ill.double, 4) == 8
    assert not Path("/tmp/linewatch-was-here").exists()


def test_what_comes_back_is_checked(worker: Worker) -> None:
    """A worker that was taken over can give back only values of the kind that was asked for."""
    with pytest.raises(WorkerError, match="gave back what it should not"):
        worker.call(str, ill.double, 4)
    assert worker.call(int, ill.double, 4) == 8


def test_reading_that_is_left_early_ends_the_worker(worker: Worker) -> None:
    """What is not wanted any more does not go on in the background."""
    first = worker.call(int, ill.tell_process)
    results = worker.iterate(int, ill.count, 10_000_000)
    assert next(results) == 0
    results.close()
    assert worker.call(int, ill.tell_process) != first
