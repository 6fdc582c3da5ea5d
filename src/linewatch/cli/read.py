"""`linewatch read`: text and blocks of every sealed file."""

from __future__ import annotations

from pathlib import Path

import click

from linewatch.cli.options import case_argument, clean, json_option, quiet_option, show_progress
from linewatch.model import Evidence, Problem, to_json
from linewatch.read.run import read as read_case
from linewatch.store.case import open_case


@click.command()
@case_argument
@json_option
@quiet_option
def read(case_path: Path, as_json: bool, quiet: bool) -> None:  # noqa: FBT001 - click passes options by name
    """Read text and blocks from every sealed file that this version has not read.

    Example: linewatch read harbour
    """
    case = open_case(case_path)
    with show_progress(quiet=quiet) as tell:
        reads = read_case(case, tell=tell)
    if as_json:
        click.echo(to_json(reads).decode())
        return
    names = {one.id: one.name for one in case.find(Evidence)}
    click.echo(f"{len(reads.documents)} documents read, {len(reads.problems)} problems.")
    for problem in reads.problems:
        click.echo(f"  {clean(tell_problem(problem, names.get(problem.evidence or '', '')))}")


def tell_problem(problem: Problem, name: str) -> str:
    """Return a problem in words: its kind, the file, what is wrong, and where."""
    file = "" if not name or problem.message.startswith(name) else f"{name}: "
    return f"{problem.kind}: {file}{problem.message}" + (f" ({problem.where})" if problem.where else "")
