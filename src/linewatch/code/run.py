"""Code's work on a case: passages proposed, judgements kept, codes collected, agreement measured."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, TypeVar
from uuid import uuid4

import msgspec

from linewatch.code.adjudication import (
    Disagreement,
    apply_verdicts,
    freeze,
    list_disagreements,
    make_verdict,
)
from linewatch.code.answers import (
    Answer,
    find_bad_name,
    find_same_name,
    get_hour,
    make_judgement,
    retract,
    settle,
)
from linewatch.code.breakdown import Breakdown, Stratum, break_down, is_machine
from linewatch.code.codebook import load_codebook
from linewatch.code.export import list_rows, write_parquet, write_rows
from linewatch.code.machines import endpoint, fewshot, lexicon, model, rows
from linewatch.code.machines.base import Outcome, Unit
from linewatch.code.machines.blind import make_blind
from linewatch.code.machines.config import ModelConfig, is_loopback, read_config
from linewatch.code.machines.embedder import Embedder, Use
from linewatch.code.machines.registry import MACHINES
from linewatch.code.passages import NAME, propose_passages
from linewatch.code.queue import is_answered
from linewatch.code.reliability import collect, measure_codes
from linewatch.code.sampling import Design, Turn, draw, is_within, list_turns, stratify
from linewatch.code.sensitivity import name_table
from linewatch.code.steadiness import Steadiness, StillNeeded, count_still_needed
from linewatch.code.tables import Row, decode_table, parse_rows
from linewatch.code.units import (
    Bounded,
    Carried,
    apply_boundings,
    bound_place,
    carry,
    join_places,
    list_standing_boundings,
    make_anchors,
    split_places,
)
from linewatch.code.versions import Counted, count_answers
from linewatch.errors import InputError, NotFoundError
from linewatch.model import (
    Bounding,
    Codebook,
    CodebookVersion,
    Coded,
    Document,
    Finding,
    Item,
    Judgement,
    LogEntry,
    MachineCall,
    MachineRun,
    Passage,
    Reliability,
    Run,
    Sitting,
    Step,
    Suggestion,
    Tell,
    from_json,
    get_id,
)
from linewatch.model.suggestion import MACHINE
from linewatch.settings import get_service_key
from linewatch.store.case import Case
from linewatch.store.live import (
    find_latest_runs,
    list_live_corrections,
    list_live_documents,
    list_live_findings,
    list_live_judgements,
    list_live_judgements_on,
    list_live_passages,
    list_live_suggestions,
    list_standing_judgements,
    list_verdicts,
    name_version,
)
from linewatch.store.log import read_lines
from linewatch.text.retrace import get_cut
from linewatch.text.spans import Place

R = TypeVar("R", Row, Judgement)
Decided = tuple[list[Judgement], list[Judgement]]
"""What gives way, and what is new."""
EMBEDDER: Embedder = Use()
HIDDEN = ("outlet", "publisher", "date", "title", "speaker", "other coders")


def get_codebook(case: Case) -> Codebook:
    """Return the codebook of the case."""
    return load_codebook(case.settings.codebook, case.path)


def propose(case: Case, tell: Tell) -> int:
    """Keep the passages of every document whose findings have changed since; returns how many are new.

    What coders said of where passages begin and end is laid over what is proposed, and what they judged of a passage that
    another reading has in nearly the same words is carried over to it.
    """
    waiting, new = _list_waiting(case), 0
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in list_live_findings(case) if waiting else ():
        found[finding.span.document].append(finding)
    for place, (document, tool) in enumerate(waiting):
        tell(Step(stage="code", done=place, total=len(waiting), what=document.id))
        proposed = propose_passages(document, found[document.id])
        with case.write("propose", document=document.id) as writer:
            passages = _bound(case, document, proposed).passages
            new += writer.add(*passages)
            writer.add(*_carry(case, document, passages).judgements)
            writer.add(_make_run(document, tool, passages))
    return new


def _bound(case: Case, document: Document, proposed: Iterable[Passage]) -> Bounded:
    """Return what is proposed with the coders' boundings laid over it."""
    boundings = [one for one in list_standing_boundings(case.find(Bounding)) if one.source == document.source]
    return apply_boundings(document, proposed, boundings, _list_readings(case, document) if boundings else {})


