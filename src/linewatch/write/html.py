"""The report as one self-contained HTML file: nothing is fetched, nothing runs, no address can be followed."""

from __future__ import annotations

import base64
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from linewatch.write.material import Material
from linewatch.write.tree import (
    Code,
    Column,
    Emphasis,
    Figure,
    Heading,
    Isolate,
    Listing,
    Paragraph,
    Quote,
    Report,
    Table,
    Text,
)

NAME = "html.v1"
_NAMESPACE = re.compile(r' xmlns(?::\w+)?="[^"]*"')
TEMPLATES = Path(__file__).parent / "templates"
FACE = "Amiri"


def export(report: Report, _material: Material) -> dict[str, bytes]:
    """Return `report.html`."""
    return {"report.html": render(report).encode("utf-8")}


def render(report: Report) -> str:
    """Return the report as HTML."""
    references: Counter[int] = Counter()

    def mark(n: int) -> Markup:
        """Return the id of one more reference to note `n`, so that the note can lead back to it."""
        references[n] += 1
        return Markup(' id="ref-{}-{}"').format(n, references[n])

    return (
        _make_environment()
        .get_template("report.html.j2")
        .render(
            report=report,
            mark=mark,
            backlinks=lambda n: range(1, references[n] + 1),
            share=get_share,
            drawing=make_drawing,
            face=Markup(make_face_rule()),  # noqa: S704 - ours, no evidence in it
            style=Markup((TEMPLATES / "report.css").read_text(encoding="utf-8")),  # noqa: S704 - as above
        )
    )


def get_share(table: Table, column: Column) -> str:
    """Return the part of a table's width that a column takes, in per cent."""
    return f"{100 * column.share / sum(one.share for one in table.columns):.1f}"


def make_drawing(svg: str) -> Markup:
    """Return a drawing's SVG as part of the page, so that its words are set in the face the page carries.

    Inside a page it needs neither a declaration nor namespaces, the only addresses in it.
    """
    inner = svg.partition("?>")[2] if svg.startswith("<?xml") else svg
    return Markup(_NAMESPACE.sub("", inner))  # noqa: S704 - drawn by us, its words escaped


def encode(data: bytes) -> str:
    """Return bytes as they stand in a data address."""
    return base64.b64encode(data).decode("ascii")


@cache
def make_face_rule() -> str:
    """Return the style rule that carries the Arabic face, its licence named beside it."""
    import fontpkg

    data = encode(Path(fontpkg.path(FACE)).read_bytes())
    return (
        "/* Amiri, (c) The Amiri Project Authors, under the SIL Open Font License 1.1 */\n"
        f'@font-face {{ font-family: "{FACE}"; src: url("data:font/ttf;base64,{data}") format("truetype"); }}'
    )


@cache
def _make_environment() -> Environment:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    kinds = (Text, Isolate, Code, Emphasis, Heading, Paragraph, Quote, Table, Figure, Listing)
    environment.tests.update({kind.__name__.casefold(): _make_test(kind) for kind in kinds})
    return environment


def _make_test(kind: type) -> Callable[[object], bool]:
    return lambda node: isinstance(node, kind)
