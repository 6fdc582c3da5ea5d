"""`linewatch track`: the line, and whether it turned."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import click

from linewatch.cli.options import clean, json_option, quiet_option, show_progress
from linewatch.flow import track_line
from linewatch.model import Line, to_json
from linewatch.model.line import Frame
from linewatch.stats.ordinal import Scale
from linewatch.store.case import open_case
from linewatch.track.own import OwnFinding, judge_table
from linewatch.track.table import CodeTable, read_codes


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
@json_option
@quiet_option
def track(
    case_path: Path | None,
    series: Path | None,
    frame: Frame | None,
    scale: Scale | None,
    as_json: bool,  # noqa: FBT001
    quiet: bool,  # noqa: FBT001
) -> None:
    """Say what the coded items tell of the line, and whether it turned.

    Example: linewatch track --series codes.csv --frame census
    """
    if (case_path is None) == (series is None):
        raise click.UsageError("Give a CASE, or a table with --series.")
    if series is not None:
        finding = judge_table(*_read(series, frame, scale))
        click.echo(to_json(finding).decode() if as_json else "\n".join(tell_finding(finding)))
        return
    if frame or scale or case_path is None:
        raise click.UsageError("--frame and --scale go with --series; a case has its own in case.toml.")
    with show_progress(quiet=quiet) as tell:
        line = track_line(open_case(case_path), tell=tell)
    click.echo(to_json(line).decode() if as_json else "\n".join(tell_line(line)))


def _read(path: Path, frame: Frame | None, scale: Scale | None) -> tuple[CodeTable, Frame, Scale]:
    scale = scale or Scale()
    return read_codes(path.read_bytes(), scale.low, scale.high), frame or "unknown", scale


def tell_line(line: Line) -> list[str]:
    """Return a line in sentences, the rival readings of each turn below it."""
    told = [f"Reliability: {line.reliability}", f"Sampling frame: {line.frame}", *line.words]
    for turn in line.turns:
        if turn.rivals:
            told += [
                f"What else could explain {turn.series}:",
                *(f"  {rival.words}" for rival in turn.rivals),
            ]
    return [clean(words) for words in told]


def tell_finding(finding: OwnFinding) -> list[str]:
    """Return the finding of a table in sentences."""
    return [f"Sampling frame: {finding.frame}", *(clean(sentence) for sentence in finding.sentences)]