def _list_readings(case: Case, document: Document) -> dict[str, str]:
    """Return the texts of all readings of what a document was read from, by id."""
    readings = case.find(Document, evidence=document.evidence)
    return {one.id: one.text for one in readings if one.source == document.source}


def _carry(case: Case, document: Document, passages: Sequence[Passage]) -> Carried:
    """Return the judgements to be carried over to the passages of another reading, and the passages that cannot be."""
    readings = _list_readings(case, document)
    if len(readings) < 2:
        return Carried((), ())
    old = [one for name in readings if name != document.id for one in case.find(Passage, document=name)]
    judged: dict[str, list[Judgement]] = defaultdict(list)
    for one in list_standing_judgements(case):
        judged[one.passage].append(one)
    return carry(document, passages, old, readings, judged)


def list_not_carried(case: Case) -> list[str]:
    """Return the passages with judgements that the latest reading of their file has neither word for word nor nearly."""
    live: dict[str, list[Passage]] = defaultdict(list)
    for one in list_live_passages(case):
        live[one.span.document].append(one)
    return [
        passage
        for document in list_live_documents(case)
        for passage in _carry(case, document, live[document.id]).lost
    ]


def list_lost_boundings(case: Case) -> list[Bounding]:
    """Return the boundings that do not hold in the latest reading of their file."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in list_live_findings(case):
        found[finding.span.document].append(finding)
    return [
        lost
        for document in list_live_documents(case)
        for lost in _bound(case, document, propose_passages(document, found[document.id])).lost
    ]


def split_passage(case: Case, passage: str, at: Sequence[int], coder: str) -> tuple[str, ...]:
    """Split a passage at these offsets of its document; returns the ids of the parts."""
    one = get_live_passage(case, passage)
    document = case.get(Document, one.span.document)
    return bound_passages(case, document, [passage], split_places(document, one, at), "split", coder)


def join_passages(case: Case, passages: Sequence[str], coder: str) -> tuple[str, ...]:
    """Make one passage of several neighbours; returns its id."""
    chosen = [get_live_passage(case, one) for one in passages]
    place = join_places(chosen, list_live_passages(case))
    document = case.get(Document, chosen[0].span.document)
    return bound_passages(case, document, passages, [place], "join", coder)


def rebound_passage(case: Case, passage: str, start: int, end: int, coder: str) -> tuple[str, ...]:
    """Let a passage begin and end elsewhere in its document; returns its id."""
    document = case.get(Document, get_live_passage(case, passage).span.document)
    return bound_passages(case, document, [passage], [bound_place(document, start, end)], "bound", coder)


def get_live_passage(case: Case, passage: str) -> Passage:
    """Return a passage as it stands; raises NotFoundError."""
    for one in list_live_passages(case):
        if one.id == passage:
            return one
    raise NotFoundError(f"no passage has the id {passage}", hint="ids are in the exports")


def bound_passages(
    case: Case,
    document: Document,
    before: Sequence[str],
    places: Sequence[Place],
    action: Literal["split", "join", "bound", "add"],
    coder: str,
) -> tuple[str, ...]:
    """Keep that these stretches are passages instead of those, as a row; returns the ids of the stretches.

    Raises InputError when the coder's name is none.
    """
    if fault := find_bad_name(coder):
        raise InputError(fault, hint="name the coder with --as NAME")
    _check_same(case, [coder])
    with case.write("bound", at=get_hour()) as writer:
        writer.add(
            Bounding(
                id=get_id("bounding", document.id, case.count(Bounding)),
                action=action,
                before=tuple(before),
                after=make_anchors(document, places),
                source=document.source,
                coder=coder,
                at=get_hour(),
            )
        )
    propose(case, lambda _step: None)
    spans = {(one.span.document, one.span.start, one.span.end): one.id for one in list_live_passages(case)}
    return tuple(spans[document.id, one.start, one.end] for one in places)


def undo_bounding(case: Case, coder: str) -> bool:
    """Take back a coder's last bounding that stands: the passages before it are there again; tells whether there was one."""
    own = [one for one in list_standing_boundings(case.find(Bounding)) if one.coder == coder]
    if not own:
        return False
    with case.write("bound", at=get_hour()) as writer:
        name = get_id("bounding", own[-1].id, "retract")
        writer.add(Bounding(id=name, action="retract", before=(own[-1].id,), coder=coder, at=get_hour()))
    propose(case, lambda _step: None)
    return True


