"""The desk's walls: the right host, the right cookie, small enough bodies, and the headers that keep a page to itself."""

from __future__ import annotations

from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from linewatch.web.sessions import Sessions

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SANDBOXED = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'"
)
"""For the preview of the report alone: one file with its style in it, in a frame where nothing runs and nothing is fetched."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
LARGEST = 64 << 20
"""Bytes of one request: what is larger is gathered with the command line."""
OPEN = "/open/"
LOCKED = (
    "This desk is locked.\n\nOpen the address that `linewatch serve` printed; it works once. When you were away for "
    "long, or used it already, a new address stands in the terminal."
)


class Walls:
    """Stands in front of every endpoint: what it refuses, no endpoint sees."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        sessions: Sessions,
        hosts: frozenset[str],
        cookie: str,
        announce: Callable[[], None],
    ) -> None:
        """`announce` prints a new address where a session has gone stale."""
        self.app, self.sessions, self.hosts, self.cookie, self.announce = (
            app,
            sessions,
            hosts,
            cookie,
            announce,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or say why not."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        refused = self._refuse(scope, Headers(scope=scope))
        if refused is not None:
            await refused(scope, receive, _dress(send))
        else:
            await self.app(scope, _limit(receive), _dress(send))

    def _refuse(self, scope: Scope, headers: Headers) -> Response | None:
        if headers.get("host", "") not in self.hosts:
            return PlainTextResponse("This desk answers at its own address only.", 421)
        if int(_read_number(headers.get("content-length"))) > LARGEST:
            return PlainTextResponse(f"More than {LARGEST >> 20} MB: gather it with the command line.", 413)
        key = cookie_parser(headers.get("cookie", "")).get(self.cookie)
        session = self.sessions.find(key)
        scope.setdefault("state", {}).update(session=session, key=key)
        if session is None and not scope["path"].startswith(OPEN):
            if key:
                self.announce()
            return PlainTextResponse(LOCKED, 401)
        return None


def _read_number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0


def _limit(receive: Receive) -> Receive:
    """Return a receive that ends a body which grows past the limit, whatever its header said."""
    taken = 0

    async def receive_within() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        return {"type": "http.disconnect"} if taken > LARGEST else message

    return receive_within


def _dress(send: Send) -> Send:
    """Return a send that adds the walls' headers, unless the endpoint gave stricter ones of its own."""

    async def send_dressed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            headers.setdefault("Content-Security-Policy", POLICY)
            headers.setdefault("Cache-Control", "no-store")
            for name, value in HEADERS.items():
                headers[name] = value
            message["headers"] = headers.raw
        await send(message)

    return send_dressed
