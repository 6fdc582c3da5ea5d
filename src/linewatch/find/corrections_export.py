"""The table's rows: each finding that can be corrected, what was corrected of it, and what may be joined."""

from __future__ import annotations

from collections.abc import Iterator

from linewatch.find.corrections_joins import propose_joins
from linewatch.find.corrections_state import State, digest_fields, name_finding, tell_fields
from linewatch.find.corrections_table import join
from linewatch.model import Correction, Finding
from linewatch.model.fields import FIELDS, get_kind

LONGEST = 200
"""Characters of a finding's words that are shown."""


def list_rows(state: State) -> list[dict[str, str]]:
    """Return a row for each finding of a kind that can be corrected, in the order of the texts, then the lost corrections."""
    places = {document: n for n, document in enumerate(state.documents)}
    ordered = sorted(
        (one for one in state.findings.values() if get_kind(one.value) in FIELDS),
        key=lambda one: (places[one.span.document], one.span.start, -one.span.end),
    )
    gone = {one.target for one in state.standing if one.action in {"reject", "merge"}}
    joins = {one.cited: one for one in propose_joins(one for one in ordered if one.id not in gone)}
    rows = []
    for finding in ordered:
        row = _tell_finding(state, finding)
        if finding.id in joins:
            row |= {
                "proposed": f"merge {get_kind(finding.value)}:{joins[finding.id].held}",
                "why": joins[finding.id].why,
            }
        rows.append(row)
    return rows + list(_list_lost(state))


def _tell_finding(state: State, finding: Finding) -> dict[str, str]:
    span, document = finding.span, state.documents[finding.span.document]
    made = state.list_on(finding.id)
    return {
        "id": name_finding(finding),
        "state": _tell_state(state, finding),
        "file": state.names.get(document.evidence, ""),
        "words": _shorten(document.text[span.start : span.end]),
        "held": "yes" if getattr(finding.value, "held", False) else "",
        **tell_fields(finding),
        "machine": _tell_machine(state, finding, made),
        "note": next((one.note for one in reversed(made) if one.note), ""),
        "document": document.id,
        "start": str(span.start),
        "end": str(span.end),
        "seen": digest_fields(finding),
    }


def _tell_state(state: State, finding: Finding) -> str:
    """Return what the analyst did to a finding, in words."""
    made = state.list_on(finding.id)
    lost = [tell_correction(one) for one in made if one in state.lost]
    fields = dict.fromkeys(str(one.field) for one in made if one.action == "set" and one not in state.lost)
    merge = state.find_one("merge", finding.id)
    told = (
        "accepted" if state.find_one("accept", finding.id) else "",
        "added" if state.find_one("add", finding.id) else "",
        f"set {', '.join(fields)}" if fields else "",
        f"merged into {merge.kind}:{merge.value}" if merge else "",
        "rejected" if state.find_one("reject", finding.id) else "",
        f"lost: {', '.join(lost)}" if lost else "",
    )
    return "; ".join(filter(None, told))


def _tell_machine(state: State, finding: Finding, made: list[Correction]) -> str:
    """Return what the machine had in the fields that the analyst set."""
    if finding.id not in state.machine:
        return ""
    told = tell_fields(state.machine[finding.id])
    fields = dict.fromkeys(str(one.field) for one in made if one.action == "set" and one.field in told)
    return "; ".join(f"{name}: {told[name] or '-'}" for name in fields)


def _list_lost(state: State) -> Iterator[dict[str, str]]:
    """Yield a row for each finding that is not found again, with the corrections that hang on it."""
    lost: dict[str, list[Correction]] = {}
    for one in state.lost:
        if one.target not in state.findings:
            lost.setdefault(f"{one.kind}:{one.target}", []).append(one)
    for named, corrections in lost.items():
        told = ", ".join(tell_correction(one) for one in corrections)
        at = corrections[0].at
        yield {
            "id": named,
            "state": f"lost: {told}",
            "file": state.names.get(at.evidence, "") if at else "",
            "note": next((one.note for one in reversed(corrections) if one.note), ""),
        }


def tell_correction(correction: Correction) -> str:
    """Return what a correction does, in words."""
    if correction.action == "set":
        return f"set {correction.field} to {correction.value or 'nothing'}"
    return correction.action


def _shorten(words: str) -> str:
    told = join(words[: 2 * LONGEST])
    return told if len(told) <= LONGEST and len(words) <= 2 * LONGEST else told[: LONGEST - 1] + "…"
