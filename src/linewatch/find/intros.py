"""Where the subject of a sentence begins: after "Later,", "As the film begins,", "On 3 May 2031,"."""

from __future__ import annotations

from collections.abc import Sequence

from linewatch.find.phrases import read_phrase
from linewatch.find.tokens import Token
from linewatch.find.words import get_grammar

# "Two issues later the editors added".
_ISSUES = frozenset({"issue", "issues", "page", "pages", "verse", "verses", "chapter", "chapters"})


def skip_intro(tokens: Sequence[Token], stop: int) -> int:
    """Return where the subject may begin: after "Later,", "As the film begins,", "On 3 May 2031,".

    >>> words = "As the film begins, the narrator says"
    >>> from linewatch.find.tokens import tokenize
    >>> skip_intro(tokenize(words, 0, len(words)), 7)
    5
    """
    intros = get_grammar().intros
    at = skip_label(tokens, stop)
    for _ in range(4):
        while at < stop and not tokens[at].text[0].isalnum():
            at += 1
        if at >= stop:
            return at
        word = tokens[at]
        past_time = _skip_time(tokens, at, stop)
        if past_time is not None:
            at = past_time
            continue
        leads = (
            word.low in intros
            or (word.low.endswith("ly") and at + 1 < stop and tokens[at + 1].text == ",")
            or (at == 0 and word.low.endswith("ing"))
        )
        if not leads:
            return at
        if word.low in get_grammar().openers:
            at += 2 if at + 1 < stop and tokens[at + 1].text == "," else 1
            continue
        comma = next(
            (n for n in range(at, stop) if tokens[n].text == "," and not _is_inside_date(tokens, n)), None
        )
        if comma is None or comma + 1 >= stop:
            return _skip_bare_intro(tokens, at, stop)
        at = comma + 1
    return at


def skip_label(tokens: Sequence[Token], stop: int) -> int:
    """Return the place after what only numbers or dates a paragraph: "- 4 March:", "4.4", "(16 May)."."""
    at = 0
    while at < stop and tokens[at].text in {"-", "–", "•", "·"}:
        at += 1
    numbers = at
    while numbers < stop and (tokens[numbers].text.isdigit() or tokens[numbers].text == "."):
        numbers += 1
    if numbers > at and (numbers - at > 1 or numbers == stop):
        return numbers
    colon = next((n for n in range(at, min(stop, at + 6)) if tokens[n].text == ":"), None)
    dated = colon is not None and any(token.text.isdigit() for token in tokens[at:colon])
    return colon + 1 if colon is not None and dated else at


def _skip_time(tokens: Sequence[Token], at: int, stop: int) -> int | None:
    """Return the place after an opening such as "Last week," or "Three days later"; None where there is none."""
    later = next(
        (n for n in range(at, min(stop, at + 5)) if tokens[n].low in {"later", "afterwards", "ago"}), 0
    )
    if later > at and tokens[later - 1].low in get_grammar().time_nouns | _ISSUES:
        return later + 1
    comma = next((n for n in range(at, min(stop, at + 6)) if tokens[n].text == ","), None)
    if comma is None or not any(token.low in get_grammar().time_nouns for token in tokens[at:comma]):
        return None
    return comma + 1


def _is_inside_date(tokens: Sequence[Token], comma: int) -> bool:
    after = tokens[comma + 1].text if comma + 1 < len(tokens) else ""
    before = tokens[comma - 1].text if comma else ""
    return before.isdigit() and len(before) <= 2 and after.isdigit() and len(after) == 4


def _skip_bare_intro(tokens: Sequence[Token], at: int, stop: int) -> int:
    """Return where the subject begins after an opening phrase without a comma: "In a statement the League said"."""
    if tokens[at].low not in get_grammar().prepositions:
        return at + 1 if at + 1 < stop and tokens[at].low in get_grammar().intros else at
    phrase = read_phrase(tokens, at + 1)
    if phrase is None or phrase.last >= stop:
        return at
    return phrase.last
