"""Proposes which cited item is one that the case holds. Joining them is a judgement, and the analyst's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from linewatch.model import Finding, Item, When
from linewatch.text.folding import fold


class Join(NamedTuple):
    """A cited item, the held one it may be, and what speaks for it."""

    cited: str
    held: str
    why: str


class _Told(NamedTuple):
    """What is compared of an item."""

    id: str
    kind: str
    title: str
    outlet: str
    publisher: str
    date: When | None


def propose_joins(findings: Iterable[Finding]) -> list[Join]:
    """Return for each cited item the likeliest held one of its kind: it has its title, or its house and a day of its date."""
    held: dict[str, list[_Told]] = defaultdict(list)
    cited: list[_Told] = []
    for one in findings:
        if isinstance(one.value, Item):
            told = _tell(one.id, one.value)
            (held[told.kind] if one.value.held else cited).append(told)
    return [join for one in cited if (join := _choose(one, held.get(one.kind, ())))]


def _tell(name: str, item: Item) -> _Told:
    known = item.date and (item.date.earliest or item.date.latest)
    title, outlet, publisher = (fold(words or "") for words in (item.title, item.outlet, item.publisher))
    date = item.date if known else item.note_date
    return _Told(name, item.kind, title, outlet, publisher, date)


def _choose(cited: _Told, held: Iterable[_Told]) -> Join | None:
    """Return the held item that most speaks for: its title first, then its outlet, then the fewer days they share."""
    could = [(one, reasons) for one in held if (reasons := _list_reasons(cited, one))]
    if not could:
        return None
    chosen, reasons = min(could, key=lambda pair: (_rank(pair[1]), _count_shared(cited.date, pair[0].date)))
    more = f"; {len(could) - 1} more could be it" if len(could) > 1 else ""
    return Join(cited.id, chosen.id, ", ".join(("same kind", *reasons)) + more)


def _rank(reasons: tuple[str, ...]) -> tuple[bool, bool, bool]:
    return ("same title" not in reasons, "dates overlap" not in reasons, "same outlet" not in reasons)


def _list_reasons(cited: _Told, held: _Told) -> tuple[str, ...]:
    """Return what speaks for two items of one kind being one; nothing where it is too little."""
    shared = _count_shared(cited.date, held.date)
    said = {
        "same title": bool(cited.title) and cited.title == held.title,
        "same outlet": bool(cited.outlet) and cited.outlet == held.outlet,
        "same publisher": bool(cited.publisher) and cited.publisher == held.publisher,
        "dates overlap": shared > 0,
        "dates differ": bool(cited.date and held.date) and not shared,
    }
    housed = said["same outlet"] or (not (cited.outlet and held.outlet) and said["same publisher"])
    enough = said["same title"] or (housed and said["dates overlap"])
    return tuple(reason for reason, holds in said.items() if holds) if enough else ()


def _count_shared(one: When | None, other: When | None) -> int:
    """Return how many days two dates share; none where one of them is open on both sides."""
    if one is None or other is None:
        return 0
    bounds = [(when.earliest or date.min, when.latest or date.max) for when in (one, other)]
    if (date.min, date.max) in bounds:
        return 0
    return max(0, (min(last for _, last in bounds) - max(first for first, _ in bounds)).days + 1)
