"""You: the name under which you act, undo and redo, your own exposure meter, a second window, leaving."""

from __future__ import annotations

from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from linewatch.code.answers import find_bad_name
from linewatch.errors import InputError
from linewatch.web.sessions import Exposure
from linewatch.web.visit import Visit, acting, make_address, showing


def show_you(visit: Visit) -> Response:
    """Show the session: its name, what it did, and what was met. The meter stands on no other page."""
    return visit.page("you.html.j2", invited=None)


def take_name(visit: Visit) -> Response:
    """Act under another name from now on; what was done before keeps the name it has."""
    name = visit.given("who")
    if fault := find_bad_name(name):
        raise InputError(fault, hint="one name for one person, the same every time")
    visit.session.who = name
    visit.session.done, visit.session.undone = [], []
    return visit.go("/you")


def invite(visit: Visit) -> Response:
    """Show an address that opens this desk in another browser, once."""
    token = visit.desk.sessions.make_token()
    return visit.page("you.html.j2", invited=f"{visit.desk.address}/open/{token}")


def switch_meter(visit: Visit) -> Response:
    """Begin the exposure meter anew, or stop it."""
    visit.session.metered = visit.given("meter") != "off"
    visit.session.exposure = Exposure()
    return visit.go("/you")


def undo(visit: Visit) -> Response:
    """Take back the last act."""
    return _turn(visit, visit.session.undo(), "Undone")


def redo(visit: Visit) -> Response:
    """Do again what was taken back last."""
    return _turn(visit, visit.session.redo(), "Done again")


def _turn(visit: Visit, words: str | None, verb: str) -> Response:
    back = visit.given("back") or "/gather"
    if not back.startswith("/") or back.startswith(("//", "/\\")):
        back = "/gather"
    path, _, query = back.partition("?")
    visit.session.told = f"{verb}: {words}." if words else "There is nothing to undo or do again."
    return visit.go(make_address(path, {}) + (f"?{query}" if query else ""))


def leave(visit: Visit) -> Response:
    """End the session."""
    visit.desk.sessions.close(visit.request.state.key)
    response = PlainTextResponse(
        "You have left the desk. A new address is needed to come back: start `linewatch serve` again, or ask a colleague who is at the desk."
    )
    response.delete_cookie(visit.desk.cookie)
    return response


ROUTES = [
    Route("/you", showing(show_you)),
    Route("/you/name", acting(take_name), methods=["POST"]),
    Route("/you/invite", acting(invite), methods=["POST"]),
    Route("/you/meter", acting(switch_meter), methods=["POST"]),
    Route("/you/undo", acting(undo), methods=["POST"]),
    Route("/you/redo", acting(redo), methods=["POST"]),
    Route("/you/leave", acting(leave), methods=["POST"]),
]
