"""The figure is drawn offline in both forms, the same bytes each time, and nothing in a name is obeyed."""

from __future__ import annotations

import struct

import msgspec
import pytest

from factories_write import LAMP, PIER, POINTS, make_line, make_material
from linewatch.write.figure import COLOURS, SHAPES, Drawing, draw_line, make_chart

LINE = make_material().results.line
HOSTILE = "\"'}[0]</text><script>alert(1)</script> {{ finding }}"


@pytest.fixture(scope="module")
def drawing() -> Drawing:
    """Return the drawn line."""
    drawn = draw_line(LINE, POINTS)
    assert drawn is not None
    return drawn


def test_both_forms_are_drawn(drawing: Drawing) -> None:
    """The SVG holds outlets, turn and grey; the PNG is twice its width and carries no metadata but its size."""
    for words in (LAMP, PIER, "المنارة", "The Lamp turns", "not watched", "Still ours"):
        assert words in drawing.svg, words
    assert drawing.png.startswith(b"\x89PNG")
    assert abs(int.from_bytes(drawing.png[16:20], "big") - 2 * drawing.width) <= 1
    assert list_chunks(drawing.png) <= {b"IHDR", b"IDAT", b"IEND", b"pHYs", b"sRGB", b"gAMA"}


def test_same_line_same_bytes(drawing: Drawing) -> None:
    """Drawn again, the figure is the same."""
    assert draw_line(LINE, POINTS) == drawing


def test_remark_is_in_the_picture() -> None:
    """What the codes are worth stands in the figure itself, so that it goes where the figure goes."""
    drawn = draw_line(LINE, POINTS, "one coder, reliability unknown")
    assert drawn is not None
    assert "one coder, reliability unknown" in drawn.svg


def test_nothing_coded_nothing_drawn() -> None:
    """A line without points has no figure."""
    assert draw_line(make_line(()), POINTS) is None


def test_outlets_differ_without_colour() -> None:
    """Each of eight outlets has a shape of its own as well as a colour."""
    assert len(set(SHAPES)) == len(set(COLOURS)) == 8


def test_hostile_names_are_drawn_as_text() -> None:
    """Markup in an outlet's or a point's name is neither a tag nor an expression."""
    point = msgspec.structs.replace(LINE.points[0], outlet=HOSTILE)
    drawn = draw_line(make_line((point,)), {**POINTS, 0: HOSTILE})
    assert drawn is not None
    assert "<script" not in drawn.svg


def test_undated_items_alone_are_drawn() -> None:
    """A line on which nothing is dated and nothing was watched is still drawn."""
    point = msgspec.structs.replace(LINE.points[0], date=None)
    assert draw_line(make_line((point,), watched=(), turns=()), POINTS) is not None


def test_specification_fetches_nothing() -> None:
    """All data stand in the specification itself."""
    assert "url" not in str(make_chart(LINE, POINTS)).replace("$schema", "")


def list_chunks(png: bytes) -> set[bytes]:
    """Return the kinds of chunks of a PNG."""
    kinds, at = set(), 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kinds.add(png[at + 4 : at + 8])
        at += length + 12
    return kinds
