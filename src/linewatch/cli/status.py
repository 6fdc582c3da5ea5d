"""`linewatch status`: what is done, what is new since the last report, and what comes next."""

from __future__ import annotations

from pathlib import Path

import click

from linewatch.cli.options import case_argument
from linewatch.model import Build, Document, Evidence, Finding, Judgement, Passage, Problem, Value
from linewatch.store.case import Case, open_case

COUNTED: dict[str, type[Value]] = {
    "files sealed": Evidence,
    "documents read": Document,
    "findings": Finding,
    "passages": Passage,
    "judgements": Judgement,
    "problems": Problem,
    "reports": Build,
}


@click.command()
@case_argument
def status(case_path: Path) -> None:
    """Say what is done, what is new since the last report and what comes next.

    Example: linewatch status harbour
    """
    case = open_case(case_path)
    for name, kind in COUNTED.items():
        click.echo(f"{name:15} {case.count(kind):6}")
    for line in tell_next(case, case_path):
        click.echo(line)


def tell_next(case: Case, path: Path) -> list[str]:
    """Return what is stale and the command that comes next."""
    builds, told = case.find(Build), []
    if builds and case.get_head().seq > builds[-1].log_seq + 1:
        told.append("The case has changed since the last report.")
    order = (
        (Evidence, f"linewatch gather {path} PATH..."),
        (Document, f"linewatch read {path}"),
        (Finding, f"linewatch find {path}"),
        (Judgement, f"linewatch code {path} --as NAME"),
    )
    missing = [command for kind, command in order if not case.count(kind)]
    return [*told, f"Next: {missing[0] if missing else f'linewatch write {path}'}"]
