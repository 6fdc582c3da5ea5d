"""Code's work on a case: passages proposed, judgements kept, codes collected, agreement measured."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

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
from linewatch.code.export import list_rows, write_rows
from linewatch.code.passages import NAME, propose_passages
from linewatch.code.queue import is_answered
from linewatch.code.reliability import collect, measure_codes
from linewatch.code.sensitivity import name_table
from linewatch.code.tables import Row, decode_table, parse_rows
from linewatch.code.versions import Counted, count_answers
from linewatch.errors import InputError
from linewatch.model import (
    Codebook,
    CodebookVersion,
    Coded,
    Document,
    Finding,
    Item,
    Judgement,
    Passage,
    Reliability,
    Run,
    Sitting,
    Step,
    Tell,
    get_id,
)
from linewatch.store.case import Case
from linewatch.store.live import (
    find_latest_runs,
    list_live_corrections,
    list_live_documents,
    list_live_findings,
    list_live_judgements,
    list_live_passages,
    list_standing_judgements,
    list_verdicts,
    name_version,
)

R = TypeVar("R", Row, Judgement)
HIDDEN = ("outlet", "publisher", "date", "title", "speaker", "other coders")


def get_codebook(case: Case) -> Codebook:
    """Return the codebook of the case."""
    return load_codebook(case.settings.codebook, case.path)


def propose(case: Case, tell: Tell) -> int:
    """Keep the passages of every document whose findings have changed since; returns how many are new."""
    waiting, new = _list_waiting(case), 0
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in list_live_findings(case) if waiting else ():
        found[finding.span.document].append(finding)
    for place, (document, tool) in enumerate(waiting):
        tell(Step(stage="code", done=place, total=len(waiting), what=document.id))
        passages = propose_passages(document, found[document.id])
        with case.write("propose", document=document.id) as writer:
            new += writer.add(*passages)
            writer.add(_make_run(document, tool, passages))
    return new


def _list_waiting(case: Case) -> list[tuple[Document, str]]:
    """Return the documents to be proposed from, each with a digest of what its passages depend on."""
    corrections = [one.id for one in list_live_corrections(case)]
    searched, proposed = find_latest_runs(case, "find"), find_latest_runs(case, "code")
    waiting = []
    for document in list_live_documents(case):
        found, done = searched.get(document.id), proposed.get(document.id)
        tool = get_id(NAME, name_table(), corrections, found.output if found else None)
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


def open_sitting(case: Case, coder: str, seed: int | None = None) -> Sitting:
    """Return the coder's recorded random order of the passages: the open one, or a new one that adds what is not in it.

    Raises InputError when the coder's name is none.
    """
    if fault := find_bad_name(coder):
        raise InputError(fault, hint="name the coder with --as NAME")
    _check_same(case, [coder])
    sittings = case.find(Sitting, coder=coder)
    kept = sittings[-1].passages if sittings else ()
    left = sorted({passage.id for passage in list_live_passages(case)} - set(kept))
    if not left and sittings:
        return sittings[-1]
    chosen = seed if seed is not None else random.SystemRandom().randrange(1 << 31)
    random.Random(chosen).shuffle(left)  # noqa: S311 - an order, not a secret
    sitting = Sitting(
        id=get_id("sitting", coder, len(sittings)),
        coder=coder,
        seed=chosen,
        passages=(*kept, *left),
        hidden=HIDDEN,
        opened_at=get_hour(),
    )
    with case.write("sit", at=get_hour(), coder=coder, seed=chosen) as writer:
        writer.add(sitting)
    return sitting


def find_given(case: Case, coder: str) -> dict[str, dict[str, Judgement]]:
    """Return a coder's live judgements under the case's codebook, by passage and question."""
    own = list_standing_judgements(case, coder=coder)
    given: dict[str, dict[str, Judgement]] = {}
    for one in count_answers(get_codebook(case), list_versions(case), own).judgements:
        given.setdefault(one.passage, {})[one.question] = one
    return given


def list_versions(case: Case) -> dict[str, Codebook]:
    """Return each wording of a codebook under which anything was judged, by its digest."""
    return {one.id: one.codebook for one in case.find(CodebookVersion)}


def record(case: Case, passage: str, coder: str, answers: Iterable[Answer], *, blind: bool = True) -> int:
    """Keep all that a coder now says of a passage, in one transaction; what it replaces is taken back.

    What is said with others' answers in sight is not `blind`.

    Returns how many answers are new.
    """
    codebook = get_codebook(case)
    standing = _list_standing(case, codebook, passage=passage, coder=coder)
    gone, new = settle(standing, answers, whole=True, digest=codebook.digest)
    return _keep(
        case, gone, [make_judgement(codebook, passage, coder, answer, blind=blind) for answer in new]
    )


def undo(case: Case, passage: str, coder: str) -> int:
    """Take back all of a coder's answers on one passage, earlier ones too; returns how many."""
    standing = _list_standing(case, get_codebook(case), passage=passage, coder=coder)
    _keep(case, standing, [])
    return len(standing)


