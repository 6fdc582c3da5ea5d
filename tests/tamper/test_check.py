"""Whatever is disturbed in a case, `check` names it: from the sealed bytes outwards."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from linewatch.find.base import get_cut
from linewatch.model import Block, Caption, Document, Evidence, Finding, Judgement, Span, Statement, to_json
from linewatch.settings import get_state_folder
from linewatch.store import log
from linewatch.store.case import Case, make_case
from linewatch.store.check import check_case

NOON = datetime(2031, 2, 1, 12, tzinfo=UTC)
TEXT = "It was a fault, yet they are still of the League."


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """Return a small case: one sealed file, its document, two findings, a statement and a judgement."""
    made = make_case(tmp_path / "case")
    file = tmp_path / "lamp.txt"
    file.write_text(TEXT)
    with made.write("gather") as writer:
        evidence, size = writer.seal(file)
        writer.add(
            Evidence(id=evidence, size=size, media_type="text/plain", name="lamp.txt", gathered_at=NOON)
        )
        writer.add(
            Statement(
                id="s", evidence=evidence, field="outlet", value="The Lamp", source="option", said_at=NOON
            )
        )
    with made.write("read") as writer:
        block = Block(kind="paragraph", start=0, end=len(TEXT))
        writer.add(Document(id="d", evidence=evidence, reader="plain.v1", text=TEXT, blocks=(block,)))
    with made.write("find") as writer:
        writer.add(make_caption(0, 14), make_caption(16, 49))
    with made.write("code") as writer:
        writer.add(
            Judgement(
                id="j",
                passage="p",
                coder="ana",
                codebook="leavers.v1",
                question="q1",
                value="yes",
                judged_at=NOON,
            )
        )
    return made


def make_caption(start: int, end: int) -> Finding:
    """Return a finding whose span re-cuts to its words."""
    return Finding(
        id=f"f{start}",
        span=Span(document="d", start=start, end=end),
        value=Caption(),
        finder="captions.v1",
        reason="test",
        cut=get_cut(TEXT[start:end]),
    )


def run_sql(case: Case, *statements: str) -> None:
    """Change the database behind the program's back."""
    with closing(sqlite3.connect(case.path / "case.db")) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def edit_lines(case: Case, change: Callable[[list[str]], list[str]]) -> None:
    """Change the log file behind the program's back."""
    lines = case.log_path.read_text().splitlines()
    case.log_path.write_text("".join(f"{line}\n" for line in change(lines)))


def find_sealed(case: Case) -> Path:
    """Return the path of the sealed file."""
    return next(path for path in (case.path / "evidence").rglob("*") if path.is_file())


def flip_byte(case: Case) -> None:
    """Change one byte of the evidence, its size kept."""
    path = find_sealed(case)
    data = bytearray(path.read_bytes())
    data[3] ^= 1
    path.chmod(0o644)
    path.write_bytes(data)


def empty_evidence(case: Case) -> None:
    """Leave the file and take its bytes."""
    path = find_sealed(case)
    path.chmod(0o644)
    path.write_bytes(b"")


def reseal_row(case: Case) -> None:
    """Change a judgement and make its seal anew, as someone would who knows the rule."""
    with closing(sqlite3.connect(case.path / "case.db")) as connection:
        body = connection.execute("select body from judgements").fetchone()[0].replace('"yes"', '"no"')
        connection.execute(
            "update judgements set body=?, seal=?", (body, log.make_seal("judgements", body.encode()))
        )
        connection.commit()


def move_span(case: Case) -> None:
    """Move a finding's span by one and make its seal anew."""
    with closing(sqlite3.connect(case.path / "case.db")) as connection:
        body = (
            connection.execute("select body from findings where id='f0'")
            .fetchone()[0]
            .replace('"end":14', '"end":15')
        )
        seal = log.make_seal("findings", body.encode())
        connection.execute("update findings set body=?, seal=? where id='f0'", (body, seal))
        connection.commit()


def cut_tail_everywhere(case: Case) -> None:
    """Roll the file and the database back by one entry: only the head outside still knows."""
    run_sql(case, "delete from judgements", "delete from custody where seq = (select max(seq) from custody)")
    edit_lines(case, lambda lines: lines[:-1])


def rewrite_log(case: Case) -> None:
    """Rewrite who did it, in the file and the database, with hashes that chain again."""
    previous, lines = log.GENESIS, []
    for line in case.log_path.read_text().splitlines():
        entry = msgspec.structs.replace(log.parse_entry(line), who="nobody", previous=previous)
        closed = log.close_entry(entry)
        previous = closed.hash
        lines.append(to_json(closed).decode())
    edit_lines(case, lambda _: lines)
    with closing(sqlite3.connect(case.path / "case.db")) as connection:
        connection.executemany(
            "update custody set body=? where seq=?", [(line, n) for n, line in enumerate(lines, 1)]
        )
        connection.commit()


