"""The desk put together: its routes, one list a room, behind its walls."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from linewatch.errors import LinewatchError, NotFoundError
from linewatch.store.case import open_case
from linewatch.store.remembered import RememberedCase
from linewatch.web import (
    api,
    checking,
    coding,
    drafting,
    finding,
    gathering,
    library,
    pictures,
    tracking,
    you,
)
from linewatch.web.assets import list_served
from linewatch.web.known import Known
from linewatch.web.later import NotYet
from linewatch.web.render import render
from linewatch.web.sessions import IDLE, Sessions
from linewatch.web.visit import Desk
from linewatch.web.walls import Walls

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
ROUTES = [
    *gathering.ROUTES,
    *library.ROUTES,
    *pictures.ROUTES,
    *finding.ROUTES,
    *coding.ROUTES,
    *tracking.ROUTES,
    *drafting.ROUTES,
    *checking.ROUTES,
    *you.ROUTES,
    *api.ROUTES,
]


def make_desk(path: Path, host: str, port: int, *, idle: float = IDLE) -> Desk:
    """Return the desk of a case at an address; the cookie is named by the port, since ports share a browser's cookies."""
    case = RememberedCase(open_case(path).path)
    shown = f"[{host}]" if ":" in host else host
    return Desk(
        case=case,
        known=Known(case),
        sessions=Sessions(case.settings.analyst, idle=idle),
        address=f"http://{shown}:{port}",
        cookie=f"linewatch-{port}",
    )


def make_app(desk: Desk, *, announce: Callable[[str], None] | None = None) -> Walls:
    """Return the application; `announce` is given a new address where a session has gone stale."""
    app = Starlette(
        routes=[
            Route("/open/{token}", open_session),
            Route("/assets/{name}", send_asset),
            Route("/", lambda _request: RedirectResponse("/gather", 303)),
            *ROUTES,
        ],
        exception_handlers={
            LinewatchError: tell_error,
            HTTPException: tell_error,
            NotYet: tell_not_yet,
            Exception: tell_fault,
        },
    )
    app.state.desk = desk
    tell = announce or (lambda address: print(address, file=sys.stderr, flush=True))  # noqa: T201 - the terminal is where it belongs
    return Walls(
        app,
        sessions=desk.sessions,
        hosts=list_hosts(desk.address),
        cookie=desk.cookie,
        announce=lambda: tell(make_open_address(desk)),
    )


def list_hosts(address: str) -> frozenset[str]:
    """Return the names under which a desk may be asked for: its own, and those of this machine's loopback."""
    own = address.partition("//")[2]
    port = own.rpartition(":")[2]
    host = own.rpartition(":")[0]
    names = (*LOOPBACK, host) if host in LOOPBACK else (host,)
    return frozenset(f"{name}:{port}" for name in names)


def make_open_address(desk: Desk) -> str:
    """Return an address that opens the desk, once."""
    return f"{desk.address}/open/{desk.sessions.make_token()}"


async def open_session(request: Request) -> Response:
    """Exchange a one-time token for a session's cookie."""
    desk: Desk = request.app.state.desk
    key = desk.sessions.open(request.path_params["token"])
    if key is None:
        return PlainTextResponse("This address was used already. A new one stands in the terminal.", 401)
    response = RedirectResponse("/gather", 303)
    response.set_cookie(desk.cookie, key, httponly=True, samesite="strict", path="/")
    return response


async def send_asset(request: Request) -> Response:
    """Return one of the desk's own files."""
    found = list_served().get(request.path_params["name"])
    if found is None:
        raise HTTPException(404)
    data, media_type = found
    return Response(
        data, media_type=media_type, headers={"Cache-Control": "private, max-age=31536000, immutable"}
    )


async def tell_error(request: Request, error: Exception) -> Response:
    """Return what went wrong and what to do, as a page or as JSON."""
    status, said, hint = 400, str(error), getattr(error, "hint", None)
    if isinstance(error, HTTPException):
        status, said = error.status_code, str(error.detail)
    elif isinstance(error, NotFoundError):
        status = 404
    return answer_error(request, status, said, hint)


async def tell_not_yet(request: Request, _answer: Exception) -> Response:
    """Return a page that comes again by itself until there is an answer."""
    page = render(
        "not_yet.html.j2", session=request.state.session, path=request.url.path, again=str(request.url)
    )
    return Response(page, media_type="text/html")


async def tell_fault(request: Request, error: Exception) -> Response:
    """Return that the desk itself is at fault; where, stands in the terminal."""
    return answer_error(
        request, 500, f"a fault of the desk itself: {type(error).__name__}", "the terminal says where"
    )


def answer_error(request: Request, status: int, said: str, hint: str | None) -> Response:
    """Return an error in the form that was asked for."""
    if request.url.path.startswith("/api/"):
        return api.answer({"error": said, "hint": hint}, status)
    session = getattr(request.state, "session", None)
    if session is None:
        return PlainTextResponse(said, status)
    page = render(
        "error.html.j2",
        session=session,
        path=request.url.path,
        visit=None,
        said=said,
        hint=hint,
        status=status,
    )
    return Response(page, status, media_type="text/html")
