"""`linewatch pack` and `unpack`: a case carried as a package."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import click

from linewatch.cli.options import case_argument, quiet_option, show_progress
from linewatch.errors import InputError
from linewatch.flow import pack_readable
from linewatch.store.case import open_case
from linewatch.store.package import pack_whole
from linewatch.store.package import unpack as restore

LASTS = 30
"""Days a package with originals may be restored, unless another day is named."""


@click.command()
@case_argument
@click.option(
    "-o",
    "out",
    required=True,
    type=click.Path(path_type=Path),
    help="The package: a new folder, or a file that ends in .zip.",
)
@click.option(
    "--with-originals",
    is_flag=True,
    help="Pack everything, originals and names too; needs --reason, is logged and expires.",
)
@click.option("--reason", default="", help="Why the originals leave this machine.")
@click.option(
    "--expires",
    type=click.DateTime(["%Y-%m-%d"]),
    help=f"The last day it may be restored; {LASTS} days from now by default.",
)
@quiet_option
def pack(
    case_path: Path,
    out: Path,
    with_originals: bool,  # noqa: FBT001 - click passes options by name
    reason: str,
    expires: datetime | None,
    quiet: bool,  # noqa: FBT001 - as above
) -> None:
    """Write a case as a BagIt package that can be read and checked without Linewatch.

    By default it holds no originals and no private name: the report, the exports, the hashes of what was sealed and the
    log. With originals it is the whole case, which `linewatch unpack` restores.

    Example: linewatch pack harbour -o harbour-2031-05.zip
    """
    case = open_case(case_path)
    if with_originals:
        today = datetime.now(UTC).date()
        last = expires.date() if expires else today + timedelta(days=LASTS)
        packed = pack_whole(case, out, reason=reason, expires=_check_day(last, today))
    else:
        with show_progress(quiet=quiet) as tell:
            packed = pack_readable(case, out, tell=tell)
    click.echo(f"{packed.path}\n{packed.digest} covers all of it: keep it apart")


def _check_day(last: date, today: date) -> date:
    if last < today:
        raise InputError(f"{last} is over", hint="name a day to come with --expires")
    return last


@click.command("unpack")
@click.argument("package", type=click.Path(exists=True, path_type=Path))
@case_argument
def unpack_command(package: Path, case_path: Path) -> None:
    """Restore a package that holds originals as a case.

    Every file is checked against its hash, and the case as `linewatch check` does, before it is put into its place.

    Example: linewatch unpack harbour.zip harbour
    """
    click.echo(restore(package, case_path, today=datetime.now(UTC).date()))
