"""What was worked out of a case, kept until something it was worked out of grows: rows are only ever added."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import RLock, local
from typing import Any, TypeVar, cast

from linewatch.model import Value
from linewatch.store.case import Case
from linewatch.store.tables import TABLES

V = TypeVar("V")
Mark = tuple[int, ...]


class Memory:
    """Answers by name, each with the state of the case that it stands for."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._kept: dict[str, tuple[Mark, Any]] = {}
        self._seen: Mark = ()
        self._rows: dict[type[Value], int] = {}
        self._lock, self._thread = RLock(), local()

    @contextmanager
    def hold_still(self) -> Iterator[None]:
        """Look once whether the case has changed, and not again while a page is made: all of it is of one state."""
        self._look()
        self._thread.still = True
        try:
            yield
        finally:
            self._thread.still = False

    def keep(self, name: str, kinds: tuple[type[Value], ...], make: Callable[[], V]) -> V:
        """Return the answer of this name: the one kept where no row of these kinds was added since, else a new one."""
        with self._lock:
            if not getattr(self._thread, "still", False):
                self._look()
            now = (self._seen[0], *(self._rows[kind] for kind in kinds))
            kept = self._kept.get(name)
            if kept is None or kept[0] != now:
                kept = self._kept[name] = (now, make())
            return cast("V", kept[1])

    def _look(self) -> None:
        """Note how far each table reaches, unless the log and the settings are as they were."""
        with self._lock:
            settings = (self._case.path / "case.toml").stat().st_mtime_ns
            now = (settings, self._case.get_seq())
            if now != self._seen:
                self._rows = {kind: self._case.mark(kind) for kind in TABLES}
                self._seen = now
