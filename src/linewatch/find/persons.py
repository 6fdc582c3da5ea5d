"""Whether a name may be a person's, by what the text itself does with it: no "the" before it, no "in", and written so elsewhere."""

from __future__ import annotations

import re

from linewatch.find.prose import Prose
from linewatch.find.words import get_grammar, get_titles

_PLACED = frozenset(
    {"in", "at", "near", "across", "throughout", "outside", "inside", "toward", "towards", "around"}
)
_BODIES = frozenset(
    {
        "house", "party", "committee", "university", "college", "department", "times", "post", "news", "street", "city", "state", "court", "senate", "congress", "council",
        "agency", "association", "institute", "foundation", "company", "group", "league", "union", "army", "guild", "office", "ministry", "government", "campaign",
        "bureau", "center", "centre", "hall", "pier", "church", "school", "bank", "board", "commission", "network", "tower", "hotel", "quay", "harbour", "island", "province",
    }
)  # fmt: skip
_ENOUGH = 12


def may_be_person(prose: Prose, name: str) -> bool:
    """Tell whether a name with a capital may be a person's; a word that only begins sentences is none.

    "the White House", "in Ohio" and a "Sometimes" at the head of a sentence are nobody.
    """
    words = name.split()
    if not words or not words[-1][:1].isupper():
        return False
    if (
        words[-1].lower() in _BODIES
        or words[0].lower() in get_grammar().intros
        or _is_acronym(prose.text, name)
    ):
        return False
    if words[0].lower().rstrip(".") in get_titles() or (len(words) > 1 and _is_initialled(words)):
        return True
    placed, plain, inside = _count_uses(prose.text, name)
    return placed * 2 <= placed + plain and (len(words) > 1 or inside > 0)


def _is_acronym(text: str, name: str) -> bool:
    """Tell whether a name stands in capitals where the words around it do not."""
    at = text.find(name)
    around = text[max(0, at - 40) : at + len(name) + 40]
    return len(name) > 3 and name.isupper() and any(point.islower() for point in around)


def _is_initialled(words: list[str]) -> bool:
    return any(re.fullmatch(r"[A-Z]\.", word) for word in words)


def _count_uses(text: str, name: str) -> tuple[int, int, int]:
    """Return how often a name stands after "the" or "in", how often otherwise, and how often within a sentence."""
    placed = plain = inside = 0
    for n, hit in enumerate(re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)):
        before = re.search(r"([\w’']+)([,;:]?)\s\Z", text[max(0, hit.start() - 24) : hit.start()])
        word = before[1] if before else ""
        if word.lower() == "the" or word.lower() in _PLACED or text[hit.end() : hit.end() + 1] == "-":
            placed += 1
        else:
            plain += 1
        inside += bool(word) or text[hit.end() : hit.end() + 2] in {"'s", "’s"}
        if n >= _ENOUGH:
            break
    return placed, plain, inside
