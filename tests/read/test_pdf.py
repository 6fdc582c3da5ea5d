"""PDF: paragraphs across lines, columns and pages, what is around them set aside, and Arabic in the order of reading."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import fontpkg
import pytest
import typst

from linewatch.model import Document
from linewatch.read.pdf import read

PAGE = '#set page(width: 100mm, height: 90mm, margin: 15mm)\n#set text(size: 10pt, font: ("Libertinus Serif", "Amiri"))\n'
TIDE = "The tide turned before the bell had rung twice, and nobody on the quay had thought of the second rope until then. "


@cache
def set_pages(markup: str) -> bytes:
    """Return a printed page or more, as typst sets them."""
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(Path(fontpkg.path("Amiri")).parent)])
    made: bytes = typst.compile((PAGE + markup).encode(), font_paths=fonts, format="pdf", timestamp=0)
    return made


def write_pdf(*objects: str) -> bytes:
    """Return a PDF of these objects, numbered from 1; the first is the catalogue."""
    body = "%PDF-1.4\n" + "".join(f"{n} 0 obj\n{one}\nendobj\n" for n, one in enumerate(objects, start=1))
    return (body + f"trailer << /Root 1 0 R /Size {len(objects) + 1} >>\n%%EOF").encode("latin-1")


def read_pages(markup: str) -> Document:
    return read(set_pages(markup), evidence="sha256:0")


def list_blocks(document: Document) -> list[tuple[str, str]]:
    return [(one.kind, document.text[one.start : one.end]) for one in document.blocks]


def test_paragraphs_across_lines_and_pages() -> None:
    """A paragraph that runs over lines and a page is one block, with the page where it begins."""
    words = (TIDE * 8).strip()
    document = read_pages(f"{words}\n\nRow on.")
    assert list_blocks(document) == [("paragraph", words), ("paragraph", "Row on.")]
    assert [one.page for one in document.blocks] == [1, 2]


def test_columns() -> None:
    """Columns are read one after the other, and a paragraph goes on from one to the next."""
    words = (TIDE * 4).strip()
    assert list_blocks(read_pages(f"#columns(2)[{words}]")) == [("paragraph", words)]


def test_running_heads_and_numbers_are_set_aside() -> None:
    """What stands in the margins of most pages is no part of the text, and keeps its words."""
    margins = (
        '#set page(header: [Harbour papers], footer: context counter(page).display("1 / 1", both: true))\n'
    )
    document = read_pages(margins + TIDE * 12)
    assert document.text == (TIDE * 12).strip()
    aside = [(one.text, one.reason) for one in document.portions if one.outcome == "set aside"]
    assert ("Harbour papers", "running header or footer") in aside
    assert ("1 / 3", "page number") in aside


def test_first_dated_head_is_kept() -> None:
    """The name, number and date of the issue are said once, as a date line."""
    document = read_pages(f"#set page(header: [The Lamp No. 612, 8 January 2031])\n{TIDE * 12}")
    assert list_blocks(document)[0] == ("dateline", "The Lamp No. 612, 8 January 2031")
    assert document.text.count("612") == 1


def test_hyphen_at_a_line_end_is_set_aside() -> None:
    """A word broken at a line end is whole in the text, and the printed form is kept apart."""
    document = read_pages(
        '#set par(justify: true)\n#set text(hyphenate: true, lang: "en")\n'
        + "Unquestionably interchangeable. " * 12
    )
    assert set(document.text.split()) == {"Unquestionably", "interchangeable."}
    broken = [one.text or "" for one in document.portions if one.reason == "hyphen at a line end"]
    assert broken
    assert all(one.replace("-", "").strip(".") in document.text for one in broken)


def test_own_hyphen_stays() -> None:
    """A hyphen that the text has elsewhere is the word's own, also at a line end."""
    document = read_pages("The half-fathom mark. " * 12)
    assert set(document.text.split()) == {"The", "half-fathom", "mark."}


def test_headings_lists_and_verse() -> None:
    """Bigger print is a heading, the biggest the title; bullets are a list; lines that end short are verse."""
    song = r"Pull for the buoy \ Pull for the lamp \ Six on the oars"
    document = read_pages(f"= Nine Hooks\n== The Song\n{song}\n\n{TIDE}\n- One oar\n- Two oars")
    assert list_blocks(document) == [
        ("title", "Nine Hooks"),
        ("heading", "The Song"),
        ("verse", "Pull for the buoy\nPull for the lamp\nSix on the oars"),
        ("paragraph", TIDE.strip()),
        ("list", "• One oar"),
        ("list", "• Two oars"),
    ]


