"""An address in the evidence is printed so that nobody follows it by accident."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewatch.write.address import defang

DEAD = [
    ("https://lamp.example.org/a.b?c=d.e", "hxxps://lamp[.]example[.]org/a.b?c=d.e"),
    ("HTTP://LAMP.example.org", "hxxp://LAMP[.]example[.]org"),
    ("(http://lamp.example.org).", "(hxxp://lamp[.]example[.]org)."),
    ("ftp://lamp.example.org", "ftp[:]//lamp[.]example[.]org"),
    ("t.me/harbour", "t[.]me/harbour"),
    ("www.lamp.example", "www[.]lamp[.]example"),
    ("crew@lamp.org", "crew[@]lamp[.]org"),
    ("https://a.org/?to=https://b.org/c", "hxxps://a[.]org/?to=hxxps://b[.]org/c"),
    ("hxxps://lamp[.]example[.]org", "hxxps://lamp[.]example[.]org"),
    ("انظر https://lamp.org الآن", "انظر hxxps://lamp[.]org الآن"),
]


@pytest.mark.parametrize(("words", "dead"), DEAD)
def test_address_is_defanged(words: str, dead: str) -> None:
    """Schemes, hosts and mail addresses are broken; paths are left to be read."""
    assert defang(words) == dead


@pytest.mark.parametrize(
    "words", ["Row on. The tide turns.", "at 3.30 p.m.", "end.Then", "Charter 4:2", "a/b", "..."]
)
def test_prose_stays(words: str) -> None:
    """A full stop between words is no address."""
    assert defang(words) == words


@given(st.text(alphabet="htps:/.wmeorg @()“”[]x\n", max_size=60))
def test_nothing_defanged_is_live(words: str) -> None:
    """Whatever the text, no web scheme is left in it, and doing it again changes nothing."""
    dead = defang(words)
    assert not re.search(r"https?://", dead, re.IGNORECASE)
    assert defang(dead) == dead
