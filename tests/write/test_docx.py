"""The Word file: whole as a package, its structure Word's own, its Arabic right to left, and nothing in it of its maker."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import fontpkg
import pytest
from docx.document import Document
from docx.shared import Twips
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from linewatch.model import Codebook, Line, Reliability, Scale
from linewatch.settings import CaseSettings
from linewatch.write.docx import TALLEST, TEXT_WIDTH, export
from linewatch.write.docx_package import FACE, FACE_KEY, obfuscate
from linewatch.write.docx_table import share_width
from linewatch.write.docx_words import Dress, clean, make_runs
from linewatch.write.material import Material, Results
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

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ARABIC = "من ترك المجذاف فقد أخطأ، ولكنه ما زال منا، والباب مفتوح حتى الربيع."
MANARA = "المنارة"
MARKS = str.maketrans("", "", "\u200e\u200f")


def arabic(words: str) -> Isolate:
    return Isolate(words=words, language="ar", direction="rtl")


def say(*children: Inline | str) -> Paragraph:
    return Paragraph(children=inline(*children))


def inline(*children: Inline | str) -> tuple[Inline, ...]:
    return tuple(Text(words=child) if isinstance(child, str) else child for child in children)


def make_notes(*numbers: int) -> tuple[Note, ...]:
    return tuple(
        Note(n=n, children=inline(f"lamp-{n:02d}.html, page {n}; sealed as ", Code(words="sha256:ab")))
        for n in numbers
    )


def make_figure(width: int = 640, height: int = 330, **changes: Any) -> Figure:
    values: dict[str, Any] = {
        "svg": "<svg/>", "png": make_png(2 * width, 2 * height), "width": width, "data": "day,score\n",
        "caption": inline("Each mark is an item."), "alt": "The Lamp turns: from −1.7 to +1.7.",
    }  # fmt: skip
    return Figure(**{**values, **changes})


def make_png(width: int, height: int) -> bytes:
    """Return a white drawing of one bit a pixel."""
    rows = (b"\0" + b"\xff" * ((width + 7) // 8)) * height
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    made = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


def make_table(rows: int = 3, *, note: int | None = None) -> Table:
    cells = [
        inline(f"{n} March 2031", NoteRef(n=note)) if note and not n else inline(f"{n} March 2031")
        for n in range(rows)
    ]
    return Table(
        caption="The items",
        columns=(Column(title="Date"), Column(title="Title", share=3), Column(title="Score", numeric=True)),
        rows=tuple((cell, inline("Those who set down ", arabic("المجذاف")), inline("−2")) for cell in cells),
    )


QUOTE = Quote(
    lines=(inline("Whoever sets down the oar"), inline("has set down the League.")),
    source=inline("Editorial · The Lamp, 3 February 2031", NoteRef(n=1)),
    language="en",
)
ARABIC_QUOTE = Quote(
    lines=((arabic("من ترك المجذاف"), Text(words=" (Jonas Reed) ")), inline("[… 3 words left out]")),
    source=inline("Statement · ", arabic(MANARA), ", 20 February 2032"),
    language="ar",
    direction="rtl",
)


def make_report(*blocks: Block, **changes: Any) -> Report:
    values: dict[str, Any] = {"title": "Harbour watch, no. 3", "blocks": blocks}
    return Report(**{**values, **changes})


def make_whole() -> Report:
    """Return a report with every kind of block in it."""
    return make_report(
        Heading(level=1, children=inline("Harbour watch, no. 3")),
        say(
            "The Lamp turned.",
            NoteRef(n=1),
            " ",
            Emphasis(children=inline("No other", arabic(MANARA)), strong=True),
        ),
        Heading(level=2, children=inline("The line")),
        make_figure(),
        QUOTE,
        ARABIC_QUOTE,
        make_table(note=2),
        Listing(items=((say("one"), Listing(items=((say("inner"),),))), (say("two"),)), ordered=True),
        Rule(),
        notes=make_notes(1, 2),
    )


def make_material() -> Material:
    """Return the least material there is: the Word file shows the report and nothing else."""
    line = Line(organisation="Harbour League", issue="members who leave", frame="census", points=())
    codebook = Codebook(
        name="leavers.v1", title="", questions=(), scale=Scale(name="stance", points={}, rules=())
    )
    results = Results(line=line, reliability=Reliability(coders=(), rows=()), codebook=codebook)
    settings = CaseSettings(uid="harbour", organisation="Harbour League", analyst="secret-analyst")
    return Material(settings=settings, results=results, built_on=date(2033, 1, 9))


def build(report: Report) -> bytes:
    return export(report, make_material())["report.docx"]


def read(*blocks: Block, **changes: Any) -> Document:
    return docx.Document(io.BytesIO(build(make_report(*blocks, **changes))))


def read_part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def list_words(element: etree._Element) -> str:
    """Return the words of an element without the marks of direction."""
    return "".join(str(one.text) for one in element.iter(f"{W}t")).translate(MARKS)


def test_package_is_whole_and_points_nowhere_outside() -> None:
    """Every relationship is internal and leads to a part, every part is led to, and each has a content type."""
    with zipfile.ZipFile(io.BytesIO(build(make_whole()))) as archive:
        parts = {
            name
            for name in archive.namelist()
            if name != "[Content_Types].xml" and not name.endswith(".rels")
        }
        types = etree.fromstring(archive.read("[Content_Types].xml"))
        relations = [
            (str(Path(name).parent.parent / str(one.get("Target"))), one.get("TargetMode"))
            for name in archive.namelist() if name.endswith(".rels")
            for one in etree.fromstring(archive.read(name))
        ]  # fmt: skip
    assert set(relations) == {(name, None) for name in parts}
    named = {str(one.get("PartName")).removeprefix("/") for one in types}
    assert {name for name in parts if name not in named} == {"word/media/image1.png"}
    assert [one.get("ContentType") for one in types if one.get("Extension") == "png"] == ["image/png"]


def test_same_report_gives_the_same_bytes() -> None:
    """No hour, chance or counter enters the file."""
    data = build(make_whole())
    assert data == build(make_whole())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_file_says_nothing_of_its_maker() -> None:
    """The properties hold the title and the language: no author, no dates, no program, no path, no editing sessions."""
    data = build(make_whole())
    core = read_part(data, "docProps/core.xml")
    assert [(etree.QName(one).localname, one.text) for one in core] == [
        ("title", "Harbour watch, no. 3"),
        ("language", "en-GB"),
    ]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        texts = b"".join(
            archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))
        )
    for word in (b"python-docx", b"secret-analyst", b"rsid", str(Path.cwd()).encode(), b"/home/", b"/tmp/"):
        assert word not in texts


def test_no_address_is_a_link() -> None:
    """An address in the words stays words."""
    document = read(say("see hxxps://lamp[.]example[.]org/a or https://lamp.example.org/b"))
    assert not document.element.xpath("//w:hyperlink")
    assert not [one for one in document.element.iter(f"{W}instrText") if "HYPERLINK" in str(one.text)]


def test_headings_are_words_own() -> None:
    """The first heading of level 1 is the title, those below begin at Heading 1, and all stay with what follows."""
    levels = (1, 2, 3, 4, 6, 1)
    document = read(*(Heading(level=level, children=inline("The line")) for level in levels))
    styles = [one.style for one in document.paragraphs]
    assert [one.name for one in styles if one] == [
        "Title",
        "Heading 1",
        "Heading 2",
        "Heading 3",
        "Heading 5",
        "Heading 1",
    ]
    for style in styles[:3]:
        assert style is not None
        top = style.base_style if style.name == "Heading 2" else style
        assert top is not None
        assert top.paragraph_format.keep_with_next is True


def test_page_is_a4_with_its_number_below() -> None:
    """The footer counts the pages by a field."""
    section = read(say("words")).sections[0]
    assert (section.page_width, section.page_height) == (Twips(11906), Twips(16838))
    assert section.footer._element.xpath(".//w:fldSimple/@w:instr") == [" PAGE "]


@pytest.mark.parametrize(
    ("language", "tag"), [("en", "en-GB"), ("de", "de"), ("ar", "ar-SA"), ("not a language\x00", "en-GB")]
)
def test_language_of_the_report_is_set(language: str, tag: str) -> None:
    """The language is named as Word names it; what is not the name of one leaves the default."""
    document = read(say("words"), language=language)
    assert document.styles.element.xpath("./w:docDefaults//w:lang/@w:val") == [tag]


def test_quotation_stays_with_its_source() -> None:
    """The lines are set in a style of their own that keeps them together, and with who says so."""
    lines = read(QUOTE, notes=make_notes(1)).paragraphs
    assert [one.style.name for one in lines if one.style] == ["Quote", "Quote", "Quote Source"]
    style = lines[0].style
    assert style is not None
    assert (style.paragraph_format.keep_with_next, style.paragraph_format.keep_together) == (True, True)
    assert style.element.xpath("./w:pPr/w:pBdr/w:left")


def test_arabic_quotation_runs_right_to_left() -> None:
    """Its style is bidirectional with the border on the right, its runs are right to left in Arabic, the Latin in it is not."""
    line = read(ARABIC_QUOTE).paragraphs[0]
    assert line.style is not None
    assert line.style.name == "Quote RTL"
    assert line.style.element.xpath("./w:pPr/w:bidi and ./w:pPr/w:pBdr/w:right")
    runs = [(run.text.translate(MARKS), bool(run.font.rtl)) for run in line.runs if run.text.translate(MARKS)]
    assert runs == [("من ترك المجذاف", True), (" (", True), ("Jonas Reed", False), (") ", True)]
    assert line.runs[0]._r.xpath("./w:rPr/w:lang/@w:bidi") == ["ar-SA"]


def test_omission_in_an_arabic_quotation_reads_left_to_right() -> None:
    """A line of ours stands at the quotation's side, and its brackets stay where they are."""
    line = read(ARABIC_QUOTE).paragraphs[1]
    assert line._p.xpath("./w:pPr/w:bidi/@w:val") == ["0"]
    assert [(run.text, run.font.rtl) for run in line.runs] == [("[… 3 words left out]", None)]


