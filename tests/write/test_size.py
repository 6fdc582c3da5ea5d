"""Hostile evidence stays small on the page: what reaches a renderer is bounded, so that none takes minutes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec
import pytest

from factories_write import (
    make_document,
    make_evidence,
    make_finding,
    make_line,
    make_material,
    make_settings,
)
from linewatch.model import (
    Alias,
    Arrival,
    Citation,
    Finding,
    Found,
    Item,
    Marker,
    Place,
    Problem,
    Quotation,
)
from linewatch.write import docx, html, pdf
from linewatch.write.build import build
from linewatch.write.generate import generate_draft
from linewatch.write.material import Material, Results
from linewatch.write.quoting import LETTERS, LONGEST
from linewatch.write.tree import Report
from linewatch.write.wording import LONGEST_RUN

SIGNS = {
    "latin": "x",
    "arabic": "\u0645",
    "chinese": "\u821f",
    "marks": "\u0301",
    "picture": "\U0001f6a3",
    "words": "oar ",
}
MANY = 3000
MOST_LETTERS = LONGEST * LETTERS
"""Letters that the longest quotation may have; no other run of words is longer."""


def make_hostile(word: str) -> Material:
    """Return a case in which every name, title and text is the word, in as many places as a report prints one."""
    base = make_material()
    sealed = make_evidence(f"{word}.txt", obtained_from=f"https://{word}.example.org")
    document = make_document(sealed, f"Row {word} [7] on.", language="en")
    values: list[Found] = [
        Item(kind="post", outlet=word, publisher=word, place=word, title=word, held=True),
        Item(kind="song", outlet=word, title=word),
        Quotation(speaker=word, role="unknown"),
        Alias(name="Harbour League", aka=(word,) * 100),
        Place(org_name=word, real_name=word),
        Citation(canon="charter", ref=f"charter {word}", verdict="altered", detail=word),
        Citation(canon="charter", ref=f"charter {word}", detail="no words are quoted"),
        Marker(n=word[:40]),
    ]
    found = [make_finding(document, document.text, value, name=f"h{n}") for n, value in enumerate(values)]
    return make_material(
        evidence={**base.evidence, sealed.id: sealed},
        documents={**base.documents, document.id: document},
        findings={**base.findings, **{one.id: one for one in found}},
        results=add_points(base, found, word),
        arrivals=(Arrival(id="a", gathering="g", path=word, size=1, outcome="refused", reason=word),),
        problems=(Problem(id="p", stage="read", kind="odd", message=word, evidence=sealed.id, where=word),),
    )


def add_points(base: Material, found: list[Finding], word: str) -> Results:
    """Return the results with the hostile item coded, and its one passage."""
    results = base.results
    passage = msgspec.structs.replace(
        results.passages[0], id="hp", span=found[2].span, item="h0", speaker=None
    )
    point = msgspec.structs.replace(
        results.line.points[0],
        item="h0",
        score=3,
        high=3,
        outlet=word,
        passages=("hp",),
    )
    line = make_line((*results.line.points, point))
    return Results(**{**vars(results), "line": line, "passages": (*results.passages, passage)})


def list_strings(value: Any) -> Iterator[str]:
    """Yield every text in the report that a renderer sets as words."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for part in value:
            yield from list_strings(part)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from list_strings(getattr(value, name)) if name not in {"svg", "png"} else ()


@cache
def build_hostile(sign: str) -> Report:
    """Return the report of the hostile case, by the draft that every case begins with."""
    return build(generate_draft(make_settings()), make_hostile(sign * MANY))


@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
def test_no_run_and_no_text_is_longer_than_a_page_can_hold(sign: str) -> None:
    """No unbroken run and no run of words that reaches the page is longer than its bound."""
    texts = list(list_strings(build_hostile(sign)))
    longest = max(len(run) for text in texts for run in re.findall(r"\S+", text))
    assert longest <= LONGEST_RUN + len("(“[…]”;")
    assert max(map(len, texts)) <= MOST_LETTERS


@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
def test_whole_report_is_hardly_longer_than_an_honest_one(sign: str) -> None:
    """All the places in which the hostile word stands add a bounded number of letters."""
    honest = sum(map(len, list_strings(build(generate_draft(make_settings()), make_material()))))
    assert sum(map(len, list_strings(build_hostile(sign)))) < honest + 12 * MOST_LETTERS


@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
def test_every_format_can_be_made_of_it(sign: str) -> None:
    """No format refuses hostile words: neither marks piled on nothing nor signs that no face has."""
    report, material = build_hostile(sign), make_hostile(sign * MANY)
    for exporter in (html, pdf, docx):
        assert all(exporter.export(report, material).values())
