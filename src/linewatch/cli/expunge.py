"""`linewatch expunge`: evidence out of the case for good, a tombstone in its place."""

from __future__ import annotations

from pathlib import Path

import click

from linewatch.cli.options import case_argument, clean, json_option
from linewatch.model import Evidence, to_json
from linewatch.store.case import open_case
from linewatch.store.expunge import Expunged, expunge, find_named, find_tombstone


@click.command("expunge")
@case_argument
@click.argument("names", metavar="EVIDENCE...", nargs=-1, required=True)
@click.option("--reason", required=True, help="Why: legal, safety or personal, in a sentence. It stays.")
@click.option("--approved-by", "approved_by", multiple=True, required=True, metavar="WHO",
              help="Who approved it; give it twice for two. It stays.")  # fmt: skip
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def expunge_command(
    case_path: Path,
    names: tuple[str, ...],
    reason: str,
    approved_by: tuple[str, ...],
    yes: bool,  # noqa: FBT001 - click passes options by name
    as_json: bool,  # noqa: FBT001 - as above
) -> None:
    """Take EVIDENCE out of a case for good, and its words out of texts, findings, codes, index and built reports.

    EVIDENCE is a file's name or the first digits of its hash. Hash, size, reason and approvers stay as a tombstone, and
    `check` says expunged. Copies that you made of the case or of reports elsewhere are not reached.

    Example: linewatch expunge harbour song3.txt --reason "a court order of 3 May" --approved-by "M. Ode"
    """
    case = open_case(case_path)
    gone = {name: stone for name in names if (stone := find_tombstone(case, name))}
    for stone in gone.values():
        click.echo(f"expunged already: {stone.evidence} on {stone.expunged_at:%Y-%m-%d}", err=as_json)
    named = find_named(case, [name for name in names if name not in gone])
    if not named:
        return
    if not yes:
        click.confirm("\n".join([*map(_describe, named), "Expunge for good?"]), abort=True, err=True)
    expunged = expunge(case, named, reason=reason, approved_by=approved_by)
    click.echo(to_json(expunged).decode() if as_json else "\n".join(describe_expunged(expunged)))


def _describe(evidence: Evidence) -> str:
    return clean(f"{evidence.name}, {evidence.size} bytes, {evidence.id}")


def describe_expunged(expunged: Expunged) -> list[str]:
    """Return a line for each tombstone, and one for each place where the same words still stand."""
    rows = sum(len(seals) for one in expunged.tombstones for seals in one.rows.values())
    return [
        *(f"expunged: {one.evidence}" for one in expunged.tombstones),
        *(clean(f"the same words still stand in: {name}") for name in expunged.elsewhere),
        f"{rows} rows emptied; built reports in out/ removed: build them again with `linewatch write`",
    ]