def test_words_after_an_arabic_name_keep_their_place() -> None:
    """A mark of the paragraph's direction parts an Arabic name from the number that follows it."""
    line = read(say("The statement of ", arabic(MANARA), " 12, of May")).paragraphs[0]
    assert [(run.text, run.font.rtl) for run in line.runs] == [
        ("The statement of ", None), (MANARA, True), ("\u200e", None), (" 12, of May", None),
    ]  # fmt: skip


def test_arabic_that_nobody_isolated_is_found() -> None:
    """Captions and column titles are plain words; the Arabic in them is right to left all the same."""
    table = Table(caption=f"Items of {MANARA}, 2031", columns=(Column(title=MANARA),), rows=())
    document = read(table)
    assert [run.text for run in document.paragraphs[0].runs if run.font.rtl] == [MANARA]
    assert [run.text for run in document.tables[0].cell(0, 0).paragraphs[0].runs if run.font.rtl] == [MANARA]


def test_paragraph_of_arabic_alone_is_right_to_left() -> None:
    """A paragraph, heading or note is bidirectional when all of its letters are Arabic, and only then."""
    heading = Heading(level=2, children=(arabic("ملاحظات"),))
    blocks = (say(arabic(ARABIC)), heading, say("The ", arabic(MANARA)), say("2031"))
    assert [bool(one._p.xpath("./w:pPr/w:bidi")) for one in read(*blocks).paragraphs] == [
        True,
        True,
        False,
        False,
    ]


