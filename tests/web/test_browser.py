"""The desk in a real browser: the walk through its rooms by keyboard, hostile evidence, and what axe finds."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import expect

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
RULES: dict[str, dict[str, Any]] = {
    "light": {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "dark": {"runOnly": {"type": "rule", "values": ["color-contrast"]}},
}
"""Everything in the light; in the dark what can differ there: colours."""

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed; `make browser` installs it"),
    pytest.mark.enable_socket,
]
Page = Any


class Served(NamedTuple):
    """A desk that runs, and an address that opens it once."""

    address: str
    opens: str
    session: dict[str, Any] | None = None
    """The cookies of a browser that opened it."""


@contextmanager
def serve(case: Path, state: Path) -> Iterator[Served]:
    """Serve a case as a user does, and read the line that is printed into the pipe."""
    command = [sys.executable, "-m", "linewatch", "serve", str(case)]
    environment = {**os.environ, "LINEWATCH_STATE": str(state)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        opens = process.stdout.readline().strip()
        try:
            yield Served(opens.partition("/open/")[0], opens)
        finally:
            process.terminate()
            process.wait(timeout=30)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Return the browser, at home in a folder of the test's own."""
    at_home = {**os.environ, "HOME": str(tmp_path_factory.mktemp("browser"))}
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS, env=at_home)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def served(small: Path, browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return the desk on a copy of the small case, one for the whole file: each test acts under names of its own."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copytree(small, folder / "case")
    with serve(folder / "case", folder / "state") as running:
        context = browser.new_context()
        context.new_page().goto(running.opens)
        session = context.storage_state()
        context.close()
        yield running._replace(session=session)


@pytest.fixture
def page(browser: Any, served: Served) -> Iterator[Page]:
    """Return a page with a session; the test fails where the page reports an error or a breach of its policy."""
    context = browser.new_context(
        viewport={"width": 1200, "height": 800}, accept_downloads=True, storage_state=served.session
    )
    opened, said = context.new_page(), []
    opened.on(
        "console",
        lambda message: (
            said.append(message.text)
            if message.type == "error"
            and "409" not in message.text
            and not message.location["url"].endswith("/read/nothing")
            else None
        ),
    )
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.goto(served.address)
    yield opened
    context.close()
    assert said == []


def go(page: Page, served: Served, path: str) -> None:
    page.goto(served.address + path)
    expect(page.locator("[data-wait]")).to_have_count(0, timeout=60_000)


def take_name(page: Page, served: Served, name: str) -> None:
    """Act under a name from now on."""
    go(page, served, "/you")
    page.fill("[name=who]", name)
    with page.expect_navigation():
        page.click("text=Use it")


def code_one(page: Page) -> str:
    """Code the passage shown with keys alone, as not about the issue, and return its id."""
    page.wait_for_selector("[data-live]")
    if page.locator("[data-live] .notice.warn").count():
        page.keyboard.press("Enter")
        page.wait_for_selector(".passage")
    page.keyboard.press("n")
    page.wait_for_selector("form[action='/code/answers']")
    name = str(page.locator("form[action='/code/answers'] [name=passage]").input_value())
    with page.expect_navigation():
        page.keyboard.press("Enter")
    return name


def test_walk_through_the_rooms(page: Page, served: Served, tmp_path: Path) -> None:  # noqa: PLR0915 - one walk, as a person walks it
    """Drop a file, search Arabic, mend a quotation, code ten passages by keys, undo, adjudicate, brush, insert, build."""
    notice = tmp_path / "notice.txt"
    notice.write_text(
        "Whoever left the pier in autumn may come back before the spring and take the oar again.\n",
        encoding="utf-8",
    )
    page.set_input_files("#files", str(notice))
    page.select_option("[name=side]", "own")
    page.fill("form.drop [name=outlet]", "The Lamp")
    page.fill("form.drop [name=date]", "2032-04-02")
    page.click("text=Seal, read and find")
    page.wait_for_selector("text=1 files offered: 1 sealed")

    page.keyboard.press("/")
    page.keyboard.type("المجداف")
    page.keyboard.press("Enter")
    page.wait_for_selector("mark.k-hit")
    assert page.locator(".row .words[dir=rtl]").count() > 0

    go(page, served, "/find")
    with page.expect_navigation():
        page.locator(".row-main").first.press("Enter")
    page.wait_for_selector("mark#aim")
    page.keyboard.press("m")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Mara Quill")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("[name=field-speaker]").first.input_value() == "Mara Quill"
    assert "mended: speaker" in page.locator(".panel .tag").first.inner_text()

    take_name(page, served, "cleo")
    page.keyboard.press("4")
    page.wait_for_selector("text=cleo: 0 of")
    coded = [code_one(page) for _ in range(10)]
    assert len(set(coded)) == 10
    assert page.locator(".progress-line").inner_text().startswith("cleo: 10 of")
    with page.expect_navigation():
        page.keyboard.press("Control+z")
    assert page.locator(".progress-line").inner_text().startswith("cleo: 9 of")
    with page.expect_navigation():
        page.keyboard.press("Control+y")
    assert page.locator(".progress-line").inner_text().startswith("cleo: 10 of")

    take_name(page, served, "dora")
    go(page, served, "/code/adjudicate")
    page.wait_for_selector("tr.differ")
    with page.expect_navigation():
        page.get_by_role("button", name="As anna has it").press("Enter")

    go(page, served, "/track")
    box = page.locator("svg[data-brush]").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + 40)
    with page.expect_navigation():
        page.mouse.up()
    page.wait_for_selector(".quoted blockquote")
    with page.expect_navigation():
        page.locator(".quoted >> text=In its document").first.press("Enter")
    assert page.locator("mark#aim").count() == 1

    go(page, served, "/write")
    page.keyboard.press("e")
    page.keyboard.press("Control+End")
    page.locator("summary >> text=Quotations").press("Enter")
    page.locator("[data-insert*='{{ quotation ']").first.press("Enter")
    expect(page.locator("#draft")).to_have_value(re.compile(r"\{\{ quotation "))
    expect(page.locator("[data-saved]")).to_have_text("Saved.", timeout=20_000)
    assert page.locator("[data-faults] li").count() == 0
    page.get_by_role("button", name="Build HTML, PDF and DOCX").press("Enter")
    page.wait_for_selector("text=report.docx", timeout=120_000)
    with page.expect_download() as kept:
        page.click("text=report.pdf")
    assert Path(kept.value.path()).read_bytes().startswith(b"%PDF")

    page.keyboard.press("7")
    page.wait_for_selector("#log")
    assert {"write", "draft", "judge", "correct", "gather"} <= set(
        page.locator("#log ~ .scroll td:nth-child(4)").all_inner_texts()
    )
    with page.expect_navigation():
        page.keyboard.press("v")
    assert page.locator("h1").inner_text() == "Everything holds"


