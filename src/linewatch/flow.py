"""The order of the six rooms. Nothing else knows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
from linewatch.store.package import (
    READABLE,
    READABLE_README,
    README,
    Packed,
    make_staging,
    note_readable,
    put_package,
)
from linewatch.track.registration import Registration, Side
from linewatch.track.run import register, track
from linewatch.write.material import Results
from linewatch.write.privacy import judge_names
from linewatch.write.run import Preview, collect, collect_package, identify, preview_draft, write


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
    results = collect_results(case, tell=tell)
    build = write(case, results, out, tell, built_at=datetime.now(UTC))
    return Outcome(
        line=results.line,
        build=build,
        passages=len(results.passages),
        uncoded=len({one.id for one in results.passages} - {one.passage for one in results.coded}),
        problems=len(list_live_problems(case)),
    )


def preview(case: Case, draft: str, results: Results) -> Preview:
    """Return what a draft would be built into, and what stands in the way."""
    return preview_draft(case, draft, results, built_at=datetime.now(UTC))


def collect_results(case: Case, *, tell: Tell) -> Results:
    """Return what coding and tracking come to now: what a report is built from beside the evidence."""
    coded, reliability, codebook = collect_codes(case), measure(case), get_codebook(case)
    return Results(
        line=track(case, coded, reliability, codebook, tell),
        reliability=reliability,
        codebook=codebook,
        coded=coded,
        passages=tuple(list_live_passages(case)),
    )


def make_mask(case: Case, tell: Tell) -> Callable[[str], str]:
    """Return what puts a mark in place of each private person's name in a text, as the report would."""
    material = collect(case, collect_results(case, tell=tell), datetime.now(UTC))
    return judge_names(material).hide


def identify_person(case: Case, mark: str, *, reason: str, tell: Tell) -> tuple[str, ...]:
    """Return the names behind a pseudonym of the case; the look-up is logged."""
    return identify(case, mark, collect_results(case, tell=tell), reason=reason)


def track_line(case: Case, *, tell: Tell) -> Line:
    """Return the line from the codes there are now."""
    return track(case, collect_codes(case), measure(case), get_codebook(case), tell)


def register_rule(case: Case, side: Side, note: str) -> Registration:
    """Fix the rule of the turn under the case's codebook; raises InputError once something is coded."""
    return register(case, get_codebook(case), side, note)


def pack_readable(case: Case, out: Path, *, tell: Tell) -> Packed:
    """Write a package without originals: the report built anew, the exports, what was sealed and the log, no name in them."""
    note_readable(case, out)
    staging = make_staging(out)
    data = staging / "data"
    write_report(case, data / "report", tell=tell)
    for name, content in collect_package(case).items():
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_bytes(content)
    (data / "README.txt").write_text(README.format(more=READABLE_README), encoding="utf-8")
    return put_package(staging, out, READABLE, {})
