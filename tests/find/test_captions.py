"""Captions: the words under a picture with their source line, and what only looks like one."""

from __future__ import annotations

import pytest

from .conftest import Body

LONG = "The hall was full until late that night, and the lamps were lit all along the quay before the boats came in."

FOUND = {
    "figure": (f"{LONG}\n\nFigure 1: The long hall at dusk.\n\n{LONG}", ["Figure 1: The long hall at dusk."]),
    "with a source line": (
        f"{LONG}\n\nFigure 1: The long hall at dusk.\n\nSource: Harbour Watch\n\n{LONG}",
        ["Figure 1: The long hall at dusk.\n\nSource: Harbour Watch"],
    ),
    "a still": (
        f"{LONG}\n\nA still from the film, with the warden at left.\n\n{LONG}",
        ["A still from the film, with the warden at left."],
    ),
    "left and right": (
        f"{LONG}\n\nThe old hall (left) and the new one.\n\n{LONG}",
        ["The old hall (left) and the new one."],
    ),
    "a reference to one": (f"{LONG}\n\n(See Figure 9.)\n\n{LONG}", []),
    "an ordinary paragraph": (f"{LONG}\n\n{LONG}", []),
}


@pytest.mark.parametrize(("text", "expected"), FOUND.values(), ids=FOUND)
def test_captions(body: Body, text: str, expected: list[str]) -> None:
    """A caption is found whole; a reference to a figure is none."""
    look = body(text)
    assert [look.cut(one) for one in look.scan["captions"]] == expected
