"""Whatever is disturbed in a case, `check` names it: from the sealed bytes outwards."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from linewatch.cli.main import linewatch
from linewatch.errors import CustodyError
from linewatch.model import (
    Block,
    Caption,
    Document,
    Evidence,
    Finding,
    Head,
    Judgement,
    Span,
    Statement,
    to_json,
)
from linewatch.settings import get_state_folder
from linewatch.store import log
from linewatch.store.case import Case, make_case, open_case
from linewatch.store.check import check_case
from linewatch.text.retrace import get_cut

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
        writer.add(make_statement("s", evidence))
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


def make_statement(name: str, evidence: str = "e") -> Statement:
    """Return something said of the evidence."""
    return Statement(
        id=name, evidence=evidence, field="outlet", value="The Lamp", source="option", said_at=NOON
    )


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


def link_away(case: Case) -> None:
    """Put a link to the same bytes, outside the case, in the place of the sealed file."""
    place, away = find_sealed(case), case.path.parent / "away"
    place.rename(away)
    place.symlink_to(away)


def replace_by_folder(case: Case) -> None:
    """Put a folder in the place of the sealed file."""
    place = find_sealed(case)
    place.rename(case.path.parent / "away")
    place.mkdir()


def move_row(case: Case) -> None:
    """Move a row to another table, its columns and seal kept."""
    columns = "id,entry,seal,body"
    run_sql(
        case,
        f"insert into problems({columns}) select {columns} from judgements",
        "delete from judgements",
    )


def bring_back_older_copy(case: Case) -> None:
    """Replace the database by a copy made before the last two entries, as a careless restore would."""
    run_sql(case, "delete from judgements", "delete from findings", "delete from custody where seq > 3")


def swap_head(case: Case) -> None:
    """Put the head of another case in the place of this one's."""
    other = make_case(case.path.parent / "other")
    heads = {path.stem: path for path in get_state_folder().iterdir()}
    heads[case.settings.uid].write_bytes(heads[other.settings.uid].read_bytes())


def rename_case(case: Case) -> None:
    """Give the case another uid, under which no head is kept outside."""
    settings = case.path / "case.toml"
    settings.write_text(settings.read_text().replace(case.settings.uid, "0" * 32))


def reseal_nonsense(case: Case) -> None:
    """Put a body that is no value into a row, with a seal that fits it."""
    with closing(sqlite3.connect(case.path / "case.db")) as connection:
        for body in ("{", "[" * 100_000, "null"):
            seal = log.make_seal("judgements", body.encode())
            connection.execute(
                "insert into judgements(id,entry,seal,body) values (?,5,?,?)", (seal, seal, body)
            )
        connection.commit()


def lose_wal(case: Case) -> None:
    """Take the WAL of a killed command away, with what it committed but had not yet folded into the database."""
    case.engine.dispose()
    with closing(sqlite3.connect(case.path / "case.db")) as reader:
        reader.execute(
            "select * from custody"
        ).fetchall()  # one who reads keeps SQLite from folding the WAL in
        with case.write("code") as writer:
            writer.add(make_statement("t"))
        kept = (case.path / "case.db").read_bytes()
    case.engine.dispose()
    for path in case.path.glob("case.db*"):
        path.unlink()
    (case.path / "case.db").write_bytes(kept)


