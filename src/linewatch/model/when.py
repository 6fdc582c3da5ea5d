"""A date as an interval with a precision: never silently an instant."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from linewatch.model.value import Value

Precision = Literal["day", "month", "year", "day-of-year", "interval", "unknown"]


class When(Value, frozen=True, kw_only=True):
    """The days between which something happened, as the text has it.

    `earliest` and `latest` are inclusive and either may be open (None). `iso` is the form of the
    surface: `2018-02-01`, `2018-02`, `2018`, `--02-01` (no year), or None where no such form fits.
    """

    earliest: date | None = None
    latest: date | None = None
    precision: Precision = "unknown"
    iso: str | None = None
    printed: str | None = None
    calendar: Literal["gregorian", "hijri"] = "gregorian"
    source: str | None = None
    """Who says so: catalogue, option, heading, sentence, note, report-date, context, ..."""

    @property
    def is_point(self) -> bool:
        """Tell whether the date is one known day."""
        return self.earliest is not None and self.earliest == self.latest

    @property
    def middle(self) -> date | None:
        """Return the day in the middle of a closed interval, None for an open one."""
        if self.earliest is None or self.latest is None:
            return None
        return self.earliest + timedelta(days=(self.latest - self.earliest).days // 2)


def parse_iso(text: str, *, source: str | None = None) -> When:
    """Return the interval of `YYYY-MM-DD`, `YYYY-MM`, `YYYY` or `--MM-DD`; raises ValueError on anything else.

    >>> parse_iso("2031-02").latest
    datetime.date(2031, 2, 28)
    """
    if text.startswith("--"):
        date.fromisoformat(f"2000-{text[2:]}")
        return When(precision="day-of-year", iso=text, printed=text, source=source)
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        day = date(*parts)
        return When(earliest=day, latest=day, precision="day", iso=text, printed=text, source=source)
    first = date(parts[0], parts[1] if len(parts) > 1 else 1, 1)
    after = date(first.year + 1, 1, 1) if len(parts) == 1 else _next_month(first)
    precision: Precision = "year" if len(parts) == 1 else "month"
    last = after - timedelta(days=1)
    return When(earliest=first, latest=last, precision=precision, iso=text, printed=text, source=source)


def _next_month(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1)
