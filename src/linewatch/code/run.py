"""Code's work on a case: passages proposed, judgements kept, codes collected, agreement measured."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from linewatch.code.codebook import load_codebook
from linewatch.code.passages import propose_passages
from linewatch.code.reliability import collect, measure_codes
from linewatch.code.tables import parse_judgements, write_rows
from linewatch.errors import InputError
from linewatch.model import (
    Codebook,
    Coded,
    Finding,
    Judgement,
    Passage,
    Reliability,
    Sitting,
    Step,
    Tell,
    get_id,
)
from linewatch.store.case import Case
from linewatch.store.live import list_live_documents, list_live_findings, list_live_judgements

HIDDEN = ("outlet", "publisher", "date", "title", "speaker", "other coders")


def get_codebook(case: Case) -> Codebook:
    """Return the codebook of the case."""
    return load_codebook(case.settings.codebook, case.path)


def propose(case: Case, tell: Tell) -> int:
    """Keep the passages of every document; returns how many are new."""
    documents, new = list_live_documents(case), 0
    for place, document in enumerate(documents):
        tell(Step(stage="code", done=place, total=len(documents), what=document.id))
        passages = propose_passages(document, list_live_findings(case, document.id))
        with case.write("propose", document=document.id) as writer:
            new += writer.add(*passages)
    return new


def open_sitting(case: Case, coder: str, seed: int | None = None) -> Sitting:
    """Return the coder's recorded random order of the passages: the open one, or a new one over what is not in it."""
    passages = [passage.id for passage in case.find(Passage)]
    sittings = case.find(Sitting, coder=coder)
    met = {passage for sitting in sittings for passage in sitting.passages}
    left = [passage for passage in passages if passage not in met]
    if not left and sittings:
        return sittings[-1]
    chosen = seed if seed is not None else random.SystemRandom().randrange(1 << 31)
    random.Random(chosen).shuffle(left)  # noqa: S311 - an order, not a secret
    kept = [passage for sitting in sittings for passage in sitting.passages]
    sitting = Sitting(
        id=get_id("sitting", coder, len(sittings)),
        coder=coder,
        seed=chosen,
        passages=(*kept, *left),
        hidden=HIDDEN,
        opened_at=datetime.now(UTC),
    )
    with case.write("sit", coder=coder, seed=chosen) as writer:
        writer.add(sitting)
    return sitting


def record(case: Case, judgements: Iterable[Judgement]) -> int:
    """Keep judgements in one transaction; returns how many are new."""
    with case.write("judge") as writer:
        return writer.add(*judgements)


def make_judgement(
    case: Case, passage: str, coder: str, question: str, value: str, **more: object
) -> Judgement:
    """Return a judgement made now, under the case's codebook; its id is the one its exported row has on import."""
    now = datetime.now(UTC)
    bounds = ["" if more.get(name) is None else str(more[name]) for name in ("low", "high")]
    return Judgement(
        id=get_id("judgement", passage, coder, question, value, *bounds, now.isoformat()),
        passage=passage,
        coder=coder,
        codebook=case.settings.codebook,
        question=question,
        value=value,
        judged_at=now,
        **more,  # type: ignore[arg-type]
    )


def undo(case: Case, passage: str, coder: str) -> int:
    """Take back all of a coder's answers on one passage, earlier ones too; they are kept, retracted."""
    rows = [one for one in case.find(Judgement) if one.passage == passage and one.coder == coder]
    gone = {one.retracts for one in rows if one.retracts}
    standing = [one for one in rows if not one.retracts and one.id not in gone]
    return record(
        case, [make_judgement(case, passage, coder, one.question, "", retracts=one.id) for one in standing]
    )


def collect_codes(case: Case) -> tuple[Coded, ...]:
    """Return what each coder's live answers come to, passage by passage."""
    return collect(get_codebook(case), list_live_judgements(case))


def measure(case: Case) -> Reliability:
    """Return how far the coders agree, on the scale first, then on each question and frame code."""
    items = {passage.id: passage.item or passage.id for passage in case.find(Passage)}
    return measure_codes(get_codebook(case), list_live_judgements(case), items)


def list_export_rows(case: Case, *, blind: bool, coder: str | None = None) -> list[dict[str, str]]:
    """Return a row for each live judgement, of one coder or all, or an empty one for a passage without any.

    Blind rows name no outlet and no date, and a coder's rows nothing of other coders.
    """
    texts = {document.id: document.text for document in list_live_documents(case)}
    findings: dict[str, Finding] = {one.id: one for one in list_live_findings(case)}
    judged: dict[str, list[Judgement]] = {}
    for one in list_live_judgements(case):
        if coder in {None, one.coder}:
            judged.setdefault(one.passage, []).append(one)
    rows = []
    for passage in case.find(Passage):
        if passage.span.document not in texts:
            continue
        words = texts[passage.span.document][passage.span.start : passage.span.end]
        answers: list[Judgement | None] = list(judged.get(passage.id, ())) or [None]
        rows += [_make_row(passage, one, words, findings, blind=blind) for one in answers]
    return rows


def _make_row(
    passage: Passage, judgement: Judgement | None, words: str, findings: dict[str, Finding], *, blind: bool
) -> dict[str, str]:
    answered = {} if judgement is None else {
        "coder": judgement.coder,
        "question": judgement.question,
        "value": judgement.value,
        "low": "" if judgement.low is None else str(judgement.low),
        "high": "" if judgement.high is None else str(judgement.high),
        "note": judgement.note or "",
        "time": judgement.judged_at.isoformat(),
    }  # fmt: skip
    row = {"passage": passage.id, **answered, "item": passage.item or "", "text": " ".join(words.split())}
    item = findings.get(passage.item or "")
    if not blind and item is not None:
        row |= {"outlet": getattr(item.value, "outlet", None) or "", "date": _tell_date(item)}
    return row


def _tell_date(item: Finding) -> str:
    date = getattr(item.value, "date", None)
    return (date.iso or "") if date else ""


def import_judgements(case: Case, path: Path) -> int:
    """Keep every row of a CSV of judgements, or none; the same file again adds nothing. Returns how many are new."""
    passages = {passage.id for passage in case.find(Passage)}
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path.name} cannot be read: {error}", hint="save it as CSV in UTF-8") from error
    return record(case, parse_judgements(text, get_codebook(case), passages))


def export_judgements(case: Case, path: Path, coder: str | None = None) -> int:
    """Write the live judgements as CSV; outlet and date are in it only when the coder has finished. Returns the rows."""
    rows = list_export_rows(case, coder=coder, blind=not has_finished(case, coder))
    try:
        path.write_text(write_rows(rows), encoding="utf-8", newline="")
    except OSError as error:
        raise InputError(f"{path.name} cannot be written: {error}", hint="name a file in a folder") from error
    return len(rows)


def has_finished(case: Case, coder: str | None) -> bool:
    """Tell whether a coder, or everyone who codes, has met every passage: only then may outlets and dates be named."""
    met = {(one.coder, one.passage) for one in list_live_judgements(case)}
    coders = {coder} if coder else {one for one, _ in met} | {one.coder for one in case.find(Sitting)}
    passages = case.find(Passage)
    return bool(coders) and all((one, passage.id) in met for one in coders for passage in passages)
