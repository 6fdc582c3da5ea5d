"""`linewatch status`: what is done, what is stale, what is new since the last report, and what comes next."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from linewatch.cli.options import case_argument, clean, json_option
from linewatch.model import to_json
from linewatch.status import Status, get_status
from linewatch.store.case import open_case

NAMES = {
    "evidence": "files sealed",
    "documents": "documents read",
    "findings": "findings",
    "passages": "passages",
    "judgements": "judgements",
    "problems": "problems",
    "reports": "reports",
}
COMMANDS = {
    "gather": "gather {case} PATH...",
    "read": "read {case}",
    "find": "find {case}",
    "code": "code {case} --as NAME",
    "write": "write {case}",
}
SHOWN = 5
"""How many waiting files are named."""


@click.command()
@case_argument
@json_option
def status(case_path: Path, as_json: bool) -> None:  # noqa: FBT001 - click passes options by name
    """Say what is done, what is stale, what is new since the last report and what comes next.

    Example: linewatch status harbour
    """
    now = get_status(open_case(case_path))
    click.echo(to_json(now).decode() if as_json else "\n".join(describe_status(now, case_path)))


def describe_status(now: Status, case_path: Path) -> list[str]:
    """Return the counts, what waits, what is new, and last the command that comes next."""
    told = [f"{words:15} {now.done[name]:6}" for name, words in NAMES.items()]
    told += _name_files("not read by the present readers", now.unread)
    told += _name_files("not searched by the present finders", now.unsearched)
    told += [f"{now.uncoded} passages are not coded by anybody."] if now.uncoded else []
    told += [f"{clean(coder)} has {left} passages left." for coder, left in now.left.items() if left]
    if now.new is not None:
        new = ", ".join(f"{count} {name}" for name, count in now.new.items() if count)
        told.append(f"New since the last report: {new or 'nothing'}.")
    if now.next is None:
        return [*told, "Next: nothing; the report is of this state."]
    return [*told, f"Next: linewatch {COMMANDS[now.next].format(case=shlex.quote(str(case_path)))}"]


def _name_files(words: str, files: tuple[str, ...]) -> list[str]:
    if not files:
        return []
    named = ", ".join(clean(name) for name in files[:SHOWN])
    return [f"{len(files)} {words}: {named}{', ...' if len(files) > SHOWN else ''}"]
