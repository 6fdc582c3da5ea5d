"""`linewatch plan`: how many items it takes to see a shift."""

from __future__ import annotations

from pathlib import Path

import click

from linewatch.cli.options import json_option
from linewatch.model import to_json
from linewatch.stats.power import ENOUGH, LabelWidth, Power, find_enough, plan_items, plan_labels

FORMS = (".svg", ".png")


@click.command()
@click.option("--shift", default=2.0, show_default=True, help="The shift to be seen, in points of -3..3.")
@click.option("--within", default=60, show_default=True, help="How closely it is to be dated, in days.")
@click.option(
    "--spread", default=1.0, show_default=True, help="How far items scatter about the line, in points."
)
@click.option(
    "--runs", default=200, show_default=True, type=click.IntRange(10, 5000), help="Simulated series a row."
)
@click.option(
    "--figure",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Draw the power curves into this file: .svg or .png; its words and numbers go beside it.",
)
@json_option
def plan(*, shift: float, within: int, spread: float, runs: int, figure: Path | None, as_json: bool) -> None:
    """Say how many items, and how many of them coded by people, it takes to see a shift of the line.

    Example: linewatch plan --shift 2 --within 60 --figure power.svg
    """
    if figure is not None and figure.suffix not in FORMS:
        raise click.UsageError(f"--figure draws {' or '.join(FORMS)}, not {figure.suffix or figure.name}.")
    powers, labels = plan_items(shift, within, spread=spread, runs=runs), plan_labels(runs=runs)
    if figure is not None:
        _draw(powers, shift, within, figure)
    if as_json:
        click.echo(to_json({"items": powers, "labels": labels}).decode())
        return
    for words in (*tell_powers(powers, shift, within), *tell_labels(labels)):
        click.echo(words)


def _draw(powers: tuple[Power, ...], shift: float, within: int, path: Path) -> None:
    """Put the figure into a file; the drawing library is loaded by those alone who ask for it."""
    from linewatch.write.figure_power import draw_power
    from linewatch.write.figures import list_files
    from linewatch.write.run import put_files

    files = list_files(path.stem, draw_power(powers, shift, within))
    put_files(
        path.parent,
        {name: data for name, data in files.items() if name == path.name or not name.endswith(FORMS)},
    )


def tell_powers(powers: tuple[Power, ...], shift: float, within: int) -> list[str]:
    """Return the power curve, and what suffices."""
    told = [
        f"A shift of {shift:g} points, items of one outlet spread evenly over a year:",
        f"{'items':>7}  found  dated within {within} days",
        *(
            f"{one.items:7}   {one.found:.2f}  {one.dated:.2f}  {'#' * round(30 * one.found)}"
            for one in powers
        ),
    ]
    for is_dated, what in ((False, "found"), (True, f"dated within {within} days")):
        enough = find_enough(powers, is_dated=is_dated)
        least = f"{enough} items" if enough else f"more than {powers[-1].items} items"
        told.append(f"To be {what} in {ENOUGH:.0%} of cases it takes {least}.")
    return told


def tell_labels(labels: tuple[LabelWidth, ...]) -> list[str]:
    """Return how wide a change is told by the number of human labels."""
    told = [
        f"Width of the interval of a change, {labels[0].items} items a period scored by a machine:",
        " labels  corrected  labels only",
    ]
    for one in labels:
        corrected = "too few" if one.corrected is None else f"{one.corrected:.2f}"
        told.append(f"{one.labels:7}  {corrected:>9}  {one.labels_only:11.2f}")
    return told
