"""What takes seconds in a large case is worked out beside the pages: they show the answer of before and say so."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import Any, TypeVar, cast

from linewatch.model import Value
from linewatch.store.remembered import RememberedCase

A = TypeVar("A")
PATIENCE = 0.3
"""Seconds for which a page waits for an answer that usually comes in time."""


class NotYet(Exception):  # noqa: N818 - no fault: the page shows how to come back
    """There is no answer yet, not even an old one."""


@dataclass
class Job:
    """One answer being worked out: of which state of the case, and what came of it."""

    mark: tuple[int, ...] = ()
    answer: Any = None
    fault: Exception | None = None
    took: float = 0.0
    begun: float = field(default_factory=time.monotonic)
    done: Event = field(default_factory=Event)


class Later:
    """Answers by name, each worked out in a thread of its own; one thread a name at a time."""

    def __init__(self, case: RememberedCase, patience: float = PATIENCE) -> None:
        """`patience` is how many seconds a page waits before it shows the answer of before."""
        self.case, self.patience = case, patience
        self._done: dict[str, Job] = {}
        self._running: dict[str, Job] = {}
        self._lock = Lock()

    def ask(
        self, name: str, kinds: tuple[type[Value], ...], make: Callable[[], A], *, wait: bool = False
    ) -> A:
        """Return the newest answer there is, with `wait` that of now; raises NotYet where there is none."""
        now = self.case.tell_mark(kinds)
        patience = 3600.0 if wait else self._find_patience(name)
        while not self._is_of(name, now):
            job = self.begin(name, kinds, make)
            if job is None or not job.done.wait(max(0.0, job.begun + patience - time.monotonic())):
                break
        job = self._done.get(name)
        if job is None:
            raise NotYet
        if job.fault:
            raise job.fault
        return cast("A", job.answer)

    def lags(self, name: str, kinds: tuple[type[Value], ...]) -> bool:
        """Tell whether the answer of this name is of an earlier state of the case."""
        return not self._is_of(name, self.case.tell_mark(kinds))

    def begin(self, name: str, kinds: tuple[type[Value], ...], make: Callable[[], object]) -> Job | None:
        """Begin to work an answer out, unless that is under way; None where the one there is of now."""
        with self._lock:
            if name in self._running:
                return self._running[name]
            if self._is_of(name, self.case.tell_mark(kinds)):
                return None
            job = self._running[name] = Job()
        Thread(target=self._work, args=(name, job, kinds, make), daemon=True).start()
        return job

    def _work(self, name: str, job: Job, kinds: tuple[type[Value], ...], make: Callable[[], object]) -> None:
        with self.case.hold_still():
            job.mark = self.case.tell_mark(kinds)
            try:
                job.answer = make()
            except Exception as fault:  # noqa: BLE001 - told to whoever asks, as if they had worked it out
                job.fault = fault
        job.took = time.monotonic() - job.begun
        with self._lock:
            self._done[name] = job
            del self._running[name]
        job.done.set()

    def _is_of(self, name: str, now: tuple[int, ...]) -> bool:
        """Tell whether an answer is of this state of the case or a later one."""
        job = self._done.get(name)
        return job is not None and bool(job.mark) and all(a >= b for a, b in zip(job.mark, now, strict=True))

    def _find_patience(self, name: str) -> float:
        """Return how long a page waits: not at all for what took longer the last time."""
        job = self._done.get(name)
        return self.patience if job is None or job.took < self.patience else 0.0
