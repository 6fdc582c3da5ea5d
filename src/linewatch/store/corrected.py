"""The analyst's corrections applied to what machines found. Pure: the rows of both stay as they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from linewatch.model import (
    Alias,
    Correction,
    Document,
    Finding,
    Found,
    Item,
    Quotation,
    Span,
    Value,
)
from linewatch.model.fields import BLANK, FIELDS, MERGEABLE, get_kind, set_field
from linewatch.store.anchors import aim
from linewatch.text.retrace import get_cut


class Corrected(Value, frozen=True, kw_only=True):
    """What stands after the analyst's corrections."""

    findings: tuple[Finding, ...]
    standing: tuple[Correction, ...] = ()
    """The corrections that hold, with the ids and places of the latest reading."""
    lost: tuple[Correction, ...] = ()
    """Those whose finding is not found again, or that rest on one that is gone."""
    merged: dict[str, str] = {}  # noqa: RUF012 - msgspec copies it
    """For each finding that was merged into another, the id of the one that stays."""


def list_standing(rows: Sequence[Correction]) -> list[Correction]:
    """Return the corrections that were not taken back, in the order made; a retraction can be taken back too."""
    gone: set[str] = set()
    for row in reversed(rows):
        if row.action == "retract" and row.id not in gone:
            gone.add(row.target)
    return [row for row in rows if row.id not in gone and row.action != "retract"]


def correct(
    findings: Sequence[Finding], corrections: Sequence[Correction], documents: Mapping[str, Document]
) -> Corrected:
    """Return the findings as the analyst has them; `documents` holds every reading, the latest of a file last."""
    if not corrections:
        return Corrected(findings=tuple(findings))
    aimed = aim(corrections, findings, documents)
    live, unfit = _edit(findings, aimed.standing, documents)
    rejected = {one.target for one in aimed.standing if one.action == "reject"}
    merges = {
        one.target: one for one in aimed.standing if one.action == "merge" and one.target not in rejected
    }
    merged, void = _follow(merges, {name: one for name, one in live.items() if name not in rejected})
    for target, survivor in merged.items():
        live[survivor] = _join(live[survivor], live[target])
    gone: dict[str | None, str | None] = dict.fromkeys(rejected)
    gone.update(merged)
    lost = (*aimed.lost, *unfit, *void)
    fallen = {one.id for one in lost}
    as_made = {one.id: one.target for one in corrections}
    return Corrected(
        findings=tuple(_point_anew(one, gone) for one in live.values() if one.id not in gone),
        standing=tuple(one for one in aimed.standing if one.id not in fallen),
        lost=lost,
        merged=merged | {as_made[one.id]: merged[name] for name, one in merges.items() if name in merged},
    )


def _edit(
    findings: Iterable[Finding], standing: Iterable[Correction], documents: Mapping[str, Document]
) -> tuple[dict[str, Finding], list[Correction]]:
    """Return the findings by id with what was added and set, and the corrections that fit no field."""
    live = {finding.id: finding for finding in findings}
    unfit = []
    for one in standing:
        if one.action == "add" and one.target not in live:
            live[one.target] = _make_added(one, documents)
        elif one.action == "set":
            try:
                live[one.target] = _set(live[one.target], one)
            except ValueError:
                unfit.append(one)
    return live, unfit


def _make_added(correction: Correction, documents: Mapping[str, Document]) -> Finding:
    """Return the finding that the analyst added, as yet without a field."""
    at = correction.at
    assert at is not None
    return Finding(
        id=correction.target,
        span=Span(document=at.document, start=at.start, end=at.end),
        value=BLANK[correction.kind],
        finder="analyst",
        reason="added by the analyst",
        cut=get_cut(documents[at.document].text[at.start : at.end]),
    )


def _set(finding: Finding, correction: Correction) -> Finding:
    field = str(correction.field)
    if field not in FIELDS.get(get_kind(finding.value), ()):
        raise ValueError(f"a {correction.kind} has no field {field}")
    value = set_field(finding.value, field, correction.value or "")
    return msgspec.structs.replace(finding, value=value, reason=f"{finding.reason}; {field} by the analyst")


def _follow(
    merges: Mapping[str, Correction], live: Mapping[str, Finding]
) -> tuple[dict[str, str], list[Correction]]:
    """Return for each merged finding the one that stays at the end, and the merges that lead nowhere or in a circle."""
    merged, void = {}, []
    for target, correction in merges.items():
        seen, survivor = {target}, str(correction.value)
        while survivor in merges and survivor not in seen:
            seen.add(survivor)
            survivor = str(merges[survivor].value)
        kinds = {get_kind(live[name].value) if name in live else None for name in (target, survivor)}
        if survivor in seen or len(kinds) > 1 or not kinds <= MERGEABLE:
            void.append(correction)
        else:
            merged[target] = survivor
    return merged, void


def _join(survivor: Finding, other: Finding) -> Finding:
    """Return the finding that stays: its own fields, and of the other's those it lacks."""
    kept, gives = survivor.value, other.value
    if isinstance(kept, Item) and isinstance(gives, Item):
        value: Found = _join_items(kept, gives)
    elif isinstance(kept, Alias) and isinstance(gives, Alias):
        names = dict.fromkeys((*kept.aka, gives.name, *gives.aka))
        value = msgspec.structs.replace(kept, aka=tuple(name for name in names if name != kept.name))
    else:
        return survivor
    return msgspec.structs.replace(
        survivor, value=value, reason=f"{survivor.reason}; joined by the analyst with {other.id}"
    )


def _join_items(kept: Item, gives: Item) -> Item:
    """Return the item with what it lacks; a field that the analyst emptied stays empty."""
    lacking = [
        name
        for name in (*FIELDS["item"], "note_date")
        if (getattr(kept, name) is None or (name == "kind" and kept.kind == "other"))
        and getattr(gives, name) is not None
        and kept.sources.get(name) != "analyst"
    ]
    return msgspec.structs.replace(
        kept,
        **{name: getattr(gives, name) for name in lacking},
        held=kept.held or gives.held,
        sources=kept.sources | {name: gives.sources.get(name, "merged") for name in lacking},
    )


def _point_anew(finding: Finding, gone: Mapping[str | None, str | None]) -> Finding:
    """Return a finding that points to what stands: to the item that stays, or to none where it was rejected."""
    value = finding.value
    if isinstance(value, Quotation) and value.item in gone:
        return msgspec.structs.replace(finding, value=msgspec.structs.replace(value, item=gone[value.item]))
    return finding
