"""How faithful one version of a quotation is to another: what was left out, put in, changed, moved or merged, and what turns the sense.

Words are compared without case, marks and vowel signs. What stands in brackets is an insertion with an owner, and dots mark an
omission: neither is a fault in itself, but what a marked omission hides is looked at too. Nothing here says which version is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from typing import Literal, NamedTuple

from linewatch.find.segments import find_segments
from linewatch.resources import load_table
from linewatch.text.folding import fold
from linewatch.text.spans import Place

FlawKind = Literal[
    "omission", "insertion", "change", "order", "merge", "negation", "condition", "hedge", "truncation"
]
_WORD = re.compile(r"[^\W_](?:[\w'’\u064b-\u0652]*\w)?")
_LONGEST = 4000
_LEAST_MOVED = 3
_ALIKE = 0.8
_FAR = 25
"""Words under one mark of omission from which two places count as merged into one."""
_BREAK = "\x00"


class Flaw(NamedTuple):
    """One difference: its kind, and the words of either side that it is about."""

    kind: FlawKind
    ours: str
    theirs: str
    marked: bool = False
    """Whether a mark of omission stands where the words are missing."""


class _Words(NamedTuple):
    folded: list[str]
    printed: list[str]


def compare_quotations(quoted: str, source: str) -> tuple[Flaw, ...]:
    """Return how `quoted` differs from `source`, in the order of the source; none where it is faithful.

    >>> [flaw.kind for flaw in compare_quotations("Nobody is shut out", "Nobody is shut out.")]
    []
    >>> [flaw.kind for flaw in compare_quotations("Let them row", "Do not let them row")]
    ['negation', 'truncation']
    """
    ours, theirs = _read(quoted), _read(source)
    matcher = SequenceMatcher(None, ours.folded, theirs.folded, autojunk=False)
    moved = _find_moved(ours, theirs, matcher.get_opcodes())
    return tuple(flaw for step in matcher.get_opcodes() for flaw in _judge(ours, theirs, step, moved))


def list_words(text: str) -> Iterator[tuple[str, Place]]:
    """Yield a quotation's own words, folded, with where each stands; insertions and marks of omission are left out.

    >>> [word for word, _ in list_words("Come Home [to the pier] ... now")]
    ['come', 'home', 'now']
    """
    for segment in find_segments(text, 0, len(text)):
        if segment.kind in {"verbatim", "nested"}:
            for hit in _WORD.finditer(text, segment.start, segment.end):
                yield fold(hit[0]), Place(*hit.span())


def _read(text: str) -> _Words:
    """Return a quotation's own words, a break where it marks an omission; what others put in is left out."""
    printed: list[str] = []
    for segment in find_segments(text, 0, len(text)):
        if segment.kind == "omission":
            printed.append(_BREAK)
        elif segment.kind in {"verbatim", "nested"}:
            printed += _WORD.findall(text[segment.start : segment.end])
    kept = printed[:_LONGEST]
    return _Words([fold(word) if word != _BREAK else _BREAK for word in kept], kept)


Step = tuple[str, int, int, int, int]


def _judge(ours: _Words, theirs: _Words, step: Step, moved: frozenset[int]) -> Iterator[Flaw]:
    """Yield the flaws of one step of the alignment."""
    tag, a, b, c, d = step
    if tag == "equal":
        return
    mine = [word for word in ours.printed[a:b] if word != _BREAK]
    marked = _BREAK in ours.folded[a:b] or _BREAK in theirs.folded[c:d]
    other = [word for word in theirs.printed[c:d] if word != _BREAK]
    if not mine and not other:
        return
    words = " ".join(mine), " ".join(other)
    turned = list(_list_turns(mine, other))
    for kind in turned:
        yield Flaw(kind, *words, marked)
    if a in moved:
        yield Flaw("order", *words)
    elif not mine:
        edge = a in {0, len(ours.folded)} or b in {0, len(ours.folded)}
        yield from _judge_gap(words, len(other), edge=edge, marked=marked)
    elif not other:
        yield Flaw("insertion", *words)
    elif not _is_spelling(mine, other):
        yield Flaw("change", *words, marked)


def _judge_gap(words: tuple[str, str], count: int, *, edge: bool, marked: bool) -> Iterator[Flaw]:
    """Yield what missing words come to: cut at an end, left out without a mark, or two far places made one."""
    if marked:
        if count >= _FAR:
            yield Flaw("merge", *words, marked)
    elif edge:
        yield Flaw("truncation", *words)
    else:
        yield Flaw("omission", *words)


def _list_turns(mine: Sequence[str], other: Sequence[str]) -> Iterator[FlawKind]:
    """Yield which of negation, condition and hedge one side has more of than the other."""
    kinds: tuple[FlawKind, ...] = ("negation", "condition", "hedge")
    for kind in kinds:
        if _count(mine, kind) != _count(other, kind):
            yield kind


def _count(words: Sequence[str], kind: str) -> int:
    single, phrases = _get_table()[kind]
    folded = [fold(word) for word in words]
    joined = f" {' '.join(folded)} "
    return sum(word in single for word in folded) + sum(joined.count(f" {phrase} ") for phrase in phrases)


@cache
def _get_table() -> dict[str, tuple[frozenset[str], tuple[str, ...]]]:
    table = load_table("fidelity")
    folded = {kind: [fold(str(word)) for word in words] for kind, words in table.items()}
    return {
        kind: (
            frozenset(word for word in words if " " not in word),
            tuple(word for word in words if " " in word),
        )
        for kind, words in folded.items()
    }


def _is_spelling(mine: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether words differ only in spelling: `colour` and `color`, `Naba` and `Nabaa`."""
    if len(mine) != len(other):
        return fold("".join(mine)) == fold("".join(other))
    return all(
        min(len(one), len(two)) > 3 and SequenceMatcher(None, fold(one), fold(two)).ratio() >= _ALIKE
        for one, two in zip(mine, other, strict=True)
    )


def _find_moved(ours: _Words, theirs: _Words, steps: Sequence[Step]) -> frozenset[int]:
    """Return where steps begin whose words the source has too, but elsewhere."""
    missing = [
        " ".join(theirs.folded[c:d])
        for tag, _, _, c, d in steps
        if tag in {"delete", "replace", "insert"} and d > c
    ]
    out = set()
    for tag, a, b, _, _ in steps:
        words = " ".join(word for word in ours.folded[a:b] if word != _BREAK)
        if tag != "equal" and b - a >= _LEAST_MOVED and any(f" {words} " in f" {gap} " for gap in missing):
            out.add(a)
    return frozenset(out)
