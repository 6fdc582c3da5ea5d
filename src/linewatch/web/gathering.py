"""Gather: files dropped and sealed, the import report, what nobody said, and the coverage calendar that can be painted."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path, PurePosixPath

import msgspec
from starlette.datastructures import UploadFile
from starlette.responses import Response
from starlette.routing import Route

from linewatch.code.run import propose
from linewatch.errors import InputError
from linewatch.find.run import find
from linewatch.gather.run import Given, gather
from linewatch.model import Arrival, Watch
from linewatch.read.run import read
from linewatch.settings import write_watched
from linewatch.store.case import Case
from linewatch.web.calendar import end_month, find_state, paint
from linewatch.web.paging import cut_page
from linewatch.web.sessions import Act
from linewatch.web.visit import Visit, acting, showing

SAID = ("side", "kind", "outlet", "date", "title", "obtained_from")


def show_gather(visit: Visit) -> Response:
    """Show where the case stands, the last import report, what is wrong, and what was watched."""
    known = visit.known
    arrivals = known.arrivals()
    gathering = visit.ask("gathering") or (arrivals[-1].gathering if arrivals else "")
    report = [one for one in arrivals if one.gathering == gathering]
    return visit.page(
        "gather.html.j2",
        status_now=known.status(),
        report=report,
        counts={
            name: sum(one.outcome == name for one in report)
            for name in ("sealed", "duplicate", "set aside", "refused")
        },
        unsaid=list_unsaid(visit, report),
        problems=known.problems(),
        rows=known.calendar(),
        seals=cut_page(list(known.evidence().values()), visit, "seals", 20),
    )


def list_unsaid(visit: Visit, report: Iterable[Arrival]) -> list[tuple[str, str]]:
    """Return for each file of a report what nobody has said of it yet."""
    stated, told = visit.known.stated(), []
    for one in report:
        said = stated.get(one.evidence or "", {})
        missing = [name for name in ("kind", "outlet", "date") if name not in said]
        if one.evidence and "side" not in said:
            told.append((one.path, "own or about"))
        elif one.evidence and said.get("side") == "own" and missing:
            told.append((one.path, ", ".join(missing)))
    return told


def take_files(visit: Visit) -> Response:
    """Seal the files dropped, then read them, find in them and propose their passages."""
    files = [one for one in visit.form.getlist("files") if isinstance(one, UploadFile) and one.filename]
    if not files:
        raise InputError("no file was chosen", hint="drop files on the page, or choose them with the button")
    said = {name: visit.given(name) for name in SAID if visit.given(name)}
    try:
        given = msgspec.convert(said, Given)
    except msgspec.ValidationError as error:
        raise InputError(
            f"what is said of the files cannot be used: {error}", hint="choose own or about"
        ) from error
    with tempfile.TemporaryDirectory(prefix="linewatch-") as folder:
        gathering = gather(visit.case, list(put_down(files, Path(folder))), given=given, tell=lambda _: None)
    work_on(visit.case)
    return visit.go("/gather", gathering=gathering.arrivals[0].gathering if gathering.arrivals else None)


def put_down(files: Iterable[UploadFile], folder: Path) -> Iterator[Path]:
    """Yield where each uploaded file lies for a moment: under its own name, which can lead nowhere else."""
    for place, file in enumerate(files):
        name = PurePosixPath((file.filename or "").replace("\\", "/")).name.replace("\0", "")
        own = folder / str(place)
        own.mkdir()
        path = own / (name[-200:] if name not in {"", ".", ".."} else "unnamed")
        path.write_bytes(file.file.read())
        yield path


def work_on(case: Case) -> None:
    """Read, find and propose what waits."""
    read(case, tell=lambda _: None)
    find(case, lambda _: None)
    propose(case, lambda _: None)


def go_on(visit: Visit) -> Response:
    """Do what waits of reading, finding and proposing."""
    work_on(visit.case)
    return visit.go("/gather")


def paint_calendar(visit: Visit) -> Response:
    """Say that an outlet was watched in a period, or that it was not."""
    outlet, _, month = visit.given("cell").rpartition("|")
    before = visit.case.settings.watched
    if month:
        begins = read_day(f"{month}-01")
        stroke = Watch(outlet=outlet, begins=begins, ends=end_month(begins))
        on = find_state(before, outlet, begins) != "all"
    else:
        stroke = make_stroke(visit.given("outlet"), visit.given("from"), visit.given("to"))
        on = visit.given("watched") != "no"
    keep_watched(visit.case, paint(before, stroke, on=on))
    words = f"{stroke.outlet} {'watched' if on else 'not watched'} from {stroke.begins} to {stroke.ends}"
    visit.session.did(Act(words, lambda: swap_watched(visit.case, before, words)))
    return visit.go("/gather#calendar")


def swap_watched(case: Case, watched: tuple[Watch, ...], words: str) -> Act:
    """Put other watched periods in place, and return the act that puts these back."""
    before = case.settings.watched
    keep_watched(case, watched)
    return Act(words, lambda: swap_watched(case, before, words))


def keep_watched(case: Case, watched: tuple[Watch, ...]) -> None:
    """Write the periods into the case's settings and say so in the log."""
    write_watched(case.path / "case.toml", watched)
    case.note("watch", watched=msgspec.to_builtins(watched))


def make_stroke(outlet: str, begins: str, ends: str) -> Watch:
    """Return a period to paint; raises InputError where it is none."""
    if not outlet or len(outlet) > 200 or not outlet.isprintable():
        raise InputError("no outlet is named", hint="write its name as the items have it")
    try:
        return Watch(outlet=outlet, begins=read_day(begins), ends=read_day(ends))
    except ValueError as error:
        raise InputError(str(error), hint="give the earlier day first") from error


def read_day(text: str) -> date:
    """Return a day written as YYYY-MM-DD; raises InputError."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"{text!r} is no day", hint="write it as YYYY-MM-DD") from error


ROUTES = [
    Route("/gather", showing(show_gather)),
    Route("/gather/files", acting(take_files), methods=["POST"]),
    Route("/gather/work", acting(go_on), methods=["POST"]),
    Route("/gather/watched", acting(paint_calendar), methods=["POST"]),
]
