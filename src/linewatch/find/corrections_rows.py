"""One row of an edited table: the corrections it asks for, or what is wrong with it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from linewatch.find.corrections_state import State, digest_fields, name_finding, tell_fields
from linewatch.find.corrections_table import Row, join
from linewatch.model import Anchor, Correction, Document, Finding, Span, get_id
from linewatch.model.fields import BLANK, FIELDS, MERGEABLE, get_kind, set_field
from linewatch.model.judgement import make_anchor
from linewatch.text.retrace import find_words, get_cut
from linewatch.text.spans import Place

Action = Literal["accept", "set", "add", "reject", "merge", "retract"]
ACTIONS = "reject, merge KIND:ID, retract, retract FIELD, accept, add item, add quotation, or empty"


class RowReader:
    """Reads one row; a ValueError says what is wrong with it."""

    def __init__(self, row: Row, state: State, analyst: str, now: datetime) -> None:
        self._row, self._state, self._analyst, self._now = row, state, analyst, now
        self._verb, _, self._rest = row.get("action").partition(" ")

    def read(self) -> list[Correction]:
        """Return the corrections that the row asks for and that are not there yet."""
        readers = {
            "": self._change, "accept": self._accept, "reject": self._reject, "merge": self._merge, "retract": self._retract, "add": self._add,
        }  # fmt: skip
        reader = readers.get(self._verb.lower())
        if reader is None or (self._rest and self._verb.lower() in {"accept", "reject"}):
            raise ValueError(f"the action {self._row.get('action')!r} is not one of: {ACTIONS}")
        return reader()

    def _change(self) -> list[Correction]:
        if self._get_id() not in self._state.findings and self._get_id() in self._state.earlier:
            if any(self._row.list_fields().values()):
                raise ValueError("this finding is lost: it can be retracted, and no more")
            return []
        finding = self._get_finding()
        changed = self._list_changed(finding)
        if changed and self._row.get("seen") != digest_fields(finding):
            raise ValueError("corrected since this table was written: export again, and change it there")
        return [self._set(finding, name, cell) for name, cell in changed.items()]

    def _list_changed(self, finding: Finding) -> dict[str, str]:
        """Return the cells that differ from the finding's fields; a column that is not there differs in nothing."""
        present, fields = tell_fields(finding), self._row.list_fields()
        if foreign := [name for name, cell in fields.items() if cell and name not in present]:
            raise ValueError(f"a finding of this kind has no {', '.join(foreign)}")
        return {
            name: cell for name, cell in fields.items() if name in present and cell != join(present[name])
        }

    def _refuse_changes(self, finding: Finding) -> None:
        """Raise ValueError where a row with an action also has a changed cell: one of the two would be lost."""
        if self._row.get("seen") == digest_fields(finding) and (changed := self._list_changed(finding)):
            raise ValueError(
                f"{', '.join(changed)} is changed and there is an action: do one after the other"
            )

    def _set(self, finding: Finding, name: str, cell: str) -> Correction:
        value, other = cell, None
        if get_kind(finding.value) == "quotation" and name == "item" and cell:
            named = self._get_live(cell, "item")
            value, other = named.id, named
        set_field(finding.value, name, value)
        return self._make("set", finding, field=name, value=value or None, other=other)

    def _accept(self) -> list[Correction]:
        finding = self._get_finding()
        self._refuse_changes(finding)
        if self._state.find_one("reject", finding.id):
            raise ValueError("this finding is rejected: retract that first")
        return [] if self._state.find_one("accept", finding.id) else [self._make("accept", finding)]

    def _reject(self) -> list[Correction]:
        finding = self._get_finding()
        self._refuse_changes(finding)
        if self._state.find_one("reject", finding.id):
            return []
        if any(one.action == "merge" and one.value == finding.id for one in self._state.standing):
            raise ValueError("another is merged into this one: retract that first")
        return [self._make("reject", finding)]

    def _merge(self) -> list[Correction]:
        finding = self._get_finding()
        kind = get_kind(finding.value)
        if kind not in MERGEABLE:
            raise ValueError(f"a {kind} cannot be merged")
        self._refuse_changes(finding)
        survivor = self._get_live(self._rest, kind)
        earlier = self._state.find_one("merge", finding.id)
        if earlier and earlier.value == survivor.id:
            return []
        if earlier:
            raise ValueError(f"merged already, into {kind}:{earlier.value}: retract that first")
        if survivor.id == finding.id:
            raise ValueError("a finding cannot be merged into itself")
        if getattr(finding.value, "held", False) and not getattr(survivor.value, "held", False):
            raise ValueError("this item is held and the other only cited: merge the other into this one")
        return [self._make("merge", finding, value=survivor.id, other=survivor)]

    def _retract(self) -> list[Correction]:
        target, named = self._get_id(), self._rest
        if target not in self._state.findings and target not in self._state.earlier:
            raise ValueError(f"no finding has the id {self._row.get('id')!r}")
        if named and named not in FIELDS.get(self._row.get("id").partition(":")[0], ()):
            raise ValueError(f"a finding of this kind has no {named}")
        if target in self._state.findings:
            self._refuse_changes(self._state.findings[target])
        return [
            self._fill("retract", one.id, one.kind)
            for one in self._state.list_on(target)
            if not named or (one.action == "set" and one.field == named)
        ]

    def _add(self) -> list[Correction]:
        kind = self._rest.lower()
        if kind not in BLANK:
            raise ValueError(f"what can be added is an {' or a '.join(BLANK)}, not {self._rest!r}")
        if self._row.get("id"):
            raise ValueError("what is added has no id yet: leave it empty")
        document = self._state.documents.get(self._row.get("document"))
        if document is None:
            raise ValueError(f"no document has the id {self._row.get('document')!r}")
        start, end = self._find_place(document)
        finding = _make_blank(kind, document, start, end)
        given = {name: cell for name, cell in self._row.list_fields().items() if cell}
        if foreign := [name for name in given if name not in FIELDS[kind]]:
            raise ValueError(f"a finding of this kind has no {', '.join(foreign)}")
        if self._is_there(finding, given):
            return []
        return [self._make("add", finding), *(self._set(finding, name, cell) for name, cell in given.items())]

    def _find_place(self, document: Document) -> Place:
        """Return where an added finding lies: by `start` and `end`, or by words that stand there once."""
        words, bounds = self._row.get("words"), [self._row.get(name) for name in ("start", "end")]
        if not any(bounds):
            places = find_words(document.text, words)
            if len(places) != 1:
                raise ValueError(f"the words stand {len(places)} times in the document: give start and end")
            return places[0]
        if not all(bound.isascii() and bound.isdigit() for bound in bounds):
            raise ValueError("start and end are not both whole numbers")
        place = Place(*map(int, bounds))
        if not place.start < place.end <= len(document.text):
            raise ValueError(f"{place.start}-{place.end} is no stretch of the document")
        if words and join(document.text[place.start : place.end]) != words:
            raise ValueError(f"the words are not those at {place.start}-{place.end}")
        return place

    def _is_there(self, finding: Finding, given: Mapping[str, str]) -> bool:
        """Tell whether just this was added before; a ValueError where the place has a finding that says otherwise."""
        kind = get_kind(finding.value)
        there = [
            one
            for one in self._state.findings.values()
            if one.span == finding.span and get_kind(one.value) == kind
        ]
        if not there:
            return False
        told = tell_fields(there[0])
        if there[0].id == finding.id and all(join(told[name]) == cell for name, cell in given.items()):
            return True
        raise ValueError(
            f"it is found there already, as {name_finding(there[0])}: export again and change that row"
        )

    def _get_id(self) -> str:
        return self._row.get("id").partition(":")[2]

    def _get_finding(self) -> Finding:
        return self._get_named(self._row.get("id"), self._row.get("id").partition(":")[0])

    def _get_named(self, named: str, kind: str) -> Finding:
        """Return the finding that a cell names; a ValueError where there is none, or one of another kind."""
        finding = self._state.findings.get(named.partition(":")[2])
        if finding is None or named != name_finding(finding):
            raise ValueError(f"no finding has the id {named!r}")
        if get_kind(finding.value) != kind:
            raise ValueError(f"{named} is no {kind}")
        return finding

    def _get_live(self, named: str, kind: str) -> Finding:
        """Return the finding that a cell points to; a ValueError where it is rejected too."""
        finding = self._get_named(named, kind)
        if self._state.find_one("reject", finding.id):
            raise ValueError(f"{named} is rejected")
        return finding

    def _make(
        self,
        action: Action,
        finding: Finding,
        *,
        field: str | None = None,
        value: str | None = None,
        other: Finding | None = None,
    ) -> Correction:
        return self._fill(
            action, finding.id, get_kind(finding.value), field=field, value=value,
            at=self._anchor(finding), other=self._anchor(other) if other else None,
        )  # fmt: skip

    def _anchor(self, finding: Finding) -> Anchor:
        span = finding.span
        return make_anchor(self._state.documents[span.document], span.start, span.end)

    def _fill(self, action: Action, target: str, kind: str, **more: Any) -> Correction:
        named = (action, target, more.get("field"), more.get("value"), self._now.isoformat())
        return Correction(
            id=get_id("correction", *named), action=action, target=target, kind=kind, analyst=self._analyst,
            note=self._row.get("note") or None, made_at=self._now, **more,
        )  # fmt: skip


def _make_blank(kind: str, document: Document, start: int, end: int) -> Finding:
    """Return what is added at a place, as yet without a field."""
    return Finding(
        id=get_id(kind, *document.source, start, end, "analyst"),
        span=Span(document=document.id, start=start, end=end),
        value=BLANK[kind],
        finder="analyst",
        reason="added by the analyst",
        cut=get_cut(document.text[start:end]),
    )
