"""`linewatch check`: every seal, row, link and span."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from linewatch.cli.options import case_argument, clean, json_option
from linewatch.errors import LinewatchError
from linewatch.model import to_json
from linewatch.store.check import Checked, check_case

FAULTS, NOT_CHECKED = 1, 2


@click.command()
@case_argument
@click.option("--head", is_flag=True, help="Print the head of the log, to keep on paper.")
@json_option
def check(case_path: Path, head: bool, as_json: bool) -> None:  # noqa: FBT001 - click passes options by name
    """Verify every seal, row, log link and span; every fault is named, nothing in the case is changed.

    Exits 0 when all is well, 1 when there are faults, 2 when it could not check.

    Example: linewatch check harbour
    """
    try:
        checked = check_case(case_path)
    except (LinewatchError, OSError) as error:
        hint = getattr(error, "hint", None)
        click.echo(f"linewatch: could not check: {error}" + (f" ({hint})" if hint else ""), err=True)
        sys.exit(NOT_CHECKED)
    if as_json:
        click.echo(to_json(checked).decode())
    elif head:
        click.echo(f"{checked.head.seq} {checked.head.hash}")
    else:
        click.echo("\n".join(describe_check(checked)))
    sys.exit(FAULTS if checked.faults else 0)


def describe_check(checked: Checked) -> list[str]:
    """Return a line for each notice and each fault, and last what was looked at."""
    counted = f"{checked.evidence} sealed files, {checked.rows} rows, {checked.entries} log entries, {checked.spans} spans"
    return [
        *(f"note: {notice}" for notice in checked.notices),
        *(clean(f"fault: {fault.layer}: {fault.where}: {fault.message}") for fault in checked.faults),
        f"{counted}: {len(checked.faults)} faults",
    ]
