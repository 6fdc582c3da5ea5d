"""The report as pages: set from data alone, in order, inside the paper, the same bytes again and nothing to follow out."""

from __future__ import annotations

import builtins
import io
import re
import sys
import zlib
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linewatch.errors import MissingPartError
from linewatch.write import pdf
from linewatch.write.tree import (
    Block,
    Code,
    Column,
    Emphasis,
    Figure,
    Heading,
    Inline,
    Isolate,
    Listing,
    Note,
    NoteRef,
    Paragraph,
    Quote,
    Report,
    Rule,
    Table,
    Text,
)

sys.path.insert(0, str(Path(__file__).parents[1]))
from factories_write import ARABIC_WORDS, make_material

DAY = date(2033, 1, 9)
SEAL = "sha256:" + "0123456789abcdef" * 4
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="100"><text x="9" y="50" font-family="Amiri">المنارة</text></svg>'
OUTER = 210 / 25.4 * 72
LEAST_MARGIN = 20 / 25.4 * 72


def say(words: str) -> tuple[Inline, ...]:
    return (Text(words=words),)


def make_report(
    *blocks: Block, notes: tuple[Note, ...] = (), title: str = "The line", language: str = "en"
) -> Report:
    return Report(title=title, blocks=blocks, notes=notes, language=language)


def make_table(n: int, *words: str) -> Table:
    columns = tuple(Column(title=f"Heading {place}", share=place + 1) for place in range(len(words)))
    return Table(caption="All items", columns=columns, rows=tuple(tuple(map(say, words)) for _ in range(n)))


def make_every_kind(words: str) -> Report:
    """Return a report that has the words in every place where a tree can hold words."""
    inlines: tuple[Inline, ...] = (
        Text(words=words),
        Isolate(words=words, language="ar", direction="rtl"),
        Code(words=words),
        Emphasis(children=(Text(words=words), Code(words=words)), strong=True),
        NoteRef(n=1),
        NoteRef(n=99),
    )
    columns = (Column(title=words), Column(title=words, numeric=True, share=0.01), Column(title="", share=9))
    return make_report(
        Heading(level=4, children=inlines),
        Paragraph(children=inlines, quiet=True),
        Quote(lines=(inlines, inlines), source=inlines, language=words[:4], direction="rtl"),
        Quote(lines=(), source=()),
        Table(caption=words, columns=columns, rows=((inlines, inlines, ()), ((), (), inlines))),
        Table(caption="", columns=(), rows=()),
        Listing(items=((Paragraph(children=inlines), Heading(level=1, children=inlines)), ()), ordered=True),
        Rule(),
        Figure(svg=SVG, png=b"", width=400, caption=inlines, alt=words, data=""),
        notes=(Note(n=1, children=inlines), Note(n=7, children=())),
        title=words,
        language=words[:3],
    )


def open_pdf(report: Report) -> Any:
    return pypdfium2.PdfDocument(io.BytesIO(pdf.render(report, DAY)))


def read_pages(report: Report) -> list[str]:
    """Return the words of each page, what was broken over lines with a space."""
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in open_pdf(report)]


def find_letters_outside(report: Report) -> list[str]:
    """Return the letters that stand nearer to the paper's edge than 20 mm."""
    outside = []
    for page in open_pdf(report):
        text = page.get_textpage()
        for place in range(text.count_chars()):
            left, _, right, _ = text.get_charbox(place)
            if left < LEAST_MARGIN or right > OUTER - LEAST_MARGIN:
                outside.append(text.get_text_range(place, 1))
    return outside


def unpack(data: bytes) -> bytes:
    """Return a PDF with its streams decompressed, to look for what should not be in it."""
    streams = [
        data[start.end() : data.index(b"endstream", start.end())]
        for start in re.finditer(rb"(?<!end)stream\r?\n", data)
    ]
    return data + b"".join(zlib.decompress(one) for one in streams if one[:1] == b"x")


