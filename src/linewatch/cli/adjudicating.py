"""The options of `linewatch code` that say how far coders agree, and that decide where they do not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click
import msgspec

from linewatch.cli.options import clean
from linewatch.code.account import tell_disagreements, tell_parts
from linewatch.code.answers import read_verdict
from linewatch.code.machines.words import tell_band, tell_machines
from linewatch.code.run import (
    count_live,
    decide,
    find_disagreements,
    get_codebook,
    measure,
    measure_machines,
    measure_models,
    measure_parts,
)
from linewatch.code.words import tell_agreement, tell_stale
from linewatch.model import to_json
from linewatch.store.case import Case

F = TypeVar("F", bound=Callable[..., Any])


def agreement_options(command: F) -> F:
    """Add the options that measure and decide."""
    options = (
        click.option("--agreement", is_flag=True, help="Say how far the coders agree."),
        click.option(
            "--disagreements",
            is_flag=True,
            help="List the passages on which coders differ, each with its reasons.",
        ),
        click.option(
            "--settle",
            nargs=3,
            metavar="PASSAGE QUESTION VALUE",
            help="Decide a disagreement, as --as NAME; VALUE is yes, no or a point.",
        ),
        click.option("--because", help="Why it is decided so."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def settle_one(case: Case, settle: tuple[str, str, str], coder: str | None, because: str | None) -> str:
    """Decide a disagreement and return what to say of it."""
    passage, question, value = settle
    decide(case, passage, coder or "", read_verdict(get_codebook(case), question, value, because))
    return f"{question} of {passage} is decided: {value}."


def show_disagreements(case: Case, *, as_json: bool) -> str:
    """Return where coders differ, in words or as JSON."""
    found = find_disagreements(case)
    return to_json(found).decode() if as_json else "\n".join(map(clean, tell_disagreements(found)))


def show_agreement(case: Case, *, as_json: bool) -> str:
    """Return how far coders and machines agree, in words or as JSON."""
    measured, parts = measure(case), measure_parts(case)
    machines, band = measure_machines(case), measure_models(case)
    if as_json:
        both = msgspec.to_builtins(measured) | msgspec.to_builtins(parts)
        return to_json(both | {"machines": machines, "band": band}).decode()
    told = [
        *tell_agreement(measured),
        *tell_parts(parts),
        *tell_stale(count_live(case).stale),
        *tell_machines(machines),
        *tell_band(band),
    ]
    return "\n".join(map(clean, told))
