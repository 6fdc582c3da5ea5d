"""`linewatch check`: every seal, row, link and span."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from linewatch.cli.options import case_argument, json_option
from linewatch.errors import LinewatchError
from linewatch.model import to_json
from linewatch.store.case import open_case
from linewatch.store.check import check_case


@click.command()
@case_argument
@click.option("--head", is_flag=True, help="Print the head of the log, to keep on paper.")
@json_option
def check(case_path: Path, head: bool, as_json: bool) -> None:  # noqa: FBT001 - click passes options by name
    """Verify every seal, row, log link and span; every fault is named.

    Exits 0 when all is well, 1 when there are faults, 2 when it could not check.

    Example: linewatch check harbour
    """
    if head:
        kept = open_case(case_path).get_head()
        click.echo(f"{kept.seq} {kept.hash}")
        return
    try:
        checked = check_case(case_path)
    except LinewatchError as error:
        click.echo(f"linewatch: could not check: {error}", err=True)
        sys.exit(2)
    if as_json:
        click.echo(to_json(checked).decode())
    else:
        for notice in checked.notices:
            click.echo(f"note: {notice}")
        for fault in checked.faults:
            click.echo(f"fault: {fault.layer}: {fault.where}: {fault.message}")
        click.echo(
            f"{checked.evidence} sealed files, {checked.rows} rows, {checked.entries} log entries, {checked.spans} spans: "
            f"{len(checked.faults)} faults"
        )
    sys.exit(1 if checked.faults else 0)
