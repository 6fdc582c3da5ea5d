"""Dates as the League and the Bureau print them, and the Lamp's issue numbers."""

from __future__ import annotations

from datetime import date

ENGLISH_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
# The Levantine names, which the Arabic pages of the League use.
ARABIC_MONTHS = (
    "كانون الثاني",
    "شباط",
    "آذار",
    "نيسان",
    "أيّار",
    "حزيران",
    "تمّوز",
    "آب",
    "أيلول",
    "تشرين الأوّل",
    "تشرين الثاني",
    "كانون الأوّل",
)
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_FIRST_ISSUE = (date(2031, 1, 1), 611)


def print_date(day: date, language: str = "en") -> str:
    """Return a date in words, such as `8 January 2031`."""
    if language == "ar":
        return f"{day.day} {ARABIC_MONTHS[day.month - 1]} {day.year}".translate(_ARABIC_DIGITS)
    return f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"


def find_issue_number(day: date) -> int:
    """Return the number of the Lamp's issue in the week of a day.

    >>> find_issue_number(date(2031, 1, 8))
    612
    """
    start, number = _FIRST_ISSUE
    return number + (day - start).days // 7


def print_number(number: int, language: str = "en") -> str:
    """Return a number in the language's digits."""
    return str(number).translate(_ARABIC_DIGITS) if language == "ar" else str(number)