HOSTILE = {
    "typst code": '#panic("x") $x^2$ @ref *a* _b_ `c` <d> [e] // f /* g */ \\ -- = #import "h"',
    "controls": "a\x00b\x07c\x1bd\x85e\nf\tg",
    "a long word": "W" * 400,
    "a long Arabic word": "المجذاف" * 60,
    "overrides": "\u202eevil\u202c \u2066x \u202dy\u200f",
    "no face has it": "😀👨\u200d👩\u200d👧 漢字 ᚠ \ue000 \uffff \ufffe\U0010ffff\u0378",
    "marks": "e" + "\u0301" * 200,
    "nothing": "",
    "spaces": "\u00a0\u3000 " * 300,
    "half a surrogate pair": "\ud800x",
}


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_stay_inside_the_paper(words: str) -> None:
    """Whatever the evidence says, in every place of the tree, the report is set and nothing runs off the page."""
    assert find_letters_outside(make_every_kind(words)) == []


def test_code_is_printed_as_it_stands() -> None:
    """Words that are typst's own language are printed and not obeyed."""
    words = HOSTILE["typst code"]
    assert words in read_pages(make_report(Paragraph(children=say(words))))[0]


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec=None), max_size=40))
def test_any_text_can_be_set(words: str) -> None:
    """No run of signs makes typst refuse the report."""
    assert pdf.render(make_report(Paragraph(children=say(words)), title=words), DAY).startswith(b"%PDF")


def test_a_sign_without_a_face_is_printed_by_its_number() -> None:
    """Nothing is left out in silence because no carried face can show it."""
    page = read_pages(make_report(Paragraph(children=say("oar 😀👨\u200d👩 and 漢 \ue000"))))[0]
    assert "oar [U+1F600][U+1F468][U+1F469] and [U+6F22] [U+E000]" in page


def test_the_same_report_gives_the_same_bytes() -> None:
    """Neither the clock nor the machine is in the file."""
    report = make_every_kind("The tide")
    assert pdf.export(report, make_material()) == pdf.export(report, make_material())


def test_the_file_names_nobody_and_no_place() -> None:
    """The metadata hold the title and the report's day: no author, no path, no link out, nothing that runs."""
    data = pdf.export(make_every_kind("See https://pier.example.net/films"), make_material())["report.pdf"]
    facts = pypdfium2.PdfDocument(io.BytesIO(data)).get_metadata_dict()
    assert (facts["Author"], facts["Producer"], facts["CreationDate"]) == ("", "", "D:20330109000000Z")
    inside = unpack(data)
    assert [
        word for word in (b"/URI", b"/JavaScript", b"/Launch", str(Path.cwd()).encode()) if word in inside
    ] == []


def test_the_pages_are_tagged_and_carry_their_faces() -> None:
    """The file claims PDF/UA-1 with its language, and every face in it is embedded."""
    inside = unpack(pdf.render(make_every_kind("المنارة and The Lamp"), DAY))
    assert b"<pdfuaid:part>1</pdfuaid:part>" in inside
    assert b"/Amiri-Regular" in re.sub(rb"/[A-Z]{6}\+", b"/", inside)
    assert inside.count(b"/FontDescriptor ") == len(re.findall(rb"/FontFile[23] ", inside))


def test_headings_are_bookmarks_without_a_gap() -> None:
    """Headings below the title become the outline; a level left out by the draft is closed up."""
    blocks = [Heading(level=level, children=say(f"H{level}")) for level in (1, 2, 4, 4, 2, 1)]
    toc = [(mark.level, mark.get_title()) for mark in open_pdf(make_report(*blocks)).get_toc()]
    assert toc == [(0, "H2"), (1, "H4"), (1, "H4"), (0, "H2"), (0, "H1")]


def test_arabic_is_read_out_in_order() -> None:
    """The words of an Arabic quotation come out of the file in the order in which they are said, each whole."""
    quote = Quote(
        lines=((Isolate(words=ARABIC_WORDS, language="ar", direction="rtl"),),),
        source=(),
        language="ar",
        direction="rtl",
    )
    inline = Paragraph(
        children=(
            *say("The outlet "),
            Isolate(words="المجذاف", language="ar", direction="rtl"),
            *say(" (no. 12)"),
        )
    )
    page = read_pages(make_report(inline, quote))[0]
    assert ARABIC_WORDS in page
    assert "The outlet المجذاف" in page


def test_arabic_stands_at_the_right() -> None:
    """The first letter of an Arabic quotation stands right of its last one, beside the right margin."""
    report = make_report(Quote(lines=(say("من ترك المجذاف"),), source=(), language="ar", direction="rtl"))
    text = next(iter(open_pdf(report))).get_textpage()
    place = text.get_text_range().index("من")
    assert text.get_charbox(place)[0] > OUTER * 0.75


