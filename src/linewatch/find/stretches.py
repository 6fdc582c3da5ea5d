"""Stretches of words in a parsed piece: a speaker with everything below, what is said without the marks at its ends."""

from __future__ import annotations

from linewatch.find.trees import Tree

Stretch = tuple[int, int]
"""The first and the last word of something."""

_STOPS = frozenset(",.;:!?—–-\"“”'’‘…''``")
_REPORTS = frozenset({"statement", "interview", "tweet", "email", "e-mail", "letter", "speech", "post", "message", "call", "briefing", "conference", "release", "rally", "phone", "telephone", "report", "article", "memo", "blog", "op-ed", "reporters", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})  # fmt: skip


def get_source(tree: Tree, subject: int, cue: Stretch) -> Stretch | None:
    """Return a subject with everything below it, cut where it runs into the cue or into "in a statement"."""
    first, last = tree.low[subject], tree.high[subject]
    if subject < cue[0]:
        last = min(last, cue[0] - 1)
    elif subject > cue[1]:
        first = max(first, cue[1] + 1)
        last = _cut_circumstance(tree, subject, last)
    return close_source(tree, first, last) if first <= subject <= last else None


def close_source(tree: Tree, first: int, last: int) -> Stretch | None:
    """Return the stretch without marks at its ends, but with the comma that closes an apposition."""
    while first < last and (tree.words[first] in _STOPS or tree.words[first].isspace()):
        first += 1
    while last > first and (tree.words[last] in _STOPS or tree.words[last].isspace()):
        last -= 1
    inside = any(tree.words[at] == "," for at in range(first, last))
    after = last + 1 < len(tree.words) and tree.words[last + 1] == ","
    more = last + 2 < len(tree.words) and tree.words[last + 2] not in _STOPS
    return (first, last + 1) if inside and after and more else (first, last)


def _cut_circumstance(tree: Tree, subject: int, last: int) -> int:
    """Return where a subject after its verb ends: before ", in a statement", "on Monday"."""
    for at in range(subject + 1, last + 1):
        if tree.deps[at] == "prep" and tree.lows[at] not in {"of", "from"}:
            noun = tree.find_kid(at, "pobj")
            if noun is not None and (tree.lows[noun] in _REPORTS or tree.words[at - 1] == ","):
                return at - 1
        if tree.deps[at] in {"acl", "advcl"} and tree.words[at - 1] == "," and tree.lows[at].endswith("ing"):
            return at - 1
        if tree.deps[at] in {"npadvmod", "advmod"} and tree.lows[at] in _REPORTS:
            return at - 1
    return last


def trim_content(tree: Tree, first: int, last: int) -> Stretch | None:
    """Return the stretch without the marks at its ends."""
    while first <= last and (tree.words[first] in _STOPS or tree.words[first].isspace()):
        first += 1
    while last >= first and (tree.words[last] in _STOPS or tree.words[last].isspace()):
        last -= 1
    return (first, last) if first <= last else None
