"""Words that may be a quotation: between outer marks, in verse after a colon, or a block set apart as a whole.

Whether somebody says them is decided in `quotations`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from linewatch.find.arabic import is_arabic_cue
from linewatch.find.prose import Marked, Prose
from linewatch.text.spans import Cover, Place, count_words, trim

_MARKER_TAIL = re.compile(r"(?:\s?\[\d{1,3}\]|[⁰¹²³⁴-⁹]{1,3}|[\"”»])\s*\Z")
_FULL = re.compile(
    r"\b(?:reads|read|states|stated|says|said|wrote|writes|as follows|the following|follows|text|full|translation|transcript|excerpts?|statement|declared|announced|continues|adds)\b[^.]{0,80}:\s*\Z"
)


_FIRST_PERSON = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Uu]s|I|[Mm]y|[Oo]urs|[Oo]urselves)\b")
_TOLD = re.compile(
    r"[\"“”«»]|\b(?:[Tt]he|[Tt]his|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er)\s(?:full\s)?(?:statement|letter|message|text|communiqu[eé]|declaration|announcement|speech|sermon|editorial|article)\b|\b(?:he|she|they|it)\s(?:said|added|says|told)\b"
)


class Candidate(NamedTuple):
    """Words that may be a quotation, and how they are set off."""

    place: Place
    mark: Marked | None
    block: int


def list_candidates(prose: Prose) -> Iterator[Candidate]:
    """Yield the marked words and the blocks that may be quotations, in order."""
    first = next((at for at, block in enumerate(prose.blocks) if block.kind != "list"), 0)
    marks: dict[int, list[Marked]] = {}
    for mark in prose.marked:
        marks.setdefault(mark.block, []).append(mark)
    covered = Cover((mark.start, mark.end) for mark in prose.marked if mark.end > mark.start)
    passed, led = -1, -2
    for at, block in enumerate(prose.blocks):
        if at < first or at <= passed:
            continue
        stanza = _find_stanza(prose, at, covered)
        if stanza is not None:
            passed = stanza[1]
            yield Candidate(stanza[0], None, at)
            continue
        whole = _find_whole_block(prose, at, marks.get(at, []), covered)
        if whole is None and led == at - 1 and not marks.get(at):
            whole = _find_next_of_statement(prose, at)
        if whole is not None:
            led = at if block.kind == "paragraph" else led
            yield Candidate(whole, None, at)
            continue
        for mark in marks.get(at, ()):
            place = Place(mark.start, mark.end)
            if place.start < place.end and block.kind != "table":
                yield Candidate(place, mark, at)


def _find_whole_block(prose: Prose, at: int, marks: list[Marked], covered: Cover) -> Place | None:
    """Return the span of a block that is quoted as a whole without marks of its own."""
    block = prose.blocks[at]
    if block.start in covered:
        return None
    text = prose.text
    start = block.start
    if text[start] == ">":
        start = _skip_signs(text, start, block.end)
    place = trim(text, start, block.end)
    if marks and marks[0].before <= place.start + 1:
        return None
    set_in = block.kind == "blockquote" or (block.kind == "paragraph" and _is_led_in(prose, at))
    if not set_in or not count_words(text[place.start : place.end][:80]) >= 3:
        return None
    return _drop_tail(text, place)


def _find_next_of_statement(prose: Prose, at: int) -> Place | None:
    """Return a paragraph that goes on with a statement without marks: it says "we" or "I", or stands right before one that does."""
    near = prose.blocks[at : at + 2]
    if prose.blocks[at].kind != "paragraph" or _is_told(prose, at):
        return None
    own = [_FIRST_PERSON.search(prose.text, block.start, block.end) for block in near]
    goes_on = own[0] or (
        len(near) == 2 and own[1] and near[1].kind == "paragraph" and not _is_told(prose, at + 1)
    )
    return _drop_tail(prose.text, Place(near[0].start, near[0].end)) if goes_on else None


def _is_told(prose: Prose, at: int) -> bool:
    """Tell whether a paragraph is the writer's own again: it speaks of the statement, quotes, or says who said something."""
    block = prose.blocks[at]
    return _TOLD.search(prose.text, block.start, block.end) is not None or prose.text[block.end - 1] == ":"


def _find_stanza(prose: Prose, at: int, covered: Cover) -> tuple[Place, int] | None:
    """Return the verse lines without marks that a colon leads in, as one quotation, and the place of the last line."""
    led = at > 0 and prose.blocks[at].kind == "verse" and prose.text[prose.blocks[at - 1].end - 1] == ":"
    if not led or prose.begins_quoted(at) or prose.blocks[at].start in covered:
        return None
    last = at
    while (
        last + 1 < len(prose.blocks)
        and prose.blocks[last + 1].kind == "verse"
        and not prose.begins_quoted(last + 1)
    ):
        last += 1
    return _drop_tail(prose.text, Place(prose.blocks[at].start, prose.blocks[last].end)), last


def _skip_signs(text: str, start: int, end: int) -> int:
    while start < end and text[start] in "> \t":
        start += 1
    return start


def _drop_tail(text: str, place: Place) -> Place:
    """Leave out a note marker and a stray closing mark at a block quotation's end."""
    end = place.end
    while (
        tail := _MARKER_TAIL.search(text, max(place.start, end - 8), end)
    ) is not None and tail.start() > place.start:
        if text[tail.start()] in '"”»' and any(mark in text[place.start : tail.start()] for mark in '"“«'):
            break
        end = tail.start()
    return trim(text, place.start, end)


def _is_led_in(prose: Prose, at: int) -> bool:
    """Tell whether the paragraph before says that somebody's words follow, and no marks are set."""
    if at == 0:
        return False
    before = prose.blocks[at - 1]
    lead = prose.text[max(before.start, before.end - 220) : before.end]
    words = prose.text[prose.blocks[at].start : prose.blocks[at].start + 60]
    arabic = lead.rstrip().endswith(":") and any(is_arabic_cue(word) for word in lead.split())
    return (
        (arabic or _FULL.search(lead) is not None)
        and before.kind in {"paragraph", "list"}
        and not re.match(r"\W{0,3}(?:\d{1,2}[.)]|[-•*])\s", words)
        and not lead.rstrip().endswith("::")
    )
