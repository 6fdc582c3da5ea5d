"""Who speaks in Arabic, where the name follows the verb: `قال فلان: «...»` and `«...» قال فلان`."""

from __future__ import annotations

import re

from linewatch.find.attribution import Attribution, Leads
from linewatch.find.words import get_arabic_stops, get_arabic_titles, get_verbs
from linewatch.text.folding import fold

_WORD = re.compile(r"(?<!\w)[\u0621-\u0652\u0670\u0671]{1,16}(?![\w\u064b-\u0652])")
_LONGEST_NAME = 7


def read_arabic(leads: Leads) -> Attribution | None:
    """Return the speaker named after the last verb of speech before the words, or the first one after them."""
    if not _has_arabic(leads.before) and not _has_arabic(leads.after):
        return None
    return _read(leads.before, leads.before_at, last=True) or _read(leads.after, leads.after_at, last=False)


def _has_arabic(words: str) -> bool:
    return any("\u0600" < point < "\u0700" for point in words)


def _read(words: str, at: int, *, last: bool) -> Attribution | None:
    cues = [hit for hit in _WORD.finditer(words) if is_arabic_cue(hit[0])]
    for cue in reversed(cues) if last else cues[:1]:
        name = _read_name(words, cue.end())
        if name is not None:
            start, end = name
            return Attribution(words[start:end], "unknown", f'named after "{cue[0]}"', at + start, at + end)
    return None


def is_arabic_cue(word: str) -> bool:
    """Tell whether an Arabic word, vocalised or not, hands over to somebody's words.

    >>> is_arabic_cue("قَالَ"), is_arabic_cue("قارب")
    (True, False)
    """
    return word in get_verbs().arabic or fold(word) in _fold_verbs()


def _fold_verbs() -> frozenset[str]:
    return get_verbs().arabic_folded


def _read_name(words: str, at: int) -> tuple[int, int] | None:
    """Return where the name after a verb begins and ends: the words up to a small word, another verb or a stop."""
    start = end = None
    for hit in _WORD.finditer(words, at, min(len(words), at + 80)):
        gap = words[at : hit.start()] if start is None else words[end or at : hit.start()]
        if gap.strip() or (start is not None and len(words[start:end].split()) >= _LONGEST_NAME):
            break
        small = hit[0] in get_arabic_stops() or is_arabic_cue(hit[0])
        if small and start is not None:
            break
        if small:
            at = hit.end()
            continue
        start = hit.start() if start is None else start
        end = hit.end()
    return _strip_office(words, start, end) if start is not None and end is not None else None


def _strip_office(words: str, start: int, end: int) -> tuple[int, int]:
    """Leave out the office before a name ("the spokeswoman of the League, X") and after it ("X, owner of")."""
    parts = [(hit[0], hit.start(), hit.end()) for hit in _WORD.finditer(words, start, end)]
    named = next((n for n, part in enumerate(parts) if part[0] == "باسم"), None)
    first = min(named + 2, len(parts) - 1) if named is not None else 0
    while first + 1 < len(parts) and parts[first][0] in get_arabic_titles():
        first += 1
    last = next((n for n in range(first + 1, len(parts)) if parts[n][0] in get_arabic_titles()), len(parts))
    return parts[first][1], parts[last - 1][2]
