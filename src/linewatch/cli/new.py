"""`linewatch new`: makes a case."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import click

from linewatch.cli.options import case_argument, json_option
from linewatch.store.case import make_case


@click.command()
@case_argument
@json_option
def new(case_path: Path, as_json: bool) -> None:  # noqa: FBT001 - click passes options by name
    """Make a case: a folder that holds the evidence, the log and the findings.

    Asks nothing; everything in CASE/case.toml can be filled in later.

    Example: linewatch new harbour
    """
    case = make_case(case_path)
    if as_json:
        click.echo(json.dumps({"path": str(case_path), "uid": case.settings.uid}, ensure_ascii=False))
        return
    click.echo(f"{case_path} is made. Next: linewatch gather {shlex.quote(str(case_path))} PATH...")
