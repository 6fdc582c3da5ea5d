"""`linewatch identify`: who a pseudonym stands for, in the log."""

from __future__ import annotations

from pathlib import Path

import click

from linewatch.cli.options import case_argument, clean
from linewatch.flow import identify_person
from linewatch.store.case import open_case


@click.command()
@case_argument
@click.argument("mark")
@click.option("--reason", required=True, help="Why you must know. It stands in the log.")
def identify(case_path: Path, mark: str, reason: str) -> None:
    """Say whom a pseudonym of this case's exports stands for; who looked, when and why is logged.

    It works only in the case and with its key, which is kept outside it and never packed.

    Example: linewatch identify harbour K7Q2X --reason "a returnee asks what stands about her"
    """
    case = open_case(case_path)
    for name in identify_person(case, mark, reason=reason, tell=lambda _step: None):
        click.echo(clean(name))
