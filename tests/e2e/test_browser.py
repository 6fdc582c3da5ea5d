"""The report in a real browser: it shows, and asks nobody for anything."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--dump-dom",
)
NO_PAGE = {None, "not an origin"}
"""What the browser's log gives as the initiator of its own errands, as opposed to those of a page."""

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="Chromium is not installed; `make browser` installs it"
)


def open_page(page: Path, folder: Path) -> tuple[str, set[str]]:
    """Return the page as the browser has it, and every address that it asked for."""
    log = folder / "requests.json"
    command = [
        str(CHROMIUM), *FLAGS, f"--user-data-dir={folder / 'profile'}", f"--log-net-log={log}", page.as_uri(),
    ]  # fmt: skip
    at_home = {**os.environ, "HOME": str(folder)}
    shown = subprocess.run(
        command, check=True, capture_output=True, text=True, timeout=120, env=at_home
    ).stdout
    events = json.loads(log.read_text(encoding="utf-8"))["events"]
    asked = [one["params"] for one in events if "url" in one.get("params", {})]
    return shown, {one["url"] for one in asked if one.get("initiator") not in NO_PAGE}


def test_a_request_would_be_seen(tmp_path: Path) -> None:
    """A page with a picture elsewhere is caught asking for it: the next test can fail."""
    page = tmp_path / "page.html"
    page.write_text('<img src="http://127.0.0.1:9/pier.png">', encoding="utf-8")
    assert open_page(page, tmp_path)[1] == {"http://127.0.0.1:9/pier.png"}


def test_report_asks_for_nothing(tmp_path: Path) -> None:
    """A report whose evidence names an address shows its words and asks for nothing."""
    source, out = tmp_path / "song.txt", tmp_path / "out"
    source.write_text("The Tide\n\nThey rowed on. See https://pier.example.org/song.\n", encoding="utf-8")
    run = [sys.executable, "-m", "linewatch", "run", str(tmp_path / "case"), str(source), "-o", str(out)]
    subprocess.run(run, check=True, capture_output=True, timeout=120)
    shown, asked = open_page(out.resolve() / "report.html", tmp_path)
    assert "How it was measured" in shown
    assert asked == set()
