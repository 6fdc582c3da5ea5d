"""A case held open for long: each row is decoded once, and what was worked out of rows stands until one is added.

Rows are only ever added, so what was read stays true; expunging alone empties bodies, and then all of it is forgotten.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock, local
from typing import Any, TypeVar, cast

from sqlalchemy import select

from linewatch.model import Tombstone, Value
from linewatch.settings import CaseSettings
from linewatch.store.case import Case
from linewatch.store.tables import TABLES
from linewatch.store.writer import EXPUNGED, decode, get_column

V = TypeVar("V", bound=Value)
A = TypeVar("A")
Marks = dict[type[Value], int]
"""How far each table reaches: the number of its last row; of the settings, when they were written."""


class Rows:
    """The rows of one kind read so far, in the order written."""

    def __init__(self) -> None:
        self.reach = 0
        self.numbers: list[int] = []
        self.values: list[Any] = []
        self._index: dict[str, dict[Any, list[int]]] = {}
        self._indexed: dict[str, int] = defaultdict(int)

    def find(self, reach: int, looked_up: dict[str, str]) -> list[Any]:
        """Return the values up to a row whose fields equal these."""
        end = bisect_right(self.numbers, reach)
        if not looked_up:
            return self.values[:end]
        (first, wanted), *others = looked_up.items()
        places = self._look_up(first).get(wanted, ())
        found = [self.values[place] for place in places if place < end]
        return [one for one in found if all(get_column(one, name) == value for name, value in others)]

    def _look_up(self, column: str) -> dict[Any, list[int]]:
        """Return the places of the values by a field, brought up to the last of them."""
        index = self._index.setdefault(column, {})
        for place in range(self._indexed[column], len(self.values)):
            index.setdefault(get_column(self.values[place], column), []).append(place)
        self._indexed[column] = len(self.values)
        return index


class Memory:
    """What was read and worked out of a case, for every handle and thread that shares it."""

    def __init__(self) -> None:
        self.lock, self.thread = RLock(), local()
        self.seen: tuple[int, int] | None = None
        self.marks: Marks = {}
        self.rows: dict[type[Value], Rows] = defaultdict(Rows)
        self.kept: dict[str, tuple[tuple[int, ...], Any]] = {}

    def forget(self) -> None:
        """Forget everything."""
        self.rows.clear()
        self.kept.clear()


class RememberedCase(Case):
    """An open case whose rows are read once; what it returns is shared and not to be changed."""

    def __init__(self, path: Path, who: str | None = None, memory: Memory | None = None) -> None:
        """`memory` is that of another handle on the same case."""
        super().__init__(path, who)
        self.memory = memory or Memory()

    def act_as(self, who: str) -> RememberedCase:
        """Return a handle with the same memory through which what is written stands in the log under a name."""
        return RememberedCase(self.path, who, self.memory)

    @contextmanager
    def hold_still(self) -> Iterator[None]:
        """Look once how far the case reaches, and not again in this thread: all that is asked is of one state."""
        thread = self.memory.thread
        before = getattr(thread, "marks", None)
        thread.marks = before or self._look()
        try:
            yield
        finally:
            thread.marks = before

    def find(self, kind: type[V], **looked_up: str) -> list[V]:
        """Return the values of a kind whose looked-up fields equal these, in the order written."""
        with self.memory.lock:
            reach = self._get_marks()[kind]
            return self._read_up(kind, reach).find(reach, looked_up)

    def keep(self, name: str, kinds: tuple[type[Value], ...], make: Callable[[], A]) -> A:
        """Return the answer of this name: the one kept where nothing of these kinds was added since, else a new one."""
        with self.memory.lock:
            now = self.tell_mark(kinds)
            kept = self.memory.kept.get(name)
            if kept is None or kept[0] != now:
                with self.hold_still():
                    kept = self.memory.kept[name] = (self.tell_mark(kinds), make())
            return cast("A", kept[1])

    def list_after(self, kind: type[V], mark: int) -> list[V]:
        """Return the values of a kind in rows after this one."""
        with self.memory.lock:
            reach = self._get_marks()[kind]
            rows = self._read_up(kind, reach)
            return rows.values[bisect_right(rows.numbers, mark) : bisect_right(rows.numbers, reach)]

    def tell_mark(self, kinds: tuple[type[Value], ...]) -> tuple[int, ...]:
        """Return how far the tables of these kinds reach: as long as it stays, nothing was added."""
        with self.memory.lock:
            marks = self._get_marks()
            return tuple(marks[kind] for kind in kinds)

    def _get_marks(self) -> Marks:
        return getattr(self.memory.thread, "marks", None) or self._look()

    def _look(self) -> Marks:
        """Return how far each table reaches now; unless the log or the settings have grown, nothing is asked."""
        memory = self.memory
        with memory.lock:
            now = (self._date_settings(), self.get_seq())
            if now != memory.seen:
                marks: Marks = {kind: self.mark(kind) for kind in TABLES}
                marks[CaseSettings] = now[0]
                if marks[Tombstone] != memory.marks.get(Tombstone, marks[Tombstone]):
                    memory.forget()
                memory.seen, memory.marks = now, marks
            return memory.marks

    def _date_settings(self) -> int:
        """Return when the settings, the case's own codebook or its canons were written last."""
        places = (self.path / name for name in ("case.toml", "codebook.yml", "canons"))
        return sum(place.stat().st_mtime_ns for place in places if place.exists())

    def _read_up(self, kind: type[V], reach: int) -> Rows:
        """Return the rows of a kind, those read that were not there yet."""
        rows, table = self.memory.rows[kind], TABLES[kind]
        if rows.reach < reach:
            query = (
                select(table.c.n, table.c.body).where(table.c.n > rows.reach, table.c.n <= reach)
                .where(table.c.body != EXPUNGED).order_by(table.c.n)
            )  # fmt: skip
            with self.engine.connect() as connection:
                for n, body in connection.execute(query):
                    rows.numbers.append(n)
                    rows.values.append(decode(kind, body))
            rows.reach = reach
        return rows
