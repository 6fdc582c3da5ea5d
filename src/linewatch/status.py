"""Where a case stands: what is done, what is stale, what is new since the last report, and which room comes next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Literal

from linewatch.find import run as finding
from linewatch.model import (
    Build,
    Correction,
    Document,
    Evidence,
    Finding,
    Judgement,
    Run,
    Sitting,
    Statement,
    Value,
)
from linewatch.read import run as reading
from linewatch.settings import CaseSettings
from linewatch.store.case import Case
from linewatch.store.live import (
    READ,
    list_live_documents,
    list_live_findings,
    list_live_judgements,
    list_live_passages,
    list_live_problems,
)

Room = Literal["gather", "read", "find", "code", "write"]
COUNTED: dict[str, type[Value]] = {"evidence": Evidence, "reports": Build}
NEW: dict[str, type[Value]] = {
    "evidence": Evidence,
    "statements": Statement,
    "documents": Document,
    "findings": Finding,
    "corrections": Correction,
    "judgements": Judgement,
}


class Status(Value, frozen=True, kw_only=True):
    """What stands in a case and what waits."""

    done: dict[str, int]
    """How much there is of each kind, of what stands now."""
    unread: tuple[str, ...]
    """Files that the present reader of their kind has not read."""
    unsearched: tuple[str, ...]
    """Files whose document the present finders, with what is said of it now, have not searched."""
    uncoded: int
    """Passages that nobody coded."""
    left: dict[str, int]
    """For each coder, the passages still to code."""
    new: dict[str, int] | None
    """What was added since the last report; None where there is no report."""
    next: Room | None
    """The room that comes next; None when the report is of this state."""


def get_status(case: Case) -> Status:
    """Return where the case stands; changes nothing."""
    names = {evidence.id: evidence.name for evidence in case.find(Evidence)}
    passages = {passage.id for passage in list_live_passages(case)}
    coded = _list_coded(case, passages)
    unread = case.keep("unread", (Evidence, Run), lambda: _list_unread(case))
    depends = (*READ, Run, Statement, CaseSettings)
    unsearched = case.keep("unsearched", depends, lambda: _list_unsearched(case, names))
    new = _count_new(case)
    uncoded = len(passages.difference(*coded.values()))
    return Status(
        done={
            **{name: case.count(kind) for name, kind in COUNTED.items()},
            "problems": len(list_live_problems(case)),
            "documents": len(list_live_documents(case)),
            "findings": len(list_live_findings(case)),
            "passages": len(passages),
            "judgements": len(list_live_judgements(case)),
        },
        unread=unread,
        unsearched=unsearched,
        uncoded=uncoded,
        left={coder: len(passages - met) for coder, met in sorted(coded.items())},
        new=new,
        next=_choose_next(
            waiting={
                "gather": not names,
                "read": bool(unread),
                "find": bool(unsearched),
                "code": not passages or bool(uncoded),
                "write": new is None or any(new.values()),
            }
        ),
    )


def _list_unread(case: Case) -> tuple[str, ...]:
    return tuple(evidence.name for evidence in reading.list_waiting(case))


def _list_unsearched(case: Case, names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(names[one.evidence] for one in finding.list_waiting(case))


def _list_coded(case: Case, passages: Collection[str]) -> dict[str, set[str]]:
    """Return the passages each coder has met; one who has only opened a sitting has met none."""
    met: dict[str, set[str]] = defaultdict(set, {sitting.coder: set() for sitting in case.find(Sitting)})
    for judgement in list_live_judgements(case):
        if judgement.passage in passages:
            met[judgement.coder].add(judgement.passage)
    return dict(met)


def _count_new(case: Case) -> dict[str, int] | None:
    builds = case.find(Build)
    if not builds:
        return None
    return {name: case.count(kind, after=builds[-1].log_seq) for name, kind in NEW.items()}


def _choose_next(waiting: dict[Room, bool]) -> Room | None:
    return next((room for room, is_waiting in waiting.items() if is_waiting), None)
