"""Find: what machines found, laid over the words, and what an analyst makes of it: accepted, mended, re-bounded, rejected, added."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple, get_args

from starlette.responses import Response
from starlette.routing import Route

from linewatch.errors import InputError, NotFoundError
from linewatch.find.corrections_joins import propose_joins
from linewatch.find.corrections_state import digest_fields, name_finding, tell_fields
from linewatch.find.run import revise, take_back
from linewatch.model import (
    Citation,
    Correction,
    Document,
    Finding,
    ItemKind,
    Marker,
    NoteBody,
    Quotation,
    get_id,
)
from linewatch.model.fields import BLANK, FIELDS, MERGEABLE, get_kind
from linewatch.model.finding import Role, Tier
from linewatch.store.case import Case
from linewatch.store.live import FOUND
from linewatch.web.known import Known
from linewatch.web.library import get_document, read_place
from linewatch.web.paging import cut_page
from linewatch.web.sessions import Act
from linewatch.web.shown import Mark, cut_runs, shorten, show_blocks
from linewatch.web.visit import Visit, acting, showing
from linewatch.write.wording import get_direction

CHOICES = {"kind": get_args(ItemKind), "role": get_args(Role), "tier": get_args(Tier)}
"""Fields whose words are of a closed list."""
KINDS = {
    "item": "Items",
    "quotation": "Quotations",
    "citation": "Citations",
    "alias": "Other names",
    "place": "Places",
    "mention": "Mentions",
    "caption": "Captions",
    "marker": "Note marks",
    "note": "Notes",
    "report": "Report's own",
    "saying": "Sayings",
}
CONTEXT = 80


class Listed(NamedTuple):
    """A finding in a list."""

    finding: Finding
    kind: str
    words: str
    direction: str
    state: str
    fields: dict[str, str]
    address: str


def list_finding(known: Known, finding: Finding) -> Listed:
    """Return a finding as a list shows it."""
    document = known.documents()[finding.span.document]
    words = shorten(document.text[finding.span.start : finding.span.end], 180)
    return Listed(
        finding=finding,
        kind=get_kind(finding.value),
        words=words,
        direction=get_direction(words),
        state=tell_state(list_on(known, finding.id)),
        fields=tell_fields(finding),
        address=f"/find/{document.id}?finding={finding.id}",
    )


def list_on(known: Known, target: str) -> list[Correction]:
    """Return the corrections that hold on a finding."""
    return known.case.keep("corrections on", FOUND, lambda: _group(known.corrected().standing)).get(
        target, []
    )


def _group(corrections: Iterable[Correction]) -> dict[str, list[Correction]]:
    grouped: dict[str, list[Correction]] = defaultdict(list)
    for one in corrections:
        grouped[one.target].append(one)
    return dict(grouped)


def tell_state(corrections: Iterable[Correction]) -> str:
    """Return in a word or two what a person has done to a finding."""
    corrections = list(corrections)
    fields = sorted({str(one.field) for one in corrections if one.action == "set"})
    told = [word for action, word in (("accept", "accepted"), ("add", "added"), ("merge", "merged"), ("reject", "rejected")) if any(one.action == action for one in corrections)]  # fmt: skip
    return ", ".join([*told, *(["mended: " + ", ".join(fields)] if fields else [])]) or "found by machine"


def find_version(known: Known, finding: Finding) -> str:
    """Return the digits by which a form shows what its writer had before them."""
    return get_id(digest_fields(finding), [one.id for one in list_on(known, finding.id)], length=8)


def show_find(visit: Visit) -> Response:
    """Show what was found, kind by kind, and what of it waits for a look."""
    known, kind = visit.known, visit.ask("kind") or "quotation"
    counts = {name: len(known.of_kind(name)) for name in KINDS}
    rows = cut_page(known.of_kind(kind), visit)
    return visit.page(
        "find.html.j2",
        kinds=KINDS,
        counts=counts,
        kind=kind,
        rows=rows,
        listed=[list_finding(known, one) for one in rows.rows],
        lost=known.corrected().lost,
    )


def show_speakers(visit: Visit) -> Response:
    """Show the quotations by who speaks them."""
    spoken: dict[str, list[Finding]] = defaultdict(list)
    for one in visit.known.of_kind("quotation"):
        if isinstance(one.value, Quotation):
            spoken[one.value.speaker or "nobody is named"].append(one)
    chosen = visit.ask("speaker")
    rows = cut_page(spoken.get(chosen, []), visit)
    return visit.page(
        "speakers.html.j2",
        speakers=sorted(
            ((len(said), name) for name, said in spoken.items()), key=lambda one: (-one[0], one[1])
        ),
        chosen=chosen,
        rows=rows,
        listed=[list_finding(visit.known, one) for one in rows.rows],
    )


def show_citations(visit: Visit) -> Response:
    """Show each citation with the canon's text beside, and what the quoted words leave out."""
    found = [one for one in visit.known.of_kind("citation") if isinstance(one.value, Citation)]
    verdicts = Counter(one.value.verdict for one in found if isinstance(one.value, Citation))
    chosen = visit.ask("verdict")
    rows = cut_page(
        [one for one in found if chosen in {"", getattr(one.value, "verdict", "")}], visit, size=25
    )
    return visit.page(
        "citations.html.j2",
        verdicts=sorted(verdicts.items()),
        chosen=chosen,
        rows=rows,
        shown=[_show_citation(visit.known, one) for one in rows.rows],
    )


