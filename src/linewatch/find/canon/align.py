"""Sets quoted words beside a stretch of a canon, word by word: which are the same, slipped, changed, added or left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal, NamedTuple

from linewatch.find.canon.index import Index
from linewatch.find.canon.match import get_word
from linewatch.find.canon.words import Words, is_near, is_respelled, join

Kind = Literal["same", "slip", "changed", "added", "missing"]

_MOST = 60
"""Words of a gap that are paired one by one; longer gaps are told as a whole."""
_COST = {"slip": 0.5, "changed": 1.0, "added": 0.8, "missing": 0.8}


class Pair(NamedTuple):
    """Quoted words `first:last` beside the canon's words `place:end`; one side is empty where words are added or missing."""

    kind: Kind
    first: int
    last: int
    place: int
    end: int


def align(index: Index, words: Words, place: int, end: int) -> list[Pair]:
    """Return quoted words beside the canon's `place:end`, in order; words left out at both ends are `missing` too."""
    own = index.streams[0][place:end]
    known = {number: number for number in own}
    for at in range(place, end):
        for other in index.others.get(at, ()):
            known.setdefault(other, index.streams[0][at])
    quoted = [known.get(number, -2 - n) for n, number in enumerate(index.number(words.letters))]
    _join_call(index, words, known, quoted)
    pairs: list[Pair] = []
    codes = SequenceMatcher(None, quoted, own, autojunk=False).get_opcodes()
    for n, (tag, a, b, c, d) in enumerate(codes):
        c, d = c + place, d + place  # noqa: PLW2901 - from here on places are the canon's
        if tag == "equal":
            pairs += [Pair("same", a + k, a + k + 1, c + k, c + k + 1) for k in range(b - a)]
        elif tag == "insert":
            pairs.append(Pair("missing", a, a, c, d))
        elif tag == "delete":
            pairs.append(Pair("added", a, b, c, c))
        else:
            pairs += _pair_gap(index, words, (a, b, c, d), open_head=n == 0, open_tail=n == len(codes) - 1)
    return list(_join_gaps(pairs))


def _join_call(index: Index, words: Words, known: dict[int, int], quoted: list[int]) -> None:
    """Take a quotation that begins after the vocative, `O you who believe` as `you who believe`, as one that begins with it."""
    called = index.vocabulary.get(f"يا{words.letters[0]}") if words.letters else None
    if called in known and quoted[0] < 0:
        quoted[0] = known[called]


def _pair_gap(
    index: Index, words: Words, gap: tuple[int, int, int, int], *, open_head: bool, open_tail: bool
) -> list[Pair]:
    a, b, c, d = gap
    theirs = [get_word(index, at) for at in range(c, d)]
    if join(words.letters[a:b]) == join(theirs):  # written apart or together
        return [Pair("same", a, b, c, d)]
    if b - a > _MOST or (d - c > _MOST and not (open_head or open_tail)):
        return [Pair("changed", a, b, c, d)]
    if d - c > _MOST:  # only what lies next to the quoted words is set beside them
        return _pair_far(index, words, gap, open_head=open_head, open_tail=open_tail)
    found = _pair(words.letters[a:b], theirs, open_head=open_head, open_tail=open_tail)
    return [
        Pair(kind, a + i, a + i + (kind != "missing"), c + j, c + j + (kind != "added"))
        for kind, i, j in found
    ]


def _pair_far(
    index: Index, words: Words, gap: tuple[int, int, int, int], *, open_head: bool, open_tail: bool
) -> list[Pair]:
    a, b, c, d = gap
    size = min(_MOST, 2 * (b - a) + 4)
    if open_tail:
        near = _pair_gap(index, words, (a, b, c, c + size), open_head=open_head, open_tail=True)
        return [*near, Pair("missing", b, b, c + size, d)]
    near = _pair_gap(index, words, (a, b, d - size, d), open_head=True, open_tail=open_tail)
    return [Pair("missing", a, a, c, d - size), *near]


def _pair(
    ours: Sequence[str], theirs: Sequence[str], *, open_head: bool, open_tail: bool
) -> list[tuple[Kind, int, int]]:
    """Return the cheapest pairing of two short runs of words; words of the canon at an open end are free."""
    m, n = len(ours), len(theirs)
    cost = [[0.0] * (n + 1) for _ in range(m + 1)]
    back: list[list[Kind]] = [["missing"] * (n + 1) for _ in range(m + 1)]
    for j in range(1, n + 1):
        cost[0][j] = 0.0 if open_head else j * _COST["missing"]
    for i in range(1, m + 1):
        cost[i][0], back[i][0] = i * _COST["added"], "added"
        for j in range(1, n + 1):
            kind = compare(ours[i - 1], theirs[j - 1])
            free = open_tail and i == m
            choices: list[tuple[float, Kind]] = [
                (cost[i - 1][j - 1] + _COST.get(kind, 0.0), kind),
                (cost[i - 1][j] + _COST["added"], "added"),
                (cost[i][j - 1] + (0.0 if free else _COST["missing"]), "missing"),
            ]
            cost[i][j], back[i][j] = min(choices, key=lambda choice: choice[0])
    return list(reversed(list(_walk_back(back, m, n))))


def _walk_back(back: Sequence[Sequence[Kind]], i: int, j: int) -> Iterator[tuple[Kind, int, int]]:
    while i or j:
        kind = back[i][j]
        i, j = i - (kind != "missing"), j - (kind != "added")
        yield kind, i, j


@lru_cache(maxsize=1 << 16)
def compare(one: str, other: str) -> Kind:
    """Return how two words stand to each other by their letters."""
    return "same" if is_respelled(one, other) else "slip" if is_near(one, other) else "changed"


def _join_gaps(pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Yield the pairs, words missing side by side told together."""
    held: Pair | None = None
    for pair in pairs:
        if held is not None and pair.kind == held.kind == "missing" and pair.place == held.end:
            held = held._replace(end=pair.end)
            continue
        if held is not None:
            yield held
        held = pair
    if held is not None:
        yield held