def test_emphasis_and_code_are_set_apart() -> None:
    """Strong words are bold in both scripts, slanted ones italic in Latin, and a hash is in the fixed-width style."""
    inner = Emphasis(children=inline("never", Code(words="0a1b")), strong=True)
    runs = read(say(Emphasis(children=inline("The Lamp", inner)))).paragraphs[0].runs
    assert [(run.text, run.italic, run.bold, run.font.cs_bold, run.style.name == "Code") for run in runs] == [
        ("The Lamp", True, None, None, False), ("never", True, True, True, False), ("0a1b", True, True, True, True),
    ]  # fmt: skip


def test_table_repeats_its_headings_and_splits_no_row() -> None:
    """The first row is a heading on every page, no row runs over two, and the caption stays with the table."""
    document = read(make_table())
    table = document.tables[0]._tbl
    assert [len(row.xpath("./w:trPr/w:tblHeader")) for row in table.tr_lst] == [1, 0, 0, 0]
    assert [len(row.xpath("./w:trPr/w:cantSplit")) for row in table.tr_lst] == [1, 1, 1, 1]
    caption = document.paragraphs[0]
    assert caption.style is not None
    assert (caption.text, caption.style.paragraph_format.keep_with_next) == ("The items", True)
    assert [cell.text.translate(MARKS) for cell in document.tables[0].rows[1].cells] == [
        "0 March 2031", "Those who set down المجذاف", "−2",
    ]  # fmt: skip


