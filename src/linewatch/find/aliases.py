"""Finds the other names that a text says an actor goes by: aka, nom de guerre, real name, born, usually called.

Initialisms, spelling variants and epithets are no aliases. Nothing here looks anyone up.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from linewatch.find.base import Reading, make_finding
from linewatch.find.words import NAME_PATTERN, get_titles
from linewatch.model import Alias, Finding

NAME = "aliases.v1"

_Q = r"[\"“‘«']?"
_E = r"[\"”’»']?"
_OTHER = rf"(?:the\s)?{_Q}(?P<first>{NAME_PATTERN}){_E}"
_MORE = re.compile(
    rf"(?:\s?(?:,|/|;)\s?(?:and\s|or\s)?|\s(?:and|or)\s)(?:(?:as|a\.?k\.?a\.?)\s)?(?:the\s)?{_Q}(?P<next>{NAME_PATTERN}){_E}"
)
_CUES = (
    (r"(?:a\.?k\.?a\.?|f\.?k\.?a\.?|also known as|also known by the name|also known under the name|better known as|best known as|otherwise known as|commonly known as|popularly known as|known also as|known online as|known as|alias|also called|also referred to as|who (?:also )?goes by(?: the names?)?|going by|who uses the names?)", "aka"),
    (r"(?:whose |his |her |the )?(?:nom de guerre|war name|kunya|call[ -]?sign|code ?name|nickname|pen name|pseudonym|stage name)(?:s)?(?:\s(?:is|was|being|of|:))?", "nom de guerre"),
    (r"(?:whose |his |her |their )?(?:real|true|birth|full|given|legal|former|original) name(?:\s(?:is|was|being))?:?", "real name"),
    (r"(?:born|née|né|formerly(?: known as| called)?|previously known as)", "former name"),
    (r"(?:usually|often|generally|commonly|sometimes|simply)\s(?:called|known as|styled|named)", "usual name"),
    (r"(?:nicknamed|codenamed|code-named|dubbed himself|dubbed herself|calling himself|calling herself|styling himself|under the (?:name|alias|pseudonym|nom de guerre|kunya)(?: of)?|using the (?:name|alias|pseudonym|kunya)(?: of)?|writing as|posting as|tweeting as)", "pseudonym"),
)  # fmt: skip
_BETWEEN = r"(?:\s?\([^()\n]{0,40}\))?\s?[,(–—-]{0,2}\s?(?:who\s(?:is|was)\s|which\sis\s|is\s|was\s|(?:is|was)\salso\s|and\s)?"
_PATTERNS = tuple(
    (re.compile(rf"(?P<name>{NAME_PATTERN}){_BETWEEN}\b{cue}\s{_OTHER}"), kind) for cue, kind in _CUES
)
_ARABIC = re.compile(
    r"(?P<name>[\u0621-\u064a]{2,15}(?:\s[\u0621-\u064a]{2,15}){0,2})،?\s(?:المعروف|المعروفة|الملقب|الملقبة|المكنى|واسمه الحقيقي|المشهور)\s?(?:باسم\s|ب[ـ]?\s?)?[«\"“]?(?P<first>[\u0621-\u064a]{2,15}(?:\s[\u0621-\u064a]{2,15}){0,3})[»\"”]?"
)
_NOT_NAMES = frozenset(
    [
        "the",
        "a",
        "an",
        "this",
        "that",
        "he",
        "she",
        "it",
        "they",
        "in",
        "on",
        "at",
        "for",
        "but",
        "and",
        "i",
        "we",
    ]
)
_AKA = re.compile(
    r"a\.?k\.?a|known|alias|nom de guerre|name|born|n[ée]e|called|nick|code|call|pseudonym|goes|kunya|writing as|posting as|المعروف|الملقب|المكنى|اسم"
)


class _Pair(NamedTuple):
    start: int
    end: int
    name: str
    others: tuple[str, ...]
    kind: str


def find(reading: Reading) -> Iterator[Finding]:
    """Yield each actor with the other names the text gives, the name in its fullest form."""
    grouped: dict[str, list[_Pair]] = defaultdict(list)
    for pair in sorted(_list_pairs(reading.text), key=lambda one: one.start):
        grouped[get_full_name(reading.text, pair.name)].append(pair)
    for name, pairs in grouped.items():
        others = tuple(dict.fromkeys(other for pair in pairs for other in pair.others if other != name))
        if others:
            value = Alias(name=name, aka=others, name_kind=pairs[0].kind)
            yield make_finding(
                reading,
                pairs[0].start,
                pairs[0].end,
                value,
                finder=NAME,
                reason=f"the text says so: {pairs[0].kind}",
            )


def _list_pairs(text: str) -> Iterator[_Pair]:
    windows = _list_windows(text)
    for start, end in windows:
        seen: list[tuple[int, int]] = []
        for pattern, kind in _PATTERNS:
            for hit in pattern.finditer(text, start, end):
                if any(a < hit.end() and hit.start() < b for a, b in seen):
                    continue
                pair = _make_pair(text, hit, kind)
                if pair is not None:
                    seen.append((hit.start(), hit.end()))
                    yield pair
        for hit in _ARABIC.finditer(text, start, end):
            yield _Pair(hit.start(), hit.end(), hit["name"], (hit["first"],), "aka")


def _list_windows(text: str) -> list[tuple[int, int]]:
    """Return the stretches around the cue words: names are looked for nowhere else."""
    out: list[tuple[int, int]] = []
    for hit in _AKA.finditer(text):
        start, end = max(0, hit.start() - 120), min(len(text), hit.end() + 240)
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out


def _make_pair(text: str, hit: re.Match[str], kind: str) -> _Pair | None:
    name = _strip_titles(hit["name"])
    if not name or name.lower() in _NOT_NAMES or _is_initialism(hit["first"], name):
        return None
    others, at = [hit["first"]], hit.end()
    while (
        (more := _MORE.match(text, at)) is not None
        and len(others) < 12
        and kind == "aka"
        and _is_another(text, more)
    ):
        others.append(more["next"])
        at = more.end()
    kept = tuple(_trim_name(other) for other in others if not _is_initialism(other, name))
    return _Pair(hit.start("name"), at, name, kept, kind) if kept else None


def _is_another(text: str, more: re.Match[str]) -> bool:
    """Tell whether the next name in the list is one more alias and not the subject of what follows: "aka X, Y said"."""
    after = text[more.end() : more.end() + 2]
    names = len(more["next"].split())
    return (
        after[:1] in ",;)./"
        or after == ""
        or " and " in more[0]
        or " or " in more[0]
        or (names > 1 and not after[1:2].islower())
    )


def _strip_titles(name: str) -> str:
    words = name.split()
    while len(words) > 1 and (
        words[0].lower().strip(".") in get_titles()
        or words[0] in {"The", "A", "An", "In", "But", "And", "As"}
    ):
        words = words[1:]
    return _trim_name(" ".join(words))


def _trim_name(name: str) -> str:
    return re.sub(r"['’]s\Z", "", name).strip(" ,.'\"“”‘’") + ("" if not name.endswith("Jr.") else ".")


def _is_initialism(short: str, name: str) -> bool:
    """Tell whether a name is only the initials of the other: `HL` of the Harbour League."""
    letters = "".join(word[0] for word in re.findall(r"\w+", name) if word[0].isupper())
    other = "".join(word[0] for word in re.findall(r"\w+", short) if word[0].isupper())
    return (short.isupper() and len(short) <= 6 and short[:1] == letters[:1]) or (
        name.isupper() and len(name) <= 6 and other[:1] == name[:1]
    )


def get_full_name(text: str, name: str) -> str:
    """Return the fullest form in which the text gives a name: `Barra` becomes `Tobin Barra`.

    >>> get_full_name("Tobin Barra left. Barra, aka the Otter, came back.", "Barra")
    'Tobin Barra'
    """
    if " " in name or len(name) < 3:
        return name
    fuller = re.compile(
        rf"(?:(?<![.!?]\s)|(?<=\s))\b([A-Z][\w'’-]+\s(?:[A-Z][\w'’-]+\s)?{re.escape(name)})\b"
    )
    for hit in fuller.finditer(text):
        full = _strip_titles(hit[1])
        if full != name and " " in full and not full.split()[0].isupper():
            return full
    return name
