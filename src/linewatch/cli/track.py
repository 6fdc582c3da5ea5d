"""`linewatch track`: the line, and whether it turned."""

from __future__ import annotations

from pathlib import Path

import click

from linewatch.cli.options import case_argument, json_option, quiet_option, show_progress
from linewatch.flow import track_line
from linewatch.model import to_json
from linewatch.store.case import open_case


@click.command()
@case_argument
@json_option
@quiet_option
def track(case_path: Path, as_json: bool, quiet: bool) -> None:  # noqa: FBT001 - click passes options by name
    """Say what the coded items tell of the line, and whether it turned.

    Example: linewatch track harbour
    """
    with show_progress(quiet=quiet) as tell:
        line = track_line(open_case(case_path), tell=tell)
    if as_json:
        click.echo(to_json(line).decode())
        return
    click.echo(f"Reliability: {line.reliability}")
    click.echo(f"Sampling frame: {line.frame}")
    for sentence in line.words:
        click.echo(sentence)