def _list_waiting(case: Case) -> list[tuple[Document, str]]:
    """Return the documents to be proposed from, each with a digest of what its passages depend on."""
    corrections = [one.id for one in list_live_corrections(case)]
    boundings = list_standing_boundings(case.find(Bounding))
    searched, proposed = find_latest_runs(case, "find"), find_latest_runs(case, "code")
    waiting = []
    for document in list_live_documents(case):
        found, done = searched.get(document.id), proposed.get(document.id)
        own = [one.id for one in boundings if one.source == document.source]
        depends = (corrections, *([own] if own else []), found.output if found else None)
        tool = get_id(NAME, name_table(), *depends)
        if found and (done is None or done.tool != tool):
            waiting.append((document, tool))
    return waiting


def _make_run(document: Document, tool: str, passages: Iterable[Passage]) -> Run:
    now = datetime.now(UTC)
    return Run(
        id=get_id("code", document.id, tool, now.isoformat()),
        stage="code",
        input=document.id,
        tool=tool,
        output=" ".join(name_version(passage) for passage in passages),
        finished_at=now,
    )


def open_sitting(case: Case, coder: str, seed: int | None = None, design: Design | None = None) -> Sitting:
    """Return the coder's recorded random order of the passages: the open one, or a new one that adds what is not in it.

    Without a design, all passages are added, or none to a sample; with one, a sample of those not in it. Opened twice at
    once, it is opened once. Raises InputError when the coder's name is none.
    """
    if fault := find_bad_name(coder):
        raise InputError(fault, hint="name the coder with --as NAME")
    _check_same(case, [coder])
    chosen = seed if seed is not None else random.SystemRandom().randrange(1 << 31)
    with case.write("sit", at=get_hour(), coder=coder, seed=chosen) as writer:
        sittings = case.find(Sitting, coder=coder)
        last = sittings[-1] if sittings else None
        if last and design is None and last.chances:
            return last
        opened = _draw_sitting(case, coder, chosen, design or Design(), sittings)
        if last and set(opened.passages) == set(last.passages):
            return last
        writer.add(opened)
    return opened


def _draw_sitting(case: Case, coder: str, seed: int, design: Design, sittings: Sequence[Sitting]) -> Sitting:
    last = sittings[-1] if sittings else None
    kept = last.passages if last else ()
    limits = design.limits or (last.limits if last else ())
    left = [one for one in list_live_passages(case) if one.id not in kept and is_within(one, limits)]
    others = {one for row in case.find(Sitting) if row.coder != coder for one in row.passages}
    strata = stratify(left, _list_facts(case) if design.by else {}, design.by)
    drawn = draw(strata, others, design, seed)
    sampled = design.size is not None or design.double is not None
    passages = (*kept, *drawn.passages)
    return Sitting(
        id=get_id("sitting", coder, len(sittings)),
        coder=coder,
        seed=seed,
        passages=passages,
        hidden=HIDDEN,
        opened_at=get_hour(),
        by=design.by,
        chances={**(last.chances if last else {}), **(drawn.chances if sampled else {})},
        repeats=(*(last.repeats if last else ()), *drawn.repeats),
        limits=limits,
        sent=_list_sent(case, passages),
    )


def _list_facts(case: Case) -> dict[str, dict[str, str]]:
    """Return outlet and year of each item."""
    items = {one.id: one.value for one in list_live_findings(case) if isinstance(one.value, Item)}
    return {
        name: {"outlet": one.outlet or "", "period": ((one.date.iso or "") if one.date else "")[:4]}
        for name, one in items.items()
    }


