"""Who is said to say, think or want what: source, cue and content, by the model's parse."""

from __future__ import annotations

import pytest

from linewatch.find.base import Reading
from linewatch.find.registry import find_all
from linewatch.model import Finding, Saying, Span
from linewatch.read import plain
from linewatch.settings import get_model_name

OPENING = "Head\n\nThe rowers of the coast have kept their piers for ninety years and more.\n\n"
Said = tuple[str | None, str | None, tuple[str, ...]]


def find(text: str) -> tuple[str, tuple[Finding, ...]]:
    """Return a text as read and what is found in it with the model."""
    document = plain.read((OPENING + text + "\n").encode(), evidence="sha256:test")
    return document.text, find_all(Reading(document=document))


def list_sayings(text: str) -> list[Said]:
    """Return source, cue and contents of each attribution, in words."""
    read, found = find(text)

    def cut(span: Span | None) -> str | None:
        return read[span.start : span.end] if span else None

    return [
        (cut(one.value.source), cut(one.value.cue), tuple(cut(part) or "" for part in one.value.contents))
        for one in found
        if isinstance(one.value, Saying)
    ]


SAYINGS: dict[str, tuple[str, Said]] = {
    "that": (
        "The warden said that the door had no lock.",
        ("The warden", "said", ("that the door had no lock",)),
    ),
    "without that": (
        "Barra says nobody will row on Friday.",
        ("Barra", "says", ("nobody will row on Friday",)),
    ),
    "vow": (
        "The League has vowed to keep the lamp lit.",
        ("The League", "has vowed", ("to keep the lamp lit",)),
    ),
    "not": (
        "The council did not deny that the boats had gone.",
        ("The council", "did not deny", ("that the boats had gone",)),
    ),
    "according to": (
        "The boats went out at noon, according to the harbour office.",
        ("the harbour office", "according to", ("The boats went out at noon",)),
    ),
    "a noun": (
        "Her claim that the pier was sold was heard in the town.",
        ("Her", "claim", ("that the pier was sold",)),
    ),
    "afterwards": (
        "The boats went out at noon, Barra said.",
        ("Barra", "said", ("The boats went out at noon",)),
    ),
    "marked words before": (
        '"Nobody is shut out," said Ada Merrow.',
        ("Ada Merrow", "said", ('"Nobody is shut out,"',)),
    ),
    "marked words after a colon": (
        "Ada Merrow told the rowers: “Nobody is shut out.”",
        ("Ada Merrow", "told", ("“Nobody is shut out.”",)),
    ),
    "in two pieces": (
        '"Nobody is shut out," Merrow said. "The door has no lock."',
        ("Merrow", "said", ('"Nobody is shut out,"', '"The door has no lock."')),
    ),
    "partly marked": (
        "Merrow said the door “never had a lock” and never would.",
        ("Merrow", "said", ("the door “never had a lock” and never would",)),
    ),
    "nothing inside what is said": (
        "Merrow said Barra thinks the boats are lost.",
        ("Merrow", "said", ("Barra thinks the boats are lost",)),
    ),
}


@pytest.mark.parametrize(("text", "expected"), SAYINGS.values(), ids=SAYINGS)
def test_sayings(text: str, expected: Said) -> None:
    """Source, cue and content are cut where the sentence has them; the colon belongs to the cue, "that" and marks to the content."""
    (found,) = list_sayings(text)
    assert (found[0], (found[1] or "").rstrip(":"), found[2]) == expected


def test_a_paragraph_of_marked_words_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Marked words that fill the next paragraph belong to the attribution before."""
    monkeypatch.delenv("LINEWATCH_SPACY_MODEL", raising=False)
    assert list_sayings('"Nobody is shut out," said Ada Merrow.\n\n"The door has no lock."') == [
        ("Ada Merrow", "said", ('"Nobody is shut out,"', '"The door has no lock."'))
    ]


def test_what_is_nobodys_saying() -> None:
    """A sentence in which nobody says, thinks or wants anything has no attribution."""
    assert list_sayings("The boats lay at the pier all winter and the ropes were wet.") == []


def test_arabic_blocks_are_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The English model proposes nothing in Arabic blocks: neither sayings nor names."""
    assert get_model_name() is not None
    _, with_model = find("قالت المتحدثة باسم العصبة أدا ميرو: «الاسم الذي شُطب يُكتب من جديد بالأصوات نفسها».")
    monkeypatch.setenv("LINEWATCH_SPACY_MODEL", "none")
    _, without = find("قالت المتحدثة باسم العصبة أدا ميرو: «الاسم الذي شُطب يُكتب من جديد بالأصوات نفسها».")
    arabic = [one for one in with_model if one.span.start >= len(OPENING)]
    assert arabic == [one for one in without if one.span.start >= len(OPENING)]
