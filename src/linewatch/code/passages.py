"""Proposes the passages to be coded: one speaker, one stretch. What a passage says of the line is for coders."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

import msgspec

from linewatch.code.cues import FEWEST, join_cues
from linewatch.code.sensitivity import find_warning
from linewatch.model import Block, Document, Finding, Item, Marker, Passage, Quotation, Span, get_id

NAME = "passages.v2"
"""What proposes them, versioned: a changed result is a new version."""
PROSE = frozenset({"paragraph", "blockquote", "message", "list"})
LONGEST = 200
"""Words of a message that is one passage."""
_BLANK = re.compile(r"\n[ \t]*\n\s*")
LEFT_OUT = frozenset({"analyst", "scripture"})
NARRATORS = frozenset({"narrator", "voice-over", "voiceover", "الراوي", "المعلق"})
ROLES = {"editorial": "editorial", "song": "singer"}
"""Whose words an item's prose is, where its kind tells."""


def propose_passages(document: Document, findings: Iterable[Finding]) -> tuple[Passage, ...]:
    """Return the passages of a document: the held item's own words, or what a report quotes of each item.

    Captions, bylines, notes and a site's chrome are no passages, nor are an analyst's own words or scripture quoted alone.
    """
    found = tuple(findings)
    held = [one for one in found if isinstance(one.value, Item) and one.value.held]
    stretches = _list_own(document, held) if held else _join_quotations(document, found)
    seen: Counter[str] = Counter()
    return tuple(_name(document, stretch, seen) for stretch in stretches)


def _name(document: Document, passage: Passage, seen: Counter[str]) -> Passage:
    words = " ".join(_cut(document, passage).split())
    seen[words] += 1
    return name_passage(document, passage, seen[words])


def name_passage(document: Document, passage: Passage, time: int = 1) -> Passage:
    """Return the passage with the id its words have, the `time`-th of them: it survives a re-reading that keeps the words."""
    words = " ".join(_cut(document, passage).split())
    return msgspec.structs.replace(
        passage,
        id=get_id("passage", *document.source, words, time, length=12),
        warning=find_warning(words),
    )


def _cut(document: Document, passage: Passage) -> str:
    return document.text[passage.span.start : passage.span.end]


def _list_own(document: Document, held: list[Finding]) -> Iterator[Passage]:
    """Yield the stretches of what the case holds: of the one item that the document is, or of each message in turn."""
    messages = {(block.start, block.end): block for block in document.blocks if block.kind == "message"}
    if not messages:
        yield from _split_own(document, held[0], document.blocks)
        return
    for one in sorted(held, key=lambda one: one.span.start):
        block = messages.get((one.span.start, one.span.end))
        yield from _split_own(document, one, (block,) if block else ())


def _split_own(document: Document, held: Finding, blocks: tuple[Block, ...]) -> Iterator[Passage]:
    """Yield the stretches of an item that the case holds, each of eight words or more."""
    kind = held.value.kind if isinstance(held.value, Item) else "other"
    for stretch in _list_stretches(document, held, blocks, ROLES.get(kind, "unknown")):
        if len(_cut(document, stretch).split()) >= FEWEST:
            yield stretch


def _list_stretches(
    document: Document, held: Finding, within: tuple[Block, ...], role: str
) -> Iterator[Passage]:
    """Yield messages, paragraphs, stanzas and runs of cues, in order."""
    for kind, run in groupby(within, key=lambda block: block.kind):
        blocks = tuple(run)
        if kind == "message":
            for block in blocks:
                for part in _split_message(document, block):
                    yield _make(document, held.id, (part,), block.speaker, role)
        elif kind in PROSE:
            yield from (_make(document, held.id, (block,), block.speaker, role) for block in blocks)
        elif kind == "verse":
            for stanza in _split_stanzas(document, blocks):
                yield _make(document, held.id, stanza, stanza[0].speaker, "singer")
        elif kind == "cue":
            for stretch in join_cues(document.text, blocks):
                yield _make(document, held.id, stretch.blocks, stretch.voice, _tell_role(stretch.voice))


def _tell_role(voice: str | None) -> str:
    """Return the narrator's role for a film's own voice; who a named voice is, the film does not say."""
    return "narrator" if voice is None or voice.casefold() in NARRATORS else "unknown"


def _split_message(document: Document, block: Block) -> Iterator[Block]:
    """Yield a message whole, or a long one in runs of its paragraphs; one without blank lines stays whole."""
    start = end = block.start
    for part in _BLANK.split(document.text[block.start : block.end]):
        begins = document.text.index(part, end)
        if len(document.text[start : begins + len(part)].split()) > LONGEST and end > start:
            yield msgspec.structs.replace(block, start=start, end=end)
            start = begins
        end = begins + len(part)
    yield msgspec.structs.replace(block, start=start, end=end)


def _split_stanzas(document: Document, lines: tuple[Block, ...]) -> Iterator[tuple[Block, ...]]:
    """Yield runs of verse lines with no blank line between them."""
    first = 0
    for n, (before, after) in enumerate(pairwise(lines), start=1):
        if document.text.count("\n", before.end, after.start) > 1:
            yield lines[first:n]
            first = n
    yield lines[first:]


def _make(
    document: Document, item: str, blocks: tuple[Block, ...], speaker: str | None, role: str
) -> Passage:
    span = Span(document=document.id, start=blocks[0].start, end=blocks[-1].end)
    language = next((block.language for block in blocks if block.language), None)
    return Passage(id="", span=span, item=item, speaker=speaker, role=role, language=language)


def _join_quotations(document: Document, found: tuple[Finding, ...]) -> Iterator[Passage]:
    """Yield runs of quotations from one item by one speaker, with no prose of the report between them."""
    markers = (one.span for one in found if isinstance(one.value, Marker))
    noted = frozenset(place for span in markers for place in range(span.start, span.end))
    run: list[tuple[Span, Quotation]] = []
    for span, quotation in _list_quoted(document, found):
        if run and span.end <= run[-1][0].end:
            continue  # one inside the other: the outer holds its words
        if run and not _goes_on(document, noted, run[-1], (span, quotation)):
            yield _make_quoted(document, run)
            run = []
        run.append((span, quotation))
    if run:
        yield _make_quoted(document, run)


def _list_quoted(document: Document, found: tuple[Finding, ...]) -> list[tuple[Span, Quotation]]:
    quoted = [(one.span, one.value) for one in found if isinstance(one.value, Quotation)]
    kept = [
        (span, one)
        for span, one in quoted
        if one.item is not None and not one.scripture and one.role not in LEFT_OUT
        if any(letter.isalpha() for letter in document.text[span.start : span.end])
    ]
    return sorted(kept, key=lambda pair: (pair[0].start, -pair[0].end))


def _goes_on(
    document: Document, noted: frozenset[int], last: tuple[Span, Quotation], one: tuple[Span, Quotation]
) -> bool:
    """Tell whether a quotation goes on in another: no word of the report between, note markers aside."""
    if (last[1].item, last[1].speaker) != (one[1].item, one[1].speaker):
        return False
    between = range(last[0].end, one[0].start)
    return not any(document.text[place].isalnum() and place not in noted for place in between)


def _make_quoted(document: Document, run: list[tuple[Span, Quotation]]) -> Passage:
    (first, quotation), (last, _) = run[0], run[-1]
    return Passage(
        id="",
        span=Span(document=document.id, start=first.start, end=last.end),
        item=quotation.item,
        speaker=quotation.speaker,
        role=quotation.role,
        language=next((b.language for b in document.blocks if b.start <= first.start < b.end), None),
    )
