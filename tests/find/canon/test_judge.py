"""The verdict on quoted words: each kind of fault has its name, and nothing else has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewatch.find.canon.judge import judge
from linewatch.find.canon.shelf import Shelf
from linewatch.model import Canon

from .conftest import HARBOUR

RULE = HARBOUR.units
BARE = "المجلس يصلح القوارب قبل أن يطلي القاعة"

ARABIC = {
    "as printed": (RULE["2:3"], "2:3", "exact", "harbour 2:3"),
    "without a reference": (RULE["2:3"], None, "exact", "harbour 2:3"),
    "without vowel marks": (BARE, "2:3", "variant", "harbour 2:3"),
    "hamza and last letter otherwise": (
        "المجلس يصلح القوارب قبل ان يطلى القاعه",
        "2:3",
        "variant",
        "harbour 2:3",
    ),
    "a vowel mark that contradicts": (RULE["2:3"].replace("قَبْلَ", "قُبْلَ"), "2:3", "altered", "harbour 2:3"),
    "cut off at the end": ("الْمَجْلِسُ يُصْلِحُ الْقَوَارِبَ", "2:3", "partial", "harbour 2:3"),
    "a word swapped for another": (
        RULE["2:3"].replace("الْقَوَارِبَ", "الْأَسْوَارَ"),
        "2:3",
        "altered",
        "harbour 2:3",
    ),
    "a negation dropped inside": (RULE["2:2"].replace("وَلَا ", ""), "2:2", "altered", "harbour 2:2"),
    "a negation dropped before": (RULE["1:2"].removeprefix("لَا "), "1:2", "altered", "harbour 1:2"),
    "the vocative written together": (
        RULE["2:2"].replace("يَا أَيُّهَا", "يَأَيُّهَا"),
        "2:2",
        "variant",
        "harbour 2:2",
    ),
    "another unit's number": (RULE["2:3"], "2:2", "wrong-reference", "harbour 2:3"),
    "an impossible number": (RULE["2:3"], "2:9", "wrong-reference", "harbour 2:3"),
    "two in a row, cited as two": (f"{RULE['2:3']} {RULE['2:4']}", "2:3-4", "exact", "harbour 2:3-4"),
    "two in a row, cited as one": (f"{RULE['2:3']} {RULE['2:4']}", "2:3", "merged", "harbour 2:3-4"),
    "two far apart run together": (f"{RULE['2:4']} {RULE['1:2']}", None, "merged", "harbour 2:4; 1:2"),
    "the opening before a chapter": (RULE["2:1"], "2:1", "exact", "harbour 2:1"),
    "the chapter's first without the opening": (
        " ".join(RULE["2:1"].split()[3:]),
        "2:1",
        "exact",
        "harbour 2:1",
    ),
    "not in the canon": ("جلس الرجل أمام بيته وأكل خبزا طازجا مع أولاده", None, "unknown", None),
    "nothing quoted": ("...", "2:3", "unknown", "harbour 2:3"),
}


@pytest.mark.parametrize(("words", "claimed", "verdict", "ref"), ARABIC.values(), ids=ARABIC)
def test_verdicts_on_arabic(
    harbour: Shelf, words: str, claimed: str | None, verdict: str, ref: str | None
) -> None:
    """Words are exact, variant, partial, altered, merged or of another place; the reference is the one that is right."""
    judged = judge(harbour, words, claimed)
    assert (judged.verdict, judged.ref) == (verdict, ref)


LATIN = {
    "as printed": ("It has no owner, and no member may sell a place in it.", "1:2", "exact"),
    "another capital and end": ("it has no owner, and no member may sell a place in it", "1:2", "exact"),
    "other punctuation": ("It has no owner; and no member may sell a place in it.", "1:2", "variant"),
    "an omission that is marked": (
        "Dues are paid at the quarter ... publish what was spent.",
        "6:2",
        "partial",
    ),
    "an omission that is not": (
        "Dues are paid at the quarter, and the council publish what was spent.",
        "6:2",
        "altered",
    ),
    "an explanation in brackets": (
        "What the League [of rowers] holds, it holds for those who come after.",
        "1:3",
        "variant",
    ),
    "a negation dropped": ("When the red cone is raised boat leaves the harbour.", "10:1", "altered"),
    "a whole article named": ("The steerer decides on the water, and is argued with on land.", "10", "exact"),
    "a list of clauses": ("It has no owner, and no member may sell a place in it.", "1:2, 3", "partial"),
}


@pytest.mark.parametrize(("words", "claimed", "verdict"), LATIN.values(), ids=LATIN)
def test_verdicts_on_english(charter: Shelf, words: str, claimed: str, verdict: str) -> None:
    """Punctuation, brackets and marked omissions are told apart from changed words."""
    assert judge(charter, words, claimed).verdict == verdict


def test_what_was_left_out_is_given_in_the_canons_words(harbour: Shelf) -> None:
    """The words before, inside and after stand beside the quotation, and an exception among them is flagged."""
    judged = judge(harbour, "وَمَنْ غَابَ ... فَقَدْ أَخْطَأَ", "2:4")
    assert judged.left_out == ("", "بِلَا خَبَرٍ", "إِلَّا أَنْ يَكُونَ مَرِيضًا")
    assert "exception" in judged.weights


def test_differences_are_word_by_word(harbour: Shelf) -> None:
    """An altered word stands beside the canon's."""
    judged = judge(harbour, RULE["2:3"].replace("الْقَوَارِبَ", "الْأَسْوَارَ"), "2:3")
    assert [(one.kind, one.quoted, one.canon) for one in judged.differences] == [
        ("changed", "الْأَسْوَارَ", "الْقَوَارِبَ")
    ]


