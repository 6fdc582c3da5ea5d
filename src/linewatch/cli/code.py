"""`linewatch code`: the queue in the terminal, judgements in bulk, agreement."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from linewatch.cli.options import case_argument, clean, json_option, show_progress
from linewatch.cli.sitting import sit
from linewatch.code.account import tell_disagreements, tell_parts
from linewatch.code.answers import read_verdict
from linewatch.code.run import (
    count_live,
    decide,
    export_judgements,
    find_disagreements,
    get_codebook,
    import_judgements,
    measure,
    measure_parts,
    propose,
)
from linewatch.code.words import tell_agreement, tell_stale
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
@click.option(
    "--disagreements", is_flag=True, help="List the passages on which coders differ, each with its reasons."
)
@click.option(
    "--settle",
    nargs=3,
    metavar="PASSAGE QUESTION VALUE",
    help="Decide a disagreement, as --as NAME; VALUE is yes, no or a point.",
)
@click.option("--because", help="Why it is decided so.")
@json_option
def code(  # noqa: PLR0913, PLR0917 - click passes options by name
    case_path: Path,
    coder: str | None,
    seed: int | None,
    source: Path | None,
    target: Path | None,
    agreement: bool,  # noqa: FBT001
    disagreements: bool,  # noqa: FBT001
    settle: tuple[str, str, str] | None,
    because: str | None,
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
    if settle:
        passage, question, value = settle
        decide(case, passage, coder or "", read_verdict(get_codebook(case), question, value, because))
        click.echo(f"{question} of {passage} is decided: {value}.")
    if coder and not (source or target or agreement or disagreements or settle):
        sit(case, coder, seed)
    if disagreements:
        found = find_disagreements(case)
        click.echo(to_json(found).decode() if as_json else "\n".join(map(clean, tell_disagreements(found))))
    if agreement:
        measured = measure(case)
        parts = measure_parts(case)
        told = [*tell_agreement(measured), *tell_parts(parts), *tell_stale(count_live(case).stale)]
        both = msgspec.to_builtins(measured) | msgspec.to_builtins(parts)
        click.echo(to_json(both).decode() if as_json else "\n".join(map(clean, told)))
    if not (source or target or coder or agreement or disagreements or settle):
        click.echo(tell_modes(case_path))


def tell_modes(case_path: Path) -> str:
    """Return what the command can do, with an example of each."""
    return f"""Say what to do, for example:
  linewatch code {case_path} --as ana               code passages, one at a time
  linewatch code {case_path} --export codings.csv   write the judgements as CSV
  linewatch code {case_path} --import codings.csv   take judgements from a CSV
  linewatch code {case_path} --agreement            say how far the coders agree
  linewatch code {case_path} --disagreements        list where they differ, to be decided with --settle"""
