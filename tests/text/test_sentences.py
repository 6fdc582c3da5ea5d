"""Where sentences end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewatch.text.sentences import find_sentences
from linewatch.text.spans import Cover

CASES = {
    "plain": ("The boats went out. Nobody came.", ["The boats went out.", "Nobody came."]),
    "titles": ("Gen. Oster and Dr. Merrow met. It rained.", ["Gen. Oster and Dr. Merrow met.", "It rained."]),
    "initials": ("J. R. Oster wrote it. It sold.", ["J. R. Oster wrote it.", "It sold."]),
    "no as a word": ("They said no. Then they left.", ["They said no.", "Then they left."]),
    "number": ("See no. 12 of The Lamp. It is short.", ["See no. 12 of The Lamp.", "It is short."]),
    "a marker after the stop": (
        "It rained.[1] It froze.2 It thawed.",
        ["It rained.[1]", "It froze.2", "It thawed."],
    ),
    "closing marks": ('He said: "Row." They rowed.', ['He said: "Row."', "They rowed."]),
    "a small letter goes on": ("They asked “why?” and left.", ["They asked “why?” and left."]),
    "arabic": ("هل عاد أحد؟ لم يعد أحد.", ["هل عاد أحد؟", "لم يعد أحد."]),
    "a decimal": ("The sea rose 3.5 metres. It fell.", ["The sea rose 3.5 metres.", "It fell."]),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_sentences(text: str, expected: list[str]) -> None:
    """A stop ends a sentence unless it belongs to an abbreviation, an initial or a number."""
    assert [text[start:end] for start, end in find_sentences(text)] == expected


def test_no_break_within_a_protected_span() -> None:
    """A stop inside a quotation does not break the sentence around it."""
    text = '"Row. Row on," he said. They rowed.'
    found = [text[a:b] for a, b in find_sentences(text, protected=Cover([(1, 13)]))]
    assert found == ['"Row. Row on," he said.', "They rowed."]


@given(st.text(max_size=200))
def test_sentences_hold_all_words_in_order(text: str) -> None:
    """Sentences do not overlap, and nothing but white space lies between them."""
    at = 0
    for start, end in find_sentences(text):
        assert text[at:start].strip() == ""
        at = end
    assert text[at:].strip() == ""
