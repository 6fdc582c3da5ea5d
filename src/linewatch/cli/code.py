"""`linewatch code`: people answer the codebook's questions, one passage at a time; machines suggest; both are measured."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from linewatch.cli.adjudicating import agreement_options, settle_one, show_agreement, show_disagreements
from linewatch.cli.exchange import give_out, take_in
from linewatch.cli.machines import allow, machine_options, run_machine, show_suggestions
from linewatch.cli.options import case_argument, json_option, show_progress
from linewatch.cli.sampling import make_design, sample_options
from linewatch.cli.sitting import sit
from linewatch.code.run import propose
from linewatch.store.case import Case, open_case


@click.command()
@case_argument
@click.option("--as", "coder", help="Code as this coder, one passage at a time.")
@click.option("--seed", type=int, help="The seed of the coder's random order; recorded either way.")
@sample_options
@click.option(
    "--import",
    "source",
    type=click.Path(exists=True, path_type=Path),
    help="Take judgements from a CSV, or codings or a codebook from a REFI-QDA .qdpx or .qdc.",
)
@click.option(
    "--export",
    "target",
    type=click.Path(path_type=Path),
    help="Write judgements to a .csv or .parquet, all codings to a REFI-QDA .qdpx, the codebook to a .qdc.",
)
@click.option("--name-coders", is_flag=True, help="Name the coders in a .qdpx, who are A, B, C otherwise.")
@agreement_options
@machine_options
@json_option
def code(case_path: Path, coder: str | None, seed: int | None, **given: Any) -> None:
    """Code passages one at a time, blind and in random order; or in bulk; and measure agreement.

    Example: linewatch code harbour --as ana
    """
    case = open_case(case_path)
    if coder or any(given[name] for name in ("source", "target", "machine", "address")):
        with show_progress(quiet=False) as tell:
            propose(case, tell)
    acted = False
    for told in _act(case, coder, given):
        acted = True
        if told:
            click.echo(told)
    if acted:
        return
    if coder:
        names = ("sample", "by", "double", "repeats", "without")
        sit(case, coder, seed, make_design(*(given[name] for name in names)))
    else:
        click.echo(tell_modes(case_path))


def _act(case: Case, coder: str | None, given: dict[str, Any]) -> Iterator[str]:
    """Do what the options say, in this order, and yield what to print of each; nothing where none of them is given."""
    as_json = given["as_json"]
    if source := given["source"]:
        yield "\n".join(take_in(case, source, coder))
    if target := given["target"]:
        yield "\n".join(give_out(case, target, coder, name_coders=given["name_coders"]))
    if settle := given["settle"]:
        yield settle_one(case, settle, coder, given["because"])
    if address := given["address"]:
        allow(case, address, given["reason"], as_json=as_json)
        yield ""
    if machine := given["machine"]:
        yield run_machine(case, machine)
    if given["suggestions"]:
        yield show_suggestions(case, coder, as_json=as_json)
    if given["disagreements"]:
        yield show_disagreements(case, as_json=as_json)
    if given["agreement"]:
        yield show_agreement(case, as_json=as_json)


def tell_modes(case_path: Path) -> str:
    """Return what the command can do, with an example of each."""
    return f"""Say what to do, for example:
  linewatch code {case_path} --as ana               code passages, one at a time
  linewatch code {case_path} --export codings.csv   write the judgements as CSV, Parquet or REFI-QDA
  linewatch code {case_path} --import codings.csv   take judgements from a file
  linewatch code {case_path} --agreement            say how far the coders agree
  linewatch code {case_path} --disagreements        list where they differ, to be decided with --settle
  linewatch code {case_path} --machine lexicon      let a machine suggest answers, to be measured"""
