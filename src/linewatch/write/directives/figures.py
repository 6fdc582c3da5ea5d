"""The directives that draw: one figure by its name, or every one but the line's that has something to show."""

from __future__ import annotations

from linewatch.errors import DraftError
from linewatch.write.call import Call
from linewatch.write.claims import is_red
from linewatch.write.figure_render import Drawing
from linewatch.write.figures import FIGURES, FOLDER, make_subject
from linewatch.write.page import Page
from linewatch.write.tree import Block, Figure
from linewatch.write.wording import make_inlines, say

WITHHELD = "The figure is withheld: the codes are below the agreed reliability."


def figure(page: Page, call: Call) -> tuple[Block, ...]:
    """Return one figure, or the reason for which there is none."""
    call.check_options(())
    name = call.get_arg("the figure's name")
    if name not in FIGURES:
        raise DraftError(f"{call.where}: no figure is called {name}", hint=f"known: {', '.join(FIGURES)}")
    drawing = _draw(page, name)
    if drawing is not None:
        return (make_figure(page, name, drawing),)
    is_drawable = name == "line" or is_red(page.material.results.reliability)
    withheld = is_drawable and page.material.results.line.points
    return say(WITHHELD if withheld else FIGURES[name].nothing)


def figures(page: Page, call: Call) -> tuple[Block, ...]:
    """Return every figure but that of the line that has something to show."""
    call.check_options(())
    drawn = {name: _draw(page, name) for name in FIGURES if name != "line"}
    return tuple(make_figure(page, name, drawing) for name, drawing in drawn.items() if drawing is not None)


def _draw(page: Page, name: str) -> Drawing | None:
    if name == "line":
        return page.drawing
    if is_red(page.material.results.reliability):
        return None
    return FIGURES[name].draw(make_subject(page.material))


def make_figure(page: Page, name: str, drawing: Drawing) -> Figure:
    """Return a figure as it stands in the report."""
    line, words = page.material.results.line, FIGURES[name].caption
    if name == "line":
        words += " Grey: nobody watched; pale grey: the outlet named was not watched." if line.watched else ""
        words += (
            " The framed band is the interval of a turn's date." if any(t.claim for t in line.turns) else ""
        )
    return Figure(
        name=name,
        svg=drawing.svg,
        png=drawing.png,
        width=drawing.width,
        caption=make_inlines(f"{words} The numbers are in {FOLDER}/{name}.csv."),
        alt=drawing.alt,
        data=drawing.data,
    )
