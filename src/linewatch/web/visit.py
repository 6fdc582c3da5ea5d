"""One request as an endpoint sees it: the case as this person writes it, the query, the form, and the pages to answer with."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from functools import wraps
from secrets import compare_digest
from threading import Lock
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from linewatch.store.remembered import RememberedCase
from linewatch.web.known import Known
from linewatch.web.render import render
from linewatch.web.sessions import Session, Sessions

MOST_FILES = 500
MOST_FIELDS = 2000


@dataclass
class Desk:
    """What all requests share."""

    case: RememberedCase
    known: Known
    sessions: Sessions
    address: str = ""
    cookie: str = "linewatch"
    writing: Lock = field(default_factory=Lock)
    """Held by one act at a time: two windows never write at once."""
    writers: dict[str, RememberedCase] = field(default_factory=dict)

    def get_case_of(self, who: str) -> RememberedCase:
        """Return the case through which what is written stands in the log under a name."""
        if who not in self.writers:
            self.writers[who] = self.case.act_as(who)
        return self.writers[who]


@dataclass(frozen=True)
class Visit:
    """One request."""

    request: Request
    desk: Desk
    session: Session
    form: FormData = field(default_factory=FormData)

    @property
    def known(self) -> Known:
        """Return the case as the pages see it."""
        return self.desk.known

    @property
    def case(self) -> RememberedCase:
        """Return the case to write to, in this person's name."""
        return self.desk.get_case_of(self.session.who)

    def ask(self, name: str, otherwise: str = "") -> str:
        """Return a field of the query."""
        return self.request.query_params.get(name, otherwise).strip()

    def place(self, name: str) -> str:
        """Return a part of the path."""
        return str(self.request.path_params[name])

    def given(self, name: str, otherwise: str = "") -> str:
        """Return a field of the form."""
        value = self.form.get(name, otherwise)
        return "" if isinstance(value, UploadFile) else value.replace("\r\n", "\n").strip()

    def page(self, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
        """Return a page."""
        shared = {"visit": self, "session": self.session, "path": self.request.url.path}
        return HTMLResponse(render(template, **shared, **values), status)

    def go(self, path: str, **query: str | None) -> RedirectResponse:
        """Return the way to another page, after an act."""
        return RedirectResponse(make_address(path, query), 303)

    def here(self, **query: str | None) -> str:
        """Return this address with some fields of the query changed, None taking one out."""
        return make_address(self.request.url.path, {**self.request.query_params, **query})


def make_address(path: str, query: Mapping[str, str | None]) -> str:
    """Return a path with the fields of a query that hold something.

    >>> make_address("/read", {"outlet": "The Lamp", "date": None})
    '/read?outlet=The+Lamp'
    """
    told = urlencode({name: value for name, value in query.items() if value})
    return f"{path}?{told}" if told else path


Show = Callable[[Visit], Response]
Endpoint = Callable[[Request], Coroutine[Any, Any, Response]]


def showing(show: Show) -> Endpoint:
    """Return the endpoint of a page that changes nothing."""

    @wraps(show)
    async def endpoint(request: Request) -> Response:
        visit = Visit(request, request.app.state.desk, request.state.session)
        return await run_in_threadpool(_show_still, show, visit)

    return endpoint


def _show_still(show: Show, visit: Visit) -> Response:
    with visit.known.case.hold_still():
        return show(visit)


def acting(act: Show) -> Endpoint:
    """Return the endpoint of an act: the form's secret is the session's, and no other act runs beside it."""

    @wraps(act)
    async def endpoint(request: Request) -> Response:
        async with request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=8 << 20) as form:
            visit = Visit(request, request.app.state.desk, request.state.session, form)
            told = request.headers.get("x-csrf") or visit.given("csrf")
            if not compare_digest(told.encode(), visit.session.csrf.encode()):
                raise HTTPException(403, "This form is not from your session: load the page again.")
            return await run_in_threadpool(_act_alone, act, visit)

    return endpoint


def _act_alone(act: Show, visit: Visit) -> Response:
    with visit.desk.writing:
        answer = act(visit)
    visit.known.begin_index()
    return answer
