"""Further notations of locators: "Ra'd (13):42", "Al-Anfal: 15-16", 9"29, "sura 2, verse 255", whole suras and psalms, and lists of verses.

Each form is one pattern around the numbers; the name before it is read by the lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from linewatch.find.lexicon import Lexicon, make_key, read_lead
from linewatch.model import Canon

D = "[0-9٠-٩۰-۹]"
_RANGE = rf"(?P<v>{D}{{1,3}})[a-d]?(?:\s?[-–—]\s?(?P<v2>{D}{{1,3}})[a-d]?)?"
_ENDS = r"(?=\s?[\])}﴿.,،;:\"”’»*]|\s*\Z|\s(?:and|see|in|on|or|which|و)\b|\s*\n)(?![:.]\d)"
_VERSES = r"(?:[Vv]erses?|[Vv]v?\.|[Aa]yah?s?|[Aa]yat|(?:ال)?آيات|(?:ال)?آيتين|(?:ال)?آية)"
_CHAPTER = r"(?:\b[Ss][uū]ra[ht]?|\b[Cc]hapter|(?:ال)?سورة)"
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")

_PAREN = re.compile(rf"\(\s?(?P<c>{D}{{1,3}})\s?\)\s?[:,،]\s?{_RANGE}")
_DITTO = re.compile(rf"(?<![\d:.])(?P<c>{D}{{1,3}})\"{_RANGE}(?![\w\"])")
_COLON = re.compile(rf"\s?[:/]\s?{_RANGE}{_ENDS}")
_BOTH = re.compile(
    rf"{_CHAPTER}\s(?P<c>{D}{{1,3}})(?:\s?\((?P<name>[^()\n]{{2,24}})\))?\s?[,،:]?\s?(?:{_VERSES}\s)?{_RANGE}(?![\d:])"
)
_VERSE_OF = re.compile(rf"\b[Vv]erses?\s{_RANGE}\s(?:of|from)\s{_CHAPTER}\s(?P<c>{D}{{1,3}})")
_OF_CANON = re.compile(r"\sof\sthe\s(?:Holy\s|Noble\s)?(?P<canon>[\w'’ʾ]{3,12})")
_SURA = re.compile(
    rf"(?:\b[Ss][uū]ra[ht]?\s|سورة\s)(?:(?P<c>{D}{{1,3}})(?!\s?[\d:،,(]|\s{_VERSES})|(?P<name>[^\W\d_][\w'’ʿʾ‘`-]*(?:\s[^\W\d_][\w'’ʿʾ‘`-]*)?))"
)
_WHOLE = re.compile(rf"(?<![\d:.,])(?P<c>{D}{{1,3}})(?![\d:.]*\d|\s?[:%°]|\s?(?:,\d|[-–]\s?\d))")
_MORE = re.compile(
    rf"(?P<sep>\s?[,،]\s?(?:and\s|و\s?)?|\s(?:and|و)\s)(?P<v>{D}{{1,3}})(?:\s?[-–—]\s?(?P<v2>{D}{{1,3}}))?{_ENDS}"
)
_ROMAN = re.compile(rf"(?<![\w.])(?P<c>[IVXLC]{{1,8}}|[ivxlc]{{1,8}})\s?[.:,]\s?{_RANGE}(?![\d:]|\.\d)")
_ROMAN_FORM = re.compile(r"c?(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_WORTH = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_SAFE = frozenset(
    [
        "Psalms",
        "Genesis",
        "Exodus",
        "Leviticus",
        "Deuteronomy",
        "Isaiah",
        "Jeremiah",
        "Ezekiel",
        "Proverbs",
        "Ecclesiastes",
        "Lamentations",
        "Matthew",
        "Romans",
        "Galatians",
        "Ephesians",
        "Philippians",
        "Colossians",
        "Hebrews",
        "Revelation",
        "Corinthians",
        "Thessalonians",
        "Timothy",
        "Peter",
        "Samuel",
        "Chronicles",
        "Zechariah",
        "Habakkuk",
        "Malachi",
    ]
)
"""Books whose name with one number after it is a chapter: "Mark 5", "Job 3" and "Acts 2" are said of other things too."""
_SHORT = frozenset({"ps", "psalm", "psalms", "pss", "مزمور"})
_WIDEST = 300


class Noted(NamedTuple):
    """A locator in one of these notations: where, whose, which chapter, and the verses as printed; none for a whole chapter."""

    start: int
    end: int
    canon: str
    chapter: str
    verses: str
    reason: str


def find_notations(
    text: str, canons: Mapping[str, Canon], lexicon: Lexicon, start: int, end: int
) -> Iterator[Noted]:
    """Yield the locators of these forms, which may overlap those of others."""
    yield from _find_romans(text, lexicon, start, end)
    if "quran" in canons:
        yield from _find_quran(text, lexicon, start, end)
        yield from _find_suras(text, canons["quran"], lexicon, start, end)
    if "bible" in canons:
        yield from _find_chapters(text, lexicon, start, end)


def _find_romans(text: str, lexicon: Lexicon, start: int, end: int) -> Iterator[Noted]:
    """Yield "Koran, xvi. 106" and "Matt. v. 9", as older books print them: only after a canon's or a book's name."""
    for hit in _ROMAN.finditer(text, start, end):
        lead = read_lead(text, hit.start(), lexicon, start)
        chapter = read_roman(hit["c"])
        if lead.start == hit.start() or chapter is None:
            continue
        if lead.canon == "quran":
            yield Noted(
                lead.start, _end(hit), "quran", str(chapter), read_range(hit), "a chapter in Roman numerals"
            )
        elif lead.canon == "bible" and lead.book:
            named = f"{lead.book} {chapter}"
            yield Noted(lead.start, _end(hit), "bible", named, read_range(hit), "a chapter in Roman numerals")


def read_roman(letters: str) -> int | None:
    """Return the number that Roman numerals write, None where they write none.

    >>> read_roman("xvi"), read_roman("IC")
    (16, None)
    """
    value, low = 0, letters.lower()
    if _ROMAN_FORM.fullmatch(low) is None:
        return None
    for at, letter in enumerate(low):
        worth = _WORTH[letter]
        value += -worth if at + 1 < len(low) and _WORTH[low[at + 1]] > worth else worth
    return value or None


def _find_quran(text: str, lexicon: Lexicon, start: int, end: int) -> Iterator[Noted]:
    for hit in _PAREN.finditer(text, start, end):
        name = _read_name(text, hit.start(), lexicon, start)
        if name is not None and name[1] == str(number(hit["c"])):
            yield Noted(
                name[0], _end(hit), "quran", name[1], read_range(hit), "a sura's name, number and verse"
            )
    for hit in _DITTO.finditer(text, start, end):
        lead = read_lead(text, hit.start(), lexicon, start)
        if lead.canon == "quran":
            yield Noted(
                lead.start,
                _end(hit),
                "quran",
                str(number(hit["c"])),
                read_range(hit),
                "led in by the canon's name",
            )
    for hit in _BOTH.finditer(text, start, end):
        sura = text[hit.start() : hit.start() + 1] not in "Cc"
        of = _OF_CANON.match(text, _end(hit))
        if (
            sura
            or (of and lexicon.words.get(make_key(of["canon"])) == "quran")
            or read_lead(text, hit.start(), lexicon, start).canon == "quran"
        ):
            lead = read_lead(text, hit.start(), lexicon, start)
            first = lead.start if lead.canon == "quran" else hit.start()
            yield Noted(
                first,
                of.end() if of and not sura else _end(hit),
                "quran",
                str(number(hit["c"])),
                read_range(hit),
                "a sura's number and a verse",
            )
    for hit in _VERSE_OF.finditer(text, start, end):
        of = _OF_CANON.match(text, hit.end())
        if of and lexicon.words.get(make_key(of["canon"])) == "quran":
            yield Noted(
                hit.start(),
                of.end(),
                "quran",
                str(number(hit["c"])),
                read_range(hit),
                "a verse of a numbered sura",
            )
    yield from _find_colons(text, lexicon, start, end)


def _find_colons(text: str, lexicon: Lexicon, start: int, end: int) -> Iterator[Noted]:
    """Yield "Al-Anfal: 15-16" and "الدخان/ 43": a name with the article, a colon, and a verse after which no words go on."""
    for hit in _COLON.finditer(text, start, end):
        before = text[max(start, hit.start() - 40) : hit.start()]
        word = re.search(r"(?P<name>[^\W\d_][\w'’ʿʾ‘`-]*(?:\s[^\W\d_][\w'’ʿʾ‘`-]*)?)\Z", before)
        if word is None:
            continue
        for name in (word["name"], word["name"].split()[-1]):
            book = lexicon.books.get(make_key(name))
            if book is not None and book[0] == "quran" and _is_sura_name(name, hit[0]):
                yield Noted(
                    hit.start() - len(name),
                    _end(hit),
                    "quran",
                    book[1],
                    read_range(hit),
                    "a sura's name and a verse",
                )
                break


def _is_sura_name(name: str, tail: str) -> bool:
    if name[0] > "\u0600":
        return "/" in tail
    return re.match(r"[Aa][lnrstdz]h?s?[- ]", name) is not None


def _read_name(text: str, at: int, lexicon: Lexicon, low: int) -> tuple[int, str] | None:
    """Return the sura's name that ends before a place, with or without its article: where it begins, and its number."""
    word = re.search(r"(?P<name>[^\W\d_][\w'’ʿʾ‘`-]*)\s?\Z", text[max(low, at - 30) : at])
    if word is None:
        return None
    key = make_key(word["name"])
    book = lexicon.books.get(key) or lexicon.books.get(f"al{key}")
    return (max(low, at - 30) + word.start(), book[1]) if book is not None and book[0] == "quran" else None


