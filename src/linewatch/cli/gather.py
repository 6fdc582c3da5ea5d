"""`linewatch gather`: imports and seals files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from linewatch.cli.given import given_options, make_given
from linewatch.cli.options import (
    case_argument,
    clean,
    json_option,
    paths_argument,
    quiet_option,
    show_progress,
)
from linewatch.gather.report import describe_gathering
from linewatch.gather.run import gather as gather_files
from linewatch.model import to_json
from linewatch.store.case import open_case


@click.command()
@case_argument
@paths_argument
@given_options
@json_option
@quiet_option
def gather(case_path: Path, paths: tuple[Path, ...], as_json: bool, quiet: bool, **given: Any) -> None:  # noqa: FBT001 - click passes options by name
    """Import files and folders and seal each as evidence.

    A `catalogue.csv` in a folder says what its files do not: path,kind,publisher,outlet,tier,place,date,title,language.

    Example: linewatch gather harbour material/ --own --outlet "The Lamp"
    """
    if not paths:
        raise click.UsageError("nothing to gather: name a file or a folder")
    case = open_case(case_path)
    with show_progress(quiet=quiet) as tell:
        gathering = gather_files(case, paths, given=make_given(given), tell=tell)
    if as_json:
        click.echo(to_json(gathering).decode())
        return
    for line in describe_gathering(gathering):
        click.echo(clean(line))
