"""The options that say which passages a coder is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from linewatch.code.sampling import STRATA, Design

F = TypeVar("F", bound=Callable[..., Any])


def sample_options(command: F) -> F:
    """Add the options that draw a sample."""
    options = (
        click.option(
            "--sample", type=click.IntRange(min=1), help="Code so many passages more, drawn at random."
        ),
        click.option("--by", help="Draw from each outlet, period or language alike: `outlet,period`."),
        click.option("--double", type=float, help="The share of them that other coders have as well."),
        click.option(
            "--repeats", type=float, default=0.0, help="The share that comes again later, unannounced."
        ),
        click.option("--without", multiple=True, help="Send no passage with this word in its warning."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def make_design(
    sample: int | None, by: str | None, double: float | None, repeats: float, without: tuple[str, ...]
) -> Design | None:
    """Return the design that the options give, None where they give none."""
    named = [one.strip() for one in (by or "").split(",") if one.strip()]
    if wrong := [one for one in named if one not in STRATA]:
        raise click.BadParameter(f"{wrong[0]} is none of {', '.join(STRATA)}", param_hint="--by")
    if sample is None and double is None and not (named or repeats or without):
        return None
    strata = tuple(one for one in STRATA if one in named)
    return Design(size=sample, by=strata, double=double, repeats=repeats, limits=without)
