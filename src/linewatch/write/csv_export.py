"""Items, judgements, quotations and the drawn points as CSV, in which no cell is taken for a formula."""

from __future__ import annotations

from linewatch.write.cells import write_csv
from linewatch.write.figure_data import POINT_COLUMNS
from linewatch.write.material import Material
from linewatch.write.records import ITEM_COLUMNS, JUDGEMENT_COLUMNS, QUOTATION_COLUMNS, Records
from linewatch.write.tree import Report, find_figures

NAME = "csv.v1"


def export(report: Report, material: Material) -> dict[str, bytes]:
    """Return `items.csv`, `judgements.csv`, `quotations.csv`, and `line.csv`: the drawn points, none where none is drawn."""
    records = Records(material)
    lines = [one.data for one in find_figures(report.blocks) if one.name == "line"]
    tables = {
        "items.csv": write_csv(ITEM_COLUMNS, records.list_items()),
        "judgements.csv": write_csv(JUDGEMENT_COLUMNS, records.list_judgements()),
        "quotations.csv": write_csv(QUOTATION_COLUMNS, records.list_quotations()),
        "line.csv": lines[0] if lines else write_csv(POINT_COLUMNS, ()),
    }
    return {name: text.encode("utf-8", "replace") for name, text in tables.items()}
