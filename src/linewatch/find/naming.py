"""What kind of thing a proposed name names, by what the text does with it everywhere; a model's own guess is one vote of several."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from linewatch.find.words import get_grammar, get_titles, get_verbs
from linewatch.resources import load_table

_BEFORE = re.compile(r"([\w.'’-]+)[\s\u00a0]+\Z")
_AFTER = re.compile(r"(?:['’]s)?[\s\u00a0]+([\w'’-]+)")
_SHIPS = frozenset({"USS", "HMS", "FS", "SS", "MV", "RMS", "INS", "HMAS", "HMCS"})
_PLACED = re.compile(
    r"\b(?:city|town|village|province|district|suburb|region|port|island|neighbourhood|neighborhood|outskirts|west|east|north|south)\sof\s\Z"
)
_STATED_AGE = re.compile(r",\s\d{2},")
_AGED = re.compile(r"\d{1,3}-year-old\s\Z")
_FAMILY = frozenset(
    {
        "family",
        "wife",
        "husband",
        "son",
        "daughter",
        "mother",
        "father",
        "brother",
        "sister",
        "friend",
        "friends",
    }
)
_WORD = re.compile(r"[^\W_](?:[\w'’.-]*\w)?")
_WEIGHTS = {"office": 9.0, "head": 6.0, "person": 2.0, "beside": 2.0, "in": 1.0, "model": 1.5, "surname": 3.0}
_KINDS = ("organisation", "person", "place")

Proposed = tuple[int, int, str, str]
"""Where a name stands, what kind of thing is proposed, and why."""


class Gazetteer(NamedTuple):
    """The tables of `resources/gazetteer.yml` and the countries, made ready."""

    names: dict[str, str]
    heads: dict[str, str]
    offices: frozenset[str]
    before: dict[str, str]
    after: dict[str, str]
    countries: frozenset[str]


@cache
def get_gazetteer() -> Gazetteer:
    """Return what is known of names and of the words in and beside them."""
    table = load_table("gazetteer")
    countries = frozenset(str(name) for name in load_table("countries")["names"])
    names = {str(name): kind for kind in ("organisation", "place") for name in table[kind]}
    return Gazetteer(
        {**dict.fromkeys(countries, "place"), **names},
        _turn(table["heads"]),
        frozenset(str(word) for word in table["offices"]),
        _turn(table["before"]),
        _turn(table["after"]),
        countries,
    )


def _turn(table: dict[str, list[str]]) -> dict[str, str]:
    return {str(word): kind for kind, words in table.items() for word in words}


def settle_kinds(text: str, proposed: Iterable[Proposed]) -> Iterator[Proposed]:
    """Yield the proposed names with the kind that the whole text speaks for; a name is one kind throughout, a state that speaks aside."""
    by_name: dict[str, list[Proposed]] = defaultdict(list)
    for one in proposed:
        by_name[_get_key(text[one[0] : one[1]])].append(one)
    surnames = frozenset(
        name.split()[-1] for name in by_name if " " in name and _is_plain_person(by_name[name])
    )
    for name, uses in by_name.items():
        if is_no_name(name, uses[0][2]):
            continue
        kind, why = decide_kind(text, name, uses, surnames)
        for start, end, guess, reason in uses:
            told = reason if kind == guess else f"{why}; {reason}"
            acts = name in get_gazetteer().countries and _speaks(text, end)
            yield (
                start,
                end,
                "organisation" if acts else kind,
                "a state that speaks or acts" if acts else told,
            )


def is_no_name(name: str, kind: str) -> bool:
    """Tell whether a proposal names nothing: a bare title, a person with a number, a ship.

    >>> is_no_name("Brig", "person"), is_no_name("HMS Ostrel", "person"), is_no_name("Ada Merrow", "person")
    (True, True, False)
    """
    words = name.split()
    if not words or all(word.lower().strip(".,") in get_titles() for word in words):
        return True
    if words[0] in _SHIPS and len(words) > 1:
        return True
    return kind == "person" and any(point.isdigit() for point in name)


def _is_plain_person(uses: list[Proposed]) -> bool:
    return 2 * sum(guess == "person" for _, _, guess, _ in uses) > len(uses)


def _get_key(name: str) -> str:
    return re.sub(r"\A[Tt]he\s", "", name)


def decide_kind(
    text: str, name: str, uses: list[Proposed], surnames: frozenset[str] = frozenset()
) -> tuple[str, str]:
    """Return the kind of a name and the strongest reason for it.

    >>> text = "Anas says he rows. Anas told nobody."
    >>> decide_kind(text, "Anas", [(0, 4, "organisation", ""), (19, 23, "organisation", "")])
    ('person', 'what stands beside the name')
    """
    table = get_gazetteer()
    if name in table.names:
        return table.names[name], "a name that is known"
    own, beside = defaultdict[str, float](float), defaultdict[str, float](float)
    for kind, weight in _read_words(name, surnames):
        own[kind] += weight
    for start, end, guess, _ in uses:
        own[guess] += _WEIGHTS["model"] / len(uses)
        for kind, weight in _read_sides(text, start, end, name):
            beside[kind] += weight
    best = max(_KINDS, key=lambda kind: (own[kind] + beside[kind], kind == uses[0][2]))
    return best, "what stands beside the name" if beside[best] else "its own words"


def _read_words(name: str, surnames: frozenset[str]) -> Iterator[tuple[str, float]]:
    """Yield what a name's own words speak for: an office, a head such as "Army" or "River", a surname known from elsewhere."""
    table, words = get_gazetteer(), name.lower().split()
    head = table.heads.get(words[-1].strip(".")) if len(words) > 1 else None
    if len(words) > 1 and words[0] in table.offices and head is None and (" of " in name or " for " in name):
        yield "person", _WEIGHTS["office"]
    if head is not None:
        yield head, _WEIGHTS["head"]
    if name in surnames:
        yield "person", _WEIGHTS["surname"]


