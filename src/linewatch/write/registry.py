"""Every file that `write` makes, by the exporter that makes it."""

from __future__ import annotations

from linewatch.write import csv_export, docx, figure_files, html, json_export, pdf
from linewatch.write.base import Exporter

EXPORTERS: dict[str, Exporter] = {
    html.NAME: html,
    pdf.NAME: pdf,
    docx.NAME: docx,
    json_export.NAME: json_export,
    csv_export.NAME: csv_export,
    figure_files.NAME: figure_files,
}
"""The report's files are put in place in this order, those of the page first."""
