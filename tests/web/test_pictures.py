"""Pictures: made here from sealed bytes, and under three layers at first."""

from __future__ import annotations

import struct
import zlib
from typing import Any

import numpy as np
import pytest

from linewatch.errors import InputError
from linewatch.web.pictures import blur, draw_page, wrap_image, write_png
from linewatch.web.visit import Desk

Client = Any


def read_size(png: bytes) -> tuple[int, int]:
    """Return the width and height of a PNG."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_layers_come_off_one_by_one(client: Client, desk: Desk) -> None:
    """A page begins small, grey and blurred; each lift leaves the other layers; loading it again has all of them."""
    pdf = next(one for one in desk.known.evidence().values() if one.media_type == "application/pdf")
    first = client.get(f"/picture/{pdf.id}/1").text
    assert "layers=small%2Bgrey%2Bblurred" in first
    session = next(iter(desk.sessions._sessions.values()))
    form = {"csrf": session.csrf, "layers": "small grey"}
    lifted = client.post(f"/picture/{pdf.id}/1", data=form).text
    assert "layers=small%2Bgrey&#34;" in lifted or 'layers=small%2Bgrey"' in lifted
    assert "layers=small%2Bgrey%2Bblurred" in client.get(f"/picture/{pdf.id}/1").text
    small, large = (
        client.get(f"/picture/{pdf.id}/1.png?layers={one}") for one in ("small%2Bgrey%2Bblurred", "")
    )
    assert small.headers["content-type"] == "image/png"
    assert read_size(small.content)[0] < read_size(large.content)[0]
    assert session.exposure.pictures == 1


@pytest.mark.parametrize("page", ["0", "999", "x", "-1", "1e9", "99999999999"])
def test_no_such_page(client: Client, desk: Desk, page: str) -> None:
    """A page that is not there is not found, whatever its number looks like."""
    pdf = next(one for one in desk.known.evidence().values() if one.media_type == "application/pdf")
    assert client.get(f"/picture/{pdf.id}/{page}.png").status_code == 404


def test_image_is_decoded_and_drawn_anew() -> None:
    """An image becomes a picture of the same colours, made of other bytes; a broken one is refused."""
    pixels = np.zeros((40, 60, 3), dtype=np.uint8)
    pixels[:, 30:] = (200, 30, 30)
    drawn = draw_page(wrap_image(write_png(pixels) + b"<script>", "image/png"), 1, ())
    assert b"script" not in drawn
    assert read_size(drawn)[0] > 1000
    with pytest.raises(InputError, match="cannot be decoded"):
        wrap_image(b"\x89PNG\r\n\x1a\nbroken", "image/png")
    with pytest.raises(InputError, match="cannot be drawn"):
        draw_page(b"%PDF-1.7 broken", 1, ())


def test_blur_leaves_no_line() -> None:
    """Fine stripes, as of writing, are gone under the blur; size stays."""
    stripes = np.zeros((120, 260, 3), dtype=np.uint8)
    stripes[::4] = 255
    blurred = blur(stripes)
    assert blurred.shape == stripes.shape
    inner = blurred[30:-30, 30:-30].astype(int)
    assert inner.max() - inner.min() < 24


def test_png_holds_the_pixels() -> None:
    """What is written can be read back: each row a filter byte and its pixels."""
    pixels = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)
    png = write_png(pixels)
    start = png.index(b"IDAT") + 4
    size = struct.unpack(">I", png[start - 8 : start - 4])[0]
    assert zlib.decompress(png[start : start + size]) == b"\0" + bytes(range(12)) + b"\0" + bytes(
        range(12, 24)
    )
