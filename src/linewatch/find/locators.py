"""Finds locators: "Quran 5:54", "Surat al-Tawba, verse 5", "1 Corinthians 13:12", "Article 4", [التوبة: 5].

A number is met first and its lead is then read backwards word by word, so that a text of nothing but digits takes linear time.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from linewatch.find.lexicon import Lead, get_lexicon, make_key, read_lead
from linewatch.find.notations import Noted, find_notations, read_more, tell_impossible
from linewatch.model import Canon

_D = "[0-9٠-٩۰-۹]"
_PAIR = re.compile(
    rf"(?<![\d٠-٩:.,/-])(?P<c>{_D}{{1,3}})(?P<sep>:\s?|,\s?verses?\s|\s?[,:]\s?v{{1,2}}\.\s?)(?P<v>{_D}{{1,3}})(?:[a-d]\b)?(?:\s?[-–—]\s?(?:(?P<c2>{_D}{{1,3}}):)?(?P<v2>{_D}{{1,3}})(?:[a-d]\b)?)?(?![\d٠-٩]|:[\d٠-٩]|\.\d)"
)
_VERSE = re.compile(
    rf"(?P<unit>\b[Vv]erses?|\b[Aa]yah?s?|\b[Aa]yat|\b[Aa]ya|\bclauses?|(?:ال)?آيات|(?:ال)?آية)\s(?P<v>{_D}{{1,3}})(?:\s?(?:-|–|—|to|and|إلى)\s?(?P<v2>{_D}{{1,3}}))?(?![\d٠-٩:]|\.\d)"
)
_NAMED = re.compile(
    rf"(?:[\[(﴾]\s?(?:القرآن(?:\sالكريم)?\s?[،,:]?\s?)?|\b[Ss][uū]ra[ht]?\s|(?=سورة\s))(?P<named>(?:سورة\s)?(?P<name>[^\]\[():\d٠-٩,،.;]{{2,24}}?))\s?[:،,]?\s(?P<v>{_D}{{1,3}})(?:\s?[-–—]\s?(?P<v2>{_D}{{1,3}}))?(?=\s?[\])﴿.,،;]|\s|\Z)(?!:)"
)
_ARTICLE = re.compile(
    rf"(?P<v>{_D}{{1,3}})(?:\s?\((?P<sub>{_D}{{1,3}})\)|,\sclause\s(?P<clause>{_D}{{1,3}}))?"
)
_TIME = re.compile(
    r"\s?(?:[ap]\.?m\b|GMT|UTC|hours?\b|hrs\b|local time|o'clock|[ap]m\b|min\b|minutes\b|\()", re.IGNORECASE
)
_CLOCK = re.compile(
    r"(?:\b(?:at|by|until|till|from|around|about|before|after|since|score of|ratio|won|lost|time)|[-–])\s\Z",
    re.IGNORECASE,
)
_CUE = re.compile(
    r"(?:\b(?:[Ss]ee|[Ss]ee also|cf\.|[Cc]f|[Cc]ompare|[Ii]bid\.?,?|also|e\.g\.,?|انظر)\s|[\[(])\Z"
)
_LIST = re.compile(r"\s?(?:[;,،&]|and|or|و)?\s?(?:and|see|also|cf\.|&)?\s?(?:also)?\s?\Z")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


class Locator(NamedTuple):
    """A locator printed in a text: `text[start:end]`."""

    start: int
    end: int
    canon: str
    chapter: str
    ref: str
    reason: str


def find_locators(
    text: str, canons: Sequence[Canon], start: int = 0, end: int | None = None
) -> list[Locator]:
    """Return the locators between `start` and `end`, in order and without overlaps."""
    if not canons:
        return []
    finder = _Finder(text, canons, start, len(text) if end is None else end)
    return finder.run()


class _Finder:
    def __init__(self, text: str, canons: Sequence[Canon], start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        self.canons = {canon.name: canon for canon in canons}
        self.lexicon = get_lexicon(canons)

    def run(self) -> list[Locator]:
        """Return what the four forms find; the earlier form wins where two meet."""
        sure = [*self._find_pairs(), *self._find_named(), *self._find_verses(), *self._find_articles()]
        noted = find_notations(self.text, self.canons, self.lexicon, self.start, self.end)
        sure += [self._make_noted(one) for one in noted]
        return [self._finish(one) for one in _drop_overlaps(sure)]

    def _make_noted(self, one: Noted) -> Locator:
        ref = f"{one.canon} {one.chapter}" + (f":{one.verses}" if one.verses else "")
        return Locator(one.start, one.end, one.canon, one.chapter, ref, one.reason)

    def _finish(self, one: Locator) -> Locator:
        """Return the locator with the verses listed after it, and with why it cannot be where it cannot."""
        end, more = read_more(self.text, one.end, self.end) if ":" in one.ref else (one.end, "")
        ref = one.ref + more
        impossible = tell_impossible(self.canons[one.canon], ref.split(" ", 1)[1])
        return one._replace(
            end=end, ref=ref, reason=f"{one.reason}; impossible: {impossible}" if impossible else one.reason
        )

    def _find_pairs(self) -> Iterator[Locator]:
        last: Locator | None = None
        loose: list[tuple[re.Match[str], Locator | None]] = []
        first: Locator | None = None
        for hit in _PAIR.finditer(self.text, self.start, self.end):
            lead = self._read_lead(hit.start())
            found = self._make_pair(hit, lead, last)
            if found is not None:
                last = found
                yield found
            elif lead.start == hit.start():
                loose.append((hit, last))
            first = first or found
        yield from self._settle_loose(loose, first)

    def _read_lead(self, at: int) -> Lead:
        """Return what leads in a pair of numbers; where a bracket opens right before them, what stands before that."""
        lead = read_lead(self.text, at, self.lexicon, self.start)
        if lead.start == at and at > self.start and self.text[at - 1] in "[(":
            outside = read_lead(self.text, at - 1, self.lexicon, self.start)
            if outside.canon:
                return outside if outside.book else outside._replace(start=at)
        return lead

    def _make_pair(self, hit: re.Match[str], lead: Lead, last: Locator | None) -> Locator | None:
        chapter, verse = _number(hit["c"]), _number(hit["v"])
        if _TIME.match(self.text, hit.end(), hit.end() + 12) and not lead.canon:
            return None
        if lead.canon and (lead.book or self._is_numbered(lead.canon)):
            return self._make(
                hit, lead.start, lead.canon, lead.book, "led in by the canon's name or a book's"
            )
        if lead.units and self._fits_quran(chapter, verse):
            return self._make(hit, lead.start, "quran", None, "led in by the word verse or chapter")
        if (
            last is not None
            and 0 <= hit.start() - last.end <= 12
            and _LIST.match(self.text[last.end : hit.start()])
            and self._fits(last, chapter, verse)
        ):
            book = last.chapter.rsplit(" ", 1)[0] if last.canon == "bible" else None
            return self._make(hit, hit.start(), last.canon, book, "in a list after another locator")
        return None

    def _settle_loose(
        self, loose: Sequence[tuple[re.Match[str], Locator | None]], first: Locator | None
    ) -> Iterator[Locator]:
        """Yield numbers that stand alone after "see" or in brackets, of the canon cited last before them."""
        for hit, before in loose:
            near = before or first
            if near is None or not self._is_cued(hit):
                continue
            if near.canon == "bible" and hit.start() - near.end < 600:
                yield self._make(
                    hit,
                    hit.start(),
                    "bible",
                    near.chapter.rsplit(" ", 1)[0],
                    "alone, after a book named before",
                )
            elif self._fits_quran(_number(hit["c"]), _number(hit["v"])) and "quran" in (
                near.canon,
                first.canon if first else "",
            ):
                yield self._make(
                    hit, hit.start(), "quran", None, "alone, in a text that cites the Quran elsewhere"
                )

    def _is_cued(self, hit: re.Match[str]) -> bool:
        before = self.text[max(0, hit.start() - 16) : hit.start()]
        if _TIME.match(self.text, hit.end(), hit.end() + 12) or _CLOCK.search(before):
            return False
        return _CUE.search(before) is not None

    def _is_numbered(self, canon: str) -> bool:
        return (self.canons[canon].numbering or "").split(":")[0] != "book chapter"

    def _fits_quran(self, chapter: int, verse: int) -> bool:
        canon = self.canons.get("quran")
        return canon is not None and 0 < verse <= canon.sizes.get(str(chapter), 0)

    def _fits(self, last: Locator, chapter: int, verse: int) -> bool:
        if last.canon == "quran":
            return self._fits_quran(chapter, verse)
        return chapter <= 150 and verse <= 176

    def _make(self, hit: re.Match[str], start: int, canon: str, book: str | None, reason: str) -> Locator:
        chapter, verse = _number(hit["c"]), _number(hit["v"])
        until = (
            f"-{_number(hit['c2'])}:{_number(hit['v2'])}"
            if hit["c2"]
            else f"-{_number(hit['v2'])}"
            if hit["v2"]
            else ""
        )
        named = f"{book} {chapter}" if book and canon == "bible" else str(chapter)
        return Locator(start, hit.end(), canon, named, f"{canon} {named}:{verse}{until}", reason)

    def _find_named(self) -> Iterator[Locator]:
        """Yield a sura's name with a verse's number: [التوبة: 5], Surat al-Tawba 5."""
        for hit in _NAMED.finditer(self.text, self.start, self.end):
            book = self.lexicon.books.get(make_key(hit["name"]))
            if book is None or book[0] != "quran":
                continue
            sure = "سورة" in hit[0] or hit["name"][0] > "\u0600" or hit[0][:1] in "Ss"
            if not sure and not self._fits_quran(int(book[1]), _number(hit["v"])):
                continue
            opens = hit.start("named") if self.text[hit.start()] in "[(﴾" else hit.start()
            yield Locator(
                opens,
                hit.end("v2") if hit["v2"] else hit.end("v"),
                "quran",
                book[1],
                f"quran {book[1]}:{_read_verses(hit)}",
                "a sura's name and a verse",
            )

    def _find_verses(self) -> Iterator[Locator]:
        """Yield "Surat al-Tawba, verse 5" and "verse 5 of Surat al-Tawba"."""
        for hit in _VERSE.finditer(self.text, self.start, self.end):
            lead = read_lead(self.text, hit.start(), self.lexicon, self.start)
            if lead.canon == "quran" and lead.book:
                yield Locator(
                    lead.start,
                    hit.end(),
                    "quran",
                    lead.book,
                    f"quran {lead.book}:{_read_verses(hit)}",
                    "a sura's name and a verse",
                )
                continue
            after = _OF.match(self.text, hit.end(), hit.end() + 60)
            named = self._read_sura(after) if after else None
            if named:
                until, book = named
                yield Locator(
                    hit.start(),
                    until,
                    "quran",
                    book,
                    f"quran {book}:{_read_verses(hit)}",
                    "a verse of a named sura",
                )

    def _read_sura(self, after: re.Match[str]) -> tuple[int, str] | None:
        """Return where a sura's name of two words or one ends, and its number: "Surat al-Baqarah we read"."""
        words = after["name"].split()
        for size in range(len(words), 0, -1):
            name = " ".join(words[:size])
            book = self.lexicon.books.get(make_key(name))
            if book is not None and book[0] == "quran":
                return after.start("name") + len(name), book[1]
        return None

    def _find_articles(self) -> Iterator[Locator]:
        """Yield "Article 4" of a canon whose units are at hand: a whole article, or one clause of it."""
        own = [canon for canon in self.canons.values() if canon.units and not canon.books]
        for canon in own:
            names = "|".join(re.escape(word) for word in sorted(canon.locators, key=len, reverse=True))
            if not names:
                continue
            for lead in re.finditer(rf"\b(?P<lead>{names}),?\s(?={_D})", self.text[: self.end]):
                hit = _ARTICLE.match(self.text, lead.end(), self.end)
                if hit and lead.start() >= self.start and self._is_own_article(canon, hit):
                    sub = hit["sub"] or hit["clause"]
                    ref = f"{_number(hit['v'])}:{_number(sub)}" if sub else str(_number(hit["v"]))
                    yield Locator(
                        lead.start("lead"),
                        hit.end(),
                        canon.name,
                        ref.split(":")[0],
                        f"{canon.name} {ref}",
                        "an article of the canon",
                    )

    def _is_own_article(self, canon: Canon, hit: re.Match[str]) -> bool:
        known = any(ref.split(":")[0] == str(_number(hit["v"])) for ref in canon.units)
        after = self.text[hit.end() : hit.end() + 60]
        other = re.match(r"\sof\s(?:the\s)?(?P<of>[A-Z]\w+)", after)
        strange = other is not None and other["of"] not in " ".join((*canon.locators, canon.title))
        return known and not strange and not re.match(r"[:.,]\d|\d", after)


_OF = re.compile(
    r"\s(?:of|from|من)\s(?:the\s)?(?:[Cc]hapter\s|[Ss][uū]ra[ht]?\s|سورة\s)(?P<name>[^\W\d_][\w'’-]{1,18}(?:\s[^\W\d_][\w'’-]{1,14})?)"
)


def _number(digits: str) -> int:
    return int(digits.translate(_DIGITS))


def _read_verses(hit: re.Match[str]) -> str:
    return str(_number(hit["v"])) + (f"-{_number(hit['v2'])}" if hit["v2"] else "")


def _drop_overlaps(found: Sequence[Locator]) -> list[Locator]:
    """Return the locators in order, the longer and the earlier one where two meet; a whole chapter yields to a verse."""
    kept: list[Locator] = []
    for locator in sorted(found, key=lambda one: (":" not in one.ref, one.start, -one.end)):
        at = bisect_left(kept, locator.end, key=lambda one: one.start)
        if at == 0 or kept[at - 1].end <= locator.start:
            kept.insert(at, locator)
    return kept
