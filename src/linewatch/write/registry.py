"""Every file that `write` makes."""

from __future__ import annotations

from linewatch.write import csv_exports, html, json_export
from linewatch.write.base import Exporter

EXPORTERS: dict[str, Exporter] = {
    "html": html,
    "json": json_export,
    "items": csv_exports.ITEMS,
    "judgements": csv_exports.JUDGEMENTS,
    "quotations": csv_exports.QUOTATIONS,
}