def test_keys_pressed_fast_are_all_counted(page: Page, served: Served) -> None:
    """Eight keys at once answer eight questions: none is lost while the page changes, and nothing is kept before Enter."""
    take_name(page, served, "eva")
    go(page, served, "/code")
    if page.locator("[data-live] .notice.warn").count():
        page.keyboard.press("Enter")
        page.wait_for_selector(".passage")
    for key in "ynnynny":
        page.keyboard.press(key)
    page.wait_for_selector("form[action='/code/answers']")
    assert page.locator(".answers .a").all_inner_texts() == ["yes", "no", "no", "yes", "no", "no", "yes"]
    page.keyboard.press("b")
    page.wait_for_selector("#question")
    assert page.locator(".answers .a").all_inner_texts()[-1] == ""


def test_two_browsers_on_one_passage(browser: Any, page: Page, served: Served) -> None:
    """Two browsers, one coder, one passage: the second to answer sees both answers, and the first stands."""
    go(page, served, "/you")
    page.click("text=Make an address")
    invited = page.locator("#invited").input_value()
    other = browser.new_context().new_page()
    other.goto(invited)
    for one in (page, other):
        take_name(one, served, "frida")
        go(one, served, "/code")
        if one.locator("[data-live] .notice.warn").count():
            one.keyboard.press("Enter")
            one.wait_for_selector(".passage")
        one.keyboard.press("n")
        one.wait_for_selector("form[action='/code/answers']")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    with other.expect_navigation():
        other.keyboard.press("Enter")
    assert other.locator("h1").inner_text() == "Answered in another window"
    assert page.locator(".progress-line").inner_text().startswith("frida: 1 of")
    other.context.close()


