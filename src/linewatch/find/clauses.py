"""Attributions by the parse of a sentence: whose words, which words hand over, and what is said, as places in a tree.

One rule a frame: "said that", "vowed to", "criticised the plan", "called for", "according to", "his claim that", "is confident that".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from linewatch.find.frames import Frame, get_frames
from linewatch.find.stretches import Stretch, close_source, get_source, trim_content
from linewatch.find.trees import Tree

_NO_VERBS = frozenset(
    {"amod", "compound", "nsubj", "dobj", "pobj", "nsubjpass", "appos", "poss", "nmod", "npadvmod", "attr"}
)


class Clause(NamedTuple):
    """One attribution as stretches of words."""

    source: Stretch | None
    cue: Stretch
    contents: tuple[Stretch, ...]


def find_clauses(tree: Tree) -> Iterator[Clause]:
    """Yield every attribution that the parse of a piece holds, in the order of its cues."""
    frames = get_frames()
    for at, word, dep in tree.walk():
        if word == "according":
            yield from _read_according(tree, at)
        elif dep == "acomp" and word in frames.adjectives:
            yield from _read_adjective(tree, at)
        else:
            verb = frames.verbs.get(word) if dep not in _NO_VERBS else None
            found = list(_read_verb(tree, at, verb)) if verb is not None else []
            yield from found or (_read_noun(tree, at) if word in frames.nouns else ())


def _read_verb(tree: Tree, at: int, frame: Frame) -> Iterator[Clause]:
    cue = _find_cue(tree, at)
    if _is_order(tree, at):
        return
    passive = tree.find_kid(at, "auxpass") is not None
    source = _find_source(tree, at, cue, passive=passive)
    contents, end = _find_contents(tree, at, frame, cue, source, passive=passive)
    if contents:
        yield Clause(source, (cue[0], end), tuple(contents))


def _is_order(tree: Tree, at: int) -> bool:
    """Tell whether a verb orders the reader: "See the report", "Note that"."""
    opens = at == 0 or tree.words[at - 1] in {".", "!", "?", ";", ":"} or tree.words[at - 1].isspace()
    return opens and tree.words[at][:1].isupper() and tree.lows[at] == get_frames().verbs[tree.lows[at]].lemma


def _find_cue(tree: Tree, at: int) -> Stretch:
    """Return the verb's group, with the verb that governs it: "declined to say", "seemed to suggest"."""
    first, last = tree.find_group(at)
    head = tree.heads[at]
    governs = tree.deps[at] == "xcomp" and 0 < at - head <= 3 and tree.words[first] == "to"
    if governs and tree.lows[head] in get_frames().verbs:
        first = tree.find_group(head)[0]
    return first, last


def _find_source(tree: Tree, at: int, cue: Stretch, *, passive: bool) -> Stretch | None:
    if passive or (tree.deps[at] == "acl" and tree.find_kid(at, "agent") is not None):
        by = tree.find_kid(at, "agent")
        giver = tree.find_kid(by, "pobj") if by is not None else None
        return close_source(tree, tree.low[giver], tree.high[giver]) if giver is not None else None
    if tree.deps[at] == "acl" and tree.heads[at] < cue[0]:
        return close_source(tree, tree.low[tree.heads[at]], cue[0] - 1)
    subject = tree.find_subject(at)
    if subject is None or tree.deps[subject] == "expl":
        return None
    return get_source(tree, subject, cue)


def _find_contents(
    tree: Tree, at: int, frame: Frame, cue: Stretch, source: Stretch | None, *, passive: bool
) -> tuple[list[Stretch], int]:
    """Return the stretches of what is said, and the last word of the cue."""
    if frame.clause and (found := _find_clause(tree, at, cue, source)):
        return found, cue[1]
    if frame.infinitive and (found := _find_infinitive(tree, at)):
        return found, cue[1]
    if frame.prepositions:
        for prep in tree.list_kids(at, "prep"):
            if (
                prep == cue[1] + 1
                and tree.lows[prep] in frame.prepositions
                and (found := _find_below(tree, prep))
            ):
                return found, prep
    if passive:
        return _find_passive(tree, at, source), cue[1]
    if frame.thing or frame.as_of:
        return _find_thing(tree, at, frame), cue[1]
    return [], cue[1]


def _find_clause(tree: Tree, at: int, cue: Stretch, source: Stretch | None) -> list[Stretch]:
    clause = next(iter(tree.list_kids(at, "ccomp")), None)
    if clause is None:
        if tree.deps[at] == "parataxis":
            return _find_around(tree, at, cue, source)
        return _find_after_as(tree, at)
    first, last = tree.low[clause], tree.high[clause]
    if clause > at:
        found = trim_content(tree, max(first, cue[1] + 1), last)
    else:
        stop = min(cue[0], source[0] if source and source[0] < at else cue[0]) - 1
        if source is not None and clause < source[0] <= stop + 1:
            stop = source[0] - 1
        found = trim_content(tree, first, min(last, stop))
    return [found] if found else []


def _find_after_as(tree: Tree, at: int) -> list[Stretch]:
    """Return what the clause around "as Barra noted" says: "As Barra noted, nobody rowed"."""
    mark = tree.find_kid(at, "mark", "advmod")
    if (
        tree.deps[at] != "advcl"
        or mark is None
        or tree.lows[mark] != "as"
        or tree.find_kid(at, "dobj", "acomp")
    ):
        return []
    head = tree.heads[at]
    first, last = tree.low[at], tree.high[at]
    before = trim_content(tree, tree.low[head], first - 1) if first > head else None
    after = trim_content(tree, last + 1, tree.high[head]) if last < head else None
    return [part for part in (before, after) if part is not None and part[1] > part[0]][:1]


