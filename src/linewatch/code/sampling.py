"""Which passages a coder gets: all, or a sample with known chances; what is coded twice; what comes again. Pure."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Literal

from linewatch.errors import InputError
from linewatch.model import Passage, Sitting, Value

Stratum = Literal["outlet", "period", "language"]
STRATA: tuple[Stratum, ...] = ("outlet", "period", "language")


class Design(Value, frozen=True, kw_only=True):
    """How a coder's passages are drawn."""

    size: int | None = None
    """How many passages; None for all."""
    by: tuple[Stratum, ...] = ()
    """What the sample is stratified by: each stratum gives its share, and at least one."""
    double: float | None = None
    """The share of them that other coders have; None to leave it to chance."""
    repeats: float = 0
    """The share that comes a second time."""
    limits: tuple[str, ...] = ()
    """Words of a warning: passages whose warning has one are not sent."""

    def __post_init__(self) -> None:
        """Raise InputError for shares that are none."""
        shares = [one for one in (self.double, self.repeats) if one is not None]
        if any(not 0 <= one <= 1 for one in shares) or (self.size is not None and self.size < 1):
            raise InputError(
                "a sample has at least one passage, and shares lie between 0 and 1", hint="such as 0.2"
            )


class Drawn(Value, frozen=True, kw_only=True):
    """Passages in the order drawn, the chance each had, and those that come again."""

    passages: tuple[str, ...]
    chances: dict[str, float]
    repeats: tuple[str, ...] = ()


def draw(strata: Mapping[str, Sequence[str]], others: Collection[str], design: Design, seed: int) -> Drawn:
    """Return a coder's passages from those not yet in the coder's hands, by stratum.

    `others` are the passages that other coders have. The chance of a passage is that of being drawn from its stratum
    and, where a share is to be coded twice, from its kind: one that others have, or one that nobody has.
    """
    chance = random.Random(seed)  # noqa: S311 - an order, not a secret
    kinds = _split_kinds(strata, others, design)
    passages: list[str] = []
    chances: dict[str, float] = {}
    for pool, wanted in kinds:
        for name, size in _allot(pool, wanted).items():
            taken = chance.sample(sorted(pool[name]), size)
            passages += taken
            chances |= dict.fromkeys(taken, size / len(pool[name]))
    chance.shuffle(passages)
    again = chance.sample(
        passages[: len(passages) // 2], min(round(design.repeats * len(passages)), len(passages) // 2)
    )
    return Drawn(passages=tuple(passages), chances=chances, repeats=tuple(again))


Pool = dict[str, list[str]]


def _split_kinds(
    strata: Mapping[str, Sequence[str]], others: Collection[str], design: Design
) -> list[tuple[Pool, int]]:
    """Return what is drawn from and how many: all together, or what others have and what nobody has."""
    whole = {name: list(one) for name, one in strata.items()}
    total = sum(map(len, whole.values()))
    size = total if design.size is None else min(design.size, total)
    if design.double is None or not others:
        return [(whole, size)]
    had = {name: [one for one in ids if one in others] for name, ids in whole.items()}
    fresh = {name: [one for one in ids if one not in others] for name, ids in whole.items()}
    there = sum(map(len, had.values()))
    twice = min(round(design.double * size), there)
    return [(had, twice), (fresh, min(size - twice, total - there))]


def _allot(pool: Pool, size: int) -> dict[str, int]:
    """Return how many each stratum gives: its share, at least one while there are enough, never more than it has."""
    there = {name: len(ids) for name, ids in sorted(pool.items()) if ids}
    total = sum(there.values())
    if total == 0:
        return {}
    shares = {name: size * number / total for name, number in there.items()}
    least = 1 if size >= len(there) else 0
    given = {name: min(max(int(shares[name]), least), number) for name, number in there.items()}
    while sum(given.values()) < size:
        name = max(
            (one for one in there if given[one] < there[one]), key=lambda one: shares[one] - given[one]
        )
        given[name] += 1
    while sum(given.values()) > size:
        name = max((one for one in there if given[one] > 1), key=lambda one: given[one] - shares[one])
        given[name] -= 1
    return given


def stratify(
    passages: Iterable[Passage], facts: Mapping[str, Mapping[str, str]], by: Sequence[Stratum]
) -> Pool:
    """Return passages by what they are stratified by; `facts` has outlet and period of each item."""
    pool: Pool = defaultdict(list)
    for one in passages:
        known = {**facts.get(one.item or "", {}), "language": one.language or ""}
        pool[" · ".join(known.get(name, "") for name in by)].append(one.id)
    return dict(pool)


def is_within(passage: Passage, limits: Iterable[str]) -> bool:
    """Tell whether a coder with these limits is sent a passage."""
    warning = (passage.warning or "").casefold()
    return not any(limit.casefold() in warning for limit in limits)


class Turn(Value, frozen=True, kw_only=True):
    """A passage's turn in a coder's queue."""

    passage: str
    again: bool = False


def list_turns(sitting: Sitting, live: Collection[str]) -> list[Turn]:
    """Return the queue of a sitting: its live passages in order, those that come again spread over the last quarter."""
    turns = [Turn(passage=one) for one in sitting.passages if one in live]
    again = [Turn(passage=one, again=True) for one in sitting.repeats if one in live]
    first = len(turns) - len(turns) // 4
    for place, one in enumerate(again):
        turns.insert(min(first + place * (1 + len(turns) // 4 // len(again)), len(turns)), one)
    return turns
