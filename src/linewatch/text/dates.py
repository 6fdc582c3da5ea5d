"""Finds dates in English and Arabic text: absolute, without a year, in the Hijri calendar, and relative to another day.

What is not a date on its face (a bare "may", a page number, an ambiguous 03/04/2018) is not guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from linewatch.text import days
from linewatch.text.days import Days

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_NUMBERS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "one": 1,
    "a": 1,
}
_UNITS = {"day": 1, "week": 7}


class Dated(NamedTuple):
    """A date as printed, and the days it stands for."""

    start: int
    end: int
    days: Days


def _alternate(names: Iterable[str]) -> str:
    words = sorted((str(name) for name in names), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in words)


@cache
def _get_pattern() -> re.Pattern[str]:
    english, arabic, hijri = (_alternate(days.get_months(table)) for table in ("english", "arabic", "hijri"))
    day = r"(?P<{0}>[0-3]?[0-9٠-٩۰-۹]|[٠-٣][٠-٩])(?:st|nd|rd|th)?"
    year = r"(?P<{0}>[12][0-9]{{3}}|[١٢][٠-٩]{{3}})"
    part = r"(?:(?P<{0}>early|mid|late|beginning of|middle of|end of)[\s-](?:the\s)?)?"
    gap = r"[\s,]{1,2}"
    forms = [
        r"(?P<iso>(?<![\d-])(?P<iy>[12]\d{3})-(?P<im>[01]\d)(?:-(?P<id>[0-3]\d))?(?![\d-]))",
        rf"(?P<dmy>{day.format('d1')}\s(?:of\s)?(?P<m1>{english})\b\.?(?:{gap}{year.format('y1')}|\s(?P<s1>\d\d)(?=\s*[\])(]|\s*--|\Z))?)(?!\d)",
        rf"(?P<mdy>\b(?P<m2>{english})\b\.?\s{day.format('d2')}(?![\d:])(?:(?:{gap}|,\s){year.format('y2')})?)(?!\d)",
        rf"(?P<my>(?:\b{part.format('p3')}(?P<m3>{english})\b\.?,?\s(?:of\s)?{year.format('y3')}))(?!\d)",
        rf"(?P<hij>(?:{day.format('d4')}\s(?:of\s|من\s)?)?(?P<m4>{hijri})(?:[\s,،]{{1,2}}(?:عام\s|سنة\s)?(?P<y4>1[34]\d\d|[١][٣٤][٠-٩][٠-٩]))(?:\s?(?:AH|A\.H\.|هـ|ه))?)(?!\d)",
        rf"(?P<ara>(?:{day.format('d5')}\s(?:من\s)?)?(?P<m5>{arabic})(?:\s?/\s?(?:{arabic}))?(?:[\s,،]{{1,2}}(?:عام\s|سنة\s)?{year.format('y5')})?)(?![\d\w])",
        rf"(?P<mon>\b(?:in|during|since|last)\s{part.format('p8')}(?P<m8>{english})\b)(?!\.?,?\s(?:of\s)?\d)",
        r"(?P<num>(?<![\d/.])(?P<n1>\d{1,2})[/.](?P<n2>\d{1,2})[/.](?P<ny>\d{4})(?![\d/]))",
        r"(?P<yr>\b(?P<p6>early|mid|late|beginning of|end of)[\s-](?P<y6>[12]\d{3})(?!\d)|\b(?:in|since|during|of|from|year|عام|سنة)\s(?P<y7>1[5-9]\d\d|20\d\d|٢٠[٠-٩][٠-٩])(?![\d%]))",
    ]
    return re.compile("|".join(forms), re.IGNORECASE)


_PART = {
    "early": "early",
    "beginning of": "early",
    "mid": "mid",
    "middle of": "mid",
    "late": "late",
    "end of": "late",
}


def find_dates(text: str, start: int = 0, end: int | None = None) -> Iterator[Dated]:
    """Yield the dates printed between `start` and `end`, in order.

    >>> [found.days.iso for found in find_dates("On 3 May 2031 and in June 2031, then on July 4.")]
    ['2031-05-03', '2031-06', '--07-04']
    """
    for hit in _get_pattern().finditer(text, start, len(text) if end is None else end):
        read = _READERS[str(hit.lastgroup) if hit.lastgroup in _READERS else _get_form(hit)](hit)
        if read is not None:
            begin = hit.start("y7") if hit["y7"] else hit.start("m8") if hit["m8"] else hit.start()
            yield Dated(begin, hit.end(), read)


def _get_form(hit: re.Match[str]) -> str:
    return next(name for name in _READERS if hit[name] is not None)


def _number(digits: str) -> int:
    return int(digits.translate(_DIGITS))


def _month(name: str, table: str) -> int:
    spaced = re.sub(r"\s", " ", name)
    months = days.get_months(table)
    return months.get(spaced) or months[spaced.lower()]


def _read_iso(hit: re.Match[str]) -> Days | None:
    year, month = int(hit["iy"]), int(hit["im"])
    if hit["id"]:
        return days.make_day(year, month, int(hit["id"]))
    return days.make_month(year, month) if 1 <= month <= 12 else None


def _read_dated(day: str, month: int, year: str | None) -> Days | None:
    if year is None:
        return days.make_day_of_year(month, _number(day))
    return days.make_day(days.get_year(year.translate(_DIGITS)), month, _number(day))


def _read_dmy(hit: re.Match[str]) -> Days | None:
    if _is_modal(hit["m1"]) and not (hit["y1"] or hit["s1"]):
        return None
    return _read_dated(hit["d1"], _month(hit["m1"], "english"), hit["y1"] or hit["s1"])


def _is_modal(month: str) -> bool:
    """Tell whether a month's name is also a verb and stands in lower case: "the 3 may go", "march 4 abreast"."""
    return month in {"may", "march", "mar", "sat", "dec"}