def _list_sent(case: Case, passages: Iterable[str]) -> dict[str, str]:
    """Return the digits of the words that a coder is shown of each passage, its warning first."""
    texts = {one.id: one.text for one in list_live_documents(case)}
    live = {one.id: one for one in list_live_passages(case)}
    return {
        one: get_cut(f"{live[one].warning or ''}\n{_cut_words(texts, live[one])}")
        for one in passages
        if one in live
    }


def _cut_words(texts: dict[str, str], passage: Passage) -> str:
    return texts[passage.span.document][passage.span.start : passage.span.end]


def list_telling(case: Case) -> dict[str, tuple[str, ...]]:
    """Return the passages whose own words name the outlet, the publisher or the date that are hidden from the coder."""
    items = {one.id: one.value for one in list_live_findings(case) if isinstance(one.value, Item)}
    texts = {one.id: one.text for one in list_live_documents(case)}
    told = {
        one.id: _find_told(_cut_words(texts, one), items[one.item])
        for one in list_live_passages(case)
        if one.item in items
    }
    return {passage: found for passage, found in told.items() if found}


def _find_told(words: str, item: Item) -> tuple[str, ...]:
    hidden = {
        "outlet": item.outlet,
        "publisher": item.publisher,
        "date": item.date.iso if item.date else None,
    }
    return tuple(name for name, value in hidden.items() if value and value.casefold() in words.casefold())


def list_queue(case: Case, coder: str, sitting: Sitting) -> tuple[list[Turn], list[Turn]]:
    """Return the turns of a coder's queue that are over, and those that are left, in order."""
    codebook, live = get_codebook(case), {one.id for one in list_live_passages(case)}
    first, again = find_given(case, coder), find_given(case, coder, again=True)
    over: list[Turn] = []
    left: list[Turn] = []
    for turn in list_turns(sitting, live):
        rows = (again if turn.again else first).get(turn.passage, {})
        met = is_answered(codebook, {question: row.value for question, row in rows.items()})
        (over if met else left).append(turn)
    return over, left


def measure_steadiness(case: Case, coder: str) -> Steadiness:
    """Return how often a coder answered as before where a passage came again."""
    first, again = find_given(case, coder), find_given(case, coder, again=True)
    pairs = [
        (first[passage][question].value, row.value)
        for passage, rows in again.items()
        for question, row in rows.items()
        if passage in first and question in first[passage]
    ]
    return Steadiness(
        coder=coder, passages=len(again), answers=len(pairs), equal=sum(one == other for one, other in pairs)
    )


def list_still_needed(case: Case, alpha: float = 0.8) -> list[StillNeeded]:
    """Return, for the scale and each question, how many more passages two must code to tell this alpha from a lower one."""
    judgements, _ = _list_counted(case)
    return count_still_needed(get_codebook(case), judgements, alpha)


def find_given(case: Case, coder: str, *, again: bool = False) -> dict[str, dict[str, Judgement]]:
    """Return a coder's live judgements under the case's codebook, by passage and question; or those of a second time."""
    rows = list_standing_judgements(case, coder=coder)
    own = [one for one in rows if one.again == again and not one.settles]
    given: dict[str, dict[str, Judgement]] = {}
    for one in count_answers(get_codebook(case), list_versions(case), own).judgements:
        given.setdefault(one.passage, {})[one.question] = one
    return given


def list_again(case: Case) -> list[Judgement]:
    """Return what was answered when a passage came a second time, the latest of each."""
    rows = [one for one in list_standing_judgements(case) if one.again]
    return list({(one.passage, one.coder, one.codebook, one.question): one for one in rows}.values())


def list_versions(case: Case) -> dict[str, Codebook]:
    """Return each wording of a codebook under which anything was judged, by its digest."""
    return {one.id: one.codebook for one in case.find(CodebookVersion)}