def test_table_is_as_wide_as_the_text() -> None:
    """Columns take their share, each cell its column's width, and numbers stand at the right."""
    table = read(make_table()).tables[0]._tbl
    widths = [int(one) for one in table.xpath("./w:tblGrid/w:gridCol/@w:w")]
    assert widths == [1837, 5510, 1837]
    assert sum(widths) == TEXT_WIDTH
    assert [int(one) for one in table.tr_lst[1].xpath("./w:tc/w:tcPr/w:tcW/@w:w")] == widths
    assert table.tr_lst[1].xpath("./w:tc[3]/w:p/w:pPr/w:jc/@w:val") == ["right"]
    assert table.tr_lst[1].xpath("./w:tc/w:p/w:pPr/w:pStyle/@w:val") == ["TableText"] * 3


@given(st.lists(st.floats(0.1, 100), min_size=1, max_size=30), st.integers(100, 20000))
def test_shares_add_up(shares: list[float], width: int) -> None:
    """Rounding loses nothing of the width, whatever the shares."""
    widths = share_width([Column(title="", share=share) for share in shares], width)
    assert sum(widths) == width
    assert min(widths) >= 0


def test_two_tables_do_not_grow_together() -> None:
    """A paragraph stands after each table: Word would join two neighbours, and refuse one at the end."""
    kinds = [etree.QName(one).localname for one in read(make_table(), make_table()).element.body]
    assert kinds == ["p", "tbl", "p", "p", "tbl", "p", "sectPr"]


def test_long_table_keeps_every_row() -> None:
    """Two thousand rows are all there, in order."""
    table = read(make_table(2000)).tables[0]._tbl
    assert [list_words(row.tc_lst[0]) for row in table.tr_lst[1:]] == [f"{n} March 2031" for n in range(2000)]


def test_figure_has_its_words_and_its_caption() -> None:
    """The drawing stands as it was made, described for those who do not see it, on the page of its caption."""
    figure = make_figure()
    document = read(figure)
    shape = document.inline_shapes[0]
    assert shape._inline.docPr.get("descr") == figure.alt
    part = document.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed]
    assert part.blob == figure.png
    drawing, caption = document.paragraphs
    assert drawing.style is not None
    assert drawing.style.paragraph_format.keep_with_next is True
    assert caption.text == "Each mark is an item."


@pytest.mark.parametrize(("width", "height"), [(200, 100), (640, 330), (3000, 200), (300, 4000)])
def test_figure_stays_inside_the_margins(width: int, height: int) -> None:
    """A drawing keeps its shape, and is made smaller where it is too wide or too tall, never larger."""
    shape = read(make_figure(width, height)).inline_shapes[0]
    assert shape.width.twips <= min(TEXT_WIDTH, width * 15) + 1
    assert shape.height.twips <= TALLEST + 1
    assert shape.width / shape.height == pytest.approx(width / height, rel=0.01)


def test_figures_have_ids_of_their_own() -> None:
    """Two drawings, the same one twice among them, are told apart by Word."""
    document = read(make_figure(), make_figure(), make_figure(300, 4000))
    ids = [shape._inline.docPr.get("id") for shape in document.inline_shapes]
    assert len(set(ids)) == 3


def test_each_list_counts_from_one() -> None:
    """Two numbered lists have numberings of their own, an inner list is a level down, a bullet is no number."""
    inner = Listing(items=((say("inner"),),))
    first = Listing(items=((say("one"), say("more"), inner), (say("two"),)), ordered=True)
    second = Listing(items=((say("one"),), (QUOTE,)), ordered=True)
    document = read(first, second, notes=make_notes(1))
    placed = [
        (list_words(one), *(int(value) for value in one.xpath("./w:pPr/w:numPr/*/@w:val"))) for one in document.element.body
        if one.xpath("./w:pPr/w:numPr")
    ]  # fmt: skip
    assert placed == [("one", 0, 1), ("inner", 1, 2), ("two", 0, 1), ("one", 0, 3), ("", 0, 3)]
    numbering = document.part.numbering_part.element
    assert numbering.xpath("./w:num/w:abstractNumId/@w:val") == ["1", "0", "1"]
    assert numbering.xpath("./w:num/w:lvlOverride/w:startOverride/@w:val") == ["1", "1", "1"]


