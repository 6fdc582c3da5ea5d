"""Loads canons: the tables shipped with the program, and those of a case (`canons/*.yml`), which win; editions added to a case join them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
import yaml

from linewatch.errors import InputError, NotFoundError
from linewatch.model import Canon, Edition
from linewatch.resources import find_shipped

_HINT = "a canon is a YAML file with name, title, locators, and units as a list of ref and text, or editions"


def load_canons(folder: Path | None = None) -> tuple[Canon, ...]:
    """Return the shipped canons and those in `folder`; one of the same name in the folder takes the other's place.

    A file in the folder with `edition_of` adds an edition to a canon. Raises InputError naming the file that is not a canon.
    """
    own = sorted(folder.glob("*.yml")) if folder is not None and folder.is_dir() else []
    tables = [(path, _read_table(path)) for path in own]
    found = {canon.name: canon for canon in load_shipped()}
    found |= {
        canon.name: canon
        for canon in (_make(path, table) for path, table in tables if "edition_of" not in table)
    }
    for path, table in tables:
        if "edition_of" in table:
            canon = _get(found, path, str(table["edition_of"]))
            found[canon.name] = _add_edition(canon, path, table)
    return tuple(found[name] for name in sorted(found))


@lru_cache(maxsize=1)
def load_shipped() -> tuple[Canon, ...]:
    """Return the canons shipped with the program."""
    return tuple(read_canon(path) for path in sorted(find_shipped("resources/canons").glob("*.yml")))


def choose_canons(canons: Iterable[Canon], names: Iterable[str]) -> tuple[Canon, ...]:
    """Return the canons of these names, all where none is named; raises NotFoundError for a name that is none of theirs."""
    known = {canon.name: canon for canon in canons}
    wanted = list(names)
    for name in wanted:
        if name not in known:
            raise NotFoundError(
                f"no canon is called {name!r}",
                hint=f"there are {', '.join(known)}; see `linewatch canon list`",
            )
    return tuple(known[name] for name in known if not wanted or name in wanted)


def read_canon(path: Path) -> Canon:
    """Return the canon in a YAML file; raises InputError when it is not one."""
    return _make(path, _read_table(path))


def _read_table(path: Path) -> dict[str, Any]:
    try:
        table = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise _refuse(path, error) from error
    if not isinstance(table, dict):
        raise InputError(f"{path.name} is not a canon: it is no table", hint=_HINT)
    return table


def _make(path: Path, table: dict[str, Any]) -> Canon:
    try:
        canon = make_canon(table)
    except (msgspec.ValidationError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise _refuse(path, error) from error
    placed = tuple(_place(edition, path.parent) for edition in canon.editions)
    return msgspec.structs.replace(canon, editions=placed)


def _refuse(path: Path, error: Exception) -> InputError:
    problem = " ".join(str(error).split())
    return InputError(f"{path.name} is not a canon: {problem}", hint=_HINT)


def _get(found: dict[str, Canon], path: Path, name: str) -> Canon:
    if name not in found:
        raise InputError(
            f"{path.name} is an edition of {name!r}, which is no canon here",
            hint="see `linewatch canon list`",
        )
    return found[name]


def _add_edition(canon: Canon, path: Path, table: dict[str, Any]) -> Canon:
    values = {key: value for key, value in table.items() if key != "edition_of"}
    try:
        edition = msgspec.convert(values, Edition, strict=False)
    except msgspec.ValidationError as error:
        raise _refuse(path, error) from error
    return msgspec.structs.replace(canon, editions=(*canon.editions, _place(edition, path.parent)))


def _place(edition: Edition, folder: Path) -> Edition:
    """Return the edition with the full path of its file; one in an installed package keeps the package's name."""
    if not edition.where or ":" in edition.where or Path(edition.where).is_absolute():
        return edition
    return msgspec.structs.replace(edition, where=str((folder / edition.where).resolve()))


def make_canon(table: dict[str, Any]) -> Canon:
    """Return the canon that a table describes; `units` may be a list of `{ref, text}` or a mapping."""
    values = dict(table)
    units = values.get("units") or {}
    if isinstance(units, list):
        units = {str(unit["ref"]): str(unit["text"]) for unit in units}
    values["units"] = {str(ref): str(text) for ref, text in units.items()}
    values["sizes"] = {str(book): str(size) for book, size in (values.get("sizes") or {}).items()}
    values["books"] = {str(book): names for book, names in (values.get("books") or {}).items()}
    return msgspec.convert(values, Canon, strict=False)


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
