"""Proposes the passages to be coded: one speaker, one stretch. What a passage says of the line is for coders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from linewatch.model import Document, Finding, Item, Passage, Quotation, Span, get_id

FEWEST_WORDS = 8
MOST_CUE_WORDS = 110
PROSE = frozenset({"paragraph", "blockquote", "message", "list"})
LEFT_OUT = frozenset({"analyst", "scripture"})


def propose_passages(document: Document, findings: Iterable[Finding]) -> tuple[Passage, ...]:
    """Return the passages of a document: the held item's own prose, or what a report quotes of each item."""
    found = tuple(findings)
    held = next((one for one in found if isinstance(one.value, Item) and one.value.held), None)
    stretches = _split_own(document, held) if held else _join_quotations(document, found)
    seen: Counter[str] = Counter()
    return tuple(_name(document, stretch, seen) for stretch in stretches if _is_long(document, stretch))


def _is_long(document: Document, passage: Passage) -> bool:
    return len(document.text[passage.span.start : passage.span.end].split()) >= FEWEST_WORDS


def _name(document: Document, passage: Passage, seen: Counter[str]) -> Passage:
    """Return the passage with the id its words have: it survives a re-reading that keeps the words."""
    words = " ".join(document.text[passage.span.start : passage.span.end].split())
    seen[words] += 1
    return Passage(
        id=get_id("passage", document.evidence, words, seen[words], length=12),
        span=passage.span,
        item=passage.item,
        speaker=passage.speaker,
        role=passage.role,
        language=passage.language,
    )


def _split_own(document: Document, held: Finding) -> Iterator[Passage]:
    """Yield the stretches of an item that the case holds: paragraphs, stanzas, runs of cues."""
    run: list[tuple[int, int, str, str | None, str | None]] = []
    for block in document.blocks:
        if block.kind in PROSE:
            yield from _end_run(document, held, run)
            run = []
            yield _make(document, held.id, block.start, block.end, block.speaker, language=block.language)
        elif block.kind in {"verse", "cue"}:
            if run and _breaks(document, run, block.start, block.kind, block.speaker):
                yield from _end_run(document, held, run)
                run = []
            run.append((block.start, block.end, block.kind, block.speaker, block.language))
    yield from _end_run(document, held, run)


def _breaks(
    document: Document,
    run: list[tuple[int, int, str, str | None, str | None]],
    start: int,
    kind: str,
    speaker: str | None,
) -> bool:
    """Tell whether a stanza, a voice or enough whole sentences end before `start`."""
    first, last, run_kind, run_speaker, _ = *run[0][:1], *run[-1][1:]
    if kind != run_kind or speaker != run_speaker:
        return True
    if kind == "verse":
        return document.text.count("\n", last, start) > 1
    words = document.text[first:last].split()
    return len(words) >= MOST_CUE_WORDS // 2 and words[-1].endswith((".", "!", "?", "؟", "…"))


def _end_run(
    document: Document, held: Finding, run: list[tuple[int, int, str, str | None, str | None]]
) -> Iterator[Passage]:
    if run:
        role = "singer" if run[0][2] == "verse" else "narrator"
        yield _make(document, held.id, run[0][0], run[-1][1], run[0][3], role=role, language=run[0][4])


def _join_quotations(document: Document, found: tuple[Finding, ...]) -> Iterator[Passage]:
    """Yield runs of quotations from one item by one speaker, with no prose of the report between them."""
    quoted = [(one, one.value) for one in found if isinstance(one.value, Quotation)]
    run: list[tuple[Finding, Quotation]] = []
    for finding, quotation in sorted(quoted, key=lambda pair: pair[0].span.start):
        if quotation.item is None or quotation.scripture or quotation.role in LEFT_OUT:
            continue
        if run and not _goes_on(document, run[-1], (finding, quotation)):
            yield _make_quoted(document, run)
            run = []
        run.append((finding, quotation))
    if run:
        yield _make_quoted(document, run)


def _goes_on(document: Document, last: tuple[Finding, Quotation], one: tuple[Finding, Quotation]) -> bool:
    between = document.text[last[0].span.end : one[0].span.start]
    same = last[1].item == one[1].item and last[1].speaker == one[1].speaker
    return same and not any(letter.isalnum() for letter in between)


def _make_quoted(document: Document, run: list[tuple[Finding, Quotation]]) -> Passage:
    (first, quotation), (last, _) = run[0], run[-1]
    return _make(
        document,
        quotation.item,
        first.span.start,
        last.span.end,
        quotation.speaker,
        role=quotation.role,
    )


def _make(  # noqa: PLR0913 - the parts of a passage
    document: Document,
    item: str | None,
    start: int,
    end: int,
    speaker: str | None,
    *,
    role: str = "unknown",
    language: str | None = None,
) -> Passage:
    span = Span(document=document.id, start=start, end=end)
    return Passage(id="", span=span, item=item, speaker=speaker, role=role, language=language)
