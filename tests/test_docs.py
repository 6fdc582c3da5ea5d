"""The docs are held to the code: what is registered is in them, links lead somewhere, and every test has its sentence."""

from __future__ import annotations

import ast
import re
from itertools import takewhile
from pathlib import Path

import pytest
import yaml

from linewatch.cli.main import linewatch
from linewatch.code.codebook import load_codebook, parse_codebook
from linewatch.code.export import BLIND, SHOWN
from linewatch.code.export import COLUMNS as CODING_COLUMNS
from linewatch.find.canons import make_canon
from linewatch.find.corrections_table import COLUMNS as CORRECTION_COLUMNS
from linewatch.find.registry import FINDERS
from linewatch.model.fields import FIELDS
from linewatch.read.registry import READERS
from linewatch.write.directives import DIRECTIVES
from linewatch.write.directives.numbers import LINE_NUMBERS, NUMBERS
from linewatch.write.registry import EXPORTERS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
CLI = (DOCS / "cli.md").read_text(encoding="utf-8")
SCHEMA = (DOCS / "schema.md").read_text(encoding="utf-8")
WRITE = (DOCS / "write.md").read_text(encoding="utf-8")
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md"), *(ROOT / "examples").glob("*/README.md")])
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s:]+)\)")
"""Links within the project; an address elsewhere has a colon."""


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


def make_anchor(heading: str) -> str:
    """Return the name under which a page's heading is linked to."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def list_anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings; lines of code are no headings."""
    prose = FENCE.sub("", page.read_text(encoding="utf-8"))
    return {make_anchor(words) for words in re.findall(r"^#{1,6} (.+)$", prose, re.MULTILINE)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Each link of a page leads to a file of the project, and to a heading of it where it names one."""
    lost = []
    for target in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        if not there.exists() or (anchor and anchor not in list_anchors(there)):
            lost.append(target)
    assert lost == []


@pytest.mark.parametrize("name", sorted(linewatch.commands))
def test_command_is_shown_in_a_page(name: str) -> None:
    """Each command stands in a page written by hand, not only in the generated one."""
    said = re.compile(rf"linewatch {name}\b")
    assert [page.name for page in PAGES if page != DOCS / "cli.md" and said.search(page.read_text("utf-8"))]


@pytest.mark.parametrize("name", DIRECTIVES)
def test_directive_is_in_the_page_on_write(name: str) -> None:
    """Each directive, with each of its options, stands in the page on writing."""
    usage = DIRECTIVES[name].usage
    assert f"{{{{ {name}" in WRITE
    assert [option for option in re.findall(r"([a-z]+)=", usage) if f"{option}=" not in WRITE] == []


@pytest.mark.parametrize("name", [*NUMBERS, *LINE_NUMBERS])
def test_number_is_in_the_page_on_write(name: str) -> None:
    """Each number that a draft may ask for stands in the table of numbers."""
    table = WRITE.partition("### Numbers\n")[2].partition("\n## ")[0]
    assert f"`{name}`" in table


def test_corrections_and_codings_are_in_the_docs() -> None:
    """Each column and field of the two tables that analysts edit stands in its room's page."""
    find, code = ((DOCS / name).read_text(encoding="utf-8") for name in ("find.md", "code.md"))
    fields = {field for fields in FIELDS.values() for field in fields}
    columns = set(CORRECTION_COLUMNS) - fields
    assert [name for name in sorted(columns | fields) if f"`{name}`" not in find] == []
    assert [name for name in (*CODING_COLUMNS, *SHOWN, *BLIND) if f"`{name}`" not in code] == []


def test_shipped_codebook_is_in_the_docs() -> None:
    """The page on coding has each question of the shipped codebook in its own words, and each point of the scale."""
    page, codebook = (DOCS / "code.md").read_text(encoding="utf-8"), load_codebook("leavers.v1")
    said = " ".join(page.split())
    assert [one.id for one in codebook.questions if f"`{one.id}`" not in said] == []
    assert [one.id for one in codebook.questions if one.text not in said] == []
    assert [
        point
        for point, name in codebook.scale.points.items()
        if f"{point:+d} {name}".replace("+0", "0") not in said
    ] == []


def test_problem_kinds_of_reading_are_in_the_docs() -> None:
    """Each kind of problem that a reader names stands in the page on reading."""
    page = (DOCS / "read.md").read_text(encoding="utf-8")
    sources = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "src/linewatch/read").glob("*.py")
    )
    kinds = set(
        re.findall(
            r"(?:make_problem\(\s*|(?<!get)(?<!header)(?<!get_all)(?<!= )\((?=\"[a-z]+-))\"([a-z-]+)\"",
            sources,
        )
    )
    assert len(kinds) > 8
    assert [kind for kind in sorted(kinds) if f"`{kind}`" not in page] == []


def cut_example(page: str, first: str) -> str:
    """Return the indented lines of a page that begin with this one."""
    text = (DOCS / page).read_text(encoding="utf-8")
    lines = text[text.index(f"    {first}\n") :].splitlines()
    return "\n".join(line[4:] for line in takewhile(lambda line: line.startswith("    "), lines))


def test_examples_of_yaml_are_sound() -> None:
    """The codebook and the canon that the pages show can be loaded as they stand."""
    assert parse_codebook(cut_example("code.md", "name: league.v1")).name == "league.v1"
    canon = make_canon(yaml.safe_load(cut_example("find.md", "name: charter")))
    assert list(canon.units) == ["4:1"]
