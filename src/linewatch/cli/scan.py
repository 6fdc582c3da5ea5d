"""`linewatch scan`: read and find on one file, no case."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from linewatch.cli.options import clean, json_option
from linewatch.find.base import Reading
from linewatch.find.canons import choose_canons, load_canons, read_canon
from linewatch.find.registry import find_all
from linewatch.find.scan import to_scan
from linewatch.model import Canon, Citation, Document
from linewatch.read.apart import read_bytes_apart
from linewatch.write.directives.citations import mark_left_out


@click.command()
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--canon", "names", multiple=True,
    help="Look for this canon only; may be given again. A YAML file adds one of your own to all others.",
)  # fmt: skip
@json_option
def scan(path: Path, names: tuple[str, ...], as_json: bool) -> None:  # noqa: FBT001 - click passes options by name
    """Print what one file says, and store nothing.

    Example: linewatch scan report.txt --json
    """
    document = read_bytes_apart(path.read_bytes(), path.name)
    found = find_all(Reading(document=document, canons=_choose(names)))
    if as_json:
        click.echo(json.dumps(to_scan(document, found), ensure_ascii=False, indent=1))
        return
    for finding in found:
        words = " ".join(document.text[finding.span.start : finding.span.end].split())
        kind = finding.value.__struct_config__.tag
        place = f"{finding.span.start:6}-{finding.span.end:<6}"
        click.echo(f"{kind:10} {place} {clean(words[:90])}  [{clean(finding.reason)}]")
        if isinstance(finding.value, Citation):
            for line in _tell_citation(document, finding.value):
                click.echo(f"{'':10} {clean(line)}")


def _tell_citation(document: Document, citation: Citation) -> Iterator[str]:
    """Yield the verdict, the quoted words, and the whole unit beside them with what they leave out between marks."""
    yield f"{citation.verdict}{': ' + citation.detail if citation.detail else ''}"
    if citation.quoted is not None:
        yield f"quoted: {document.text[citation.quoted.start : citation.quoted.end]}"
    if citation.text is not None:
        yield f"{citation.edition or 'edition'}: {mark_left_out(citation.text, citation.omitted)}"
    if citation.weights:
        yield f"left out or changed: {', '.join(citation.weights)}"


def _choose(names: tuple[str, ...]) -> tuple[Canon, ...]:
    """Return the shipped canons of these names, and those in the files named."""
    files = [Path(name) for name in names if name.endswith((".yml", ".yaml"))]
    added = {one.name: one for one in map(read_canon, files)}
    shipped = choose_canons(
        load_canons(None), [name for name in names if not name.endswith((".yml", ".yaml"))]
    )
    known = {one.name: one for one in shipped} | added
    return tuple(known[name] for name in sorted(known))