def test_bracket_of_the_quoter_is_told_apart(charter: Shelf) -> None:
    """Words in brackets that the canon does not have are the quoter's, and no fault of the quotation."""
    judged = judge(charter, "What the League [of rowers] holds, it holds for those who come after.", "1:3")
    assert [(one.kind, one.quoted) for one in judged.differences] == [("bracket", "of rowers")]


def test_negation_dropped_at_the_end_alters() -> None:
    """English may deny after the verb: what is cut off there turns the sense, and is more than a cut."""
    shelf = Shelf(
        Canon(
            name="rule",
            title="The Rule",
            language="en",
            units={"1:1": "The tide waits for nobody, and those who sleep hear it not."},
        )
    )
    assert judge(shelf, "The tide waits for nobody, and those who sleep hear it", "1:1").verdict == "altered"
    assert judge(shelf, "The tide waits for nobody, and those who sleep", "1:1").verdict == "partial"


def test_every_bracket_has_its_owner(charter: Shelf) -> None:
    """What the quoter puts in is the quoter's; what a translation has in brackets, and a quotation leaves out, is the translator's."""
    (added,) = judge(
        charter, "What the League [of rowers] holds, it holds for those who come after.", "1:3"
    ).differences
    assert (added.kind, added.owner) == ("bracket", "quoter")
    shelf = Shelf(
        Canon(
            name="rule",
            title="The Rule",
            language="en",
            units={"1:1": "Mend the boat (before dusk) and row it home to the pier."},
        )
    )
    (left,) = judge(shelf, "Mend the boat and row it home to the pier.", "1:1").differences
    assert (left.kind, left.canon, left.owner) == ("bracket", "before dusk", "translator")


def test_canon_without_an_edition_says_so() -> None:
    """Without a text nothing is said of the words."""
    bare = Shelf(HARBOUR.__class__(name="harbour", title="The Rule"))
    assert judge(bare, "anything at all", "1:1")[0] == "unknown"


@given(st.sampled_from([ref for ref in sorted(RULE) if ref != "2:1"]), st.data())
def test_every_cut_of_a_unit_is_partial_or_whole(ref: str, data: st.DataObject) -> None:
    """Words taken from a unit in a row are never called altered, except right after a negation."""
    words = RULE[ref].split()
    first = data.draw(st.integers(0, len(words) - 3))
    last = data.draw(st.integers(first + 3, len(words)))
    if first and words[first - 1] in {"لَا", "وَلَا"}:
        return
    assert judge(SHELF, " ".join(words[first:last]), ref).verdict in {"exact", "partial"}


SHELF = Shelf(HARBOUR)
