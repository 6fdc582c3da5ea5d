"""What was found, how it was measured and what stood in the way, computed when the report is built."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from factories_write import CODEBOOK, make_line, make_material, make_reliability
from linewatch.errors import DraftError
from linewatch.model import Gate, Reliability
from linewatch.write.call import parse_call
from linewatch.write.directives import make_blocks
from linewatch.write.material import Material, Results
from linewatch.write.page import Page
from linewatch.write.tree import Block, Emphasis, Listing, Paragraph, Table, get_plain

POINTS = make_material().results.line.points


def build(directive: str, material: Material | None = None) -> tuple[Block, ...]:
    """Return what a directive makes."""
    return make_blocks(Page(material=material or make_material()), parse_call(directive, line=1))


def make_results(reliability: Reliability, **changes: Any) -> Material:
    """Return the case with other codes and a line changed so."""
    return make_material(
        results=Results(
            line=make_line(changes.pop("points", POINTS), **changes),
            reliability=reliability,
            codebook=CODEBOOK,
        )
    )


def list_words(blocks: tuple[Block, ...]) -> str:
    """Return all words of the blocks, cells and list items with a bar between."""
    words: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            words.append(get_plain(block.children))
        elif isinstance(block, Table):
            words += [block.caption, *(get_plain(cell) for row in block.rows for cell in row)]
        elif isinstance(block, Listing):
            words += [list_words(item) for item in block.items]
    return " | ".join(words)


def test_finding_is_one_paragraph_with_its_uncertainty() -> None:
    """The claimed turn leads, what else the tracker says follows, the coders' agreement ends it."""
    turns = make_line(POINTS).turns
    words = tuple(turn.words for turn in turns)
    lead, others = build("finding", make_results(make_reliability(), words=(*words, "A last word.")))
    assert isinstance(lead, Paragraph)
    assert isinstance(lead.children[0], Emphasis)
    assert get_plain(lead.children) == (
        f"{words[0]} A last word. "
        "2 coders, Krippendorff’s alpha 0.86 (95 % interval 0.78 to 0.92): agreement to rely on."
    )
    assert list_words((others,)) == " | North Pier Films | 3 | Possible change, not established."


def test_every_claimed_turn_is_in_the_paragraph() -> None:
    """Two turns that are claimed both lead; no table is left."""
    claimed, other = make_line(POINTS).turns
    turns = (msgspec.structs.replace(other, claim=True, words="North Pier Films turned."), claimed)
    (lead,) = build("finding", make_results(make_reliability(), turns=turns, words=()))
    assert isinstance(lead, Paragraph)
    assert [isinstance(child, Emphasis) for child in lead.children[:3]] == [True, False, True]


def test_no_claim_is_said_with_the_strongest_candidate() -> None:
    """Where no turn is claimed the paragraph says so, tells the series nearest to one, and the others are rows."""
    claimed, weak = make_line(POINTS).turns
    keys = [Gate(name=name, holds=True, words="") for name in ("posterior", "permutation")]
    near = msgspec.structs.replace(weak, series="The Chorus", words="The Chorus: near.", gates=tuple(keys))
    sure = msgspec.structs.replace(claimed, claim=False, words="The Lamp: far.", gates=())
    lead, others = build("finding", make_results(make_reliability(), turns=(weak, sure, near), words=()))
    assert list_words((lead,)).startswith("No turn is claimed. The Chorus: near. 2 coders")
    assert list_words((others,)).startswith(
        " | North Pier Films | 3 | Possible change, not established. | The Lamp"
    )


@pytest.mark.parametrize(
    ("reliability", "words"),
    [
        (make_reliability(coders=("anna",)), "One coder, reliability unknown."),
        (Reliability(coders=(), rows=()), "Not coded, so nothing is said of the line."),
    ],
)
def test_fixed_words_stand_in_the_finding(reliability: Reliability, words: str) -> None:
    """With one coder, or none, the fixed words end the finding."""
    (paragraph,) = build("finding", make_results(reliability, turns=(), words=("3 items.",)))
    assert isinstance(paragraph, Paragraph)
    assert get_plain(paragraph.children) == f"3 items. {words}"


def test_claim_on_red_codes_fails() -> None:
    """Should a turn ever be claimed on codes below the agreed reliability, the build fails."""
    with pytest.raises(DraftError, match="claimed on codes below"):
        build("finding", make_results(make_reliability(light="red")))


def test_turns_give_every_condition() -> None:
    """Each series stands with what holds and what does not; only the claimed one has its numbers told."""
    told = list_words(build("turns"))
    assert "The Lamp: chance of a turn 0.96; chance of so clear an order if order meant nothing 0.03" in told
    assert (
        "North Pier Films | 3 | not claimed | – | the chance of a turn is 0.21, at least 0.90 is asked for"
        in told
    )
    none = list_words(build("turns", make_results(make_reliability(), turns=())))
    assert none.startswith("No turn was looked for: the line has ")


def test_figure_without_points_says_why() -> None:
    """Where nothing is drawn the report says why."""
    assert list_words(build("figure line")).startswith("The figure is withheld")
    assert list_words(build("figure line", make_results(make_reliability(), points=()))).startswith(
        "No item is coded"
    )


def test_problems_are_listed_with_file_and_place() -> None:
    """Each problem has its file and place; none at all is said."""
    told = list_words(build("problems"))
    assert told.startswith("2 problems: 1 undated, 1 unreadable")
    assert "Undated: no date is known of one film | monitor-report-1.pdf | –" in told
    assert list_words(build("problems", make_material(problems=()))) == "No problem is recorded."


def test_long_list_of_problems_is_counted() -> None:
    """Beyond a page's worth the rest is counted."""
    many = make_material().problems * 30
    told = list_words(build("problems", make_material(problems=many)))
    assert told.endswith("20 further problems in findings.json.")


def test_sources_add_up_and_name_the_refused() -> None:
    """Every file offered is accounted for; a refused one is named without the folder it lay in."""
    told = list_words(build("sources"))
    assert told.startswith("12 files sealed; of 13 files offered, 1 refused and 12 sealed.")
    assert told.endswith("broken.bin: not a known format")
