"""`linewatch new`: makes a case."""

from __future__ import annotations

from pathlib import Path

import click

from linewatch.cli.options import case_argument
from linewatch.store.case import make_case


@click.command()
@case_argument
def new(case_path: Path) -> None:
    """Make a case: a folder that holds the evidence, the log and the findings.

    Asks nothing; everything in CASE/case.toml can be filled in later.

    Example: linewatch new harbour
    """
    make_case(case_path)
    click.echo(f"{case_path} is made. Next: linewatch gather {case_path} PATH...")
