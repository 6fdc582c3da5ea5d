"""Reads the dates that machines print in feeds, mails and archives: as precise as printed, in the zone printed or none.

A date in words (`5 Ramadan 1445`) is no stamp; finding dates in a text is in `dates`.
"""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate
from typing import NamedTuple

UNKNOWN = "unknown"
_ISO = re.compile(
    r"(?P<day>\d{4}(?:-\d\d(?:-\d\d)?)?|\d{8})"
    r"(?:[Tt ](?P<time>\d\d:?\d\d(?::?\d\d(?:[.,]\d{1,9})?)?)\s?(?P<zone>[Zz]|[+-]\d\d(?::?\d\d)?|UTC|GMT)?)?",
    re.ASCII,
)
_ARCHIVED = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\d{0,3}", re.ASCII)
_MAIL_ZONE = re.compile(
    r"(?:\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?)\s{0,4}(?P<zone>[A-Z]{1,4}|[+-]\d\d:?\d\d)\b", re.ASCII
)
_NAMED = {
    "Z": "utc", "UT": "utc", "UTC": "utc", "GMT": "utc", "EST": "-05:00", "EDT": "-04:00", "CST": "-06:00",
    "CDT": "-05:00", "MST": "-07:00", "MDT": "-06:00", "PST": "-08:00", "PDT": "-07:00",
}  # fmt: skip
"""The names that RFC 822 defines; every other name of a zone means different things in different places."""
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)?")
_MOST = 80


class Stamp(NamedTuple):
    """A time as its clock showed it, ISO 8601 as precise as printed, and the clock's zone."""

    iso: str | None
    """None where the words are no stamp."""
    zone: str
    """`utc`, `+03:00`, or `unknown`."""


def read_stamp(printed: str) -> Stamp:
    """Return the time in a printed stamp: ISO 8601, the form of mails (RFC 5322), or the fourteen digits of archives.

    >>> read_stamp("Sat, 03 May 2031 10:00:00 +0300")
    Stamp(iso='2031-05-03T10:00:00', zone='+03:00')
    >>> read_stamp("2031-05"), read_stamp("5 Ramadan 1445")
    (Stamp(iso='2031-05', zone='unknown'), Stamp(iso=None, zone='unknown'))
    """
    words = " ".join(printed.split())[:_MOST]
    return _read_archived(words) or _read_iso(words) or _read_mail(words) or Stamp(None, UNKNOWN)


def _read_archived(words: str) -> Stamp | None:
    """Read `20310503100000`, which is UTC by the custom of archives."""
    hit = _ARCHIVED.fullmatch(words)
    return _check("{}-{}-{}T{}:{}:{}".format(*hit.groups()), "utc") if hit else None


def _read_iso(words: str) -> Stamp | None:
    hit = _ISO.fullmatch(words)
    if hit is None:
        return None
    day = hit["day"] if "-" in hit["day"] or len(hit["day"]) < 8 else "{}{}{}{}-{}{}-{}{}".format(*hit["day"])
    if hit["time"] is None:
        return _check(day, UNKNOWN)
    digits = re.split("[.,]", hit["time"])[0].replace(":", "")
    time = ":".join(digits[at : at + 2] for at in range(0, len(digits), 2))
    return _check(f"{day}T{time}", _name_zone(hit["zone"]))


def _read_mail(words: str) -> Stamp | None:
    timed = ":" in words
    try:
        read = parsedate(words if timed else f"{words} 00:00")
    except (ValueError, IndexError, TypeError):  # the standard library on dates made to break it
        return None
    if read is None:
        return None
    year, month, day, hour, minute, second = read[:6]
    date = f"{year:04}-{month:02}-{day:02}"
    if not timed:
        return _check(date, UNKNOWN)
    zone = _MAIL_ZONE.search(words)
    return _check(f"{date}T{hour:02}:{minute:02}:{second:02}", _name_zone(zone["zone"] if zone else None))


def _check(iso: str, zone: str) -> Stamp | None:
    """Return the stamp, None where the calendar or the clock has no such time."""
    whole = iso + {4: "-01-01", 7: "-01"}.get(len(iso), "")
    try:
        datetime.fromisoformat(whole)
    except ValueError:
        return None
    return Stamp(iso, zone)


def _name_zone(printed: str | None) -> str:
    """Return a zone as `utc` or its offset; `-0000` is universal time told by a clock of unknown zone (RFC 5322, 3.3)."""
    if printed is None:
        return UNKNOWN
    hit = _OFFSET.fullmatch(printed)
    if hit is None:
        return _NAMED.get(printed.upper(), UNKNOWN)
    offset = f"{hit[1]}{hit[2]}:{hit[3] or '00'}"
    return "utc" if offset in {"+00:00", "-00:00"} else offset
