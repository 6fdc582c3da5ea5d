"""Texts of editions: Tanzil's lines, USFM and OSIS, and what is wrong with broken ones."""

from __future__ import annotations

import pytest

from linewatch.errors import InputError
from linewatch.find.canon.editions import list_gaps, read_units
from linewatch.model import Canon

USFM = r"""\id JHN an invented sample
\h John
\c 1
\s A heading
\p
\v 1 In the \nd harbour\nd* were the boats\f + \ft a note\f*,
\q1 and the boats were many.
\v 2-3 \w They|lemma="they"\w* were mended.
\c 2
\v 1 The end.
"""
OSIS = """<osis xmlns="http://www.bibletechnologies.net/2003/OSIS/namespace"><osisText><div><chapter osisID="John.1">
<title>A heading</title><p><verse sID="a" osisID="John.1.1"/>In the <hi>harbour</hi><note>n</note> were boats<verse eID="a"/></p>
<verse osisID="John.1.2">They were mended.</verse></chapter></div></osisText></osis>"""

READ = {
    "tanzil": ("tanzil", "# a notice\n1|1|One boat\n1|2|Two boats\n", {"1:1": "One boat", "1:2": "Two boats"}),
    "usfm": ("usfm", USFM, {"John 1:1": "In the harbour were the boats, and the boats were many.", "John 1:2": "They were mended.", "John 2:1": "The end."}),
    "osis": ("osis", OSIS, {"John 1:1": "In the harbour were boats", "John 1:2": "They were mended."}),
}  # fmt: skip


@pytest.mark.parametrize(("form", "text", "units"), READ.values(), ids=READ)
def test_text_by_unit(form: str, text: str, units: dict[str, str]) -> None:
    """A text is read by unit; notes, headings and attributes are no part of it."""
    assert read_units(text.encode(), form, "sample").units == units


BROKEN = {
    "no line of the form": ("tanzil", b"one|two|three", "line 1"),
    "a verse twice": ("tanzil", b"1|1|a\n1|1|b", "twice"),
    "nothing": ("tanzil", b"", "no unit"),
    "not UTF-8": ("tanzil", b"1|1|\xff", "UTF-8"),
    "an unknown book": ("usfm", rb"\id XYZ \c 1 \v 1 a", "XYZ"),
    "broken XML": ("osis", b"<osis><verse osisID='John.1.1'>", "well-formed"),
    "a DOCTYPE": ("osis", b"<!DOCTYPE osis [<!ENTITY a 'b'>]><osis/>", "DOCTYPE"),
    "a strange osisID": ("osis", b"<osis><verse osisID='John'>a</verse></osis>", "book.chapter.verse"),
}


@pytest.mark.parametrize(("form", "data", "said"), BROKEN.values(), ids=BROKEN)
def test_broken_text_is_refused_with_its_place(form: str, data: bytes, said: str) -> None:
    """What is wrong is said in one line that names the file."""
    with pytest.raises(InputError, match=r"sample: |sample is|sample holds") as raised:
        read_units(data, form, "sample")
    assert said in str(raised.value)


QURAN_LIKE = Canon(name="rule", title="", numbering="sura:verse", sizes={"1": "2", "2": "1"})
GAPS = {
    "whole": (["1:1", "1:2", "2:1"], 0),
    "a verse absent": (["1:1", "2:1"], 1),
    "one too many": (["1:1", "1:2", "2:1", "2:2"], 1),
    "a number left out": (["1:1", "1:3", "2:1"], 1),
    "a chapter that is none": (["1:1", "1:2", "2:1", "3:1"], 1),
}


@pytest.mark.parametrize(("refs", "gaps"), GAPS.values(), ids=GAPS)
def test_gaps(refs: list[str], gaps: int) -> None:
    """An edition that is not whole says what it lacks."""
    assert len(list_gaps(QURAN_LIKE, refs)) == gaps
