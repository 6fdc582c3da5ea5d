"""Packages of web archives: both shapes of the manifest verified, titles given to pages, attachments no items, secrets told."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings

from damage import make_damaged
from factories_warc import make_record, make_wacz
from linewatch.gather.base import Aside, Child
from linewatch.gather.wacz import unpack

RECORD = make_record()


def open_package(data: bytes) -> tuple[list[Child], list[Aside]]:
    """Return a package's children and what is aside."""
    found = list(unpack(io.BytesIO(data)))
    return [one for one in found if isinstance(one, Child)], [one for one in found if isinstance(one, Aside)]


def list_problems(data: bytes) -> list[tuple[str, str]]:
    """Return the kind and place of each problem of a package."""
    return [(one.problem, one.where) for one in open_package(data)[1] if one.problem]


@pytest.mark.parametrize("shape", ["1.0.0", "1.1.1"])
def test_whole_package(shape: str) -> None:
    """A whole package gives its page with the title of the list of pages; the cookie in its index is told, nothing else."""
    children, asides = open_package(make_wacz(RECORD, shape=shape))
    assert [(child.said["title"], child.where) for child in children] == [
        ("The Lamp 612", "archive/data.warc, record at byte 0")
    ]
    assert [(one.problem, one.reason[:27]) for one in asides if one.problem] == [
        ("credentials", "holds 1 Cookie in the index")
    ]
    assert "token=tar" not in repr([children, asides])


def test_attachment_is_no_page() -> None:
    """A file that was added to the archive by hand is named as such."""
    assert any("no page: file:///notes.pdf" in one.reason for one in open_package(make_wacz(RECORD))[1])


@pytest.mark.parametrize("shape", ["1.0.0", "1.1.1"])
def test_changed_member_is_told(shape: str) -> None:
    """A member that is not what the manifest says is told, and what it holds is still sealed."""
    changed = make_wacz(RECORD, shape=shape, change=RECORD + b"\r\n")
    assert ("digest-failed", "archive/data.warc") in list_problems(changed)
    assert len(open_package(changed)[0]) == 1


def rewrite(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """Return a package with bytes of one member replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for info in source.infolist():
            target.writestr(
                info.filename,
                source.read(info).replace(old, new) if info.filename == name else source.read(info),
            )
    return out.getvalue()


WHOLE = make_wacz(RECORD)
FAULTS = {
    "a changed manifest": (rewrite(WHOLE, "datapackage.json", b"data-package", b"date-package"), ("digest-failed", "datapackage-digest.json")),
    "no manifest": (rewrite(WHOLE, "datapackage.json", b"{", b""), ("manifest", "datapackage.json")),
    "a member the manifest lacks": (make_wacz(RECORD, extra={"archive/more.warc": RECORD}), ("manifest", "archive/more.warc")),
    "a missing member": (rewrite(WHOLE, "datapackage.json", b"pages/pages.jsonl", b"pages/other.jsonl"), ("manifest", "datapackage.json")),
    "a path out of it": (make_wacz(RECORD, extra={"../../etc/oar": b"x"}), ("unsafe-path", "../../etc/oar")),
    "no package": (b"PK\x03\x04 nothing", ("unreadable", "the package")),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_told(name: str) -> None:
    """Each way a package can be wrong is named with its place."""
    data, problem = FAULTS[name]
    assert problem in list_problems(data)


def test_bomb_is_refused() -> None:
    """A member that swells is not unpacked."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("archive/data.warc", bytes(20_000_000))
    assert ("bomb", "archive/data.warc") in list_problems(out.getvalue())


@settings(max_examples=60, deadline=None)
@given(data=make_damaged(WHOLE))
def test_damaged_package(data: bytes) -> None:
    """A damaged package gives what is there, or says what is wrong."""
    assert any(open_package(data))


def test_cut_short() -> None:
    """A package cut short is no package, and told as such."""
    for end in range(0, len(WHOLE), 7):
        assert list_problems(WHOLE[:end])