def _show_citation(known: Known, finding: Finding) -> dict[str, object]:
    value = finding.value
    assert isinstance(value, Citation)
    document = known.documents()[finding.span.document]
    span = value.quoted or finding.span
    quoted = document.text[span.start : span.end]
    return {
        "listed": list_finding(known, finding),
        "value": value,
        "quoted": cut_runs(document.text, span.start, span.end) if value.quoted else (),
        "direction": get_direction(quoted),
        "canon": mark_left_out(value.text or "", value.omitted),
    }


def mark_left_out(text: str, omitted: Iterable[str]) -> list[tuple[str, bool]]:
    """Return a canon's text in pieces, those that the quoted words leave out told apart.

    >>> mark_left_out("row out and come home", ["and come home"])
    [('row out ', False), ('and come home', True)]
    """
    cuts = sorted((text.find(part), text.find(part) + len(part)) for part in omitted if part and part in text)
    pieces, at = [], 0
    for first, last in cuts:
        if first >= at:
            pieces += [(text[at:first], False), (text[first:last], True)]
            at = last
    return [piece for piece in [*pieces, (text[at:], False)] if piece[0]]


def show_actors(visit: Visit) -> Response:
    """Show names with the other names they go by, and the items that may be one thing under two names."""
    known = visit.known
    joins = propose_joins(known.findings().values())
    return visit.page(
        "actors.html.j2",
        aliases=[list_finding(known, one) for one in known.of_kind("alias")],
        places=[list_finding(known, one) for one in known.of_kind("place")],
        joins=[
            (
                list_finding(known, known.findings()[one.cited]),
                list_finding(known, known.findings()[one.held]),
                one.why,
            )
            for one in joins[:100]
        ],
        version=lambda finding: find_version(known, finding),
        name=name_finding,
    )


def show_notes(visit: Visit) -> Response:
    """Show the note marks and notes whose other half is missing."""
    marks = [
        one for one in visit.known.of_kind("marker") if isinstance(one.value, Marker) and not one.value.body
    ]
    notes = [
        one for one in visit.known.of_kind("note") if isinstance(one.value, NoteBody) and not one.value.marker
    ]
    return visit.page(
        "notes.html.j2",
        marks=[list_finding(visit.known, one) for one in marks],
        notes=[list_finding(visit.known, one) for one in notes],
    )


