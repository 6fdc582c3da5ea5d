"""A draft and the material become a report: the line is drawn where its codes may be drawn, then the draft is set."""

from __future__ import annotations

from linewatch.write.draft import build_report
from linewatch.write.figure_render import Drawing
from linewatch.write.figures import draw_figure
from linewatch.write.material import Material
from linewatch.write.page import Page
from linewatch.write.tree import Report


def build(draft: str, material: Material) -> Report:
    """Return the report a draft describes; raises DraftError naming the line and directive that cannot be built."""
    return build_report(draft, Page(material=material, drawing=draw(material)))


def draw(material: Material) -> Drawing | None:
    """Return the figure of the line, None where nothing is coded or coders disagree too far for one."""
    return draw_figure("line", material)
