"""The names by which canons and their books are cited, and what stands before a number: "Quran, Surah", "1 Corinthians".

The words before a number are read backwards as long as they belong to a locator.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from linewatch.model import Canon
from linewatch.text.folding import fold

_WORD = re.compile(r"([^\W_](?:[\w'’ʿʾ‘`-]*\w['’ʾ]?)?\.?)(?P<gap>[\s\u00a0]{0,2}[,:،]?[\s\u00a0]{0,2})\Z")
_UNIT_WORDS = {
    "verse", "verses", "ayah", "aya", "ayat", "ayas", "ayahs", "v", "vv", "chapter", "chapters", "ch", "sura", "surah", "surat", "clause", "article", "art",
    "الايه", "ايه", "الايات", "سوره",
}  # fmt: skip
_REACH = 90


class Lead(NamedTuple):
    """What stands before a number: where it begins, whose it is, which book."""

    start: int
    canon: str | None
    book: str | None
    units: bool


class Lexicon(NamedTuple):
    """Keys of names: `words` to canons, `books` to canon and book."""

    words: dict[str, str]
    books: dict[str, tuple[str, str]]
    longest: int


def make_key(words: str) -> str:
    """Return a name without case, marks, hyphens and spaces: what spellings of one book share.

    >>> make_key("Al-Ma'idah") == make_key("al Maidah")
    True
    """
    return re.sub(r"[\s.'’ʿʾ‘`_-]+", "", fold(words))


_ARTICLE = re.compile(r"(?:[Aa](?:l|n|r|s|sh|t|th|d|dh|z|z̧))[- ](?=.)")
_SUN = {
    "t": "At",
    "th": "Ath",
    "d": "Ad",
    "dh": "Adh",
    "r": "Ar",
    "z": "Az",
    "s": "As",
    "sh": "Ash",
    "n": "An",
    "l": "Al",
}


def _vary(canon: str, spellings: tuple[str, ...]) -> Iterator[str]:
    """Yield the spellings with what transliterations differ in: the article joined or not to its letter, and the last h or t."""
    yield from spellings
    if canon != "quran":
        return
    for spelling in spellings:
        if not spelling.isascii() or _ARTICLE.match(spelling) is None:
            continue
        core = _ARTICLE.sub("", spelling, count=1)
        low = core.casefold()
        first = low[:2] if low[:2] in _SUN else low[:1]
        for ending in {
            core,
            core.removesuffix("h"),
            core.removesuffix("h").removesuffix("a") + "ah" if low.endswith(("a", "ah")) else core,
        }:
            yield f"Al-{ending}"
            if first in _SUN:
                yield f"{_SUN[first]}-{ending}"


@lru_cache(maxsize=8)
def _make_lexicon(
    names: tuple[tuple[str, tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]], ...],
) -> Lexicon:
    words: dict[str, str] = {}
    books: dict[str, tuple[str, str]] = {}
    for canon, locators, canon_books in names:
        for locator in locators:
            words[make_key(locator)] = canon
        for book, spellings in canon_books:
            for spelling in (book, *_vary(canon, spellings)):
                if not spelling.isdigit():
                    books.setdefault(make_key(spelling), (canon, book))
                    for article in ("the", "al"):
                        books.setdefault(article + make_key(spelling), (canon, book))
    return Lexicon(words, books, 4)


def get_lexicon(canons: Sequence[Canon]) -> Lexicon:
    """Return the names of these canons, made ready; the last few are kept."""
    return _make_lexicon(tuple((canon.name, canon.locators, tuple(canon.books.items())) for canon in canons))


def read_lead(text: str, at: int, lexicon: Lexicon, low: int = 0) -> Lead:
    """Read the words before a number backwards as long as they belong to a locator."""
    start, canon, book, units = at, None, None, False
    for _ in range(4):
        step = _read_step(text, start, lexicon, low)
        if step is None:
            break
        begin, word_canon, word_book = step
        if canon is not None and word_canon is not None and word_canon != canon:
            break
        start, canon, book = begin, canon or word_canon, book or word_book
        units = units or word_canon is None
    return Lead(start, canon, book, units)


def _read_step(text: str, at: int, lexicon: Lexicon, low: int) -> tuple[int, str | None, str | None] | None:
    """Return the longest name that ends right before `at`: its beginning, canon and book."""
    words = _list_words_before(text, at, lexicon, low)
    for count in range(len(words), 0, -1):
        begin = words[count - 1][0]
        printed = text[begin : words[0][1]]
        key = make_key(printed)
        if key in lexicon.books and _is_named(printed):
            return begin, *lexicon.books[key]
        if key in lexicon.words and _is_named(printed):
            return begin, lexicon.words[key], None
        if count == 1 and key in _UNIT_WORDS:
            return begin, None, None
    return None


def _list_words_before(text: str, at: int, lexicon: Lexicon, low: int) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    low = max(low, at - _REACH)
    while len(out) < lexicon.longest:
        hit = _WORD.search(text, max(low, at - 32), at)
        if hit is None or (out and hit["gap"].strip()):
            break
        out.append((hit.start(1), hit.end(1)))
        at = hit.start(1)
    return out


def _is_named(printed: str) -> bool:
    """Tell whether a word is printed as a name: `Is 53:5` is a book, `is 5:4` a verb."""
    if printed[:3].casefold() in {
        "al-",
        "an-",
        "ar-",
        "as-",
        "at-",
        "ad-",
        "az-",
    }:  # al-Baqara, in running text
        return True
    return printed[0].isdigit() or any(point.isupper() or point > "\u0600" for point in printed)
