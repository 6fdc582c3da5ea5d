"""Joins a film's cues into stretches to be coded: one voice, whole sentences, about 40 to 120 words.

A subtitle breaks mid-sentence and a film's captions run on without paragraphs, so a stretch ends where the voice changes, at a
pause after a sentence, or at the first sentence's end once it is long enough.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from linewatch.model import Block, Value

FEWEST, ENOUGH, MOST = 8, 60, 120
"""Words: fewer are no passage; from `ENOUGH` on a sentence's end closes the stretch; `MOST` close it anywhere."""
PAUSE_MS = 2000
_LABEL = re.compile(r"\s*-?\s?((?:\w[\w.'’-]{0,25} ){0,2}\w[\w.'’-]{0,25}): ")
_ENDS = re.compile(r"[.!?؟…。][\"”’'»)\]]{0,4}\s*\Z")


class Stretch(Value, frozen=True, kw_only=True):
    """A run of cues by one voice."""

    blocks: tuple[Block, ...]
    voice: str | None
    words: int


def join_cues(text: str, cues: Sequence[Block]) -> Iterator[Stretch]:
    """Yield the stretches of consecutive cues; a few words left over at the end stay with what they follow."""
    stretches: list[Stretch] = []
    for block, voice in _name_voices(text, cues):
        words = len(text[block.start : block.end].split())
        last = stretches[-1] if stretches else None
        if last is None or _breaks(text, last, block, voice, words):
            stretches.append(Stretch(blocks=(block,), voice=voice, words=words))
        else:
            stretches[-1] = Stretch(blocks=(*last.blocks, block), voice=voice, words=last.words + words)
    yield from _keep_tails(stretches)


def _breaks(text: str, last: Stretch, block: Block, voice: str | None, words: int) -> bool:
    if voice != last.voice or last.words + words > MOST:
        return True
    end = last.blocks[-1]
    if last.words < FEWEST or _ENDS.search(text, end.start, end.end) is None:
        return False
    return last.words >= ENOUGH or _is_pause(end, block)


def _is_pause(before: Block, after: Block) -> bool:
    if before.ends_ms is None or after.begins_ms is None:
        return False
    return after.begins_ms - before.ends_ms >= PAUSE_MS


def _keep_tails(stretches: Iterable[Stretch]) -> list[Stretch]:
    kept: list[Stretch] = []
    for one in stretches:
        if kept and one.words < FEWEST and one.voice == kept[-1].voice:
            before = kept.pop()
            blocks, words = (*before.blocks, *one.blocks), before.words + one.words
            kept.append(Stretch(blocks=blocks, voice=one.voice, words=words))
        else:
            kept.append(one)
    return kept


def _name_voices(text: str, cues: Sequence[Block]) -> Iterator[tuple[Block, str | None]]:
    """Yield each cue with its voice: the format's, else the last one that a label such as `Sela Brandt: ` named."""
    labels = [_find_label(text, block) for block in cues]
    often = Counter(labels)
    voice: str | None = None
    for block, label in zip(cues, labels, strict=True):
        if label and (often[label] > 1 or (" " in label and label.istitle())):
            voice = label
        yield block, block.speaker or voice


def _find_label(text: str, block: Block) -> str | None:
    found = _LABEL.match(text, block.start, block.end)
    return found[1] if found and not found[1].islower() else None
