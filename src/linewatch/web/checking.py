"""Check: the custody log, the seals and the problems, and a verification of all of them."""

from __future__ import annotations

from collections import Counter

from starlette.responses import Response
from starlette.routing import Route

from linewatch.model import LogEntry
from linewatch.store.check import check_case
from linewatch.web.paging import cut_page
from linewatch.web.visit import Visit, showing

ENTRIES = 50


def show_check(visit: Visit) -> Response:
    """Show the newest entries of the log, the head, and the problems by kind."""
    before = visit.ask("before")
    older = int(before) if before.isascii() and before.isdigit() and len(before) < 12 else None
    entries = visit.desk.case.read_log(before=older, most=ENTRIES)
    problems = visit.known.problems()
    kind = visit.ask("kind")
    return visit.page(
        "check.html.j2",
        head=visit.desk.case.get_head(),
        entries=[(one, tell_entry(one)) for one in entries],
        older=visit.here(before=str(entries[-1].seq)) if len(entries) == ENTRIES else None,
        kinds=sorted(Counter(one.kind for one in problems).items()),
        kind=kind,
        problems=cut_page([one for one in problems if kind in {"", one.kind}], visit, "problem"),
        names={name: one.name for name, one in visit.known.evidence().items()},
    )


def tell_entry(entry: LogEntry) -> str:
    """Return what an entry did, in words."""
    wrote = ", ".join(f"{rows} {table}" for table, (rows, _) in entry.wrote.items())
    detail = ", ".join(
        f"{name} {str(value)[:60]}"
        for name, value in entry.detail.items()
        if not isinstance(value, list | dict)
    )
    return "; ".join(filter(None, (wrote, detail)))


def show_verified(visit: Visit) -> Response:
    """Verify every seal, row, link of the log and span, and show each fault."""
    with visit.desk.writing:
        checked = check_case(visit.desk.case.path)
    return visit.page("verified.html.j2", checked=checked)


ROUTES = [
    Route("/check", showing(show_check)),
    Route("/check/verify", showing(show_verified)),
]
