"""Captions: a block a cue, in order, with its times and voice; what is no cue is never lost and never raises."""

from __future__ import annotations

import pytest

from linewatch.read.registry import read_bytes
from linewatch.read.subtitles import read

TIME = "00:00:01,500 --> 00:00:02,000\n"
CASES = {
    "a voice and a tag": (f"1\n{TIME}<v Tomas Orrel>Row <i>on</i>.", "Row on.", "Tomas Orrel"),
    "an entity": (f"1\n{TIME}Bread &amp; tar", "Bread & tar", None),
    "Arabic": (f"1\n{TIME}عاد القارب إلى الميناء", "عاد القارب إلى الميناء", None),
    "Windows line ends": (f"1\n{TIME}Row on.\n".replace("\n", "\r\n"), "Row on.", None),
}
HOSTILE = {
    "nothing": b"",
    "cut short": b"1\n00:00:01,5",
    "NULs": b"\x00" * 50,
    "bad bytes": b"1\n00:00:01,500 --> 00:00:02,000\n\xff\xfe\x80",
    "many open tags": b"1\n00:00:01,500 --> 00:00:02,000\n" + b"<" * 20000,
}


@pytest.mark.parametrize("name", CASES)
def test_cue(name: str) -> None:
    """Each cue keeps its words, times and voice."""
    source, words, speaker = CASES[name]
    document = read(source.encode(), evidence="sha256:0")
    (block,) = document.blocks
    assert document.text[block.start : block.end] == words
    assert (block.kind, block.begins_ms, block.ends_ms, block.speaker) == ("cue", 1500, 2000, speaker)


def test_notes_are_set_aside() -> None:
    """A header and a note are portions with their words, not text."""
    document = read(b"WEBVTT\n\nNOTE tide table\n\n00:01.000 --> 00:02.000\nRow on.\n", evidence="sha256:0")
    assert document.text == "Row on."
    assert [one.text for one in document.portions if one.text] == ["WEBVTT", "NOTE tide table"]


def test_broken_cue_is_a_problem() -> None:
    """A stretch without times is told, and its words are kept."""
    document = read(b"Row on.\n", evidence="sha256:0")
    assert [one.kind for one in document.problems] == ["broken-cue"]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file(name: str) -> None:
    """Nothing raises, and the portions add up to the file."""
    document = read(HOSTILE[name], evidence="sha256:0")
    assert sum(one.size for one in document.portions) == len(HOSTILE[name])


def test_line_sung_twice_is_kept_twice() -> None:
    """A cue that repeats the one before is kept; one that rolls up from it loses only what was shown already."""
    cues = ("Row on.", "Row on.", "Row on. The tide turns.", "Rowing")
    text = "\n\n".join(f"00:00:0{n},000 --> 00:00:0{n},900\n{words}" for n, words in enumerate(cues))
    assert read_bytes(text.encode(), "song.srt").text.split("\n") == [
        "Row on.",
        "Row on.",
        "The tide turns.",
        "Rowing",
    ]
