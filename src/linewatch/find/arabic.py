"""Who speaks in Arabic, where the name follows the verb: `قال فلان: «...»` and `«...» قال فلان`; "according to"; "X quoted Y as saying"."""

from __future__ import annotations

import re

from linewatch.find.attribution import Attribution, Leads
from linewatch.find.words import get_arabic_titles, get_arabic_words, get_verbs
from linewatch.text.folding import fold

_WORD = re.compile(r"(?<!\w)[\u0621-\u0652\u0670\u0671]{1,16}(?![\w\u064b-\u0652])")
_LONGEST_NAME = 7
_REPORTED = frozenset({"نقل", "نقلت", "ينقل", "تنقل", "نقلا"})
_OF = "عن"
_TO_BY = frozenset({"لل", "بال"})


def read_arabic(leads: Leads) -> Attribution | None:
    """Return the speaker named after the last verb of speech before the words, or the first one after them."""
    if not has_arabic(leads.before) and not has_arabic(leads.after):
        return None
    return _read(leads.before, leads.before_at, last=True) or _read(leads.after, leads.after_at, last=False)


def read_arabic_sentence(words: str, at: int) -> Attribution | None:
    """Return the speaker whom a sentence before names, for words that "went on" and name nobody."""
    return _read(words, at, last=True) if has_arabic(words) else None


def has_arabic(words: str) -> bool:
    """Tell whether there is any Arabic in a stretch of text."""
    return any("\u0600" < point < "\u0700" for point in words)


def goes_on_in_arabic(words: str) -> bool:
    """Tell whether a lead-in only says that the one before went on: `وتابع:`."""
    told = [fold(hit[0]) for hit in _WORD.finditer(words)]
    return bool(told) and _strip_and(told[-1], get_arabic_words().going_on) in get_arabic_words().going_on


def _read(words: str, at: int, *, last: bool) -> Attribution | None:
    cues = [hit for hit in _WORD.finditer(words) if is_arabic_cue(hit[0]) or _is_according(hit[0])]
    for cue in reversed(cues) if last else cues[:1]:
        name = _read_reported(words, cue) or read_arabic_name(words, cue.end())
        if name is not None:
            start, end = name
            return Attribution(words[start:end], "unknown", f'named after "{cue[0]}"', at + start, at + end)
    return None


def is_arabic_cue(word: str) -> bool:
    """Tell whether an Arabic word, vocalised or not, hands over to somebody's words; "and" or "so" may be joined to it.

    >>> is_arabic_cue("قَالَ"), is_arabic_cue("فأوضحت"), is_arabic_cue("قارب")
    (True, True, False)
    """
    verbs = get_verbs().arabic_folded
    bare = _strip_and(fold(word), verbs)
    return bare in verbs or (bare.endswith("ت") and bare[:-1] in verbs)


def _is_according(word: str) -> bool:
    according = get_arabic_words().according - {"كما"}
    return _strip_and(fold(word), according) in according


def _strip_and(word: str, known: frozenset[str]) -> str:
    """Return a word without a joined "and" or "so" where what is left is known, as it is or in the feminine."""
    rest = word[1:]
    return rest if word[:1] in {"و", "ف"} and (rest in known or rest.removesuffix("ت") in known) else word


def _read_reported(words: str, cue: re.Match[str]) -> tuple[int, int] | None:
    """Return who is quoted by an outlet: the name after "from" in `نقلت الصحيفة عن فلان قوله`."""
    if _strip_and(fold(cue[0]), _REPORTED) not in _REPORTED:
        return None
    of = next((hit for hit in _WORD.finditer(words, cue.end()) if hit[0] == _OF), None)
    return read_arabic_name(words, of.end()) if of is not None else None


def read_arabic_name(words: str, at: int) -> tuple[int, int] | None:
    """Return where the name after a verb begins and ends: the words up to a small word, another verb or a stop."""
    start = end = None
    for hit in _WORD.finditer(words, at, min(len(words), at + 80)):
        gap = words[at : hit.start()] if start is None else words[end or at : hit.start()]
        if gap.strip() or (start is not None and len(words[start:end].split()) >= _LONGEST_NAME):
            break
        small = is_arabic_small(hit[0])
        if small and start is not None:
            break
        if small:
            at = hit.end()
            continue
        start = hit.start() if start is None else start
        end = hit.end()
    return _strip_office(words, start, end) if start is not None and end is not None else None


def is_arabic_small(word: str) -> bool:
    """Tell whether a word is no part of a name: a small word, a verb of speech, or "to" somebody or something."""
    table, folded = get_arabic_words(), fold(word)
    if folded in table.stops or _strip_and(folded, table.stops) in table.stops or is_arabic_cue(word):
        return True
    told = (
        folded[:2] in _TO_BY
        or folded[:3] in _TO_BY
        or (folded[:1] in {"ل", "ب"} and folded[1:] in table.media)
    )
    return told and len(folded) > 3


def _strip_office(words: str, start: int, end: int) -> tuple[int, int]:
    """Leave out the office before a name ("the spokeswoman of the League, X") and after it ("X, owner of")."""
    parts = [(hit[0], hit.start(), hit.end()) for hit in _WORD.finditer(words, start, end)]
    named = next((n for n, part in enumerate(parts) if part[0] == "باسم"), None)
    first = _skip_body([part[0] for part in parts], named + 1) if named is not None else 0
    while first + 1 < len(parts) and parts[first][0] in get_arabic_titles():
        first += 1
    last = next((n for n in range(first + 1, len(parts)) if parts[n][0] in get_arabic_titles()), len(parts))
    return parts[first][1], parts[last - 1][2]


def _skip_body(parts: list[str], at: int) -> int:
    """Return where the name begins after "in the name of" a body: one word with the article, or a noun and one with it."""
    joined = at + 1 < len(parts) and not parts[at].startswith("ال") and parts[at + 1].startswith("ال")
    return min(at + (2 if joined else 1), len(parts) - 1)
