"""`linewatch scan`: read and find on one file, no case."""

from __future__ import annotations

import json
from pathlib import Path

import click

from linewatch.cli.options import json_option
from linewatch.find.base import Reading
from linewatch.find.canons import load_canons
from linewatch.find.registry import find_all
from linewatch.find.scan import to_scan
from linewatch.read.registry import read_bytes


@click.command()
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
def scan(path: Path, as_json: bool) -> None:  # noqa: FBT001 - click passes options by name
    """Print what one file says, and store nothing.

    Example: linewatch scan report.txt --json
    """
    document = read_bytes(path.read_bytes(), path.name)
    found = find_all(Reading(document=document, canons=load_canons(None)))
    if as_json:
        click.echo(json.dumps(to_scan(document, found), ensure_ascii=False, indent=1))
        return
    for finding in found:
        words = " ".join(document.text[finding.span.start : finding.span.end].split())
        kind = finding.value.__struct_config__.tag
        click.echo(f"{kind:10} {finding.span.start:6}-{finding.span.end:<6} {words[:90]}  [{finding.reason}]")