def _read_mdy(hit: re.Match[str]) -> Days | None:
    if _is_modal(hit["m2"]):
        return None
    return _read_dated(hit["d2"], _month(hit["m2"], "english"), hit["y2"])


def _read_my(hit: re.Match[str]) -> Days | None:
    part = _PART.get((hit["p3"] or "").lower())
    return days.make_month(_number(hit["y3"]), _month(hit["m3"], "english"), part)


def _read_month(hit: re.Match[str]) -> Days | None:
    """Read "in February" without a year; "in may" is no date."""
    return None if _is_modal(hit["m8"]) else Days(None, None, "month", f"--{_month(hit['m8'], 'english'):02}")


def _read_hijri(hit: re.Match[str]) -> Days | None:
    return days.make_hijri(
        _number(hit["y4"]), _month(hit["m4"], "hijri"), _number(hit["d4"]) if hit["d4"] else None
    )


def _read_arabic(hit: re.Match[str]) -> Days | None:
    month = _month(hit["m5"], "arabic")
    if hit["d5"]:
        return _read_dated(hit["d5"], month, hit["y5"])
    return days.make_month(_number(hit["y5"]), month) if hit["y5"] else None


def _read_numbers(hit: re.Match[str]) -> Days | None:
    """Read 13/05/2031 or 5/13/2031; one that may be either is left alone."""
    first, second, year = int(hit["n1"]), int(hit["n2"]), int(hit["ny"])
    if first == second or second > 12 or first > 12:
        day, month = (second, first) if second > 12 else (first, second)
        return days.make_day(year, month, day)
    return None


def _read_year(hit: re.Match[str]) -> Days | None:
    if hit["y6"]:
        return days.make_year(int(hit["y6"]), _PART[hit["p6"].lower()])
    return days.make_year(_number(hit["y7"]))


_READERS = {
    "iso": _read_iso, "dmy": _read_dmy, "mdy": _read_mdy, "my": _read_my, "hij": _read_hijri, "ara": _read_arabic, "mon": _read_month,
    "num": _read_numbers, "yr": _read_year,
}  # fmt: skip


@cache
def _get_relative() -> re.Pattern[str]:
    weekdays = _alternate(days.get_weekdays())
    return re.compile(
        rf"(?P<word>\b(?:today|yesterday|tonight)\b|(?<!\w)(?:اليوم|أمس)(?!\w))"
        rf"|(?<!\w)(?:(?P<which>last|on|this|يوم)\s|(?<=[a-z]d\s))(?P<weekday>{weekdays})(?!\w)"
        r"|\b(?P<count>a|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})\s(?P<unit>day|week)s?\s(?P<way>ago|earlier)\b"
        r"|\b(?P<stretch>(?:earlier\s)?this\s(?:week|month)|last\s(?:week|month))\b",
        re.IGNORECASE,
    )


def find_relative_dates(text: str, start: int, end: int, base: date | None) -> Iterator[Dated]:
    """Yield "today", "on Saturday", "two weeks ago" as days counted from `base`; nothing where no base is known.

    >>> [found.days.iso for found in find_relative_dates("It sang on Saturday.", 0, 20, date(2031, 3, 5))]
    ['2031-03-01']
    """
    if base is None:
        return
    for hit in _get_relative().finditer(text, start, end):
        yield Dated(hit.start(), hit.end(), _count_from(hit, base))


def _count_from(hit: re.Match[str], base: date) -> Days:
    if hit["word"]:
        return _day(base - timedelta(days=1 if hit["word"].lower() in {"yesterday", "أمس"} else 0))
    if hit["weekday"]:
        back = (base.weekday() - days.get_weekdays()[hit["weekday"].lower()]) % 7
        return _day(base - timedelta(days=back or (7 if (hit["which"] or "").lower() == "last" else 0)))
    if hit["count"]:
        count = hit["count"].lower()
        step = _UNITS[hit["unit"].lower()] * (_NUMBERS.get(count) or int(count))
        return _day(base - timedelta(days=step))
    return _stretch(hit["stretch"].lower(), base)


def _day(day: date) -> Days:
    return Days(day, day, "day", day.isoformat())


def _stretch(words: str, base: date) -> Days:
    if words.endswith("week"):
        monday = base - timedelta(days=base.weekday())
        first = monday - timedelta(days=7) if words.startswith("last") else monday
        last = monday - timedelta(days=1) if words.startswith("last") else base
        return Days(first, last, "interval", None)
    if words.startswith("last"):
        before = base.replace(day=1) - timedelta(days=1)
        return Days(before.replace(day=1), before, "month", before.isoformat()[:7])
    return Days(base.replace(day=1), base, "interval", base.isoformat()[:7])
