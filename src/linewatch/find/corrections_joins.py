"""Proposes which findings are one thing: a cited item and a held one, one item in two reports, an actor under two names.

Joining them is a judgement, and the analyst's: a correction, which can be taken back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from linewatch.model import Alias, Finding, Found, Item, When
from linewatch.text.folding import fold
from linewatch.text.likeness import compare_names

_LEAST_SCORE = 88.0
_MOST_NAMES = 2000
"""Actors before one that are looked at."""


class Join(NamedTuple):
    """A finding, the one of its kind that it may be merged into, and what speaks for it."""

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
    issue: str
    date: When | None
    document: str


def propose_joins(findings: Iterable[Finding]) -> list[Join]:
    """Return for each cited item the likeliest one of its kind, held or cited in a report before; then the actors' names.

    A held one has its title, or its house and a day of its date; one cited elsewhere its title, its issue, or its house and day.
    """
    held: dict[str, list[_Told]] = defaultdict(list)
    cited: dict[str, list[_Told]] = defaultdict(list)
    names: list[Finding] = []
    order: list[_Told] = []
    for one in findings:
        if isinstance(one.value, Item):
            told = _tell(one, one.value)
            (held if one.value.held else cited)[told.kind].append(told)
            order += [] if one.value.held else [told]
        elif isinstance(one.value, Alias):
            names.append(one)
    joins = [_choose(one, held.get(one.kind, ())) or _choose_cited(one, cited[one.kind]) for one in order]
    return [*(join for join in joins if join), *propose_names(names)]


def _choose_cited(cited: _Told, others: Iterable[_Told]) -> Join | None:
    """Return the first item of another report, before this one, that is surely the same: title, issue of a serial, house and day."""
    for other in others:
        if other.id == cited.id:
            return None
        if other.document != cited.document and (reasons := _list_cited_reasons(cited, other)):
            return Join(cited.id, other.id, ", ".join(("cited in another report", "same kind", *reasons)))
    return None


def _list_cited_reasons(one: _Told, other: _Told) -> tuple[str, ...]:
    if (
        one.date
        and other.date
        and _count_shared(one.date, other.date) == 0
        and _is_day(one)
        and _is_day(other)
    ):
        return ()
    house = bool(one.outlet and one.outlet == other.outlet)
    same_house = house or bool(
        not (one.outlet and other.outlet) and one.publisher and one.publisher == other.publisher
    )
    said = {
        "same title": bool(one.title) and one.title == other.title,
        "same issue of one outlet": bool(one.issue) and one.issue == other.issue and house,
        "same house and day": same_house
        and _is_day(one)
        and _is_day(other)
        and not (one.title and other.title),
    }
    return tuple(reason for reason, holds in said.items() if holds)


def _is_day(told: _Told) -> bool:
    return told.date is not None and told.date.earliest is not None and told.date.earliest == told.date.latest


def propose_names(findings: Sequence[Finding]) -> list[Join]:
    """Return for each actor the one before, in another document, whose own name is alike, with the score: never for an alias alone."""
    joins: list[Join] = []
    for at, one in enumerate(findings):
        best: tuple[float, str, Finding] | None = None
        for other in findings[max(0, at - _MOST_NAMES) : at]:
            if other.span.document == one.span.document:
                continue
            score, why = _compare_actors(one.value, other.value)
            if score >= _LEAST_SCORE and (best is None or score > best[0]):
                best = (score, why, other)
        if best is not None:
            joins.append(Join(one.id, best[2].id, f"score {best[0]:g}: {best[1]}"))
    return joins


def _compare_actors(one: Found, other: Found) -> tuple[float, str]:
    """Return the score of the two names, and by what; a shared alias is told, and adds nothing."""
    if not isinstance(one, Alias) or not isinstance(other, Alias):
        return 0.0, ""
    score, why = compare_names(one.name, other.name)
    shared = sorted({fold(name) for name in one.aka} & {fold(name) for name in other.aka})
    return score, f"{one.name} and {other.name} {why}" + (
        f"; both also {', '.join(shared)}" if shared else ""
    )


def _tell(found: Finding, item: Item) -> _Told:
    known = item.date and (item.date.earliest or item.date.latest)
    title, outlet, publisher = (fold(words or "") for words in (item.title, item.outlet, item.publisher))
    date = item.date if known else item.note_date
    return _Told(found.id, item.kind, title, outlet, publisher, item.issue or "", date, found.span.document)


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