def test_each_note_is_a_footnote_of_words_own() -> None:
    """References and footnotes have the same ids, in the order of the text, and the two separators stand before them."""
    data = build(make_whole())
    references = read_part(data, "word/document.xml").iter(f"{W}footnoteReference")
    footnotes = read_part(data, "word/footnotes.xml")
    assert [one.get(f"{W}id") for one in references] == ["1", "2"]
    assert [one.get(f"{W}id") for one in footnotes] == ["-1", "0", "1", "2"]
    assert [one.get(f"{W}type") for one in footnotes][:2] == ["separator", "continuationSeparator"]
    assert list_words(footnotes[2]) == " lamp-01.html, page 1; sealed as sha256:ab"
    assert [len(list(one.iter(f"{W}footnoteRef"))) for one in footnotes] == [0, 0, 1, 1]
    settings = read_part(data, "word/settings.xml")
    assert [one.get(f"{W}id") for one in settings.iter(f"{W}footnote")] == ["-1", "0"]


def test_second_reference_repeats_the_number() -> None:
    """A note referred to again is not printed again: a field names the bookmark around its first reference."""
    report = make_report(
        say("a", NoteRef(n=1)), say("b", NoteRef(n=2)), say("c", NoteRef(n=1)), notes=make_notes(1, 2)
    )
    document = read_part(build(report), "word/document.xml")
    assert [one.get(f"{W}id") for one in document.iter(f"{W}footnoteReference")] == ["1", "2"]
    fields = [str(one.text) for one in document.iter(f"{W}instrText")]
    assert fields == [" NOTEREF _Note1 \\f \\h "]
    starts = {one.get(f"{W}name"): one for one in document.iter(f"{W}bookmarkStart")}
    inside = starts["_Note1"].getnext()
    assert inside is not None
    assert inside.find(f"{W}footnoteReference") is not None
    assert list_words(document).endswith("c1")


def test_note_that_names_a_note_has_none_of_its_own() -> None:
    """Word refuses a footnote in a footnote: there too a field repeats the number."""
    notes = (
        Note(n=1, children=inline("as in ", NoteRef(n=2), Emphasis(children=inline(NoteRef(n=9))))),
        *make_notes(2),
    )
    data = build(make_report(say("a", NoteRef(n=1), NoteRef(n=2)), notes=notes))
    footnotes = read_part(data, "word/footnotes.xml")
    assert not list(footnotes.iter(f"{W}footnoteReference"))
    assert [str(one.text) for one in footnotes.iter(f"{W}instrText")] == [" NOTEREF _Note2 \\f \\h "]
    assert list_words(footnotes[2]) == " as in 29"


def test_note_nobody_refers_to_is_still_printed() -> None:
    """It stands below the text under its number; a reference to no note is a bare number."""
    document = read(say("a", NoteRef(n=7)), notes=make_notes(3))
    assert [one.text.translate(MARKS) for one in document.paragraphs] == [
        "a7",
        "3. lamp-03.html, page 3; sealed as sha256:ab",
    ]


def test_face_is_carried_along() -> None:
    """The Arabic face is in the file as Word embeds it, so that Arabic is joined where no such face is installed."""
    with zipfile.ZipFile(io.BytesIO(build(make_report()))) as archive:
        embedded = archive.read("word/fonts/amiri.odttf")
        table = etree.fromstring(archive.read("word/fontTable.xml"))
    assert obfuscate(embedded, FACE_KEY) == Path(fontpkg.path(FACE)).read_bytes()
    assert embedded[:4] != Path(fontpkg.path(FACE)).read_bytes()[:4]
    assert [one.get(f"{W}fontKey") for one in table.iter(f"{W}embedRegular")] == [
        f"{{{str(FACE_KEY).upper()}}}"
    ]


