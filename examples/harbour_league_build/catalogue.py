"""The catalogue: one row a file in `material/`, saying what the file itself does not."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from harbour_league_build.master import Item

COLUMNS = ("path", "kind", "publisher", "outlet", "tier", "place", "date", "title", "language")


def list_item(item: Item) -> list[dict[str, str]]:
    """Return the rows of an item: itself and, for an Arabic one, the Bureau's translation beside it.

    The translation is a report about the item, not a second item: it must not count twice in the outlet's line.
    """
    row = {
        "path": f"{item.folder}/{item.stem}.{item.format}",
        "kind": item.kind,
        "publisher": item.publisher,
        "outlet": item.outlet,
        "tier": item.tier,
        "place": item.place,
        "date": item.date.isoformat(),
        "title": item.title,
        "language": item.language,
    }
    if item.language != "ar":
        return [row]
    translation = row | {
        "path": f"{item.folder}/{item.id}.en.txt",
        "kind": "report",
        "publisher": "Coastwatch Bureau",
        "outlet": "Coastwatch Translations",
        "tier": "D",
        "place": "Keddle",
        "title": f"Translation of {item.stem}.{item.format}: {item.extras['title_en']}",
        "language": "en",
    }
    return [row, translation]


def list_report(sheet: Mapping[str, Any], report: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the rows of a report, one for each of its formats."""
    shared = {column: str(sheet[column]) for column in ("kind", "publisher", "outlet", "tier", "place")}
    return [
        shared
        | {
            "path": f"coastwatch/{report['id']}.{ending}",
            "date": str(report["date"]),
            "title": report["title"],
            "language": "en",
        }
        for ending in report["formats"]
    ]


def write_catalogue(rows: Iterable[Mapping[str, str]]) -> str:
    """Return the catalogue as CSV in the order of its paths."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(sorted(rows, key=lambda row: row["path"]))
    return buffer.getvalue()