DISTURBANCES: dict[str, tuple[Callable[[Case], object], str]] = {
    "a byte of the evidence flipped": (flip_byte, "the sealed bytes have changed"),
    "the evidence emptied": (empty_evidence, "have changed"),
    "the evidence removed": (lambda c: find_sealed(c).unlink(), "the sealed file is missing"),
    "a file slipped in": (lambda c: (c.path / "evidence" / "x.txt").write_text("x"), "a file that no row knows"),
    "a link slipped in": (lambda c: (c.path / "evidence" / "x").symlink_to("/"), "a file that no row knows"),
    "a row edited": (lambda c: run_sql(c, "update judgements set body=replace(body,'yes','no')"), "not what was sealed"),
    "a row edited and sealed anew": (reseal_row, "the seals do not add up"),
    "a row deleted": (lambda c: run_sql(c, "delete from judgements"), "the log names 1 rows, 0 are there"),
    "a row of two deleted": (lambda c: run_sql(c, "delete from findings where id='f0'"), "names 2 rows, 1 are there"),
    "a row added": (
        lambda c: run_sql(c, "insert into statements(id,entry,seal,body,evidence) select 't',entry,'x',body,evidence from statements"),
        "the log names 1 rows, 2 are there",
    ),
    "a row moved to another entry": (lambda c: run_sql(c, "update judgements set entry=2"), "the log names 0 rows, 1 are there"),
    "a look-up column changed": (lambda c: run_sql(c, "update judgements set coder='ben'"), "the column coder is not the sealed one"),
    "a span moved": (move_span, "does not cut the words"),
    "the document's text changed": (lambda c: run_sql(c, "update documents set body=replace(body,'fault','crime')"), "not what was sealed"),
    "a log line edited": (lambda c: edit_lines(c, lambda ls: [ls[0], ls[1].replace("gather", "gathes"), *ls[2:]]), "not what was written"),
    "a log line removed": (lambda c: edit_lines(c, lambda ls: [ls[0], *ls[2:]]), "does not follow the one before"),
    "log lines reordered": (lambda c: edit_lines(c, lambda ls: [ls[0], ls[2], ls[1], *ls[3:]]), "does not follow the one before"),
    "a log line doubled": (lambda c: edit_lines(c, lambda ls: [*ls, ls[-1]]), "does not follow the one before"),
    "a log line made nonsense": (lambda c: edit_lines(c, lambda ls: [*ls[:-1], "{"]), "not an entry of the log"),
    "the log rewritten": (rewrite_log, "does not reach the head kept outside"),
    "the log's tail cut": (lambda c: edit_lines(c, lambda ls: ls[:-1]), "does not reach the head kept outside"),
    "the log removed": (lambda c: c.log_path.unlink(), "does not reach the head kept outside"),
    "tail and rows cut together": (cut_tail_everywhere, "does not reach the head kept outside"),
    "the database's log edited": (lambda c: run_sql(c, "update custody set body=replace(body,'find','fund')"), "the database differ"),
    "a table added": (lambda c: run_sql(c, "create table extra(x)"), "a table that no seal covers"),
}  # fmt: skip


def test_undisturbed_case_is_clean(case: Case) -> None:
    """A case that nobody touched has no fault, and all of it was looked at."""
    checked = check_case(case.path)
    assert checked.faults == ()
    assert (checked.evidence, checked.rows, checked.entries, checked.spans) == (1, 6, 5, 2)


@pytest.mark.parametrize("name", DISTURBANCES)
def test_disturbance_is_named(case: Case, name: str) -> None:
    """Each disturbance is among the faults, in words that say what it was."""
    disturb, words = DISTURBANCES[name]
    disturb(case)
    assert any(words in fault.message for fault in check_case(case.path).faults), name


def test_every_fault_is_reported_not_only_the_first(case: Case) -> None:
    """Three disturbances give faults in three layers."""
    flip_byte(case)
    move_span(case)
    edit_lines(case, lambda lines: lines[:-1])
    assert {"evidence", "row", "span", "head"} <= {fault.layer for fault in check_case(case.path).faults}


def test_lost_outside_head_is_said(case: Case) -> None:
    """Without a head outside, the check says what it cannot see."""
    next(get_state_folder().iterdir()).unlink()
    checked = check_case(case.path)
    assert checked.faults == ()
    assert "a cut tail would not show" in checked.notices[0]