def _find_suras(text: str, canon: Canon, lexicon: Lexicon, start: int, end: int) -> Iterator[Noted]:
    for hit in _SURA.finditer(text, start, end):
        if hit["c"]:
            if str(number(hit["c"])) in canon.sizes:
                yield Noted(
                    hit.start(), hit.end(), "quran", str(number(hit["c"])), "", "a whole sura, by number"
                )
            continue
        words = hit["name"].split()
        for size in range(len(words), 0, -1):
            name = " ".join(words[:size])
            book = lexicon.books.get(make_key(name))
            if book is not None and book[0] == "quran":
                yield Noted(
                    hit.start(),
                    hit.start("name") + hit["name"].find(words[size - 1]) + len(words[size - 1]),
                    "quran",
                    book[1],
                    "",
                    "a whole sura, by name",
                )
                break


def _find_chapters(text: str, lexicon: Lexicon, start: int, end: int) -> Iterator[Noted]:
    for hit in _WHOLE.finditer(text, start, end):
        lead = read_lead(text, hit.start(), lexicon, start)
        if lead.canon != "bible" or not lead.book or lead.start == hit.start():
            continue
        printed = make_key(text[lead.start : hit.start()])
        whole = printed in _SHORT or printed == make_key(lead.book) or lead.book[0].isdigit()
        if whole and lead.book.split()[-1] in _SAFE and number(hit["c"]) <= 150:
            yield Noted(
                lead.start, hit.end(), "bible", f"{lead.book} {number(hit['c'])}", "", "a whole chapter"
            )