def test_words_selected_become_a_boundary(page: Page, served: Served) -> None:
    """Selected words give their place in code points, Arabic and signs beyond the first plane included."""
    documents = page.request.get(f"{served.address}/api/documents?most=500").json()
    arabic = next(one for one in documents if re.search("[\u0600-\u06ff]", one["text"]))
    go(page, served, f"/find/{arabic['id']}")
    block = arabic["blocks"][2]
    page.evaluate(
        """start => { const run = document.querySelector(`[data-s="${start}"]`); getSelection().selectAllChildren(run.closest('.block')); }""",
        block["start"],
    )
    expect(page.locator("[data-adding] [name=place]")).to_have_value(f"{block['start']}-{block['end']}")


# --- Hostile evidence ---

ATTACKS = """<script>fetch('CANARY/script')</script><img src="CANARY/img" onerror="fetch('CANARY/onerror')">
<iframe src="CANARY/frame"></iframe><meta http-equiv="refresh" content="0;url=CANARY/meta"><link rel=stylesheet href="CANARY/css">
<svg onload="fetch('CANARY/svg')"></svg><a href="javascript:fetch('CANARY/js')">row</a></textarea></title></script>"""
HOSTILE = {
    "page.html": '<html><head><title>ATTACK</title>ATTACK</head><body><article><h1>ATTACK The pier</h1><p>ATTACK Whoever left the pier may come back before spring, said Mara Quill: "ATTACK come home and row with us again, all of you".</p></article></body></html>',
    "notice.txt": 'ATTACK\n\nOn 2031-02-03 the League \u202egnp.exe\u202c said: "The pier is open to whoever left it ATTACK".\n\n{{ 7*7 }} {% raw %} ${7*7}\n\n' + "x" * 20_000 + "\n",
    "film.srt": "1\n00:00:01,000 --> 00:00:04,000\n<font onmouseover=fetch('CANARY/font')>ATTACK rowers who left the pier</font>\n\n2\n00:00:05,000 --> 00:00:08,000\n- \u2067\u202eATTACK they may come home to us again\n",
    "post.md": "# ATTACK ![](CANARY/md)\n\n[the pier](javascript:fetch('CANARY/mdjs')) <b onclick=x>ATTACK</b> who left may come back home before the spring.\n",
    "<img src=x onerror=alert(1)>.txt": "The notice ATTACK of the pier to everyone who left it last autumn and winter.\n",
    "picture.svg": "<svg xmlns='http://www.w3.org/2000/svg' onload=\"fetch('CANARY/svgfile')\"><image href='CANARY/svgimage'/></svg>",
    "Z\u0321\u0301\u0322" * 8 + ".txt": "Zalgo Z" + "\u0301\u0321" * 400 + ' said "the pier is shut to whoever left" ATTACK.\n',
}  # fmt: skip


@pytest.fixture
def canary() -> Iterator[tuple[str, list[str]]]:
    """Return the address of a server that remembers whoever speaks to it."""
    heard: list[str] = []

    class Canary(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_words: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Canary)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", heard
    server.shutdown()
    server.server_close()


