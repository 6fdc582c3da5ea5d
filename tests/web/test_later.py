"""What is worked out beside the pages: the answer of before is shown and told to be that, the one of now comes after."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest

from linewatch.model import Judgement
from linewatch.store.case import make_case
from linewatch.store.remembered import RememberedCase
from linewatch.web.later import Later, NotYet

KINDS = (Judgement,)


@pytest.fixture
def case(tmp_path: Path) -> RememberedCase:
    """Return an empty case."""
    return RememberedCase(make_case(tmp_path / "case").path)


def answer(case: RememberedCase, name: str) -> None:
    """Add a row."""
    now = datetime(2031, 2, 1, tzinfo=UTC)
    row = Judgement(
        id=name, passage="p", coder="anna", codebook="c", question="q1", value="yes", judged_at=now
    )
    with case.write("judge") as writer:
        writer.add(row)


def test_slow_answer_is_shown_as_before_until_it_is_there(case: RememberedCase) -> None:
    """No answer at first; then the one of before, which says that it lags; waited for, the one of now."""
    later, gate = Later(case, patience=0), Event()

    def make() -> int:
        gate.wait(30)
        return len(case.find(Judgement))

    with pytest.raises(NotYet):
        later.ask("count", KINDS, make)
    gate.set()
    assert later.ask("count", KINDS, make, wait=True) == 0
    assert not later.lags("count", KINDS)
    gate.clear()
    answer(case, "a")
    assert later.ask("count", KINDS, make) == 0
    assert later.lags("count", KINDS)
    gate.set()
    assert later.ask("count", KINDS, make, wait=True) == 1


def test_fault_is_told_to_whoever_asks(case: RememberedCase) -> None:
    """What goes wrong beside the pages goes wrong where it is asked for."""

    def fail() -> int:
        raise ValueError("no line")

    with pytest.raises(ValueError, match="no line"):
        Later(case, patience=30).ask("line", KINDS, fail)
