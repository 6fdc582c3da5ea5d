"""Locators in every notation, impossible ones named, and numbers that are none."""

from __future__ import annotations

import pytest

from linewatch.find.canons import load_canons
from linewatch.find.locators import find_locators
from linewatch.resources import find_shipped

CANONS = load_canons(find_shipped("examples/harbour-league/canons"))

FOUND = {
    "[Quran 5:54]": "quran 5:54",
    "Qur'an verse 8:15-16": "quran 8:15-16",
    "Q 2:256": "quran 2:256",
    "Q2:255": "quran 2:255",
    "Koran, 2:255": "quran 2:255",
    "Surat al-Tawba, 9:29": "quran 9:29",
    "Surah At-Tawbah 9:29": "quran 9:29",
    "Al-Baqarah 2:255": "quran 2:255",
    "al-Baqara: 255": "quran 2:255",
    "(al-Baqarah, 255)": "quran 2:255",
    "as in Al-Anfal: 15-16, which": "quran 8:15-16",
    "Ra'd (13):42": "quran 13:42",
    "al-Ma'idah, verse 54": "quran 5:54",
    "Surah Al-Baqarah [2:255]": "quran 2:255",
    'Quran 9"29': "quran 9:29",
    "verse 256 of Surat al-Baqarah": "quran 2:256",
    "sura 2, verse 255": "quran 2:255",
    "chapter 9 verse 5 of the Quran": "quran 9:5",
    "verse 5 of chapter 9 of the Quran": "quran 9:5",
    "Qur'an, sura 9, ayah 5": "quran 9:5",
    "Quran 5:54a": "quran 5:54",
    "Quran 5:54-56": "quran 5:54-56",
    "Quran 113:5-114:1": "quran 113:5-114:1",
    "Quran 5:54, 57": "quran 5:54, 57",
    "Surat al-Tawba": "quran 9",
    "Surah 9 of the Quran": "quran 9",
    "[التوبة: 29]": "quran 9:29",
    "سورة المائدة، الآية ٥٤": "quran 5:54",
    "(سورة المائدة: 109)": "quran 5:109",
    "[لقمان: ١٨ - ١٩]": "quran 31:18-19",
    "سورة البقرة (2:97)": "quran 2:97",
    "السورة 33 (الأحزاب): 56": "quran 33:56",
    "(سورة 4 آية 128)": "quran 4:128",
    "الدخان/ 43 - 46": "quran 44:43-46",
    "الآية 119 من سورة الأنبياء": "quran 21:119",
    "سورة التوبة": "quran 9",
    "John 3:16": "bible John 3:16",
    "يوحنا 3:16": "bible John 3:16",
    "1 Cor. 13:4-7, 13": "bible 1 Corinthians 13:4-7, 13",
    "1 Corinthians 13": "bible 1 Corinthians 13",
    "Genesis 1:1-2:3": "bible Genesis 1:1-2:3",
    "Ps 23": "bible Psalms 23",
    "Article 4": "charter 4",
    "Article 4(2)": "charter 4:2",
    "Charter 5:4": "charter 5:4",
}


@pytest.mark.parametrize(("text", "ref"), FOUND.items(), ids=FOUND)
def test_every_notation(text: str, ref: str) -> None:
    """Each notation of the field is one locator with its reference."""
    assert [one.ref for one in find_locators(text, CANONS)] == [ref]


LISTS = {
    "Quran 2:190-193; 9:5, 29": ["quran 2:190-193", "quran 9:5, 29"],
    "Matthew 5:9; 6:24": ["bible Matthew 5:9", "bible Matthew 6:24"],
    "the Quran (5:54). Ibid. 9:29": ["quran 5:54", "quran 9:29"],
}


@pytest.mark.parametrize(("text", "refs"), LISTS.items(), ids=LISTS)
def test_lists(text: str, refs: list[str]) -> None:
    """Further numbers belong to the canon and book named before them."""
    assert [one.ref for one in find_locators(text, CANONS)] == refs


IMPOSSIBLE = {
    "Quran 2:287": "quran 2 has 286 verses",
    "Quran 115:1": "no chapter 115",
    "(الحديد: 78)": "quran 57 has 29 verses",
    "John 30:1": "John has 21 chapters",
    "Quran 5:118-121": "quran 5 has 120 verses",
    "John 3:99": "John 3 has 36 verses",
    "John 3:30-40": "John 3 has 36 verses",
    "1 Cor. 13:4-7, 14": "1 Corinthians 13 has 13 verses",
    "Ps 23:11": "Psalms 23 has 6 verses",
}


@pytest.mark.parametrize(("text", "said"), IMPOSSIBLE.items(), ids=IMPOSSIBLE)
def test_impossible_locators_are_found_and_named_so(text: str, said: str) -> None:
    """A reference that cannot be is found, and says why it cannot."""
    (found,) = find_locators(text, CANONS)
    assert said in found.reason


@pytest.mark.parametrize(
    "text", ["Ps 51:21", "Joel 4:1", "3 John 1:15", "Genesis 1:1-2:3", "Ps 22:6", "Sirach 3:30"]
)
def test_reference_of_another_count_is_not_called_impossible(text: str) -> None:
    """What the Hebrew, the Greek or the Latin count has is no impossible reference."""
    (found,) = find_locators(text, CANONS)
    assert "impossible" not in found.reason


NONE = [
    "It is 5:15 in the evening", "won 4:2", "a ratio of 3:1", "section 3:16 of the code", "at 4:15 p.m.", "The score was 2:1", "Section 5.4",
    "page 23", "In Mark 5 men rowed", "Acts 3 times a day", "Job 5 years ago", "a scale of 1:50,000", "10:30 GMT", "Figure 3:2", "Chapter 9",
    "Numbers 5 to 10", "Ruth, 4 years old", "the Light, 35 watts", "Yusuf: 25 boats", "Table 5:2 shows", "Maryam, 33, said", "Quran 5 copies",
    "from 9:11 until noon", "3:2:1 by weight", "الساعة 5:15 مساء",
]  # fmt: skip


@pytest.mark.parametrize("text", NONE)
def test_ordinary_numbers_are_no_locators(text: str) -> None:
    """Times, ratios, scores, ages and sections are none."""
    assert find_locators(text, CANONS) == []
