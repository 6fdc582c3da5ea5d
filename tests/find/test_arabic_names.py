"""Names of persons in Arabic script: after a verb of speech, after a title, as a kunya, and wherever they stand again."""

from __future__ import annotations

from itertools import pairwise

import pytest

from linewatch.find.arabic_names import find_arabic_persons

NAMES = {
    "after a verb of speech": ("قال توبين بارا: «الباب مفتوح لكل من عاد».", ["توبين بارا"]),
    "after a title": ("حضر الشيخ يوسف المرساوي في المساء.", ["يوسف المرساوي"]),
    "after a spokesman's office": ("وصرح المتحدث باسم العصبة كريم عبد الله أمس.", ["كريم عبد الله"]),
    "a kunya": ("ثم عاد أبو خالد المرساوي إلى الرصيف.", ["أبو خالد المرساوي"]),
    "a vocalised verb": ("قَالَ سالم الحداد إن القوارب عادت.", ["سالم الحداد"]),
    "again without a cue": (
        "قال سالم الحداد إن القوارب عادت. ثم ذهب سالم الحداد.",
        ["سالم الحداد", "سالم الحداد"],
    ),
    "a newspaper is nobody": ("قالت صحيفة المنارة إن القوارب عادت.", []),
    "a council is nobody": ("أعلن المجلس أن الباب مفتوح.", []),
    "no name at all": ("عادت القوارب قبل حلول الظلام.", []),
    "no Arabic at all": ("The boats came back before dark.", []),
}


@pytest.mark.parametrize(("text", "names"), NAMES.values(), ids=NAMES)
def test_arabic_names_of_persons(text: str, names: list[str]) -> None:
    """A person's name is found by what leads it in; bodies and papers that speak are no persons."""
    assert [text[start:end] for start, end, _ in find_arabic_persons(text)] == names


@pytest.mark.parametrize("unit", ["قال فلان ", "الشيخ ", "أبو ", "قال ", "\u064e", "أ"])
def test_long_runs_come_to_an_end(unit: str) -> None:
    """A text of nothing but cues, titles or vowel marks is read to its end, and no two names overlap."""
    places = list(find_arabic_persons(unit * 2000))
    assert all(one[1] <= other[0] for one, other in pairwise(places))
