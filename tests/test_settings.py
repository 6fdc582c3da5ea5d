"""`case.toml` may leave everything out, and what it says is checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from linewatch.errors import InputError
from linewatch.settings import CASE_TOML, PublicRole, read_case_settings


def write_settings(folder: Path, more: str) -> Path:
    """Return the path of a fresh case's settings with something added."""
    path = folder / "case.toml"
    path.write_text(CASE_TOML.format(uid="u") + more, encoding="utf-8")
    return path


def test_fresh_settings_name_nobody(tmp_path: Path) -> None:
    """A new case records no public role."""
    assert read_case_settings(write_settings(tmp_path, "")).public == ()


def test_public_role_is_read(tmp_path: Path) -> None:
    """A person with a public role is recorded by name, role and why."""
    path = write_settings(
        tmp_path, '\n[[public]]\nname = "Mara Quill"\nrole = "head"\nwhy = "signs by name"\n'
    )
    assert read_case_settings(path).public == (
        PublicRole(name="Mara Quill", role="head", why="signs by name"),
    )


@pytest.mark.parametrize("uid", ["../../elsewhere", "", "a/b", "a\\\\b", "."])
def test_uid_that_is_a_path_is_refused(tmp_path: Path, uid: str) -> None:
    """The uid names a file outside the case, so one that leads elsewhere is an error that names the field."""
    path = tmp_path / "case.toml"
    path.write_text(CASE_TOML.format(uid=uid), encoding="utf-8")
    with pytest.raises(InputError, match="uid"):
        read_case_settings(path)


def test_period_that_ends_before_it_begins_is_refused(tmp_path: Path) -> None:
    """A watched period is an error where it ends before it begins."""
    row = '\n[[watched]]\noutlet = "The Lamp"\nfrom = 2032-01-01\nto = 2031-01-01\n'
    with pytest.raises(InputError, match="watched"):
        read_case_settings(write_settings(tmp_path, row))


@pytest.mark.parametrize(
    "row", ['name = "Mara Quill"\nrole = "head"', 'name = "Mara Quill"\nrole = "head"\nwhy = " "']
)
def test_public_role_without_a_reason_is_refused(tmp_path: Path, row: str) -> None:
    """A role without the reason for naming the person is an error that names the field."""
    with pytest.raises(InputError, match=r"why|public"):
        read_case_settings(write_settings(tmp_path, f"\n[[public]]\n{row}\n"))
