"""Which paragraphs are the bodies of notes: told by their labels, their order, and whether the text before points to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linewatch.text.labels import RAISED, Label, find_label, to_number
from linewatch.text.spans import trim

_HEADING = re.compile(
    r"\W{0,6}(?:end\s?notes?|foot\s?notes?|notes?(?:\sand\sreferences)?|references|sources|citations|الهوامش|هوامش|المراجع|الحواشي)\W{0,4}",
    re.IGNORECASE,
)
_TOGETHER = re.compile(r"(?<=[\s.)\]\"”’])\[(\d{1,3})\][\s\u00a0]")
_POINTER = re.compile(
    rf"[^\W\d_]?[.,;:!?\"”’»)\]]{{0,3}}(?:\[(\d{{1,3}})\]|(?<=[^\s\d])(\d{{1,3}})(?![\d.,]?\d|\w)|([{RAISED}]{{1,3}}))"
)
_BRACKET = re.compile(r"(?<!\n)\[[0-9٠-٩]{1,3}\]")
_STAR_POINTER = re.compile(r"[^\s*][*†‡]{1,3}(?!\*)(?=\W|\Z)")
_LONGEST_LOOK = 400


class NoteLine(NamedTuple):
    """The body of a note: `text[start:end]`, its label before it at `label`."""

    n: str
    form: str
    label: int
    start: int
    end: int
    paragraphs: tuple[int, ...] = ()
    """The places, in the list given, of the paragraphs it takes up."""


def is_notes_heading(words: str) -> bool:
    """Tell whether a line is the heading of a notes section.

    >>> is_notes_heading("## Notes"), is_notes_heading("Notes from the quay")
    (True, False)
    """
    return _HEADING.fullmatch(words.strip()) is not None


def find_note_lines(
    text: str, paragraphs: Sequence[tuple[int, int]], *, marked: frozenset[int] = frozenset()
) -> list[NoteLine]:
    """Return the note bodies among the paragraphs, in order; those in `marked` the format itself calls notes."""
    labels = [find_label(text, *span) for span in paragraphs]
    taken = {at for at in marked if labels[at] is not None} | _take_sure(text, paragraphs, labels)
    if not taken:
        taken = _take_run(text, paragraphs, labels)
    taken |= _take_stars(text, paragraphs, labels)
    notes = [_join(text, paragraphs, labels, at, taken) for at in sorted(taken)]
    return [piece for note in notes for piece in _split_together(text, note)]


def _take_sure(text: str, paragraphs: Sequence[tuple[int, int]], labels: Sequence[Label | None]) -> set[int]:
    """Take the labels that are notes wherever they stand: `[^1]:`, raised figures, and `[2]` where the text has such markers."""
    found = {at for at, label in enumerate(labels) if label is not None and paragraphs[at][1] - label.end > 1}
    caret = {at for at in found if _is_form(labels[at], "caret") and _ends_in_colon(text, labels[at])}
    raised = {at for at in found if _is_form(labels[at], "raised")}
    bracket = {at for at in found if _is_form(labels[at], "bracket")}
    if bracket and not _has_bracket_markers(text, [paragraphs[at][0] for at in bracket]):
        headed = _has_heading_before(text, paragraphs, min(bracket))
        bracket = bracket if headed else set()
    return caret | raised | bracket


def _is_form(label: Label | None, form: str) -> bool:
    return label is not None and label.form == form


def _ends_in_colon(text: str, label: Label | None) -> bool:
    return label is not None and ":" in text[label.start : label.end]


def _has_bracket_markers(text: str, starts: Iterable[int]) -> bool:
    """Tell whether `[2]` also stands within lines: else `[1]`, `[2]` at their beginning only number paragraphs."""
    begins = set(starts)
    return any(hit.start() not in begins for hit in _BRACKET.finditer(text))


def _take_run(text: str, paragraphs: Sequence[tuple[int, int]], labels: Sequence[Label | None]) -> set[int]:
    """Take the longest ascending run of `1.` or bare `1` labels: under a notes heading, or one that the text points to."""
    run = _find_run(labels)
    if not run:
        return set()
    if _has_heading_before(text, paragraphs, run[0]) or _is_pointed_to(text, paragraphs, labels, run):
        return set(run)
    return set()


def _find_run(labels: Sequence[Label | None]) -> list[int]:
    """Return the longest ascending run of plain numbers that begins at 1, 2 or 3 (the first notes may be lost)."""
    numbered = [
        (at, label.number)
        for at, label in enumerate(labels)
        if label is not None and label.form in {"dotted", "bare"} and label.number
    ]
    best: list[int] = []
    for begin, (_, number) in enumerate(numbered):
        if number <= 3:
            run = _follow_run(numbered, begin)
            best = run if len(run) >= len(best) else best
    return best


def _follow_run(numbered: Sequence[tuple[int, int]], begin: int) -> list[int]:
    at, first = numbered[begin]
    run, last = [at], first
    for n in range(begin + 1, len(numbered)):
        after, number = numbered[n]
        if number <= first:
            break
        if last < number <= last + 3:
            run.append(after)
            last = number
    return run


def _has_heading_before(text: str, paragraphs: Sequence[tuple[int, int]], first: int) -> bool:
    near = paragraphs[max(0, first - 2) : first]
    return any(is_notes_heading(text[start:end]) for start, end in near if end - start < 60)


def _is_pointed_to(
    text: str, paragraphs: Sequence[tuple[int, int]], labels: Sequence[Label | None], run: list[int]
) -> bool:
    """Tell whether at least half of the run's numbers stand as markers in the text before it."""
    wanted = {label.n for at in run if (label := labels[at]) is not None}
    seen: set[str] = set()
    for hit in _POINTER.finditer(text, 0, paragraphs[run[0]][0]):
        seen.add(to_number(next(group for group in hit.groups() if group is not None)))
    return len(run) > 1 and 2 * len(wanted & seen) >= len(wanted)


