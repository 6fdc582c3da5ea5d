"""`linewatch read`: text and blocks of every sealed file."""

from __future__ import annotations

from pathlib import Path

import click

from linewatch.cli.options import case_argument, quiet_option, show_progress
from linewatch.read.run import read as read_case
from linewatch.store.case import open_case


@click.command()
@case_argument
@quiet_option
def read(case_path: Path, quiet: bool) -> None:  # noqa: FBT001 - click passes options by name
    """Read text and blocks from every sealed file that this version has not read.

    Example: linewatch read harbour
    """
    with show_progress(quiet=quiet) as tell:
        reads = read_case(open_case(case_path), tell=tell)
    click.echo(f"{len(reads.documents)} documents read, {len(reads.problems)} problems.")
    for problem in reads.problems:
        click.echo(f"  {problem.kind}: {problem.message}" + (f" ({problem.where})" if problem.where else ""))
