"""Which paragraphs are the bodies of notes: told by their labels, their order, and whether the text before points to them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from linewatch.text.labels import RAISED, Label, find_label, to_number
from linewatch.text.spans import trim

_HEADING = re.compile(
    r"\W{0,6}(?:end\s?notes?|foot\s?notes?|notes?(?:\sand\sreferences)?|(?:end|foot)?notes?\s(?:to|for|on)\s(?:the\s)?(?:(?:chapter|part|section|appendix)\s[\w.]{1,12}|introduction|preface|conclusion|text)|references|sources|citations|الهوامش|هوامش|المراجع|الحواشي)\W{0,4}",
    re.IGNORECASE,
)
_TOGETHER = re.compile(r"(?<=[\s.)\]\"”’])\[(\d{1,3})\][\s\u00a0]")
_POINTER = re.compile(
    rf"[^\W\d_]?[.,;:!?\"”’»)\]]{{0,3}}(?:\[(\d{{1,3}})\]|(?<=[^\s\d])(\d{{1,3}})(?![\d.,]?\d|\w)|([{RAISED}]{{1,3}}))"
)
_BRACKET = re.compile(r"(?<!\n)\[[0-9٠-٩]{1,3}\]")
_STAR_POINTER = re.compile(r"[^\s*][*†‡]{1,3}(?!\*)(?=\W|\Z)")
# What no note goes on with: a heading, or a paragraph that is itself marked.
_PART = re.compile(r"#{1,6}\s|(?:chapter|part|section|appendix|annex)\s[\w.]{1,12}\b", re.IGNORECASE)
_MARKED = re.compile(rf"\S\[\^?\d{{1,3}}\]|[^\W\d_][.,;!?\"”’)]{{0,2}}\d{{1,3}}(?=\s|\Z)|\S[{RAISED}]{{1,3}}")
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
        taken = _take_runs(text, paragraphs, labels)
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


def _take_runs(text: str, paragraphs: Sequence[tuple[int, int]], labels: Sequence[Label | None]) -> set[int]:
    """Take the ascending runs of `1.` or of bare `1` labels that stand under a notes heading or that the text points to.

    A work may have several: notes at the foot of a page, or numbered anew in each chapter. Each needs markers of its own,
    so that a numbered list is not taken for notes.
    """
    headed = frozenset(
        at
        for at, label in enumerate(labels)
        if label is not None and label.number and _has_heading_before(text, paragraphs, at)
    )
    runs = [run for form in ("dotted", "bare") for run in _find_runs(labels, {form}, headed)]
    taken = _choose_runs(text, paragraphs, labels, runs)
    return taken or _choose_runs(text, paragraphs, labels, _find_runs(labels, {"dotted", "bare"}, headed))


def _choose_runs(
    text: str,
    paragraphs: Sequence[tuple[int, int]],
    labels: Sequence[Label | None],
    runs: Sequence[list[int]],
) -> set[int]:
    pointers = _list_pointers(text)
    headed = {run[0] for run in runs if _has_heading_before(text, paragraphs, run[0])}
    taken = {at for run in runs if run[0] in headed for at in run}
    used = Counter(label.n for at in taken if (label := labels[at]) is not None)
    alone = [run for run in runs if len(run) > 1 and run[0] not in headed]
    for run in sorted(alone, key=len, reverse=True):
        if _is_pointed_to(pointers, paragraphs, labels, run, used):
            taken |= set(run)
            used.update(label.n for at in run if (label := labels[at]) is not None)
    return taken


def _find_runs(
    labels: Sequence[Label | None], forms: Collection[str], headed: Collection[int]
) -> list[list[int]]:
    """Return the ascending runs of plain numbers, apart from each other.

    They begin at 1, 2 or 3 (the first notes may be lost), or under a notes heading at any number: a chapter may count on.
    """
    numbered = [
        (at, label.number)
        for at, label in enumerate(labels)
        if label is not None and label.form in forms and label.number
    ]
    runs: list[list[int]] = []
    passed = -1
    for begin, (at, number) in enumerate(numbered):
        if (number <= 3 or at in headed) and at > passed:
            run = _follow_run(numbered, begin)
            runs.append(run)
            passed = run[-1]
    return runs


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


def _list_pointers(text: str) -> dict[str, list[int]]:
    """Return where each number stands as a marker does."""
    places: dict[str, list[int]] = defaultdict(list)
    for hit in _POINTER.finditer(text):
        places[to_number(next(group for group in hit.groups() if group is not None))].append(hit.end())
    return places


def _is_pointed_to(
    pointers: Mapping[str, Sequence[int]],
    paragraphs: Sequence[tuple[int, int]],
    labels: Sequence[Label | None],
    run: list[int],
    used: Mapping[str, int],
) -> bool:
    """Tell whether at least half of the run's numbers stand as markers before their notes, outside of the run and not yet used."""
    met = 0
    for at in run:
        label = labels[at]
        if label is not None:
            places = pointers.get(label.n, ())
            before = bisect_left(places, paragraphs[at][0])
            own = sum(_count_within(places, paragraphs[one]) for one in run if one < at) if before else 0
            met += before - own > used.get(label.n, 0)
    return 2 * met >= len(run)


def _count_within(places: Sequence[int], paragraph: tuple[int, int]) -> int:
    return bisect_left(places, paragraph[1]) - bisect_left(places, paragraph[0])


def _take_stars(text: str, paragraphs: Sequence[tuple[int, int]], labels: Sequence[Label | None]) -> set[int]:
    """Take `*` notes: a star stands after a word before them, and they are no bullets."""
    stars = [at for at, label in enumerate(labels) if label is not None and label.form == "star"]
    alone = [at for at in stars if not _is_bullet(labels, at)]
    if not alone:
        return set()
    first = _STAR_POINTER.search(text)
    return {
        at
        for at in alone
        if first is not None and first.start() < paragraphs[at][0] and not _is_emphasis(text, *paragraphs[at])
    }


def _is_bullet(labels: Sequence[Label | None], at: int) -> bool:
    """Tell whether a line beside this one begins with the same star: a list, where notes go on with another sign."""
    label = labels[at]
    near = [labels[n] for n in (at - 1, at + 1) if 0 <= n < len(labels)]
    return any(other is not None and label is not None and other.n == label.n for other in near)


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
    last = after - 1 if after is not None and _continues(text, paragraphs[at + 1 : after], label) else at
    place = trim(text, label.end, paragraphs[last][1])
    return NoteLine(label.n, label.form, label.start, place.start, place.end, tuple(range(at, last + 1)))


def _continues(text: str, between: Iterable[tuple[int, int]], label: Label) -> bool:
    """Tell whether paragraphs go on with a note: no heading or page number, without markers, and set in where Markdown asks it."""
    for start, end in between:
        words = text[start:end]
        if is_notes_heading(words) or _PART.match(words) or words.isdigit():
            return False
        if _MARKED.search(words) or (label.form == "caret" and text[max(0, start - 2) : start].strip(" \t")):
            return False
    return True


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