def show_findings(visit: Visit) -> Response:
    """Show a document with what was found in it, and the form of the finding that the address names."""
    known, document = visit.known, get_document(visit, visit.place("document"))
    found = known.findings_in(document.id)
    kinds = sorted({get_kind(one.value) for one in found})
    shown = [
        one
        for one in found
        if visit.ask("kind") in {"", get_kind(one.value)} and not _is_whole(one, document)
    ]
    chosen = known.findings().get(visit.ask("finding"))
    marks = [Mark(one.span.start, one.span.end, get_kind(one.value), one.id) for one in shown]
    if chosen is not None and chosen.span.document == document.id:
        marks.append(Mark(chosen.span.start, chosen.span.end, "aim"))
    order = [one.id for one in shown]
    place = order.index(chosen.id) if chosen and chosen.id in order else -1
    return visit.page(
        "findings.html.j2",
        document=document,
        evidence=known.evidence()[document.evidence],
        blocks=show_blocks(document, marks),
        kinds={name: KINDS.get(name, name) for name in kinds},
        kind=visit.ask("kind"),
        aim=chosen.span.start if chosen else -1,
        chosen=_show_chosen(visit, chosen, document) if chosen else None,
        before=visit.here(finding=order[place - 1]) if place > 0 else None,
        after=visit.here(finding=order[place + 1]) if place + 1 < len(order) else None,
        choices=CHOICES,
        add=read_place(visit.ask("add")),
        addable=BLANK,
        fields=FIELDS,
        rejected=_list_rejected(known, document),
    )


def _is_whole(finding: Finding, document: Document) -> bool:
    """Tell whether a finding is over the whole text, as a held item is: to mark all is to mark nothing."""
    return finding.span.end - finding.span.start >= len(document.text) - 2


def _show_chosen(visit: Visit, finding: Finding, document: Document) -> dict[str, object]:
    known = visit.known
    text = known.documents()[finding.span.document].text
    first, last = finding.span.start, finding.span.end
    kind = get_kind(finding.value)
    return {
        "listed": list_finding(known, finding),
        "name": name_finding(finding),
        "version": find_version(known, finding),
        "corrections": list_on(known, finding.id),
        "before": shorten(text[max(0, first - CONTEXT) : first], CONTEXT),
        "after": shorten(text[last : last + CONTEXT], CONTEXT),
        "edges": list_edges(text, first, last) if kind in BLANK and not _is_whole(finding, document) else [],
        "survivors": [list_finding(known, one) for one in known.of_kind(kind) if one.id != finding.id][:200] if kind in MERGEABLE else [],
    }  # fmt: skip


def list_edges(text: str, start: int, end: int) -> list[tuple[str, str]]:
    """Return what each nudge of a boundary by one word comes to, as `start-end`.

    >>> list_edges("the old sea wall", 4, 11)
    [('one word more before', '0-11'), ('one word less before', '8-11'), ('one word more after', '4-16'), ('one word less after', '4-7')]
    """
    before, after = text[:start].rstrip(), text[end:]
    wider = max(before.rfind(" "), before.rfind("\n")) + 1
    inner = text[start:end]
    rest = after.lstrip()
    ahead = len(after) - len(rest) + len(rest.split(maxsplit=1)[0]) if rest else 0
    words = inner.split()
    edges = [
        ("one word more before", wider, end, wider < start),
        ("one word less before", start + inner.find(words[1], len(words[0])) if len(words) > 1 else start, end, len(words) > 1),
        ("one word more after", start, end + ahead, ahead > 0),
        ("one word less after", start, start + len(inner.rstrip()[: -len(words[-1])].rstrip()) if len(words) > 1 else end, len(words) > 1),
    ]  # fmt: skip
    return [(label, f"{first}-{last}") for label, first, last, there in edges if there]


def _list_rejected(known: Known, document: Document) -> list[tuple[Correction, str]]:
    return [
        (one, shorten(document.text[one.at.start : one.at.end], 80))
        for one in known.corrected().standing
        if one.action == "reject" and one.at and one.at.document == document.id
    ]


def act_on_finding(visit: Visit) -> Response:
    """Carry out what a form asks of a finding, unless it was changed since the form was loaded."""
    finding = visit.known.findings().get(visit.given("finding"))
    if finding is None:
        return answer_conflict(visit, None)
    if visit.given("version") != find_version(visit.known, finding):
        return answer_conflict(visit, finding)
    rows = make_rows(visit, finding)
    made = keep_rows(visit, rows, f"{visit.given('act')} {get_kind(finding.value)}")
    moved = next((one.target for one in made if one.action == "add"), finding.id)
    return visit.go(f"/find/{finding.span.document}", finding=moved, kind=visit.given("kind_shown"))


