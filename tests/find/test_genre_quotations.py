"""Twelve texts of the kinds that analysts read, each annotated before the finder was run on it: what is quoted, and who speaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Scan
from .genre_texts import FOLDER, Expected, count, is_speaker, read_text

TEXTS = sorted(FOLDER.glob("*.txt"))
LEAST_F1 = 0.93
LEAST_SPEAKERS = 0.85


@pytest.mark.parametrize("path", TEXTS, ids=[path.stem for path in TEXTS])
def test_quotations_and_speakers_of_a_genre(scan: Scan, path: Path) -> None:
    """Each genre's quotations are found exactly, and most of their speakers are right."""
    text, expected = read_text(path)
    look = scan(text)
    assert look.text == text
    score = count(expected, look.scan["quotations"])
    assert 2 * score.right / (score.found + score.there) >= LEAST_F1
    assert score.speakers / score.right >= LEAST_SPEAKERS


def test_all_genres_together(scan: Scan) -> None:
    """Over all genres nearly every quotation is exact and has its speaker."""
    scores = [count(expected, scan(text).scan["quotations"]) for text, expected in map(read_text, TEXTS)]
    right, found, there, speakers = (sum(column) for column in zip(*scores, strict=True))
    assert there > 100
    assert 2 * right / (found + there) >= 0.98
    assert speakers / right >= 0.95


def test_annotations_are_read(tmp_path: Path) -> None:
    """The signs are taken out, nested ones too, and the places are those of the words."""
    path = tmp_path / "text.txt"
    path.write_text('She said: "⟪she/Ada|Row ⟪?he|home⟫ now.⟫"', encoding="utf-8")
    text, expected = read_text(path)
    assert text == 'She said: "Row home now."'
    assert [(text[one.start : one.end], one.optional) for one in expected] == [
        ("Row home now.", False),
        ("home", True),
    ]


def test_a_wrong_speaker_is_not_right() -> None:
    """A speaker counts with more or fewer words of the same name, and not with another."""
    expected = Expected(0, 1, ("Ada Merrow", "warden"), optional=False)
    told = ("Merrow", "the warden", "Ada Merrow", "Barra", None, "the")
    assert [is_speaker(one, expected) for one in told] == [True, True, True, False, False, False]
