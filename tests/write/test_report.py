"""A report is computed from what is there now: words re-cut, numbers counted, addresses cut dead, gaps shown."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from linewatch.errors import DraftError
from linewatch.model import (
    Block,
    Document,
    Evidence,
    Finding,
    Item,
    Line,
    Passage,
    Point,
    Quotation,
    Reliability,
    Span,
    Watch,
)
from linewatch.model.when import parse_iso
from linewatch.settings import CaseSettings
from linewatch.write.csv_exports import write_table
from linewatch.write.draft import build_report, generate_draft
from linewatch.write.figure import draw_line, find_gaps
from linewatch.write.html import render
from linewatch.write.material import Material, defang
from linewatch.write.sections import LONGEST_QUOTE, shorten
from linewatch.write.tree import Heading, Quote

ARABIC = "من عاد إلى الرصيف قبل الربيع فله مقعده القديم."
TEXT = f"Whoever reports to the pier by spring is re-enrolled. {ARABIC} See https://example.org/a."
STANCE = {
    -3: "Enemy",
    -2: "Outcast",
    -1: "Blame",
    0: "Balanced",
    1: "Still ours",
    2: "Open door",
    3: "Accepted exit",
}


def make_material(*, cut: str = "e4cd9a5b2c6f5d86", organisation: str = "Harbour League") -> Material:
    """Return a small material: one document, one item, one quotation, one coded passage in Arabic."""
    start = TEXT.index(ARABIC)
    span = Span(document="d", start=start, end=start + len(ARABIC))
    item = Finding(
        id="i", span=Span(document="d", start=0, end=len(TEXT)), value=Item(kind="editorial", outlet="The Lamp",
        date=parse_iso("2031-04-02"), held=True), finder="held.v1", reason="test", cut="",
    )  # fmt: skip
    quotation = Finding(
        id="q", span=Span(document="d", start=0, end=7), value=Quotation(speaker="The Lamp"), finder="quotations.v1",
        reason="test", cut=cut,
    )  # fmt: skip
    passage = Passage(id="p", span=span, item="i", language="ar")
    point = Point(item="i", label="editorial, The Lamp", score=2, low=1, high=2, passages=("p",), outlet="The Lamp",
                  kind="editorial", date=parse_iso("2031-04-02"))  # fmt: skip
    watched = (
        Watch(outlet="The Lamp", begins=date(2031, 1, 1), ends=date(2031, 6, 30)),
        Watch(outlet="The Lamp", begins=date(2031, 8, 1), ends=date(2031, 12, 31)),
    )
    line = Line(organisation=organisation, issue="members who leave", frame="census", points=(point,), watched=watched,
                words=("1 item: 1 at +2 (editorial of The Lamp).",), reliability="one coder, reliability unknown")  # fmt: skip
    document = Document(id="d", evidence="sha256:ab", reader="plain.v1", text=TEXT,
                        blocks=(Block(kind="paragraph", start=0, end=len(TEXT)),))  # fmt: skip
    evidence = Evidence(id="sha256:ab", size=9, media_type="text/plain", name="lamp.txt",
                        obtained_from="https://example.org/lamp", gathered_at=datetime(2031, 5, 1, tzinfo=UTC))  # fmt: skip
    return Material(
        settings=CaseSettings(uid="u", organisation=organisation, issue="members who leave", analyst="secret analyst"),
        evidence={"sha256:ab": evidence}, documents={"d": document}, findings=(item, quotation), passages=(passage,),
        coded=(), line=line, reliability=Reliability(coders=("anna",), rows=()), problems=(), stance=STANCE,
    )  # fmt: skip


def render_page(material: Material) -> str:
    """Return the page of the generated draft."""
    return render(build_report(generate_draft(material.settings), material), material).decode()


def test_generated_report_shows_the_whole_case() -> None:
    """The page holds the finding, the item, the passage, the gap in watching, the source and its hash."""
    page = render_page(make_material())
    for words in ("one coder, reliability unknown", "2031-04-02", ARABIC, "Not watched: 2031-06-30 to 2031-08-01",
                  "lamp.txt", "sha256:ab", "data:image/svg+xml"):  # fmt: skip
        assert words in page


def test_arabic_is_marked_and_its_face_embedded() -> None:
    """An Arabic passage is set right to left in a face that the page carries."""
    page = render_page(make_material())
    assert 'lang="ar" dir="rtl"' in page
    assert "data:font/ttf;base64," in page


def test_page_asks_nothing_of_the_outside() -> None:
    """No address is a link, and neither the analyst nor a path is named."""
    page = render_page(make_material())
    assert "https://" not in page
    assert "hxxps://example[.]org/lamp" in page
    assert "secret analyst" not in page


def test_hostile_name_is_text() -> None:
    """Markup in a name is shown, not obeyed."""
    page = render_page(make_material(organisation="<script>alert(1)</script>"))
    assert "<script>" not in page


def test_quotation_is_recut_and_checked() -> None:
    """A quotation whose words are no longer those found fails the build by name."""
    with pytest.raises(DraftError, match="the words of finding q"):
        build_report("{{ quotation q }}", make_material(cut="0" * 16))


def test_quotation_by_id() -> None:
    """A quotation named in the draft is cut from the text with its speaker and a note."""
    from linewatch.find.base import get_cut

    report = build_report("{{ quotation q }}", make_material(cut=get_cut("Whoever")))
    quote = report.parts[0]
    assert isinstance(quote, Quote)
    assert (quote.words, quote.attribution, quote.note) == ("Whoever", "The Lamp", 1)
    assert "characters 0-7" in report.notes[0]


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        ("Prose.\n\n{{ oracle }}", "report.md, line 3: no directive is called 'oracle'"),
        ("{{ quotation gone }}", "gone, which is not there"),
        ("There are {{ number seas }} seas.", "no number is called 'seas'"),
        ("See {{ finding }} here.", "report.md, line 1: a directive stands alone"),
    ],
)
def test_draft_that_cannot_be_built_says_where(draft: str, words: str) -> None:
    """Each fault in a draft names its line or what it asks for."""
    with pytest.raises(DraftError, match=words.replace("(", r"\(")):
        build_report(draft, make_material())


def test_number_is_counted_now() -> None:
    """A number in a heading is what the case holds when the report is built."""
    heading = build_report("# {{ number items }} item", make_material()).parts[0]
    assert isinstance(heading, Heading)
    assert heading.words == "1 item"


def test_long_quotation_is_cut_with_its_omission_marked() -> None:
    """Of more than 150 words, 150 stand and the rest is marked as left out."""
    words = " ".join(["oar"] * (LONGEST_QUOTE + 1))
    assert shorten(words) == " ".join(["oar"] * LONGEST_QUOTE) + " […]"
    assert shorten("Row on.") == "Row on."


def test_gap_in_watching_is_found() -> None:
    """The stretch between two watched periods of one outlet is the gap; silence inside one is not."""
    assert find_gaps(make_material().line) == [("2031-06-30", "2031-08-01")]


def test_undated_line_is_not_drawn() -> None:
    """Without a dated item there is no figure."""
    assert draw_line(Line(organisation=None, issue=None, frame="unknown", points=()), STANCE) is None


@pytest.mark.parametrize(
    ("words", "dead"),
    [
        ("t.me/harbour is theirs", "t[.]me/harbour is theirs"),
        ("Row on. The tide turns.", "Row on. The tide turns."),
        ("(www.example.org)", "(www.example.org)"),
    ],
)
def test_address_is_cut_dead(words: str, dead: str) -> None:
    """Addresses cannot be followed; sentences stay as they are."""
    assert defang(words) == dead


def test_spreadsheet_runs_nothing() -> None:
    """A cell that begins like a formula is quoted; a negative score stays a number."""
    assert write_table(("a", "b"), [("@SUM(1)", -2)]) == b"a,b\r\n'@SUM(1),-2\r\n"