def make_rows(visit: Visit, finding: Finding) -> list[dict[str, str]]:
    """Return the rows of the corrections' table that stand for a form."""
    row = {"id": name_finding(finding), "seen": digest_fields(finding), "note": visit.given("note")}
    act = visit.given("act")
    if act in {"accept", "reject"}:
        return [{**row, "action": act}]
    if act == "merge":
        return [{**row, "action": f"merge {visit.given('survivor')}"}]
    if act == "mend":
        told = tell_fields(finding)
        return [{**row, "action": "", **{name: visit.given(f"field-{name}", told[name]) for name in told}}]
    if act == "move":
        start, end = read_place(visit.given("place"))
        return [{**row, "action": "reject"}, make_addition(finding, start, end, row["note"])]
    raise InputError(f"{act!r} is no act", hint="use the buttons of the page")


def make_addition(finding: Finding, start: int, end: int, note: str) -> dict[str, str]:
    """Return the row that adds a finding again between other boundaries."""
    told = tell_fields(finding)
    return {
        "action": f"add {get_kind(finding.value)}", "id": "", "seen": "", "document": finding.span.document,
        "start": str(start), "end": str(end), "note": note, **told,
    }  # fmt: skip


def add_finding(visit: Visit) -> Response:
    """Add a finding at a place of a document."""
    document, kind = get_document(visit, visit.given("document")), visit.given("kind")
    start, end = read_place(visit.given("place"))
    row = {
        "action": f"add {kind}", "id": "", "seen": "", "document": document.id, "start": str(start), "end": str(end),
        "note": visit.given("note"),
        **{name: visit.given(f"field-{name}") for name in FIELDS.get(kind, ())},
    }  # fmt: skip
    made = keep_rows(visit, [row], f"add {kind}")
    return visit.go(f"/find/{document.id}", finding=next((one.target for one in made), None))


def retract_corrections(visit: Visit) -> Response:
    """Take back every correction on a finding, or its rejection."""
    target = visit.given("finding")
    standing = [one for one in visit.known.corrected().standing if one.target == target]
    if not standing:
        raise NotFoundError(
            "nothing was corrected there", hint="somebody may have taken it back already: load the page again"
        )
    case = visit.case
    retractions = take_back(case, standing)
    visit.session.did(_make_act(case, "take corrections back", retractions))
    at = next((one.at for one in standing if one.at), None)
    return visit.go(f"/find/{at.document}" if at else "/find", finding=target)


def keep_rows(visit: Visit, rows: list[dict[str, str]], words: str) -> list[Correction]:
    """Keep corrections and remember how to take them back."""
    case = visit.case
    made = revise(case, rows)
    if made:
        visit.session.did(_make_act(case, words, made))
    return made


def _make_act(case: Case, words: str, made: list[Correction]) -> Act:
    return Act(words, lambda: _make_act(case, words, take_back(case, made)))


def answer_conflict(visit: Visit, finding: Finding | None) -> Response:
    """Return what was asked for beside what stands now: somebody else was here first, and nothing was lost."""
    asked = {
        name.removeprefix("field-"): visit.given(name) for name in visit.form if name.startswith("field-")
    }
    target = visit.given("finding")
    return visit.page(
        "conflict.html.j2",
        status=409,
        act=visit.given("act"),
        asked=asked,
        now=tell_fields(finding) if finding else None,
        corrections=list_on(visit.known, target),
        back=f"/find/{finding.span.document}?finding={finding.id}" if finding else "/find",
    )


ROUTES = [
    Route("/find", showing(show_find)),
    Route("/find/speakers", showing(show_speakers)),
    Route("/find/citations", showing(show_citations)),
    Route("/find/actors", showing(show_actors)),
    Route("/find/notes", showing(show_notes)),
    Route("/find/{document}", showing(show_findings)),
    Route("/find/act", acting(act_on_finding), methods=["POST"]),
    Route("/find/add", acting(add_finding), methods=["POST"]),
    Route("/find/retract", acting(retract_corrections), methods=["POST"]),
]
