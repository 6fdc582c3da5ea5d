"""`linewatch write`: the sourced report and the data exports."""

from __future__ import annotations

from pathlib import Path

import click

from linewatch.cli.options import case_argument, json_option, quiet_option, show_progress
from linewatch.flow import write_report
from linewatch.model import to_json
from linewatch.store.case import open_case
from linewatch.write.directives import DIRECTIVES

USAGE = "\b\nDirectives of the draft, report.md:\n" + "\n".join(
    f"  {{{{ {directive.usage} }}}}\n      {directive.does}" for directive in DIRECTIVES.values()
)


@click.command(epilog=USAGE)
@case_argument
@click.option(
    "-o", "out", type=click.Path(path_type=Path), help="The folder to write to; CASE/out by default."
)
@json_option
@quiet_option
def write(case_path: Path, out: Path | None, as_json: bool, quiet: bool) -> None:  # noqa: FBT001 - click passes options by name
    """Build report.html, report.pdf, report.docx and the data exports from CASE/report.md.

    The draft is generated on first use and then yours to edit: Markdown with directives in double braces. Every
    quotation is cut anew and every number computed; a draft that cannot be built leaves the earlier report as it was.

    Example: linewatch write harbour -o build/harbour
    """
    case = open_case(case_path)
    folder = out or case_path / "out"
    with show_progress(quiet=quiet) as tell:
        outcome = write_report(case, folder, tell=tell)
    click.echo(to_json(outcome.build).decode() if as_json else str(folder / "report.html"))
