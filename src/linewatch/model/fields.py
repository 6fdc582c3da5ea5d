"""The fields of a finding that an analyst may correct, as words both ways."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import msgspec

from linewatch.model.finding import Citation, Found, Item, Quotation
from linewatch.model.when import When, parse_iso

FIELDS: dict[str, tuple[str, ...]] = {
    "item": ("kind", "publisher", "outlet", "tier", "place", "title", "issue", "date"),
    "quotation": ("speaker", "role", "item"),
    "citation": ("ref",),
    "alias": ("name", "aka"),
    "place": ("org_name", "real_name"),
    "report": ("value",),
    "caption": (),
}
"""By kind of finding. A kind without a field can be rejected, and no more."""

BLANK: dict[str, Found] = {"item": Item(), "quotation": Quotation()}
"""What an analyst can add, before its fields are set."""

MERGEABLE = frozenset({"item", "alias"})
"""The kinds of which two findings can be one thing."""

OPEN = ".."
"""The open side of an interval, as ISO 8601-2 writes it."""
_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?|--[0-9]{2}-[0-9]{2}")


def get_kind(value: Found) -> str:
    """Return the word for the kind of a value: item, quotation, citation, ..."""
    return str(value.__struct_config__.tag)


def tell_field(value: Found, field: str) -> str:
    """Return a field as words; empty where it holds nothing.

    >>> tell_field(Item(date=parse_iso("2031-02")), "date"), tell_field(Item(), "outlet")
    ('2031-02', '')
    """
    held = getattr(value, field)
    if isinstance(held, When):
        return held.iso or _tell_interval(held)
    words = "; ".join(held) if isinstance(held, tuple) else held or ""
    return " ".join(words.split())


def set_field(value: Found, field: str, words: str) -> Found:
    """Return the value with a field as the analyst has it; raises ValueError where the words do not fit the field.

    >>> set_field(Item(kind="song"), "kind", "video").kind
    'video'
    >>> set_field(Item(), "kind", "vido")
    Traceback (most recent call last):
    ValueError: kind cannot be 'vido'
    """
    changed = msgspec.structs.replace(value, **{field: _read(value, field, words)})
    if isinstance(changed, Item):
        return msgspec.structs.replace(changed, sources={**changed.sources, field: "analyst"})
    if isinstance(changed, Citation):  # the verdict was on the machine's reference
        return msgspec.structs.replace(
            changed,
            canon=changed.ref.partition(" ")[0],
            verdict="unknown",
            edition=None,
            left_out=(),
            omitted=(),
            weights=(),
            stands_at=None,
            text=None,
            differences=(),
            detail="the reference is the analyst's and was not checked",
        )
    return changed


def _read(value: Found, field: str, words: str) -> Any:
    described = next(one for one in msgspec.structs.fields(type(value)) if one.name == field)
    if not words:
        if described.required:
            raise ValueError(f"{field} cannot be empty")
        return described.default
    if field == "date":
        return parse_interval(words)
    if field == "aka":
        return tuple(part for one in words.split(";") if (part := one.strip()))
    try:
        return msgspec.convert(words, described.type)
    except msgspec.ValidationError as error:
        raise ValueError(f"{field} cannot be {words!r}") from error


def parse_interval(words: str) -> When:
    """Return the analyst's date: `YYYY-MM-DD`, `YYYY-MM`, `YYYY`, `--MM-DD`, or two of them with `/` between.

    Either side of an interval may be open, `..`; raises ValueError on anything else.

    >>> parse_interval("2031-02/2031-03-26").latest, parse_interval("../2031").earliest
    (datetime.date(2031, 3, 26), None)
    """
    first, slash, last = words.partition("/")
    if not slash:
        return _parse_date(words, source="analyst")
    earliest = None if first == OPEN else _parse_date(first).earliest
    latest = None if last == OPEN else _parse_date(last).latest
    if earliest is None and latest is None:
        raise ValueError(f"the date {words!r} is open on both sides")
    if earliest and latest and earliest > latest:
        raise ValueError(f"the date {words!r} ends before it begins")
    return When(earliest=earliest, latest=latest, precision="interval", printed=words, source="analyst")


def _parse_date(words: str, source: str | None = None) -> When:
    if _DATE.fullmatch(words):
        try:
            return parse_iso(words, source=source)
        except (ValueError, OverflowError):
            pass  # such as the 30th of February: refused below, in the analyst's words
    raise ValueError(f"the date {words!r} is not YYYY-MM-DD, YYYY-MM, YYYY, or two of them with / between")


def _tell_interval(when: When) -> str:
    if when.earliest is None and when.latest is None:
        return ""
    return f"{_tell_day(when.earliest)}/{_tell_day(when.latest)}"


def _tell_day(day: date | None) -> str:
    return day.isoformat() if day else OPEN
