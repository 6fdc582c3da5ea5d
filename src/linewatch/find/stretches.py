"""Stretches of words in a parsed piece: a speaker with everything below, what is said without the marks at its ends."""

from __future__ import annotations

from linewatch.find.trees import Tree

Stretch = tuple[int, int]
"""The first and the last word of something."""

_STOPS = frozenset(",.;:!?—–-\"“”'’‘…''``")
# What begins a clause that the writer adds: "though it rained", "which was built in spring".
_ADDS = frozenset({"though", "although", "despite", "compared", "whereas", "before", "even", "which", "who"})
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
    if last + 1 < len(tree.words) and _is_left_open(tree, first, last):
        return first, _find_close(tree, last)
    inside = any(tree.words[at] == "," for at in range(first, last))
    after = last + 1 < len(tree.words) and tree.words[last + 1] == ","
    more = last + 2 < len(tree.words) and tree.words[last + 2] not in _STOPS
    return (first, last + 1) if inside and after and more else (first, last)


def _is_left_open(tree: Tree, first: int, last: int) -> bool:
    """Tell whether a title's marks are opened in a stretch and closed only after it: `the authors of the “Long Table,”`."""
    words = tree.words[first : last + 1]
    return words.count("“") > words.count("”") or words.count('"') % 2 == 1


def _find_close(tree: Tree, last: int) -> int:
    stop = min(len(tree.words), last + 4)
    return next((at for at in range(last + 1, stop) if tree.words[at] in {"”", '"'}), last)


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
    """Return the stretch without the marks at its ends, and without what the writer adds after a comma: ", though", ", despite"."""
    last = _cut_addition(tree, first, last)
    while first <= last and (tree.words[first] in _STOPS or tree.words[first].isspace()):
        first += 1
    while last >= first and (tree.words[last] in _STOPS or tree.words[last].isspace()):
        last -= 1
    return (first, last) if first <= last else None


def _cut_addition(tree: Tree, first: int, last: int) -> int:
    """Return where a stretch ends without a clause after a comma that runs to its end and says more about it."""
    for at in range(first + 2, last):
        if tree.words[at] == "," and tree.lows[at + 1] in _ADDS and _hangs_alone(tree, at, last):
            return at - 1
    return last


def _hangs_alone(tree: Tree, comma: int, last: int) -> bool:
    """Tell whether no more than one word after a comma belongs to what stands before it: the rest is one clause."""
    joined = [
        at for at in range(comma + 1, last + 1) if tree.heads[at] < comma and tree.words[at] not in _STOPS
    ]
    return len(joined) <= 1
