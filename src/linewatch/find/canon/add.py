"""Adds a canon or an edition to a case: a YAML description and the text, copied into its `canons/` after they were read whole."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from linewatch.errors import InputError
from linewatch.find.canon.editions import list_gaps, list_texts, read_units
from linewatch.find.canons import choose_canons, hash_file, load_canons, read_canon
from linewatch.model import Canon

FORMS = {".usfm": "usfm", ".sfm": "usfm", ".xml": "osis", ".osis": "osis"}


def add_canon(folder: Path, path: Path) -> Canon:
    """Copy a canon's description, and the texts it names beside it, into a case's folder; raises InputError for one that is none."""
    canon = read_canon(path)
    for edition in canon.editions:
        if ":" not in edition.where and not Path(edition.where).is_file():
            raise InputError(
                f"{path.name} names the text {edition.where}, which is not there",
                hint="put it beside the description",
            )
    if not list_texts(canon) and not canon.locators:
        raise InputError(
            f"{path.name} has neither a text nor a word that leads in a locator",
            hint="add units, editions or locators",
        )
    folder.mkdir(exist_ok=True)
    for edition in canon.editions:
        if ":" not in edition.where:
            _copy(Path(edition.where), folder / Path(edition.where).name)
    _copy(path, folder / f"{_make_name(canon.name)}.yml")
    return canon


def add_edition(folder: Path, path: Path, name: str, told: dict[str, str]) -> tuple[Canon, list[str]]:
    """Copy a text into a case's folder as an edition of a canon, and describe it; returns the canon and what the text lacks."""
    (canon,) = choose_canons(load_canons(folder), [name])
    form = told.get("format") or FORMS.get(path.suffix.lower(), "tanzil")
    data = path.read_bytes()
    units = read_units(data, form, path.name).units
    title = told.get("name") or path.stem
    stem = f"{_make_name(canon.name)}.{_make_name(title)}"
    values: dict[str, Any] = {
        "edition_of": canon.name, "name": title, "format": form, "where": f"{stem}.txt", "sha256": hash_file(path),
        **{key: value for key, value in told.items() if key not in {"name", "format"}},
    }  # fmt: skip
    folder.mkdir(exist_ok=True)
    _copy(path, folder / f"{stem}.txt")
    description = yaml.safe_dump(values, allow_unicode=True, sort_keys=False)
    _write_whole(folder / f"{stem}.yml", description.encode())
    return canon, list_gaps(canon, list(units))


def _copy(source: Path, target: Path) -> None:
    if target.exists() and target.read_bytes() != source.read_bytes():
        raise InputError(
            f"{target.name} is in the case already, with other words", hint="name the edition otherwise"
        )
    if source.resolve() != target.resolve():
        _write_whole(target, source.read_bytes())


def _write_whole(target: Path, data: bytes) -> None:
    """Put a file into its place in one step: a command killed before it leaves no half of it."""
    partial = target.with_name(f"{target.name}.partial")
    partial.write_bytes(data)
    partial.replace(target)


def _make_name(title: str) -> str:
    return re.sub(r"[^\w-]+", "-", title.casefold()).strip("-") or "edition"
