"""Find in a case: the same findings on any number of processes, what could not be searched, and versions that differ."""

from __future__ import annotations

from pathlib import Path

import pytest

from factories_find import find_or_die
from linewatch.find import run
from linewatch.find.mapping import Searched, map_documents
from linewatch.gather.run import Given, gather
from linewatch.model import Problem
from linewatch.read.run import read
from linewatch.store.case import Case, make_case
from linewatch.store.live import list_live_findings, list_live_problems

REPORT = """\
OSTREL QUAY, March 4, 2031 (Coast Wire) -- The Harbour League said on Tuesday that members who left may come back.

In an editorial published in The Lamp on March 3, 2031, the League wrote: "Whoever sends word by the second bell keeps a seat, and everybody will be asked where they slept."
"""
LAMP = """\
Whoever Sends Word

Whoever sends word by the second bell keeps a seat, and nobody will be asked where they slept in the winter.
"""
CATALOGUE = """path,kind,publisher,outlet,date,title
report.txt,report,,,,
lamp.txt,editorial,Harbour League,The Lamp,2031-03-03,Whoever Sends Word
"""


def make(tmp_path: Path, name: str, **texts: str) -> Case:
    """Return a case with these texts read, and nothing found yet."""
    folder = tmp_path / f"{name}-material"
    folder.mkdir()
    for stem, text in {"report": REPORT, "lamp": LAMP, **texts}.items():
        (folder / f"{stem}.txt").write_text(text, encoding="utf-8")
    (folder / "catalogue.csv").write_text(CATALOGUE, encoding="utf-8")
    case = make_case(tmp_path / name)
    gather(case, [folder], given=Given(), tell=lambda _step: None)
    read(case, tell=lambda _step: None)
    return case


@pytest.fixture(autouse=True)
def without_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Find by the rules alone."""
    monkeypatch.setenv("LINEWATCH_SPACY_MODEL", "none")


def list_problems(case: Case, kind: str) -> list[Problem]:
    """Return the problems of a kind that stand."""
    return [one for one in list_live_problems(case) if one.kind == kind]


def test_any_number_of_processes(tmp_path: Path) -> None:
    """Two processes find what one finds, and the steps are told."""
    steps: list[str] = []
    alone, pooled = make(tmp_path, "alone"), make(tmp_path, "pooled")
    assert run.find(alone, lambda step: steps.append(step.what), workers=1) == 2
    assert run.find(pooled, lambda _step: None, workers=2) == 2
    assert list_live_findings(alone) == list_live_findings(pooled) != []
    assert any(step.startswith("quotations.") for step in steps)


def test_a_version_that_differs(tmp_path: Path) -> None:
    """A quotation that lost the original's negation is a problem with both places; searched again it is one still."""
    case = make(tmp_path, "case")
    run.find(case, lambda _step: None)
    (problem,) = list_problems(case, "unlike-quotation")
    assert problem.message.startswith("differs from the original that the case holds: negation, here")
    assert problem.where is not None
    assert "in lamp.txt, characters 20-" in problem.where
    assert run.find(case, lambda _step: None) == 0


def test_what_could_not_be_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document that ends its process twice is a problem, keeps the others from nothing, and is tried again."""
    case = make(tmp_path, "case", other="always dies\n\nThe boats went out.\n")

    def search(readings: object, *, workers: int, search: object) -> list[Searched]:  # noqa: ARG001 - the real one's signature
        return list(map_documents(readings, workers=2, search=find_or_die))  # type: ignore[arg-type]  # as given

    monkeypatch.setattr(run, "map_documents", search)
    assert run.find(case, lambda _step: None) == 3
    assert len(list_problems(case, "unsearched")) == 1
    assert list_live_findings(case)
    monkeypatch.undo()
    monkeypatch.setenv("LINEWATCH_SPACY_MODEL", "none")
    assert run.find(case, lambda _step: None) == 1
    assert list_problems(case, "unsearched") == []


def test_a_date_after_the_report(tmp_path: Path) -> None:
    """An item that a report dates later than itself is a problem; one of the day before is none."""
    later = REPORT.replace(
        "published in The Lamp on March 3, 2031", "published in The Lamp on March 30, 2031"
    )
    case = make(tmp_path, "case", report=later)
    run.find(case, lambda _step: None)
    (problem,) = list_problems(case, "future-date")
    assert problem.message == "dated March 30, 2031, after the report itself, 2031-03-04"
    other = make(tmp_path, "other")
    run.find(other, lambda _step: None)
    assert list_problems(other, "future-date") == []
