"""What every test stands on: a state folder of its own, no home directory, no network, in child processes too."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("shared", deadline=None)  # a busy machine is slow: no test asserts a time
settings.load_profile("shared")

OFFLINE = Path(__file__).parent / "offline"
BY_HOME = ("XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")
"""Where a program would write instead of the home directory, were these set."""


@pytest.fixture(scope="session", autouse=True)
def no_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Name a home that is not there, for the whole session and all its children; nothing may ever make it."""
    home = tmp_path_factory.getbasetemp() / "home-is-out-of-reach"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        patch.setenv("LINEWATCH_STATE", str(tmp_path_factory.mktemp("state")))
        patch.setenv(
            "PYTHONPATH", os.pathsep.join([str(OFFLINE), *filter(None, [os.environ.get("PYTHONPATH")])])
        )
        for name in BY_HOME:
            patch.delenv(name, raising=False)
        yield home
    assert not home.exists()


@pytest.fixture(autouse=True)
def outside(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, no_home: Path
) -> Iterator[Path]:
    """Keep heads of logs in a folder of the test's own; the test fails when it made the home directory."""
    folder = tmp_path_factory.mktemp("outside")
    monkeypatch.setenv("LINEWATCH_STATE", str(folder / "state"))
    yield folder
    assert not no_home.exists(), "a test, or a program it started, wrote to the home directory"
