"""Captions: a block a cue, in order, with its times and voice; what is no cue is never lost and never raises."""

from __future__ import annotations

import pytest
from hypothesis import given

from damage import list_cut, make_damaged
from linewatch.read.registry import read_bytes
from linewatch.read.subtitles import read

TIME = "00:00:01,500 --> 00:00:02,000\n"
CASES = {
    "a voice and a tag": (f"1\n{TIME}<v Tomas Orrel>Row <i>on</i>.", "Row on.", "Tomas Orrel"),
    "an entity": (f"1\n{TIME}Bread &amp; tar", "Bread & tar", None),
    "Arabic": (f"1\n{TIME}عاد القارب إلى الميناء", "عاد القارب إلى الميناء", None),
    "a short fraction": (f"1\n{TIME}Row on.".replace(",500", ".5"), "Row on.", None),
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


def test_two_voices_in_one_cue() -> None:
    """Each voice of a cue is a block of its own."""
    document = read(f"1\n{TIME}<v Tomas>Row on.\n<v Mara>Rest.".encode(), evidence="sha256:0")
    assert [(one.speaker, document.text[one.start : one.end]) for one in document.blocks] == [
        ("Tomas", "Row on."),
        ("Mara", "Rest."),
    ]


def test_cues_without_a_blank_line_between() -> None:
    """A new line of times begins a new cue."""
    assert read(f"1\n{TIME}Row on.\n2\n{TIME}Rest.".encode(), evidence="sha256:0").text == "Row on.\nRest."


def make_cues(*cues: str) -> bytes:
    times = (f"00:00:0{n},000 --> 00:00:0{n + 1},000" for n in range(len(cues)))
    return "\n\n".join(f"{time}\n{cue}" for time, cue in zip(times, cues, strict=True)).encode()


def test_rolling_lines_are_said_once() -> None:
    """Captions made live repeat their last line; it is read once, and what is left out is kept aside."""
    document = read(make_cues("Row on", "Row on\nthe tide", "the tide\nis with us"), evidence="sha256:0")
    assert document.text == "Row on\nthe tide\nis with us"
    assert [one.text for one in document.portions if one.text] == ["Row on", "the tide"]


def test_refrain_across_cues_is_kept() -> None:
    """A line of a song that ends one cue and begins the next is sung twice."""
    song = ("Pull\nRow on", "Row on\nHome", "Sand\nTar", "Lamp\nOil")
    assert read(make_cues(*song), evidence="sha256:0").text == "Pull Row on\nRow on Home\nSand Tar\nLamp Oil"


def test_voice_ends_at_its_end_tag() -> None:
    """What follows the end of a voice is nobody's."""
    document = read(f"1\n{TIME}<v.loud Tomas Orrel>Row on.</v> Bells.".encode(), evidence="sha256:0")
    assert [(one.speaker, document.text[one.start : one.end]) for one in document.blocks] == [
        ("Tomas Orrel", "Row on."),
        (None, "Bells."),
    ]


def test_language_span() -> None:
    """Words that the file says are in another language are a block in that language."""
    document = read(f"1\n{TIME}He sang <lang ar-EG>يا بحر</lang> at dawn.".encode(), evidence="sha256:0")
    assert [one.language for one in document.blocks][1] == "ar"
    assert document.text == "He sang\nيا بحر\nat dawn."


def test_times_of_words() -> None:
    """A time written between words is kept with the place in the block of the word that begins then."""
    document = read(f"1\n{TIME}Row <00:00:01.700><c>on</c>, <00:00:01.900>home".encode(), evidence="sha256:0")
    (block,) = document.blocks
    assert document.text == "Row on, home"
    assert block.said == {"word_times": "4:1700 8:1900"}


def test_words_shown_again_at_once_are_said_once() -> None:
    """A line whose words came one by one is shown again whole: it is read once."""
    rolled = make_cues("Row<00:00:00.500><c> on</c>", "Row on\n ", "Row on\nthe<00:00:02.500><c> tide</c>")
    assert read(rolled, evidence="sha256:0").text == "Row on\nthe tide"


def test_sbv() -> None:
    """The captions that video sites wrote with a comma between two times are read too."""
    document = read(
        b"0:00:00.378,0:00:11.378\nRow on.\n\n0:00:12.000,0:00:13.000\nRest.\n", evidence="sha256:0"
    )
    assert [(one.begins_ms, one.ends_ms) for one in document.blocks] == [(378, 11378), (12000, 13000)]


WHOLE = "WEBVTT\n\nNOTE tide\n\n1\n00:01.500 --> 00:02.000\n<v Tomas>Row <lang ar>يا</lang> <00:01.700>on &amp; on</v>\n".encode()


def test_cut_at_every_byte() -> None:
    """Captions cut short anywhere are accounted for to the last byte."""
    for cut in list_cut(WHOLE):
        assert sum(one.size for one in read(cut, evidence="sha256:0").portions) == len(cut)


@given(data=make_damaged(WHOLE))
def test_damaged_captions(data: bytes) -> None:
    """Damaged captions are accounted for to the last byte."""
    assert sum(one.size for one in read(data, evidence="sha256:0").portions) == len(data)
