"""Loads canons: the tables shipped with the program, and those of a case (`canons/*.yml`), which win."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import yaml

from linewatch.errors import InputError
from linewatch.model import Canon
from linewatch.resources import find_shipped

_HINT = "a canon is a YAML file with name, title, locators, and units as a list of ref and text"


def load_canons(folder: Path | None = None) -> tuple[Canon, ...]:
    """Return the shipped canons and those in `folder`; one of the same name in the folder takes the other's place.

    Raises InputError naming the file that is not a canon.
    """
    files = sorted(find_shipped("resources/canons").glob("*.yml"))
    own = sorted(folder.glob("*.yml")) if folder is not None and folder.is_dir() else []
    found = {canon.name: canon for canon in (read_canon(path) for path in (*files, *own))}
    return tuple(found[name] for name in sorted(found))


def read_canon(path: Path) -> Canon:
    """Return the canon in a YAML file; raises InputError when it is not one."""
    try:
        table = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        return make_canon(table)
    except (yaml.YAMLError, UnicodeDecodeError, msgspec.ValidationError, KeyError, TypeError) as error:
        problem = " ".join(str(error).split())
        raise InputError(f"{path.name} is not a canon: {problem}", hint=_HINT) from error


def make_canon(table: dict[str, Any]) -> Canon:
    """Return the canon that a table describes; `units` may be a list of `{ref, text}` or a mapping."""
    values = dict(table)
    units = values.get("units") or {}
    if isinstance(units, list):
        units = {str(unit["ref"]): str(unit["text"]) for unit in units}
    values["units"] = units
    values["sizes"] = {str(book): str(size) for book, size in (values.get("sizes") or {}).items()}
    values["books"] = {str(book): names for book, names in (values.get("books") or {}).items()}
    return msgspec.convert(values, Canon, strict=False)
