"""The lexicon: terms, gaps and endings; negation within its clause; sums and thresholds; evidence that stands where it says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linewatch.code.codebook import load_codebook, parse_codebook
from linewatch.code.machines.base import Unit
from linewatch.code.machines.lexicon import suggest
from linewatch.errors import CodebookError
from linewatch.model import Codebook, Lexicon, Question, Rule, Scale, Term

TERMS = (
    Term(words="left the league"),
    Term(words="shame*", weight=0.6),
    Term(words="broke ... pledge"),
    Term(words="no longer ours"),
    Term(words="praise*", weight=-1),
)


def make_book(*terms: Term, ends: str | None = None) -> Codebook:
    """Return a codebook of two questions, the first with these terms, the second with one."""
    return Codebook(
        name="league.v1",
        title="League",
        questions=(Question(id="q1", text="One?", ends=ends), Question(id="q2", text="Two?")),
        scale=Scale(name="stance", points={0: "Seen"}, rules=(Rule(when={"q1": "yes"}, value=0),)),
        lexicon={"q1": Lexicon(terms=terms), "q2": Lexicon(terms=(Term(words="oar"),))},
    )


def answer(text: str, book: Codebook | None = None) -> dict[str, str]:
    """Return what the lexicon says of a text, by question."""
    found = suggest(book or make_book(*TERMS), [Unit(passage="p", item="i", text=text)])
    return {one.question: one.value for one in found.answers}


@pytest.mark.parametrize(
    ("text", "value", "shows"),
    [
        ("They LEFT the\nLeague.", "yes", "case and white space do not matter"),
        ("They left. The league rowed on.", "no", "a term does not reach over a full stop"),
        ("What shame.", "unclear", "below the threshold"),
        ("What shame, and shameful too.", "yes", "weights add up; * lets a word go on"),
        ("They broke their solemn pledge.", "yes", "up to three words between"),
        ("They broke oars, boats, ropes, bread and a pledge.", "no", "more than three words between"),
        ("They never left the league.", "no", "a negation before it turns it"),
        ("They are no longer ours.", "yes", "a negation inside the term is the term"),
        ("It was no storm, they left the league.", "no longer", "a clause ends at a comma"),
        ("Nobody rowed but they left the league.", "no longer", "and at a word that turns"),
        ("They didn't say that they left the league.", "no longer", "and at what opens another"),
        ("They have not never left the league.", "no longer", "two negations take each other back"),
        ("They left the league, to our praise.", "no", "a weight below zero speaks against"),
        ("They broke a pledge that no one asked of them.", "yes", "a negation after it does not reach back"),
        ("", "no", "nothing"),
    ],
)
def test_terms_decide(text: str, value: str, shows: str) -> None:
    """The sum of the weights met, each turned by a negation in its clause, decides."""
    assert answer(text)["q1"] == value.replace("no longer", "yes"), shows


def test_arabic_is_compared_in_its_plain_letters() -> None:
    """Vowel signs and forms of alif do not hide a term, and Arabic negations turn it."""
    book = make_book(Term(words="ترك الرابطة"))
    assert answer("لقد تَرَكَ الرّابِطة أمس", book)["q1"] == "yes"
    assert answer("لم ترك الرابطة", book)["q1"] == "no"


def test_nothing_is_asked_after_an_answer_that_ends() -> None:
    """As in the queue, a no that puts the passage out leaves no further answers."""
    assert answer("An oar.", make_book(*TERMS, ends="no")) == {"q1": "no"}
    assert answer("An oar.") == {"q1": "no", "q2": "yes"}


@settings(max_examples=60, deadline=None)
@given(before=st.text(max_size=30), after=st.text(max_size=30))
def test_evidence_stands_in_the_passage(before: str, after: str) -> None:
    """Whatever surrounds a term, the span named as evidence holds words that the term is made of."""
    text = f"{before} . left the league . {after}"
    found = suggest(make_book(Term(words="left the league")), [Unit(passage="p", item="i", text=text)])
    (one,) = [row for row in found.answers if row.question == "q1" and row.value == "yes"]
    assert text[one.start : one.end].split() == ["left", "the", "league"]


def test_lexicon_is_no_part_of_what_people_were_asked() -> None:
    """Other terms leave the codebook's digest as it is: people's answers are not stale for them."""
    book = make_book(*TERMS)
    assert book.digest == make_book(Term(words="other")).digest
    assert suggest(book, []).settings != suggest(make_book(Term(words="other")), []).settings


@pytest.mark.parametrize(
    ("section", "fault"),
    [
        ("q9: {terms: [{words: oar}]}", "terms for q9"),
        ("q1: {terms: []}", "empty term or none"),
        ("q1: {terms: [{words: '...'}]}", "empty term or none"),
    ],
)
def test_unsound_lexicon_is_refused(section: str, fault: str) -> None:
    """Terms for no question, no terms and terms without letters are named."""
    text = (
        'name: l.v1\ntitle: L\nquestions: [{id: q1, text: "One?"}]\n'
        'scale: {name: s, points: {0: Seen, 1: Not}, rules: [{when: {q1: "yes"}, value: 0}, {when: {q1: "no"}, value: 1}]}\n'
    )
    with pytest.raises(CodebookError, match=fault):
        parse_codebook(f"{text}lexicon: {{{section}}}")


def test_shipped_lexicon_reads_plain_words() -> None:
    """The shipped terms tell an offer, a threat and a farewell apart, in words of no sample."""
    book = load_codebook("leavers.v1")
    for words, point in (
        ("Those who have left the guild shall be punished.", -3),
        ("The deserters are no longer of us.", -2),
        ("Those who left are not outcasts.", 1),
        ("Amnesty for every rower who left us last year.", 2),
        ("The market sells bread.", None),
    ):
        assert book.scale.derive(answer(words, book)).value == point, words
