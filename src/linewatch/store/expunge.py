"""Expunging: evidence taken out for legal, safety or personal reasons, its words gone everywhere, a tombstone in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from linewatch.errors import InputError, NotFoundError
from linewatch.model import (
    Arrival,
    Correction,
    Document,
    Evidence,
    Finding,
    Judgement,
    MachineCall,
    Passage,
    Problem,
    Statement,
    Suggestion,
    Tombstone,
    Value,
    get_id,
)
from linewatch.store.case import Case
from linewatch.store.cleaning import EXPUNGING, finish_expunging
from linewatch.store.tables import TABLES

SHORTEST = 6
"""So many digits of a hash name a piece of evidence, where only one begins with them."""
TELLING = 40
"""A block of so many letters is not met twice by chance."""


class Expunged(Value, frozen=True, kw_only=True):
    """What was expunged, and where the same words still stand because nobody named it."""

    tombstones: tuple[Tombstone, ...]
    elsewhere: tuple[str, ...]
    """Names of other evidence, and of the analyst's own files in the case, that hold words of it."""


def find_named(case: Case, names: Iterable[str]) -> list[Evidence]:
    """Return the evidence that hashes, beginnings of hashes or file names mean; raises NotFoundError, InputError if unclear."""
    known = case.find(Evidence)
    return [_find_one(known, name) for name in names]


def _find_one(known: Sequence[Evidence], name: str) -> Evidence:
    digits = name.removeprefix("sha256:").lower()
    by_hash = [
        one for one in known if len(digits) >= SHORTEST and one.id.partition(":")[2].startswith(digits)
    ]
    found = by_hash or [one for one in known if one.name == name]
    if not found:
        raise NotFoundError(f"no evidence is {name}", hint="name a file, or the first digits of its hash")
    if len(found) > 1:
        hashes = ", ".join(one.id[:19] for one in found)
        raise InputError(
            f"{name} names {len(found)} pieces of evidence: {hashes}", hint="name one by its hash"
        )
    return found[0]


def expunge(case: Case, named: Sequence[Evidence], *, reason: str, approved_by: Sequence[str]) -> Expunged:
    """Take evidence out of a case, with what came out of it: bytes, text, findings, codes, index and built reports.

    Hash, size, reason and approvers stay. Raises InputError without a reason or an approver.
    """
    if not reason.strip() or not any(one.strip() for one in approved_by):
        raise InputError(
            "expunging needs a reason and who approved it", hint="give --reason and --approved-by"
        )
    doomed = _add_children(case.find(Evidence), named)
    _check_containers(case, doomed)
    ids = {one.id for one in doomed}
    blocks = _list_telling_blocks(case, ids)
    (case.path / EXPUNGING).touch()
    with case.write("expunge", evidence=[one.id for one in doomed]) as writer:
        tombstones = [_make_tombstone(case, one, reason, approved_by) for one in doomed]
        for tombstone in tombstones:
            writer.add(tombstone)
            for kind, table in TABLES.items():
                writer.empty(kind, tombstone.rows.get(table.name, ()))
    finish_expunging(case.path, case.engine)
    return Expunged(tombstones=tuple(tombstones), elsewhere=tuple(_find_elsewhere(case, blocks)))


def find_tombstone(case: Case, name: str) -> Tombstone | None:
    """Return the tombstone that a hash or its first digits mean, None where nothing of that hash was expunged."""
    digits = name.removeprefix("sha256:").lower()
    found = [one for one in case.find(Tombstone) if one.evidence.partition(":")[2].startswith(digits)]
    return found[-1] if found and len(digits) >= SHORTEST else None


def _add_children(known: Sequence[Evidence], named: Sequence[Evidence]) -> list[Evidence]:
    """Return the evidence with everything that came out of it, containers first."""
    ids = {one.id for one in named}
    while True:
        more = {one.id for one in known if one.parent in ids} - ids
        if not more:
            return [one for one in known if one.id in ids]
        ids |= more


def _check_containers(case: Case, doomed: Sequence[Evidence]) -> None:
    """Raise InputError where the bytes also lie inside a container that is to stay."""
    ids = {one.id for one in doomed}
    staying = {one.id: one.name for one in case.find(Evidence) if one.id not in ids}
    for one in doomed:
        if one.parent in staying:
            raise InputError(
                f"{one.name} came out of {staying[one.parent]}, which holds its bytes too",
                hint=f"expunge the container: {one.parent[:19]}",
            )


def _make_tombstone(case: Case, evidence: Evidence, reason: str, approved_by: Sequence[str]) -> Tombstone:
    return Tombstone(
        id=get_id("tombstone", evidence.id),
        evidence=evidence.id,
        size=evidence.size,
        reason=reason.strip(),
        approved_by=tuple(one.strip() for one in approved_by if one.strip()),
        expunged_at=datetime.now(UTC),
        rows={TABLES[kind].name: seals for kind, seals in _list_rows(case, evidence.id).items() if seals},
    )


def _list_rows(case: Case, evidence: str) -> dict[type[Value], tuple[str, ...]]:
    """Return the seals of every row that holds words, names or places of this evidence."""
    documents = {one.id for one in case.find(Document, evidence=evidence)}
    passages = {one.id for document in documents for one in case.find(Passage, document=document)}
    doomed: dict[type[Value], Callable[[Any], bool]] = {
        Evidence: lambda row: row.id == evidence,
        Arrival: lambda row: row.evidence == evidence,
        Statement: lambda row: row.evidence == evidence,
        Document: lambda row: row.evidence == evidence,
        Finding: lambda row: row.span.document in documents,
        Passage: lambda row: row.span.document in documents,
        Judgement: lambda row: row.passage in passages,
        Suggestion: lambda row: row.passage in passages,
        MachineCall: lambda row: row.passage in passages,
        Correction: lambda row: any(at and at.evidence == evidence for at in (row.at, row.other)),
        Problem: lambda row: row.evidence == evidence or row.document in documents,
    }
    return {
        kind: tuple(seal for seal, row in case.list_sealed(kind) if is_doomed(row))
        for kind, is_doomed in doomed.items()
    }


def _list_telling_blocks(case: Case, ids: set[str]) -> list[str]:
    """Return the longest stretches of the doomed documents, by which their words are known again elsewhere."""
    blocks = [
        document.text[block.start : block.end]
        for evidence in ids
        for document in case.find(Document, evidence=evidence)
        for block in document.blocks
    ]
    return sorted((one for one in blocks if len(one) >= TELLING), key=len, reverse=True)[:50]


def _find_elsewhere(case: Case, blocks: Sequence[str]) -> list[str]:
    names = {one.id: one.name for one in case.find(Evidence)}
    found = [
        names[document.evidence]
        for document in case.find(Document)
        if document.evidence in names and any(block in document.text for block in blocks)
    ]
    own = [case.path / "report.md", case.path / "codebook.yml", *sorted((case.path / "canons").glob("*"))]
    written = [one.name for one in own if one.is_file() and _holds(one.read_text(errors="replace"), blocks)]
    return list(dict.fromkeys([*found, *written]))


def _holds(text: str, blocks: Sequence[str]) -> bool:
    return any(block in text for block in blocks)