def read_more(text: str, at: int, end: int) -> tuple[int, str]:
    """Return the verses listed after a locator that ends at `at`, and where they end: ", 57" of "5:54, 57"."""
    more = ""
    while (hit := _MORE.match(text, at, end)) is not None and number(hit["v"]) <= _WIDEST:
        more += f", {read_range(hit)}"
        at = _end(hit)
    return at, more


def read_range(hit: re.Match[str]) -> str:
    """Return the verses that a pattern met: `15-16`."""
    return str(number(hit["v"])) + (f"-{number(hit['v2'])}" if hit["v2"] else "")


def _end(hit: re.Match[str]) -> int:
    end = hit.end("v2") if hit["v2"] else hit.end("v")
    return (
        end + 1
        if hit.string[end : end + 1] in set("abcd") and not hit.string[end + 1 : end + 2].isalnum()
        else end
    )


def number(digits: str) -> int:
    """Return the number that digits of either script write."""
    return int(digits.translate(_DIGITS))


def tell_impossible(canon: Canon, ref: str) -> str | None:
    """Return why a reference cannot be: there is no such chapter, or it has fewer verses; None for one that can.

    >>> tell_impossible(Canon(name="quran", title="", numbering="sura:verse", sizes={"2": 286}), "2:287")
    'quran 2 has 286 verses'
    """
    if not canon.sizes:
        return None
    chapter, _, verses = ref.partition(":")
    if canon.numbering == "sura:verse":
        size = canon.sizes.get(chapter)
        if size is None:
            return f"the {canon.name} has no chapter {chapter}"
        named = [int(one) for one in re.findall(r"(?<![\d:])\d+(?!\d*:)", verses)]
        return (
            f"{canon.name} {chapter} has {size} verses"
            if any(not 0 < one <= int(size) for one in named)
            else None
        )
    book, _, n = chapter.rpartition(" ")
    named = [int(one) for one in re.findall(r"(?<![\d:])\d+(?!\d*:)", verses)]
    if not n.isdigit() or (named and min(named) > 0 and max(named) <= canon.elsewhere.get(chapter, 0)):
        return None
    size = canon.sizes.get(book)
    if size is not None and not 0 < int(n) <= int(size):
        return f"{book} has {size} chapters"
    return _tell_no_verse(canon, book, int(n), named, verses)


def _tell_no_verse(canon: Canon, book: str, n: int, named: Sequence[int], verses: str) -> str | None:
    """Return why a chapter of a book has not the verses named; a range into the next chapter is not looked at."""
    counts = canon.verses.get(book, ())
    if n > len(counts) or ":" in verses or all(0 < one <= counts[n - 1] for one in named):
        return None
    return f"{book} {n} has {counts[n - 1]} verses"
