"""Finding in many documents at once: on this process, or on a pool of them. The order and the results do not depend on how many."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice

from linewatch.find.base import Reading
from linewatch.find.registry import find_all
from linewatch.model import Finding

_EACH = 8
"""Readings a worker has waiting: enough to keep it busy, few enough to hold in memory."""


def map_documents(readings: Iterable[Reading], *, workers: int = 1) -> Iterator[tuple[Finding, ...]]:
    """Yield what is found in each document, in the order given; more than one worker is a pool of new processes.

    New processes rather than copies of this one: a loaded model and an open case are not to be shared.
    """
    if workers <= 1:
        yield from map(find_all, readings)
        return
    waiting = iter(readings)
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=workers, mp_context=spawn) as pool:
        while batch := list(islice(waiting, workers * _EACH)):
            yield from pool.map(find_all, batch)
