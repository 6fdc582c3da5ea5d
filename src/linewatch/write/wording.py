"""How words, dates and counts are put in print: inlines from evidence text, and plain English for values.

Everything that reaches the report as words passes through `make_inlines`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from linewatch.model import When
from linewatch.write.address import defang
from linewatch.write.tree import Direction, Emphasis, Inline, Isolate, Paragraph, Text

_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RTL_LETTER = re.compile(f"[{_RTL}]")
_LTR_LETTER = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u052f]")
_RTL_RUN = re.compile(f"[{_RTL}]+(?:[\\s0-9\u200c\u200d.:،؛؟-]+[{_RTL}]+)*")
_SPACE = re.compile(r"\s+")
_ISO_DAY = re.compile(r"(?<![\w-])\d{4}-\d\d-\d\d(?![\w-])")
_TIED = re.compile(r"\b[pP](?:\(turn\))? [=<] |\d %")
"""What a line does not break inside of."""
_MINUS = re.compile(r"(?<![\w-])-(?=\d)")
_UNPRINTABLE = {
    **{point: None for point in range(32) if point not in {9, 10, 13}},
    **dict.fromkeys(range(127, 160)),
    **dict.fromkeys((173, 65279, 8206, 8207, 1564, *range(8234, 8239), *range(8294, 8298))),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    0xFFFE: None,
    0xFFFF: None,
}
"""Controls no page can hold, and the marks with which a text could turn the line around it."""

LONGEST_RUN = 300
"""Letters without a space that are printed: as many as a quotation in a script without spaces may have."""
_RUN = re.compile(rf"(\S{{{LONGEST_RUN}}})\S+")

RTL_LANGUAGES = frozenset({"ar", "fa", "he", "ur", "ps", "ckb", "yi"})


def strip_controls(text: str) -> str:
    """Return the text without controls and without marks that turn the line; its lines stay."""
    return text.translate(_UNPRINTABLE)


def clean(text: str) -> str:
    """Return the text as one printable line: controls left out, white space as single spaces, addresses defanged.

    A run of letters that no line can hold is cut, with a mark: breaking thousands of them takes a renderer minutes.
    """
    return _RUN.sub(r"\1[…]", defang(_SPACE.sub(" ", strip_controls(text))))


def clean_lines(text: str) -> list[str]:
    """Return the printable lines of a text, the empty ones left out."""
    return [line for raw in text.splitlines() if (line := clean(raw).strip())]


def make_inlines(text: str, *, language: str | None = None) -> tuple[Inline, ...]:
    """Return text as inlines, runs of right-to-left script isolated from what surrounds them."""
    return tuple(_split_runs(clean(text), language if language in RTL_LANGUAGES else "ar"))


def _split_runs(text: str, language: str | None) -> Iterator[Inline]:
    end = 0
    for run in _RTL_RUN.finditer(text):
        if run.start() > end:
            yield Text(words=text[end : run.start()])
        yield Isolate(words=run[0], language=language or "ar", direction="rtl")
        end = run.end()
    if end < len(text):
        yield Text(words=text[end:])


def get_direction(text: str, language: str | None = None) -> Direction:
    """Return the direction a block of text is set in: its language's, or that of most of its letters.

    >>> get_direction("قال المجذفون we row")
    'rtl'
    """
    if language is not None:
        return "rtl" if language in RTL_LANGUAGES else "ltr"
    return "rtl" if len(_RTL_LETTER.findall(text)) > len(_LTR_LETTER.findall(text)) else "ltr"


def say(words: str) -> tuple[Paragraph, ...]:
    """Return a paragraph of its own."""
    return (Paragraph(children=make_inlines(words)),)


def strong(text: str) -> Emphasis:
    """Return words set strongly apart."""
    return Emphasis(children=make_inlines(text), strong=True)


def slanted(text: str) -> Emphasis:
    """Return words set apart as a title is."""
    return Emphasis(children=make_inlines(text))


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number and its noun.

    >>> count(1, "item"), count(2, "entry", "entries")
    ('1 item', '2 entries')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def join_words(words: Iterable[str]) -> str:
    """Return words as a list in a sentence.

    >>> join_words(["song", "notice", "film"])
    'song, notice and film'
    """
    listed = list(words)
    return " and ".join([", ".join(listed[:-1]), listed[-1]] if len(listed) > 1 else listed)


def format_day(day: date) -> str:
    """Return a day as the report prints it.

    >>> format_day(date(2031, 5, 3))
    '3 May 2031'
    """
    return f"{day.day} {day:%B %Y}"


def format_span(begins: date, ends: date) -> str:
    """Return two days as a period, what they share said once.

    >>> format_span(date(2031, 1, 1), date(2031, 4, 30))
    '1 January to 30 April 2031'
    """
    if begins == ends:
        return format_day(begins)
    first = f"{begins.day} {begins:%B}" if begins.year == ends.year else format_day(begins)
    return f"{first} to {format_day(ends)}"


def dress_numbers(text: str) -> str:
    """Return a sentence of another room's with its dates and signs as the report prints them.

    >>> dress_numbers("from -1.4 to +1.0, most likely between 2032-01-28 and 2032-02-11")
    'from −1.4 to +1.0, most likely between 28 January 2032 and 11 February 2032'
    """
    dated = _MINUS.sub("−", _ISO_DAY.sub(_dress_day, text))
    return _TIED.sub(lambda match: match[0].replace(" ", "\u00a0"), dated)


def _dress_day(match: re.Match[str]) -> str:
    try:
        return format_day(date.fromisoformat(match[0]))
    except ValueError:
        return match[0]


def format_when(when: When | None) -> str:
    """Return a date as far as it is known, never as an instant it is not.

    >>> format_when(When(latest=date(2031, 5, 3), precision="interval"))
    'by 3 May 2031'
    """
    if when is None or (when.earliest is None and when.latest is None):
        return _format_incomplete(when) if when is not None else "undated"
    if when.earliest is None:
        return f"by {format_day(when.latest)}" if when.latest is not None else "undated"
    if when.latest is None:
        return f"from {format_day(when.earliest)}"
    whole = {"month": f"{when.earliest:%B %Y}", "year": str(when.earliest.year)}
    return whole.get(when.precision) or format_span(when.earliest, when.latest)


def _format_incomplete(when: When) -> str:
    if when.iso is not None and when.iso.startswith("--"):
        day = date.fromisoformat(f"2000-{when.iso[2:]}")
        return f"{day.day} {day:%B}, year unknown"
    return clean(when.printed) if when.printed else "undated"


def format_score(score: float | None) -> str:
    """Return a place on the scale with its sign, a true minus, and no more digits than it needs.

    >>> format_score(-1.5), format_score(2.0), format_score(0)
    ('−1.5', '+2', '0')
    """
    if score is None:
        return "–"
    text = f"{score:+.2f}".rstrip("0").rstrip(".")
    return "0" if float(text) == 0 else text.replace("-", "−")


def format_point(score: float, points: Mapping[int, str]) -> str:
    """Return a place on the scale with the name of its point, where it is one.

    >>> format_point(-1, {-1: "Blame"}), format_point(0.5, {0: "Balanced", 1: "Still ours"})
    ('−1 Blame', '+0.5')
    """
    name = points.get(round(score), "") if score == round(score) else ""
    return f"{format_score(score)} {name}".rstrip()


def format_coefficient(value: float | None) -> str:
    """Return a coefficient of agreement with two digits.

    >>> format_coefficient(1.0), format_coefficient(-0.014), format_coefficient(-0.001), format_coefficient(None)
    ('1.00', '−0.01', '0.00', '–')
    """
    return "–" if value is None else f"{round(value, 2) + 0.0:.2f}".replace("-", "−")


def format_share(share: float | None) -> str:
    """Return a probability or coefficient with two digits; the ends are never printed as certainty.

    >>> format_share(0.999), format_share(0.0004), format_share(0.5)
    ('above 0.99', 'below 0.01', '0.50')
    """
    if share is None:
        return "not computed"
    if share >= 0.995:
        return "above 0.99"
    return "below 0.01" if 0 <= share < 0.005 else f"{share:.2f}".replace("-", "−")