DISTURBANCES: dict[str, tuple[Callable[[Case], object], str, str, str]] = {
    "a byte of the evidence flipped": (flip_byte, "evidence", "sha256:", "the sealed bytes have changed"),
    "the evidence emptied": (empty_evidence, "evidence", "sha256:", "have changed"),
    "the evidence removed": (lambda c: find_sealed(c).unlink(), "evidence", "sha256:", "the sealed file is missing"),
    "a file slipped in": (lambda c: (c.path / "evidence" / "x.txt").write_text("x"), "evidence", "x.txt", "a file that no row knows"),
    "a link slipped in": (lambda c: (c.path / "evidence" / "x").symlink_to("/"), "evidence", "x", "a file that no row knows"),
    "a row edited": (lambda c: run_sql(c, "update judgements set body=replace(body,'yes','no')"), "row", "judgements j", "not what was sealed"),
    "a row edited and sealed anew": (reseal_row, "row", "judgements, log entry 5", "the seals do not add up"),
    "a row deleted": (lambda c: run_sql(c, "delete from judgements"), "row", "judgements, log entry 5", "the log names 1 rows, 0 are there"),
    "a row of two deleted": (lambda c: run_sql(c, "delete from findings where id='f0'"), "row", "findings, log entry 4", "names 2 rows, 1 are there"),
    "a row added": (
        lambda c: run_sql(c, "insert into statements(id,entry,seal,body,evidence) select 't',entry,'x',body,evidence from statements"),
        "row", "statements, log entry 2", "the log names 1 rows, 2 are there",
    ),
    "a row moved to another entry": (lambda c: run_sql(c, "update judgements set entry=2"), "row", "judgements, log entry 2", "the log names 0 rows, 1 are there"),
    "a look-up column changed": (lambda c: run_sql(c, "update judgements set coder='ben'"), "row", "judgements j", "the column coder is not the sealed one"),
    "a span moved": (move_span, "span", "finding f0", "does not cut the words"),
    "the document's text changed": (lambda c: run_sql(c, "update documents set body=replace(body,'fault','crime')"), "row", "documents d", "not what was sealed"),
    "a log line edited": (lambda c: edit_lines(c, lambda ls: [ls[0], ls[1].replace("gather", "gathes"), *ls[2:]]), "log", "line 2", "not what was written"),
    "a log line removed": (lambda c: edit_lines(c, lambda ls: [ls[0], *ls[2:]]), "log", "line 2", "does not follow the one before"),
    "log lines reordered": (lambda c: edit_lines(c, lambda ls: [ls[0], ls[2], ls[1], *ls[3:]]), "log", "line 2", "does not follow the one before"),
    "a log line doubled": (lambda c: edit_lines(c, lambda ls: [*ls, ls[-1]]), "log", "line 6", "does not follow the one before"),
    "a log line made nonsense": (lambda c: edit_lines(c, lambda ls: [*ls[:-1], "{"]), "log", "line 5", "not an entry of the log"),
    "the log rewritten": (rewrite_log, "head", "entry 5", "does not reach the head kept outside"),
    "the log's tail cut": (lambda c: edit_lines(c, lambda ls: ls[:-1]), "head", "entry 5", "does not reach the head kept outside"),
    "the log removed": (lambda c: c.log_path.unlink(), "head", "entry 5", "does not reach the head kept outside"),
    "tail and rows cut together": (cut_tail_everywhere, "head", "entry 5", "does not reach the head kept outside"),
    "the database's log edited": (lambda c: run_sql(c, "update custody set body=replace(body,'find','fund')"), "log", "line 4", "the database differ"),
    "a table added": (lambda c: run_sql(c, "create table extra(x)"), "table", "extra", "a table that no seal covers"),
    "a row moved to another table": (move_row, "row", "problems j", "not what was sealed"),
    "evidence changed and left writable": (flip_byte, "evidence", "sha256:", "the sealed bytes have changed"),
    "evidence replaced by a folder": (replace_by_folder, "evidence", "sha256:", "cannot be read"),
    "evidence replaced by a link to the same bytes": (link_away, "evidence", "", "a file that no row knows"),
    "the evidence folder removed": (lambda c: (c.path / "evidence").rename(c.path / "away"), "evidence", "sha256:", "the sealed file is missing"),
    "the database replaced by an older copy": (bring_back_older_copy, "log", "end", "the log has 5 lines, the database 3"),
    "the WAL of a killed command deleted": (lose_wal, "log", "end", "the log has 6 lines, the database 5"),
    "the head of another case": (swap_head, "head", "entry 1", "is that of another case"),
    "the head made nonsense": (lambda _: next(get_state_folder().iterdir()).write_text("{"), "head", "outside", "cannot be read"),
    "another uid in case.toml": (rename_case, "log", "line 1", "case.toml names 000"),
    "the log's last line torn": (lambda c: c.log_path.write_text(c.log_path.read_text()[:-9]), "head", "entry 5", "does not reach the head"),
    "bytes that are no text in the log": (lambda c: c.log_path.write_bytes(c.log_path.read_bytes().replace(b"find", b"\xff\xfe\xfd\xfc")), "log", "line 4", "not what was written"),
    "a body that is no value, its seal made": (reseal_nonsense, "row", "judgements ", "what was sealed is no judgement"),
    "a body that is no text": (lambda c: run_sql(c, "update judgements set body=x'ff00'"), "row", "judgements j", "not what was sealed"),
    "a body that is nothing": (lambda c: run_sql(c, "update judgements set body=7, seal=x'00', entry='five'"), "row", "judgements j", "not what was sealed"),
    "text that is not UTF-8": (lambda c: run_sql(c, "update judgements set body=cast(x'7bff7d' as text)"), "row", "judgements j", "not what was sealed"),
    "a table dropped": (lambda c: run_sql(c, "drop table judgements"), "row", "judgements, log entry 5", "names 1 rows, 0 are there"),
    "an empty table dropped": (lambda c: run_sql(c, "drop table sittings"), "table", "sittings", "the table is missing"),
    "the database's log dropped": (lambda c: run_sql(c, "drop table custody"), "log", "end", "the database 0"),
    "a column dropped": (lambda c: run_sql(c, "alter table builds rename column seal to sea"), "table", "builds", "lacks a column"),
}  # fmt: skip


