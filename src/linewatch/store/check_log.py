"""Checks the custody log: its file, the database's copy of it, the chain, and the head kept outside the case."""

from __future__ import annotations

from pathlib import Path

import msgspec

from linewatch.errors import CustodyError
from linewatch.model import Head, LogEntry, Timestamp, Value
from linewatch.settings import get_state_folder
from linewatch.store import log


class Fault(Value, frozen=True, kw_only=True):
    """Something that does not hold, where, and in words."""

    layer: str
    """evidence, row, log, head, timestamp, span, table or database."""
    where: str
    message: str


class CheckedLog(Value, frozen=True, kw_only=True):
    """The entries that the log's file holds, what does not hold of it, and what is only to be known."""

    entries: tuple[LogEntry, ...]
    faults: tuple[Fault, ...]
    notices: tuple[str, ...] = ()


def check_log(path: Path, kept: list[str], uid: str) -> CheckedLog:
    """Check the log's file against the lines that the database kept, the chain, and the head outside."""
    lines, torn = log.read_lines(path), log.find_torn_line(path)
    entries, faults = check_chain(lines)
    faults += _check_uid(entries, uid)
    try:
        head = log.find_head(get_state_folder(), uid)
    except CustodyError as error:
        head, faults = None, [*faults, Fault(layer="head", where="outside", message=str(error))]
    faults += _check_head(entries, head, uid)
    faults += [
        Fault(layer="log", where=f"line {place}", message="the log file and the database differ")
        for place, (line, row) in enumerate(zip(lines, kept, strict=False), 1)
        if line != row
    ]
    notices = [] if head else ["no head of this log is kept outside the case here: a cut tail would not show"]
    pending = kept[len(lines) :]
    if (
        not faults
        and len(pending) == 1
        and pending[0].startswith(torn)
        and (not head or head.seq == len(lines))
    ):
        notices.append(
            "the last command was cut off after its commit: the next one writes its line to the log"
        )
        entries, faults = check_chain(kept)
    elif torn:
        faults.append(Fault(layer="log", where="end", message="the last line is torn"))
    elif len(lines) != len(kept):
        message = f"the log has {len(lines)} lines, the database {len(kept)}"
        faults.append(Fault(layer="log", where="end", message=message))
    return CheckedLog(entries=tuple(entries), faults=tuple(faults), notices=tuple(notices))


def check_chain(lines: list[str]) -> tuple[list[LogEntry], list[Fault]]:
    """Return the entries on the lines, and a fault for each that is not what was written or breaks the chain."""
    entries: list[LogEntry] = []
    faults: list[Fault] = []
    previous = log.GENESIS
    for place, line in enumerate(lines, 1):
        try:
            entry = log.parse_entry(line)
        except (msgspec.MsgspecError, RecursionError):
            faults.append(_name(place, "not an entry of the log"))
            continue
        if log.hash_entry(entry) != entry.hash:
            faults.append(_name(place, "the entry is not what was written"))
        if entry.previous != previous or entry.seq != place:
            faults.append(_name(place, "the entry does not follow the one before it"))
        previous = entry.hash
        entries.append(entry)
    return entries, faults


def _name(place: int, message: str) -> Fault:
    return Fault(layer="log", where=f"line {place}", message=message)


def _check_uid(entries: list[LogEntry], uid: str) -> list[Fault]:
    """Tell whether the log began in the case that case.toml names: with another uid no head outside would be met."""
    began = entries[0].detail.get("uid", uid) if entries else uid
    return [] if began == uid else [_name(1, f"the log is that of the case {began}, case.toml names {uid}")]


def _check_head(entries: list[LogEntry], head: Head | None, uid: str) -> list[Fault]:
    if head is None:
        return []
    where = f"entry {head.seq}"
    if head.case != uid:
        return [Fault(layer="head", where=where, message="the head kept outside is that of another case")]
    if head.hash not in {one.hash for one in entries if one.seq == head.seq}:
        message = "the log does not reach the head kept outside the case"
        return [Fault(layer="head", where=where, message=message)]
    return []


def check_stamps(stamps: list[Timestamp], entries: tuple[LogEntry, ...]) -> tuple[list[Fault], list[str]]:
    """Return a fault for each timestamp that does not hold, and what the others prove, in words."""
    from linewatch.store.timestamps import describe, verify  # cryptography takes long to import

    faults, proofs = [], []
    hashes = {entry.seq: entry.hash for entry in entries}
    for stamp in stamps:
        where = f"timestamp of entry {stamp.head.seq}"
        if hashes.get(stamp.head.seq) != stamp.head.hash:
            faults.append(Fault(layer="timestamp", where=where, message="the log has no such entry any more"))
        try:
            proofs.append(f"timestamp: {describe(stamp, verify(stamp))}")
        except ValueError as error:
            faults.append(Fault(layer="timestamp", where=where, message=str(error)))
    return faults, proofs
