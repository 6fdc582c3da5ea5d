"""What a REFI-QDA project says, apart from how it is written: users, codes, texts and what was coded in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID, uuid5

from linewatch.model import Value

NAMESPACE = UUID("5d0f4c1e-6a0b-5c57-9b51-3a1f0f6f7a11")
"""Of all GUIDs made here: the same thing has the same GUID in every export."""


class User(Value, frozen=True, kw_only=True):
    """Somebody who coded, or something."""

    guid: str
    name: str


class CodeNode(Value, frozen=True, kw_only=True):
    """A code, or a folder of codes."""

    guid: str
    name: str
    codable: bool = True
    description: str | None = None
    color: str | None = None
    codes: tuple[CodeNode, ...] = ()


class Coding(Value, frozen=True, kw_only=True):
    """A code put to a selection, or to a whole text."""

    code: str
    """The code's GUID."""
    user: str | None = None
    at: datetime | None = None
    memo: str | None = None


class Selection(Value, frozen=True, kw_only=True):
    """A stretch of a text, in code points, the end exclusive, with what was coded there."""

    start: int
    end: int
    codings: tuple[Coding, ...] = ()
    user: str | None = None
    at: datetime | None = None
    name: str | None = None
    memo: str | None = None


class TextSource(Value, frozen=True, kw_only=True):
    """A text and its selections."""

    guid: str
    name: str
    text: str
    selections: tuple[Selection, ...] = ()
    codings: tuple[Coding, ...] = ()
    """Of the text as a whole."""
    variables: dict[str, str] = {}  # noqa: RUF012 - msgspec copies empty defaults


class Project(Value, frozen=True, kw_only=True):
    """A project; `lost` says in words what its file holds beyond this."""

    name: str
    origin: str | None = None
    users: tuple[User, ...] = ()
    codes: tuple[CodeNode, ...] = ()
    sources: tuple[TextSource, ...] = ()
    lost: tuple[str, ...] = ()


def make_guid(*parts: str) -> str:
    """Return the GUID of a thing named by these parts.

    >>> make_guid("code", "q1") == make_guid("code", "q1") != make_guid("code", "q2")
    True
    """
    return str(uuid5(NAMESPACE, "\x1f".join(parts)))


def walk_codes(codes: tuple[CodeNode, ...]) -> Iterator[CodeNode]:
    """Yield every code and folder, each before those inside it."""
    for one in codes:
        yield one
        yield from walk_codes(one.codes)
