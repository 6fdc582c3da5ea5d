"""`linewatch code`: the queue in the terminal, judgements in bulk, agreement."""

from __future__ import annotations

from pathlib import Path

import click

from linewatch.cli.options import case_argument, json_option, show_progress
from linewatch.cli.sitting import sit
from linewatch.code.run import export_judgements, import_judgements, measure, propose
from linewatch.code.words import tell_agreement
from linewatch.model import to_json
from linewatch.store.case import open_case


@click.command()
@case_argument
@click.option("--as", "coder", help="Code as this coder, one passage at a time.")
@click.option("--seed", type=int, help="The seed of the coder's random order; recorded either way.")
@click.option(
    "--import", "source", type=click.Path(exists=True, path_type=Path), help="Take judgements from a CSV."
)
@click.option("--export", "target", type=click.Path(path_type=Path), help="Write judgements to a CSV.")
@click.option("--agreement", is_flag=True, help="Say how far the coders agree.")
@json_option
def code(  # noqa: PLR0913, PLR0917 - click passes options by name
    case_path: Path,
    coder: str | None,
    seed: int | None,
    source: Path | None,
    target: Path | None,
    agreement: bool,  # noqa: FBT001
    as_json: bool,  # noqa: FBT001
) -> None:
    """Code passages one at a time, blind and in random order; or in bulk; and measure agreement.

    Example: linewatch code harbour --as ana
    """
    case = open_case(case_path)
    if source or target or coder:
        with show_progress(quiet=False) as tell:
            propose(case, tell)
    if source:
        click.echo(f"{import_judgements(case, source)} judgements are new.")
    if target:
        click.echo(f"{export_judgements(case, target, coder)} rows written to {target}.")
    if coder and not (source or target or agreement):
        sit(case, coder, seed)
    if agreement:
        measured = measure(case)
        click.echo(to_json(measured).decode() if as_json else "\n".join(tell_agreement(measured)))
    if not (source or target or coder or agreement):
        click.echo(tell_modes(case_path))


def tell_modes(case_path: Path) -> str:
    """Return what the command can do, with an example of each."""
    return f"""Say what to do, for example:
  linewatch code {case_path} --as ana               code passages, one at a time
  linewatch code {case_path} --export codings.csv   write the judgements as CSV
  linewatch code {case_path} --import codings.csv   take judgements from a CSV
  linewatch code {case_path} --agreement            say how far the coders agree"""
