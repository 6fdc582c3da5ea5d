"""Reads DOCX: the body in document order, notes after it, headers, footers, comments and unseen words set aside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from linewatch.model import Document, Portion, Problem
from linewatch.read.docx_styles import find_kind, parse_styles
from linewatch.read.docx_words import Gathered, Paragraph, get_name, get_value, list_paragraphs, take_all
from linewatch.read.package import BrokenPackageError, Package, open_package, parse_xml
from linewatch.read.parts import Part, get_document_id, join_parts, make_problem, name_head, to_words

NAME = "docx.v2"
MEDIA_TYPES = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",)

_MAIN = "word/document.xml"
_CONTAINED = re.compile(r"word/(?:embeddings/|afchunk)")
_EMBEDDED = "embedded file"
_WORDS = re.compile(rb"<[\w.-]{0,40}:?t[ >]")
"""The element that holds words, in text and in drawings alike."""
_READ = {"word/footnotes.xml": "footnote", "word/endnotes.xml": "endnote"}
_ASIDE = re.compile(r"word/(header|footer|comments)\d*\.xml")
_REASONS = {"header": "page header", "footer": "page footer", "comments": "comments"}
# What programs put where an author's name belongs.
_TOOLS = frozenset(
    {"python-docx", "docx4j", "Apache POI", "LibreOffice", "Microsoft Office User", "Un-named"}
)
_FIELDS = {"title": "title", "creator": "author", "created": "created", "language": "language"}


@dataclass
class _Opened:
    """A package under way: its parts as XML, and what was wrong with them."""

    package: Package
    evidence: str
    problems: list[Problem] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)

    @cached_property
    def main(self) -> str:
        """Return the name of the part that holds the text: some programs call it `word/document2.xml`."""
        for node in _list_children(self.parse("_rels/.rels")):
            if (get_value(node, "Type") or "").endswith("/officeDocument"):
                return (get_value(node, "Target") or _MAIN).lstrip("/")
        return _MAIN

    def parse(self, name: str) -> etree._Element | None:
        """Return a part's root, None where it is missing or broken (then a problem)."""
        data = self.package.parts.get(name)
        if data is None:
            return None
        try:
            return parse_xml(data)
        except (etree.XMLSyntaxError, BrokenPackageError) as error:
            if name not in self.broken:
                self.problems.append(make_problem("unreadable-part", f"{name}: {error}", self.evidence, name))
            self.broken.add(name)
            return None


def read(data: bytes, *, evidence: str) -> Document:
    """Return the document of the package; a package that cannot be opened safely has no text and a problem."""
    try:
        opened = _Opened(open_package(data), evidence)
    except BrokenPackageError as error:
        portion = Portion(where="the file", size=1, unit="parts", outcome="not understood", reason=str(error))
        return Document(
            id=get_document_id(evidence, NAME, ""),
            evidence=evidence,
            reader=NAME,
            text="",
            blocks=(),
            portions=(portion,),
            problems=(make_problem("unreadable", f"not a DOCX that can be opened: {error}", evidence),),
        )
    return _put_together(opened)


def _put_together(opened: _Opened) -> Document:
    gathered = Gathered()
    metadata = _read_metadata(opened)
    main = list(_list_main(opened, gathered))
    parts = [*name_head(_name_title(main, metadata.get("title"))), *_list_notes(opened, gathered)]
    text, blocks = join_parts(parts)
    portions = tuple(_list_portions(opened, gathered))
    return Document(
        id=get_document_id(opened.evidence, NAME, text),
        evidence=opened.evidence,
        reader=NAME,
        text=text,
        blocks=blocks,
        portions=portions,
        problems=(*opened.problems, *_list_problems(opened, text)),
        metadata=metadata,
    )


def _list_main(opened: _Opened, gathered: Gathered) -> Iterator[Part]:
    root = opened.parse(opened.main)
    if root is None:
        return
    styles = parse_styles(opened.parse("word/styles.xml"))
    for paragraph in list_paragraphs(root, gathered):
        kind, level = find_kind(paragraph, styles)
        if kind not in {"verse", "paragraph"}:
            paragraph = Paragraph(" ".join(paragraph.words.split("\n")), None)  # noqa: PLW2901 - a line break only lays out a heading
        yield Part(kind, paragraph.words, level)


def _name_title(parts: list[Part], title: str | None) -> list[Part]:
    """Return the parts with the title named, where no style says so: the file's own title, else the first heading."""
    if any(part.kind == "title" for part in parts):
        return parts
    wanted = (title or "").casefold()
    named = [at for at, part in enumerate(parts) if wanted and part.words.casefold() == wanted]
    headed = [at for at, part in enumerate(parts) if part.kind == "heading"]
    chosen = next(iter([*named, *headed]), None)
    return [part._replace(kind="title", level=1) if at == chosen else part for at, part in enumerate(parts)]


