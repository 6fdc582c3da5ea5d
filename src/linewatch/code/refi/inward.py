"""A project's codings as answers on stretches of the case's texts, and in words what is not taken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import NamedTuple

from msgspec.structs import replace

from linewatch.code.answers import RANGE, Answer, find_bad_name
from linewatch.code.codebook import SKIP
from linewatch.code.refi.newlines import Even, even
from linewatch.code.refi.outward import name_source
from linewatch.code.refi.project import Coding, Project, Selection, TextSource, walk_codes
from linewatch.code.refi.read import name_users
from linewatch.code.refi.scheme import map_codes
from linewatch.model import Codebook, Document, Span, Value
from linewatch.text.retrace import digest_words, find_words


class Taken(Value, frozen=True, kw_only=True):
    """What one coder says of one stretch of a text."""

    span: Span
    coder: str
    answers: tuple[Answer, ...]
    at: datetime | None = None


class Reading(NamedTuple):
    """The codings that can be taken, and in words those that cannot."""

    taken: list[Taken]
    left: list[str]


Find = Callable[[Selection], Span | None]
"""Finds a selection in the case."""


def take_codings(
    project: Project, codebook: Codebook, documents: Iterable[Document], *, coder: str | None = None
) -> Reading:
    """Return the answers that a project's codings are under a codebook; `coder` is whose those are that name nobody.

    A text is known by our own GUID, or by its words, however they are spaced.
    """
    answers = map_codes(codebook, project.codes)
    names = {one.guid: one.name for one in walk_codes(project.codes)}
    users = {guid: name for guid, name in name_users(project).items() if find_bad_name(name) is None}
    texts, left, taken = _Texts(documents), Counter[str](), list[Taken]()
    for source in project.sources:
        find = texts.match(source)
        if find is None:
            left[
                f"text {source.name!r} with its codings: no document of the case has its words; gather it first"
            ] += 1
            continue
        if source.codings:
            left["coding of a whole text"] += len(source.codings)
        taken += list(_take_source(source, find, _Terms(codebook, answers, names, users, coder), left))
    joined = _join(codebook, taken, left)
    told = [f"{number} {what}" for what, number in left.items()]
    return Reading(joined, [*project.lost, *told])


class _Terms(NamedTuple):
    """What a coding's code and user are in the case."""

    codebook: Codebook
    answers: Mapping[str, Answer]
    names: Mapping[str, str]
    users: Mapping[str, str]
    coder: str | None


class _Texts:
    """The case's documents, to be found by our GUID, by their words as they stand, or however they are spaced."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._even = {name_source(one.id): (one, even(one.text)) for one in documents}
        self._by_text = {made.text: guid for guid, (_, made) in reversed(self._even.items())}
        self._by_words = {digest_words(one.text): one for one, _ in reversed(self._even.values())}

    def match(self, source: TextSource) -> Find | None:
        """Return what finds the selections of a text in the document that it is, None where there is none."""
        own = self._even.get(source.guid)
        guid = source.guid if own and own[1].text == source.text else self._by_text.get(source.text)
        if guid is not None:
            return partial(_lift, *self._even[guid])
        spaced = self._by_words.get(digest_words(source.text))
        return partial(_find_by_words, source, spaced) if spaced else None


def _lift(document: Document, made: Even, one: Selection) -> Span:
    return Span(document=document.id, start=made.lift(one.start), end=made.lift(one.end))


def _find_by_words(source: TextSource, document: Document, one: Selection) -> Span | None:
    """Return where a selection's words are, the place of several that lies about where they lay."""
    share = one.start / (len(source.text) or 1) * len(document.text)
    places = find_words(document.text, source.text[one.start : one.end])
    if not places:
        return None
    start, end = min(places, key=lambda place: abs(place.start - share))
    return Span(document=document.id, start=start, end=end)


def _take_source(source: TextSource, find: Find, terms: _Terms, left: Counter[str]) -> Iterator[Taken]:
    for one in source.selections:
        span = find(one)
        if span is None:
            left[f"selection in {source.name!r} whose words are not in the document"] += 1
            continue
        for coding in one.codings:
            if answer := _take_coding(one, coding, terms, left):
                user = terms.users.get(coding.user or "") or terms.coder
                yield Taken(span=span, coder=user or "", answers=(answer,), at=coding.at or one.at)


def _take_coding(one: Selection, coding: Coding, terms: _Terms, left: Counter[str]) -> Answer | None:
    answer = terms.answers.get(coding.code)
    if answer is None:
        left[f"coding with {terms.names.get(coding.code, 'a code that is not listed')!r}, which is not in {terms.codebook.name}"] += 1  # fmt: skip
        return None
    if not (terms.users.get(coding.user or "") or terms.coder):
        left["coding that names no coder (say whose they are with --as)"] += 1
        return None
    memo = coding.memo if coding.memo is not None else _find_memo(one, coding, answer.question)
    if answer.question == SKIP:
        reason, _, note = (memo or "no reason given").partition("\n")
        return replace(answer, value=reason, note=note or None)
    return replace(answer, note=memo) if memo else answer


def _find_memo(one: Selection, coding: Coding, question: str) -> str | None:
    """Return the part of a selection's memo that speaks of a question; a memo without such parts goes with the last coding."""
    if not one.memo or any(coding.memo is not None for coding in one.codings):
        return None
    parts = re.split(r"(?m)^([\w.-]{1,60}): ", one.memo)
    if len(parts) == 1:
        return one.memo if coding is one.codings[-1] else None
    marked = dict(zip(parts[1::2], parts[2::2], strict=True))
    return marked[question].rstrip("\n") if question in marked else None


def _join(codebook: Codebook, taken: Iterable[Taken], left: Counter[str]) -> list[Taken]:
    """Return one of each stretch and coder, with the latest time; a coder who says two things of one question says neither."""
    grouped: dict[tuple[Span, str], list[Taken]] = {}
    for one in taken:
        grouped.setdefault((one.span, one.coder), []).append(one)
    joined = []
    for (span, coder), parts in grouped.items():
        answers = _join_answers(codebook, [answer for one in parts for answer in one.answers], left)
        at = max((one.at for one in parts if one.at), default=None)
        joined.append(Taken(span=span, coder=coder, answers=answers, at=at))
    return [one for one in joined if one.answers]


def _join_answers(codebook: Codebook, answers: Iterable[Answer], left: Counter[str]) -> tuple[Answer, ...]:
    """Return one answer a question; several points of the scale are a range."""
    joined: dict[str, Answer] = {}
    torn: set[str] = set()
    for one in answers:
        before = joined.setdefault(one.question, one)
        if one.question == codebook.scale.name:
            joined[one.question] = _widen(before, one)
        elif before.value != one.value:
            torn.add(one.question)
    if SKIP in joined and len(joined) > 1:
        torn.add(SKIP)
    for question in sorted(torn):
        left[f"answers to {question} that contradict each other or a skip"] += 1
    return tuple(one for question, one in joined.items() if question not in torn)


def _widen(one: Answer, other: Answer) -> Answer:
    ends = [end for answer in (one, other) for end in (answer.low, answer.high) if end is not None]
    return Answer(
        question=one.question, value=RANGE, low=min(ends), high=max(ends), note=one.note or other.note
    )