def record(
    case: Case,
    passage: str,
    coder: str,
    answers: Iterable[Answer],
    *,
    blind: bool = True,
    again: bool = False,
) -> int:
    """Keep all that a coder now says of a passage, in one transaction; what it replaces is taken back.

    What is said with others' answers in sight is not `blind`. What stood is looked up inside the transaction: two
    processes at once cannot both add an answer. Returns how many answers are new.
    """
    codebook = get_codebook(case)

    def decide() -> Decided:
        standing = _list_standing(case, codebook, again=again, passage=passage, coder=coder)
        gone, new = settle(standing, answers, whole=True, digest=codebook.digest)
        made = [make_judgement(codebook, passage, coder, one, blind=blind) for one in new]
        return gone, [msgspec.structs.replace(one, again=again) for one in made]

    return _keep(case, decide)


def undo(case: Case, passage: str, coder: str, *, again: bool = False) -> int:
    """Take back all of a coder's answers on one passage, earlier ones too; returns how many."""
    gone: list[Judgement] = []

    def decide() -> Decided:
        gone.extend(_list_standing(case, get_codebook(case), again=again, passage=passage, coder=coder))
        return gone, []

    _keep(case, decide)
    return len(gone)


def _list_standing(
    case: Case, codebook: Codebook, *, again: bool = False, **looked_up: str
) -> list[Judgement]:
    """Return what was not taken back under a codebook."""
    standing = list_standing_judgements(case, **looked_up)
    return [
        one for one in standing if one.codebook == codebook.name and not one.settles and one.again == again
    ]


def _keep(case: Case, decide: Callable[[], Decided]) -> int:
    """Add what is new and retract what is gone, in one transaction; rows and log name the hour only, so no pace is kept."""
    codebook = get_codebook(case)
    with case.write("judge", at=get_hour()) as writer:
        gone, made = decide()
        writer.add(*(retract(one) for one in gone))
        if made:
            writer.add(CodebookVersion(id=codebook.digest, body=codebook.to_text()))
        return writer.add(*made)


def _list_counted(case: Case) -> tuple[list[Judgement], list[Passage]]:
    """Return the judgements that count, those on live passages whose question means what it meant, and these passages."""
    return list(count_live(case).judgements), list_live_passages(case)


def count_live(case: Case) -> Counted:
    """Return the live judgements on live passages as they count under the case's codebook, and those that are stale."""
    live = {passage.id for passage in list_live_passages(case)}
    own = [one for one in list_live_judgements(case) if one.passage in live]
    return count_answers(get_codebook(case), list_versions(case), own)


def collect_codes(case: Case) -> tuple[Coded, ...]:
    """Return what each coder's live answers come to, passage by passage; a verdict stands in place of all of them."""
    return collect(get_codebook(case), apply_verdicts(_list_counted(case)[0], _list_decided(case)))


def _list_decided(case: Case) -> list[Judgement]:
    """Return the verdicts that count under the case's codebook."""
    given = list_verdicts(case)
    said = {(one.id, one.question) for one in given}
    counted = count_answers(get_codebook(case), list_versions(case), given)
    return [one for one in counted.judgements if (one.id, one.question) in said]


def find_disagreements(case: Case) -> tuple[Disagreement, ...]:
    """Return the passages on which coders differ and nobody has decided, those furthest apart first."""
    return list_disagreements(get_codebook(case), _list_counted(case)[0], _list_decided(case))


def decide(case: Case, passage: str, judge: str, answer: Answer) -> None:
    """Keep a verdict on a passage; from then on the agreement on it is that of before."""
    if fault := find_bad_name(judge):
        raise InputError(fault, hint="name who decides with --as NAME")
    rows = [one for one in _list_counted(case)[0] if one.passage == passage]
    verdict = make_verdict(get_codebook(case), rows, answer, judge)
    _keep(case, lambda: ([], [verdict]))


def collect_codes_on(case: Case, passages: Iterable[str]) -> tuple[Coded, ...]:
    """Return the same for some of the live passages, as where a few have new answers."""
    own, codebook = list_live_judgements_on(case, passages), get_codebook(case)
    return collect(codebook, count_answers(codebook, list_versions(case), own).judgements)


def measure(case: Case) -> Reliability:
    """Return how far people agree, before any verdict, on the scale first, then on each question and frame code."""
    items = {passage.id: passage.item or passage.id for passage in list_live_passages(case)}
    return measure_codes(
        get_codebook(case), [one for one in _list_frozen(case) if not is_machine(one.coder)], items
    )


