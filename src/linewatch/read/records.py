"""Joins the records of a file into documents of bounded size, a message block a record; private persons become pseudonyms.

The portions of all documents of a file add up to it. Nothing here knows a format or the case.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import msgspec

from linewatch.model import Document, Portion, get_id
from linewatch.read.base import Aside, Record
from linewatch.read.parts import Part, join_parts, make_problem

MOST_RECORDS, MOST_CHARACTERS = 200, 200_000
"""How much one document holds, the last record counted in whole."""
MOST_ASIDES = 2_000
MOST_WORDS = 1_000_000
"""Characters in one record; one that is longer is not understood."""
MOST_SAID = 2_000
"""Characters of one value that a format says of a record."""
_SURROGATE = re.compile(r"[\ud800-\udfff]")

NamePerson = Callable[[str], str]
"""Returns the pseudonym of a private person."""
FindHeld = Callable[[Record], str | None]
"""Returns why a record is left out because an earlier file holds it, None where none does."""


class Source(NamedTuple):
    """Which bytes are read, by whom."""

    evidence: str
    reader: str


def make_namer(key: bytes) -> NamePerson:
    """Return the function that gives a person the same pseudonym under the same key; only who holds the key can find it again.

    >>> make_namer(b"k")("Ines Harrow") == make_namer(b"k")("Ines Harrow") != make_namer(b"l")("Ines Harrow")
    True
    """
    return lambda name: (
        f"person-{hmac.new(key, name.encode('utf-8', 'replace'), hashlib.sha256).hexdigest()[:12]}"
    )


def join_records(
    met: Iterable[Record | Aside],
    source: Source,
    name: NamePerson,
    held: FindHeld = lambda _record: None,
    *,
    is_whole: bool = False,
) -> Iterator[Document]:
    """Yield the documents of a file as it is read, at least one, or just one of any size where it `is_whole`.

    What an earlier file holds is set aside.
    """
    filling, made = _Filling(source, 0), 0
    for one in met:
        kept = _settle(one, name, held)
        if not is_whole and filling.is_full_for(kept):
            yield filling.make_document()
            made += 1
            filling = _Filling(source, made)
        filling.add(kept)
    if filling.has_any or not made:
        yield filling.make_document()


def _settle(one: Record | Aside, name: NamePerson, held: FindHeld) -> Record | Aside:
    """Return the record with nobody named who is private; as an Aside where it is empty, too long or held already."""
    if isinstance(one, Aside):
        return one
    hidden = hide_persons(one, name)
    if not hidden.words.strip():
        return Aside(one.where, one.size, one.reason or "no words", problem=one.problem)
    if len(hidden.words) > MOST_WORDS:
        reason = f"a record of {len(hidden.words)} characters"
        return Aside(one.where, one.size, reason, outcome="not understood", problem="too-large")
    known = held(hidden)
    return Aside(one.where, one.size, known) if known else hidden


def hide_persons(record: Record, name: NamePerson) -> Record:
    """Return the record with a pseudonym in place of each private person."""
    words, last = [], 0
    for start, end in record.private:
        if last <= start < end <= len(record.words):
            words += [record.words[last:start], name(record.words[start:end])]
            last = end
    said = {**record.said, **{key: name(value) for key, value in record.hidden.items() if value}}
    return record._replace(
        words=_SURROGATE.sub("\ufffd", "".join([*words, record.words[last:]])).strip(),
        said={key: _SURROGATE.sub("\ufffd", value)[:MOST_SAID] for key, value in said.items() if value},
        hidden={},
        private=(),
    )


class Fault(NamedTuple):
    """What becomes a Problem."""

    kind: str
    message: str
    where: str | None


def _tell_apart(portion: Portion) -> tuple[str, str | None, str | None]:
    return portion.outcome, portion.reason, portion.text


class _Filling:
    """A document under way."""

    def __init__(self, source: Source, part: int) -> None:
        self._source, self._part = source, str(part)
        self._records: list[Record] = []
        self._portions: list[Portion] = []
        self._faults: list[Fault] = []
        self._last_fault: Fault | None = None
        self._characters = 0

    @property
    def has_any(self) -> bool:
        return bool(self._portions)

    def is_full_for(self, one: Record | Aside) -> bool:
        if len(self._portions) >= MOST_ASIDES or len(self._faults) >= MOST_ASIDES:
            return True
        full = len(self._records) >= MOST_RECORDS or self._characters >= MOST_CHARACTERS
        return full and isinstance(one, Record)

    def add(self, one: Record | Aside) -> None:
        if isinstance(one, Record):
            self._records.append(one)
            self._characters += len(one.words)
            portion = Portion(where=one.where, size=one.size, unit="bytes", outcome="read")
        else:
            portion = _make_portion(one)
            self._characters += len(one.text or "")
        fault = Fault(one.problem, one.reason or one.problem, one.where) if one.problem else None
        if not self._extend(portion, fault):
            self._portions.append(portion)
            self._faults += [fault] if fault else []
            self._last_fault = fault

    def _extend(self, portion: Portion, fault: Fault | None) -> bool:
        """Make the last portion reach to this one, where the same is said of both."""
        last = self._portions[-1] if self._portions else None
        if last is None or _tell_apart(last) != _tell_apart(portion) or portion.text or not portion.size:
            return False
        if (fault and fault[:2]) != (self._last_fault and self._last_fault[:2]):
            return False
        where = f"{last.where.partition(' to ')[0]} to {portion.where}"
        self._portions[-1] = msgspec.structs.replace(last, where=where, size=last.size + portion.size)
        if fault:
            self._faults[-1] = self._last_fault = fault._replace(where=where)
        return True

    def make_document(self) -> Document:
        """Return what there is, as a document."""
        text, blocks = join_parts(_make_part(record) for record in self._records)
        if self._part == "0" and not text and not self._faults:
            self._faults.append(Fault("empty", "no record with words", None))
        return Document(
            id=get_id("document", *self._source, self._part, get_id(text)),
            evidence=self._source.evidence,
            reader=self._source.reader,
            text=text,
            blocks=blocks,
            portions=tuple(self._portions),
            problems=tuple(
                make_problem(one.kind, one.message, self._source.evidence, one.where) for one in self._faults
            ),
            metadata=_find_common(self._records),
            part=self._part,
        )


def _make_part(record: Record) -> Part:
    said = {"where": record.where, **record.said}
    return Part("message", record.words, speaker=said.get("author"), said=said)


def _make_portion(aside: Aside) -> Portion:
    return Portion(
        where=aside.where,
        size=aside.size,
        unit="bytes",
        outcome=aside.outcome,
        reason=aside.reason,
        text=aside.text,
    )


def _find_common(records: list[Record]) -> dict[str, str]:
    """Return what is said alike of all records: the outlet and the language, where they have one."""
    common = {}
    for key in ("outlet", "chat", "language"):
        values = {record.said.get(key) for record in records}
        if len(values) == 1 and (value := values.pop()):
            common[key] = value
    return common
