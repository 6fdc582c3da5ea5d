"""The page is one file that asks nothing of the outside, runs nothing, and shows hostile evidence as text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from factories_write import make_document, make_evidence, make_finding, make_material, make_settings
from linewatch.model import Item, Problem, Quotation
from linewatch.write.build import build
from linewatch.write.draft import build_report
from linewatch.write.generate import generate_draft
from linewatch.write.html import export, get_share, make_drawing
from linewatch.write.material import Material
from linewatch.write.page import Page
from linewatch.write.tree import Column, Table

HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(2)> &lt;b&gt; \"'><svg onload=x> "
    "\u202egnorw\u202c \x00\x1b[2J {{ finding }} {% raw %} {{ 7*7 }} javascript:alert(3) https://a.example.org/x "
    + "w"
    * 5000
)


class Reader(HTMLParser):
    """Reads a page's tags, attributes and words as a browser would."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag with its attributes."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep words."""
        self.words.append(data)


def render(material: Material, draft: str | None = None, *, drawn: bool = False) -> str:
    """Return the page of the generated draft, or of another."""
    text = draft or generate_draft(material.settings)
    report = build(text, material) if drawn else build_report(text, Page(material=material))
    return export(report, material)["report.html"].decode("utf-8")


@pytest.fixture(scope="module")
def page() -> str:
    """Return the whole page with its figure."""
    return render(make_material(), drawn=True)


def make_hostile() -> Material:
    """Return a case in which names, titles, files, problems and evidence are hostile."""
    sealed = make_evidence(f"{HOSTILE[:120]}.html", obtained_from=HOSTILE[:200])
    document = make_document(sealed, HOSTILE, language="en")
    item = make_finding(
        document, HOSTILE, Item(kind="article", outlet=HOSTILE[:90], title=HOSTILE, held=True), name="i-x"
    )
    quoted = make_finding(document, HOSTILE, Quotation(role="narrator", item="i-x"), name="q-x")
    base = make_material()
    return make_material(
        settings=make_settings(organisation=HOSTILE[:90], title=HOSTILE[:60]),
        evidence={**base.evidence, sealed.id: sealed},
        documents={**base.documents, document.id: document},
        findings={**base.findings, item.id: item, quoted.id: quoted},
        problems=(Problem(id="p", stage="read", kind=HOSTILE[:50], message=HOSTILE, where=HOSTILE),),
    )


def test_page_asks_nothing_of_the_outside(page: str) -> None:
    """No attribute leads anywhere but into the page, no style fetches, and no address is live."""
    for tag, attributes in Reader(page).tags:
        for name in ("src", "href", "xlink:href", "action", "data", "poster", "srcset"):
            assert (attributes.get(name) or "#").startswith(("#", "data:")), (tag, attributes)
    assert re.findall(r"https?://|@import|url\((?![\"']?(?:data:|#))", page) == []


def test_page_runs_nothing(page: str) -> None:
    """There is no script, no form, no frame and no handler, and a policy that would stop one."""
    tags = Reader(page).tags
    assert {tag for tag, _ in tags} & {
        "script",
        "iframe",
        "object",
        "embed",
        "form",
        "link",
        "base",
        "audio",
        "video",
    } == set()
    assert [name for _, attributes in tags for name in attributes if name.startswith("on")] == []
    policies = [
        attributes["content"]
        for _, attributes in tags
        if attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"]


def test_page_names_no_maker(page: str) -> None:
    """Neither an author nor a generator stands in the head."""
    names = {attributes.get("name") for tag, attributes in Reader(page).tags if tag == "meta"}
    assert names & {"author", "generator", "creator", "date"} == set()
    assert "secret-analyst" not in page


def test_page_shows_the_whole_case(page: str) -> None:
    """The finding, figure, items, passages, citations, method, problems and notes are all there."""
    words = " ".join(" ".join(Reader(page).words).split())
    for part in (
        "Harbour League on members who leave", "Harbour watch, no. 3. Report of 9 January 2033.", "The Lamp turned between",
        "The Lamp turns, 22 July", "The passages that carry the finding", "Editorial of 2031-10-06", "cut short; left out: after",
        "Krippendorff", "no date is known of one film", "monitor-report-1.pdf", "sha256:", "hxxps://lamp[.]example[.]org/notices",
    ):  # fmt: skip
        assert part in words, part


def test_arabic_is_marked_and_its_face_carried(page: str) -> None:
    """An Arabic passage is set right to left in a face that the page brings with it, its licence named."""
    assert '<blockquote lang="ar" dir="rtl">' in page
    assert '<bdi lang="ar" dir="rtl">المنارة</bdi>' in page
    assert "data:font/ttf;base64," in page
    assert "SIL Open Font License" in page


def test_notes_lead_there_and_back(page: str) -> None:
    """Each reference leads to its note, and the note back to each place that refers to it."""
    tags = Reader(page).tags
    ids = {attributes["id"] for _, attributes in tags if attributes.get("id")}
    targets = [(attributes["href"] or "")[1:] for tag, attributes in tags if tag == "a"]
    assert len(targets) > 10
    assert set(targets) <= ids


def test_same_material_same_bytes() -> None:
    """Built again, the page is the same."""
    assert render(make_material()) == render(make_material())


def test_hostile_evidence_is_text() -> None:
    """Markup, controls, overrides, template marks and endless words in the evidence reach the page as dead words."""
    material = make_hostile()
    draft = f'{generate_draft(material.settings)}\n\n{{{{ quotation q-x whole because="a test" }}}}\n'
    page = render(material, draft)
    reader = Reader(page)
    assert {tag for tag, _ in reader.tags} & {"script", "img", "b"} == set()
    assert [name for _, attributes in reader.tags for name in attributes if name.startswith("on")] == []
    words = "".join(reader.words)
    for dead in (
        "<script>alert(1)</script>",
        "&lt;b&gt;",
        "{{ finding }}",
        "{{ 7*7 }}",
        "hxxps://a[.]example[.]org/x",
    ):
        assert dead in words
    for live in ("\u202e", "\x00", "\x1b", "https://"):
        assert live not in page


def test_drawing_needs_no_namespace() -> None:
    """A drawing inside a page loses its declaration and the addresses of its namespaces."""
    svg = '<?xml version="1.0"?>\n<svg xmlns="http://a" xmlns:xlink="http://b" width="9"><text>x</text></svg>'
    assert str(make_drawing(svg)).strip() == '<svg width="9"><text>x</text></svg>'


def test_columns_share_the_width() -> None:
    """A column's share is its part of all."""
    columns = (Column(title="a", share=1), Column(title="b", share=3))
    table = Table(caption="", columns=columns, rows=())
    assert [get_share(table, column) for column in columns] == ["25.0", "75.0"]
