"""Tells titles, names, terms, glosses and scare quotes from words that somebody says."""

from __future__ import annotations

import re
from functools import cache

from linewatch.find.media import get_media, join_words
from linewatch.find.prose import Marked, Prose
from linewatch.text.shapes import has_title_case
from linewatch.text.spans import count_words

_TITLING = re.compile(
    r"\b(?:titled|entitled|headlined|captioned|under the (?:title|heading|headline|name)|with the (?:title|headline|heading)|hashtag|so-called|code-?named|"
    r"the (?:term|terms|word|words|phrase|expression|concept|notion|hashtag|name|title|label|section|chapter|rubric)(?: of)?|"
    r"تحت عنوان|بعنوان|عنوانها|عنوانه|المعنون|المعنونة),?\s?(?:the\s)?[(*_]?\Z",
    re.IGNORECASE,
)
_NAMING = re.compile(
    r"\b(?:called|named|dubbed|nicknamed|known as|operation|headed|called the|known as the),?\s?(?:the\s)?[(*_]?\Z",
    re.IGNORECASE,
)
# "calls them the "warm road people"": the article makes a name of what follows.
_CALLING = re.compile(
    r"\b(?:call(?:s|ed|ing)?|term(?:s|ed)|dub(?:s|bed))\s(?:[\w'’-]+\s){1,4}(?:the|an?)\s\Z"
    r"|\b(?:call|calls|called|term|terms|termed)\sthe\s\Z"
    r"|\b(?:those|what|whom?|people)\s(?:\w+\s){1,3}call(?:s|ed)?\s\Z"
)
_GLOSS = re.compile(
    r"(?:\b(?:mean|means|meaning|meant|literally|lit\.|i\.e\.,?|translated as|translates (?:as|to)|translation:?|signif(?:ies|ying)|rendered as|that is,?|or,|denot(?:es|ing)|stands for|أي|يعني),?:?\s?(?:the\s)?)\Z",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[^\W\d_][*_]?\s\(\Z")
_SAYS = re.compile(
    r"(?::|\bsa(?:ys|id|ying),?|\bthat|\bwrote,?|\bwrites,?|\breads?,?|\badded,?|\basked,?)\s?\Z"
)
_SENTENCE_END = re.compile(r"[.!?؟…,][\"”’')\]]{0,2}\Z|\.\.\.\Z")
LEAST_WORDS = 3


def find_reason_against(prose: Prose, mark: Marked) -> str | None:
    """Return why marked words are nobody's speech: a title, a term, a gloss, too short; None where they may be."""
    words = prose.text[mark.start : mark.end]
    count = count_words(words[:400])
    if count < LEAST_WORDS:
        return "fewer than three words: a name, a term or a scare quote"
    before = prose.text[max(0, mark.before - 60) : mark.before]
    return next((reason for reason, holds in _TESTS if holds(prose, mark, words, before)), None)


def _is_titled(prose: Prose, mark: Marked, words: str, before: str) -> bool:  # noqa: ARG001 - one shape for all tests
    if count_words(words[:400]) > _LONGEST_TITLE:
        return False
    if _CALLING.search(before) and is_fragment(words):
        return True
    return _TITLING.search(before) is not None or (
        _NAMING.search(before) is not None and has_title_case(words)
    )


def _is_gloss(prose: Prose, mark: Marked, words: str, before: str) -> bool:
    count = count_words(words[:400])
    if count <= 12 and _GLOSS.search(before):
        return True
    closed = prose.text[mark.after : mark.after + 1] == ")"
    return count <= 10 and closed and _BRACKETED.search(before) is not None and words[-1:] not in ".!?"


def _is_name(prose: Prose, mark: Marked, words: str, before: str) -> bool:  # noqa: ARG001 - one shape for all tests
    count = count_words(words[:400])
    if not has_title_case(words.rstrip(".,")) or count > 12 or _SAYS.search(before):
        return False
    return not _SENTENCE_END.search(words.rstrip(",")) or (
        count <= 6 and words[-1:] in ".," and words[-2:-1] not in "!?."
    )


def _is_titled_piece(prose: Prose, mark: Marked, words: str, before: str) -> bool:
    if count_words(words[:400]) > _LONGEST_TITLE:
        return False
    nouns = _get_nouns()
    titled = has_title_case(words.strip(".,!?"))
    after = prose.text[mark.after : mark.after + 40]
    named_before = re.search(rf"\b(?:{nouns}),?\s?[(*_]?\Z", before, re.IGNORECASE) is not None
    named_after = (
        re.match(rf",?\s(?:an?|the|its)\s(?:\w+\s){{0,3}}(?:{nouns})\b", after, re.IGNORECASE) is not None
    )
    return (named_before and (titled or count_words(words) <= 4) and not words.rstrip().endswith(":")) or (
        named_after and titled
    )


@cache
def _get_nouns() -> str:
    others = (
        "book",
        "series",
        "chapter",
        "section",
        "play",
        "novel",
        "campaign",
        "operation",
        "project",
        "program",
        "programme",
        "paper",
        "track",
        "album",
        "website",
        "channel",
        "account",
        "group",
        "page",
    )
    return join_words({*get_media().nouns, *others})


_LONGEST_TITLE = 16
_TESTS = (
    ("a title or a name, by the word before it", _is_titled),
    ("a title: capitals, beside the noun for a piece of media", _is_titled_piece),
    ("a gloss: it says what a word means", _is_gloss),
    ("capitals throughout and nobody speaks: a title or a name", _is_name),
)


def is_fragment(words: str) -> bool:
    """Tell whether marked words are a piece of a sentence: they begin small, or are few and do not end as one does."""
    kept = words.strip("[(\"'“‘ .…")
    whole = kept[:1].isupper() or not kept[:1].isascii()
    return not (whole and (_SENTENCE_END.search(words.rstrip()) is not None or count_words(words[:400]) >= 8))
