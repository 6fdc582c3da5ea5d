"""A project of any program read as it was meant: its users, codes, texts and codings, and in words what it holds beyond them.

The quirks known of QualCoder, ATLAS.ti, MAXQDA, NVivo and Taguette are met here; nothing is guessed that two readings could decide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import PurePosixPath

from lxml import etree

from linewatch.code.refi.newlines import choose_text
from linewatch.code.refi.package import Package, open_package
from linewatch.code.refi.project import CodeNode, Coding, Project, Selection, TextSource, User
from linewatch.code.refi.schema import CODEBOOK, PROJECT, find_fault, parse_xml
from linewatch.errors import InputError

DEEPEST = 50
"""Folders of codes inside each other."""
LEFT = {
    "Case": "case", "Link": "link", "Set": "set", "Graph": "graph", "PictureSelection": "selection of a picture",
    "PDFSelection": "selection of a page's area", "AudioSelection": "selection of sound", "VideoSelection": "selection of film",
}  # fmt: skip
"""What is counted and said, not taken over."""
TEXTS = ("TextSource", "Representation", "Transcript", "TextDescription")


def read_project(data: bytes, name: str) -> Project:
    """Return the project in a .qdpx; raises InputError where it is no package, or is made to harm its reader."""
    package = open_package(data, name)
    root = parse_xml(package.project, package.name)
    if root.tag != f"{{{PROJECT}}}Project":
        raise InputError(
            f"{package.name} is no REFI-QDA project of version 1.0", hint="export it as REFI-QDA project"
        )
    return _Reading(root, package).read()


def read_codebook(data: bytes, name: str) -> tuple[CodeNode, ...]:
    """Return the codes in a .qdc, also one that the schema would refuse for an empty part."""
    root = parse_xml(data, name)
    if root.tag != f"{{{CODEBOOK}}}CodeBook":
        raise InputError(
            f"{name} is no REFI-QDA codebook of version 1.0", hint="export it as REFI-QDA codebook"
        )
    return _read_codes(root.find(f"{{{CODEBOOK}}}Codes"), CODEBOOK)


def normalise_guid(guid: str | None) -> str | None:
    """Return a GUID in small letters without braces.

    >>> normalise_guid("{5D0F4C1E-6A0B-5C57-9B51-3A1F0F6F7A11}")
    '5d0f4c1e-6a0b-5c57-9b51-3a1f0f6f7a11'
    """
    return guid.strip().strip("{}").lower() if guid else None


def _read_codes(parent: etree._Element | None, space: str, depth: int = 0) -> tuple[CodeNode, ...]:
    if parent is None:
        return ()
    if depth > DEEPEST:
        raise InputError(f"codes lie more than {DEEPEST} deep inside each other", hint="flatten the codebook")
    return tuple(
        CodeNode(
            guid=normalise_guid(one.get("guid")) or "",
            name=(one.get("name") or "").strip(),
            codable=(one.get("isCodable") or "true").strip() in {"true", "1"},
            description=one.findtext(f"{{{space}}}Description"),
            color=one.get("color"),
            codes=_read_codes(one, space, depth + 1),
        )
        for one in parent.findall(f"{{{space}}}Code")
    )


class _Reading:
    """One project being read: its tree, its package, and what is lost on the way, with how often."""

    def __init__(self, root: etree._Element, package: Package) -> None:
        self._root, self._package = root, package
        self._origin = root.get("origin")
        self._lost: Counter[str] = Counter()
        self._notes = {
            guid: self._read_note(one)
            for one in self._iter("Note")
            if (guid := normalise_guid(one.get("guid")))
        }

    def read(self) -> Project:
        for tag, what in LEFT.items():
            self._lose(what, len(list(self._iter(tag))))
        sources = tuple(self._list_sources())
        lost = [f"{n} {what}{'' if n == 1 else 's'}" for what, n in self._lost.items() if n]
        if fault := find_fault(self._root, "Project"):
            lost.append(f"the file is not as the standard has it ({fault}); what could be read was read")
        return Project(
            name=self._root.get("name") or "",
            origin=self._origin,
            users=tuple(
                User(
                    guid=normalise_guid(one.get("guid")) or "",
                    name=(one.get("name") or one.get("id") or "").strip(),
                )
                for one in self._iter("User")
            ),
            codes=_read_codes(self._root.find(f"{{{PROJECT}}}CodeBook/{{{PROJECT}}}Codes"), PROJECT),
            sources=sources,
            lost=tuple(lost),
        )

    def _iter(self, tag: str) -> Iterator[etree._Element]:
        return self._root.iter(f"{{{PROJECT}}}{tag}")

    def _lose(self, what: str, times: int = 1) -> None:
        self._lost[what] += times

    def _list_sources(self) -> Iterator[TextSource]:
        """Yield every text: sources, the plain text of a PDF, transcripts of sound and film."""
        held = self._root.find(f"{{{PROJECT}}}Sources")
        for node in held.iter() if held is not None else ():
            tag = etree.QName(node).localname if isinstance(node.tag, str) else ""
            if tag in TEXTS and (source := self._read_source(node)):
                yield source

    def _read_source(self, node: etree._Element) -> TextSource | None:
        parent = node.getparent()
        name = node.get("name") or (parent.get("name") if parent is not None else None) or ""
        text = self._find_text(node)
        if text is None:
            self._lose(f"text that is not in the package ({name or 'without a name'})")
            return None
        marked = [*self._list_selections(node), *self._list_transcribed(node)]
        chosen = choose_text(text, marked, self._origin or "")
        kept = [one for one in chosen.selections if self._is_sound(one, len(chosen.text))]
        return TextSource(
            guid=normalise_guid(node.get("guid")) or "",
            name=name,
            text=chosen.text,
            selections=tuple(kept),
            codings=tuple(self._list_codings(node, normalise_guid(node.get("creatingUser")))),
        )

    def _find_text(self, node: etree._Element) -> str | None:
        """Return a text, written out or in a file of the package, without a byte order mark."""
        written = node.findtext(f"{{{PROJECT}}}PlainTextContent")
        if written is not None:
            return written.removeprefix("\ufeff")
        place, _, path = (node.get("plainTextPath") or "").partition("://")
        data = self._package.texts.get(f"sources/{PurePosixPath(path).name}".casefold())
        if place != "internal" or data is None:
            return None
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            self._lose("text that is not UTF-8")
            return None

    def _list_selections(self, node: etree._Element) -> Iterator[Selection]:
        for one in node.findall(f"{{{PROJECT}}}PlainTextSelection"):
            start, end = _read_whole(one.get("startPosition")), _read_whole(one.get("endPosition"))
            if start is None or end is None:
                self._lose("selection without a place")
            else:
                yield self._make_selection(one, start, end)

    def _list_transcribed(self, node: etree._Element) -> Iterator[Selection]:
        """Yield a transcript's selections, which lie between two of its points."""
        points = {
            normalise_guid(one.get("guid")): _read_whole(one.get("position"))
            for one in node.findall(f"{{{PROJECT}}}SyncPoint")
        }
        for one in node.findall(f"{{{PROJECT}}}TranscriptSelection"):
            start = points.get(normalise_guid(one.get("fromSyncPoint")))
            end = points.get(normalise_guid(one.get("toSyncPoint")))
            if start is None or end is None:
                self._lose("selection without a place")
            else:
                yield self._make_selection(one, start, end)

    def _make_selection(self, node: etree._Element, start: int, end: int) -> Selection:
        user = normalise_guid(node.get("creatingUser"))
        notes = [self._notes.get(guid) for guid in _list_targets(node, "NoteRef")]
        memo = (
            "\n".join(one for one in [node.findtext(f"{{{PROJECT}}}Description"), *notes] if one is not None)
            or None
        )
        return Selection(
            start=start,
            end=end,
            codings=tuple(self._list_codings(node, user)),
            user=user,
            at=_read_time(node.get("creationDateTime")),
            name=node.get("name"),
            memo=memo,
        )

    def _list_codings(self, node: etree._Element, user: str | None) -> Iterator[Coding]:
        """Yield codings; where one does not name its coder, its selection's made it."""
        for one in node.findall(f"{{{PROJECT}}}Coding"):
            targets = _list_targets(one, "CodeRef")
            if not targets:
                self._lose("coding without a code")
                continue
            notes = [
                note for guid in _list_targets(one, "NoteRef") if (note := self._notes.get(guid)) is not None
            ]
            yield Coding(
                code=targets[0],
                user=normalise_guid(one.get("creatingUser")) or user,
                at=_read_time(one.get("creationDateTime") or node.get("creationDateTime")),
                memo="\n".join(notes) if notes else None,
            )

    def _is_sound(self, one: Selection, length: int) -> bool:
        if one.start == one.end:
            self._lose("selection of no length")
            return False
        if not 0 <= one.start < one.end <= length:
            self._lose("selection beyond its text")
            return False
        return True

    def _read_note(self, node: etree._Element) -> str | None:
        text = self._find_text(node)
        return text if text is not None else node.findtext(f"{{{PROJECT}}}Description")


def _list_targets(node: etree._Element, tag: str) -> list[str]:
    found = (normalise_guid(one.get("targetGUID")) for one in node.findall(f"{{{PROJECT}}}{tag}"))
    return [one for one in found if one]


def _read_whole(text: str | None) -> int | None:
    try:
        return int((text or "").strip()) if len(text or "") < 20 else None
    except ValueError:
        return None


def _read_time(text: str | None) -> datetime | None:
    """Return a time in UTC, None where there is none that can be read."""
    try:
        read = datetime.fromisoformat((text or "").strip())
        return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def name_users(project: Project) -> Mapping[str, str]:
    """Return each user's name by GUID; one without a name has none."""
    return {one.guid: one.name for one in project.users if one.name}