def measure_parts(case: Case) -> Breakdown:
    """Return the agreement by pair of coders, year and language, machines too, with drift and disagreement patterns."""
    dates = {
        one.id: one.value.date.iso or ""
        for one in list_live_findings(case)
        if isinstance(one.value, Item) and one.value.date
    }
    strata = {
        one.id: Stratum(
            item=one.item or one.id, period=dates.get(one.item or "", "")[:4] or None, language=one.language
        )
        for one in list_live_passages(case)
    }
    return break_down(get_codebook(case), _list_frozen(case), strata)


def _list_frozen(case: Case) -> list[Judgement]:
    """Return the answers on live passages that count, as they stood before any verdict."""
    live = {passage.id for passage in list_live_passages(case)}
    first = [one for one in case.find(Judgement) if not one.again]
    frozen = [one for one in freeze(first) if one.passage in live]
    return list(count_answers(get_codebook(case), list_versions(case), frozen).judgements)


def import_judgements(case: Case, path: Path) -> int:
    """Make what a CSV says stand, every row or none; the same file again adds nothing. Returns how many answers are new."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {error.strerror}", hint="name a CSV file") from error
    codebook, known = get_codebook(case), {passage.id for passage in case.find(Passage)}
    return keep_rows(case, parse_rows(decode_table(data, path.name), codebook, known))


def keep_rows(case: Case, told_rows: Iterable[Row]) -> int:
    """Make rows of answers stand, all in one transaction; those that stand already add nothing. Returns how many are new."""
    codebook, rows = get_codebook(case), _group(told_rows)
    _check_same(case, sorted({coder for _, coder in rows}))

    def decide() -> Decided:
        standing = _group(_list_standing(case, codebook))
        gone: list[Judgement] = []
        made: list[Judgement] = []
        for (passage, coder), told in rows.items():
            said = {row.answer: row for row in told}
            replaced, new = settle(standing.get((passage, coder), ()), said, whole=False)
            gone += replaced
            made += [_judge(codebook, said[one]) for one in new]
        return gone, made

    return _keep(case, decide)


def _judge(codebook: Codebook, row: Row) -> Judgement:
    """Return the judgement that a row of a table is."""
    made = make_judgement(codebook, row.passage, row.coder, row.answer, at=row.time, blind=row.blind)
    return msgspec.structs.replace(made, digest=row.digest or codebook.digest)


def _group(rows: Iterable[R]) -> dict[tuple[str, str], list[R]]:
    """Return rows or judgements by passage and coder."""
    grouped: dict[tuple[str, str], list[R]] = {}
    for row in rows:
        grouped.setdefault((row.passage, row.coder), []).append(row)
    return grouped


def export_judgements(case: Case, path: Path, coder: str | None = None) -> int:
    """Write the live judgements as CSV or, by the file's name, Parquet, of one coder or all; returns the rows.

    A passage without any has an empty row. Outlet and date are columns only when the coder, or everyone, has finished.
    """
    blind, codebook = not has_finished(case, coder), get_codebook(case).name
    judgements, passages = _list_counted(case)
    told = [one for one in judgements if one.codebook == codebook and coder in {None, one.coder}]
    texts = {document.id: document.text for document in list_live_documents(case)}
    found = [] if blind else list_live_findings(case)
    items = {one.id: one.value for one in found if isinstance(one.value, Item)}
    rows = list(list_rows(passages, texts, told, items))
    parquet = path.suffix.casefold() == ".parquet"
    data = write_parquet(rows, blind=blind) if parquet else write_rows(rows, blind=blind).encode("utf-8")
    try:
        path.write_bytes(data)
    except OSError as error:
        raise InputError(f"{path.name} cannot be written: {error}", hint="name a file in a folder") from error
    return len(rows)


def has_finished(case: Case, coder: str | None = None) -> bool:
    """Tell whether a coder, or everyone who codes, needs no more of any passage: only then are outlets and dates named."""
    codebook, passages = get_codebook(case), list_live_passages(case)
    coders = [coder] if coder else sorted(_list_coders(case))
    return bool(coders) and all(
        is_answered(codebook, {question: row.value for question, row in given.get(passage.id, {}).items()})
        for given in (find_given(case, one) for one in coders)
        for passage in passages
    )


def _check_same(case: Case, coders: list[str]) -> None:
    """Raise InputError where a name is another's written otherwise: agreement of one person with herself is none."""
    known = sorted(_list_coders(case) | set(coders))
    for coder in coders:
        if same := find_same_name(coder, known):
            raise InputError(
                f"the coder {coder!r} is {same!r} written otherwise", hint="use one name for one person"
            )


