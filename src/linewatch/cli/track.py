"""`linewatch track`: the line, and whether it turned."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import click

from linewatch.cli.options import clean, json_option, quiet_option, show_progress
from linewatch.code.run import get_codebook
from linewatch.flow import track_line
from linewatch.model import Line, Turn, to_json
from linewatch.model.line import Frame
from linewatch.stats.ordinal import Scale
from linewatch.store.case import open_case
from linewatch.track.own import OwnFinding, judge_table, make_own_line
from linewatch.track.table import CodeTable, read_codes
from linewatch.track.words import tell_judgement

VERDICTS = {True: "no", False: "perhaps", None: "untested"}
"""Whether a rival reading explains a turn."""


MOST_TICKS = 6


class ScaleType(click.ParamType[Scale]):
    """A scale as LOW:HIGH."""

    name = "scale"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Scale:
        """Return the scale, or fail with the form that is asked for."""
        if isinstance(value, Scale):
            return value
        found = re.fullmatch(r"(-?\d{1,3}):(-?\d{1,3})", str(value))
        if not found or int(found[1]) >= int(found[2]) or int(found[2]) - int(found[1]) > 100:
            self.fail(f"{value} is no scale: LOW:HIGH, whole numbers, such as -3:3", param, ctx)
        return Scale(low=int(found[1]), high=int(found[2]))


@click.command()
@click.argument("case_path", metavar="CASE", required=False, type=click.Path(path_type=Path))
@click.option(
    "--series",
    metavar="CSV",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Judge a table of codes instead of a case: date, outlet, score.",
)
@click.option(
    "--frame", type=click.Choice(get_args(Frame)), help="How the items of --series came to be in it."
)
@click.option("--scale", type=ScaleType(), help="The scale of --series as LOW:HIGH; -3:3 when not given.")
@click.option(
    "--figures",
    "folder",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Draw the figures into this folder: SVG, PNG, their words and their numbers.",
)
@json_option
@quiet_option
def track(  # noqa: PLR0913 - click passes each option by name
    *,
    case_path: Path | None,
    series: Path | None,
    frame: Frame | None,
    scale: Scale | None,
    folder: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Say what the coded items tell of the line, and whether it turned.

    Example: linewatch track --series codes.csv --frame census
    """
    if (case_path is None) == (series is None):
        raise click.UsageError("Give a CASE, or a table with --series.")
    if series is not None:
        finding = judge_table(*_read(series, frame, scale))
        if folder:
            _draw(make_own_line(finding), _name_points(*finding.scale), folder)
        click.echo(to_json(finding).decode() if as_json else "\n".join(tell_finding(finding)))
        return
    if frame or scale or case_path is None:
        raise click.UsageError("--frame and --scale go with --series; a case has its own in case.toml.")
    case = open_case(case_path)
    with show_progress(quiet=quiet) as tell:
        line = track_line(case, tell=tell)
    if folder:
        _draw(line, get_codebook(case).scale.points, folder, case.path)
    click.echo(to_json(line).decode() if as_json else "\n".join(tell_line(line)))


def _draw(line: Line, points: dict[int, str], folder: Path, case: Path | None = None) -> None:
    """Put the figures into a folder; the drawing library is loaded by those alone who ask for figures."""
    from linewatch.write.figures import draw_tracked
    from linewatch.write.run import check_out, put_files

    if case is not None:
        check_out(case, folder)
    put_files(folder, draw_tracked(line, points))


def _read(path: Path, frame: Frame | None, scale: Scale | None) -> tuple[CodeTable, Frame, Scale]:
    scale = scale or Scale()
    return read_codes(path.read_bytes(), scale.low, scale.high), frame or "unknown", scale


def _name_points(low: int, high: int) -> dict[int, str]:
    """Return the points of a scale without names; of a long one those that an axis has room for, both ends among them.

    >>> list(_name_points(1, 5)), list(_name_points(0, 100))
    ([1, 2, 3, 4, 5], [0, 17, 34, 51, 68, 85, 100])
    """
    return dict.fromkeys([*range(low, high, -(-(high - low) // MOST_TICKS)), high], "")


def tell_line(line: Line) -> list[str]:
    """Return a line in sentences: each turn that was looked for with its judgement and rivals below it, then the rest."""
    told = [f"Reliability: {line.reliability}", f"Sampling frame: {line.frame}"]
    said = set()
    for turn in sorted(line.turns, key=lambda turn: (not turn.claim, not turn.rivals)):
        below = tell_judgement(turn) if turn.rivals else ()
        said |= {turn.words, *below}
        told += [turn.words, *(f"  {words}" for words in below), *_tell_rivals(turn)]
    told += [words for words in line.words if words not in said]
    return [clean(words) for words in told]


def _tell_rivals(turn: Turn) -> list[str]:
    if not turn.rivals:
        return []
    return [
        f"  What else could explain {turn.series}:",
        *(f"    {VERDICTS[rival.holds]:10} {rival.words}" for rival in turn.rivals),
    ]


def tell_finding(finding: OwnFinding) -> list[str]:
    """Return the finding of a table in sentences."""
    return [f"Sampling frame: {finding.frame}", *(clean(sentence) for sentence in finding.sentences)]
