"""`linewatch gather`: imports and seals files."""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path
from time import sleep
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
from linewatch.gather.run import Gathering, watch
from linewatch.gather.run import gather as gather_files
from linewatch.model import to_json
from linewatch.store.case import open_case

SECONDS = 2.0
"""Between two looks at a watched folder."""


@click.command()
@case_argument
@paths_argument
@click.option(
    "--watch", "watched", metavar="FOLDER", type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Go on gathering what arrives in this folder, once it is completely written; Ctrl-C stops.",
)  # fmt: skip
@given_options
@json_option
@quiet_option
def gather(  # click passes options by name
    case_path: Path,
    paths: tuple[Path, ...],
    watched: Path | None,
    *,
    as_json: bool,
    quiet: bool,
    **given: Any,
) -> None:
    """Import files and folders and seal each as evidence.

    A `catalogue.csv` in a folder says what its files do not: path,kind,publisher,outlet,tier,place,date,title,language.

    Example: linewatch gather harbour material/ --own --outlet "The Lamp"
    """
    if bool(paths) == bool(watched):
        raise click.UsageError("nothing to gather: name a file or a folder, or one folder to --watch")
    case, said = open_case(case_path), make_given(given)
    if watched is None:
        with show_progress(quiet=quiet) as tell:
            gathering = gather_files(case, paths, given=said, tell=tell)
        _print(gathering, as_json=as_json)
        return
    with (
        suppress(KeyboardInterrupt),
        closing(watch(case, watched, given=said, tell=lambda _step: None, pause=_pause)) as arriving,
    ):
        for gathering in arriving:
            _print(gathering, as_json=as_json)
    if not as_json:
        click.echo("Stopped; what had arrived whole is sealed.")


def _pause() -> bool:
    """Wait between two looks at the folder."""
    sleep(SECONDS)
    return True


def _print(gathering: Gathering, *, as_json: bool) -> None:
    if as_json:
        click.echo(to_json(gathering).decode())
        return
    for line in describe_gathering(gathering):
        click.echo(clean(line))