def _list_coders(case: Case) -> set[str]:
    return {one.coder for one in list_live_judgements(case)} | {one.coder for one in case.find(Sitting)}


def suggest(case: Case, machine: str, tell: Tell, *, mask: model.Mask | None = None) -> MachineRun:
    """Let a machine suggest answers on every live passage; what it says no more is taken back. Returns the run's record.

    A language model is asked only with a `mask`, which takes private persons' names out of what is sent.
    """
    if machine not in MACHINES:
        raise InputError(f"no machine is called {machine}", hint=f"name one of {', '.join(MACHINES)}")
    codebook, units, run_id = get_codebook(case), _list_units(case), uuid4().hex[:16]
    tell(Step(stage="code", done=0, total=1, what=machine))
    if machine == "lexicon":
        outcome = lexicon.suggest(codebook, units)
    elif machine == "few-shot":
        outcome = fewshot.suggest(codebook, units, rows.list_labels(codebook, _list_people(case)), EMBEDDER)
    else:
        outcome = _ask_models(case, codebook, units, mask, run_id)
    run = rows.make_run(MACHINES[machine], codebook, outcome, get_hour(), run_id)
    standing = [one for one in list_live_suggestions(case) if one.machine.startswith(run.machine)]
    gone, new = rows.settle(standing, run, codebook, outcome.answers)
    with case.write("suggest", at=get_hour(), machine=run.machine, configuration=run.digest) as writer:
        writer.add(CodebookVersion(id=codebook.digest, body=codebook.to_text()), run, *gone, *new)
    return run


def _ask_models(
    case: Case, codebook: Codebook, units: list[Unit], mask: model.Mask | None, run: str
) -> Outcome:
    config = read_config(case.path)
    if mask is None:
        raise InputError("a language model is shown no passage with names in it", hint="give a mask")
    if not is_loopback(config.address) and _get_decision(config, codebook) not in _list_allowed(case):
        raise InputError(
            f"{config.address} is not on this machine, and nobody has allowed that passages go there",
            hint=f"see what would leave with --allow-address {config.address}",
        )
    known = {
        (one.address, one.request): one for one in case.find(MachineCall) if one.status == endpoint.ANSWERED
    }

    def ask(asked: model.Asked) -> endpoint.Reply:
        """Answer from what is stored, else ask the service and store at once what came of it."""
        if kept := known.get((config.address, asked.body)):
            return endpoint.Reply(kept.status, kept.answer)
        reply = endpoint.ask(config.address, asked.body, timeout=config.timeout, key=get_service_key())
        call = MachineCall(
            id=uuid4().hex[:16], run=run, passage=asked.passage, machine=MACHINE + asked.machine,
            address=config.address, request=asked.body, status=reply.status, answer=reply.body,
        )  # fmt: skip
        with case.write("ask", at=get_hour(), address=config.address, status=reply.status) as writer:
            writer.add(call)
        return reply

    return model.suggest(codebook, units, config, _make_mask(case, mask), ask)


def _make_mask(case: Case, mask: model.Mask) -> model.Mask:
    """Return what takes out private persons first, then the organisation and its outlets: whose words they are is not shown."""
    settings = case.settings
    items = [one.value for one in list_live_findings(case) if isinstance(one.value, Item)]
    outlets = sorted({one.outlet for one in items if one.outlet})
    blind = make_blind((settings.organisation, *settings.names), outlets)
    return lambda text: blind(mask(text))


