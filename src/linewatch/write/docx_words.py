"""Words as WordprocessingML runs: storable characters only, each stretch with its script's direction, face and language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from lxml.etree import _Element as Element

from linewatch.write.docx_xml import make, make_text
from linewatch.write.tree import Code, Direction, Emphasis, Inline, Isolate, NoteRef, Text

MARKS: dict[Direction, str] = {"ltr": "\u200e", "rtl": "\u200f"}
REGIONS = {"ar": "ar-SA", "en": "en-GB", "fa": "fa-IR", "he": "he-IL", "ur": "ur-PK"}
"""Word looks a language up with its region."""

_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_RTL_LETTER = re.compile(f"[{_RTL}]")
_LTR_LETTER = re.compile(rf"(?![{_RTL}])[^\W\d_]")
_STRETCHES: dict[Direction, re.Pattern[str]] = {
    # From one letter to the last of its direction before a letter of the other.
    "rtl": re.compile(rf"[{_RTL}](?:[{_RTL}\W\d_]*[{_RTL}])?"),
    "ltr": re.compile(rf"(?![{_RTL}])[^\W\d_](?:[^{_RTL}]*(?![{_RTL}])\w)?"),
}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_PIECE = re.compile(r"[\n\t]|[^\n\t]+")


@dataclass(frozen=True, kw_only=True)
class Dress:
    """How a stretch of words is set."""

    direction: Direction = "ltr"
    language: str | None = None
    code: bool = False
    strong: bool = False
    slanted: bool = False


def clean(words: str) -> str:
    r"""Return words that XML can hold and that cannot turn the line around them.

    A replacement character stands where one was that no XML can hold; marks of direction are left out.

    >>> clean("a\x00b\ud800\u202ec")
    'a�b�c'
    """
    return _UNSTORABLE.sub("\ufffd", _TURNING.sub("", words.replace("\r\n", "\n").replace("\r", "\n")))


def is_rtl(children: tuple[Inline, ...]) -> bool:
    """Return whether the words are of a right-to-left script and of no other."""
    words = "".join(_find_words(children))
    return has_rtl(children) and not _LTR_LETTER.search(words)


def has_rtl(children: tuple[Inline, ...]) -> bool:
    """Return whether any of the words are of a right-to-left script."""
    return any(_RTL_LETTER.search(words) for words in _find_words(children))


def make_runs(child: Inline, dress: Dress) -> Iterator[Element]:
    """Yield the runs of one inline that is not a note's number, in a paragraph of the dress's direction."""
    if isinstance(child, Text):
        yield from _make_stretches(clean(child.words), dress)
    elif isinstance(child, Isolate):
        own = replace(dress, direction=child.direction, language=child.language)
        yield from _make_isolate(clean(child.words), own, dress)
    elif isinstance(child, Code):
        own = replace(dress, direction="ltr", code=True)
        yield from _make_isolate(clean(child.words), own, dress)


def dress_emphasis(child: Emphasis, dress: Dress) -> Dress:
    """Return the dress of what stands inside an emphasis."""
    return replace(dress, strong=dress.strong or child.strong, slanted=dress.slanted or not child.strong)


def make_run(words: str, dress: Dress) -> Element:
    """Return one run; a new line in the words is a line break."""
    run = make("r", *_make_properties(dress))
    for piece in _PIECE.findall(words):
        run.append(_make_piece(piece))
    return run


def get_language(language: str | None) -> str | None:
    """Return a language as Word names it, None for what is not the name of one.

    >>> get_language("ar"), get_language("de"), get_language("not a language")
    ('ar-SA', 'de', None)
    """
    if language is None or not _LANGUAGE.fullmatch(language):
        return None
    return REGIONS.get(language, language)


def _make_stretches(words: str, dress: Dress) -> Iterator[Element]:
    """Yield the runs of plain words: those of the paragraph's direction, and between them those of the other."""
    other = replace(dress, direction="ltr" if dress.direction == "rtl" else "rtl", language=None)
    end = 0
    for match in _STRETCHES[other.direction].finditer(words):
        if match.start() > end:
            yield make_run(words[end : match.start()], dress)
        yield from _make_isolate(match[0], other, dress)
        end = match.end()
    if end < len(words):
        yield make_run(words[end:], dress)


def _make_isolate(words: str, own: Dress, around: Dress) -> Iterator[Element]:
    """Yield words of their own direction, closed with a mark of the paragraph's where that is the other.

    A number after an Arabic name would otherwise be drawn on the wrong side of it.
    """
    if own.direction == around.direction:
        yield make_run(words, own)
    else:
        yield make_run(_steady(words, own.direction), own)
        yield make_run(MARKS[around.direction], around)


def _steady(words: str, direction: Direction) -> str:
    """Return words that begin and end in their direction, a mark standing at an end that is not a letter."""
    letter = _RTL_LETTER if direction == "rtl" else _LTR_LETTER
    before = "" if letter.match(words[:1]) else MARKS[direction]
    after = "" if letter.match(words[-1:]) else MARKS[direction]
    return f"{before}{words}{after}"


def _make_properties(dress: Dress) -> list[Element]:
    found = list(_find_properties(dress))
    return [make("rPr", *found)] if found else []


def _find_properties(dress: Dress) -> Iterator[Element]:
    """Yield the properties in the order the schema asks for."""
    if dress.code:
        yield make("rStyle", val="Code")
    if dress.strong:
        yield from (make("b"), make("bCs"))
    if dress.slanted:
        yield make("i")  # and no iCs: Arabic is not slanted
    if dress.direction == "rtl":
        yield make("rtl")
    language = get_language(dress.language) or ("ar-SA" if dress.direction == "rtl" else None)
    if language is not None:
        yield make("lang", **{"bidi" if dress.direction == "rtl" else "val": language})


def _make_piece(piece: str) -> Element:
    if piece in "\n\t":
        return make("br") if piece == "\n" else make("tab")
    return make_text("t", piece)


def _find_words(children: Iterable[Inline]) -> Iterator[str]:
    for child in children:
        if isinstance(child, Emphasis):
            yield from _find_words(child.children)
        elif not isinstance(child, NoteRef | Code):
            yield child.words
