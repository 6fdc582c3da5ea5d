"""Answers by weighted words: each question's terms from the codebook, turned by negation within their clause.

A term is words; `*` ends a word that may go on, `...` stands for up to three words between. The sum of the weights met decides: at
the threshold yes, nothing met no, between them unclear. Words are compared as the search index compares them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from linewatch.code.machines.base import (
    NO,
    UNCLEAR,
    YES,
    Outcome,
    Suggested,
    Unit,
    list_asked,
    stop_where_ended,
)
from linewatch.errors import InputError
from linewatch.model import Codebook, Lexicon, Term, get_id
from linewatch.resources import load_table
from linewatch.text.folding import Folded, fold, fold_with_map

NAME = "lexicon.v1"
_WORD = re.compile(r"\w+(?:'\w+)?")
_GAP = r"(?:[^\w.;:!?]{1,4}\w{1,40}){0,3}[^\w.;:!?]{1,4}"


class Met(NamedTuple):
    """A term met in a shadow text, and whether it stands negated."""

    term: Term
    start: int
    end: int
    negated: bool

    @property
    def weight(self) -> float:
        """Return what it adds: a negated term takes away what it would add."""
        return -self.term.weight if self.negated else self.term.weight


def suggest(codebook: Codebook, units: Iterable[Unit]) -> Outcome:
    """Return the answers to every question and code that the codebook has terms for; raises InputError where it has none."""
    if not codebook.lexicon:
        raise InputError(f"{codebook.name} has no lexicon", hint="write a lexicon: section into codebook.yml")
    answers = tuple(one for unit in units for one in _answer(codebook, unit))
    return Outcome(answers=answers, settings={"lexicon": get_id(codebook.lexicon, load_table("negation"))})


def _answer(codebook: Codebook, unit: Unit) -> Iterator[Suggested]:
    shadow = fold_with_map(unit.text)
    asked = [one for one in list_asked(codebook) if one in codebook.lexicon]
    weighed = (weigh(unit.passage, question, codebook.lexicon[question], shadow) for question in asked)
    return stop_where_ended(codebook, weighed)


def weigh(passage: str, question: str, lexicon: Lexicon, shadow: Folded) -> Suggested:
    """Return the answer to one question, with the strongest term met as its evidence."""
    met = list(find_terms(lexicon, shadow.text))
    total = sum(one.weight for one in met)
    value = YES if total >= lexicon.threshold else UNCLEAR if total > 0 else NO
    best = max(met, key=lambda one: one.weight, default=None)
    place = shadow.locate(best.start, best.end) if best and value != NO else (None, None)
    return Suggested(
        passage=passage,
        question=question,
        value=value,
        start=place[0],
        end=place[1],
        reason="; ".join(f"{'not ' if one.negated else ''}{one.term.words}" for one in met) or None,
    )


def find_terms(lexicon: Lexicon, shadow: str) -> Iterator[Met]:
    """Yield the terms met in a shadow text; where two overlap the first listed is taken."""
    taken: list[tuple[int, int]] = []
    for term in lexicon.terms:
        for match in _compile(term.words).finditer(shadow):
            start, end = match.span()
            if all(end <= begun or ended <= start for begun, ended in taken):
                taken.append((start, end))
                yield Met(term, start, end, is_negated(shadow, start, lexicon.reach))


def is_negated(shadow: str, start: int, reach: int) -> bool:
    """Tell whether a word of negation stands in the clause, at most `reach` words before a place; two take each other back.

    >>> is_negated("they are not outcasts", 13, 4), is_negated("do not go, outcasts", 11, 4)
    (True, False)
    """
    table = _get_table()
    clause = table.breaks.split(shadow[:start])[-1]
    before = [one[0] for one in _WORD.finditer(clause)][-reach:] if reach else []
    return sum(word in table.words or word.endswith("n't") for word in before) % 2 == 1


class _Negation(NamedTuple):
    words: frozenset[str]
    breaks: re.Pattern[str]


@cache
def _get_table() -> _Negation:
    table = load_table("negation")
    breaks = "|".join(rf"\b{re.escape(fold(word))}\b" for word in table["breaks"])
    return _Negation(frozenset(map(fold, table["words"])), re.compile(rf"[,.;:!?؟،؛()\"]|{breaks}"))


@cache
def _compile(words: str) -> re.Pattern[str]:
    """Return the pattern of a term; no clause ends inside it."""
    parts = re.sub(r"\s*\.\.\.\s*", " ... ", words).split()
    pattern, glue = "", ""
    for part in parts:
        if part == "...":
            glue = _GAP
            continue
        stem = re.escape(fold(part.rstrip("*")))
        pattern += glue + stem + (r"\w*" if part.endswith("*") else "")
        glue = r"[^\w.;:!?]{1,4}"
    return re.compile(rf"(?<!\w){pattern}(?!\w)")