def test_undisturbed_case_is_clean(case: Case) -> None:
    """A case that nobody touched has no fault, and all of it was looked at."""
    checked = check_case(case.path)
    assert checked.faults == ()
    assert (checked.evidence, checked.rows, checked.entries, checked.spans) == (1, 6, 5, 2)


@pytest.mark.parametrize("name", DISTURBANCES)
def test_disturbance_is_named(case: Case, name: str) -> None:
    """Each disturbance is among the faults, with its layer, its place and words that say what it was."""
    disturb, layer, where, words = DISTURBANCES[name]
    disturb(case)
    faults = check_case(case.path).faults
    named = [
        one for one in faults if one.layer == layer and one.where.startswith(where) and words in one.message
    ]
    assert named, faults


@pytest.mark.parametrize("name", DISTURBANCES)
def test_check_changes_nothing(case: Case, name: str) -> None:
    """A check leaves every file of the case as it was, and makes none, whatever was done to it."""
    DISTURBANCES[name][0](case)
    case.engine.dispose()
    before = {path: path.read_bytes() for path in case.path.rglob("*") if path.is_file()}
    check_case(case.path)
    assert {path: path.read_bytes() for path in case.path.rglob("*") if path.is_file()} == before


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


def test_check_of_a_case_in_use_changes_nothing(case: Case) -> None:
    """While the case is open elsewhere, a check uses SQLite's lock memory and changes nothing else."""
    with case.write("code") as writer:
        writer.add(make_statement("t"))
        before = {path: path.read_bytes() for path in case.path.rglob("*[!m]") if path.is_file()}
        assert case.path / "case.db-wal" in before
        assert check_case(case.path).faults == ()
        assert {path: path.read_bytes() for path in case.path.rglob("*[!m]") if path.is_file()} == before


@pytest.mark.parametrize(
    "spoil",
    [
        lambda c: (c.path / "case.db").unlink(),
        lambda c: (c.path / "case.db").write_bytes(b"this is no database, only a text of some length " * 99),
        lambda c: (c.path / "case.toml").unlink(),
        lambda c: (c.path / "case.toml").write_text("uid = "),
        lambda c: (c.path / ".making").touch(),
    ],
    ids=["no database", "not a database", "no settings", "settings that are none", "a case half made"],
)
def test_what_cannot_be_checked_is_said(case: Case, spoil: Callable[[Case], object]) -> None:
    """Where there is nothing to check against, the check says so, exits with 2 and makes nothing."""
    case.engine.dispose()
    spoil(case)
    before = sorted(case.path.rglob("*"))
    done = CliRunner().invoke(linewatch, ["check", str(case.path)])
    assert done.exit_code == 2
    assert done.stderr.startswith("linewatch: could not check: ")
    assert len(done.stderr.splitlines()) == 1
    assert sorted(case.path.rglob("*")) == before


@pytest.mark.parametrize(("disturb", "code"), [(lambda _: None, 0), (flip_byte, 1)])
def test_exit_code_tells(case: Case, disturb: Callable[[Case], object], code: int) -> None:
    """A clean case exits with 0, one with faults with 1."""
    disturb(case)
    assert CliRunner().invoke(linewatch, ["check", str(case.path)]).exit_code == code


@pytest.mark.parametrize(
    "name", ["the database replaced by an older copy", "the log's tail cut", "the log rewritten"]
)
def test_disturbed_case_is_not_written_to(case: Case, name: str) -> None:
    """Where log, database and head disagree nothing more is written, so that what happened stays to be seen."""
    DISTURBANCES[name][0](case)
    again = open_case(case.path)
    with pytest.raises(CustodyError, match="nothing is written"), again.write("code") as writer:
        writer.add(make_statement("late"))
    assert check_case(case.path).faults


def test_cut_off_command_is_a_notice(case: Case) -> None:
    """A commit whose line is not in the log's file yet, or only in part, is no fault: the next command finishes it."""
    with case.write("code") as writer:
        writer.add(make_statement("t"))
    whole = case.log_path.read_bytes()
    log.write_head(
        get_state_folder(),
        Head(case=case.settings.uid, seq=5, hash=log.parse_entry(whole.splitlines()[4]).hash),
    )
    for kept in (whole[: whole[:-1].rfind(b"\n") + 1], whole[:-9]):
        case.log_path.write_bytes(kept)
        checked = check_case(case.path)
        assert checked.faults == ()
        assert "cut off after its commit" in checked.notices[0]
    open_case(case.path)
    assert case.log_path.read_bytes() == whole
