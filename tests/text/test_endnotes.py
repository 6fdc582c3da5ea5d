"""Which paragraphs are the bodies of notes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewatch.text.endnotes import find_note_lines

CASES = {
    "brackets the text points to": (["It rained.[1]", "[1] The Lamp."], [("1", "The Lamp.")]),
    "numbered paragraphs": (["[1] It rained.", "[2] It froze."], []),
    "under a heading": (
        ["It rained.", "Notes", "1. The Lamp.", "2. Ibid."],
        [("1", "The Lamp."), ("2", "Ibid.")],
    ),
    "flattened digits": (
        ["It rained.1 It froze.2", "1 The Lamp.", "2 The Bell."],
        [("1", "The Lamp."), ("2", "The Bell.")],
    ),
    "numbered steps": (["How it is done:", "1. Ring the bell.", "2. Count the boats."], []),
    "the first note is lost": (
        ["It rained.[1] It froze.[2]", "[2] The Lamp.", "[3] The Bell."],
        [("2", "The Lamp."), ("3", "The Bell.")],
    ),
    "two in a paragraph": (
        ["It rained.[1] It froze.[2]", "[1] The Lamp. [2] The Bell."],
        [("1", "The Lamp."), ("2", "The Bell.")],
    ),
    "a star": (["By Ines Harrow*", "It rained.", "*Ines Harrow rows."], [("*", "Ines Harrow rows.")]),
    "bullets": (["What was found*", "* an oar", "* a lamp"], []),
}


@pytest.mark.parametrize(("paragraphs", "expected"), CASES.values(), ids=CASES)
def test_note_bodies(paragraphs: list[str], expected: list[tuple[str, str]]) -> None:
    """Labelled paragraphs are notes where the text points to them or a heading says so."""
    text, spans = _lay_out(paragraphs)
    assert [(note.n, text[note.start : note.end]) for note in find_note_lines(text, spans)] == expected


@given(st.lists(st.text(alphabet="[]^:123¹².* aB\n", min_size=1, max_size=12), max_size=12))
def test_any_paragraphs_give_notes_within_them(paragraphs: list[str]) -> None:
    """Nothing raises; each note lies in the text after its label."""
    text, spans = _lay_out(paragraphs)
    for note in find_note_lines(text, spans):
        assert 0 <= note.label <= note.start <= note.end <= len(text)


def _lay_out(paragraphs: list[str]) -> tuple[str, list[tuple[int, int]]]:
    spans, at = [], 0
    for words in paragraphs:
        spans.append((at, at + len(words)))
        at += len(words) + 2
    return "\n\n".join(paragraphs), spans
