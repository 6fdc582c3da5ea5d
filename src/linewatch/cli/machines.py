"""The options of `linewatch code` that let machines suggest answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from linewatch.cli.options import clean, show_progress
from linewatch.code.machines.registry import MACHINES
from linewatch.code.machines.words import tell_leaving, tell_run, tell_suggestions
from linewatch.code.run import allow_address, list_leaving, list_suggestions, suggest
from linewatch.flow import make_mask
from linewatch.model import to_json
from linewatch.store.case import Case

F = TypeVar("F", bound=Callable[..., Any])


def machine_options(command: F) -> F:
    """Add the options of machine coders."""
    options = (
        click.option(
            "--machine",
            type=click.Choice(list(MACHINES)),
            help="Let a machine suggest answers; they are no judgements.",
        ),
        click.option(
            "--suggestions",
            is_flag=True,
            help="List what machines suggest, once you (--as), or all, have finished.",
        ),
        click.option(
            "--allow-address",
            "address",
            help="Show what would leave for a language model at this address; with --reason, allow it.",
        ),
        click.option("--reason", default="", help="Why passages may go there; it is logged."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def allow(case: Case, address: str, reason: str, *, as_json: bool) -> None:
    """Show what would leave for this address, then allow it where a reason is given."""
    with show_progress(quiet=False) as tell:
        mask = make_mask(case, tell)
    bodies = list_leaving(case, address, mask)
    click.echo(to_json(bodies).decode() if as_json else "\n".join(map(clean, tell_leaving(address, bodies))))
    allow_address(case, address, reason, mask)


def run_machine(case: Case, machine: str) -> str:
    """Let a machine suggest answers and return what to say of it."""
    with show_progress(quiet=False) as tell:
        hide = make_mask(case, tell) if machine == "model" else None
        return "\n".join(map(clean, tell_run(suggest(case, machine, tell, mask=hide))))


def show_suggestions(case: Case, coder: str | None, *, as_json: bool) -> str:
    """Return what machines suggest, in words or as JSON."""
    found = list_suggestions(case, coder)
    return to_json(found).decode() if as_json else "\n".join(map(clean, tell_suggestions(found)))
