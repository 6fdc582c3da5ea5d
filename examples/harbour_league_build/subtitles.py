"""The piers' films as transcripts: a paragraph of speech cut into timed cues, written as SRT or VTT."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from harbour_league_build.master import Item, Paragraph

_LONGEST = {"en": 80, "ar": 56}
_FEW = 3
_LINE = 42
_PAUSE = 2500
_BETWEEN = 80


@dataclass(frozen=True)
class Cue:
    """Words on the screen from one time to another, in milliseconds."""

    start: int
    end: int
    text: str
    speaker: str
    opens: bool
    """True for the first cue of a stretch of speech."""


def build_srt(item: Item) -> str:
    """Return the item as SRT; who speaks is named where the voice changes, the opening narrator is not."""
    blocks = []
    previous = item.paragraphs[0].speaker
    for n, cue in enumerate(time_cues(item), start=1):
        named = cue.opens and cue.speaker != previous
        text = f"{cue.speaker}: {cue.text}" if named else cue.text
        blocks.append(f"{n}\n{_clock(cue.start, ',')} --> {_clock(cue.end, ',')}\n{_wrap(text)}\n")
        previous = cue.speaker
    return "\n".join(blocks)


def build_vtt(item: Item) -> str:
    """Return the item as WebVTT, with a note on the film and a voice on every cue."""
    note = f"NOTE\n{item.outlet}: {item.title}\n"
    blocks = [
        f"{_clock(cue.start, '.')} --> {_clock(cue.end, '.')}\n<v {cue.speaker}>{_wrap(cue.text)}</v>\n"
        for cue in time_cues(item)
    ]
    return "\n".join(("WEBVTT\n", note, *blocks))


def time_cues(item: Item) -> tuple[Cue, ...]:
    """Return the film's cues: as long as the words take, a short gap between them, a pause between speeches."""
    return tuple(_run_clock(item.paragraphs, _LONGEST[item.language]))


def _run_clock(paragraphs: tuple[Paragraph, ...], longest: int) -> Iterator[Cue]:
    now = 4000
    for paragraph in paragraphs:
        for n, text in enumerate(cut_cues(paragraph.text, longest)):
            length = max(1400, 330 * len(text.split()))
            yield Cue(now, now + length, text, paragraph.speaker or "Narrator", n == 0)
            now += length + _BETWEEN
        now += _PAUSE


def cut_cues(text: str, longest: int = 80) -> list[str]:
    """Cut speech into cues of a sentence or part of one; joined by spaces they are the speech again.

    >>> cut_cues("Forty seats. Eight boats. Pull.")
    ['Forty seats. Eight boats.', 'Pull.']
    """
    cues: list[str] = []
    for piece in (part for sentence in re.split(r"(?<=[.!?؟]) ", text) for part in _halve(sentence, longest)):
        # A cue of up to three words waits for the next one.
        if cues and len(cues[-1].split()) <= _FEW and len(cues[-1]) + len(piece) < longest:
            cues[-1] = f"{cues[-1]} {piece}"
        else:
            cues.append(piece)
    return cues


def _halve(sentence: str, longest: int) -> list[str]:
    if len(sentence) <= longest:
        return [sentence]
    middle = len(sentence) // 2
    spaces = [m.start() for m in re.finditer(" ", sentence)]
    # A break after a comma is worth eighteen characters of evenness.
    at = min(spaces, key=lambda s: abs(s - middle) - (18 if sentence[s - 1] in ",;:،؛" else 0))
    return [*_halve(sentence[:at], longest), *_halve(sentence[at + 1 :], longest)]


def _wrap(text: str) -> str:
    return "\n".join(textwrap.wrap(text, _LINE, break_long_words=False, break_on_hyphens=False))


def _clock(ms: int, mark: str) -> str:
    seconds, thousandths = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{mark}{thousandths:03}"
