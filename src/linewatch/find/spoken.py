"""Words between marks with who is said to say them and the words that hand over, read from the parse around the marks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from linewatch.find.frames import get_frames
from linewatch.find.prose import Marked, Prose
from linewatch.find.stretches import Stretch, close_source, get_source
from linewatch.find.titles import find_reason_against
from linewatch.find.trees import Tree
from linewatch.text.spans import Place

_REACH = 45
_LEAD = 14
_CLOSES = ",?!—–-،؟"
_ENDS = frozenset(".;:?!") | {"...", "…"}
# `"Mr. Oske," who rowed`: the words after go on about what was named inside the marks.
_RELATIVES = frozenset({"who", "which", "whom", "whose", "that"})
_MARKS = frozenset("\"“”„«»‘’'") | {"''", "``"}


class Spoken(NamedTuple):
    """One or more marked stretches of one attribution, as offsets of the document."""

    source: Place | None
    cue: Place | None
    contents: tuple[Place, ...]


def find_spoken(prose: Prose, trees: list[Tree]) -> Iterator[Spoken]:
    """Yield the attribution of each quotation that is a sentence of its own, those of one speaker in a paragraph together."""
    open_one: Spoken | None = None
    last: Marked | None = None
    for mark in prose.marked:
        tree = _find_tree(trees, mark)
        if tree is None or mark.end <= mark.start:
            continue
        found = _read(prose, trees, tree, mark)
        if open_one is not None and last is not None and _is_same(prose, last, mark, open_one, found):
            open_one = open_one._replace(contents=(*open_one.contents, Place(mark.before, mark.after)))
            last = mark
        elif found is not None:
            if open_one is not None:
                yield open_one
            open_one, last = found, mark
    if open_one is not None:
        yield open_one


def _is_same(prose: Prose, last: Marked, mark: Marked, said: Spoken, found: Spoken | None) -> bool:
    """Tell whether marked words belong to the attribution before: handed over by the same words, or going on after them."""
    if found is not None and found.cue is not None:
        return found.cue == said.cue
    if find_reason_against(prose, mark) is not None and not _is_cued_by(said, last, mark):
        return False
    return _goes_on(prose, last, mark, said)


def _is_cued_by(said: Spoken, last: Marked, mark: Marked) -> bool:
    """Tell whether the words that hand over stand between two marks, and no more: `"Row," he said, "home"`."""
    return said.cue is not None and last.after <= said.cue.start and mark.before - said.cue.end <= 2


def _find_tree(trees: list[Tree], mark: Marked) -> Tree | None:
    low, high = 0, len(trees)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if trees[middle].starts[0] <= mark.before else (low, middle)
    tree = trees[low - 1] if low else None
    return tree if tree is not None and mark.before < tree.ends[-1] else None


def _goes_on(prose: Prose, last: Marked, mark: Marked, said: Spoken) -> bool:
    """Tell whether marked words go on from those before: only who said them and a stop stand between."""
    if last.block != mark.block or said.cue is None:
        return False
    between = prose.text[last.after : mark.before]
    if last.after > said.cue.start:
        return not between.strip()
    sentence = prose.find_sentence(said.cue.start)
    return sentence is not None and not prose.text[prose.sentences[sentence].end : mark.before].strip()


def _read(prose: Prose, trees: list[Tree], tree: Tree, mark: Marked) -> Spoken | None:
    place = Place(mark.before, mark.after)
    tail, bound = _read_tail(prose, tree, mark)
    if tail is None or not bound:
        lead = _read_lead(prose, tree, mark) if prose.text[mark.start : mark.start + 1].strip() else None
        if lead is not None:
            return Spoken(*lead, (*_list_opening(prose, tree, lead), place))
    if tail is not None:
        return Spoken(*tail, (_reach_back(prose, mark),))
    if find_reason_against(prose, mark) is not None or not _is_sentence(prose, mark):
        return None
    over = _read_lead_over(prose, trees, mark)
    return Spoken(*over, (place,)) if over is not None else Spoken(None, None, (place,))


def _is_sentence(prose: Prose, mark: Marked) -> bool:
    """Tell whether marked words are a paragraph of their own, or a sentence that begins and ends with its marks."""
    block = prose.blocks[mark.block]
    if (
        not prose.text[block.start : mark.before].strip()
        and mark.after >= prose.blocks[mark.last_block].end - 2
    ):
        return True
    number = prose.find_sentence(mark.before)
    begins = number is not None and prose.sentences[number].start == mark.before
    return begins and prose.text[mark.start : mark.end].rstrip()[-1:] in ".?!"


def _read_lead_over(prose: Prose, trees: list[Tree], mark: Marked) -> tuple[Place | None, Place] | None:
    """Return who is said to speak by the end of the paragraph before, where a colon leads from it to the marks."""
    block = prose.blocks[mark.block]
    before = prose.blocks[mark.block - 1] if mark.block else None
    if before is None or prose.text[block.start : mark.before].strip() or prose.text[before.end - 1] != ":":
        return None
    tree = next((one for one in reversed(trees) if before.start <= one.starts[0] < before.end), None)
    return _read_lead_at(prose, tree, before.end) if tree is not None else None


def _list_opening(prose: Prose, tree: Tree, lead: tuple[Place | None, Place]) -> tuple[Place, ...]:
    """Return the clause before the speaker that the quoted words complete: `While it rained, he said, "we rowed."`."""
    source, cue = lead
    number = prose.find_sentence(cue.start)
    if source is None or source.start > cue.start or number is None:
        return ()
    first, stop = tree.find_place(prose.sentences[number].start), tree.find_place(source.start) - 1
    if stop - first < 2 or tree.words[stop] != "," or not tree.words[first][0].isalnum():
        return ()
    told = any(tree.deps[at] in {"nsubj", "nsubjpass"} for at in range(first, stop))
    return (
        (Place(tree.starts[first], tree.ends[stop - 1]),)
        if told and prose.text[cue.end : cue.end + 1] == ","
        else ()
    )


def _reach_back(prose: Prose, mark: Marked) -> Place:
    """Return the marked words with the beginning of their sentence, where only its end is quoted: `The deal “is bad,” he said`."""
    first = prose.text[mark.start : mark.start + 1]
    number = prose.find_sentence(mark.before)
    if number is None or not first.islower():
        return Place(mark.before, mark.after)
    start = prose.sentences[number].start
    return Place(min(mark.before, start), mark.after)


def _read_tail(prose: Prose, tree: Tree, mark: Marked) -> tuple[tuple[Place | None, Place] | None, bool]:
    """Return who is said to speak by the words that follow, `said Barra`, and whether a comma or the like binds them to it."""
    closing = prose.text[mark.start : mark.end].rstrip("\"'”’» \u00a0")[-1:]
    first = tree.find_place(mark.after)
    bound = closing in _CLOSES
    while (
        first < len(tree.words)
        and tree.words[first] in {",", "—", "–", "-", "--"}
        and first - tree.find_place(mark.after) < 2
    ):
        bound, first = True, first + 1
    if not bound and closing not in ".…":
        return None, bound
    stop = min(len(tree.words), first + _REACH)
    for at in range(first, stop):
        if tree.words[at] in _ENDS or tree.words[at] in _MARKS or tree.lows[first] in _RELATIVES:
            break
        if _hands_over(tree, first, at, bound=bound and closing in _CLOSES):
            found = _read_verb_after(tree, first, at)
            if found is not None and (bound or _closes(tree, found)):
                return (_place(tree, found[0]), _place(tree, found[1])), bound
    return None, bound


def _hands_over(tree: Tree, first: int, at: int, *, bound: bool) -> bool:
    """Tell whether a word is a verb of speech, or a past tense in the place of one: `," scoffed Barra`."""
    frame = get_frames().verbs.get(tree.lows[at])
    if frame is not None and frame.clause:
        return tree.deps[at] not in {"amod", "compound", "relcl"}
    strange = bound and tree.lows[at].endswith("ed") and tree.words[at].islower()
    subject = next((kid for kid in tree.kids[at] if tree.deps[kid] == "nsubj"), None) if strange else None
    return subject is not None and (subject > at == first or tree.low[subject] <= first + 1)


def _place(tree: Tree, stretch: Stretch) -> Place:
    return Place(tree.starts[stretch[0]], tree.ends[stretch[1]])


def _read_verb_after(tree: Tree, first: int, at: int) -> tuple[Stretch, Stretch] | None:
    group, last = tree.find_group(at)
    if last + 1 < len(tree.words) and tree.words[last + 1] == ":":
        return None
    cue = (max(first, group), last)
    if cue[0] == first:
        subject = next(
            (kid for kid in tree.kids[at] if tree.deps[kid] in {"nsubj", "nsubjpass"} and kid > last), None
        )
        subject = subject if subject is not None else _guess_noun(tree, last + 1)
        source = get_source(tree, subject, cue) if subject is not None else None
        return (source, cue) if source is not None else None
    source = close_source(tree, first, cue[0] - 1)
    if source is None or not _is_noun_phrase(tree, first, cue[0] - 1, at):
        return None
    return source, cue


def _guess_noun(tree: Tree, at: int) -> int | None:
    """Return the head of the noun phrase that begins right after an inverted verb."""
    if at >= len(tree.words) or not tree.words[at][0].isalnum():
        return None
    head = at
    for _ in range(6):
        above = tree.heads[head]
        if above <= head or tree.deps[head] not in {"compound", "det", "amod", "poss", "nmod", "nummod"}:
            break
        head = above
    return head if tree.deps[head] not in {"prep", "mark", "advmod", "cc", "aux"} else None


def _is_noun_phrase(tree: Tree, first: int, last: int, verb: int) -> bool:
    """Tell whether the words before a verb are its subject and no more."""
    subject = tree.find_subject(verb)
    if subject is not None and first <= subject <= last:
        return tree.low[subject] <= first + 1 or _is_apposed(tree, first, tree.low[subject])
    if last - first <= 3 and all(tree.words[at][:1].isupper() for at in range(first, last + 1)):
        return True
    head = _guess_noun(tree, first)
    opens = tree.words[first][:1].isupper() or tree.deps[first] in {"det", "poss"}
    return opens and head is not None and last - first <= 4 and head <= last


def _is_apposed(tree: Tree, first: int, office: int) -> bool:
    """Tell whether a name and a comma stand before an office that the parse takes for the subject alone."""
    named = all(tree.words[at][:1].isupper() for at in range(first, office - 1))
    return 0 < office - 1 - first <= 4 and tree.words[office - 1] == "," and named


def _closes(tree: Tree, found: tuple[Stretch, Stretch]) -> bool:
    """Tell whether a sentence after a full stop does no more than name the speaker."""
    last = max(found[0][1], found[1][1])
    if last + 1 >= len(tree.words) or tree.words[last + 1] in {".", "\n", "\n\n"}:
        return True
    after = tree.lows[last + 2] if last + 2 < len(tree.words) and tree.words[last + 1] == "," else ""
    return after.endswith("ing") or after == "not"


def _read_lead(prose: Prose, tree: Tree, mark: Marked) -> tuple[Place | None, Place] | None:
    """Return who is said to speak by the words before: `Barra said, "`, `Barra told the council: "`."""
    return _read_lead_at(prose, tree, mark.before)


def _read_lead_at(prose: Prose, tree: Tree, stop: int) -> tuple[Place | None, Place] | None:
    """Return the speaker and the words that hand over before an offset at which quoted words begin."""
    last = tree.find_place(stop - 1) if stop else 0
    while last >= 0 and (last >= len(tree.words) or tree.ends[last] > stop or tree.words[last].isspace()):
        last -= 1
    if last < 0:
        return None
    colon = tree.words[last] == ":"
    comma = tree.words[last] in {",", "—", "–"}
    end = last - 1 if colon or comma else last
    verb = _find_lead_verb(tree, end, near=not (colon or comma))
    label = _read_label(tree, last) if colon else None
    if verb is None and label is None and colon:
        verb = _find_main_verb(tree, last)
    if verb is None:
        return label
    first, after = tree.find_group(verb)
    cue = (first, after + 1 if colon and after + 1 == last else after)
    subject = tree.find_subject(verb)
    source = get_source(tree, subject, cue) if subject is not None and subject <= end else None
    if source is not None and tree.starts[source[0]] in prose.quoted:
        return None
    if source is None and label is not None:
        return label
    return (_place(tree, source) if source else None), _place(tree, cue)


def _find_lead_verb(tree: Tree, end: int, *, near: bool) -> int | None:
    for at in range(end, max(-1, end - (1 if near else _LEAD)), -1):
        if tree.words[at] in _MARKS or (tree.words[at] in _ENDS and at < end):
            return None
        frame = get_frames().verbs.get(tree.lows[at])
        hands = frame is not None and (frame.clause or (near and frame.thing))
        if tree.lows[at] == "put" and tree.lows[at + 1 : at + 2] == ["it"]:
            return at
        if hands and tree.deps[at] not in {"amod", "compound", "dobj", "pobj", "nsubj"}:
            return at
    return None


def _find_main_verb(tree: Tree, colon: int) -> int | None:
    """Return the main verb of the sentence that a colon closes, where it has a subject: "Barra shot back:"."""
    root = tree.find_root(colon)
    subject = tree.find_kid(root, "nsubj")
    return root if subject is not None and subject < root < colon else None


def _read_label(tree: Tree, colon: int) -> tuple[Place | None, Place] | None:
    """Return the name before a colon that begins its line: `BARRA: "..."`."""
    first = colon
    while first > 0 and tree.words[first - 1][0].isalnum() and colon - first < 5:
        first -= 1
    if first < colon and tree.lows[first] in get_frames().verbs and tree.words[first][:1].isupper():
        cue = (first, first)
        return (_place(tree, (first + 1, colon - 1)), _place(tree, cue)) if first + 1 < colon else None
    named = 0 < colon - first <= 4 and all(tree.words[at][:1].isupper() for at in range(first, colon))
    starts = first == 0 or tree.words[first - 1] in _ENDS or tree.words[first - 1].isspace()
    return (_place(tree, (first, colon - 1)), _place(tree, (colon, colon))) if named and starts else None
