"""The order of the six rooms. Nothing else knows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from linewatch.code.run import collect_codes, get_codebook, measure, propose
from linewatch.find.run import find
from linewatch.gather.run import Given, gather
from linewatch.model import Build, Line, Tell, Value
from linewatch.read.run import read
from linewatch.store.case import Case
from linewatch.store.live import list_live_passages, list_live_problems
from linewatch.track.registration import Registration, Side
from linewatch.track.run import register, track
from linewatch.write.material import Results
from linewatch.write.run import write


class Outcome(Value, frozen=True, kw_only=True):
    """What a run of the six rooms came to."""

    line: Line
    build: Build
    passages: int
    uncoded: int
    problems: int
    """The problems that stand; the report lists them."""
    refused: int = 0
    """The files offered now that were not taken in."""


def run(case: Case, paths: Sequence[Path], out: Path, *, given: Given, tell: Tell) -> Outcome:
    """Take files through all six rooms and write the report; run again, it goes on where it was."""
    gathering = gather(case, paths, given=given, tell=tell) if paths else None
    read(case, tell=tell)
    find(case, tell)
    propose(case, tell)
    outcome = write_report(case, out, tell=tell)
    return msgspec.structs.replace(outcome, refused=gathering.count("refused") if gathering else 0)


def write_report(case: Case, out: Path, *, tell: Tell) -> Outcome:
    """Track the line from the codes there are now and write the report from it."""
    coded, reliability = collect_codes(case), measure(case)
    line = track(case, coded, reliability, tell)
    passages = tuple(list_live_passages(case))
    results = Results(
        line=line, reliability=reliability, codebook=get_codebook(case), coded=coded, passages=passages
    )
    build = write(case, results, out, tell, built_at=datetime.now(UTC))
    return Outcome(
        line=line,
        build=build,
        passages=len(passages),
        uncoded=len({one.id for one in passages} - {one.passage for one in coded}),
        problems=len(list_live_problems(case)),
    )


def track_line(case: Case, *, tell: Tell) -> Line:
    """Return the line from the codes there are now."""
    return track(case, collect_codes(case), measure(case), tell)


def register_rule(case: Case, side: Side, note: str) -> Registration:
    """Fix the rule of the turn under the case's codebook; raises InputError once something is coded."""
    return register(case, get_codebook(case), side, note)