def _read_sides(text: str, start: int, end: int, name: str) -> Iterator[tuple[str, float]]:
    """Yield what the words right before and after one use of a name speak for."""
    table = get_gazetteer()
    left = text[max(0, start - 30) : start]
    before, after = _BEFORE.search(left), _AFTER.match(text, end, end + 30)
    word = before[1].lower() if before else ""
    if _PLACED.search(left):
        yield "place", _WEIGHTS["beside"]
    if _STATED_AGE.match(text, end) or _AGED.search(left) or word.strip(".") in get_titles():
        yield "person", _WEIGHTS["person"]
    elif word in table.before and not name.isupper():
        yield table.before[word], _WEIGHTS["in"] if word != "of" else _WEIGHTS["in"] / 2
    if word == "the" and not name.isupper():
        yield "organisation", _WEIGHTS["in"] / 2
    if after is None:
        return
    follows = after[1].lower()
    if follows in _FAMILY:
        yield "person", _WEIGHTS["person"]
    elif follows in table.after:
        yield table.after[follows], _WEIGHTS["beside"]
    elif follows in get_verbs().say and word not in get_grammar().prepositions:
        yield "organisation" if name.isupper() else "person", _WEIGHTS["in"]


def _speaks(text: str, end: int) -> bool:
    after = _AFTER.match(text, end, end + 30)
    if after is None or text[end : end + 1] != " ":
        return False
    word = after[1].lower()
    if word in {"has", "have", "had", "will", "would", "is", "was"}:
        after = _AFTER.match(text, after.end(), after.end() + 30)
        word = after[1].lower() if after else ""
    return word in get_verbs().say and word not in get_verbs().nouns_too


def repeat_names(text: str, proposed: list[Proposed], taken: Iterable[tuple[int, int]]) -> Iterator[Proposed]:
    """Yield the places where a proposed or known name stands again that nobody proposed; each word of the text is looked up once."""
    known = {**{name: (kind, "a name that is known") for name, kind in get_gazetteer().names.items()}}
    for start, end, kind, _ in proposed:
        name = _get_key(text[start:end])
        if _may_repeat(name):
            known.setdefault(name, (kind, "named so elsewhere in the text"))
    firsts: dict[str, list[str]] = defaultdict(list)
    for name in known:
        head = _WORD.match(name)
        if head:
            firsts[head[0]].append(name)
    for names in firsts.values():
        names.sort(key=len, reverse=True)
    passed = sorted([(start, end) for start, end, _, _ in proposed] + list(taken))
    yield from _look_up(text, known, firsts, passed)


def _look_up(
    text: str, known: dict[str, tuple[str, str]], firsts: dict[str, list[str]], passed: list[tuple[int, int]]
) -> Iterator[Proposed]:
    at, n = 0, 0
    for hit in _WORD.finditer(text):
        while n < len(passed) and passed[n][1] <= hit.start():
            n += 1
        if hit.start() < at or (n < len(passed) and passed[n][0] < hit.end()):
            continue
        for name in firsts.get(_cut_owner(hit[0]), ()):
            end = hit.start() + len(name)
            whole = text.startswith(name, hit.start()) and not text[end : end + 1].isalnum()
            if whole and not (n < len(passed) and passed[n][0] < end):
                yield hit.start(), end, *known[name]
                at = end
                break


def _cut_owner(word: str) -> str:
    return re.sub(r"['’]s\Z", "", word)


def _may_repeat(name: str) -> bool:
    """Tell whether a name is so plainly a name that it is one wherever it stands."""
    return len(name) > 3 and name[0].isupper() and name.lower() not in get_grammar().small
