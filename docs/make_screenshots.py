"""Makes the pictures of docs/desk.md: the desk on the sample case, in the browser that `make browser` installs.

python docs/make_screenshots.py [FOLDER]
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip
SIZE = {"width": 1180, "height": 780}
QUALITY = 70
"""Of a JPEG: legible, and small enough to keep."""


def list_pages(page: Any, base: str) -> dict[str, str]:
    """Return the address of each picture: one a room, and what a reader of the docs would ask to see."""
    line = page.request.get(f"{base}/api/line").json()
    passages = page.request.get(f"{base}/api/passages?most=500").json()
    arabic = next(one["span"] for one in passages if one.get("language") == "ar")
    twin = page.request.get(f"{base}/read/{arabic['document']}").text()
    quotation = page.request.get(f"{base}/api/findings?kind=quotation&most=9").json()[3]
    beside = re.search(r'href="(/read/\w+/beside/\w+)"', twin)
    return {
        "gather": "/gather",
        "read": "/read?q=المجداف",
        "beside": beside[1] if beside else "/read",
        "find": f"/find/{quotation['span']['document']}?finding={quotation['id']}#aim",
        "citations": "/find/citations?verdict=partial",
        "code": "/code",
        "adjudicate": "/code/adjudicate",
        "track": "/track",
        "item": f"/track?item={line['points'][-1]['item']}#passages",
        "write": "/write",
        "check": "/check",
    }


def main() -> None:
    """Make the sample case, serve it, and take each picture."""
    out = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent / "desk")
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "LINEWATCH_STATE": f"{folder}/state", "HOME": folder}
        linewatch = [sys.executable, "-m", "linewatch"]
        subprocess.run(
            [*linewatch, "demo", f"{folder}/demo", "-q"],
            check=True,
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        command = [*linewatch, "serve", f"{folder}/demo/case"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as desk:
            assert desk.stdout is not None
            try:
                take_pictures(desk.stdout.readline().strip(), out, environment)
            finally:
                desk.terminate()


def take_pictures(opens: str, out: Path, environment: dict[str, str]) -> None:
    """Take the pictures in the light, and the line in the dark too."""
    base = opens.partition("/open/")[0]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, env=environment)
        page = browser.new_page(viewport=SIZE)
        page.goto(opens)
        for name, path in list_pages(page, base).items():
            for scheme in ("light", "dark") if name == "track" else ("light",):
                page.emulate_media(color_scheme=scheme)
                page.goto(base + path)
                page.wait_for_load_state("networkidle")
                picture = out / f"{name}{'-dark' if scheme == 'dark' else ''}.jpg"
                page.screenshot(path=picture, type="jpeg", quality=QUALITY)
                print(f"{picture}  {picture.stat().st_size >> 10} KB")
        browser.close()


if __name__ == "__main__":
    main()