def _find_around(tree: Tree, at: int, cue: Stretch, source: Stretch | None) -> list[Stretch]:
    """Return the clause that "Barra says" stands in the middle of, in two stretches."""
    head = tree.heads[at]
    inner = (min(cue[0], source[0]) if source else cue[0], max(cue[1], source[1]) if source else cue[1])
    parts = (
        trim_content(tree, tree.low[head], inner[0] - 1),
        trim_content(tree, inner[1] + 1, tree.high[head]),
    )
    return [part for part in parts if part is not None and part[1] > part[0]]


def _find_infinitive(tree: Tree, at: int) -> list[Stretch]:
    for clause in tree.list_kids(at, "xcomp", "ccomp"):
        to = next((kid for kid in tree.kids[clause] if tree.lows[kid] == "to" and kid > at), None)
        if to is not None and clause > at:
            first = _find_asked(tree, at, clause, to)
            found = trim_content(tree, first, tree.high[clause])
            return [found] if found else []
    return []


def _find_asked(tree: Tree, at: int, clause: int, to: int) -> int:
    """Return where an infinitive begins: with the one who is asked, "want him to leave", "urged the rowers to wait"."""
    asked = tree.find_kid(at, "dobj")
    own = min(tree.low[clause], tree.low[asked] if asked is not None and asked > at else to, to)
    return own if own > at else to


def _find_below(tree: Tree, prep: int) -> list[Stretch]:
    noun = tree.find_kid(prep, "pobj", "pcomp")
    found = trim_content(tree, prep + 1, tree.high[noun]) if noun is not None and noun > prep else None
    return [found] if found else []


def _find_passive(tree: Tree, at: int, source: Stretch | None) -> list[Stretch]:
    subject = tree.find_kid(at, "nsubjpass")
    if subject is None or source is None:
        return []
    found = trim_content(tree, tree.low[subject], min(tree.high[subject], at - 1))
    return [found] if found else []


def _find_thing(tree: Tree, at: int, frame: Frame) -> list[Stretch]:
    thing = next((kid for kid in tree.list_kids(at, "dobj") if kid > at), None)
    if thing is None or tree.lows[thing] in {"it", "them", "that", "this", "so"}:
        return []
    last, first = tree.high[thing], tree.low[thing]
    more = _find_completion(tree, at, thing, frame)
    if not (frame.thing or more):
        return []
    named = tree.find_kid(at, "oprd")
    ends = [
        last,
        *(part[1] for part in more),
        *([tree.high[named]] if named is not None and named > at else []),
    ]
    found = trim_content(tree, first, max(ends))
    return [found] if found else []


def _find_completion(tree: Tree, at: int, thing: int, frame: Frame) -> list[Stretch]:
    """Return what is said of a thing after "as", "of" or "for": "described it as", "accused him of"."""
    follows = tree.high[thing] + 1
    if follows < len(tree.words) and tree.lows[follows] == "as" and tree.deps[follows] == "prep":
        return _find_below(tree, follows)
    if not frame.as_of:
        return []
    preps = [
        kid for kid in tree.list_kids(at, "prep") if kid > thing and tree.lows[kid] in {"as", "of", "for"}
    ]
    return _find_below(tree, preps[0]) if preps else []


def _read_according(tree: Tree, at: int) -> Iterator[Clause]:
    to = tree.find_kid(at, "prep")
    who = tree.find_kid(to, "pobj") if to is not None and tree.lows[to] == "to" else None
    if to is None or who is None:
        return
    root = tree.find_root(at)
    source = close_source(tree, tree.low[who], tree.high[who])
    parts = (
        trim_content(tree, tree.low[root], at - 1),
        trim_content(tree, tree.high[who] + 1, tree.high[root]),
    )
    contents = tuple(part for part in parts if part is not None and part[1] > part[0])
    if contents and at < root:
        contents = contents[-1:]
    if contents:
        yield Clause(source, (at, to), contents)


def _read_adjective(tree: Tree, at: int) -> Iterator[Clause]:
    verb = tree.heads[at]
    clause = tree.find_kid(at, "ccomp", "xcomp")
    subject = tree.find_subject(verb)
    if clause is None or subject is None or not verb < at < clause:
        return
    cue = (tree.find_group(verb)[0], at)
    content = trim_content(tree, max(tree.low[clause], at + 1), tree.high[clause])
    if content and tree.lows[subject] != "it":
        yield Clause(get_source(tree, subject, cue), cue, (content,))


def _read_noun(tree: Tree, at: int) -> Iterator[Clause]:
    clause = next((kid for kid in tree.list_kids(at, "acl", "ccomp", "relcl") if kid > at), None)
    if clause is None:
        return
    opening = tree.lows[tree.low[clause]]
    if opening not in {"that", "to"} or (opening == "that" and tree.deps[tree.low[clause]] != "mark"):
        return
    owner = tree.find_kid(at, "poss")
    source = (tree.low[owner], tree.high[owner]) if owner is not None else None
    content = trim_content(tree, tree.low[clause], tree.high[clause])
    if content:
        yield Clause(source, (at, at), (content,))
