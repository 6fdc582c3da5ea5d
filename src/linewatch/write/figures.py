"""Every figure by name: what it shows, when there is nothing to draw, and the files it makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from linewatch.model import Line, Reliability
from linewatch.stats.verdict import WORDS
from linewatch.write.claims import MIN_CODERS, ONE_CODER, is_red
from linewatch.write.figure import draw_line
from linewatch.write.figure_dates import draw_dates
from linewatch.write.figure_frames import draw_frames
from linewatch.write.figure_influence import draw_influence
from linewatch.write.figure_mix import draw_mix
from linewatch.write.figure_outlets import draw_outlets
from linewatch.write.figure_pairs import draw_pairs
from linewatch.write.figure_render import Drawing
from linewatch.write.frames import FrameCount, Pair, count_frames, pair_frames
from linewatch.write.material import Material

FOLDER = "figures"
"""Where the figures' files lie in the folder of a report."""


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What figures are drawn from."""

    line: Line
    scale: Mapping[int, str]
    remark: str = ""
    """What the codes are worth, where they are not reliable: it stands in every figure."""
    frames: tuple[FrameCount, ...] = ()
    pairs: tuple[Pair, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FigureKind:
    """One figure: how it is drawn, its caption, and what is said where there is nothing to draw."""

    draw: Callable[[Subject], Drawing | None]
    caption: str
    nothing: str


FIGURES: dict[str, FigureKind] = {
    "line": FigureKind(
        draw=lambda one: draw_line(one.line, one.scale, one.remark),
        caption=(
            "The line, one point an item. Shapes and colours tell outlets apart, which are set slightly apart in height; "
            "bars show the days and the points of the scale between which an item may lie."
        ),
        nothing="No item is coded yet, so there is no line to draw.",
    ),
    "dates": FigureKind(
        draw=lambda one: draw_dates(one.line, one.remark),
        caption=(
            "When it turned, if it did: the probability of each day. Between two items nothing tells one day from another, "
            "so the steps are as wide as the gaps between items."
        ),
        nothing="No series shows a turn by both keys, so there is no date to draw.",
    ),
    "outlets": FigureKind(
        draw=lambda one: draw_outlets(one.line, one.scale, one.remark),
        caption=(
            "Each outlet by itself: its items, and where its line stood with the 95 % interval, weighed over no turn and one "
            "turn on every date. Items without a day of their own stand in the middle of their dates. Grey: not watched."
        ),
        nothing="There is one outlet alone, and the figure of the line shows it.",
    ),
    "mix": FigureKind(
        draw=lambda one: draw_mix(one.line, one.remark),
        caption=(
            "The change of the mean score about the likeliest date, in two parts: inside each outlet, and by which outlet speaks "
            "how often. In brackets the items before and after. Only the first part is a change of anyone's line."
        ),
        nothing="No series of several outlets shows a change, so there is nothing to part into line and mix.",
    ),
    "influence": FigureKind(
        draw=lambda one: draw_influence(one.line, one.remark),
        caption=(
            "What the finding hangs on: the probability of a turn without each of the items (for all outlets together, without "
            "each outlet) that matter most. Right of the broken line a turn may be claimed."
        ),
        nothing="No series shows a turn by both keys, so there is none that an item could carry.",
    ),
    "frames": FigureKind(
        draw=lambda one: draw_frames(one.frames, one.remark),
        caption="Frames over time: in how many items of each period a frame holds; the shade is their share.",
        nothing="No frames are coded in items of two periods or more.",
    ),
    "pairs": FigureKind(
        draw=lambda one: draw_pairs(one.pairs, one.remark),
        caption=(
            "What stands together: in how many passages a frame (row) holds beside another frame, and beside a place that is "
            "cited. In the grey cells, all passages with the frame."
        ),
        nothing="No two frames, and no frame and citation, stand in one passage.",
    ),
}
"""In the order in which a report shows them."""


def make_subject(material: Material) -> Subject:
    """Return what the figures of a case are drawn from."""
    results = material.results
    return Subject(
        line=results.line,
        scale=results.codebook.scale.points,
        remark=tell_remark(results.reliability),
        frames=count_frames(material),
        pairs=pair_frames(material),
    )


def tell_remark(reliability: Reliability) -> str:
    """Return what the codes are worth where that must stand in every figure: nothing on reliable ones."""
    row = reliability.headline
    if len(reliability.coders) < MIN_CODERS:
        return ONE_CODER
    return "" if row is None or row.light == "green" else row.words


def draw_figure(name: str, material: Material) -> Drawing | None:
    """Return one figure of a case; None where there is nothing to draw or coders disagree too far for any."""
    if is_red(material.results.reliability):
        return None
    return FIGURES[name].draw(make_subject(material))


def draw_tracked(line: Line, scale: Mapping[int, str]) -> dict[str, bytes]:
    """Return the files of every figure that a line alone has something to show in; none on codes nobody may rely on."""
    if line.reliability == WORDS["red"]:
        return {}
    subject = Subject(
        line=line, scale=scale, remark="" if line.reliability == WORDS["green"] else line.reliability
    )
    drawn = {name: kind.draw(subject) for name, kind in FIGURES.items()}
    return {
        file: data
        for name, drawing in drawn.items()
        if drawing is not None
        for file, data in list_files(name, drawing).items()
    }


def list_files(name: str, drawing: Drawing) -> dict[str, bytes]:
    """Return a figure's files by name: both forms, its words and its numbers."""
    return {
        f"{name}.svg": drawing.svg.encode("utf-8"),
        f"{name}.png": drawing.png,
        f"{name}.txt": f"{drawing.alt}\n".encode("utf-8", "replace"),
        f"{name}.csv": drawing.data.encode("utf-8", "replace"),
    }