HOSTILE = {
    "controls": ("a\x00b\x07c\x1b[31m\x7f\x9b", "a\ufffdb\ufffdc\ufffd[31m\ufffd\ufffd"),
    "half a surrogate pair": ("a\ud83db\udc00", "a\ufffdb\ufffd"),
    "not a character": ("a\ufffeb\uffff", "a\ufffdb\ufffd"),
    "an override that turns the line": ("invoice\u202efdp.exe\u2067", "invoicefdp.exe"),
    "markup": ("</w:t></w:r><w:br/>&amp;]]><!--", "</w:t></w:r><w:br/>&amp;]]><!--"),
    "an entity": ('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hosts">]>&e;',) * 2,
    "a field": ("{ INCLUDETEXT secret } = \\* MERGEFORMAT",) * 2,
    "emoji": ("🚣🏽‍♀️ 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🧑‍🤝‍🧑",) * 2,
    "a word without end": ("x" * 100_000,) * 2,
    "marks upon marks": ("e" + "\u0301" * 5000,) * 2,
    "spaces": ("  two  spaces  ",) * 2,
    "nothing": ("", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_do_not_break_the_file(name: str) -> None:
    """Whatever evidence holds, in every place that takes words, the file opens and shows what can be shown."""
    words, shown = HOSTILE[name]
    isolated = Isolate(words=words, language=words, direction="rtl")
    blocks = (
        Heading(level=1, children=inline(words)),
        say(isolated, Code(words=words), NoteRef(n=1)),
        Quote(lines=(inline(words),), source=inline(words), language=words, direction="rtl"),
        Table(caption=words, columns=(Column(title=words),), rows=((inline(words),),)),
        make_figure(alt=words, caption=inline(words)),
    )
    report = make_report(*blocks, title=words, language=words, notes=(Note(n=1, children=inline(words)),))
    data = build(report)
    document = docx.Document(io.BytesIO(data))
    assert document.paragraphs[0].text.translate(MARKS) == shown
    assert document.paragraphs[1].text.translate(MARKS) == shown * 2
    assert document.tables[0].cell(1, 0).text.translate(MARKS) == shown
    assert document.inline_shapes[0]._inline.docPr.get("descr") == shown
    assert document.core_properties.title == shown[:255]
    assert list_words(read_part(data, "word/footnotes.xml")) == f" {shown}"


def test_line_ends_and_tabs_are_kept() -> None:
    """A line end of any system is a line break, a tab a tab."""
    assert read(say(Code(words="a\r\nb\rc\n\td"))).paragraphs[0].text == "a\nb\nc\n\td"


MAKERS: tuple[Callable[[str], Inline], ...] = (
    lambda words: Text(words=words),
    lambda words: Code(words=words),
    lambda words: Isolate(words=words, language="ar", direction="rtl"),
    lambda words: Isolate(words=words, language="fr", direction="ltr"),
)
MIXED = st.text(st.one_of(st.characters(), st.sampled_from("ابجم،؟٣ abc(1)\n\t\u202e\u2067\u200f\ud800\x00")))


@given(MIXED, st.sampled_from(MAKERS), st.sampled_from(["ltr", "rtl"]))
def test_no_word_is_lost_or_moved(words: str, maker: Callable[[str], Inline], direction: Any) -> None:
    """In whatever runs the words are cut, together they are the cleaned words in their order."""
    runs = list(make_runs(maker(words), Dress(direction=direction)))
    shown = "".join(
        {"br": "\n", "tab": "\t"}.get(etree.QName(one).localname, one.text or "")
        for run in runs
        for one in run
    )
    assert shown.translate(MARKS) == clean(words)
    assert clean(clean(words)) == clean(words)


@given(st.text("ابجم،؟ abc(1)"))
def test_arabic_letters_are_always_right_to_left(words: str) -> None:
    """Plain words are cut so that no Arabic letter stands in a left-to-right run, nor a Latin one in the other."""
    for base in ("ltr", "rtl"):
        for run in make_runs(Text(words=words), Dress(direction=base)):
            rtl = run.find(f"{W}rPr/{W}rtl") is not None
            assert not set("abc" if rtl else "ابجم") & set(list_words(run))