def test_a_seal_is_whole_and_without_marks() -> None:
    """A seal is printed on one line where it fits, so that it can be copied."""
    text = next(
        iter(open_pdf(make_report(Paragraph(children=(*say("Sealed as " * 9), Code(words=SEAL))))))
    ).get_textpage()
    assert SEAL in text.get_text_range()


def test_headings_of_a_table_stand_on_every_page() -> None:
    """A table that runs over pages repeats its headings, and none of its rows is lost."""
    pages = read_pages(make_report(make_table(150, "oar", "pier")))
    assert len(pages) > 2
    assert all("Heading 0 Heading 1" in page for page in pages)
    assert sum(page.count("oar pier") for page in pages) == 150


def test_a_row_is_not_parted() -> None:
    """A row of several lines stands whole on one page."""
    words = "begin " + "tide " * 60 + "finish"
    for page in read_pages(make_report(make_table(30, "a", words))):
        assert page.count("begin") == page.count("finish")


def test_a_row_longer_than_a_page_runs_on() -> None:
    """A row that fits on no page is parted, its words all there."""
    pages = read_pages(make_report(make_table(1, "a", "tide " * 4000)))
    assert sum(page.count("tide") for page in pages) == 4000


def test_a_heading_is_not_left_behind() -> None:
    """Wherever on the page it comes to stand, a heading stays with the table or the words after it."""
    for lines in range(36, 46):
        filler = Listing(items=tuple((Paragraph(children=say("x")),) for _ in range(lines)))
        for after in (make_table(3, "oar", "pier"), Paragraph(children=say("oar"))):
            pages = read_pages(make_report(filler, Heading(level=2, children=say("Stays")), after))
            assert all(("Stays" in page) == ("oar" in page) for page in pages), lines


def test_numbers_stand_at_the_right_of_their_column() -> None:
    """Figures of a numeric column end at one edge."""
    columns = (Column(title="n", numeric=True), Column(title="what"))
    table = Table(caption="", columns=columns, rows=((say("7"), say("a")), (say("1,064"), say("b"))))
    text = next(iter(open_pdf(make_report(table)))).get_textpage()
    words = text.get_text_range()
    assert text.get_charbox(words.index("7"))[2] == pytest.approx(
        text.get_charbox(words.index("1,064") + 4)[2], abs=1
    )


def test_a_note_says_where_it_is_referred_to() -> None:
    """A note referred to more than once is printed once, at the end, with the pages that lead to it."""
    blocks = (
        Paragraph(children=(*say("First."), NoteRef(n=1))),
        make_table(60, "oar"),
        Paragraph(children=(NoteRef(n=1),)),
    )
    pages = read_pages(make_report(*blocks, notes=(Note(n=1, children=say("The file.")),)))
    assert [page.count("The file.") for page in pages] == [*[0] * (len(pages) - 1), 1]
    assert re.search(rf"The file\. ↑.p\..1, {len(pages)}", pages[-1])


def test_neighbouring_references_are_told_apart() -> None:
    """Note 1 and note 2 side by side are not read as note 12."""
    notes = (Note(n=1, children=say("a")), Note(n=2, children=say("b")))
    page = read_pages(
        make_report(Paragraph(children=(*say("Said."), NoteRef(n=1), NoteRef(n=2))), notes=notes)
    )[0]
    assert re.search(r"Said\. ?1 ?, ?2", page)


def test_the_figure_s_words_can_be_read() -> None:
    """The figure is drawn from its SVG, Arabic labels as letters of the carried face."""
    figure = Figure(svg=SVG, png=b"", width=400, caption=say("The line."), alt="One point.", data="")
    assert "المنارة" in read_pages(make_report(figure))[0]


def test_the_machine_s_faces_are_not_used() -> None:
    """Only what typst carries and the Arabic face can be chosen from."""
    assert set(pdf._load_faces().families()) == {
        "Amiri", "DejaVu Sans Mono", "Libertinus Serif", "New Computer Modern", "New Computer Modern Math",
    }  # fmt: skip


def test_without_typst_the_missing_part_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where typst is not installed the error says so and what to do."""
    real = builtins.__import__

    def refuse(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "typst":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(MissingPartError, match="typst") as caught:
        pdf.render(make_report(), DAY)
    assert "pip install" in str(caught.value.hint)
