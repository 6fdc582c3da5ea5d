"""What is asked for is words, phrases and beginnings; and an Arabic word is met with what is written onto it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewatch.text.query import Term, find_marks, list_asked, list_bare, parse_query

ALPHABET = st.sampled_from('abc "*-:()ابوقلهةى\u064e\u0640’ʿÉ1٣\n_')


@pytest.mark.parametrize(
    ("asked", "terms"),
    [
        ("sea wall", [Term(("sea",)), Term(("wall",))]),
        ('"Sea Wall"', [Term(("sea", "wall"), phrase=True)]),
        ("“sea wall", [Term(("sea", "wall"), phrase=True)]),
        ("leav*", [Term(("leav",), prefix=True)]),
        ("al-Naba", [Term(("al", "naba"), phrase=True)]),
        ("AND sea NOT:(wall)", [Term(("and",)), Term(("sea",)), Term(("not", "wall"), phrase=True)]),
        ("-sea", [Term(("sea",))]),
        ("sea SEA", [Term(("sea",))]),
        ('"" * () - " " ' + "\ud83d\udca7", []),
    ],
)  # fmt: skip
def test_query_is_words_and_nothing_else(asked: str, terms: list[Term]) -> None:
    """Quotation marks make a phrase and a star a beginning; every other sign is data."""
    assert list(parse_query(asked)) == terms


@pytest.mark.parametrize(
    ("written", "asked", "is_met"),
    [
        ("المجدفون", "مجدفون", True),
        ("وَالْمُجَدِّفُونَ", "مجدفون", True),
        ("مجدفون", "المجدفون", True),
        ("وبالبحر", "بحر", True),
        ("للبحر", "البحر", True),
        ("بقارب", "قارب", True),
        ("أبو", "ابو", True),
        ("مدينة", "مدينه", True),
        ("على", "علي", True),
        ("مــرســى", "مرسى", True),
        ("بحر", "حر", False),
        ("الله", "له", False),
        ("مجدفون", "مجد", False),
        ("سفينة", "بسفينة", False),
    ],
)  # fmt: skip
def test_arabic_word_is_met(written: str, asked: str, is_met: bool) -> None:  # noqa: FBT001 - the table's last column
    """Spelling, vowel signs and what is attached make no difference; another word stays another word."""
    assert bool(find_marks(f"قال {written} هنا", parse_query(asked))) == is_met


def test_phrase_is_met_as_typed() -> None:
    """In quotation marks the article counts, and the words must follow each other."""
    assert find_marks("في البحر الكبير", parse_query('"البحر الكبير"')) == ((3, 15),)
    assert not find_marks("في البحر الكبير", parse_query('"بحر كبير"'))
    assert not find_marks("the wall of the sea", parse_query('"sea wall"'))


def test_marks_lie_on_the_text_itself() -> None:
    """A mark takes the vowel signs of its last letter in, and nothing of the next word."""
    text = "قال الْمُجَدِّفُونَ إنَّ"
    ((start, end),) = find_marks(text, parse_query("مجدفون"))
    assert text[start:end] == "الْمُجَدِّفُونَ"


@given(st.text(ALPHABET, max_size=60), st.text(ALPHABET, max_size=20))
def test_marks_are_in_order_and_inside(text: str, asked: str) -> None:
    """Whatever is asked of whatever text, marks lie inside it, in order, and hold something."""
    marks = find_marks(text, parse_query(asked))
    assert all(0 <= start < end <= len(text) for start, end in marks)
    assert all(first[1] <= second[0] for first, second in pairwise(marks))


@given(st.text("وفبلكاهمنرس", min_size=1, max_size=9))
def test_word_is_met_by_itself(word: str) -> None:
    """Nothing that is taken off a word loses the word: it is met as typed, and each remainder is shorter."""
    assert find_marks(word, (Term((word,)),)) == ((0, len(word)),)
    assert word in list_asked(word)
    assert all(len(one) < len(word) and word.endswith(one) for one in list_bare(word))
