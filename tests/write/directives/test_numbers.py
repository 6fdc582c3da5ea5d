"""A number in a report is what the case holds when the report is built."""

from __future__ import annotations

import pytest

from factories_write import CODEBOOK, make_line, make_material, make_reliability
from linewatch.errors import DraftError
from linewatch.write.call import parse_call
from linewatch.write.directives import make_inline
from linewatch.write.material import Material, Results
from linewatch.write.page import Page
from linewatch.write.tree import get_plain


def build(directive: str, material: Material | None = None) -> str:
    """Return the words of a directive inside a sentence."""
    page = Page(material=material or make_material())
    return get_plain(make_inline(page, parse_call(directive, line=1, sentence="It is so.")))


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("items", "12"),
        ('items outlet="The Lamp"', "6"),
        ("held", "11"),
        ("cited", "1"),
        ("coded", "11"),
        ("undated", "1"),
        ("outlets", "4"),
        ("files", "12"),
        ("quotations", "12"),
        ("citations", "1"),
        ("passages", "11"),
        ("coders", "2"),
        ("problems", "2"),
        ("date", "9 January 2033"),
        ("period", "1 January 2031 to 31 May 2032"),
        ("alpha", "0.86 (0.78 to 0.92)"),
        ("p_turn", "0.96"),
        ("p_permutation", "0.03"),
        ("turn_date", "22 July 2031 to 6 October 2031"),
        ("before", "−1.7"),
        ("after", "+1.7"),
        ('mean outlet="The Chorus"', "−1"),
    ],
)
def test_number_is_computed(name: str, printed: str) -> None:
    """Each number by name."""
    expected = {"turn_date": "22 July to 6 October 2031"}.get(name, printed)
    assert build(f"number {name}") == expected


def test_number_follows_the_case() -> None:
    """With another case the same sentence has another number."""
    assert build("number problems", make_material(problems=())) == "0"


@pytest.mark.parametrize("name", ["p_turn", "before", "mean"])
def test_one_coder_has_no_value(name: str) -> None:
    """With one coder the fixed words stand instead of a value of the line."""
    results = Results(line=make_line(()), reliability=make_reliability(coders=("anna",)), codebook=CODEBOOK)
    assert build(f"number {name}", make_material(results=results)) == "one coder, reliability unknown"


def test_value_on_red_codes_fails_the_build() -> None:
    """A sentence that states a value of the line on red codes fails, named by line, directive and words."""
    results = Results(line=make_line(()), reliability=make_reliability(light="red"), codebook=CODEBOOK)
    with pytest.raises(
        DraftError, match=r"line 1 of the draft, {{ number mean }}: states the line .* “It is so.”"
    ):
        build("number mean", make_material(results=results))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ('turn_date series="North Pier Films"', "no turn of North Pier Films is established"),
        ('p_turn series="The Gull"', "no turn was looked for"),
        ('mean outlet="The Gull"', "no coded item"),
        ("alpha code=F99", "nothing is coded"),
    ],
)
def test_number_that_is_not_there_fails(name: str, message: str) -> None:
    """What is asked for and does not exist is named, never guessed."""
    with pytest.raises(DraftError, match=message):
        build(f"number {name}")
