"""Finds the other names that a text says an actor goes by: aka, nom de guerre, real name, born, usually called.

Initialisms, spelling variants and epithets are no aliases. Nothing here looks anyone up.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from linewatch.find.base import Reading, make_finding
from linewatch.find.organisations import GENERIC, NOUNS, get_organisation
from linewatch.find.words import NAME_PATTERN, get_titles
from linewatch.model import Alias, Finding

NAME = "aliases.v3"

_Q = r"[\"“‘«']?"
_E = r"[\"”’»']?"
_OF = rf"(?:\sof\s(?:the\s)?{NAME_PATTERN})?"
_OTHER = rf"{_Q}(?P<first>(?:the\s)?{NAME_PATTERN}{_OF}){_E}"
_MORE = re.compile(
    rf"(?:\s?(?:,|/|;)\s?(?:and\s|or\s)?|\s(?:and|or)\s)(?:(?:as|a\.?k\.?a\.?)\s)?{_Q}(?P<next>(?:the\s)?{NAME_PATTERN}{_OF}){_E}"
)
_CUES = (
    (r"(?:a\.?k\.?a\.?|f\.?k\.?a\.?|also known as|also known by the name|(?:also )?known by (?:its|his|her|their|the) (?:[\w-]+ ){1,3}as|(?:better |also |best )?known by (?:its|his|her|their) (?:pen|stage|war|code|trade|rowing|working) ?name|whom? (?:[a-z]+ ){1,4}(?:knew|know|knows|called|calls|call) as|also known under the name|better known as|best known as|known (?:[a-z]+ ){1,3}as|otherwise known as|commonly known as|popularly known as|known also as|known online as|known as|alias|also called|also referred to as|who (?:also )?goes by(?: the names?)?|going by|who uses the names?|(?:used|uses|using) the (?:names|aliases|pseudonyms|noms de guerre)(?: of)?)", "aka"),
    (r"(?:whose |his |her |the )?(?:nom de guerre|war name|kunya|call[ -]?sign|code ?name|nickname|pen name|pseudonym|stage name)(?:s)?(?:\s(?:is|was|being|of|:))?", "nom de guerre"),
    (r"(?:whose |his |her |their )?(?:real|true|birth|full|given|legal|former|original) name(?:\s(?:is|was|being))?:?", "real name"),
    (r"(?:born|née|né|formerly(?: known as| called)?|previously known as)", "former name"),
    (r"(?:usually|often|generally|commonly|sometimes|simply)\s(?:called|known as|styled|named)", "usual name"),
    (r"(?:nicknamed|codenamed|code-named|dubbed himself|dubbed herself|calling himself|calling herself|styling himself|under the (?:name|alias|pseudonym|nom de guerre|kunya)(?: of)?|using the (?:name|alias|pseudonym|kunya)(?: of)?|writing as|posting as|tweeting as|(?:who )?(?:writes|wrote|posts|posted|preaches|preached|publishes|published|signs|signed|performs|broadcasts) (?:as|under the name(?: of)?))", "pseudonym"),
)  # fmt: skip
_BETWEEN = r"(?:\s?\([^()\n]{0,40}\))?\s?[,(–—-]{0,2}\s?(?:who\s(?:is|was)\s|which\sis\s|is\s|was\s|(?:is|was)\salso\s|and\s)?"
_WORD = r"[\u0621-\u064a]{2,15}"
# In marks; up to a stop; or as much as surely belongs together, a kunya and names with the article.
_ARABIC = re.compile(
    rf"(?P<name>{_WORD}(?:\s{_WORD}){{0,2}})،?\s(?:المعروفة?|الملقبة?|المكناة|المكنى|واسمه الحقيقي|واسمها الحقيقي|المشهورة?)\s?(?:باسم\s|ب[ـ]?\s?)?"
    rf"(?:[«\"“](?P<marked>{_WORD}(?:\s{_WORD}){{0,3}})[»\"”]|(?P<kunya>(?:أبو|أبي|أبا|أم)\s{_WORD}(?:\sال{_WORD})*)|(?P<closed>{_WORD}(?:\s{_WORD}){{0,3}})(?=\s?[،,.؛()\n]|\s?\Z)|(?P<bare>{_WORD}(?:\sال{_WORD})*))"
)
# "The Lantern Society, or Jamiat al-Fanous, is smaller".
_OR = re.compile(rf"(?P<name>{NAME_PATTERN}{_OF})(?:,\sor\s|\s\(or\s){_OTHER}[,)]")
# "Known on air as the Cameleer, Rashid Odeh is", "Nicknamed Old Tom, Tobin Barra was".
_INVERTED = re.compile(
    rf"(?<![^\s(])(?:(?:(?:Also|Better|Best|Popularly|Widely|Otherwise)\s)?[Kk]nown\s(?:(?!as\b)[a-z]+\s){{0,5}}as|Nicknamed|Born|Alias|Writing as|Broadcasting as)\s{_OTHER},\s(?P<name>{NAME_PATTERN})\s(?=[a-z])"
)
# What may stand before a last name where the text gives the whole of it.
_FORENAMES = re.compile(r"(?<!\S)([A-Z][\w'’-]{1,20}\s(?:[A-Z][\w'’-]{1,20}\s)?)\Z")
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
    r"a\.?k\.?a|[Kk]nown|Nicknamed|Born|Writing as|Broadcasting as|knew|[,(] ?or (?:the )?[\"“]?[A-Z]|known|alias|nom de guerre|name|born|n[ée]e|called|nick|code|call|pseudonym|goes|kunya|alias|(?:writ|post|sign|publish|preach|perform|broadcast|wrot)[a-z]{1,4} (?:as|under)|noms|writing as|posting as|المعروف|الملقب|المكنى|اسم"
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
    pairs = sorted(_list_pairs(reading.text, get_organisation(reading).name), key=lambda one: one.start)
    full = {name: get_full_name(reading.text, name) for name in {pair.name for pair in pairs}}
    for pair in pairs:
        grouped[full[pair.name]].append(pair)
    for name, same in grouped.items():
        others = tuple(dict.fromkeys(other for pair in same for other in pair.others if other != name))
        if others:
            value = Alias(name=name, aka=others, name_kind=same[0].kind)
            yield make_finding(
                reading,
                same[0].start,
                same[0].end,
                value,
                finder=NAME,
                reason=f"the text says so: {same[0].kind}",
            )


@cache  # compiled when a text is first searched: these are slow to compile, and most commands search none
def _compile_pairs() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(rf"(?P<name>{NAME_PATTERN}{_OF}){_BETWEEN}\b{cue}\s{_OTHER}"), kind)
        for cue, kind in _CUES
    )


@cache
def _compile_cue() -> re.Pattern[str]:
    """Return what follows a name that is given another one itself: ", nicknamed"."""
    return re.compile(rf"\s?[,(]\s?(?:who\s(?:is|was)\s)?(?:{'|'.join(cue for cue, _ in _CUES)})\b")


@cache
def _compile_group() -> re.Pattern[str]:
    """Return "the guild, which was formerly known as ...": said of the organisation that the text is about."""
    cues = "|".join(cue for cue, kind in _CUES if kind in {"aka", "former name", "usual name"})
    return re.compile(
        rf"\b[Tt]he\s(?:{'|'.join(sorted(GENERIC))})(?:,\s(?:which|who)|,|\s\()\s?(?:(?:is|was|were|are)\s)?(?:also\s)?(?:{cues})\s{_OTHER}"
    )


@cache
def _compile_chained() -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(rf"{_E}\s?[,(;]{{0,2}}\s?(?:and\s|or\s)?(?:who\s(?:is|was)\s)?{cue}\s{_OTHER}")
        for cue, _ in _CUES
    )


def _list_pairs(text: str, organisation: str | None) -> Iterator[_Pair]:
    for start, end in _list_windows(text):
        hits = [
            (hit, kind) for pattern, kind in _compile_pairs() for hit in pattern.finditer(text, start, end)
        ]
        passed = start
        for hit, kind in sorted(hits, key=lambda one: one[0].start()):
            pair = _make_pair(text, hit, kind) if hit.start() >= passed else None
            if pair is not None:
                pair = _follow_chain(text, pair)
                passed = pair.end
                yield pair
        for hit in _compile_group().finditer(text, start, end):
            if organisation and not _is_initialism(hit["first"], organisation):
                yield _Pair(hit.start(), hit.end(), organisation, (_drop_article(text, hit),), "aka")
        for hit in _OR.finditer(text, start, end):
            name = _strip_titles(hit["name"])
            if _names_organisation(name) and not _is_initialism(hit["first"], name):
                yield _Pair(hit.start("name"), hit.end(), name, (_drop_article(text, hit),), "other name")
        for hit in _INVERTED.finditer(text, start, end):
            yield _Pair(hit.start(), hit.end(), _strip_titles(hit["name"]), (hit["first"],), "aka")
        for hit in _ARABIC.finditer(text, start, end):
            other = hit["marked"] or hit["kunya"] or hit["closed"] or hit["bare"]
            yield _Pair(hit.start(), hit.end(), hit["name"], (other,), "aka")


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
    name = _strip_origin(_strip_titles(hit["name"]))
    if not name or name.lower() in _NOT_NAMES or _is_initialism(hit["first"], name):
        return None
    first = _drop_article(text, hit)
    if hit["name"].startswith("The ") and _is_body(text, hit):
        first = first.removeprefix("the ")
    others, at = [first], hit.end()
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


def _follow_chain(text: str, pair: _Pair) -> _Pair:
    """Return the pair with the names that further cues add: `(alias "the Whistler", whose real name is Edmund Oake)`."""
    for _ in range(4):
        hit = next(
            (found for pattern in _compile_chained() if (found := pattern.match(text, pair.end)) is not None),
            None,
        )
        if hit is None:
            break
        pair = pair._replace(end=hit.end(), others=(*pair.others, _trim_name(_drop_article(text, hit))))
    return pair


def _is_another(text: str, more: re.Match[str]) -> bool:
    """Tell whether the next name in the list is one more alias and not the subject of what follows: "aka X, Y said"."""
    after = text[more.end() : more.end() + 2]
    if _compile_cue().match(text, more.end()):
        return False
    names = len(more["next"].split())
    return (
        after[:1] in ",;)./"
        or after == ""
        or (names > 1 and (not after[1:2].islower() or " and " in more[0] or " or " in more[0]))
    )


def _drop_article(text: str, hit: re.Match[str]) -> str:
    """Return the other name, without "the" where it is an organisation's and not in marks: "also known as the Pier Guild"."""
    other, start = hit["first"], hit.start("first")
    bare = other.removeprefix("the ")
    marked = start > 0 and text[start - 1] in "\"“‘«'"
    return other if marked or not _names_organisation(bare) else bare


