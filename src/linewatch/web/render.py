"""Templates become pages: every value is escaped, a missing one is an error."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from linewatch.model import When
from linewatch.web.assets import get_address
from linewatch.web.shown import shorten, tell_line
from linewatch.write.wording import format_when, get_direction

FOLDER = Path(__file__).parent / "templates"
ROOMS = (
    ("/gather", "Gather"),
    ("/read", "Read"),
    ("/find", "Find"),
    ("/code", "Code"),
    ("/track", "Track"),
    ("/write", "Write"),
    ("/check", "Check"),
)


def render(template: str, **values: Any) -> str:
    """Return a page."""
    return _make_environment().get_template(template).render(values)


@cache
def _make_environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(asset=get_address, ROOMS=ROOMS)
    environment.filters.update(
        when=tell_when, moment=tell_moment, size=tell_size, short=shorten, line=tell_line, dir=get_direction,
        seal=tell_seal, number=tell_number,
    )  # fmt: skip
    return environment


def tell_when(when: When | None) -> str:
    """Return a date as far as it is known."""
    return format_when(when) if when else ""


def tell_moment(moment: datetime | date) -> str:
    """Return a moment to the minute, in UTC."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M}" if isinstance(moment, datetime) else f"{moment}"


def tell_size(size: int) -> str:
    """Return a size in bytes in words.

    >>> tell_size(900), tell_size(20_000)
    ('900 B', '19.5 KB')
    """
    return (
        f"{size} B"
        if size < 1024
        else f"{size / 1024:.1f} KB"
        if size < 1 << 20
        else f"{size / (1 << 20):.1f} MB"
    )


def tell_seal(evidence: str) -> str:
    """Return the beginning of a hash, with its algorithm."""
    algorithm, _, digits = evidence.partition(":")
    return f"{algorithm}:{digits[:12]}…"


def tell_number(value: float | None, digits: int = 2) -> str:
    """Return a number with its sign of absence."""
    return "-" if value is None else f"{value:.{digits}f}"