def list_leaving(case: Case, address: str, mask: model.Mask) -> list[str]:
    """Return every request that would go to an address, word for word; raises InputError where machine.yml names another."""
    config = read_config(case.path)
    if config.address != address:
        raise InputError(f"machine.yml names {config.address}, not {address}", hint="name the same in both")
    asked = model.list_asked(get_codebook(case), _list_units(case), config, _make_mask(case, mask))
    return [one.body for one in asked]


def allow_address(case: Case, address: str, reason: str, mask: model.Mask) -> None:
    """Write into the log that passages may go to an address, why, and the digest of what would; raises InputError without a reason."""
    bodies = list_leaving(case, address, mask)
    if not reason.strip():
        raise InputError(f"nothing may go to {address} without a reason", hint="give --reason")
    decision = _get_decision(read_config(case.path), get_codebook(case))
    sent = get_id(bodies, length=64)
    with case.write(
        "allow-address", address=address, decision=decision, reason=reason.strip(), requests=len(bodies), sha256=sent
    ):  # fmt: skip
        pass


def _get_decision(config: ModelConfig, codebook: Codebook) -> str:
    """Return what a decision holds for: this address, these models, wordings and questions."""
    return get_id(config.digest, codebook.digest)


def _list_allowed(case: Case) -> set[str]:
    entries = [from_json(LogEntry, line) for line in read_lines(case.log_path)]
    return {str(one.detail["decision"]) for one in entries if one.action == "allow-address"}


def _list_people(case: Case) -> list[Judgement]:
    """Return what people said that counts; what a machine said in a table taken in is no person's."""
    return [one for one in _list_counted(case)[0] if not one.coder.startswith(MACHINE)]


def _list_units(case: Case) -> list[Unit]:
    """Return the live passages as machines meet them: the words, in an order that tells nothing."""
    texts = {document.id: document.text for document in list_live_documents(case)}
    return [
        Unit(
            passage=one.id,
            item=one.item or one.id,
            text=texts[one.span.document][one.span.start : one.span.end],
        )
        for one in sorted(list_live_passages(case), key=lambda one: one.id)
    ]


def list_suggestions(case: Case, coder: str | None = None) -> list[Suggestion]:
    """Return what machines suggest; raises InputError for a coder who has not finished, and for all while anyone has not.

    Who looked is logged, so that a later coder's blindness can be judged.
    """
    waiting = [
        one for one in ([coder] if coder else sorted(_list_coders(case))) if not has_finished(case, one)
    ]
    if waiting:
        raise InputError(
            f"{', '.join(waiting)} has passages left: nobody codes after seeing suggestions",
            hint="finish them with --as NAME",
        )
    live = {passage.id for passage in list_live_passages(case)}
    found = [one for one in list_live_suggestions(case) if one.passage in live]
    with case.write("browse", at=get_hour(), coder=coder or "", suggestions=len(found)):
        pass
    return found


def measure_machines(case: Case) -> tuple[rows.Measured, ...]:
    """Return how far each machine agrees with what most people said, held out by item where it has learnt from them."""
    codebook, passages = get_codebook(case), list_live_passages(case)
    items = {passage.id: passage.item or passage.id for passage in passages}
    found = [one for one in list_live_suggestions(case) if one.passage in items]
    people = _list_people(case)
    return tuple(
        rows.measure_machine(codebook, name, [one for one in found if one.machine == name], people, items)
        for name in sorted({one.machine for one in found})
    )


def measure_models(case: Case) -> rows.Band | None:
    """Return how far the language models and wordings differ among themselves, None where fewer than two answered."""
    items = {passage.id: passage.item or passage.id for passage in list_live_passages(case)}
    name = MACHINE + MACHINES["model"]
    found = [
        one for one in list_live_suggestions(case) if one.passage in items and one.machine.startswith(name)
    ]
    return rows.measure_band(get_codebook(case), found, items)


def collect_machine_codes(case: Case) -> tuple[Coded, ...]:
    """Return what the machines' suggestions come to, of those alone whose agreement with people was measured and holds."""
    live = {passage.id for passage in list_live_passages(case)}
    found = [one for one in list_live_suggestions(case) if one.passage in live]
    return rows.collect_scores(get_codebook(case), found, measure_machines(case))
