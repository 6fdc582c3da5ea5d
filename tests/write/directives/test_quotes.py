"""Somebody's words in print: cut anew, with speaker, item, date and note."""

from __future__ import annotations

import msgspec
import pytest

from factories_write import ARABIC_WORDS, HARSH, LAMP, make_material, make_reliability
from linewatch.errors import DraftError
from linewatch.write.call import parse_call
from linewatch.write.directives import make_blocks, make_inline
from linewatch.write.directives.quotes import choose_points, find_telling_passage
from linewatch.write.material import Material, Results
from linewatch.write.page import Page
from linewatch.write.tree import NoteRef, Paragraph, Quote, get_plain

MATERIAL = make_material()


def quote(directive: str, material: Material = MATERIAL) -> Quote:
    """Return the one quotation a directive makes."""
    (block,) = make_blocks(Page(material=material), parse_call(directive, line=1))
    assert isinstance(block, Quote)
    return block


def test_quotation_has_speaker_item_date_and_note() -> None:
    """Below the words stand the role, the item with its date, its place on the line, and the note."""
    block = quote("quotation q-lamp-01.html")
    assert [get_plain(line) for line in block.lines] == [HARSH]
    assert get_plain(block.source) == (
        "A narrator · The Lamp, editorial, Editorial of 2031-02-03, 3 February 2031 · item at −2 Outcast"
    )
    assert block.source[-1] == NoteRef(n=1)


def test_quotation_is_named_as_the_export_names_it() -> None:
    """The kind before the id, as the table of findings writes it, is understood."""
    assert quote("quotation quotation:q-lamp-01.html") == quote("quotation q-lamp-01.html")


@pytest.mark.parametrize(
    "reliability",
    [
        make_reliability(light="red"),
        make_reliability(light="unknown"),
        make_reliability(coders=("anna",)),
    ],
)
def test_place_on_the_line_needs_agreement(reliability: object) -> None:
    """Where coders do not agree, no place on the line stands below the words."""
    results = Results(**{**vars(MATERIAL.results), "reliability": reliability})
    assert "item at" not in get_plain(
        quote("quotation q-lamp-01.html", make_material(results=results)).source
    )


def test_arabic_is_set_right_to_left() -> None:
    """An Arabic passage carries its language and direction."""
    block = quote("passage p-manara-01.html")
    assert (block.language, block.direction) == ("ar", "rtl")
    assert "".join(get_plain(line) for line in block.lines) == ARABIC_WORDS


def test_quotation_in_a_sentence() -> None:
    """Inside a sentence the words stand in quotation marks with their note."""
    inlines = make_inline(Page(material=MATERIAL), parse_call("quotation q-report"))
    assert get_plain(inlines) == "“It was a fault”"
    assert inlines[-1] == NoteRef(n=1)


def test_long_quotation_needs_a_reason_to_stand_whole() -> None:
    """The omission is a line of its own; with a recorded reason there is none."""
    assert get_plain(quote("quotation q-lamp-03.html").lines[-1]).endswith("words left out]")
    whole = quote('quotation q-lamp-03.html whole because="all of it is at issue"')
    assert "left out" not in get_plain(whole.lines[-1])
    assert whole.source[-1] == NoteRef(n=2)


@pytest.mark.parametrize(
    "directive", ['quotation q-lamp-03.html whole because=" "', 'passage p-lamp-03.html because=""']
)
def test_reason_that_says_nothing_is_none(directive: str) -> None:
    """An empty reason is refused, not taken for one."""
    with pytest.raises(DraftError, match="the reason is empty"):
        quote(directive)


def test_recorded_reason_is_a_note() -> None:
    """Why all of it stands is printed, so that the reader can judge it."""
    page = Page(material=MATERIAL)
    call = parse_call('quotation q-lamp-03.html whole because="all of it is at issue"')
    make_inline(page, call)
    assert get_plain(page.notes[-1].children) == "Printed whole: all of it is at issue"


def test_unsigned_words_are_said_to_be() -> None:
    """A held item that names no speaker speaks in its own voice where it is an editorial, else nobody is named."""
    passages = tuple(msgspec.structs.replace(one, role="unknown") for one in MATERIAL.results.passages)
    material = make_material(results=Results(**{**vars(MATERIAL.results), "passages": passages}))
    assert get_plain(quote("passage p-lamp-01.html", material).source).startswith("The outlet's own voice · ")
    assert get_plain(quote("passage p-lamp-03.html", material).source).startswith("No speaker named · ")


def test_passages_that_carry_the_finding_are_those_around_the_turn() -> None:
    """Next to the turn two items on each side are chosen first, then those farthest from the middle, by date."""
    line = MATERIAL.results.line
    chosen = choose_points(line.points, line.turns, 4)
    assert [point.outlet for point in chosen] == [LAMP] * 4
    assert [point.score for point in chosen] == [-2, -1, 2, 2]


def test_passages_say_when_nothing_is_coded() -> None:
    """Without codes there is a sentence, not a gap."""
    (block,) = make_blocks(Page(material=MATERIAL), parse_call("passages most=0"))
    assert isinstance(block, Paragraph)
    assert get_plain(block.children) == "No passage is coded yet."


def test_telling_passage_is_the_one_at_the_item_s_score() -> None:
    """Of an item's passages the one coded nearest to its score is shown."""
    one, other, *rest = MATERIAL.results.passages
    coded = tuple(
        msgspec.structs.replace(MATERIAL.results.coded[0], passage=passage, low=n, high=n)
        for passage, n in ((one.id, 2), (other.id, -2))
    )
    material = make_material(results=Results(**{**vars(MATERIAL.results), "coded": coded}))
    point = msgspec.structs.replace(material.results.line.points[0], passages=(one.id, other.id), score=-1.5)
    assert rest
    assert find_telling_passage(material, point) == other


def test_gone_evidence_fails_the_build() -> None:
    """A passage that carries the finding and whose evidence is gone fails, it is not left out."""
    with pytest.raises(DraftError, match=r"the evidence of .* is gone"):
        make_blocks(Page(material=make_material(evidence={})), parse_call("passages"))
