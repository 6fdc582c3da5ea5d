"""What commands share: the case argument, progress and JSON."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from linewatch.model import Step, Tell

F = TypeVar("F", bound=Callable[..., Any])
VERBOSE = "linewatch.verbose"
STEERING = frozenset("\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that break a line or turn the order of what follows them."""

case_argument = click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
paths_argument = click.argument(
    "paths", metavar="PATH...", nargs=-1, type=click.Path(exists=True, path_type=Path)
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")


def _note_verbose(context: click.Context, _option: click.Parameter, verbose: bool) -> None:  # noqa: FBT001 - click's signature
    if verbose:
        context.meta[VERBOSE] = True


verbose_option = click.option(
    "--verbose",
    "-v",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_note_verbose,
    help="Print a line for each step, and where an error arose.",
)


def quiet_option(command: F) -> F:
    """Add --quiet, and --verbose, to a command that works for long."""
    return click.option("--quiet", "-q", is_flag=True, help="Show no progress.")(verbose_option(command))


def is_verbose() -> bool:
    """Tell whether --verbose was given, before the command's name or after it."""
    context = click.get_current_context(silent=True)
    return bool(context and context.meta.get(VERBOSE))


def clean(text: str) -> str:
    r"""Return words on one line that cannot steer the terminal; evidence may hold escape sequences.

    >>> clean("the sea\n\x1b[2J wall")
    'the sea  [2J wall'
    """
    return "".join(" " if unicodedata.category(one) == "Cc" or one in STEERING else one for one in text)


@contextmanager
def show_progress(*, quiet: bool) -> Iterator[Tell]:
    """Draw one bar a stage on the standard error stream, where that is a terminal; a line a step with --verbose."""
    if not quiet and is_verbose():
        yield lambda step: click.echo(
            f"{step.stage} {step.done + 1}/{step.total} {clean(step.what)}", err=True
        )
        return
    if quiet:
        yield lambda _step: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _step: None
        return
    columns = (
        TextColumn("{task.description:8}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[what]}", markup=False),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        bars: dict[str, Any] = {}

        def tell(step: Step) -> None:
            if step.stage not in bars:
                bars[step.stage] = progress.add_task(step.stage, total=step.total, what="")
            progress.update(
                bars[step.stage], completed=step.done, total=step.total, what=clean(step.what)[:40]
            )

        yield tell
