"""Makes the stress set for the canon checker: verses of the shipped Qur'an text, changed in one known way each.

    python benchmark/canons_stress.py            prints a few cases of each kind

Kinds: truncation, dropped negation, swapped words, wrong number, other numbering scheme, merged verses, OCR noise, vowel marks dropped,
vowel mark wrong, untouched. A case is made from a seed and its number alone. The half FROZEN (seed 20311) was made and its figures fixed
before the checker was tuned on any stress case; only the half OPEN (seed 20312) was looked at since. What each kind must be called is
EXPECTED; where two verdicts are right, both stand there, with the reason beside it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from linewatch.find.canon.editions import get_texts
from linewatch.find.canons import choose_canons, load_canons

FROZEN, OPEN = 20311, 20312
EACH = 200
NEGATIONS = ("لَا", "لَمْ", "لَن", "لَمْ", "لَيْسَ", "وَلَا", "فَلَا", "وَلَمْ", "وَلَن", "لَّا")
VOWELS = "\u064e\u064f\u0650"
MARKS = re.compile("[\u064b-\u0652\u0670\u0640\u06d6-\u06ed]")
CONFUSED = {
    "ب": "ت",
    "ت": "ث",
    "ن": "ب",
    "ر": "ز",
    "د": "ذ",
    "س": "ش",
    "ح": "خ",
    "ع": "غ",
    "ف": "ق",
    "ط": "ظ",
    "ص": "ض",
    "ق": "ف",
    "ج": "ح",
    "ي": "ب",
}
EXPECTED: dict[str, frozenset[str]] = {
    "untouched": frozenset({"exact"}),
    "truncation": frozenset({"partial"}),
    "dropped negation": frozenset({"altered"}),
    "swapped words": frozenset({"altered"}),
    "wrong number": frozenset({"wrong-reference"}),
    "other scheme": frozenset({"wrong-reference"}),
    "merged": frozenset({"merged"}),
    "OCR noise": frozenset({"altered"}),
    "marks dropped": frozenset({"variant"}),
    "mark wrong": frozenset({"altered"}),
}


class Case(NamedTuple):
    """A changed verse: what was done, the words, the reference claimed, and the verse it is."""

    kind: str
    words: str
    claimed: str | None
    ref: str


def load_verses() -> dict[str, str]:
    """Return the verses of the Tanzil simple text, without the basmala printed before a sura."""
    (quran,) = choose_canons(load_canons(), ["quran"])
    text = next(one for one in get_texts(quran) if "Simple" in one.edition.name)
    opening = text.units["1:1"] + " "
    return {ref: words if ref == "1:1" else words.removeprefix(opening) for ref, words in text.units.items()}


def make_cases(seed: int, each: int = EACH) -> list[Case]:
    """Return `each` cases of every kind."""
    verses = load_verses()
    unique = _find_unique(verses)
    out: list[Case] = []
    for kind, make in MAKERS.items():
        draw = random.Random(f"{seed} {kind}")
        made = 0
        while made < each:
            ref = draw.choice(unique)
            case = make(draw, verses, ref)
            if case is not None:
                out.append(Case(kind, *case, ref))
                made += 1
    return out


def _find_unique(verses: Mapping[str, str]) -> list[str]:
    """Return the verses of six words or more whose letters stand in no other verse: the others have two right answers."""
    bare = {ref: " ".join(MARKS.sub("", words).split()) for ref, words in verses.items()}
    whole = "\n".join(bare.values())
    return [ref for ref, words in bare.items() if len(words.split()) >= 6 and whole.count(words) == 1]


Made = tuple[str, str | None] | None


def _keep(_draw: random.Random, verses: Mapping[str, str], ref: str) -> Made:
    return verses[ref], ref


def _truncate(draw: random.Random, verses: Mapping[str, str], ref: str) -> Made:
    words = _split(verses[ref])
    size = draw.randint(max(4, len(words) // 3), len(words) - 1)
    first = draw.choice([0, len(words) - size, draw.randint(0, len(words) - size)])
    # A cut right after a negation turns the sense and is no mere truncation.
    if first and words[first - 1] in NEGATIONS:
        return None
    return " ".join(words[first : first + size]), ref


def _drop_negation(draw: random.Random, verses: Mapping[str, str], ref: str) -> Made:
    words = _split(verses[ref])
    found = [n for n, word in enumerate(words) if word in NEGATIONS]
    if not found:
        return None
    at = draw.choice(found)
    return " ".join(words[:at] + words[at + 1 :]), draw.choice([ref, None])


def _swap(draw: random.Random, verses: Mapping[str, str], ref: str) -> Made:
    words = _split(verses[ref])
    at = draw.randint(0, len(words) - 2)
    if MARKS.sub("", words[at]) == MARKS.sub("", words[at + 1]):
        return None
    words[at], words[at + 1] = words[at + 1], words[at]
    return " ".join(words), ref


def _misnumber(draw: random.Random, verses: Mapping[str, str], ref: str) -> Made:
    claimed = draw.choice(list(verses))
    return (verses[ref], claimed) if claimed != ref else None


def _renumber(_draw: random.Random, verses: Mapping[str, str], ref: str) -> Made:
    sura, verse = map(int, ref.split(":"))
    return (verses[ref], f"{sura}:{verse + 1}") if sura not in {1, 9} else None


def _merge(draw: random.Random, verses: Mapping[str, str], ref: str) -> Made:
    other = draw.choice(list(verses))
    far = other.split(":")[0] != ref.split(":", maxsplit=1)[0] and len(verses[other].split()) >= 5
    return (f"{verses[ref]} {verses[other]}", None) if far else None


def _blur(draw: random.Random, verses: Mapping[str, str], ref: str) -> Made:
    words = _split(MARKS.sub("", verses[ref]))
    for _ in range(max(1, len(words) // 8)):
        at = draw.randrange(len(words))
        letters = [n for n, letter in enumerate(words[at]) if letter in CONFUSED]
        if letters:
            n = draw.choice(letters)
            words[at] = words[at][:n] + CONFUSED[words[at][n]] + words[at][n + 1 :]
    return (" ".join(words), ref) if words != _split(MARKS.sub("", verses[ref])) else None


def _strip(_draw: random.Random, verses: Mapping[str, str], ref: str) -> Made:
    return MARKS.sub("", verses[ref]), ref


def _mismark(draw: random.Random, verses: Mapping[str, str], ref: str) -> Made:
    places = [n for n, point in enumerate(verses[ref]) if point in VOWELS]
    at = draw.choice(places)
    wrong = draw.choice([vowel for vowel in VOWELS if vowel != verses[ref][at]])
    return verses[ref][:at] + wrong + verses[ref][at + 1 :], ref


def _split(words: str) -> list[str]:
    return [word for word in words.split() if MARKS.sub("", word)]


MAKERS: dict[str, Callable[[random.Random, Mapping[str, str], str], Made]] = {
    "untouched": _keep,
    "truncation": _truncate,
    "dropped negation": _drop_negation,
    "swapped words": _swap,
    "wrong number": _misnumber,
    "other scheme": _renumber,
    "merged": _merge,
    "OCR noise": _blur,
    "marks dropped": _strip,
    "mark wrong": _mismark,
}


def list_kinds() -> Sequence[str]:
    """Return the kinds of cases."""
    return tuple(MAKERS)


def main() -> None:
    """Print two cases of each kind."""
    for case in make_cases(OPEN, 2):
        print(f"{case.kind:17} {case.ref:8} claimed {case.claimed or '-':8} {case.words}")


if __name__ == "__main__":
    main()
