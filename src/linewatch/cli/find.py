"""`linewatch find`: items, quotations, citations, notes, names; and the analyst's corrections to them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from linewatch.cli.options import case_argument, json_option, quiet_option, show_progress
from linewatch.find.run import export_corrections, import_corrections
from linewatch.find.run import find as find_in_case
from linewatch.model import to_json
from linewatch.model.fields import get_kind
from linewatch.store.case import open_case
from linewatch.store.live import get_corrected, list_live_findings


@click.command()
@case_argument
@click.option(
    "--export",
    "target",
    type=click.Path(path_type=Path),
    help="Write the findings to a CSV, to correct them there.",
)
@click.option(
    "--import",
    "source",
    type=click.Path(exists=True, path_type=Path),
    help="Take corrections from such a CSV.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    help="Search on so many processes.  [default: the cores, where there is enough to search]",
)
@json_option
@quiet_option
def find(
    case_path: Path,
    target: Path | None,
    source: Path | None,
    workers: int | None,
    as_json: bool,  # noqa: FBT001 - click passes options by name
    quiet: bool,  # noqa: FBT001 - as above
) -> None:
    """Find items, quotations, citations, notes and names in every document; or correct what was found.

    In the CSV, change a cell to set a field. In the column `action`: reject; merge KIND:ID; retract, or
    retract FIELD, to take corrections back; add item or add quotation, with document and words, or start and end.

    Example: linewatch find harbour --export found.csv
    """
    case = open_case(case_path)
    if source:
        click.echo(f"{import_corrections(case, source)} corrections are new.")
    if target:
        click.echo(f"{export_corrections(case, target)} rows written to {target}.")
    if source or target:
        return
    with show_progress(quiet=quiet) as tell:
        read = find_in_case(case, tell, workers=workers)
    found = list_live_findings(case)
    if as_json:
        click.echo(to_json(found).decode())
        return
    counts = Counter(get_kind(finding.value) for finding in found)
    told = ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items())) or "nothing"
    click.echo(f"{read} documents searched; found so far: {told}.")
    if lost := len(get_corrected(case).lost):
        click.echo(f"{lost} corrections rest on what is not found again: they are in --export.", err=True)
