"""The command `linewatch`: the group, and the one place where an error becomes a line and an exit code."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from typing import Any, NoReturn

import click

from linewatch import __version__
from linewatch.cli.commands import Commands, LazyGroup
from linewatch.cli.options import is_verbose, verbose_option
from linewatch.errors import LinewatchError

STOPPED, PIPE_CLOSED = 130, 141
"""What a shell gives for a command ended by Ctrl-C, and for one whose reader went away."""
HINTS = {
    errno.ENOSPC: "make room on the disk, then run the same command again",
    errno.EDQUOT: "make room in your quota, then run the same command again",
    errno.EROFS: "the place is read-only: copy the case to where you may write",
    errno.EACCES: "you may not write or read there: see the permissions",
    errno.EPERM: "you may not write or read there: see the permissions",
}
EPILOG = """\b
Exit codes:
  0    done; `search` that finds nothing and `status` of an unfinished case too
  1    `check` found faults
  2    wrong usage, or `check` could not check
  3    the call could not be carried out; the line says why
  4    a fault of Linewatch itself
  130  stopped with Ctrl-C; run the same command again

\b
Shell completion, for bash (zsh and fish alike, with zsh_source, fish_source):
  eval "$(_LINEWATCH_COMPLETE=bash_source linewatch)"
"""


class Manners(LazyGroup):
    """A group whose every error is one line and an exit code, never a traceback."""

    def invoke(self, context: click.Context) -> Any:
        """Carry out the command."""
        try:
            return super().invoke(context)
        except (KeyboardInterrupt, EOFError, click.Abort):
            _leave(STOPPED, "stopped; run the same command again")
        except BrokenPipeError:
            os.dup2(
                os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
            )  # nothing is left to flush into the pipe
            sys.exit(PIPE_CLOSED)
        except LinewatchError as error:
            _leave(
                error.exit_code, *_trace(), f"linewatch: {error}" + (f" ({error.hint})" if error.hint else "")
            )
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            hint = HINTS.get(error.errno or 0, "see that the place is there and can be written")
            _leave(3, *_trace(), f"linewatch: {where}{error.strerror or error} ({hint})")
        except (click.ClickException, click.exceptions.Exit):
            raise
        except Exception as error:  # noqa: BLE001 - the outermost place: what nobody foresaw is still one line
            hint = "" if is_verbose() else "; run it with --verbose for the place"
            _leave(
                4, *_trace(), f"linewatch: a fault of Linewatch itself: {type(error).__name__}: {error}{hint}"
            )


def _trace() -> list[str]:
    return [traceback.format_exc().rstrip()] if is_verbose() else []


def _leave(exit_code: int, *lines: str) -> NoReturn:
    for line in lines:
        click.echo(line, err=True)
    sys.exit(exit_code)


@click.group(
    cls=Manners, commands=Commands(), epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, prog_name="linewatch")
@verbose_option
def linewatch() -> None:
    """Watch an organisation's line and know when it turns.

    Start with `linewatch demo build/demo`, or `linewatch run CASE FILE -o OUT` on a file of your own.
    """


def main() -> None:
    """Run the command line."""
    linewatch()
