"""Quotations and speakers in Arabic: the verbs, who is quoted by an outlet, "according to", words without marks."""

from __future__ import annotations

import pytest

from .conftest import Body

SAID = {
    "a verb before": ("قالت أدا ميرو: «الباب مفتوح لكل من عاد».", "أدا ميرو"),
    "vocalised": ("وَقَالَتْ أدا ميرو: «مَنْ عَادَ فَلَهُ مَقْعَدُهُ».", "أدا ميرو"),
    "joined and feminine": ("وأوضحت أدا ميرو في مقابلة مع الإذاعة: «الباب مفتوح لكل من عاد».", "أدا ميرو"),
    "a verb after": ("«الباب مفتوح لكل من عاد»، قال توبين بارا.", "توبين بارا"),
    "according to": ("وبحسب توبين بارا، «الباب مفتوح لكل من عاد».", "توبين بارا"),
    "quoted by an outlet": ("نقلت صحيفة المنارة عن توبين بارا قوله: «الباب مفتوح لكل من عاد».", "توبين بارا"),
    "saying": ("رد توبين بارا قائلا: «الباب مفتوح لكل من عاد».", "توبين بارا"),
    "to a medium": ("صرّح توبين بارا لإذاعة الفنار: «الباب مفتوح لكل من عاد».", "توبين بارا"),
    "went on": ("قال توبين بارا إن الرصيف هادئ. وتابع: «الباب مفتوح لكل من عاد».", "توبين بارا"),
    "an office": ("وقالت المتحدثة باسم عصبة المرفأ أدا ميرو: «الباب مفتوح لكل من عاد».", "أدا ميرو"),
    "without marks": ("وقالت أدا ميرو في رسالتها:\n\nالباب مفتوح لكل من عاد.", "أدا ميرو"),
}


@pytest.mark.parametrize(("text", "speaker"), SAID.values(), ids=SAID)
def test_who_speaks(body: Body, text: str, speaker: str) -> None:
    """The one quotation of a text has the speaker whom the sentence names."""
    assert [told for _, told in body(text).list_quotations("speaker")] == [speaker]


def test_the_inner_marks_stay_inside(body: Body) -> None:
    """A quotation inside a quotation is a segment of it."""
    look = body('قال توبين بارا: «سمعت الشيخ يقول "لا تتركوا الفنار" ثم سكت».')
    (quotation,) = look.scan["quotations"]
    assert look.cut(quotation) == 'سمعت الشيخ يقول "لا تتركوا الفنار" ثم سكت'
    assert [one["kind"] for one in quotation["segments"]] == ["verbatim", "nested", "verbatim"]
