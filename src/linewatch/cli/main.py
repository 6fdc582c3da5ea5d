"""The command `linewatch`: the group, and the one place where an error becomes a line and an exit code."""

from __future__ import annotations

import sys

import click

from linewatch import __version__
from linewatch.cli.check import check
from linewatch.cli.code import code
from linewatch.cli.demo import demo
from linewatch.cli.find import find
from linewatch.cli.gather import gather
from linewatch.cli.new import new
from linewatch.cli.read import read
from linewatch.cli.run import run
from linewatch.cli.scan import scan
from linewatch.cli.status import status
from linewatch.cli.track import track
from linewatch.cli.write import write
from linewatch.errors import LinewatchError

COMMANDS: tuple[click.Command, ...] = (
    new, gather, read, find, code, track, write, run, scan, status, check, demo,
)  # fmt: skip


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="linewatch")
def linewatch() -> None:
    """Watch an organisation's line and know when it turns.

    Start with `linewatch demo build/demo`, or `linewatch run CASE FILE -o OUT` on a file of your own.

    Exit codes: 0 done; 1 faults found by `check`; 2 wrong usage, or `check` could not check; 3 any other error.
    """


for command in COMMANDS:
    linewatch.add_command(command)


def main() -> None:
    """Run the command line; an error is one line and a hint, never a traceback."""
    try:
        linewatch(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("stopped; run the same command again to go on", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except LinewatchError as error:
        hint = f" ({error.hint})" if error.hint else ""
        click.echo(f"linewatch: {error}{hint}", err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        click.echo("stopped; run the same command again to go on", err=True)
        sys.exit(130)
