"""The figures of the report as files of their own, for slides and articles: SVG, PNG, their words and their numbers."""

from __future__ import annotations

from linewatch.write.figure_render import Drawing
from linewatch.write.figures import FOLDER, list_files
from linewatch.write.material import Material
from linewatch.write.tree import Report, find_figures

NAME = "figures.v1"


def export(report: Report, _material: Material) -> dict[str, bytes]:
    """Return `figures/NAME.svg`, `.png`, `.txt` and `.csv` for each figure in the report."""
    files: dict[str, bytes] = {}
    for one in find_figures(report.blocks):
        drawing = Drawing(svg=one.svg, png=one.png, width=one.width, alt=one.alt, data=one.data)
        files |= {f"{FOLDER}/{name}": data for name, data in list_files(one.name, drawing).items()}
    return files