def make_hostile_case(folder: Path, canary: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a case in which every file tries something."""
    from linewatch.code.run import propose
    from linewatch.find.run import find
    from linewatch.gather.run import Given, gather
    from linewatch.read.run import read
    from linewatch.store.case import make_case

    monkeypatch.setenv("LINEWATCH_STATE", str(folder / "state"))
    material = folder / "material"
    material.mkdir()
    for name, text in HOSTILE.items():
        (material / name).write_text(
            text.replace("ATTACK", ATTACKS).replace("CANARY", canary), encoding="utf-8"
        )
    case = make_case(folder / "case")
    given = Given(side="own", kind="article", outlet=f"<script>fetch('{canary}/outlet')</script>\u202eLamp", title='"><img src=x onerror=alert(2)>', date="2031-02-03")  # fmt: skip
    gather(case, [material], given=given, tell=lambda _: None)
    read(case, tell=lambda _: None)
    find(case, lambda _: None)
    propose(case, lambda _: None)
    return case.path


def test_hostile_evidence_is_only_text(
    browser: Any, tmp_path: Path, canary: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On every page of a hostile case no script runs, nothing outside is asked, and the canary hears nothing."""
    address, heard = canary
    case = make_hostile_case(tmp_path, address, monkeypatch)
    with serve(case, tmp_path / "state") as served:
        context = browser.new_context()
        asked: list[str] = []
        context.on("request", lambda request: asked.append(request.url))
        page, said = context.new_page(), []
        page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        page.on("console", lambda message: said.append(message.text))
        page.goto(served.opens)
        documents = page.request.get(f"{served.address}/api/documents?most=100").json()
        findings = page.request.get(f"{served.address}/api/findings?most=100").json()
        assert len(documents) >= 5
        paths = ["/gather", "/read", "/read?q=pier", "/find?kind=item", "/find", "/find/speakers", "/find/citations", "/find/actors", "/find/notes", "/code", "/code/agreement", "/track", "/write", "/check", "/you"]  # fmt: skip
        paths += [f"/{room}/{one['id']}" for one in documents for room in ("read", "find")]
        paths += [f"/find/{one['span']['document']}?finding={one['id']}" for one in findings[:20]]
        for path in paths:
            page.goto(served.address + path)
            width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert width <= 0, f"{path} is wider than the window"
            assert page.url.startswith(served.address)
        page.goto(served.address + "/write/preview")
        page.wait_for_timeout(300)
        assert [url for url in asked if not url.startswith((served.address, "data:"))] == []
        assert said == []
        assert heard == []
        page.request.get(f"{address}/control")
        assert heard == ["/control"], "the canary would have heard"
        context.close()


# --- What axe finds ---


def list_pages(page: Page, served: Served) -> list[str]:
    """Return one address of every kind of page."""
    finding = page.request.get(f"{served.address}/api/findings?kind=quotation").json()[0]
    item = page.request.get(f"{served.address}/api/findings?kind=item").json()[0]
    arabic = next(
        one
        for one in page.request.get(f"{served.address}/api/passages?most=500").json()
        if one.get("language") == "ar"
    )
    pdf = page.request.get(f"{served.address}/gather").text()
    picture = re.search(r'href="/read/(\w+)"><bdi>[^<]*\.pdf', pdf)
    assert picture is not None
    seal = re.search(
        r'href="(/picture/[^"]+/1)"', page.request.get(f"{served.address}/read/{picture[1]}").text()
    )
    assert seal is not None
    twin = re.search(
        r'href="(/read/\w+/beside/\w+)"',
        page.request.get(f"{served.address}/read/{arabic['span']['document']}").text(),
    )
    assert twin is not None
    return [
        "/gather", "/read", "/read?q=oar", "/read?q=nothingofit zzz", f"/read/{arabic['span']['document']}?at={arabic['span']['start']}-{arabic['span']['end']}",
        twin[1], seal[1], "/find", "/find/speakers", "/find/citations", "/find/actors", "/find/notes",
        f"/find/{finding['span']['document']}?finding={finding['id']}", f"/find/{item['span']['document']}?finding={item['id']}",
        "/code/agreement", "/code/adjudicate", "/track", "/track?outlet=The+Lamp", "/track?from=2031-01-01&to=2031-12-31", "/write",
        "/check", "/check/verify", "/you", "/code", "/code?a=q1:y&state=frames", "/code?a=q1:n", "/read/nothing",
    ]  # fmt: skip


def test_axe_finds_nothing(page: Page, served: Served) -> None:
    """On every kind of page, English and Arabic, light and dark, axe finds no violation; at 200 % nothing runs out of the window."""
    from axe_playwright_python.sync_playwright import Axe

    take_name(page, served, "ida")
    found: dict[str, list[str]] = {}
    for path in list_pages(page, served):
        page.set_viewport_size({"width": 1280, "height": 800})
        go(page, served, path)
        faults = []
        for scheme, rules in RULES.items():
            page.emulate_media(color_scheme=scheme)
            told = Axe().run(page, options=rules).response["violations"]
            faults += [f"{scheme}: {one['id']}: {one['nodes'][0]['html'][:160]}" for one in told]
        page.set_viewport_size({"width": 640, "height": 400})
        if page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
            faults.append("wider than the window at 200 %")
        if faults:
            found[path] = faults
    assert found == {}
