"""How faithful one version of a quotation is to another: each fault, and what a quotation may do without fault."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewatch.find.fidelity import compare_quotations

SOURCE = (
    "We have kept the lamp lit, and we will not shut the door on those who come home. "
    "If they ask to be heard, the council may hear them before the bell."
)
FAULTS = {
    "words left out": (SOURCE.replace("lamp lit, and we", "lamp, we"), "omission"),
    "words put in": (SOURCE.replace("the lamp", "the great old lamp"), "insertion"),
    "a word changed": (SOURCE.replace("door", "harbour"), "change"),
    "sentences turned round": (
        "If they ask to be heard, the council may hear them before the bell. We have kept the lamp lit, and we will not shut the door on those who come home.",
        "order",
    ),
    "a negation lost": (SOURCE.replace("will not", "will"), "negation"),
    "a negation lost under dots": (SOURCE.replace("will not shut", "will [...] shut"), "negation"),
    "a condition lost": (SOURCE.replace("If they ask to be heard, the", "The"), "condition"),
    "a hedge lost": (SOURCE.replace("may hear", "hear"), "hedge"),
    "an end cut off": (SOURCE.removesuffix(" before the bell."), "truncation"),
}


@pytest.mark.parametrize(("quoted", "kind"), FAULTS.values(), ids=FAULTS)
def test_faults(quoted: str, kind: str) -> None:
    """Each fault is named by its kind."""
    assert kind in {flaw.kind for flaw in compare_quotations(quoted, SOURCE)}


def test_two_far_places_under_one_mark() -> None:
    """A mark of omission that hides many words makes one of two places, and says that it was marked."""
    far = (
        f"The first word stands here. {'The rowers went out and came back. ' * 8}The last word stands there."
    )
    flaws = compare_quotations("The first word stands here ... The last word stands there.", far)
    assert ("merge", True) in {(flaw.kind, flaw.marked) for flaw in flaws}


FAITHFUL = {
    "the very words": SOURCE,
    "marks, a small initial and no final stop": f"“w{SOURCE[1:].rstrip('.')}”",
    "an insertion in brackets": SOURCE.replace("the council", "the council [of steerers]"),
    "few words under a mark of omission": SOURCE.replace("kept the lamp lit", "kept ... lit"),
    "another spelling": SOURCE.replace("council", "councill"),
    "a note marker": SOURCE.replace("home.", "home.[4]"),
}


@pytest.mark.parametrize("quoted", FAITHFUL.values(), ids=FAITHFUL)
def test_what_a_quotation_may_do(quoted: str) -> None:
    """None of this is a fault."""
    assert compare_quotations(quoted, SOURCE) == ()


@given(st.text(max_size=200))
def test_a_text_is_faithful_to_itself(text: str) -> None:
    """Whatever the text, it does not differ from itself."""
    assert compare_quotations(text, text) == ()
