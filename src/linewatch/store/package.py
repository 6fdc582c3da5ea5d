"""A case packed to be carried: whole, with its originals, and restored from that on another machine."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from linewatch import __version__
from linewatch.errors import CaseError, CustodyError, InputError
from linewatch.store import log
from linewatch.store.bag import close_bag, find_faults, read_info, unzip, zip_bag
from linewatch.store.case import Case
from linewatch.store.check import check_case
from linewatch.store.cleaning import INDEX

WHOLE, READABLE = "whole", "readable"
LEFT_OUT = frozenset({"out", ".lock", "case.db", "case.db-wal", "case.db-shm", "incoming"})
"""What is not copied as it lies: reports are built again, the database is copied as one moment of it."""

README = """This package was made by Linewatch. Nothing but ordinary tools is needed to read and to check it.

Check it:    sha256sum -c manifest-sha256.txt && sha256sum -c tagmanifest-sha256.txt    (or any BagIt tool)
Read it:     data/ ; texts are UTF-8, tables are CSV
{more}"""
WHOLE_README = """Restore it:  linewatch unpack THIS CASE
evidence/sha256/9f/9f86... is a file as it was gathered, named by its own SHA-256; case.db is SQLite, a JSON value a row
custody.jsonl is the log, an entry a line; each carries the hash of the one before
"""
READABLE_README = """It holds no originals: evidence.csv lists their hashes, and report/ what was found, coded and concluded.
log.csv is the custody log without names; coders are A, B, C; names that are private are left out.
"""


class Packed(NamedTuple):
    """A package that was made: where, and the digest that covers all of it."""

    path: Path
    digest: str


def pack_whole(case: Case, out: Path, *, reason: str, expires: date) -> Packed:
    """Write everything the case holds, originals too, as one package; raises InputError without a reason or where it cannot be written."""
    if not reason.strip():
        raise InputError("a package with originals needs a reason", hint="give --reason")
    _check_target(case, out)
    with case.write("pack", originals=True, reason=reason.strip(), expires=expires.isoformat()):
        pass
    staging = make_staging(out)
    place = staging / "data" / "case"
    place.mkdir(parents=True)
    with log.lock_file(case.path / ".lock"), case.lock_for_writing():
        for path in _list_kept(case.path):
            target = place / path.relative_to(case.path)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        _copy_database(case.path / "case.db", place / "case.db")
    (staging / "data" / "README.txt").write_text(README.format(more=WHOLE_README), encoding="utf-8")
    return put_package(staging, out, WHOLE, {"Linewatch-Expires": expires.isoformat()})


def note_readable(case: Case, out: Path) -> None:
    """Write into the log that a package without originals is made; raises InputError where it cannot be written."""
    _check_target(case, out)
    with case.write("pack", originals=False):
        pass


def unpack(package: Path, target: Path, *, today: date) -> Path:
    """Restore a whole package as a case; raises InputError for one that is expired, changed, hostile or not whole.

    A case that is there already in the same state is left as it is.
    """
    staging = target.with_name(f".{target.name}.partial")
    shutil.rmtree(staging, ignore_errors=True)
    try:
        folder = package if package.is_dir() else unzip(package, staging)
        _check_package(folder, today)
        if target.exists():
            return _find_restored(folder, target)
        restored = staging / "restored"
        shutil.copytree(folder / "data" / "case", restored)
        for name in ("evidence", "canons", "out"):
            (restored / name).mkdir(exist_ok=True)
        for path in (restored / "evidence").rglob("*"):
            if path.is_file():
                path.chmod(0o444)
        if faults := check_case(restored).faults:
            raise CustodyError(
                f"the case in the package does not hold: {faults[0].where}: {faults[0].message}",
                hint="ask for the package again, or look into it by hand",
            )
        restored.replace(target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return target


def _find_restored(folder: Path, target: Path) -> Path:
    """Return the place where this very case is restored already; raises CaseError where something else is."""
    there = target / "custody.jsonl"
    if there.is_file() and there.read_bytes() == (folder / "data" / "case" / "custody.jsonl").read_bytes():
        return target
    raise CaseError(f"{target} is there already", hint="name a folder that does not exist")


def make_staging(out: Path) -> Path:
    """Return an empty folder beside the package's place, where it grows until it is whole."""
    staging = out.with_name(f".{out.name}.partial")
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    return staging


def put_package(staging: Path, out: Path, contents: str, info: dict[str, str]) -> Packed:
    """Close the package and put it into its place in one step, zipped where its name ends so."""
    said = {
        "Bagging-Date": datetime.now(UTC).date().isoformat(),
        "Bag-Software-Agent": f"linewatch {__version__}",
        "Linewatch-Contents": contents,
        **info,
    }
    digest = close_bag(staging, said)
    if out.suffix == ".zip":
        zipped = staging.with_suffix(".zip")
        zip_bag(staging, zipped)
        shutil.rmtree(staging)
        zipped.replace(out)
    else:
        staging.replace(out)
    return Packed(out, digest)


def _check_target(case: Case, out: Path) -> None:
    if out.exists():
        raise InputError(f"{out} is there already", hint="name a package that does not exist")
    if out.resolve().is_relative_to(case.path.resolve()):
        raise InputError(f"{out} lies inside the case", hint="name a place outside it")


def _check_package(folder: Path, today: date) -> None:
    info = read_info(folder)
    if faults := find_faults(folder):
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        raise InputError(f"the package is not as it was made: {faults[0]}{more}", hint="ask for it again")
    if info.get("Linewatch-Contents") != WHOLE:
        raise InputError(
            "the package holds no originals: it can be read, not restored",
            hint="ask for one made with --with-originals",
        )
    expires = info.get("Linewatch-Expires", "")
    if expires < today.isoformat():
        raise InputError(
            f"the package expired on {expires or 'an unknown day'}",
            hint="ask for a new one, and delete this one",
        )


def _list_kept(case: Path) -> Iterator[Path]:
    """Yield the files of a case that a package carries as they are."""
    for path in sorted(case.rglob("*")):
        parts = path.relative_to(case).parts
        if path.is_file() and not path.is_symlink() and not LEFT_OUT & set(parts):
            yield path


def _copy_database(source: Path, target: Path) -> None:
    """Copy the database as it is at this moment, without the search index, as one file."""
    with closing(sqlite3.connect(source)) as given, closing(sqlite3.connect(target)) as kept:
        given.backup(kept)
        kept.isolation_level = None
        for name in INDEX:
            kept.execute(f"DROP TABLE IF EXISTS {name}")
        kept.execute("PRAGMA journal_mode=DELETE")
        kept.execute("VACUUM")
