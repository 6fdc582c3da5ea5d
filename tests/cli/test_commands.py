"""The table of commands says what the commands say of themselves, and showing them imports none."""

from __future__ import annotations

import os
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from linewatch.cli.commands import COMMANDS
from linewatch.cli.main import linewatch

HEAVY = (
    "alembic",
    "altair",
    "docx",
    "linewatch.flow",
    "linewatch.store",
    "numpy",
    "scipy",
    "spacy",
    "sqlalchemy",
)


@pytest.mark.parametrize("name", COMMANDS)
def test_table_holds_the_command_and_its_first_sentence(name: str) -> None:
    """Each name leads to the command of that name, whose help begins with the sentence in the table."""
    command, sentence = linewatch.commands[name], COMMANDS[name][1]
    assert command.name == name
    assert " ".join((command.help or "").split()).startswith(sentence)
    assert command.get_short_help_str(1000) == click.Command(name, help=sentence).get_short_help_str(1000)


def test_help_shows_every_command() -> None:
    """The group's help has a line for each command."""
    told = CliRunner().invoke(linewatch, ["--help"]).output
    assert [name for name in COMMANDS if f"\n  {name} " not in told] == []


def test_unknown_command_is_wrong_usage() -> None:
    """A name that is no command is said to be none, with exit code 2."""
    done = CliRunner().invoke(linewatch, ["ponder"])
    assert (done.exit_code, "No such command 'ponder'" in done.output) == (2, True)


def test_completion_offers_every_command_with_its_sentence() -> None:
    """What the shell is offered after `linewatch` is all commands, each with the beginning of its sentence."""
    environment = {
        "_LINEWATCH_COMPLETE": "zsh_complete", "COMP_WORDS": "linewatch ", "COMP_CWORD": "1",
    }  # fmt: skip
    done = CliRunner().invoke(linewatch, [], env=environment, prog_name="linewatch")
    offered = dict(zip(done.output.splitlines()[1::3], done.output.splitlines()[2::3], strict=True))
    assert list(offered) == sorted(COMMANDS)
    assert offered["scan"] == "Print what one file says, and store nothing."


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    """To show help or version, neither a room nor a heavy library is imported."""
    script = f"import sys; from linewatch.cli.main import main\ntry: main()\nfinally: print([one for one in {HEAVY} if one in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        check=True, capture_output=True, text=True, timeout=60, env=dict(os.environ),
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[]"
