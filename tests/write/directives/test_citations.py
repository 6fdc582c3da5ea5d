"""How each citation stands to the text it cites, told so that unlike things are told apart."""

from __future__ import annotations

import msgspec
import pytest

from factories_write import make_material
from linewatch.errors import DraftError
from linewatch.find.citations import check_quotation
from linewatch.find.locators import Locator
from linewatch.model import Canon, Citation
from linewatch.write.call import parse_call
from linewatch.write.directives import make_blocks
from linewatch.write.directives.citations import get_standing, mark_left_out
from linewatch.write.material import Material
from linewatch.write.page import Page
from linewatch.write.tree import Block, Paragraph, Table, get_plain

CHARTER = Canon(
    name="charter",
    title="Charter",
    units={"4:1": "Send word before the second bell rings.", "4:2": "Mend what you break in use."},
)

LOCATOR = Locator(start=0, end=1, canon="charter", chapter="4", ref="charter 4:2", reason="a table")


def build(material: Material | None = None) -> tuple[Block, ...]:
    """Return what the directive makes."""
    return make_blocks(Page(material=material or make_material()), parse_call("citations", line=1))


def change(**fields: object) -> Material:
    """Return the case with its one citation changed."""
    base = make_material()
    ((finding, citation),) = base.find_values(Citation)
    changed = msgspec.structs.replace(finding, value=msgspec.structs.replace(citation, **fields))
    return make_material(findings={**base.findings, finding.id: changed})


def list_words(blocks: tuple[Block, ...]) -> list[str]:
    """Return the words of the paragraphs and of each row."""
    told: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            told.append(get_plain(block.children))
        elif isinstance(block, Table):
            told += [" | ".join(get_plain(cell) for cell in row) for row in block.rows]
    return told


def test_citation_has_its_verdict() -> None:
    """A citation that differs stands with the words as quoted, what is left out, where, and a note."""
    assert list_words(build()) == [
        "1 citation: 1 cut short.",
        "charter 4:2 | cut short; left out: after | “It was a fault” | – | monitor-report-1.pdf",
    ]


@pytest.mark.parametrize(
    ("canon", "ref", "quoted", "standing"),
    [
        (CHARTER, "4:2", "Mend what you break in use.", "exact"),
        (CHARTER, "4:2", None, "pointed"),
        (CHARTER, "4:2", "Mend what", "partial"),
        (CHARTER, "4:2", "Bend", "pointed"),
        (CHARTER, "9:9", None, "absent"),
        (CHARTER, "9:9", "Whoever rows at night rows alone.", "absent"),
        (CHARTER, "4:1", "Mend what you break in use.", "wrong-reference"),
        (Canon(name="charter", title="Charter"), "4:2", "Mend what you break in use.", "no-edition"),
        (Canon(name="charter", title="Charter"), "4:2", None, "no-edition"),
    ],
)
def test_standing_follows_what_the_finder_says(
    canon: Canon, ref: str, quoted: str | None, standing: str
) -> None:
    """Pointed to without quoting, no edition at hand, and not in the edition are three things."""
    checked = check_quotation(canon, LOCATOR._replace(ref=f"charter {ref}"), quoted)
    citation = Citation(canon="charter", ref=f"charter {ref}", verdict=checked.verdict, detail=checked.detail)
    assert get_standing(citation) == standing


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        ("no words are quoted with it", "Pointed to without quoting: charter 4:2."),
        ("no edition of the charter is at hand", "No edition at hand: charter 4:2."),
        ("the reference is the analyst's and was not checked", "Not checked: charter 4:2."),
        (None, "Not checked: charter 4:2."),
    ],
)
def test_unchecked_citation_says_why(detail: str | None, words: str) -> None:
    """What could not be compared is listed under the reason."""
    counted, listed = list_words(build(change(verdict="unknown", detail=detail)))
    assert listed == words
    assert counted == f"1 citation: 1 {words.partition(':')[0].lower()}."


def test_reference_that_the_edition_lacks_is_a_row() -> None:
    """A reference that leads nowhere stands by itself, with its source."""
    told = list_words(
        build(change(verdict="unknown", left_out=(), detail="charter 4:2 is not in the edition at hand"))
    )
    assert told[1].startswith("charter 4:2 | not in the edition | “It was a fault”")


def test_wrong_reference_says_which_is_right() -> None:
    """What the finder knows besides the verdict is printed, a long account of it cut."""
    told = list_words(
        build(change(verdict="wrong-reference", left_out=(), detail="the words are those of 4:3"))
    )
    assert "not at this reference: the words are those of 4:3 |" in told[1]
    long = list_words(build(change(verdict="altered", detail="oar for rope " * 100)))[1]
    assert len(long) < 400


def test_the_whole_unit_stands_beside_the_quoted_words() -> None:
    """The edition's words are given with its name, what the quotation leaves out between marks; the quoted words stay as they are."""
    text, omitted = "It was a fault, unless the pier was closed.", ("", "", "unless the pier was closed.")
    told = list_words(build(change(text=text, omitted=omitted, edition="First printing")))[1]
    assert "| “It was a fault” | “It was a fault, ⟦unless the pier was closed.⟧” (First printing) |" in told


@pytest.mark.parametrize(
    ("omitted", "marked"),
    [
        ((), "a b c d e"),
        (("a", "", ""), "⟦a⟧ b c d e"),
        (("", "c", ""), "a b ⟦c⟧ d e"),
        (("", "b … d", "e"), "a ⟦b⟧ c ⟦d⟧ ⟦e⟧"),
        (("z", "", "z"), "a b c d e"),
    ],
)
def test_what_is_left_out_is_marked_in_the_unit(omitted: tuple[str, ...], marked: str) -> None:
    """Each part left out stands between marks; nothing of the unit is changed where the part is not found."""
    assert mark_left_out("a b c d e", omitted) == marked


def test_no_citation_is_said() -> None:
    """Nothing found is a sentence."""
    assert list_words(build(make_material(findings={}))) == ["No citation of a canonical text is found."]


def test_gone_evidence_fails_by_name() -> None:
    """A row whose words can no longer be cut fails the build."""
    with pytest.raises(DraftError, match=r"the evidence of .* is gone"):
        build(make_material(evidence={}))
