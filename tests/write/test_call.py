"""A directive is read from between its braces, and its faults are named."""

from __future__ import annotations

import pytest

from linewatch.errors import DraftError
from linewatch.write.call import parse_call


@pytest.mark.parametrize(
    ("raw", "args", "options"),
    [
        (" finding ", (), {}),
        ("number items", ("items",), {}),
        ('passages most=6 outlet="The Lamp"', (), {"most": "6", "outlet": "The Lamp"}),
        ("quotation a1 whole because=“all of it matters”", ("a1", "whole"), {"because": "all of it matters"}),
        ('note "in my own words"', ("in my own words",), {}),
    ],
)
def test_directive_is_read(raw: str, args: tuple[str, ...], options: dict[str, str]) -> None:
    """Names, arguments and options are told apart, straight and curly quotation marks alike."""
    call = parse_call(raw)
    assert (call.args, call.options) == (args, options)


@pytest.mark.parametrize("raw", ["", "   ", "most=6"])
def test_no_name_is_an_error(raw: str) -> None:
    """Braces without a directive name the line they stand on."""
    with pytest.raises(DraftError, match="line 7"):
        parse_call(raw, line=7)


def test_unknown_option_lists_the_known() -> None:
    """An option that a directive does not have is named with those it has."""
    with pytest.raises(DraftError, match="has no option colour") as caught:
        parse_call("passages colour=red").check_options({"most"})
    assert caught.value.hint == "known options: most"


def test_missing_argument_says_what() -> None:
    """A directive without its argument says what it needs."""
    with pytest.raises(DraftError, match="needs a number's name"):
        parse_call("number").get_arg("a number's name")
