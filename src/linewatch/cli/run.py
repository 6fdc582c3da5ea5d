"""`linewatch run`: all six rooms, from files to the report."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import click

from linewatch.cli.given import given_options, make_given
from linewatch.cli.options import (
    case_argument,
    json_option,
    paths_argument,
    quiet_option,
    show_progress,
)
from linewatch.flow import Outcome
from linewatch.flow import run as run_stages
from linewatch.model import to_json
from linewatch.store.case import Case, make_case, open_case


@click.command()
@case_argument
@paths_argument
@given_options
@click.option(
    "-o", "out", type=click.Path(path_type=Path), help="The folder to write to; CASE/out by default."
)
@json_option
@quiet_option
def run(
    case_path: Path,
    paths: tuple[Path, ...],
    out: Path | None,
    as_json: bool,  # noqa: FBT001 - click passes options by name
    quiet: bool,  # noqa: FBT001 - as above
    **given: Any,
) -> None:
    """Take files through all six rooms; says what remains to be coded, and goes on when run again.

    Example: linewatch run harbour material/ -o build/harbour
    """
    case = open_or_make(case_path)
    folder = out or case_path / "out"
    with show_progress(quiet=quiet) as tell:
        outcome = run_stages(case, paths, folder, given=make_given(given), tell=tell)
    if as_json:
        click.echo(to_json(outcome).decode())
        return
    for line in tell_outcome(case_path, folder, outcome):
        click.echo(line)


def open_or_make(path: Path) -> Case:
    """Return the case in this folder, a new one where there is none."""
    return open_case(path) if (path / "case.toml").exists() else make_case(path)


def tell_outcome(case_path: Path, folder: Path, outcome: Outcome) -> list[str]:
    """Return what to print after a run: the finding, what remains to be coded, and last the report's path."""
    told = list(outcome.line.words)
    if outcome.refused or outcome.problems:
        told.append(f"Files refused: {outcome.refused}; problems: {outcome.problems}. The report lists them.")
    if outcome.uncoded:
        command = shlex.join(["linewatch", "code", str(case_path), "--as", "NAME"])
        told.append(f"{outcome.uncoded} of {outcome.passages} passages are not coded yet: {command}")
    return [*told, str(folder / "report.html")]
