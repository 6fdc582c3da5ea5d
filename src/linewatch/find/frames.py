"""The table of verbs, nouns and adjectives that hand over to what somebody says, thinks or wants, by the frame in which they do."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from linewatch.find.words import list_forms
from linewatch.resources import load_table


class Frame(NamedTuple):
    """In which frames one verb hands over."""

    lemma: str
    clause: bool
    infinitive: bool
    thing: bool
    as_of: bool
    prepositions: frozenset[str]


class Frames(NamedTuple):
    """The table, made ready."""

    verbs: dict[str, Frame]
    nouns: frozenset[str]
    adjectives: frozenset[str]


@cache
def get_frames() -> Frames:
    """Return the frames of `resources/attribution.yml`, by the forms of the verbs."""
    table = load_table("attribution")
    irregular = {str(verb): [str(form) for form in forms] for verb, forms in table["irregular"].items()}
    sets = {
        name: frozenset(str(word) for word in table[name])
        for name in ("clause", "infinitive", "object", "as_of")
    }
    prepositions = {
        str(verb): frozenset(str(word) for word in words) for verb, words in table["prepositions"].items()
    }
    verbs: dict[str, Frame] = {}
    for lemma in sorted(frozenset[str]().union(*sets.values(), prepositions)):
        frame = Frame(
            lemma,
            clause=lemma in sets["clause"],
            infinitive=lemma in sets["infinitive"],
            thing=lemma in sets["object"],
            as_of=lemma in sets["as_of"],
            prepositions=prepositions.get(lemma, frozenset()),
        )
        for form in list_forms(lemma, irregular):
            verbs.setdefault(form, frame)
    nouns = frozenset(
        form for noun in table["nouns"] for form in (str(noun), f"{noun}s", f"{str(noun)[:-1]}ies")
    )
    return Frames(verbs, nouns, frozenset(str(word) for word in table["adjectives"]))
