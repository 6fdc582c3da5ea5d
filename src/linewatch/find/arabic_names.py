"""Names of persons in Arabic script, by what stands before them: a verb of speech, a title, the first word of a kunya.

No model reads these; a name found once is a name wherever it stands again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from linewatch.find.arabic import has_arabic, is_arabic_cue, is_arabic_small, read_arabic_name
from linewatch.find.words import get_arabic_titles
from linewatch.text.folding import fold

_WORD = re.compile(r"(?<!\w)[\u0621-\u0652\u0670\u0671]{2,16}(?![\w\u064b-\u0652])")
# "father of", "mother of", and with a joined "and" or "to".
_KUNYA = frozenset({"ابو", "ابي", "ابا", "ام"})
# Bodies, papers and places of work that speak as persons do.
_BODIES = frozenset(
    fold(word)
    for word in [
        "صحيفة",
        "جريدة",
        "مجلة",
        "وكالة",
        "قناة",
        "إذاعة",
        "موقع",
        "عصبة",
        "العصبة",
        "مجلس",
        "المجلس",
        "حكومة",
        "الحكومة",
        "وزارة",
        "الوزارة",
        "حركة",
        "الحركة",
        "جيش",
        "الجيش",
        "حزب",
        "الحزب",
        "لجنة",
        "اللجنة",
        "بيان",
        "البيان",
        "رسالة",
        "الرسالة",
        "منظمة",
        "المنظمة",
        "جماعة",
        "الجماعة",
        "تنظيم",
        "التنظيم",
        "دولة",
        "الدولة",
        "هيئة",
        "الهيئة",
        "نشيد",
        "النشيد",
        "مقال",
        "المقال",
        "تقرير",
        "التقرير",
        "افتتاحية",
        "الافتتاحية",
        "كتاب",
        "الكتاب",
        "الله",
        "القرآن",
        "تعالى",
        "الرجل",
        "المرأة",
        "مصدر",
        "المصدر",
        "شاهد",
        "الشاهد",
    ]
)
_LONGEST = 4


def find_arabic_persons(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where a person's name stands in Arabic, with the reason; names found once are looked for everywhere."""
    if not has_arabic(text):
        return
    found = {(start, end): why for start, end, why in _find_led(text)}
    names = {text[start:end] for start, end in found}
    if names:
        either = "|".join(re.escape(name) for name in sorted(names, key=lambda one: (-len(one), one)))
        for hit in re.finditer(rf"(?<!\w)(?:{either})(?!\w)", text):
            found.setdefault(hit.span(), "named so elsewhere in the text")
    end = 0
    for place in sorted(found, key=lambda place: (place[0], -place[1])):
        if place[0] >= end:
            yield *place, found[place]
            end = place[1]


def _find_led(text: str) -> Iterator[tuple[int, int, str]]:
    for hit in _WORD.finditer(text):
        place = _read_after(text, hit)
        if place is not None and not _is_body(text[slice(*place)]):
            yield *place, f'a name after "{hit[0]}"'


def _read_after(text: str, hit: re.Match[str]) -> tuple[int, int] | None:
    """Return the name that a word leads in; a kunya's own first word belongs to it."""
    if fold(hit[0]) in _KUNYA:
        return _read_words(text, hit.start())
    if hit[0] in get_arabic_titles() or hit[0].removeprefix("و") in get_arabic_titles():
        return _read_words(text, hit.end())
    return _cap(text, read_arabic_name(text, hit.end())) if is_arabic_cue(hit[0]) else None


def _read_words(text: str, at: int) -> tuple[int, int] | None:
    """Return up to four words from a place that may be a name: no small word, no verb of speech, no further title."""
    start = end = None
    for count, hit in enumerate(_WORD.finditer(text, at, min(len(text), at + 70))):
        gap = text[end if end is not None else at : hit.start()]
        if gap.strip() or "\n" in gap or count >= _LONGEST or is_arabic_small(hit[0]):
            break
        if hit[0] in get_arabic_titles():
            return None
        start, end = (hit.start() if start is None else start), hit.end()
    return (start, end) if start is not None and end is not None else None


def _cap(text: str, place: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return a name no longer than names are; a single word with the article is an office or a body, not a name."""
    if place is None:
        return None
    words = list(_WORD.finditer(text, *place))
    if not words or len(words) > _LONGEST + 1 or (len(words) == 1 and words[0][0].startswith("ال")):
        return None
    return place


def _is_body(name: str) -> bool:
    words = [fold(word) for word in name.split()]
    return any(word in _BODIES for word in words[:2]) or (len(words) == 1 and words[0] in _KUNYA)