def _list_standing(case: Case, codebook: Codebook, **looked_up: str) -> list[Judgement]:
    """Return what was not taken back under a codebook."""
    standing = list_standing_judgements(case, **looked_up)
    return [one for one in standing if one.codebook == codebook.name and not one.settles]


def _keep(case: Case, gone: Iterable[Judgement], new: Iterable[Judgement]) -> int:
    """Add what is new and retract what is gone, in one transaction; rows and log name the hour only, so no pace is kept."""
    made, codebook = list(new), get_codebook(case)
    with case.write("judge", at=get_hour()) as writer:
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
    _keep(case, [], [make_verdict(get_codebook(case), rows, answer, judge)])


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
    frozen = [one for one in freeze(case.find(Judgement)) if one.passage in live]
    return list(count_answers(get_codebook(case), list_versions(case), frozen).judgements)


def import_judgements(case: Case, path: Path) -> int:
    """Make what a CSV says stand, every row or none; the same file again adds nothing. Returns how many answers are new."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {error.strerror}", hint="name a CSV file") from error
    codebook, known = get_codebook(case), {passage.id for passage in case.find(Passage)}
    rows = _group(parse_rows(decode_table(data, path.name), codebook, known))
    _check_same(case, sorted({coder for _, coder in rows}))
    standing = _group(_list_standing(case, codebook))
    gone: list[Judgement] = []
    made: list[Judgement] = []
    for (passage, coder), told in rows.items():
        said = {row.answer: row for row in told}
        replaced, new = settle(standing.get((passage, coder), ()), said, whole=False)
        gone += replaced
        made += [
            make_judgement(codebook, passage, coder, one, at=said[one].time, blind=said[one].blind)
            for one in new
        ]
    return _keep(case, gone, made)


def _group(rows: Iterable[R]) -> dict[tuple[str, str], list[R]]:
    """Return rows or judgements by passage and coder."""
    grouped: dict[tuple[str, str], list[R]] = {}
    for row in rows:
        grouped.setdefault((row.passage, row.coder), []).append(row)
    return grouped


def export_judgements(case: Case, path: Path, coder: str | None = None) -> int:
    """Write the live judgements as CSV, of one coder or all; returns the rows.

    A passage without any has an empty row. Outlet and date are columns only when the coder, or everyone, has finished.
    """
    blind, codebook = not has_finished(case, coder), get_codebook(case).name
    judgements, passages = _list_counted(case)
    told = [one for one in judgements if one.codebook == codebook and coder in {None, one.coder}]
    texts = {document.id: document.text for document in list_live_documents(case)}
    found = [] if blind else list_live_findings(case)
    items = {one.id: one.value for one in found if isinstance(one.value, Item)}
    rows = list(list_rows(passages, texts, told, items))
    try:
        path.write_text(write_rows(rows, blind=blind), encoding="utf-8", newline="")
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
