"""A stretch of days with its precision, and the calendars it may come from. Finding dates in a text is in `dates`."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Literal, NamedTuple

from hijridate import Hijri

from linewatch.resources import load_table

Grain = Literal["day", "month", "year", "day-of-year", "interval"]
_THIRDS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}
_PARTS = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}
_PIVOT = 70


class Days(NamedTuple):
    """The days between which something lies; both ends open (None) where the year is not said."""

    earliest: date | None
    latest: date | None
    grain: Grain
    iso: str | None
    hijri: bool = False


@cache
def get_months(table: str) -> dict[str, int]:
    """Return the month names of one table: `english`, `arabic` or `hijri`."""
    return {str(name): int(number) for name, number in load_table("months")[table].items()}


@cache
def get_weekdays() -> dict[str, int]:
    """Return the names of weekdays, Monday being 0."""
    return {str(name): int(number) for name, number in load_table("months")["weekdays"].items()}


def get_year(digits: str) -> int:
    """Return the year that two or four digits mean.

    >>> get_year("88"), get_year("2031")
    (1988, 2031)
    """
    year = int(digits)
    if len(digits) <= 2:
        return year + (1900 if year >= _PIVOT else 2000)
    return year


def make_day(year: int, month: int, day: int) -> Days | None:
    """Return one day, None where the calendar has no such day."""
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return Days(found, found, "day", found.isoformat())


def make_day_of_year(month: int, day: int) -> Days | None:
    """Return a month and day without a year, `--02-15`."""
    try:
        date(2000, month, day)
    except ValueError:
        return None
    return Days(None, None, "day-of-year", f"--{month:02}-{day:02}")


def make_month(year: int, month: int, part: str | None = None) -> Days | None:
    """Return a month, or its early, mid or late third."""
    if not 1 <= year <= 9998:
        return None
    last = (date(year, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    if part is None:
        return Days(date(year, month, 1), last, "month", f"{year:04}-{month:02}")
    first, until = _THIRDS[part]
    return Days(
        date(year, month, first), date(year, month, min(until, last.day)), "interval", f"{year:04}-{month:02}"
    )


def make_year(year: int, part: str | None = None) -> Days | None:
    """Return a year, or its early, mid or late part."""
    if not 1 <= year <= 9998:
        return None
    first, last = _PARTS.get(part or "", (1, 12))
    end = make_month(year, last)
    grain: Grain = "interval" if part else "year"
    return Days(date(year, first, 1), end.latest if end else None, grain, f"{year:04}")


_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_A_LEAP_YEAR = 2000


def count_days(count: str, unit: str) -> int:
    """Return how many days a count of days or weeks is.

    >>> count_days("two", "week")
    14
    """
    low = count.lower()
    return (_COUNTS.get(low) or int(low)) * (7 if unit.lower() == "week" else 1)


def add_days(days: Days, count: int) -> Days | None:
    """Return the day so many after another; None where the other is no single day.

    >>> add_days(make_day_of_year(5, 29), 7).iso
    '--06-05'
    """
    try:
        if days.grain == "day" and days.earliest:
            later = days.earliest + timedelta(days=count)
            return Days(later, later, "day", later.isoformat(), days.hijri)
        if days.grain == "day-of-year" and days.iso:
            month, day = int(days.iso[2:4]), int(days.iso[5:7])
            later = date(_A_LEAP_YEAR, month, day) + timedelta(days=count)
            return make_day_of_year(later.month, later.day)
    except (ValueError, OverflowError):
        return None
    return None


def make_hijri(year: int, month: int, day: int | None) -> Days | None:
    """Return a Hijri day give or take one, or the days of a Hijri month; None beyond the years 1343 to 1500."""
    try:
        first = Hijri(year, month, day or 1).to_gregorian()
        length = Hijri(year, month, 1).month_length()
    except (ValueError, OverflowError):
        return None
    begin = date(first.year, first.month, first.day)
    end = begin if day else begin + timedelta(days=length - 1)
    around = timedelta(days=1)
    return Days(begin - around, end + around, "interval", begin.isoformat() if day else None, hijri=True)
