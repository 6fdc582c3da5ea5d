"""Two versions of one quotation in a case: which they are, and what tells them apart. Which is right, nothing here says.

A report's quotation is set beside the held original where the case has it, and beside what another report quotes of the same words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from linewatch.find.fidelity import Flaw, compare_quotations, list_words
from linewatch.model import Finding, Quotation, Span
from linewatch.text.spans import Place

_RUN = 4
"""Words in a row that two texts must share to be looked at."""
_LEAST = 6
"""Words of a quotation below which sharing them says nothing."""
_MOST_HOLDERS = 60
"""Places of one run of words from which it is a stock phrase and leads nowhere."""
_SHARED = 0.5
_SENTENCE = 240
_STOP = re.compile(r"[.!?؟…][\"”’»)\]]{0,3}\s{1,4}|\n\s{0,4}")
_EDGE = 12
"""Words beyond the shared ones that may belong to the other version: a change at its beginning or end."""


class Version(NamedTuple):
    """Words somewhere in the case."""

    span: Span
    words: str


class Pair(NamedTuple):
    """A quotation, another version of it, and what tells them apart."""

    finding: Finding
    ours: Version
    theirs: Version
    original: bool
    """Whether the other is the organisation's own text, which the case holds."""
    flaws: tuple[Flaw, ...]


class _Text(NamedTuple):
    """A text that a quotation may be found in: a held document, or another report's quotation."""

    document: str
    words: str
    start: int
    folded: list[str]
    places: list[Place]
    held: bool


def compare_versions(
    findings: Iterable[Finding], texts: Mapping[str, str], own: frozenset[str]
) -> list[Pair]:
    """Return each quotation of a report beside the closest other version, where the two differ.

    `texts` are the documents by id, `own` those that the organisation published itself. A held original is preferred; two
    reports are set side by side once.
    """
    quoted = [one for one in findings if isinstance(one.value, Quotation) and one.span.document in texts]
    ours = [(one, _make_text(texts, one.span, own)) for one in quoted if one.span.document not in own]
    held = [
        _make_text(texts, Span(document=name, start=0, end=len(texts[name])), own)
        for name in sorted(own & set(texts))
    ]
    others = [*held, *(text for _, text in ours)]
    index = _index(others)
    pairs: list[Pair] = []
    for at, (finding, text) in enumerate(ours):
        pair = _compare(finding, text, others, index, last=len(held) + at)
        if pair is not None and pair.flaws:
            pairs.append(pair)
    return pairs


def _make_text(texts: Mapping[str, str], span: Span, own: frozenset[str]) -> _Text:
    words = texts[span.document][span.start : span.end]
    told = list(list_words(words))
    return _Text(
        span.document,
        words,
        span.start,
        [word for word, _ in told],
        [place for _, place in told],
        span.document in own,
    )


def _index(others: list[_Text]) -> dict[tuple[str, ...], list[tuple[int, int]]]:
    """Return where each run of words stands: in which text, at which of its words."""
    index: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for at, text in enumerate(others):
        for n in range(len(text.folded) - _RUN + 1):
            index[tuple(text.folded[n : n + _RUN])].append((at, n))
    return index


def _compare(
    finding: Finding,
    text: _Text,
    others: list[_Text],
    index: Mapping[tuple[str, ...], list[tuple[int, int]]],
    *,
    last: int,
) -> Pair | None:
    """Return the quotation beside the version that shares most with it: the held one first, else an earlier report's."""
    shared: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for n in range(len(text.folded) - _RUN + 1):
        places = index.get(tuple(text.folded[n : n + _RUN]), ())
        if len(places) <= _MOST_HOLDERS:
            for at, where in places:
                if at < last and others[at].document != text.document:
                    shared[at].append((n, where))
    could = [at for at, hits in shared.items() if _is_enough(text, hits)]
    if len(text.folded) < _LEAST or not could:
        return None
    chosen = max(could, key=lambda at: (others[at].held, len(shared[at]), -at))
    other = others[chosen]
    region = _find_region(text, other, shared[chosen])
    theirs = Version(
        Span(document=other.document, start=other.start + region.start, end=other.start + region.end),
        other.words[region.start : region.end],
    )
    flaws = tuple(_list_flaws(text.words, theirs.words))
    return Pair(finding, Version(finding.span, text.words), theirs, other.held, flaws)


def _is_enough(text: _Text, hits: list[tuple[int, int]]) -> bool:
    covered = {n + step for n, _ in hits for step in range(_RUN)}
    return len(covered) >= _SHARED * len(text.folded)


def _find_region(text: _Text, other: _Text, hits: list[tuple[int, int]]) -> Place:
    """Return the stretch of the other text that the quotation renders: around where most of the shared words lie.

    At either end it takes in as many words as the quotation has beyond the shared ones.
    """
    near = _keep_near(hits, 3 * len(text.folded) + 60)
    first, last = min(where for _, where in near), max(where for _, where in near) + _RUN
    lead = min(n for n, _ in near)
    trail = len(text.folded) - max(n for n, _ in near) - _RUN
    first = max(0, first - min(lead, _EDGE))
    last = min(len(other.folded), last + min(trail, _EDGE))
    return _widen(other.words, other.places[first].start, other.places[last - 1].end)


def _widen(words: str, start: int, end: int) -> Place:
    """Return the stretch out to where its first and last sentences begin and end, as far as that is near."""
    before = max((hit.end() for hit in _STOP.finditer(words, max(0, start - _SENTENCE), start)), default=None)
    after = _STOP.search(words, max(start, end - 1), min(len(words), end + _SENTENCE))
    begin = before if before is not None else 0 if start < _SENTENCE else start
    return Place(begin, after.start() + 1 if after else len(words) if len(words) - end < _SENTENCE else end)


def _keep_near(hits: list[tuple[int, int]], reach: int) -> list[tuple[int, int]]:
    """Return the hits that lie in the busiest stretch of this many words: the same phrase far away is another place."""
    wheres = sorted(where for _, where in hits)
    counts = Counter({where: bisect_left(wheres, where + reach) - at for at, where in enumerate(wheres)})
    begin = min(counts, key=lambda where: (-counts[where], where))
    return [hit for hit in hits if begin <= hit[1] < begin + reach]


def _list_flaws(ours: str, theirs: str) -> Iterator[Flaw]:
    """Yield what tells them apart: where a quotation begins and ends is its own affair, but not a condition cut off with it."""
    flaws = compare_quotations(ours, theirs)
    cut = {(flaw.ours, flaw.theirs) for flaw in flaws if flaw.kind == "truncation"}
    for flaw in flaws:
        if flaw.kind == "condition" or (flaw.kind != "truncation" and (flaw.ours, flaw.theirs) not in cut):
            yield flaw


def tell(pair: Pair) -> str:
    """Return in one sentence what tells a quotation from the other version."""
    other = "the original that the case holds" if pair.original else "another report's quotation of it"
    told = "; ".join(dict.fromkeys(_tell_flaw(flaw) for flaw in pair.flaws))
    return f"differs from {other}: {told}"


def _tell_flaw(flaw: Flaw) -> str:
    ours, theirs = _shorten(flaw.ours), _shorten(flaw.theirs)
    named = {"order": "changed order", "merge": "two places made one"}.get(flaw.kind, flaw.kind)
    marked = " (marked)" if flaw.marked else ""
    return f"{named}{marked}, here {ours}, there {theirs}"


def _shorten(words: str) -> str:
    told = " ".join(words.split())
    return f'"{told if len(told) <= 80 else told[:79] + "…"}"' if told else "nothing"
