"""Script and language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewatch.text.scripts import find_language, get_arabic_share

CASES = {
    "english": ("The boats went out at dawn and nobody was left on the quay.", "en"),
    "arabic": ("خرجت القوارب عند الفجر ولم يبق أحد على الرصيف.", "ar"),
    "short arabic": ("خرجت القوارب", "ar"),
    "persian is not arabic": ("قایق‌ها در سپیده‌دم بیرون رفتند و هیچ‌کس در اسکله نماند و چراغ خاموش شد.", "fa"),
    "too short": ("hm", None),
    "no letters": ("1234 5678 -- ...", None),
}


@pytest.mark.parametrize(("text", "language"), CASES.values(), ids=CASES)
def test_language(text: str, language: str | None) -> None:
    """The language is told where there is enough to tell it by."""
    assert find_language(text) == language


@given(st.text(max_size=200))
def test_any_text_has_a_share_and_raises_nothing(text: str) -> None:
    """No text raises, and the share of Arabic letters is a share."""
    find_language(text)
    assert 0 <= get_arabic_share(text) <= 1
