"""A project written by the profile that every known reader takes: plain texts in UTF-8 without a mark, LF, valid XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from lxml import etree

from linewatch.code.refi.project import CodeNode, Coding, Project, Selection, TextSource, make_guid
from linewatch.code.refi.schema import CODEBOOK, PROJECT, clean_xml, write_xml

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every file in a package: the same project gives the same bytes."""
UNDATED = datetime(1970, 1, 1, tzinfo=UTC)
"""The date of a note whose coding has none: some readers stop at a note without."""
ORIGIN = "Linewatch"


def write_package(project: Project) -> bytes:
    """Return a .qdpx: `project.qde` and one text a source in `sources/`."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        _put(package, "project.qde", make_project_xml(project))
        for source in project.sources:
            _put(package, f"sources/{source.guid}.txt", source.text.encode("utf-8"))
    return held.getvalue()


def _put(package: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    package.writestr(entry, data)


def write_codebook(codes: Iterable[CodeNode]) -> bytes:
    """Return a .qdc."""
    root = _make_root("CodeBook", CODEBOOK, origin=ORIGIN)
    _add_codes(etree.SubElement(root, f"{{{CODEBOOK}}}Codes"), codes, CODEBOOK)
    return write_xml(root, "Codebook")


def make_project_xml(project: Project) -> bytes:
    """Return the `project.qde`; its parts stand in the order that the schema wants, and empty ones are left out."""
    root = _make_root("Project", PROJECT, name=clean_xml(project.name), origin=project.origin or ORIGIN)
    notes: list[etree._Element] = []
    _add_users(root, project)
    if project.codes:
        book = _add(_add(root, "CodeBook"), "Codes")
        _add_codes(book, project.codes, PROJECT)
    variables = _add_variables(root, project)
    if project.sources:
        sources = _add(root, "Sources")
        for source in project.sources:
            _add_source(sources, source, variables, notes)
    if notes:
        _add(root, "Notes").extend(notes)
    return write_xml(root, "Project")


def _make_root(tag: str, space: str, **fields: str) -> etree._Element:
    return etree.Element(f"{{{space}}}{tag}", fields, nsmap={None: space})  # type: ignore[dict-item]  # the stubs know no default namespace


def _add(parent: etree._Element, tag: str, **fields: str | None) -> etree._Element:
    given = {name: clean_xml(value) for name, value in fields.items() if value is not None}
    return etree.SubElement(parent, f"{{{PROJECT}}}{tag}", given)


def _add_text(parent: etree._Element, tag: str, text: str | None) -> None:
    if text is not None:
        _add(parent, tag).text = clean_xml(text)


def _add_users(root: etree._Element, project: Project) -> None:
    users = _add(root, "Users") if project.users else root
    for user in project.users:
        _add(users, "User", guid=user.guid, name=user.name, id=user.name)


def _add_codes(parent: etree._Element, codes: Iterable[CodeNode], space: str) -> None:
    for one in codes:
        fields = {"guid": one.guid, "name": clean_xml(one.name), "isCodable": str(one.codable).lower()}
        node = etree.SubElement(
            parent, f"{{{space}}}Code", fields | ({"color": one.color} if one.color else {})
        )
        if one.description:
            etree.SubElement(node, f"{{{space}}}Description").text = clean_xml(one.description)
        _add_codes(node, one.codes, space)


def _add_variables(root: etree._Element, project: Project) -> dict[str, str]:
    """Declare what is said of the texts, in words; return the GUID of each variable."""
    names = list(dict.fromkeys(name for source in project.sources for name in source.variables))
    guids = {name: make_guid("variable", name) for name in names}
    holder = _add(root, "Variables") if names else root
    for name, guid in guids.items():
        _add(holder, "Variable", guid=guid, name=name, typeOfVariable="Text")
    return guids


def _add_source(
    parent: etree._Element, source: TextSource, variables: Mapping[str, str], notes: list[etree._Element]
) -> None:
    node = _add(
        parent,
        "TextSource",
        guid=source.guid,
        name=source.name,
        plainTextPath=f"internal://{source.guid}.txt",
    )
    for place, one in enumerate(source.selections):
        _add_selection(node, source, one, place, notes)
    for place, coding in enumerate(source.codings):
        _add_coding(node, coding, make_guid("coding", source.guid, "whole", str(place)), notes)
    for name, value in source.variables.items():
        held = _add(node, "VariableValue")
        _add(held, "VariableRef", targetGUID=variables[name])
        _add_text(held, "TextValue", value)


def _add_selection(
    parent: etree._Element, source: TextSource, one: Selection, place: int, notes: list[etree._Element]
) -> None:
    """Add a selection of one coder: some readers take the coder from it, others from its codings."""
    guid = make_guid("selection", source.guid, str(one.start), str(one.end), one.user or "", str(place))
    node = _add(
        parent,
        "PlainTextSelection",
        guid=guid,
        name=one.name,
        startPosition=str(one.start),
        endPosition=str(one.end),
        creatingUser=one.user,
        creationDateTime=_tell_time(one.at),
    )
    _add_text(node, "Description", one.memo)
    for n, coding in enumerate(one.codings):
        _add_coding(node, coding, make_guid("coding", guid, coding.code, str(n)), notes)


def _add_coding(parent: etree._Element, coding: Coding, guid: str, notes: list[etree._Element]) -> None:
    node = _add(parent, "Coding", guid=guid, creatingUser=coding.user, creationDateTime=_tell_time(coding.at))
    _add(node, "CodeRef", targetGUID=coding.code)
    if coding.memo is not None:
        note = _make_note(coding, make_guid("note", guid), len(notes) + 1)
        _add(node, "NoteRef", targetGUID=note.get("guid"))
        notes.append(note)


def _make_note(coding: Coding, guid: str, place: int) -> etree._Element:
    """Return a note, named and dated: without either some readers stop."""
    fields = {
        "guid": guid,
        "name": f"Note {place}",
        "creationDateTime": _tell_time(coding.at or UNDATED) or "",
    }
    note = etree.Element(
        f"{{{PROJECT}}}Note", fields | ({"creatingUser": coding.user} if coding.user else {})
    )
    _add_text(note, "PlainTextContent", coding.memo)
    return note


def _tell_time(at: datetime | None) -> str | None:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None
