"""Items that a case knows twice because it holds one report in two formats. Nothing is joined: copies are only listed together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable

from linewatch.model import Finding, Item, ReportField
from linewatch.write.material import Material
from linewatch.write.persons import fold

Found = tuple[Finding, Item]


def group_copies(material: Material, found: Iterable[Found]) -> list[list[Found]]:
    """Return the items in their order, those that copies of one report cite alike together.

    A report is one where title and date are the same. An item that one copy cites twice meets the other's second.
    """
    reports = find_reports(material)
    groups: dict[Hashable, list[Found]] = {}
    seen: Counter[Hashable] = Counter()
    for finding, item in found:
        document = finding.span.document
        key: Hashable = finding.id
        if document in reports and not item.held:
            told = _tell_apart(item)
            seen[document, told] += 1
            key = (reports[document], told, seen[document, told])
        groups.setdefault(key, []).append((finding, item))
    return list(groups.values())


def find_reports(material: Material) -> dict[str, tuple[str, str]]:
    """Return the title and date of each document that states both."""
    stated: dict[str, dict[str, str]] = {}
    for finding, field in material.find_values(ReportField):
        stated.setdefault(finding.span.document, {}).setdefault(field.field, fold(field.value))
    return {
        document: (fields["title"], fields["date"])
        for document, fields in stated.items()
        if "title" in fields and "date" in fields
    }


def _tell_apart(item: Item) -> Hashable:
    """Return what two items must share to be one: kind, title, dates, and who published it."""
    names = tuple(fold(name or "") for name in (item.outlet, item.publisher, item.title, item.issue))
    return (
        item.kind,
        *names,
        *(when and (when.iso, when.earliest, when.latest) for when in (item.date, item.note_date)),
    )