def _take_stars(text: str, paragraphs: Sequence[tuple[int, int]], labels: Sequence[Label | None]) -> set[int]:
    """Take `*` notes: a star stands after a word before them, and they are no bullets."""
    stars = [at for at, label in enumerate(labels) if label is not None and label.form == "star"]
    alone = [at for at in stars if at - 1 not in stars and at + 1 not in stars]
    if not alone:
        return set()
    first = _STAR_POINTER.search(text)
    return {
        at
        for at in alone
        if first is not None and first.start() < paragraphs[at][0] and not _is_emphasis(text, *paragraphs[at])
    }


def _is_emphasis(text: str, start: int, end: int) -> bool:
    """Tell whether a paragraph's star only opens Markdown emphasis: `*The Lamp* of 3 May`."""
    line = text[start : min(end, start + _LONGEST_LOOK)]
    return re.match(r"\*[^*\s][^*]{0,300}\*(?!\w)", line) is not None


def _join(
    text: str, paragraphs: Sequence[tuple[int, int]], labels: Sequence[Label | None], at: int, taken: set[int]
) -> NoteLine:
    """Return the note at `at` with the unlabelled paragraphs up to the next note, where one follows soon."""
    label = labels[at]
    assert label is not None
    after = next((n for n in range(at + 1, min(at + 4, len(paragraphs))) if n in taken), None)
    last = after - 1 if after is not None and _continues(text, paragraphs[at + 1 : after]) else at
    place = trim(text, label.end, paragraphs[last][1])
    return NoteLine(label.n, label.form, label.start, place.start, place.end, tuple(range(at, last + 1)))


def _continues(text: str, between: Iterable[tuple[int, int]]) -> bool:
    return all(not is_notes_heading(text[start:end]) for start, end in between)


def _split_together(text: str, note: NoteLine) -> Iterator[NoteLine]:
    """Yield the notes of one paragraph apart: `[1] The Lamp, 3 May. [2] The Lamp, 9 May.`."""
    number, start, label = note.n, note.start, note.label
    if note.form == "bracket":
        for hit in _TOGETHER.finditer(text, note.start, note.end):
            if number.isdigit() and int(hit[1]) == int(number) + 1:
                place = trim(text, start, hit.start())
                yield NoteLine(number, note.form, label, place.start, place.end, note.paragraphs)
                number, label, start = hit[1], hit.start(), hit.end()
    place = trim(text, start, note.end)
    yield NoteLine(number, note.form, label, place.start, place.end, note.paragraphs)
