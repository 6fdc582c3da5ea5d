"""What every test stands on: a state folder of its own, and the home directory out of reach."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def outside(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep heads of logs in a folder of the test's own, and the user's home out of reach."""
    folder = tmp_path_factory.mktemp("outside")
    monkeypatch.setenv("LINEWATCH_STATE", str(folder / "state"))
    monkeypatch.setenv("HOME", str(folder / "home-is-out-of-reach"))
    return folder
