"""The kept Arabic text: whole, with its notice, found in running text and in both spellings; skipped where the package is absent."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from linewatch.cli.canon import canon as command
from linewatch.find.canon.editions import list_gaps, list_texts
from linewatch.find.canon.judge import judge
from linewatch.find.canon.shelf import Shelf, open_canon
from linewatch.find.canon.spans import find_verses
from linewatch.find.canons import load_canons
from linewatch.model import Canon

(QURAN,) = [one for one in load_canons() if one.name == "quran"]
LIGHT = "الله نور السماوات والأرض"


@pytest.fixture(scope="module")
def quran() -> Shelf:
    """Return the Qur'an, opened."""
    return open_canon(QURAN)


def test_editions_are_whole_and_carry_their_notice() -> None:
    """6,236 verses in 114 suras, and the Tanzil Project's notice with its link."""
    for text in list_texts(QURAN):
        assert (len(text.units), list_gaps(QURAN, list(text.units))) == (6236, [])
        assert "tanzil.net" in text.notice


@pytest.mark.parametrize("name", ["Tanzil Simple 1.1", "Tanzil Uthmani 1.1"])
def test_every_tenth_verse_is_exact_in_either_spelling(quran: Shelf, name: str) -> None:
    """A verse as an edition prints it is exact at its own reference."""
    (text,) = [one for one in list_texts(QURAN) if one.edition.name == name]
    verdicts = {ref: judge(quran, words, ref).verdict for ref, words in list(text.units.items())[::10]}
    assert {ref: verdict for ref, verdict in verdicts.items() if verdict != "exact"} == {}


def test_verse_in_running_text_has_its_exact_span(quran: Shelf) -> None:
    """The words of a verse are found without marks or a locator, and nothing beside them."""
    words = "وسيق الذين اتقوا ربهم إلى الجنة زمرا"
    text = f"كتب المعلم على اللوح كلمات طويلة {words} ثم خرج الأولاد إلى الساحة"
    assert [text[one.start : one.end] for one in find_verses(text, quran)] == [words]


def test_chance_phrases_are_no_citations(quran: Shelf) -> None:
    """Phrases that everybody says stand in verses too, and are not reported."""
    assert find_verses("إن شاء الله نلتقي في سبيل الله والحمد لله رب العالمين يوم القيامة", quran) == []


def test_number_in_an_edition_that_counts_the_basmala_is_named(quran: Shelf) -> None:
    """A number one too high is right where the basmala is counted."""
    judged = judge(quran, list_texts(QURAN)[0].units["24:35"], "24:36")
    assert judged.verdict == "wrong-reference"
    assert "basmala" in str(judged.detail)


ANSWERS = {
    "words alone": (LIGHT, "partial", "quran 24:35"),
    "with a locator": (f"{LIGHT} [النور: 35]", "partial", "quran 24:35"),
    "with a reference": (json.dumps({"text": LIGHT, "ref": "quran 24:35"}), "partial", "quran 24:35"),
    "at an impossible place": (
        json.dumps({"text": LIGHT, "ref": "quran 24:99"}),
        "wrong-reference",
        "quran 24:35",
    ),
    "no words of a canon": ("the boats went out early", "unknown", None),
    "broken JSON": ('{"text": ', "unknown", None),
}


def test_verify_answers_each_line_in_order() -> None:
    """One answer a line that is not empty, in order, with the keys that programs read."""
    given = "\n\n".join(line for line, _, _ in ANSWERS.values())
    result = CliRunner().invoke(command, ["verify", "--json"], input=given)
    answers = [json.loads(line) for line in result.output.splitlines()]
    assert [(one["verdict"], one["ref"]) for one in answers] == [
        (verdict, ref) for _, verdict, ref in ANSWERS.values()
    ]
    assert all({"edition", "left_out", "differences"} <= set(one) for one in answers)


HOSTILE = {
    "basmalas": "بسم الله الرحمن الرحيم " * 4000,
    "digits and colons": "2:255:3:" * 20000,
    "combining marks": "ا" + "\u064e" * 100000,
    "opening marks": '"{﴿«(' * 20000,
    "overrides": "\u202e" + LIGHT + "\u202c",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_read_to_its_end(quran: Shelf, text: str) -> None:
    """Nothing in a text makes the checker fail, and every span lies in it."""
    assert all(0 <= one.start < one.end <= len(text) for one in find_verses(text, quran))


def test_absent_package_is_said_with_its_hint() -> None:
    """A canon whose package is absent lists no text."""
    gone = Canon(
        name="gone",
        title="",
        editions=(
            QURAN.editions[0].__class__(
                name="x", language="ar", format="tanzil", where="no_such_package:x.txt"
            ),
        ),
    )
    assert list_texts(gone) == ()
