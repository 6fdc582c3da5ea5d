"""The figure is drawn offline in both forms, the same bytes each time, and nothing in a name is obeyed."""

from __future__ import annotations

import struct
from datetime import date, timedelta

import msgspec
import pytest

from factories_write import LAMP, PIER, POINTS, make_line, make_material
from linewatch.model import Watch
from linewatch.write.figure import draw_line, make_chart
from linewatch.write.figure_data import MOST_OUTLETS, Axis, Band, label_outlets
from linewatch.write.figure_layers import COLOURS, LETTER, SHAPES, WIDTH, choose_shapes, place_words
from linewatch.write.figure_render import Drawing

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


@pytest.mark.parametrize("sign", ["x", "\U0001f6a3"])
def test_long_names_are_cut_before_they_are_drawn(sign: str) -> None:
    """A name of thousands of letters, also of such as have two halves, is drawn with a mark where it is cut."""
    points = tuple(msgspec.structs.replace(point, outlet=sign * 3000) for point in LINE.points)
    drawn = draw_line(make_line(points), {**POINTS, 0: sign * 3000})
    assert drawn is not None
    assert sign * 40 not in drawn.svg
    assert drawn.width < 1000


@pytest.mark.parametrize(("left", "right"), [(0, 10), (300, 330), (480, 500), (0, 640), (639, 640)])
def test_words_of_a_band_stay_inside_the_picture(left: float, right: float) -> None:
    """Wherever the band lies, its words begin and end between the edges."""
    axis = Axis(begins=date(2031, 1, 1), ends=date(2031, 1, 1) + timedelta(days=WIDTH), has_lane=False)
    band = Band(left=left, right=right, label="North Pier Films turns, 22 July 2031 to 6 October 2032")
    begins = place_words(band, axis)
    assert begins >= 0
    assert begins + len(band.label) * LETTER <= WIDTH


def test_twelve_outlets_have_twelve_marks() -> None:
    """No two of many outlets share both colour and shape, and beyond what can be told apart they are one."""
    marks = set(zip(COLOURS * 2, choose_shapes(16), strict=True))
    assert len(marks) == 16
    labels = label_outlets([f"Outlet {n}" for n in range(40)])
    assert len(set(labels.values())) == MOST_OUTLETS
    assert labels["Outlet 39"] == "25 further outlets"


def test_grey_over_grey_has_one_label() -> None:
    """Where nobody watched, an outlet's own gap is not named on top."""
    watched = tuple(
        Watch(outlet=LAMP, begins=begins, ends=ends)
        for begins, ends in ((date(2031, 1, 1), date(2031, 6, 1)), (date(2031, 12, 1), date(2032, 12, 1)))
    )
    drawn = draw_line(make_line(LINE.points, watched=watched), POINTS)
    assert drawn is not None
    assert drawn.svg.count(">not watched<") == 1


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
