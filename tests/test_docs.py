"""What is registered is in the docs, and every test says in a sentence what it shows."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from linewatch.cli.main import linewatch
from linewatch.find.registry import FINDERS
from linewatch.read.registry import READERS
from linewatch.write.registry import EXPORTERS

ROOT = Path(__file__).parents[1]
CLI = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
SCHEMA = (ROOT / "docs" / "schema.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(linewatch.commands))
def test_command_and_its_options_are_in_the_docs(name: str) -> None:
    """Each command has its section, an example, and every option in it."""
    section = CLI.partition(f"## linewatch {name}\n")[2].partition("\n## ")[0]
    assert "Example:" in section
    missing = [
        option for one in linewatch.commands[name].params for option in one.opts if option not in section
    ]
    assert [option for option in missing if option.startswith("-")] == []


@pytest.mark.parametrize("name", [*FINDERS, *READERS, *EXPORTERS])
def test_registered_module_is_in_the_docs(name: str) -> None:
    """Each finder, reader and exporter is named in the schema page."""
    assert f"`{name}`" in SCHEMA


@pytest.mark.parametrize("path", sorted((ROOT / "tests").rglob("test_*.py")), ids=lambda path: path.stem)
def test_every_test_has_a_sentence(path: Path) -> None:
    """Each test's docstring says what it shows."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    tests = [
        one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef) and one.name.startswith("test_")
    ]
    assert [one.name for one in tests if not ast.get_docstring(one)] == []
