"""A draft and the material become a report: the line is drawn where its codes may be drawn, then the draft is set."""

from __future__ import annotations

from linewatch.write.claims import MIN_CODERS, ONE_CODER, is_red
from linewatch.write.draft import build_report
from linewatch.write.figure import Drawing, draw_line
from linewatch.write.material import Material
from linewatch.write.page import Page
from linewatch.write.tree import Report


def build(draft: str, material: Material) -> Report:
    """Return the report a draft describes; raises DraftError naming the line and directive that cannot be built."""
    return build_report(draft, Page(material=material, drawing=draw(material)))


def draw(material: Material) -> Drawing | None:
    """Return the figure of the line, None where nothing is coded or coders disagree too far for one."""
    results = material.results
    if is_red(results.reliability):
        return None
    remark = ONE_CODER if len(results.reliability.coders) < MIN_CODERS else ""
    return draw_line(results.line, results.codebook.scale.points, remark)
