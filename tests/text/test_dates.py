"""Dates in English and Arabic: what is printed, what it stands for, and what is no date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewatch.text.dates import find_dates, find_relative_dates

ISO = {
    "day first": ("on 3 May 2031", ["2031-05-03"]),
    "month first": ("on May 3, 2031", ["2031-05-03"]),
    "ordinal": ("on the 3rd of May 2031", ["2031-05-03"]),
    "short month": ("3 Sept. 2031", ["2031-09-03"]),
    "iso": ("2031-05-03", ["2031-05-03"]),
    "month and year": ("in May 2031", ["2031-05"]),
    "no year": ("by 26 March", ["--03-26"]),
    "month alone": ("in February", ["--02"]),
    "year": ("in 2031", ["2031"]),
    "early year": ("in early 2031", ["2031"]),
    "late month": ("late May 2031", ["2031-05"]),
    "numbers that can only be one day": ("13/05/2031 and 5/13/2031", ["2031-05-13", "2031-05-13"]),
    "numbers that may be two days": ("03/04/2031", []),
    "gulf and egyptian month": ("في 3 مايو 2031", ["2031-05-03"]),
    "levantine month": ("في 3 أيار 2031", ["2031-05-03"]),
    "levantine month of two words": ("في 9 كانون الثاني 2031", ["2031-01-09"]),
    "two names of one month": ("3 أيار / مايو 2031", ["2031-05-03"]),
    "arabic digits": ("٣ أيار ٢٠٣١", ["2031-05-03"]),
    "hijri day": ("1 Ramadan 1439", ["2018-05-16"]),
    "hijri day in arabic": ("١ رمضان ١٤٣٩ هـ", ["2018-05-16"]),
    "no such day": ("31 February 2031", []),
    "a modal verb": ("the 3 may go ashore", []),
    "a page": ("p. 2031 and room 12", []),
    "a marching order": ("they march 4 abreast", []),
    "two in one sentence": ("1 May 2031 and 15 June 2031", ["2031-05-01", "2031-06-15"]),
}


@pytest.mark.parametrize(("text", "expected"), ISO.values(), ids=ISO)
def test_printed_dates(text: str, expected: list[str]) -> None:
    """A date is read as far as it is printed; what may be two days, or is no day, is not guessed at."""
    assert [found.days.iso for found in find_dates(text)] == expected


INTERVALS = {
    "early year": ("early 2031", date(2031, 1, 1), date(2031, 4, 30)),
    "mid year": ("mid-2031", date(2031, 5, 1), date(2031, 8, 31)),
    "late month": ("late May 2031", date(2031, 5, 21), date(2031, 5, 31)),
    "whole month": ("February 2032", date(2032, 2, 1), date(2032, 2, 29)),
    "hijri day, give or take one": ("1 Ramadan 1439", date(2018, 5, 15), date(2018, 5, 17)),
}


@pytest.mark.parametrize(("text", "earliest", "latest"), INTERVALS.values(), ids=INTERVALS)
def test_dates_are_intervals(text: str, earliest: date, latest: date) -> None:
    """What is less than a day's precision, or comes from the Hijri calendar, is a stretch of days."""
    (found,) = find_dates(text)
    assert (found.days.earliest, found.days.latest) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "iso"),
    [("today", "2031-03-05"), ("yesterday", "2031-03-04"), ("on Saturday", "2031-03-01"), ("two weeks ago", "2031-02-19"), ("اليوم", "2031-03-05"), ("يوم السبت", "2031-03-01")],
)  # fmt: skip
def test_relative_dates_count_from_a_known_day(text: str, iso: str) -> None:
    """Relative dates count back from the day of the text."""
    (found,) = find_relative_dates(text, 0, len(text), date(2031, 3, 5))
    assert found.days.iso == iso


def test_relative_dates_without_a_day_are_none() -> None:
    """Where the text's own day is not known, "yesterday" is no date."""
    assert list(find_relative_dates("yesterday", 0, 9, None)) == []


@given(st.dates(min_value=date(1500, 1, 1), max_value=date(2099, 12, 31)))
def test_a_printed_day_is_read_back(day: date) -> None:
    """Any day, printed in English, is read as itself at its own place."""
    printed = f"{day.day} {day:%B} {day.year}"
    (found,) = find_dates(f"It was {printed}.")
    assert (found.days.earliest, found.days.iso) == (day, day.isoformat())
    assert (found.start, found.end) == (7, 7 + len(printed))


@given(st.text(max_size=200))
def test_any_text_gives_dates_within_it(text: str) -> None:
    """No text raises, and each date lies in the text."""
    for found in find_dates(text):
        assert 0 <= found.start < found.end <= len(text)
        if found.days.earliest and found.days.latest:
            assert found.days.latest - found.days.earliest >= timedelta()
