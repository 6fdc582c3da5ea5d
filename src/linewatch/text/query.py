"""What a search asks for, and where a text answers: strings in, values out.

Everything is compared in the folded shadow (`text.folding`). A plain word is met with or without what Arabic writes
onto it: و and ف, ب and ل, and the article with what stands before it (ال وال بال لل). A phrase is met as it is typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from linewatch.text.folding import fold, fold_with_map

WORD = re.compile(r"[^\W_]+")
_ASKED = re.compile(r'"([^"]*)(?:"(?:~([0-9]{1,3})\b)?|$)|([^\s"]+)')
_QUOTES = str.maketrans("“”„«»", '"""""')
_ARTICLE = re.compile(r"[وف]?(?:[بك]?ال|لل)(?!لهم?$)(?=.{2})")
"""The article and what is written before it; the name of God, الله, is not one."""
_JOINED = re.compile(r"[وف](?=.{3})")
_BOUND = re.compile(r"[بل](?=.{3})")


class Term(NamedTuple):
    """One thing asked for: a word, or words that follow each other (`phrase`); the last may be a beginning only.

    Words of a phrase with `near` stand in any order, with at most so many words between the first and the last.
    """

    words: tuple[str, ...]
    phrase: bool = False
    prefix: bool = False
    near: int | None = None


def parse_query(asked: str) -> tuple[Term, ...]:
    """Return what is asked for: words, "phrases in quotation marks", "words near"~5 and beginnings*; all else is data.

    >>> [" ".join(term.words) for term in parse_query('(The) "Sea Wall" NEAR/2 leav*')]
    ['the', 'sea wall', 'near 2', 'leav']
    >>> [term.near for term in parse_query('"oar sea"~5 "sea wall" ~5')]
    [5, None, None]
    """
    terms = []
    for quoted, near, plain in _ASKED.findall(asked.translate(_QUOTES)):
        words = tuple(WORD.findall(fold(quoted or plain)))
        if words:
            prefix = plain.endswith("*")
            apart = int(near) if near and len(words) > 1 else None
            terms.append(Term(words, phrase=bool(quoted) or len(words) > 1, prefix=prefix, near=apart))
    return tuple(dict.fromkeys(terms))


@lru_cache(maxsize=65536)
def list_bare(word: str) -> tuple[str, ...]:
    """Return what is left of a folded word without what Arabic attaches to its front, in every way that can be read.

    >>> list_bare("والمجدفون"), list_bare("harbour")
    (('المجدفون', 'مجدفون'), ())
    """
    joined = {word, _JOINED.sub("", word, count=1) if _JOINED.match(word) else word}
    bare = {*joined, *(one[m.end() :] for one in joined for p in (_ARTICLE, _BOUND) if (m := p.match(one)))}
    return tuple(sorted(bare - {word}))


def list_asked(word: str) -> tuple[str, ...]:
    """Return the forms under which a word asked for is looked up: as typed, and without its article.

    >>> list_asked("البحر"), list_asked("بحر")
    (('البحر', 'بحر'), ('بحر',))
    """
    article = _ARTICLE.match(word)
    return (word, word[article.end() :]) if article else (word,)


def find_marks(text: str, terms: tuple[Term, ...]) -> tuple[tuple[int, int], ...]:
    """Return the spans of the text itself, not of its shadow, that answer a term; in order, none inside another."""
    folded = fold_with_map(text)
    places = [match.span() for match in WORD.finditer(folded.text)]
    words = [folded.text[start:end] for start, end in places]
    found = {place for term in terms for at in range(len(words)) for place in _list_answers(words, at, term)}
    spans = [folded.locate(places[first][0], places[last - 1][1]) for first, last in found]
    return tuple(_merge(sorted((start, _take_marks(text, end)) for start, end in spans)))


def _list_answers(words: list[str], at: int, term: Term) -> list[tuple[int, int]]:
    """Return the stretches of words beginning here that answer a term; of words near each other, each alone."""
    if term.near is None:
        return [(at, at + len(term.words))] if _answers(words, at, term) else []
    window = words[at : at + term.near + len(term.words)]
    if window[0] not in term.words or not set(term.words) <= set(window):
        return []
    return [(at + window.index(word), at + window.index(word) + 1) for word in term.words]


def _answers(words: list[str], at: int, term: Term) -> bool:
    there = words[at : at + len(term.words)]
    if len(there) < len(term.words):
        return False
    if not term.phrase:
        asked = list_asked(term.words[0])
        return any(_equals(form, one, term) for form in (there[0], *list_bare(there[0])) for one in asked)
    return there[:-1] == list(term.words[:-1]) and _equals(there[-1], term.words[-1], term)


def _equals(word: str, asked: str, term: Term) -> bool:
    return word.startswith(asked) if term.prefix else word == asked


def _take_marks(text: str, end: int) -> int:
    """Return the end moved over the vowel signs that belong to the last letter."""
    while end < len(text) and unicodedata.category(text[end]) in {"Mn", "Me"}:
        end += 1
    return end


def _merge(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the spans, those that overlap made one."""
    last: tuple[int, int] | None = None
    for start, end in spans:
        if last and start < last[1]:
            last = (last[0], max(last[1], end))
            continue
        if last:
            yield last
        last = (start, end)
    if last:
        yield last
