"""Finding in many documents at once: on this process, or on a pool of them. The order and the results do not depend on how many.

A process that is killed takes nothing with it: the pool is made again and what it held is searched anew, one document at a time.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from linewatch.find.base import Reading
from linewatch.find.registry import find_all
from linewatch.model import Canon, Finding

_EACH = 4
"""Readings a worker has waiting: enough to keep it busy, few enough to hold in memory."""
_LEAST = 400_000
"""Code points from which a pool is worth its start: each new process loads the model again."""

Search = Callable[[Reading], tuple[Finding, ...]]


class Searched(NamedTuple):
    """A reading with what was found in it; None where the process that searched it ended twice."""

    reading: Reading
    found: tuple[Finding, ...] | None


def choose_workers(sizes: Sequence[int], asked: int | None = None) -> int:
    """Return how many processes to use on documents of these sizes: as asked, else the cores where there is enough to do.

    >>> choose_workers([100, 200]), choose_workers([100, 200], 2), choose_workers([100], 8)
    (1, 2, 1)
    """
    most = asked if asked is not None else _count_cores() if sum(sizes) >= _LEAST else 1
    return max(1, min(most, len(sizes)))


def _count_cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def map_documents(
    readings: Iterable[Reading], *, workers: int = 1, search: Search = find_all
) -> Iterator[Searched]:
    """Yield what is found in each document, in the order given; more than one worker is a pool of new processes.

    New processes rather than copies of this one: a loaded model and an open case are not to be shared.
    """
    if workers <= 1:
        yield from (Searched(reading, search(reading)) for reading in readings)
        return
    waiting = iter(readings)
    pool = _Pool(workers, search)
    held: deque[tuple[Reading, Future[tuple[Finding, ...]]]] = deque()
    try:
        while True:
            held.extend((one, pool.submit(one)) for one in islice(waiting, workers * _EACH - len(held)))
            if not held:
                return
            reading, future = held.popleft()
            try:
                yield Searched(reading, future.result())
            except BrokenProcessPool:
                pool.close()
                lost = [reading, *(one for one, _ in held)]
                held.clear()
                yield from (_search_alone(one, search) for one in lost)
                pool = _Pool(workers, search)
    finally:
        pool.close()


def _search_alone(reading: Reading, search: Search) -> Searched:
    """Search one reading in a process of its own: which one ended the pool is not known, and it may do so again."""
    pool = _Pool(1, search)
    try:
        return Searched(reading, pool.submit(reading).result())
    except BrokenProcessPool:
        return Searched(reading, None)
    finally:
        pool.close()


class _Pool:
    """A pool whose processes are given the canons once, and not with each reading."""

    def __init__(self, workers: int, search: Search) -> None:
        self._workers, self._search = workers, search
        self._canons: tuple[Canon, ...] | None = None
        self._pool: ProcessPoolExecutor | None = None

    def submit(self, reading: Reading) -> Future[tuple[Finding, ...]]:
        """Give a reading to the pool; a pool that broke says so in the future, as it does for those it holds."""
        if self._pool is None:
            self._canons = reading.canons
            spawn = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(
                self._workers, mp_context=spawn, initializer=_keep, initargs=(self._canons, self._search)
            )
        shared = reading.canons is self._canons
        try:
            return self._pool.submit(
                _search, replace(reading, canons=()) if shared else reading, shared=shared
            )
        except BrokenProcessPool as error:
            broken: Future[tuple[Finding, ...]] = Future()
            broken.set_exception(error)
            return broken

    def close(self) -> None:
        """End the processes; what waits is not begun."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


_kept: tuple[tuple[Canon, ...], Search] = ((), find_all)


def _keep(canons: tuple[Canon, ...], search: Search) -> None:
    """Keep, in a new process, what every reading is searched with."""
    global _kept  # noqa: PLW0603 - a pool's process has no other place for what it was started with
    _kept = canons, search


def _search(reading: Reading, *, shared: bool) -> tuple[Finding, ...]:
    canons, search = _kept
    return search(replace(reading, canons=canons) if shared else reading)
