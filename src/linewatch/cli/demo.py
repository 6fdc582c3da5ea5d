"""`linewatch demo`: the invented sample case through all six rooms."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from linewatch.cli.options import quiet_option, show_progress
from linewatch.cli.run import open_or_make, tell_outcome
from linewatch.code.run import import_judgements
from linewatch.flow import run as run_stages
from linewatch.flow import write_report
from linewatch.gather.run import Given
from linewatch.resources import find_shipped
from linewatch.store.case import Case

SAMPLE = "examples/harbour-league"


@click.command()
@click.argument("folder", metavar="FOLDER", default="linewatch-demo", type=click.Path(path_type=Path))
@quiet_option
def demo(folder: Path, quiet: bool) -> None:  # noqa: FBT001 - click passes options by name
    """Take the sample case, the invented Harbour League, through all six rooms.

    Writes only to FOLDER; the last line printed is the report's path.

    Example: linewatch demo build/demo
    """
    sample, out = find_shipped(SAMPLE), folder / "report"
    case = open_or_make(folder / "case")
    set_up_sample(case, sample)
    with show_progress(quiet=quiet) as tell:
        outcome = run_stages(case, [sample / "material"], out, given=Given(), tell=tell)
        for codings in sorted((sample / "codings").glob("*.csv")):
            import_judgements(case, codings)
        outcome = write_report(case, out, tell=tell)
    for line in tell_outcome(folder / "case", out, outcome):
        click.echo(line)


def set_up_sample(case: Case, sample: Path) -> None:
    """Copy the sample's settings and canon into the case, its own uid kept."""
    uid = case.settings.uid
    text = (sample / "case.toml").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("uid")]
    (case.path / "case.toml").write_text("\n".join([f'uid = "{uid}"', *lines, ""]), encoding="utf-8")
    for canon in sorted((sample / "canons").glob("*")):
        shutil.copy(canon, case.path / "canons")
