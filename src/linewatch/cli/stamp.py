"""`linewatch stamp`: have an authority say that the log existed by now."""

from __future__ import annotations

from pathlib import Path

import click

from linewatch.cli.options import case_argument
from linewatch.errors import InputError
from linewatch.model import LogEntry, Timestamp, from_json
from linewatch.store import log
from linewatch.store.case import Case, open_case
from linewatch.store.timestamps import ask, check_open, describe, find_head, keep, make_request, verify
from linewatch.write.package import make_proof

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@case_argument
@click.option(
    "--authority", metavar="URL", help="Ask this time-stamping authority now; nothing else is ever asked."
)
@click.option(
    "--request",
    "request",
    type=FILE,
    help="Write a request here, to be carried to an authority by hand; or, with --response, the request made before.",
)
@click.option("--response", "response", type=FILE, help="Take in the authority's whole answer to --request.")
@click.option("--roots", type=FILE, help="Root certificates that you trust for it, in PEM.")
@click.option(
    "--export",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write every timestamp as files that `openssl ts -verify` reads.",
)
def stamp(
    case_path: Path,
    authority: str | None,
    request: Path | None,
    response: Path | None,
    roots: Path | None,
    folder: Path | None,
) -> None:
    """Timestamp the head of the log by RFC 3161: proof that it, and all it covers, existed no later than then.

    A timestamp says when, according to whom; it does not say that anything in the case is authentic.

    Example: linewatch stamp harbour --authority https://tsa.example.org/ --roots roots.pem
    """
    case = open_case(case_path)
    check_open(case)
    trusted = roots.read_bytes() if roots else None
    if folder:
        _export(case, folder)
    elif authority:
        head = case.get_head()
        asked = make_request(head)
        _tell(keep(case, head, authority, request=asked, response=ask(authority, asked), roots=trusted))
    elif request and response:
        asked = request.read_bytes()
        entries = [from_json(LogEntry, line) for line in log.read_lines(case.log_path)]
        head = find_head(entries, asked, case.settings.uid)
        _tell(keep(case, head, response.name, request=asked, response=response.read_bytes(), roots=trusted))
    elif request:
        log.write_whole(request, make_request(case.get_head()))
        click.echo(
            f"{request}: carry it to an authority, then: linewatch stamp {case_path} --request {request} --response FILE"
        )
    else:
        raise InputError("there is nothing to do", hint="give --authority URL, or --request FILE")


def _tell(made: Timestamp) -> None:
    click.echo(describe(made, verify(made)))


def _export(case: Case, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for made in case.find(Timestamp):
        files = make_proof(made)
        for name, data in files.items():
            (folder / name).write_bytes(data)
        head, _, response, *roots = files
        trusted = roots[0] if roots else "ROOTS.pem"
        click.echo(f"openssl ts -verify -data {head} -in {response} -CAfile {trusted}")
