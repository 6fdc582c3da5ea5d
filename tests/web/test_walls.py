"""What the desk refuses, and what it lets no page do."""

from __future__ import annotations

import re
from typing import Any

import pytest
from starlette.routing import Route

from linewatch.web.app import ROUTES, list_hosts, make_open_address
from linewatch.web.assets import list_served
from linewatch.web.visit import Desk
from linewatch.web.walls import LARGEST

Client = Any
PATHS = sorted({(re.sub(r"\{\w+\}", "1", route.path), method) for route in ROUTES if isinstance(route, Route) for method in route.methods or () if method != "HEAD"})  # fmt: skip
PAGES = [
    "/gather", "/read", "/find", "/find/speakers", "/find/citations", "/find/actors", "/find/notes", "/code",
    "/code/agreement", "/code/adjudicate", "/track", "/write", "/check", "/check/verify", "/you",
]  # fmt: skip


def test_every_endpoint_refuses_without_a_session(stranger: Client) -> None:
    """Each route, read or write, and each asset answers 401 and says nothing of the case."""
    assets = [(f"/assets/{name}", "GET") for name in list_served()]
    answers = {
        path: stranger.request(method, path)
        for path, method in [*PATHS, *assets, ("/", "GET"), ("/none", "GET")]
    }
    assert {path: one.status_code for path, one in answers.items() if one.status_code != 401} == {}
    assert not any("Harbour" in one.text for one in answers.values())


def test_every_act_refuses_without_the_secret(client: Client, desk: Desk) -> None:
    """A form without the session's secret is refused, and the log stays as it was."""
    before = desk.case.get_head()
    answers = {
        path: client.post(path, data={"csrf": "guess"}).status_code
        for path, method in PATHS
        if method == "POST"
    }
    assert set(answers.values()) == {403}
    assert desk.case.get_head() == before


def test_token_works_once(stranger: Client, desk: Desk) -> None:
    """The printed address opens one session; a second use and a guess open none."""
    address = make_open_address(desk).removeprefix(desk.address)
    opened = stranger.get(address, follow_redirects=False)
    assert opened.status_code == 303
    cookie = opened.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert [stranger.get(one, follow_redirects=False).status_code for one in (address, "/open/guess")] == [
        401,
        401,
    ]


def test_idle_session_is_over(client: Client, desk: Desk) -> None:
    """After the idle time the session answers no more, however good its cookie was."""
    assert client.get("/you").status_code == 200
    desk.sessions._idle = -1
    assert client.get("/you").status_code == 401


@pytest.mark.parametrize(
    "host", ["evil.example:8127", "127.0.0.1", "127.0.0.1:1", "127.0.0.1:8127.evil.example", ""]
)
def test_other_host_is_refused(client: Client, host: str) -> None:
    """A name that was bent to this machine's address is answered by nothing."""
    assert client.get("/gather", headers={"host": host}).status_code == 421


def test_hosts_of_an_open_address() -> None:
    """At an address that is not loopback only that address answers."""
    assert list_hosts("http://10.0.0.5:80") == {"10.0.0.5:80"}
    assert list_hosts("http://127.0.0.1:80") == {"127.0.0.1:80", "localhost:80", "[::1]:80"}


@pytest.mark.parametrize("path", PAGES)
def test_page_keeps_to_itself(client: Client, path: str) -> None:
    """Each page has the whole policy, and neither inline script, inline style, handler nor address elsewhere."""
    answer = client.get(path)
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["cache-control"] == "no-store"
    assert (answer.headers["x-content-type-options"], answer.headers["referrer-policy"]) == (
        "nosniff",
        "no-referrer",
    )
    assert (
        re.findall(
            r"<style|\sstyle=|\son\w+=|<script(?![^>]* src=\"/assets/)|(?:src|href|action)=\"(?![/#?])",
            answer.text,
        )
        == []
    )


def test_preview_runs_nothing(client: Client) -> None:
    """The preview of the report is sandboxed: no script, no request; its style alone is its own."""
    policy = client.get("/write/preview").headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "script-src" not in policy


def test_large_body_is_refused(client: Client, desk: Desk) -> None:
    """A body beyond the limit is refused by its header, before it is read."""
    answer = client.post("/gather/files", headers={"content-length": str(LARGEST + 1)}, content=b"")
    assert answer.status_code == 413
    del desk


def test_assets_are_kept_and_named_by_hash(client: Client) -> None:
    """A page's assets carry their hash in their name and may be kept for ever."""
    names = re.findall(r'(?:href|src)="(/assets/[^"]+)"', client.get("/you").text)
    assert len(names) >= 3
    for name in names:
        answer = client.get(name)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert re.search(r"-[0-9a-f]{12}\.\w+$", name)
