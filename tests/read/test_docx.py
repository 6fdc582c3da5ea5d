"""Word files: what is printed becomes blocks, what is not printed is set aside with its words, and nothing unpacks without end."""

from __future__ import annotations

import io
import zipfile

import pytest

from linewatch.model import Document
from linewatch.read.docx import read
from linewatch.read.registry import read_bytes

SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = (
    '<w:style w:styleId="H"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:styleId="T"><w:name w:val="Title"/></w:style>'
    '<w:style w:styleId="Q"><w:name w:val="Quote"/></w:style>'
    '<w:style w:styleId="Q2"><w:name w:val="Set in"/><w:basedOn w:val="Q"/></w:style>'
    '<w:style w:styleId="L"><w:name w:val="List Bullet"/></w:style>'
)
CORE = (
    '<p:coreProperties xmlns:p="urn:p" xmlns:d="urn:d"><d:title>Seats</d:title><d:creator>Dorrit Vane</d:creator>'
    "<p:created>2031-01-06T09:00:00Z</p:created></p:coreProperties>"
)
BOMB = (
    '<!DOCTYPE d [<!ENTITY a "row"><!ENTITY b "&a;&a;&a;">]>'
    f"<w:document {SPACE}><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
)


def make_docx(body: str, **parts: str) -> bytes:
    """Return a Word file with this body; other parts by their name under `word/`."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {SPACE}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/styles.xml", f"<w:styles {SPACE}>{STYLES}</w:styles>")
        for name, inner in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:part {SPACE}>{inner}</w:part>")
    return made.getvalue()


def make_package(parts: dict[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, inner in parts.items():
            archive.writestr(name, inner)
    return made.getvalue()


def p(words: str, style: str | None = None) -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r><w:t>{words}</w:t></w:r></w:p>"


def note(number: int, words: str) -> str:
    return f'<w:footnote w:id="{number}">{p(words)}</w:footnote>'


def read_body(body: str, **parts: str) -> Document:
    return read(make_docx(body, **parts), evidence="sha256:0")


def list_blocks(document: Document) -> list[tuple[str, str]]:
    return [(one.kind, document.text[one.start : one.end]) for one in document.blocks]


CASES = {
    "a title by its style": (p("Seats", "T"), [("title", "Seats")]),
    "the first heading is the title where none is marked": (p("Seats", "H"), [("title", "Seats")]),
    "a style based on a known one": (p("Row on.", "Q2"), [("blockquote", "Row on.")]),
    "a list": (p("One oar", "L"), [("list", "One oar")]),
    "Arabic is untouched": (p("عاد القاربُ إلى الميناء (٣)."), [("paragraph", "عاد القاربُ إلى الميناء (٣).")]),
    "words in pieces": (
        "<w:p><w:r><w:t>Row</w:t></w:r><w:r><w:tab/><w:t>on.</w:t></w:r></w:p>",
        [("paragraph", "Row on.")],
    ),
    "inserted words are printed": (
        "<w:p><w:ins><w:r><w:t>Row on.</w:t></w:r></w:ins></w:p>",
        [("paragraph", "Row on.")],
    ),
    "short lines are verse": (
        "<w:p><w:r><w:t>Row on</w:t><w:br/><w:t>at dawn</w:t></w:r></w:p>",
        [("verse", "Row on\nat dawn")],
    ),
    "a row of a table": (
        f"<w:tbl><w:tr><w:tc>{p('Pier')}</w:tc><w:tc>{p('Seats')}</w:tc></w:tr></w:tbl>",
        [("table", "Pier | Seats")],
    ),
    "a table in a table": (
        f"<w:tbl><w:tr><w:tc>{p('Pier')}<w:tbl><w:tr><w:tc>{p('North')}</w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>",
        [("table", "Pier North")],
    ),
    "a text box after its paragraph, once": (
        (
            f"<w:p><w:r><w:t>Row on.</w:t></w:r><w:r><w:a><w:Choice><w:txbxContent>{p('The slip.')}</w:txbxContent></w:Choice>"
            f"<w:Fallback><w:txbxContent>{p('The slip.')}</w:txbxContent></w:Fallback></w:a></w:r></w:p>"
        ),
        [("paragraph", "Row on."), ("paragraph", "The slip.")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_blocks(name: str) -> None:
    """What is printed becomes blocks, in the order of the file."""
    body, blocks = CASES[name]
    assert list_blocks(read_body(body)) == blocks


def test_footnotes() -> None:
    """A footnote's mark stands in the text, counted by first mention, and its body is a note with the same number."""
    body = (
        '<w:p><w:r><w:t>Row</w:t></w:r><w:r><w:footnoteReference w:id="7"/></w:r><w:r><w:t> on.</w:t></w:r>'
        '<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    )
    separator = '<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
    document = read_body(body, footnotes=separator + note(2, "The Lamp.") + note(7, "At dawn."))
    assert list_blocks(document) == [
        ("paragraph", "Row[1] on.[2]"),
        ("note", "[1] At dawn."),
        ("note", "[2] The Lamp."),
    ]


def test_half_a_footnote_is_a_problem() -> None:
    """A mark without a body and a body without a mark are named; the body's words stay."""
    body = '<w:p><w:r><w:t>Row</w:t></w:r><w:r><w:footnoteReference w:id="7"/></w:r></w:p>'
    document = read_body(body, footnotes=note(2, "The Lamp."))
    assert [one.kind for one in document.problems] == ["dangling-note", "orphan-note"]
    assert list_blocks(document)[-1] == ("note", "The Lamp.")


UNSEEN = {
    "deleted in tracked changes": "<w:p><w:del><w:r><w:delText>ashore</w:delText></w:r></w:del></w:p>",
    "moved away in tracked changes": "<w:p><w:moveFrom><w:r><w:t>ashore</w:t></w:r></w:moveFrom></w:p>",
    "hidden in the print": "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>ashore</w:t></w:r></w:p>",
}


@pytest.mark.parametrize("reason", UNSEEN)
def test_unseen_words_are_set_aside(reason: str) -> None:
    """Words that a reader of the print does not see are no part of the text, and are not lost."""
    document = read_body(p("Row on.") + UNSEEN[reason])
    assert document.text == "Row on."
    assert [(one.text, one.reason) for one in document.portions if one.unit == "characters"] == [
        ("ashore", reason)
    ]


def test_headers_and_comments_are_set_aside() -> None:
    """What stands around the text is kept apart, with its words."""
    document = read_body(p("Row on."), header1=p("Council"), footer2=p("Page"), comments=p("Ask Dorrit"))
    assert {one.text: one.reason for one in document.portions if one.text} == {
        "Council": "page header",
        "Page": "page footer",
        "Ask Dorrit": "comments",
    }


def test_parts_add_up() -> None:
    """Each part of the package is accounted for once."""
    document = read_body(p("Row on."), header1=p("Council"), chart=p("Seats"))
    assert sorted(one.where for one in document.portions) == [
        "word/chart.xml", "word/document.xml", "word/header1.xml", "word/styles.xml",
    ]  # fmt: skip


def test_properties() -> None:
    """Title, author and the day it was made are the file's own; the last is no date of publication."""
    data = make_package(
        {"word/document.xml": f"<w:d {SPACE}><w:body>{p('Seats')}</w:body></w:d>", "docProps/core.xml": CORE}
    )
    document = read(data, evidence="sha256:0")
    assert document.metadata == {"title": "Seats", "author": "Dorrit Vane", "created": "2031-01-06"}
    assert list_blocks(document) == [("title", "Seats")]


def test_main_part_by_another_name() -> None:
    """The part with the text is the one that the package names."""
    rels = '<R><Relationship Type="urn:x/officeDocument" Target="/word/document2.xml"/></R>'
    main = f"<w:document {SPACE}><w:body>{p('Row on.')}</w:body></w:document>"
    document = read_bytes(make_package({"_rels/.rels": rels, "word/document2.xml": main}), "notice.docx")
    assert document.text == "Row on."


HOSTILE = {
    "nothing": (b"", "unreadable"),
    "no package": (b"PK\x03\x04" + b"\x00" * 50, "unreadable"),
    "cut short": (make_docx(p("Row on."))[:300], "unreadable"),
    "no main part": (make_package({"word/header1.xml": "<a/>"}), "unreadable"),
    "a bomb": (make_package({"word/document.xml": " " * 30_000_000}), "unreadable"),
    "an entity bomb": (make_package({"word/document.xml": BOMB}), "unreadable-part"),
    "broken XML": (make_package({"word/document.xml": "<w:document"}), "unreadable-part"),
    "nested without end": (make_package({"word/document.xml": "<a>" * 5000 + "</a>" * 5000}), "unreadable-part"),
    "a path out of the package": (
        make_package({"../../outside.xml": "<a/>", "word/document.xml": f"<w:d {SPACE}>{p('Row on.')}</w:d>"}),
        "unreadable-part",
    ),
    "a file within the file": (
        make_package({"word/embeddings/a.xlsx": "x", "word/document.xml": f"<w:d {SPACE}>{p('Row on.')}</w:d>"}),
        "embedded-file",
    ),
    "no words": (make_docx("<w:p/>"), "empty"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file(name: str) -> None:
    """Nothing raises and nothing outside is touched; what is wrong is a problem with its kind."""
    data, kind = HOSTILE[name]
    document = read(data, evidence="sha256:0")
    assert kind in [one.kind for one in document.problems]
    assert document.portions
