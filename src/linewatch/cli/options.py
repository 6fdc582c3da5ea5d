"""What commands share: the case argument, progress, JSON, and the description of files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from linewatch.gather.run import Given
from linewatch.model import Step, Tell

F = TypeVar("F", bound=Callable[..., Any])

case_argument = click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
paths_argument = click.argument(
    "paths", metavar="PATH...", nargs=-1, type=click.Path(exists=True, path_type=Path)
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
quiet_option = click.option("--quiet", "-q", is_flag=True, help="Show no progress.")


def given_options(command: F) -> F:
    """Add the options that say of the files what they do not say themselves."""
    options = (
        click.option("--own", "side", flag_value="own", help="The organisation published these files."),
        click.option("--about", "side", flag_value="about", help="Others report on it in these files."),
        click.option("--kind", help="What they are: video, song, editorial, article, statement, ..."),
        click.option("--outlet", help="The outlet that published them."),
        click.option("--date", help="When: YYYY-MM-DD, YYYY-MM or YYYY."),
        click.option("--obtained-from", help="Where you have them from."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def make_given(options: dict[str, str | None]) -> Given:
    """Return the description that the options give."""
    return msgspec.convert({name: value for name, value in options.items() if value is not None}, Given)


@contextmanager
def show_progress(*, quiet: bool) -> Iterator[Tell]:
    """Draw one bar a stage on the standard error stream, where that is a terminal."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda _step: None
        return
    columns = (
        TextColumn("{task.description:8}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[what]}"),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        bars: dict[str, Any] = {}

        def tell(step: Step) -> None:
            if step.stage not in bars:
                bars[step.stage] = progress.add_task(step.stage, total=step.total, what="")
            progress.update(bars[step.stage], completed=step.done, total=step.total, what=step.what[:40])

        yield tell
