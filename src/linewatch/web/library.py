"""Read: the library with its facets, search in the case's words, and the document with the original beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from starlette.responses import Response
from starlette.routing import Route

from linewatch.errors import InputError, NotFoundError
from linewatch.model import Document, Evidence, Finding, Item, Passage, Statement
from linewatch.store.live import FOUND
from linewatch.store.search import Hit, list_places, match, name_terms
from linewatch.text.query import Term, find_marks
from linewatch.track.series import get_date
from linewatch.web.known import CODED, Known
from linewatch.web.paging import cut_page
from linewatch.web.render import tell_when
from linewatch.web.shown import Mark, cut_runs, shorten, show_blocks
from linewatch.web.visit import Visit, acting, showing
from linewatch.write.wording import get_direction

CONTEXT = 240
"""Characters of a hit that are shown around its first word."""


@dataclass(frozen=True)
class Volume:
    """A document as the library lists it."""

    id: str
    title: str
    file: str
    outlet: str
    kind: str
    date: str
    language: str
    coding: str
    sensitivity: str
    passages: int


Kept = tuple[tuple[Finding | None, Mapping[str, str] | None, list[Passage]], Volume]
"""What a volume rests on, and the volume."""
FACETS: dict[str, tuple[str, Callable[[Volume], str]]] = {
    "outlet": ("Outlet", lambda one: one.outlet),
    "kind": ("Kind", lambda one: one.kind),
    "year": ("Year", lambda one: one.date[-4:] if one.date[-4:].isdigit() else ""),
    "language": ("Language", lambda one: one.language),
    "coding": ("Coding", lambda one: one.coding),
    "sensitivity": ("Sensitivity", lambda one: one.sensitivity),
}


def list_volumes(known: Known) -> list[Volume]:
    """Return every live document as the library lists it, worked out once for each state of the case."""
    return known.case.keep("volumes", (*CODED, Statement), lambda: _make_volumes(known))


def _make_volumes(known: Known) -> list[Volume]:
    """Return the volumes, those with an answered passage told as coded, in whole or in part."""
    coded = Counter(
        known.passages()[name].span.document for name in known.codes() if name in known.passages()
    )
    return [
        one if one.id not in coded else replace(one, coding="coded" if coded[one.id] == one.passages else "partly coded")
        for one in known.case.keep("uncoded volumes", (*FOUND, Passage, Statement), lambda: _list_uncoded(known))
    ]  # fmt: skip


def _list_uncoded(known: Known) -> list[Volume]:
    """Return every volume as if nobody had coded; one that rests on nothing new is the one of before."""
    held, stated, evidence = known.held(), known.stated(), known.evidence()
    kept: dict[str, Kept] = known.case.keep("volumes of before", (), dict)
    volumes = []
    for document in known.documents().values():
        passages = known.passages_in(document.id)
        rests = (held.get(document.id), stated.get(document.evidence), passages)
        before = kept.get(document.id)
        if before is None or any(one is not other for one, other in zip(rests, before[0], strict=True)):
            before = kept[document.id] = (
                rests,
                _make_volume(document, evidence[document.evidence], *rests),
            )
        volumes.append(before[1])
    return volumes


def _make_volume(
    document: Document,
    evidence: Evidence,
    found: Finding | None,
    said: Mapping[str, str] | None,
    passages: list[Passage],
) -> Volume:
    item = found.value if found and isinstance(found.value, Item) else Item()
    said = said or {}
    return Volume(
        id=document.id,
        title=item.title or document.metadata.get("title") or shorten(document.text, 70) or evidence.name,
        file=evidence.name,
        outlet=item.outlet or item.publisher or said.get("publisher", "") or "unknown",
        kind=item.kind if found else "report",
        date=tell_when(get_date(item)) or said.get("date", ""),
        language=_find_language(document),
        coding="not coded" if passages else "no passages",
        sensitivity="with a warning" if any(one.warning for one in passages) else "none",
        passages=len(passages),
    )


def _find_language(document: Document) -> str:
    told = Counter(block.language for block in document.blocks if block.language)
    return told.most_common(1)[0][0] if told else "unknown"


def show_library(visit: Visit) -> Response:
    """Show the library, narrowed by the facets chosen, or the hits of a search."""
    volumes = list_volumes(visit.known)
    chosen = {name: visit.ask(name) for name in FACETS if visit.ask(name)}
    kept = [one for one in volumes if all(FACETS[name][1](one) == value for name, value in chosen.items())]
    words, answer, fault, complete = visit.ask("q"), None, None, True
    if words:
        try:
            complete = visit.known.indexed()
            answer = match(visit.desk.case, words)
        except InputError as error:
            fault = f"{error}: {error.hint}"
    if answer:
        volumes = [one for one in volumes if one.id in answer.rows]
        kept = [one for one in kept if one.id in answer.rows]
    inside = {one.id: one for one in kept}
    page = cut_page([row for one in kept for row in answer.rows[one.id]], visit, size=25) if answer else None
    places = list_places(visit.desk.case, list(page.rows)) if page else []
    return visit.page(
        "library.html.j2",
        words=words,
        answer=answer,
        fault=fault,
        hits=page,
        shown=[(hit, inside[hit.document], *_show_hit(hit.text, hit.start, hit.marks)) for hit in make_hits(visit.known, answer.terms, places)] if answer else [],
        complete=complete,
        asked=name_terms(answer.terms) if answer else (),
        volumes=cut_page(kept, visit),
        facets=[_count_facet(name, kept if name not in chosen else volumes) for name in FACETS],
        chosen=chosen,
    )  # fmt: skip


def make_hits(known: Known, terms: tuple[Term, ...], places: Iterable[tuple[str, int, int]]) -> list[Hit]:
    """Return the hits at these places, each with its words and where it comes from."""
    return [_make_hit(known, terms, *place) for place in places if place[0] in known.documents()]


def _make_hit(known: Known, terms: tuple[Term, ...], name: str, start: int, end: int) -> Hit:
    document = known.documents()[name]
    evidence, words = known.evidence()[document.evidence], document.text[start:end]
    held, said = known.held().get(name), known.stated().get(document.evidence, {})
    item = held.value if held and isinstance(held.value, Item) else None
    block = next(one for one in document.blocks if one.start == start)
    return Hit(
        evidence=evidence.id,
        document=name,
        file=evidence.name,
        start=start,
        end=end,
        marks=tuple((start + first, start + last) for first, last in find_marks(words, terms)),
        text=words,
        page=block.page,
        begins_ms=block.begins_ms,
        language=block.language,
        outlet=item.outlet if item else said.get("outlet"),
        date=item.date.iso if item and item.date else None if item else said.get("date"),
    )


def _count_facet(name: str, volumes: Iterable[Volume]) -> tuple[str, str, list[tuple[str, int]]]:
    label, get = FACETS[name]
    counts = Counter(get(one) for one in volumes if get(one))
    ordered = counts.most_common(12) if name != "year" else sorted(counts.items())
    return name, label, ordered


def _show_hit(text: str, start: int, marks: Iterable[tuple[int, int]]) -> tuple[object, str, bool, bool]:
    """Return a hit's words around the first that answers, cut to what a line of context needs."""
    marks = [(first - start, last - start) for first, last in marks]
    middle = marks[0][0] if marks else 0
    first = max(0, middle - CONTEXT // 2)
    first = text.rfind(" ", 0, first) + 1 if first else 0
    last = min(len(text), first + 2 * CONTEXT)
    runs = cut_runs(text, first, last, [Mark(begin, end, "hit") for begin, end in marks])
    return runs, get_direction(text), first > 0, last < len(text)


def show_document(visit: Visit) -> Response:
    """Show a document's blocks, the passage that the address names set apart, and where its bytes are sealed."""
    document = get_document(visit, visit.place("document"))
    evidence = visit.known.evidence()[document.evidence]
    start, end = read_place(visit.ask("at"))
    marks = [Mark(start, end, "aim")] if end > start else []
    passages = visit.known.passages_in(document.id)
    item = visit.known.held().get(document.id)
    return visit.page(
        "document.html.j2",
        document=document,
        evidence=evidence,
        item=item,
        said=visit.known.stated().get(evidence.id, {}),
        blocks=show_blocks(document, marks),
        passages=passages,
        codes=visit.known.codes(),
        aim=start if marks else -1,
        twins=find_twins(visit.known, document, evidence),
        drawn=evidence.media_type == "application/pdf",
        set_aside=[one for one in document.portions if one.outcome != "read"],
    )


def find_twins(known: Known, document: Document, evidence: Evidence) -> list[tuple[str, str]]:
    """Return the documents that are this one in another language: files named alike but for the language.

    `film.ar.srt` and `film.en.txt` are one film's words in two languages.
    """
    stem = evidence.name.split(".")[0]
    own = [
        one for one in known.evidence().values() if one.name.split(".")[0] == stem and one.id != evidence.id
    ]
    twins = [(known.document_of(one.id), one.name) for one in own]
    return [
        (one.id, name)
        for one, name in twins
        if one is not None and _find_language(one) != _find_language(document)
    ]


def show_beside(visit: Visit) -> Response:
    """Show a document and its translation side by side."""
    documents = [get_document(visit, visit.place(name)) for name in ("document", "twin")]
    return visit.page(
        "beside.html.j2",
        pair=[(one, visit.known.evidence()[one.evidence], show_blocks(one, [])) for one in documents],
    )


def get_document(visit: Visit, name: str) -> Document:
    """Return a document, also one that a better reading has taken the place of; raises NotFoundError."""
    live = visit.known.documents().get(name)
    if live is not None:
        return live
    try:
        return visit.desk.case.get(Document, name)
    except NotFoundError as error:
        raise NotFoundError("no document has this address", hint="go to Read and choose one") from error


def read_place(text: str) -> tuple[int, int]:
    """Return the two places of `12-40`, nothing where it is none.

    >>> read_place("12-40"), read_place("here")
    ((12, 40), (0, 0))
    """
    first, _, last = text.partition("-")
    if all(one.isascii() and one.isdigit() and len(one) < 10 for one in (first, last)):
        return int(first), int(last)
    return 0, 0


def hand_out(visit: Visit) -> Response:
    """Hand out the sealed bytes for a reason that stands in the log from then on."""
    evidence = visit.known.evidence().get(visit.place("evidence"))
    if evidence is None:
        raise NotFoundError("no file has this seal")
    reason = visit.given("reason")
    if len(reason) < 8:
        raise InputError(
            "the reason is too short",
            hint="say in a few words what the original is needed for; it stands in the log",
        )
    data = visit.desk.case.read_evidence(evidence.id)
    visit.case.note("hand-out", evidence=evidence.id, reason=reason[:500])
    digits = evidence.id.partition(":")[2]
    return Response(
        data,
        media_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{digits[:16]}.original"'},
    )


ROUTES = [
    Route("/read", showing(show_library)),
    Route("/read/{document}", showing(show_document)),
    Route("/read/{document}/beside/{twin}", showing(show_beside)),
    Route("/original/{evidence}", acting(hand_out), methods=["POST"]),
]
