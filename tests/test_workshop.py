"""The tests stand where they say: no home directory, no network, in this process and in those it starts."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_socket import SocketBlockedError

LAMP = "A Word to Those Inland\n\nIt was a fault to leave, yet they are still of the League, and the pier stays open.\n"


def run_python(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run this Python in a child process, as tests run the command line."""
    return subprocess.run(
        [sys.executable, *arguments], check=False, capture_output=True, text=True, timeout=120
    )


@pytest.mark.filterwarnings("ignore:A test tried")  # pytest-socket warns as well as raising
def test_network_is_off_here() -> None:
    """No socket can be made in pytest's own process."""
    with pytest.raises(SocketBlockedError):
        socket.create_connection(("127.0.0.1", 9))


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.socket().connect(('192.0.2.1', 9))",
        "socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 9))",
        "socket.getaddrinfo('example.org', 80)",
        "urllib.request.urlopen('http://192.0.2.1:9')",
    ],
)
def test_network_is_off_in_children(attempt: str) -> None:
    """No Python that a test starts connects or asks for a name, whichever way it tries."""
    done = run_python("-c", f"import socket, urllib.request\n{attempt}")
    assert done.returncode == 1
    assert "the network is off in tests" in done.stderr


def test_run_needs_neither_home_nor_network(tmp_path: Path, no_home: Path) -> None:
    """All six rooms work without a home directory and without a network, and make no home."""
    file = tmp_path / "lamp.txt"
    file.write_text(LAMP, encoding="utf-8")
    done = run_python("-m", "linewatch", "run", str(tmp_path / "case"), str(file), "--own")
    assert done.returncode == 0, done.stderr
    assert os.environ["HOME"] == str(no_home)
    assert not no_home.exists()


def test_state_and_cache_are_the_only_things_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no state folder is named, `run` leaves in the home directory the head of the log, and a canon's index in the cache."""
    monkeypatch.delenv("LINEWATCH_STATE")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    file = tmp_path / "lamp.txt"
    file.write_text(LAMP, encoding="utf-8")
    done = run_python("-m", "linewatch", "run", str(tmp_path / "case"), str(file), "--own")
    assert done.returncode == 0, done.stderr
    left = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
    assert {(path.parent.name, path.suffix) for path in left} <= {
        ("linewatch", ".json"),
        ("canons", ".npz"),
        ("keys", ".key"),
    }
    assert sum(path.suffix == ".json" for path in left) == 1
