"""Who speaks in turn in a monitored broadcast: `[BEGIN RECORDING] [MERROW] ... [END RECORDING]`, `[REPORTER] ... [MERROW] ...`.

A bracket that begins a paragraph or follows a sentence names the next speaker; one that follows a word is an insertion.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from linewatch.find.broadcast import Header
from linewatch.find.prose import Prose
from linewatch.text.spans import Place, count_words, trim

_BRACKET = re.compile(r"\[([^\[\]]{2,120})\]")
# What a monitor says of the recording itself; never a speaker.
_MARKER = re.compile(
    r"(?:begin|end|start|passage|passages|words?|question|questions|answer|sentence|text|name|crowd|audience|several|few|two|three|portion|video|audio)?\s?"
    r"(?:recording|indistinct|omitted|video|relay|text|continued|excerpts?|summary|report\b|applause|laughter|music|pause|singing|chanting|as (?:heard|received|published|printed)|passage as (?:heard|published|received)|sic|no further details?|end|cut|interruption|unreadable|illegible|unmonitorable|response unmonitorable|garbled|break in transmission).{0,40}",
    re.IGNORECASE,
)
_END = re.compile(r"end\s(?:of\s)?(?:recording|video|relay|text)", re.IGNORECASE)
# "MERROW, IN PROGRESS", "BARRA, INTERRUPTING": how, and not who.
_HOW = re.compile(r",\s(?:in\s\w+|interrupting|speaking.*|by (?:tele)?phone)\Z", re.IGNORECASE)
_NOBODY = re.compile(r"(?:no|not|at|dated|in|begin|end|the|as|question|sic|crowd|words?)\b", re.IGNORECASE)
_LEAST = 3


class Turn(NamedTuple):
    """What one voice says, and who it is."""

    place: Place
    speaker: str


def list_turns(prose: Prose, header: Header | None) -> list[Turn]:
    """Return the turns of a broadcast in order; none where the text has no monitor's header."""
    if header is None or not prose.blocks:
        return []
    return [
        Turn(place, speaker)
        for start, end, speaker in _list_stretches(prose, header)
        if count_words(prose.text[(place := trim(prose.text, start, end)).start : place.end][:200]) >= _LEAST
    ]


def is_marker(words: str) -> bool:
    """Tell whether a bracket says something of the recording: `WORDS INDISTINCT`.

    >>> is_marker("PASSAGE OMITTED"), is_marker("MERROW")
    (True, False)
    """
    return _MARKER.fullmatch(" ".join(words.split())) is not None


def _list_stretches(prose: Prose, header: Header) -> Iterator[tuple[int, int, str]]:
    """Yield where each voice begins and ends: at the next one, at the end of the recording, or with the text."""
    open_at: tuple[int, str] | None = None
    for hit in _BRACKET.finditer(prose.text, header.end, prose.blocks[-1].end):
        ends, speaks = _END.match(hit[1]) is not None, _names_speaker(prose, header, hit)
        if open_at is not None and (ends or speaks):
            yield open_at[0], hit.start(), open_at[1]
            open_at = None
        if speaks:
            open_at = hit.end(), _HOW.sub("", " ".join(hit[1].split()))
    if open_at is not None:
        yield open_at[0], prose.blocks[-1].end, open_at[1]


def _names_speaker(prose: Prose, header: Header, hit: re.Match[str]) -> bool:
    if (
        is_marker(hit[1])
        or _NOBODY.match(hit[1])
        or not hit[1][0].isalpha()
        or any(point in hit[1] for point in ':"')
    ):
        return False
    if prose.text[hit.end() : hit.end() + 1] in {",", ".", ";", ")"}:
        return False
    before = prose.text[max(header.end, hit.start() - 12) : hit.start()]
    block = prose.find_block(hit.start())
    opens = block is not None and not prose.text[prose.blocks[block].start : hit.start()].strip()
    told = before.rstrip()
    return opens or not told or (told[-1] in ".?!]" and told[-3:] != "...")
