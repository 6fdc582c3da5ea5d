"""Words, dates and counts in print: nothing that turns the page, nothing that claims more than is known."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewatch.model import When
from linewatch.model.when import parse_iso
from linewatch.write.tree import Isolate, Text, get_plain
from linewatch.write.wording import (
    clean,
    clean_lines,
    dress_numbers,
    format_score,
    format_share,
    format_when,
    get_direction,
    make_inlines,
)


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("the \u202etide\u202c goes", "the tide goes"),
        ("\u2067tide\u2069 \u200fout\ufeff", "tide out"),
        ("ti\x00de\x1b[31m", "tide[31m"),
        ("the\r\n  tide\tgoes", "the tide goes"),
        ("a\ud800b", "a\ufffdb"),
        ("see http://a.org", "see hxxp://a[.]org"),
        ("{{ finding }}", "{{ finding }}"),
        (f"the {'x' * 300} goes", f"the {'x' * 300} goes"),
        (f"the {'x' * 301} goes", f"the {'x' * 300}[…] goes"),
        ("می\u200cروم", "می\u200cروم"),
    ],
)
def test_words_are_made_printable(words: str, printed: str) -> None:
    """Controls, overrides and lone surrogates are left out; joiners that a script needs stay."""
    assert clean(words) == printed


@given(st.text(max_size=80))
def test_no_control_is_printed(words: str) -> None:
    """Whatever the text, no control character and no mark that turns a line is printed."""
    printed = get_plain(make_inlines(words))
    assert [sign for sign in printed if unicodedata.category(sign) in {"Cc", "Cs"}] == []
    assert [
        sign for sign in printed if unicodedata.bidirectional(sign) in {"RLO", "LRO", "RLE", "LRE", "RLI"}
    ] == []


def test_other_script_is_isolated() -> None:
    """A run of Arabic inside English is one isolate, its inner spaces kept."""
    inlines = make_inlines("wrote “المنارة الأولى” in May")
    assert inlines == (
        Text(words="wrote “"),
        Isolate(words="المنارة الأولى", language="ar", direction="rtl"),
        Text(words="” in May"),
    )


@given(st.text(alphabet="ab قل،1 .", max_size=40))
def test_isolating_loses_nothing(words: str) -> None:
    """The inlines of a text, joined, are the text as it is printed."""
    assert get_plain(make_inlines(words)) == clean(words)


def test_lines_stay_lines() -> None:
    """A verse keeps its lines, empty ones left out."""
    assert clean_lines("one\n\n  two\u2028three\n") == ["one", "two", "three"]


@pytest.mark.parametrize(
    ("text", "language", "direction"), [("we row", None, "ltr"), ("نجذف", None, "rtl"), ("", "ar", "rtl")]
)
def test_direction(text: str, language: str | None, direction: str) -> None:
    """A block is set in the direction of its language, else of most of its letters."""
    assert get_direction(text, language) == direction


@pytest.mark.parametrize(
    ("when", "printed"),
    [
        (None, "undated"),
        (When(), "undated"),
        (parse_iso("2031-05-03"), "3 May 2031"),
        (parse_iso("2031-05"), "May 2031"),
        (parse_iso("2031"), "2031"),
        (parse_iso("--02-29"), "29 February, year unknown"),
        (When(earliest=date(2031, 5, 3), precision="interval"), "from 3 May 2031"),
        (When(latest=date(2031, 5, 3), precision="interval"), "by 3 May 2031"),
        (
            When(earliest=date(2031, 1, 1), latest=date(2031, 4, 30), precision="interval"),
            "1 January to 30 April 2031",
        ),
        (When(printed="several weeks later"), "several weeks later"),
    ],
)
def test_date_says_no_more_than_is_known(when: When | None, printed: str) -> None:
    """Each precision has its words."""
    assert format_when(when) == printed


@pytest.mark.parametrize(
    ("words", "dressed"),
    [
        ("by 2032-03-31.", "by 31 March 2032."),
        ("by 2032-02-31.", "by 2032-02-31."),
        ("lamp-2031-06-11.html", "lamp-2031-06-11.html"),
        ("at -1 or +2, low-water", "at −1 or +2, low-water"),
        ("p < 0.001", "p\u00a0<\u00a00.001"),
    ],
)
def test_sentence_is_dressed(words: str, dressed: str) -> None:
    """Dates and signs are printed alike everywhere; file names are left alone."""
    assert dress_numbers(words) == dressed


@given(st.floats(0, 1))
def test_chance_is_never_certain(share: float) -> None:
    """No chance short of certain knowledge is printed as 0.00 or 1.00."""
    assert format_share(share) not in {"0.00", "1.00"}


@given(st.floats(-3, 3))
def test_score_has_a_true_minus(score: float) -> None:
    """A place on the scale is printed without a hyphen, and nought without a sign."""
    assert "-" not in format_score(score)
    assert format_score(score) not in {"−0", "+0"}