def _is_body(text: str, hit: re.Match[str]) -> bool:
    """Tell whether a name with "The" is a body's: two words, the other not a person's: "The Well Keepers, formerly called the Drovers"."""
    return len(hit["name"].split()) > 2 and text[hit.start("first") - 1] not in "\"“‘«'"


def _names_organisation(name: str) -> bool:
    return any(word.lower().rstrip("s") in NOUNS for word in name.split()) and " " in name


def _strip_titles(name: str) -> str:
    words = name.split()
    while len(words) > 1 and (
        words[0].lower().strip(".") in get_titles()
        or words[0] in {"The", "A", "An", "In", "But", "And", "As"}
    ):
        words = words[1:]
    return _trim_name(" ".join(words))


def _strip_origin(name: str) -> str:
    """Return a full name without where its bearer is from: "Tobin Barra of Heron Pier"; "Tobin of Sker" stays."""
    bare, of, _ = name.partition(" of ")
    return bare if of and " " in bare else name


def _trim_name(name: str) -> str:
    return re.sub(r"['’]s\Z", "", name).strip(" ,.'\"“”‘’") + ("" if not name.endswith("Jr.") else ".")


def _is_initialism(short: str, name: str) -> bool:
    """Tell whether a name is only the initials of the other: `HL` of the Harbour League."""
    short = short.removeprefix("the ")
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
    at = text.find(name)
    while at >= 0:
        lead = _FORENAMES.search(text, max(0, at - 50), at)
        ends = not text[at + len(name) : at + len(name) + 1].isalnum()
        full = _strip_titles(f"{lead[1]}{name}") if lead and ends else name
        if full != name and " " in full and not full.split()[0].isupper():
            return full
        at = text.find(name, at + len(name))
    return name