def test_footnotes() -> None:
    """A raised figure is a mark in brackets, and the small print at the foot of the page a note."""
    document = read_pages("Row on.#footnote[The Lamp, 8 January 2031.] " + TIDE)
    assert list_blocks(document) == [
        ("paragraph", f"Row on.[1] {TIDE.strip()}"),
        ("note", "[1] The Lamp, 8 January 2031."),
    ]


ARABIC = {
    "numbers and a bracket": "في ١٢ آذار ٢٠٣١، اجتمع 14 عضوًا (منهم 3 من الشمال)، والسعر 12.5 دينارًا.",
    "quotation marks and a verse number": "إنّ «الغياب بلا كلمة خطأ» [الميثاق ٤:٢]؛ ثمّ صمت.",
    "Latin words": 'نشرت صحيفة The Lamp (العدد 12) مقالاً بعنوان \\"Row on, all of you\\"، ثمّ صمتت.',
    "lam and alif": "لا يعود الأولاد إلا مع الإبل والآن.",
}


@pytest.mark.parametrize("name", ARABIC)
def test_arabic_in_the_order_of_reading(name: str) -> None:
    """Arabic stands as it is read, with numbers, brackets and Latin words where they belong."""
    markup = f'#set text(lang: "ar", font: "Amiri")\n#set smartquote(enabled: false)\n#"{ARABIC[name]}"'
    assert read_pages(markup).text == ARABIC[name].replace("\\", "")


@pytest.mark.parametrize("layout", ["#columns(2)[{}]", "{}"])
def test_arabic_across_columns_and_pages(layout: str) -> None:
    """Columns of Arabic are read from the right, and a paragraph goes on over them and over pages."""
    words = " ".join([ARABIC["lam and alif"], "وعادت القوارب كلها قبل طلوع الشمس."] * 30)
    markup = '#set text(lang: "ar", font: "Amiri")\n#set par(justify: true)\n' + layout.format(words)
    assert read_pages(markup).text == words


def test_arabic_within_english() -> None:
    """A line that runs from left to right keeps its order, the Arabic words in it theirs."""
    words = "The banner said عاد القارب إلى الميناء and hung until 2031."
    assert read_pages(words).text == words


def test_properties() -> None:
    """The title is the one that the file states; when it was made is no date of publication."""
    document = read_pages(
        '#set document(title: "Nine Hooks", author: "Ines Harrow", date: datetime(year: 2031, month: 1, day: 8))\n'
        f"#text(20pt)[The Lamp]\n\nNine Hooks\n\n{TIDE}"
    )
    assert document.metadata == {"title": "Nine Hooks", "author": "Ines Harrow", "created": "2031-01-08"}
    assert list_blocks(document)[:2] == [("chrome", "The Lamp"), ("title", "Nine Hooks")]


CATALOGUE, PAGES = "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
SCAN = write_pdf(
    CATALOGUE,
    PAGES,
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>",
    "<< /Length 5 >>\nstream\n/I Do\nendstream",
    "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>"
    "\nstream\nx\nendstream",
)
LOCKED = write_pdf(CATALOGUE, PAGES, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>").replace(
    b"/Size",
    b"/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <"
    + b"11" * 32
    + b"> /U <"
    + b"22" * 32
    + b"> >> /Size",
)
HOSTILE = {
    "nothing": (b"", "unreadable"),
    "no PDF": (b"\x00" * 500, "unreadable"),
    "cut short": (set_pages(TIDE)[:400], "unreadable"),
    "no pages": (write_pdf(CATALOGUE, "<< /Type /Pages /Kids [] /Count 0 >>"), "unreadable"),
    "pages in a circle": (
        write_pdf(CATALOGUE, "<< /Type /Pages /Kids [2 0 R] /Count 9 >>"),
        "unreadable-page",
    ),
    "a password": (LOCKED, "encrypted"),
    "a scan": (SCAN, "scanned-page"),
    "an empty page": (set_pages("#pagebreak()"), "empty-page"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file(name: str) -> None:
    """Nothing raises; what cannot be read is a problem with its kind, and no page is counted as read."""
    data, kind = HOSTILE[name]
    document = read(data, evidence="sha256:0")
    assert {one.kind for one in document.problems} == {kind}
    assert {one.outcome for one in document.portions} == {"not understood"}


def test_pages_add_up() -> None:
    """Each page is accounted for once, read or not."""
    document = read_pages(f"{TIDE}#pagebreak()#pagebreak(){TIDE}")
    assert [(one.where, one.outcome) for one in document.portions if one.unit == "pages"] == [
        ("page 1", "read"),
        ("page 2", "not understood"),
        ("page 3", "read"),
    ]
