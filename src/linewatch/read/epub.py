"""Reads EPUB: one document in the order of reading, with headings; a locked book is named with who locked it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from linewatch.model import Document, Portion, Problem
from linewatch.read import html
from linewatch.read.epub_package import (
    CONTAINER,
    LOCKS,
    Book,
    Chapter,
    explain,
    find_package_path,
    find_rights,
    list_locked,
    read_package,
)
from linewatch.read.package import BrokenPackageError, open_package
from linewatch.read.parts import Part, get_document_id, join_parts, make_problem

NAME = "epub.v1"
MEDIA_TYPES = ("application/epub+zip",)

_UNREADABLE = (etree.XMLSyntaxError, BrokenPackageError, ValueError)
_CLOSED = re.compile(rb"<([A-Za-z][\w:-]{0,30})((?:\s[^<>]{0,2000}?)?)/>")
_VOID = frozenset(
    {
        b"area",
        b"base",
        b"br",
        b"col",
        b"embed",
        b"hr",
        b"img",
        b"input",
        b"link",
        b"meta",
        b"param",
        b"source",
        b"track",
        b"wbr",
    }
)
_CONTENTS = "the table of contents, which repeats the headings"


@dataclass
class _Reading:
    """A book under way."""

    evidence: str
    parts: dict[str, bytes]
    locked: frozenset[str] = frozenset()
    problems: list[Problem] = field(default_factory=list)
    outcomes: dict[str, Portion] = field(default_factory=dict)
    """What became of each part that is in the order of reading."""
    asides: list[Portion] = field(default_factory=list)

    def tell(self, kind: str, message: str, where: str | None = None) -> None:
        self.problems.append(make_problem(kind, message, self.evidence, where))


def read(data: bytes, *, evidence: str) -> Document:
    """Return the document of the book; a package that cannot be opened safely has no text and a problem."""
    try:
        package = open_package(data)
    except BrokenPackageError as error:
        return _make_unread(str(error), evidence)
    reading = _Reading(evidence, package.parts)
    book = _read_book(reading)
    parts = [part for chapter in book.chapters for part in _read_chapter(reading, chapter)]
    text, blocks = join_parts(_name_title(parts, book.metadata.get("title")))
    if not (package.parts or package.refused):
        return _make_unread("the package is empty", evidence)
    if not text:
        reading.tell("empty", "the book holds no words that can be read")
    for name, reason in package.refused.items():
        reading.tell("unreadable-part", f"{name}: {reason}", name)
    return Document(
        id=get_document_id(evidence, NAME, text),
        evidence=evidence,
        reader=NAME,
        text=text,
        blocks=blocks,
        portions=(
            *_list_portions(reading),
            *(_refuse(name, reason) for name, reason in package.refused.items()),
        ),
        problems=tuple(reading.problems),
        metadata=book.metadata,
    )


def _make_unread(reason: str, evidence: str) -> Document:
    return Document(
        id=get_document_id(evidence, NAME, ""),
        evidence=evidence,
        reader=NAME,
        text="",
        blocks=(),
        portions=(_refuse("the file", reason),),
        problems=(make_problem("unreadable", f"no book that can be opened: {reason}", evidence),),
    )


def _refuse(where: str, reason: str) -> Portion:
    return Portion(where=where, size=1, unit="parts", outcome="not understood", reason=reason)


def _read_book(reading: _Reading) -> Book:
    """Return the order of reading, and tell what stands in its way."""
    _find_locks(reading)
    try:
        path = find_package_path(reading.parts.get(CONTAINER, b""))
        if path is None or path not in reading.parts:
            raise BrokenPackageError(f"its package document {path!r} is not in it")
        return read_package(reading.parts[path], path)
    except _UNREADABLE as error:
        reading.tell("unreadable", f"the order of its parts cannot be read: {explain(error)}")
        return Book((), {})


def _find_locks(reading: _Reading) -> None:
    try:
        reading.locked = frozenset(list_locked(reading.parts[LOCKS]) if LOCKS in reading.parts else ())
    except _UNREADABLE as error:
        reading.tell("unreadable-part", f"{LOCKS}: {explain(error)}", LOCKS)
    if reading.locked:
        who = find_rights(reading.parts) or "rights management of an unknown kind"
        reading.tell("encrypted", f"{len(reading.locked)} parts are locked by {who}", LOCKS)


def _read_chapter(reading: _Reading, chapter: Chapter) -> Iterator[Part]:
    """Yield the blocks of a part in the order of reading, and keep what became of it."""
    name = chapter.path
    if name in reading.outcomes:
        return
    if name in reading.locked:
        reading.outcomes[name] = _refuse(name, "locked")
    elif name not in reading.parts:
        reading.outcomes[name] = _refuse(name, "not in the file")
        reading.tell("missing-part", f"{name} is in the order of reading and not in the file", name)
    else:
        page = html.read(open_elements(reading.parts[name]), evidence=reading.evidence)
        aside = _CONTENTS if chapter.is_contents else None
        reading.outcomes[name] = Portion(
            where=name,
            size=1,
            unit="parts",
            outcome="set aside" if aside else "read",
            reason=aside,
            text=page.text if aside else None,
        )
        _keep_asides(reading, page, name)
        if not aside:
            yield from _list_parts(page)


def open_elements(source: bytes) -> bytes:
    """Return XHTML with elements that close themselves written as HTML does, which would leave `<title/>` open to the end.

    >>> open_elements(b"<title/><br/><a id='x'/>Row")
    b"<title></title><br/><a id='x'></a>Row"
    """
    return _CLOSED.sub(
        lambda hit: hit[0] if hit[1].lower() in _VOID else b"<%s%s></%s>" % (hit[1], hit[2], hit[1]), source
    )


def _keep_asides(reading: _Reading, page: Document, name: str) -> None:
    for portion in page.portions:
        if portion.text:
            reading.asides.append(
                Portion(
                    where=name,
                    size=len(portion.text),
                    unit="characters",
                    outcome="set aside",
                    reason=portion.reason,
                    text=portion.text,
                )
            )
    for problem in page.problems:
        if problem.kind != "empty":  # a part may be a picture
            reading.tell(problem.kind, f"{name}: {problem.message}", name)


def _list_parts(page: Document) -> Iterator[Part]:
    """Yield a chapter's blocks; its first heading is a heading of the book."""
    for block in page.blocks:
        kind = "heading" if block.kind == "title" else block.kind
        level = block.level or 1 if block.kind == "title" else block.level
        yield Part(kind, page.text[block.start : block.end], level)


def _name_title(parts: list[Part], title: str | None) -> list[Part]:
    """Return the parts with the book's own title named where it stands."""
    wanted = " ".join((title or "").split()).casefold()
    found = next(
        (at for at, part in enumerate(parts) if wanted and " ".join(part.words.split()).casefold() == wanted),
        None,
    )
    return [part._replace(kind="title", level=1) if at == found else part for at, part in enumerate(parts)]


def _list_portions(reading: _Reading) -> Iterator[Portion]:
    """Yield what became of each part of the package, and the words set aside within chapters."""
    for name in reading.parts:
        if name not in reading.outcomes:
            reason = "locked" if name in reading.locked else "not in the order of reading"
            yield Portion(where=name, size=1, unit="parts", outcome="set aside", reason=reason)
    yield from reading.outcomes.values()
    yield from reading.asides