def _list_notes(opened: _Opened, gathered: Gathered) -> Iterator[Part]:
    """Yield the notes in the order of their marks, `[1] ...`, then those to which no mark leads."""
    bodies = {
        (kind, get_value(node, "id") or ""): node
        for name, kind in _READ.items()
        for node in _list_children(opened.parse(name))
        if get_name(node) == kind and get_value(node, "type") in {None, "normal"}
    }
    done: set[tuple[str, str]] = set()
    # A note may point to a further note, so that the list grows while it is read.
    for number, key in enumerate(gathered.notes, start=1):
        done.add(key)
        if key in bodies:
            yield Part("note", f"[{number}] {_get_note_words(bodies[key], gathered)}".strip())
        else:
            message = f"mark [{number}] leads to {key[0]} {key[1]}, which is not in the file"
            opened.problems.append(make_problem("dangling-note", message, opened.evidence, f"note {number}"))
    for kind, name in sorted(set(bodies) - done):
        words = _get_note_words(bodies[kind, name], gathered)
        if words:
            where = f"{kind} {name}"
            opened.problems.append(
                make_problem("orphan-note", f"{where} has no mark in the text", opened.evidence, where)
            )
            yield Part("note", words)


def _get_note_words(node: etree._Element, gathered: Gathered) -> str:
    return " ".join(" ".join(part.words.split()) for part in list_paragraphs(node, gathered) if part.words)


def _list_children(root: etree._Element | None) -> list[etree._Element]:
    return [] if root is None else list(root)


def _list_portions(opened: _Opened, gathered: Gathered) -> Iterator[Portion]:
    """Yield what became of each part of the package, and the words of the body that nobody sees in print."""
    for name in opened.package.parts:
        reason, text = _describe_part(opened, name)
        if name in opened.broken:
            yield Portion(where=name, size=1, unit="parts", outcome="not understood", reason="broken XML")
        elif name == opened.main or name in _READ:
            yield Portion(where=name, size=1, unit="parts", outcome="read")
        elif reason == _EMBEDDED:
            yield Portion(where=name, size=1, unit="parts", outcome="not understood", reason=reason)
        else:
            yield Portion(where=name, size=1, unit="parts", outcome="set aside", reason=reason, text=text)
    for name, reason in opened.package.refused.items():
        yield Portion(where=name, size=1, unit="parts", outcome="not understood", reason=reason)
    for words, reason in gathered.unseen:
        yield Portion(
            where=opened.main,
            size=len(words),
            unit="characters",
            outcome="set aside",
            reason=reason,
            text=words,
        )


def _describe_part(opened: _Opened, name: str) -> tuple[str, str | None]:
    """Return what a part is that is not read, and its words."""
    if aside := _ASIDE.fullmatch(name):
        return _REASONS[aside[1]], _read_aside(opened, name)
    if name.startswith("word/media/"):
        return "picture", None
    if _CONTAINED.match(name):
        return _EMBEDDED, None
    if name.startswith("docProps/") and name.endswith(".xml"):
        root = opened.parse(name)
        return "properties", None if root is None else to_words("\n".join(map(str, root.itertext()))) or None
    walked = name in {opened.main, *_READ}
    if walked or not name.endswith(".xml") or not _WORDS.search(opened.package.parts[name]):
        return "markup or settings", None
    root = opened.parse(name)
    return "chart, diagram or building block", None if root is None else take_all(root) or None


def _read_aside(opened: _Opened, name: str) -> str | None:
    root = opened.parse(name)
    if root is None:
        return None
    gathered = Gathered()
    words = [part.words for part in list_paragraphs(root, gathered)]
    return "\n".join(filter(None, [*words, *(unseen for unseen, _ in gathered.unseen)])) or None


def _list_problems(opened: _Opened, text: str) -> Iterator[Problem]:
    if opened.main not in opened.package.parts:
        yield make_problem("unreadable", f"{opened.main} is not in the file", opened.evidence)
    elif not text:
        yield make_problem("empty", "the file holds no words", opened.evidence)
    for name, reason in opened.package.refused.items():
        yield make_problem("unreadable-part", f"{name}: {reason}", opened.evidence, name)
    for name in opened.package.parts:
        if _CONTAINED.match(name):
            yield make_problem(
                "embedded-file", f"{name} is a file within the file, not read", opened.evidence, name
            )


def _read_metadata(opened: _Opened) -> dict[str, str]:
    """Return the file's own properties; when it was made is not when it was published, so it is called `created`."""
    said: dict[str, str] = {}
    for node in _list_children(opened.parse("docProps/core.xml")):
        name, value = _FIELDS.get(get_name(node)), " ".join((node.text or "").split())
        if name and value and value not in _TOOLS:
            said[name] = value[:10] if name == "created" else value
    return said
