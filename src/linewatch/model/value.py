"""What all nouns share: they are frozen, compare by content, and go to JSON and back without loss."""

from __future__ import annotations

import hashlib
from typing import TypeVar

import msgspec

T = TypeVar("T")


class Value(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A frozen value; unknown fields in its JSON are refused, not dropped."""


def to_json(value: object) -> bytes:
    """Return the canonical JSON of a value: UTF-8, keys in the order of the declaration, no spaces."""
    return msgspec.json.encode(value, order="deterministic")


def from_json(kind: type[T], data: bytes | str) -> T:
    """Return the value of type `kind` that `to_json` wrote; raises msgspec.ValidationError when it is not one."""
    return msgspec.json.decode(data, type=kind)


def get_id(*parts: object, length: int = 16) -> str:
    """Return an id made from content: hexadecimal digits of the SHA-256 of the parts' JSON.

    >>> get_id("quotation", 5, 10) == get_id("quotation", 5, 10)
    True
    """
    return hashlib.sha256(to_json(parts)).hexdigest()[:length]
