"""Which of the names that a finder calls a person's are one: in doubt, all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from factories_write import make_document, make_evidence, make_finding, make_material
from linewatch.model import Alias, Item, Mention, Quotation
from linewatch.write.material import Material
from linewatch.write.persons import find_persons
from linewatch.write.privacy import WITHHELD, judge_names


def make_case(*texts: str, found: Sequence[tuple[int, str, Any]] = (), **changes: Any) -> Material:
    """Return the case with a document for each text and what is found in them: document, words, value."""
    base = make_material()
    sealed = [make_evidence(f"person-{n}.txt") for n in range(len(texts))]
    documents = [make_document(one, text) for one, text in zip(sealed, texts, strict=True)]
    findings = [
        make_finding(documents[n], words, value, name=f"f{place}")
        for place, (n, words, value) in enumerate(found)
    ]
    values: dict[str, Any] = {
        "evidence": {**base.evidence, **{one.id: one for one in sealed}},
        "documents": {**base.documents, **{one.id: one for one in documents}},
        "findings": {**base.findings, **{one.id: one for one in findings}},
    }
    return make_material(**{**values, **changes})


def read_as_person(name: str, sentence: str = "We saw {} there.") -> tuple[str, list[tuple[int, str, Any]]]:
    """Return a sentence with a name in it, and the finding that reads it as a person's."""
    return sentence.format(name), [(0, name, Mention(name=name, kind="person"))]


THINGS = [
    "Pell Bay",
    "Chandler Street",
    "Ostrel Quay",
    "Tern Island",
    "Marram Road",
    "Sallow Square",
    "Eider Bridge",
    "Hollinmere Gazette",
    "Sound Herald",
    "Vantria Times",
    "Skerry Courier",
    "Sea Wall Committee",
    "Vantrian Rowing Union",
    "Coastwatch Bureau",
    "Gannet Films",
]
PERSONS = [
    "Bettany Shore",
    "Wim Castell",
    "Dorrit Vane",
    "Sela Brandt",
    "Piet",
    "Mara Hill",
    "Anselm Banks",
    "Jory Wood",
    "Ines Lake",
    "Tam Field",
    "Odile Marsh",
    "Corin Church",
    "Nessa Park",
    "Bram House",
    "Ida Post",
]


@pytest.mark.parametrize(("name", "printed"), [(n, True) for n in THINGS] + [(n, False) for n in PERSONS])
def test_last_word_tells_a_place_or_an_outlet(name: str, printed: bool) -> None:  # noqa: FBT001 - a table's column
    """A name that ends in a word for a place, an outlet or a body is printed; one that may be a family's is not."""
    text, found = read_as_person(name)
    hidden = judge_names(make_case(text, found=found)).hide(text)
    assert (hidden == text) is printed
    assert (WITHHELD in hidden) is not printed


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("Captain Pell Bay was there.", []),
        ("We saw the harbourmaster  Pell Bay.", []),
        ("Pell Bay was there.", [(0, "was there", Quotation(speaker="Pell Bay", role="unknown"))]),
        ("Pell Bay was there.", [(0, "was there", Quotation(speaker="Old Pell Bay", role="member"))]),
        ("Pell Bay was there.", [(0, "Pell Bay", Alias(name="Pell Bay", aka=("Gull",), name_kind="kunya"))]),
        (
            "Pell Bay was there.",
            [(0, "Pell Bay", Alias(name="Wim", aka=("Pell Bay",), name_kind="nom de guerre"))],
        ),
    ],
)
def test_doubt_is_a_person(text: str, more: list[tuple[int, str, Any]]) -> None:
    """Whatever its last word, a name is withheld that speaks, goes by a war name, or has a title before it anywhere."""
    found = [(0, "Pell Bay", Mention(name="Pell Bay", kind="person")), *more]
    assert "Pell Bay" not in judge_names(make_case(text, found=found)).hide(text)


def test_title_in_another_file_is_enough() -> None:
    """A title before the name in one document withholds it in all."""
    text, found = read_as_person("Pell Bay")
    assert WITHHELD in judge_names(make_case(text, "To Capt. Pell Bay, with thanks.", found=found)).hide(text)


def test_part_of_a_person_stays_hidden_beside_a_place() -> None:
    """The place is printed whole, while its first word alone is still a person's."""
    text = "Pell Amsel came to Pell Bay, and Pell rowed."
    found = [(0, name, Mention(name=name, kind="person")) for name in ("Pell Amsel", "Pell Bay")]
    found.append((0, "came", Item(kind="statement", outlet="Pell Bay")))
    hidden = judge_names(make_case(text, found=found)).hide(text)
    assert hidden == f"{WITHHELD} came to Pell Bay, and {WITHHELD} rowed."


@pytest.mark.parametrize(
    ("kinds", "printed"),
    [
        (("person", "place"), False),
        (("person", "place", "place"), True),
        (("person", "outlet", "place"), True),
        (("person", "person", "place", "place"), False),
        (("person", "organisation", "organisation", "organisation"), False),
    ],
)
def test_mentions_agree_or_the_name_is_a_person_s(kinds: tuple[Any, ...], printed: bool) -> None:  # noqa: FBT001 - a table's column
    """Twice as many mentions must read a place or an outlet; a body is what a recogniser calls persons, too."""
    texts = ["We saw Kittiwake there."] * len(kinds)
    found = [(n, "Kittiwake", Mention(name="Kittiwake", kind=kind)) for n, kind in enumerate(kinds)]
    assert (judge_names(make_case(*texts, found=found)).hide(texts[0]) == texts[0]) is printed


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("In Hollinmere he stopped. The Hollinmere Gazette said so.", True),
        ("To Hollinmere he said it. The Hollinmere Gazette said so.", False),
        ("In Hollinmere he stopped. The Gull said so.", False),
        ("In Hollinmere he stopped. The Hollinmere Gazette said so to Wim Hollinmere.", False),
        ("In Hollinmere he stopped. The Hollinmere Gazette said so to Mr. Hollinmere.", False),
    ],
)
def test_town_of_a_newspaper_is_printed(text: str, printed: bool) -> None:  # noqa: FBT001 - a table's column
    """The first word of a thing's name is a town where something lies in it, unless a person is called so."""
    names = [name for name in ("Hollinmere", "Hollinmere Gazette", "Wim Hollinmere") if name in text]
    found = [(0, name, Mention(name=name, kind="person")) for name in names]
    assert (
        "Hollinmere " in judge_names(make_case(text, found=found)).hide(text).partition(".")[0]
    ) is printed


def test_held_outlet_is_no_person() -> None:
    """The outlet of a held item is printed though something reads it as a person's name."""
    text, found = read_as_person("Gannet Lowe")
    held = [*found, (0, "there", Item(kind="post", outlet="Gannet Lowe", held=True))]
    assert judge_names(make_case(text, found=held)).hide(text) == text


def test_other_names_of_a_person_are_a_person_s() -> None:
    """What a person is also called is withheld, even where it ends like a street."""
    text = "Wim Castell, also called Long Quay, rowed."
    found = [
        (0, "Wim Castell", Mention(name="Wim Castell", kind="person")),
        (0, "Long Quay", Mention(name="Long Quay", kind="person")),
        (0, "Wim", Alias(name="Wim Castell", aka=("Long Quay",), name_kind="aka")),
    ]
    persons = find_persons(make_case(text, found=found), frozenset())
    assert "Long Quay" in persons.names
    assert "Long Quay" not in persons.things
