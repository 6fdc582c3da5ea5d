"""Where a case stands: what waits in each room, and which comes next."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from linewatch.cli.main import linewatch
from linewatch.code.answers import Answer
from linewatch.code.run import open_sitting, propose, record
from linewatch.find import run as finding
from linewatch.flow import write_report
from linewatch.gather.run import Given, gather
from linewatch.model import Passage, Run, Step
from linewatch.read import run as reading
from linewatch.status import Status, get_status
from linewatch.store.case import Case, make_case

LAMP = """A Word to Those Inland

It was a fault to leave, yet they are still of the League, and no article of the Charter says otherwise.

Whoever reports to the pier by spring is re-enrolled, with the berth that was theirs before the winter.
"""


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """Return a case whose one file went as far as passages."""
    made = make_case(tmp_path / "case")
    offer(made, "lamp.txt", LAMP)
    reading.read(made, tell=hush)
    finding.find(made, hush)
    propose(made, hush)
    return made


def hush(_step: Step) -> None:
    """Tell nothing."""


def offer(case: Case, name: str, words: str) -> None:
    """Gather a file."""
    path = case.path.parent / name
    path.write_text(words, encoding="utf-8")
    given = Given(side="own", kind="editorial", outlet="The Lamp", date="2031-04")
    gather(case, [path], given=given, tell=hush)


def code_all(case: Case, coder: str) -> None:
    """Answer every passage."""
    for passage in case.find(Passage):
        record(case, passage.id, coder, [Answer(question="q1", value="no")])


def test_rooms_come_in_their_order(tmp_path: Path) -> None:
    """An empty case is to be gathered into; each room done makes the next one come."""
    case = make_case(tmp_path / "case")
    seen = [get_status(case).next]
    offer(case, "lamp.txt", LAMP)
    seen.append(get_status(case).next)
    reading.read(case, tell=hush)
    seen.append(get_status(case).next)
    finding.find(case, hush)
    seen.append(get_status(case).next)
    propose(case, hush)
    code_all(case, "ana")
    seen.append(get_status(case).next)
    write_report(case, tmp_path / "out", tell=hush)
    seen.append(get_status(case).next)
    assert seen == ["gather", "read", "find", "code", "write", None]


def test_what_waits_is_named(case: Case) -> None:
    """A file sealed later is unread; one that its reader read before it was bettered is unread again."""
    assert get_status(case).unread == ()
    offer(case, "song.txt", "The tide keeps its own ledger, and it has written down every empty bench.")
    assert get_status(case).unread == ("song.txt",)
    (done,) = (run for run in case.find(Run) if run.stage == "read")
    with case.write("read") as writer:
        writer.add(
            Run(
                **{
                    **{name: getattr(done, name) for name in done.__struct_fields__},
                    "id": "x",
                    "tool": "plain.v0",
                }
            )
        )
    assert get_status(case).unread == ("lamp.txt", "song.txt")


def test_what_is_said_later_makes_findings_stale(case: Case) -> None:
    """What is newly said of a file changes what the finders would find: it waits for them."""
    assert get_status(case).unsearched == ()
    path = case.path.parent / "lamp.txt"
    gather(case, [path], given=Given(outlet="The Chorus"), tell=hush)
    now = get_status(case)
    assert (now.unsearched, now.next) == (("lamp.txt",), "find")


def test_passages_left_are_told_for_each_coder(case: Case) -> None:
    """A coder who only opened a sitting has all passages left; the case has none left once anybody met each."""
    passages = case.find(Passage)
    assert get_status(case).uncoded == len(passages) == 2
    open_sitting(case, "ben")
    code_all(case, "ana")
    now = get_status(case)
    assert (now.uncoded, now.left) == (0, {"ana": 0, "ben": 2})


def test_new_since_the_last_report_is_counted(case: Case, tmp_path: Path) -> None:
    """Only what came after the report is new; with nothing new the report stands."""
    code_all(case, "ana")
    assert get_status(case).new is None
    write_report(case, tmp_path / "out", tell=hush)
    assert set((get_status(case).new or {}).values()) == {0}
    code_all(case, "ben")
    now = get_status(case)
    assert now.new is not None
    assert (now.new["judgements"], now.new["evidence"], now.next) == (2, 0, "write")


def test_command_prints_counts_and_what_comes_next(case: Case) -> None:
    """The command prints a line for each kind and last the command that comes next; as JSON it is the value itself."""
    printed = CliRunner().invoke(linewatch, ["status", str(case.path)]).stdout.splitlines()
    assert printed[0] == "files sealed         1"
    assert "2 passages are not coded by anybody." in printed
    assert printed[-1] == f"Next: linewatch code {case.path} --as NAME"
    told = json.loads(CliRunner().invoke(linewatch, ["status", str(case.path), "--json"]).stdout)
    assert set(told) == set(Status.__struct_fields__)
    assert told["next"] == "code"
