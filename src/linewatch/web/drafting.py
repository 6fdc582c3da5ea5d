"""Write: the draft with its preview, a palette of directives, what would fail the build, and the report to take away."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from linewatch.errors import InputError, NotFoundError
from linewatch.flow import preview, write_report
from linewatch.model import Build, Statement
from linewatch.web.api import answer
from linewatch.web.finding import list_finding
from linewatch.web.known import CODED, Known
from linewatch.web.visit import Visit, acting, showing
from linewatch.web.walls import SANDBOXED
from linewatch.write.directives import DIRECTIVES
from linewatch.write.directives.numbers import LINE_NUMBERS, NUMBERS
from linewatch.write.material import Results
from linewatch.write.run import Preview, get_draft, save_draft

LONGEST = 2 << 20
FILES = {"report.html": "text/html", "report.pdf": "application/pdf", "report.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}  # fmt: skip
MOST_SHOWN = 30


def find_version(draft: str) -> str:
    """Return the digits by which a window shows which draft it had before it."""
    return hashlib.sha256(draft.encode()).hexdigest()[:16]


def get_results(known: Known) -> Results:
    """Return what coding and tracking come to now: a preview shows no figure of before."""
    return Results(
        line=known.line(wait=True),
        reliability=known.reliability(wait=True),
        codebook=known.codebook(),
        coded=tuple(one for coded in known.codes().values() for one in coded),
        passages=tuple(known.passages().values()),
    )


def show_write(visit: Visit) -> Response:
    """Show the draft, the palette and what would fail."""
    with visit.desk.writing:
        draft = get_draft(visit.case)
    builds = visit.known.case.keep("builds", (Build,), lambda: visit.desk.case.find(Build))
    words = visit.ask("q").casefold()
    quotations = [list_finding(visit.known, one) for one in visit.known.of_kind("quotation")]
    chosen = [one for one in quotations if words in one.words.casefold()]
    return visit.page(
        "write.html.j2",
        draft=draft,
        version=find_version(draft),
        previewed=make_preview(visit.known, draft),
        directives=[
            one for name, one in DIRECTIVES.items() if name not in {"quotation", "number", "passage"}
        ],
        numbers=[*NUMBERS, *LINE_NUMBERS],
        quotations=chosen[:MOST_SHOWN],
        more=max(0, len(chosen) - MOST_SHOWN),
        words=visit.ask("q"),
        built=builds[-1] if builds else None,
        files=[name for name in FILES if (visit.desk.case.path / "out" / name).exists()],
    )


def make_preview(known: Known, draft: str) -> Preview:
    """Return what a draft would be built into, worked out once for each draft and state of the case."""
    results = get_results(known)  # before the memory is locked: what works the line out needs it
    return known.case.keep(
        f"preview {find_version(draft)}"[:24],
        (*CODED, Statement),
        lambda: preview(known.case, draft, results),
    )


def show_preview(visit: Visit) -> Response:
    """Return the page that the saved draft would be, for a frame in which nothing runs."""
    made = make_preview(visit.known, get_draft(visit.desk.case))
    html = (
        made.html
        or "<!doctype html><title>No preview</title><p>The draft cannot be built yet: see the list of faults."
    )
    return HTMLResponse(html, headers={"Content-Security-Policy": SANDBOXED})


def keep_draft(visit: Visit) -> Response:
    """Save the draft, unless another window saved another one since this one was loaded; answers in JSON for a script."""
    draft, case = str(visit.form.get("draft", "")).replace("\r\n", "\n"), visit.case
    if not draft.strip():
        raise InputError(
            "the draft is empty", hint="write something, or take away report.md to have it made anew"
        )
    if len(draft) > LONGEST:
        raise InputError("the draft is too long", hint="at most two million characters")
    there = get_draft(case)
    scripted = visit.request.headers.get("accept", "").startswith("application/json")
    if visit.given("version") != find_version(there) and there != draft:
        if scripted:
            return answer(
                {
                    "error": "another window saved another draft meanwhile",
                    "hint": "save by the button to see both",
                },
                409,
            )
        return visit.page(
            "draft_conflict.html.j2", status=409, yours=draft, there=there, version=find_version(there)
        )
    if there != draft:
        save_draft(case, draft)
        case.note("draft", sha256=hashlib.sha256(draft.encode()).hexdigest())
    if scripted:
        return answer(tell_saved(visit.known, draft))
    return visit.go("/write")


def tell_saved(known: Known, draft: str) -> dict[str, Any]:
    """Return what a window is told once its draft is saved."""
    faults = make_preview(known, draft).faults
    return {
        "version": find_version(draft),
        "faults": [{"line": one.line, "message": one.message, "hint": one.hint} for one in faults],
    }


def build_report(visit: Visit) -> Response:
    """Build the report's files into the case's `out`."""
    write_report(visit.case, visit.desk.case.path / "out", tell=lambda _: None)
    return visit.go("/write#built")


def send_file(visit: Visit) -> Response:
    """Return a built file, to be kept and not shown."""
    name = visit.place("name")
    path: Path = visit.desk.case.path / "out" / name
    if name not in FILES or not path.exists():
        raise NotFoundError("this file is not built", hint="build the report first")
    return Response(
        path.read_bytes(),
        media_type=FILES[name],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


ROUTES = [
    Route("/write", showing(show_write)),
    Route("/write/preview", showing(show_preview)),
    Route("/write/draft", acting(keep_draft), methods=["POST"]),
    Route("/write/build", acting(build_report), methods=["POST"]),
    Route("/write/files/{name}", showing(send_file)),
]
