"""What is said of files as they are imported, where they do not say it themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click
import msgspec

from linewatch.gather.run import Given

F = TypeVar("F", bound=Callable[..., Any])


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
