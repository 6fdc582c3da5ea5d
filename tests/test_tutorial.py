"""The tutorial runs: every file it shows is written, every command it shows prints what it shows."""

from __future__ import annotations

import doctest
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from linewatch.cli.main import linewatch

TUTORIAL = Path(__file__).parents[1] / "docs" / "tutorial.md"
FENCE = re.compile(r"^```(?P<kind>\w+) ?(?P<name>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
KEY = re.compile(r"^(\w+) = ")


def change_lines(text: str, body: str) -> str:
    """Return a settings file with the lines of `body` in place of those of the same key; the rest of them go to the end."""
    lines = text.splitlines()
    at = {key[1]: n for n, line in enumerate(lines) if (key := KEY.match(line))}
    table = False
    for line in body.splitlines():
        key, table = KEY.match(line), table or line.startswith("[")
        if key and not table and key[1] in at:
            lines[at[key[1]]] = line
        else:
            lines.append(line)
    return "\n".join([*lines, ""])


def check_commands(body: str) -> int:
    """Run each `$` line of a console block and compare what it prints (`...` stands for anything); return how many ran."""
    parts = re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]
    for part in parts:
        line, _, expected = part.partition("\n")
        program, *arguments = shlex.split(line)
        assert program == "linewatch"
        done = CliRunner().invoke(linewatch, arguments)
        assert (done.exit_code, done.exception) == (0, None), f"$ {line}\n{done.output}"
        assert doctest.OutputChecker().check_output(expected, done.output, FLAGS), f"$ {line}\n{done.output}"
    return len(parts)


def test_tutorial_prints_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the first file to the report, in the order of the page, each command's output is the one shown."""
    monkeypatch.chdir(tmp_path)
    ran = 0
    for fence in FENCE.finditer(TUTORIAL.read_text(encoding="utf-8")):
        path, body = tmp_path / fence["name"], fence["body"]
        if fence["kind"] == "file":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body, encoding="utf-8")
        elif fence["kind"] == "edit":
            path.write_text(change_lines(path.read_text(encoding="utf-8"), body), encoding="utf-8")
        elif fence["kind"] == "console":
            ran += check_commands(body)
    assert ran > 9
