"""`linewatch register`: fix the rule before anything is coded."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from linewatch.cli.options import case_argument
from linewatch.flow import register_rule
from linewatch.store.case import open_case
from linewatch.track.registration import Side, tell_registration


@click.command()
@case_argument
@click.option("--expect", "side", type=click.Choice(get_args(Side)), default="two", show_default=True,
              help="Which way the line is expected to turn: up is softer.")  # fmt: skip
@click.option("--note", default="", help="What you expect, and why.")
def register(case_path: Path, side: Side, note: str) -> None:
    """Write into the case's log, before anything is coded, what change is looked for and by which rule.

    Example: linewatch register harbour --expect up --note "an amnesty was announced"
    """
    click.echo(tell_registration(register_rule(open_case(case_path), side, note)))
