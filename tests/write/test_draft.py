"""The draft's Markdown becomes the tree; nothing in it is live, and what cannot be built is named by its line."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories_write import make_material
from linewatch.errors import DraftError
from linewatch.write.draft import build_report, split_sentences
from linewatch.write.page import Page
from linewatch.write.tree import (
    Code,
    Emphasis,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Report,
    Rule,
    Table,
    Text,
    get_plain,
)

MATERIAL = make_material()


def build(draft: str) -> Report:
    """Return the report of a draft with a title before it; the draft begins on line 3."""
    return build_report(f"# The title\n\n{draft}", Page(material=MATERIAL))


def build_words(draft: str) -> str:
    """Return the words of the one paragraph of a draft."""
    block = build(draft).blocks[1]
    assert isinstance(block, Paragraph)
    return get_plain(block.children)


def test_markdown_becomes_the_tree() -> None:
    """Headings, paragraphs, emphasis, lists, quotations, tables, code and rules each have their place."""
    report = build(
        "## Part\n\nSome *soft* and **hard** words.\n\n- one\n- two\n\n1. first\n\n> said\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode\n```\n\n---\n"
    )
    kinds = [type(block) for block in report.blocks]
    assert kinds == [Heading, Heading, Paragraph, Listing, Listing, Quote, Table, Paragraph, Rule]
    assert report.title == "The title"
    paragraph = report.blocks[2]
    assert isinstance(paragraph, Paragraph)
    assert paragraph.children[1] == Emphasis(children=(Text(words="soft"),))
    assert report.blocks[7] == Paragraph(children=(Code(words="code "),))


@pytest.mark.parametrize(
    ("draft", "printed"),
    [
        ("<script>alert(1)</script> words", "<script>alert(1)</script> words"),
        ("[the Lamp](https://lamp.example.org)", "the Lamp (hxxps://lamp[.]example[.]org)"),
        ("<https://lamp.example.org>", "hxxps://lamp[.]example[.]org"),
        ("![seen](https://a.org/x.png) here", "seen here"),
        ("one\ntwo", "one two"),
        ("`{{ number items }}`", "{{ number items }}"),
        ("the \u202etide", "the tide"),
        ("{{ number items }} items", "12 items"),
    ],
)
def test_nothing_in_a_draft_is_live(draft: str, printed: str) -> None:
    """Markup is printed, of a picture its words stand, addresses are defanged, and code is not carried out."""
    assert build_words(draft) == printed


@pytest.mark.parametrize(
    ("draft", "message"),
    [
        ("Prose.\n\n{{ oracle }}", "line 5 of the draft, {{ oracle }}: no such directive"),
        ("{{ quotation gone }}", "line 3 of the draft, {{ quotation gone }}: no such quotation any more"),
        ("{{ passage gone }}", "line 3 of the draft, {{ passage gone }}: no such passage any more"),
        (
            "Words,\nthen {{ number seas }}.",
            "line 4 of the draft, {{ number seas }}: no number is called seas",
        ),
        ("See {{ finding }} here.", "line 3 of the draft, {{ finding }}: must stand alone on its line"),
        ("- a list\n- with {{ oracle }}", "line 4 of the draft, {{ oracle }}: no such directive"),
        ("Not {{ closed", "line 3 of the draft: a directive is not closed"),
        ("{{ }}", "line 3 of the draft: {{  }} names no directive"),
        ("{{ passages most=few }}", "line 3 of the draft, {{ passages most=few }}: most= needs a number"),
        ("{{ passages colour=red }}", "line 3 of the draft, {{ passages colour=red }}: has no option colour"),
        ("{{ quotation q-report whole }}", "printing the whole needs a recorded reason"),
    ],
)
def test_draft_that_cannot_be_built_says_where(draft: str, message: str) -> None:
    """Each fault names the line, the directive and what is wrong."""
    with pytest.raises(DraftError, match=re.escape(message)):
        build(draft)


def test_gone_evidence_names_line_and_directive() -> None:
    """A quotation whose evidence is gone fails with the line and the directive that asks for it."""
    page = Page(material=make_material(evidence={}))
    with pytest.raises(
        DraftError,
        match=re.escape("line 3 of the draft, {{ quotation q-report }}: the evidence of q-report is gone"),
    ):
        build_report("# T\n\n{{ quotation q-report }}", page)


def test_draft_without_a_title_fails() -> None:
    """A report has a title."""
    with pytest.raises(DraftError, match="the draft has no title"):
        build_report("words", Page(material=MATERIAL))


@given(st.text(alphabet="ab. !?{}\n“”", max_size=60))
def test_sentences_add_up(text: str) -> None:
    """The sentences of a text without loose ends are the text."""
    assert "".join(split_sentences(text)) in {text, text.rstrip("\n")}


@given(st.text(alphabet="#*_`[]()<>|{}!-\n ab1.", max_size=80))
def test_any_draft_builds_or_is_refused(draft: str) -> None:
    """Whatever is written, there is a report or a DraftError, and never another failure."""
    with suppress(DraftError):
        assert build(draft).title
