"""Which references of a canon are used across a case: by which outlet, when, under which frames, and cut how. Values in, values out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from linewatch.model import Citation, Finding, Item
from linewatch.write.material import Material

UNKNOWN_OUTLET = "outlet unknown"
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, kw_only=True)
class Use:
    """One citation of a canon, in the item it stands in."""

    finding: Finding
    citation: Citation
    ref: str
    """Where the words stand, or the reference that is printed where they stand nowhere else."""
    source: str
    """The item it stands in, the document where it stands in none: two uses in one are no two releases."""
    outlet: str
    earliest: date | None
    latest: date | None
    frames: tuple[str, ...]
    """The names of the frames that coders gave the passage it stands in."""

    @property
    def cut(self) -> tuple[str, ...]:
        """Return the words left out before, inside and after; empty where the unit stands whole."""
        return self.citation.omitted if any(self.citation.omitted) else ()


def list_uses(material: Material) -> list[Use]:
    """Return the citations of a case, in order; those that name no unit are left out."""
    frames = _Frames(material)
    return [
        _make_use(material, frames, finding, citation)
        for finding, citation in material.find_values(Citation)
        if " " in (citation.stands_at or citation.ref)
    ]


def _make_use(material: Material, frames: _Frames, finding: Finding, citation: Citation) -> Use:
    found = find_item(material, finding)
    item = found[1] if found is not None else None
    when = item.date if item is not None else None
    return Use(
        finding=finding, citation=citation, ref=citation.stands_at or citation.ref,
        source=found[0] if found is not None else finding.span.document,
        outlet=(item.outlet if item is not None else None) or UNKNOWN_OUTLET,
        earliest=when.earliest if when is not None else None, latest=when.latest if when is not None else None,
        frames=frames.list_names(finding),
    )  # fmt: skip


def find_item(material: Material, finding: Finding) -> tuple[str, Item] | None:
    """Return the held item that a finding stands in, with its id: the last that begins before it in its document."""
    held = [
        (other.id, item)
        for other, item in material.find_values(Item)
        if other.span.document == finding.span.document
        and item.held
        and other.span.start <= finding.span.start
    ]
    return held[-1] if held else None


class _Frames:
    """The frames that hold for the passages of a case, by any coder."""

    def __init__(self, material: Material) -> None:
        names = {code.id: code.name for code in material.results.codebook.codes}
        given: dict[str, dict[str, None]] = {}
        for coded in material.results.coded:
            given.setdefault(coded.passage, {}).update(
                dict.fromkeys(names.get(code, code) for code in coded.codes)
            )
        self._passages = [(passage.span, given.get(passage.id, {})) for passage in material.results.passages]

    def list_names(self, finding: Finding) -> tuple[str, ...]:
        """Return the names of the frames of the passages that hold the beginning of a finding."""
        at = finding.span
        held = [
            names
            for span, names in self._passages
            if span.document == at.document and span.start <= at.start < span.end
        ]
        return tuple(sorted({name for names in held for name in names}))


def group_by_outlet(uses: Iterable[Use]) -> dict[tuple[str, str], list[Use]]:
    """Return the uses of each reference by each outlet, references in the order of their numbers."""
    groups: dict[tuple[str, str], list[Use]] = {}
    for use in sorted(uses, key=lambda use: (sort_ref(use.ref), use.outlet, use.earliest or date.max)):
        groups.setdefault((use.ref, use.outlet), []).append(use)
    return groups


def find_reframed(uses: Iterable[Use]) -> dict[str, list[Use]]:
    """Return the references that stand under two sets of frames or more, with the uses that are coded with frames."""
    framed: dict[str, list[Use]] = {}
    for use in sorted(uses, key=lambda use: (sort_ref(use.ref), use.earliest or date.max)):
        if use.frames:
            framed.setdefault(use.ref, []).append(use)
    return {ref: group for ref, group in framed.items() if len({use.frames for use in group}) > 1}


def find_cut_alike(uses: Iterable[Use]) -> list[list[Use]]:
    """Return the groups of citations that leave the same words of the same unit out, in two releases or more."""
    groups: dict[tuple[str, tuple[str, ...]], list[Use]] = {}
    for use in sorted(uses, key=lambda use: (sort_ref(use.ref), use.earliest or date.max)):
        if use.cut:
            groups.setdefault((use.ref, use.cut), []).append(use)
    return [group for group in groups.values() if len({use.source for use in group}) > 1]


def sort_ref(ref: str) -> tuple[tuple[int, int | str], ...]:
    """Return the key that puts references in the order of their numbers.

    >>> sorted(["charter 4:10", "charter 4:2"], key=sort_ref)
    ['charter 4:2', 'charter 4:10']
    """
    return tuple((0, int(part)) if part.isdecimal() else (1, part) for part in _DIGITS.split(ref) if part)
