"""What the analyst's table is compared with: the findings as they are edited now, and the cells that tell them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from linewatch.model import Correction, Document, Finding, get_id
from linewatch.model.fields import FIELDS, get_kind, tell_field


@dataclass(frozen=True, kw_only=True)
class State:
    """What a table is compared with."""

    findings: Mapping[str, Finding]
    """Those of the latest readings with fields set and findings added; rejected and merged ones are still there."""
    machine: Mapping[str, Finding] = field(default_factory=dict)
    """The same as machines found them."""
    standing: tuple[Correction, ...] = ()
    """The corrections that hold, aimed at these findings."""
    lost: tuple[Correction, ...] = ()
    earlier: frozenset[str] = frozenset()
    """Everything that was ever corrected or added: it may be named in a table of yesterday."""
    documents: Mapping[str, Document] = field(default_factory=dict)
    """The latest readings by id."""
    names: Mapping[str, str] = field(default_factory=dict)
    """The name of each file by its evidence."""

    def list_on(self, target: str) -> list[Correction]:
        """Return the corrections on a finding, those that are lost too."""
        return self._by_target.get(target, [])

    def find_one(self, action: str, target: str) -> Correction | None:
        """Return the latest correction of this action that holds on a finding."""
        made = [one for one in self.list_on(target) if one.action == action and one not in self.lost]
        return made[-1] if made else None

    @cached_property
    def _by_target(self) -> dict[str, list[Correction]]:
        on: dict[str, list[Correction]] = defaultdict(list)
        for one in (*self.lost, *self.standing):
            on[one.target].append(one)
        return dict(on)


def name_finding(finding: Finding) -> str:
    """Return the cell that names a finding; the kind before it keeps a spreadsheet from reading digits as a number."""
    return f"{get_kind(finding.value)}:{finding.id}"


def tell_fields(finding: Finding) -> dict[str, str]:
    """Return the cells of a finding's fields."""
    told = {name: tell_field(finding.value, name) for name in FIELDS.get(get_kind(finding.value), ())}
    return told | ({"item": f"item:{told['item']}"} if told.get("item") else {})


def digest_fields(finding: Finding) -> str:
    """Return the digits by which a table shows that it was written before a later correction."""
    return "v" + get_id(sorted(tell_fields(finding).items()), length=8)
