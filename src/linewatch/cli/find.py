"""`linewatch find`: items, quotations, citations, notes, names."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from linewatch.cli.options import case_argument, json_option, quiet_option, show_progress
from linewatch.find.run import find as find_in_case
from linewatch.model import to_json
from linewatch.store.case import open_case
from linewatch.store.live import list_live_findings


@click.command()
@case_argument
@json_option
@quiet_option
def find(case_path: Path, as_json: bool, quiet: bool) -> None:  # noqa: FBT001 - click passes options by name
    """Find items, quotations, citations, notes and names in every document.

    Example: linewatch find harbour
    """
    case = open_case(case_path)
    with show_progress(quiet=quiet) as tell:
        read = find_in_case(case, tell)
    found = list_live_findings(case)
    if as_json:
        click.echo(to_json(found).decode())
        return
    counts = Counter(str(finding.value.__struct_config__.tag) for finding in found)
    told = ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items())) or "nothing"
    click.echo(f"{read} documents searched; found so far: {told}.")
