"""Mentions of names: what the text itself settles, what the model adds, and that no other finding depends on the model."""

from __future__ import annotations

import pytest

from linewatch.find.base import Reading
from linewatch.find.canons import load_canons
from linewatch.find.registry import find_all
from linewatch.model import Finding, Mention, Saying
from linewatch.read import plain
from linewatch.settings import get_model_name

from .conftest import Body
from .test_whole_report import REPORT


def list_mentions(found: tuple[Finding, ...]) -> set[tuple[str, str]]:
    """Return each mentioned name with its kind."""
    return {(one.value.name, one.value.kind) for one in found if isinstance(one.value, Mention)}


def test_names_that_the_text_settles_need_no_model(body: Body) -> None:
    """An outlet, the organisation, a place and a person with other names are mentions by what the text says of them."""
    look = body(
        "The Harbour League's weekly The Lamp was read at Heron Pier (Ostrel Quay). Tobin Barra, aka the Otter, was there.",
        names=("Harbour League",),
    )
    assert {
        ("Harbour League", "organisation"),
        ("The Lamp", "outlet"),
        ("Heron Pier", "place"),
        ("Tobin Barra", "person"),
    } <= list_mentions(look.found)


def find_with(model: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Finding, ...]:
    """Return what is found in the whole report with a model of this name."""
    monkeypatch.setenv("LINEWATCH_SPACY_MODEL", model)
    document = plain.read(REPORT.encode(), evidence="sha256:test")
    return find_all(Reading(document=document, canons=load_canons(None)))


def test_only_mentions_and_sayings_depend_on_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the model and without it everything but the mentions and the sayings is the same, and the model adds some."""
    monkeypatch.delenv("LINEWATCH_SPACY_MODEL", raising=False)
    named = get_model_name()
    assert named is not None
    with_model, without = find_with(named, monkeypatch), find_with("none", monkeypatch)
    others = [
        [one for one in found if not isinstance(one.value, Mention | Saying)]
        for found in (with_model, without)
    ]
    assert others[0] == others[1]
    assert list_mentions(without) < list_mentions(with_model)


def test_a_model_that_is_not_installed_is_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name of a model that is not there finds what no model finds."""
    assert find_with("no_such_model", monkeypatch) == find_with("none", monkeypatch)
