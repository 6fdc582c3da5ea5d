"""The JSON endpoints, each a function that says what it answers, and the OpenAPI description made from the same table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from linewatch import __version__
from linewatch.errors import InputError, NotFoundError
from linewatch.model import Document, Finding, Line, Passage, Problem, Reliability, to_json
from linewatch.status import Status
from linewatch.store.search import Answer, look, name_terms
from linewatch.web.library import make_hits
from linewatch.web.visit import Visit, showing

MOST = 500


def answer(value: object, status: int = 200) -> Response:
    """Return a value as JSON."""
    return Response(to_json(value), status, media_type="application/json")


@dataclass(frozen=True)
class Endpoint:
    """One address of the API: what it is for, what it is asked, what it answers."""

    path: str
    show: Callable[[Visit], Response]
    answers: Any
    query: dict[str, str]
    place: str | None = None


class Fault(msgspec.Struct):
    """What went wrong and what to do."""

    error: str
    hint: str | None = None


def get_status(visit: Visit) -> Response:
    """Return where the case stands: what is done, what waits, what comes next."""
    return answer(visit.known.status())


def list_documents(visit: Visit) -> Response:
    """Return the live documents with their text and blocks, from `after` on."""
    return answer(_cut(list(visit.known.documents().values()), visit))


def get_document(visit: Visit) -> Response:
    """Return one live document."""
    found = visit.known.documents().get(visit.place("id"))
    if found is None:
        raise NotFoundError("no document has this id")
    return answer(found)


def list_findings(visit: Visit) -> Response:
    """Return the live findings, corrections laid over them; of one `kind`, of one `document`."""
    found = list(visit.known.findings().values())
    if visit.ask("kind"):
        found = visit.known.of_kind(visit.ask("kind"))
    if visit.ask("document"):
        found = [one for one in found if one.span.document == visit.ask("document")]
    return answer(_cut(found, visit))


def list_passages(visit: Visit) -> Response:
    """Return the live passages. Who answered what is not here: coding is blind."""
    return answer(_cut(list(visit.known.passages().values()), visit))


def get_agreement(visit: Visit) -> Response:
    """Return how far the coders agree."""
    return answer(visit.known.reliability(wait=True))


def get_line(visit: Visit) -> Response:
    """Return the line and the turns looked for."""
    return answer(visit.known.line(wait=True))


def list_problems(visit: Visit) -> Response:
    """Return the problems that stand."""
    return answer(_cut(visit.known.problems(), visit))


def find_words(visit: Visit) -> Response:
    """Return the passages that hold all the words of `q`."""
    visit.known.indexed(wait=True)
    found = look(visit.desk.case, visit.ask("q"), most=_read_number(visit.ask("most", "20"), "most"))
    hits = tuple(make_hits(visit.known, found.terms, found.places))
    return answer(
        Answer(
            asked=name_terms(found.terms), count=found.total, files=found.files, hits=hits, alone=found.alone
        )
    )


def _cut(rows: list[Any], visit: Visit) -> list[Any]:
    after, most = (
        _read_number(visit.ask(name, other), name) for name, other in (("after", "0"), ("most", "100"))
    )
    return rows[after : after + most]


def _read_number(text: str, name: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise InputError(f"{name} is not a whole number", hint="leave it out to begin at the first")
    return min(int(text), MOST) if name == "most" else int(text)


PAGING = {"after": "integer", "most": "integer"}
ENDPOINTS = (
    Endpoint("/api/status", get_status, Status, {}),
    Endpoint("/api/documents", list_documents, list[Document], PAGING),
    Endpoint("/api/documents/{id}", get_document, Document, {}, place="id"),
    Endpoint(
        "/api/findings", list_findings, list[Finding], {"kind": "string", "document": "string", **PAGING}
    ),
    Endpoint("/api/passages", list_passages, list[Passage], PAGING),
    Endpoint("/api/agreement", get_agreement, Reliability, {}),
    Endpoint("/api/line", get_line, Line, {}),
    Endpoint("/api/problems", list_problems, list[Problem], PAGING),
    Endpoint("/api/search", find_words, Answer, {"q": "string", "most": "integer"}),
)


def describe() -> dict[str, Any]:
    """Return the OpenAPI 3.1 description of the JSON endpoints."""
    schemas, components = msgspec.json.schema_components(
        [*(one.answers for one in ENDPOINTS), Fault], ref_template="#/components/schemas/{name}"
    )
    return {
        "openapi": "3.1.0",
        "info": {"title": "Linewatch: the desk", "version": __version__},
        "paths": {
            one.path: {"get": _describe_endpoint(one, schema)}
            for one, schema in zip(ENDPOINTS, schemas, strict=False)
        },
        "components": {
            "schemas": components,
            "securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": "linewatch-PORT"}},
        },
        "security": [{"session": []}],
    }


def _describe_endpoint(one: Endpoint, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "summary": " ".join((one.show.__doc__ or "").split()),
        "operationId": one.show.__name__,
        "parameters": [
            *([{"name": one.place, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}] if one.place else []),
            *(_describe_field(name, kind) for name, kind in one.query.items()),
        ],
        "responses": {
            "200": {"description": "What was asked for", "content": {"application/json": {"schema": schema}}},
            **{
                code: {"description": words, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Fault"}}}}
                for code, words in (("400", "A field cannot be used"), ("404", "There is no such thing"))
            },
            "401": {"description": "No session", "content": {"text/plain": {"schema": {"type": "string"}}}},
        },
    }  # fmt: skip


def _describe_field(name: str, kind: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": kind}
    if kind == "integer":
        schema |= {"minimum": 0, "maximum": 999_999_999}
    return {"name": name, "in": "query", "required": name == "q", "schema": schema}


async def send_description(_request: Request) -> Response:
    """Return the description."""
    return answer(describe())


ROUTES = [
    Route("/api/openapi.json", send_description),
    *(Route(one.path, showing(one.show)) for one in ENDPOINTS),
]
