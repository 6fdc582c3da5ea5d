"""Citations across a case: who uses what when, under which frames, and what is cut the same way."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from factories_write import (
    CHORUS,
    CODEBOOK,
    LAMP,
    PIER,
    make_document,
    make_evidence,
    make_finding,
    make_material,
    make_reliability,
)
from linewatch.model import Citation, Code, Coded, Finding, Item, Passage, Span
from linewatch.model.when import parse_iso
from linewatch.write.call import parse_call
from linewatch.write.cited import find_cut_alike, find_reframed, group_by_outlet, list_uses
from linewatch.write.directives import make_blocks
from linewatch.write.material import Material, Results
from linewatch.write.page import Page
from linewatch.write.tree import Block, Figure, Table, get_plain

UNLESS = ("", "", "unless they ask in good time.")
CODES = (Code(id="f1", name="Duty"), Code(id="f2", name="Mercy"))
USES: tuple[tuple[str, str, str | None, str, tuple[str, ...], str | None], ...] = (
    ("a", LAMP, "2031-02-03", "charter 4:2", UNLESS, "f1"),
    ("b", PIER, "2031-03-09", "charter 4:2", UNLESS, "f2"),
    ("c", LAMP, "2032-01-12", "charter 4:2", (), "f2"),
    ("d", CHORUS, None, "charter 10:1", ("Mend", "", ""), None),
    ("e", LAMP, "2032-05-01", "charter 10:1", ("", "", "use."), None),
)
"""Name, outlet, day, reference, what is left out, the frame coded."""


def make_case(uses: tuple[Any, ...] = USES, *, light: str = "green") -> Material:
    """Return a case with one citation an item, each in a passage of its own."""
    evidence, documents, findings, passages, coded = {}, {}, {}, [], []
    for name, outlet, day, ref, omitted, frame in uses:
        sealed = make_evidence(f"{name}.txt")
        document = make_document(sealed, f"The League says: “They pay the toll” ({ref}).")
        when = parse_iso(day, source="catalogue") if day else None
        item = make_finding(
            document, document.text, Item(outlet=outlet, date=when, held=True), name=f"i-{name}"
        )
        at = document.text.index("They")
        quoted = Span(document=document.id, start=at, end=at + len("They pay the toll"))
        verdict = "partial" if any(omitted) else "exact"
        value = Citation(canon="charter", ref=ref, quoted=quoted, verdict=verdict, omitted=omitted)  # type: ignore[arg-type] - told by the line above
        found = make_finding(document, ref, value, name=f"c-{name}")
        evidence[sealed.id], documents[document.id] = sealed, document
        findings |= {item.id: item, found.id: found}
        passages.append(Passage(id=f"p-{name}", span=item.span, item=item.id))
        coded += [Coded(passage=f"p-{name}", coder="anna", codes=(frame,))] if frame else []
    base = make_material()
    results = Results(
        line=base.results.line, reliability=make_reliability(light=light), passages=tuple(passages), coded=tuple(coded),
        codebook=CODEBOOK.__class__(**{**{f: getattr(CODEBOOK, f) for f in CODEBOOK.__struct_fields__}, "codes": CODES}),
    )  # fmt: skip
    return make_material(
        evidence=evidence, documents=documents, findings=findings, results=results, judgements=()
    )


def build(material: Material) -> tuple[Block, ...]:
    """Return what the directive makes."""
    return make_blocks(Page(material=material), parse_call("citation-uses", line=1))


def find_table(blocks: tuple[Block, ...], caption: str) -> list[str]:
    """Return the rows of the table with a caption."""
    tables = [block for block in blocks if isinstance(block, Table) and block.caption == caption]
    return [" | ".join(get_plain(cell).strip() for cell in row) for table in tables for row in table.rows]


def test_references_stand_by_outlet_and_period() -> None:
    """A row is a reference and an outlet: when, how often and how; references in the order of their numbers."""
    assert find_table(build(make_case()), "References by outlet and period") == [
        "charter 4:2 | North Pier Films | 9 March 2031 | 1 | 1 cut short | ",
        "charter 4:2 | The Lamp | 3 February 2031 to 12 January 2032 | 2 | 1 cut short and 1 as in the edition | ",
        "charter 10:1 | The Chorus | 1 undated | 1 | 1 cut short | ",
        "charter 10:1 | The Lamp | 1 May 2032 | 1 | 1 cut short | ",
    ]


def test_the_same_unit_under_different_frames_is_told() -> None:
    """A unit stands here when the passages that hold it are coded with different frames."""
    rows = find_table(build(make_case()), "The same unit under different frames")
    assert [row.rpartition(" | ")[0] for row in rows] == [
        "charter 4:2 | Duty | The Lamp",
        "charter 4:2 | Mercy | North Pier Films and The Lamp",
    ]


def test_frames_below_the_agreed_reliability_are_withheld() -> None:
    """Codes that coders do not agree on state nothing about frames."""
    blocks = build(make_case(light="red"))
    assert not find_table(blocks, "The same unit under different frames")
    assert any("withheld" in get_plain(getattr(block, "children", ())) for block in blocks)


def test_the_same_cut_in_two_releases_is_told() -> None:
    """Only the same words left out of the same unit are the same cut."""
    (row,) = find_table(build(make_case()), "Cut the same way in different releases")
    assert row.startswith(
        "charter 4:2 | after: unless they ask in good time. | – | 2 | The Lamp and North Pier Films"
    )


@pytest.mark.parametrize(
    ("second", "alike"),
    [
        (("b", PIER, "2031-03-09", "charter 4:2", UNLESS, None), 1),
        (("b", PIER, "2031-03-09", "charter 4:3", UNLESS, None), 0),
        (("b", PIER, "2031-03-09", "charter 4:2", ("", "", "unless they ask."), None), 0),
        (("b", PIER, "2031-03-09", "charter 4:2", (), None), 0),
    ],
)
def test_a_cut_is_the_same_by_unit_and_words(second: tuple[Any, ...], alike: int) -> None:
    """Another unit, other words or none left out are another cut."""
    assert len(find_cut_alike(list_uses(make_case((USES[0], second))))) == alike


def test_two_citations_in_one_item_are_one_release() -> None:
    """The same cut twice in one item is no repetition across releases."""
    (use,) = list_uses(make_case(USES[:1]))
    assert find_cut_alike([use, use]) == []


def test_every_row_leads_back_to_the_words() -> None:
    """Each citation has a note with its place in the sealed file."""
    page = Page(material=make_case())
    make_blocks(page, parse_call("citation-uses", line=1))
    assert len(page.notes) == len(USES)


def test_the_figure_has_words_and_numbers() -> None:
    """The drawing comes with its description and a row a citation; what has no date is counted, not drawn."""
    (figure,) = (block for block in build(make_case()) if isinstance(block, Figure))
    rows = list(csv.DictReader(io.StringIO(figure.data)))
    assert figure.name == "citations"
    assert "5 citations of 2 references by date" in figure.alt
    assert "1 citation without a date not drawn" in figure.alt
    assert [row["cut"] for row in rows].count("cut as in another release") == 2
    assert figure.svg.startswith("<svg")


def test_a_case_without_citations_adds_nothing() -> None:
    """Nothing is said twice: `citations` says that there is none."""
    assert build(make_case(())) == ()


def test_groups_hold_every_use_once() -> None:
    """No use is lost or counted twice, whatever the grouping."""
    uses = list_uses(make_case())
    grouped: list[Finding] = [use.finding for group in group_by_outlet(uses).values() for use in group]
    assert sorted(one.id for one in grouped) == sorted(use.finding.id for use in uses)
    assert set(find_reframed(uses)) == {"charter 4:2"}
