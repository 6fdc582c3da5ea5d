"""Reads the text of an edition by unit: Tanzil's `sura|aya|text`, USFM and OSIS. A broken line is an InputError with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError, XMLParser

from linewatch.errors import InputError
from linewatch.resources import load_table

_LINE = re.compile(r"(\d{1,3})\|(\d{1,3})\|(.*)")
_MARKER = re.compile(r"\\(?P<name>\+?[a-z]+\d*)(?:(?P<end>\*)|\s|(?=\\)|\Z)")
_NOTE = re.compile(r"\\(?P<n>f|fe|x|ef|rq)\s.*?\\(?P=n)\*|\\fig\s.*?\\fig\*", re.DOTALL)
_ATTRIBUTES = re.compile(r"\|[^\\|]*(?=\\\+?\w+\*)")
_NOT_TEXT = frozenset(
    [
        "id",
        "ide",
        "h",
        "toc1",
        "toc2",
        "toc3",
        "toca1",
        "toca2",
        "toca3",
        "mt",
        "mt1",
        "mt2",
        "mt3",
        "s",
        "s1",
        "s2",
        "s3",
        "ms",
        "ms1",
        "r",
        "d",
        "sr",
        "mr",
        "rem",
        "sts",
        "cl",
        "cp",
        "cd",
        "sp",
    ]
)
_VERSES = re.compile(r"(\d+)[a-z]?(?:-(\d+)[a-z]?)?\s?")


class Read(NamedTuple):
    """The units of an edition in its order, and the notice that stands in its file."""

    units: dict[str, str]
    notice: str = ""


@cache
def get_book_codes() -> dict[str, str]:
    """Return the book that each USFM and OSIS code stands for, codes in capitals."""
    return {
        str(code).upper(): str(book) for book, codes in load_table("bible_codes").items() for code in codes
    }


def read_tanzil(text: str) -> Read:
    r"""Return the verses of `sura|aya|text` lines; lines that begin with # are the notice.

    >>> read_tanzil("1|1|In the name\n# Source: X").units
    {'1:1': 'In the name'}
    """
    units: dict[str, str] = {}
    notice: list[str] = []
    for n, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            notice.append(line.lstrip("# ").rstrip())
            continue
        hit = _LINE.fullmatch(line.strip())
        if hit is None:
            raise InputError(f"line {n} is not sura|aya|text: {line[:40]!r}", hint="each line is 2|255|text")
        ref = f"{int(hit[1])}:{int(hit[2])}"
        if ref in units:
            raise InputError(f"line {n}: {ref} stands in the file twice", hint="keep one of the two")
        units[ref] = hit[3].strip()
    return Read(units, "\n".join(notice).strip())


def read_usfm(text: str) -> Read:
    r"""Return the verses of a USFM book or of several in one file; notes and headings are left out.

    >>> read_usfm(r"\id JHN x \c 3 \p \v 16 God so loved\f + \ft note\f* the world").units
    {'John 3:16': 'God so loved the world'}
    """
    plain = _ATTRIBUTES.sub("", _NOTE.sub("", text.lstrip("\ufeff")))
    units: dict[str, list[str]] = {}
    book, chapter, verse, at = None, "", "", 0
    for hit in _MARKER.finditer(plain):
        if verse and book:
            units.setdefault(f"{book} {chapter}:{verse}", []).append(plain[at : hit.start()])
        at, name = hit.end(), hit["name"].lstrip("+")
        word = plain[at : at + 12].split(maxsplit=1)[0] if plain[at : at + 12].strip() else ""
        if name == "id":
            book, chapter, verse = _get_book(word), "", ""
        elif name == "c":
            chapter, verse = word, ""
        elif name == "v":
            verse, at = _read_verse(plain, at)
        elif name in _NOT_TEXT and not hit["end"]:
            at = _skip_line(plain, at)
    if verse and book:
        units.setdefault(f"{book} {chapter}:{verse}", []).append(plain[at:])
    return Read({ref: " ".join("".join(parts).split()) for ref, parts in units.items()})


def _read_verse(plain: str, at: int) -> tuple[str, int]:
    hit = _VERSES.match(plain, at)
    if hit is None:
        raise InputError(f"\\v is not followed by a number: {plain[at : at + 20]!r}", hint="mend the file")
    return hit[1], hit.end()


def _skip_line(plain: str, at: int) -> int:
    end = plain.find("\n", at)
    return len(plain) if end < 0 else end


def _get_book(code: str) -> str:
    book = get_book_codes().get(code.upper())
    if book is None:
        raise InputError(f"{code!r} is not a book's code", hint="\\id GEN, \\id 1CO, ... as in USFM")
    return book


def read_osis(text: str) -> Read:
    """Return the verses of an OSIS file, in containers or between milestones; notes and titles are left out.

    >>> read_osis('<osis><verse osisID="John.3.16">God so <note>n</note>loved</verse></osis>').units
    {'John 3:16': 'God so loved'}
    """
    units: dict[str, list[str]] = {}
    here: list[str] = []
    for kind, value in _walk_osis(text):
        if kind == "open":
            here = [_read_osis_id(value)]
            units.setdefault(here[0], [])
        elif kind == "close":
            here = []
        elif here:
            units[here[0]].append(value)
    return Read({ref: " ".join("".join(parts).split()) for ref, parts in units.items()})


def _walk_osis(text: str) -> Iterator[tuple[str, str]]:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise InputError("an OSIS file with a DOCTYPE is not read", hint="take the DOCTYPE out")
    parser = XMLParser()  # noqa: S314 - no DOCTYPE, so no entities
    try:
        parser.feed(text.lstrip("\ufeff"))
        root = parser.close()
    except ParseError as error:
        raise InputError(f"not well-formed XML: {error}", hint="mend the file") from error
    yield from _walk_element(root)


def _walk_element(root: Element) -> Iterator[tuple[str, str]]:
    stack: list[tuple[str, Element | str]] = [("in", root)]
    while stack:
        kind, item = stack.pop()
        if isinstance(item, str):
            yield kind, item
            continue
        name = item.tag.rsplit("}", 1)[-1]
        if name in {"note", "title", "header"}:
            if item.tail:
                yield "text", item.tail
            continue
        todo: list[tuple[str, Element | str]] = []
        if name == "verse" and item.get("osisID") and not item.get("eID"):
            todo.append(("open", str(item.get("osisID"))))
        if item.text:
            todo.append(("text", item.text))
        todo += [("in", child) for child in item]
        if name == "verse" and (item.get("eID") or not item.get("sID")):
            todo.append(("close", ""))
        if item.tail:
            todo.append(("text", item.tail))
        stack.extend(reversed(todo))


def _read_osis_id(printed: str) -> str:
    parts = printed.split(maxsplit=1)[0].split(".")
    if len(parts) != 3:
        raise InputError(f"osisID {printed!r} is not book.chapter.verse", hint="such as John.3.16")
    return f"{_get_book(parts[0])} {parts[1]}:{parts[2]}"


READERS: dict[str, Callable[[str], Read]] = {"tanzil": read_tanzil, "usfm": read_usfm, "osis": read_osis}
