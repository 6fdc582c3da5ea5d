"""Undoes captions that roll up: what a cue repeats of the cue before, as captions made live do, is shown already."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from linewatch.read.subtitles_cues import Cue

_AT_ONCE = 200
"""Milliseconds between two cues of which the second rolls on."""
_MOST = 0.5


def drop_rolled(cues: Sequence[Cue]) -> list[tuple[Cue, str]]:
    """Return each cue with its new words, on one line (none where all are old), and the words that roll up into it."""
    rolls = _do_lines_roll(cues)
    out: list[tuple[Cue, str]] = []
    before = Cue("", 0, 0)
    for cue in cues:
        old = _count_old(before, cue, rolls=rolls)
        words = cue.words.split()
        marks = tuple((count - old, ms) for count, ms in cue.marks if count >= old)
        if words:
            out.append((cue._replace(words=" ".join(words[old:]), marks=marks), " ".join(words[:old])))
        before = cue
    return out


def _count_old(before: Cue, cue: Cue, *, rolls: bool) -> int:
    """Return how many words of a cue were shown by the cue before."""
    if _is_settled(before, cue):
        return len(cue.words.split())
    return _count_rolled_words(before, cue) or (_count_rolled_lines(before, cue) if rolls else 0)


def _is_settled(before: Cue, cue: Cue) -> bool:
    """Tell whether a cue shows again, all at once, the last lines of a cue whose words came one by one."""
    old, new = before.words.split("\n"), cue.words.split("\n")
    again = old[-len(new) :] == new and before.speaker == cue.speaker
    return again and bool(before.marks) and not cue.marks and cue.begins - before.ends <= _AT_ONCE


def _count_rolled_words(before: Cue, cue: Cue) -> int:
    """Return with how many words of the cue before a cue begins that has all of them and more.

    "Row" then "Row on, the tide is with us" rolls up; a song line sung twice, and "Rowing on", do not.
    """
    old, new = before.words.split(), cue.words.split()
    return len(old) if len(old) < len(new) and new[: len(old)] == old else 0


def _count_rolled_lines(before: Cue, cue: Cue) -> int:
    """Return how many words of a cue stand in lines that were the last ones of the cue just before, by the same voice."""
    if cue.begins - before.ends > _AT_ONCE or before.speaker != cue.speaker:
        return 0
    old, new = before.words.split("\n"), cue.words.split("\n")
    lines = next((n for n in range(len(new) - 1, 0, -1) if old[-n:] == new[:n]), 0)
    return len(" ".join(new[:lines]).split())


def _do_lines_roll(cues: Sequence[Cue]) -> bool:
    """Tell whether most cues of several lines repeat lines of the one before: as captions made live, unlike a song."""
    pairs = [(before, cue) for before, cue in pairwise(cues) if "\n" in cue.words]
    return sum(_count_rolled_lines(*pair) > 0 for pair in pairs) > _MOST * len(pairs)
