"""Notes: markers of all forms, their bodies and kinds, and the halves that are missing."""

from __future__ import annotations

import pytest

from .conftest import Body

A = "The League kept its piers through the winter and lost hardly a boat"
B = "The wardens say that the spring was worse"

PAIRED = {
    "brackets": (f"{A}.[1] {B}.[2]\n\n[1] The Lamp, 3 May 2031.\n\n[2] The Lamp, 9 May 2031."),
    "raised": (f"{A}.¹ {B}.²\n\n¹ The Lamp, 3 May 2031.\n² The Lamp, 9 May 2031."),
    "markdown": (f"{A}.[^1] {B}.[^2]\n\n[^1]: The Lamp, 3 May 2031.\n[^2]: The Lamp, 9 May 2031."),
    "flattened digits": (f"{A}.1 {B}.2\n\nNotes\n\n1. The Lamp, 3 May 2031.\n\n2. The Lamp, 9 May 2031."),
    "flattened digits, bare labels": (
        f"{A}.1 {B}.2\n\nNotes\n\n1 The Lamp, 3 May 2031.\n\n2 The Lamp, 9 May 2031."
    ),
    "flattened digits after a year": (
        "The League has kept its piers since 1940.1 It lost hardly a boat in the winter of 2030.2\n\n"
        "Notes\n\n1. The Lamp, 3 May 2031.\n\n2. The Lamp, 9 May 2031."
    ),
    "set line by line": (f"{A}.[1] {B}.[2]\n\nNotes\n[1] The Lamp, 3 May 2031.\n[2] The Lamp, 9 May 2031."),
    "in one paragraph": (f"{A}.[1] {B}.[2]\n\n[1] The Lamp, 3 May 2031. [2] The Lamp, 9 May 2031."),
    "label printed twice": (
        f"{A}.[1] {B}.[2]\n\n[1] 1. The Lamp, 3 May 2031.\n\n[2] 2. The Lamp, 9 May 2031."
    ),
}


@pytest.mark.parametrize("text", PAIRED.values(), ids=PAIRED)
def test_markers_and_bodies_meet(body: Body, text: str) -> None:
    """Whatever form markers and labels have, each marker leads to its body and the label is not part of it."""
    look = body(text)
    markers, bodies = look.list_notes()
    assert markers == ["1", "2"]
    assert bodies == [
        ("1", "The Lamp, 3 May 2031.", "source"),
        ("2", "The Lamp, 9 May 2031.", "source"),
    ]
    assert (look.scan["notes"]["dangling_markers"], look.scan["notes"]["orphan_bodies"]) == ([], [])


def test_a_marker_that_leads_nowhere_and_a_body_nothing_points_to(body: Body) -> None:
    """A marker without a body dangles, a body without a marker is an orphan; both are still found."""
    notes = body(f"{A}.[1] {B}.[2]\n\n[2] The Lamp, 9 May 2031.\n\n[3] The Lamp, 12 May 2031.").scan["notes"]
    assert [one["n"] for one in notes["markers"]] == ["1", "2"]
    assert (notes["dangling_markers"], notes["orphan_bodies"]) == (["1"], ["3"])


def test_marker_spans(body: Body) -> None:
    """A bracketed marker's span has its brackets, a raised one only its figures."""
    bracketed = body(f"{A}.[1]\n\n[1] The Lamp, 3 May 2031.")
    assert [bracketed.cut(one) for one in bracketed.scan["notes"]["markers"]] == ["[1]"]
    raised = body(f"{A}.¹\n\n¹ The Lamp, 3 May 2031.")
    assert [raised.cut(one) for one in raised.scan["notes"]["markers"]] == ["¹"]


NO_MARKERS = {
    "numbers in prose": "In 1 of 3 boats the oars were new, and 12 rowers of 40 came by the second bell.",
    "numbered steps": "How it is done:\n\n1. Ring the bell twice before the boats go out.\n\n2. Count the rowers at the pier.\n\n3. Write the names on the board.",
    "insertions": "The board [in the hall] was wiped clean [see below] before anybody came.",
    "units": "The yard is 40 m² and the lake 3 km² wide, so the sails are small.",
    "a list of bullets": "What was found:\n\n* two oars and a lamp\n* a coil of rope\n* nobody's hat",
}


@pytest.mark.parametrize("text", NO_MARKERS.values(), ids=NO_MARKERS)
def test_what_is_no_note(body: Body, text: str) -> None:
    """Plain numbers, numbered steps, insertions, units and bullets are no notes."""
    assert body(text).list_notes() == ([], [])


KINDS = {
    "source": "The Lamp, no. 212, 21 May 2031, p. 4.",
    "explanation": "The League calls any berth off its own piers foreign.",
    "cross-reference": "See note 4 above.",
}


@pytest.mark.parametrize("kind", KINDS)
def test_kinds_of_notes(body: Body, kind: str) -> None:
    """A note names a source, explains, or only points elsewhere in the work."""
    _, bodies = body(f"{A}.[1]\n\n[1] {KINDS[kind]}").list_notes()
    assert [one for *_, one in bodies] == [kind]


def test_a_star_at_the_byline_leads_to_its_note(scan: Body) -> None:
    """A star after the author's name is a marker, the line that begins with one its body."""
    look = scan(
        "Harbour Watch\n\nWhat Was Heard On The Coast This Spring\n\nMay 2, 2031 | By Ines Harrow*\n\n"
        f"{A}. {B}.\n\n*Ines Harrow reads the coastal press for Harbour Watch."
    )
    markers, bodies = look.list_notes()
    assert markers == ["*"]
    assert [words for _, words, _ in bodies] == ["Ines Harrow reads the coastal press for Harbour Watch."]
