"""Parses SubRip, WebVTT and SBV cues: times, voices, language spans and the times of single words. Joins nothing."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from linewatch.read.parts import to_words

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d\d)[,.](\d{1,3})"
_TIMES = (
    re.compile(rf"{_TIME}[ \t]{{0,4}}-->[ \t]{{0,4}}{_TIME}"),
    re.compile(rf"{_TIME},{_TIME}$"),  # SBV, as video sites once wrote it
)
_TOKEN = re.compile(
    r"<(?P<end>/?)(?P<tag>[a-zA-Z]{1,20})(?:\.[^ \t\n<>]{0,60})?(?:[ \t\n](?P<note>[^<>]{0,120}))?>"
    r"|<(?P<time>\d[\d:.]{0,14})>"
    r"|<[/!]?[a-zA-Z][^<>]{0,120}>"
    r"|\{\\[^{}]{0,40}\}"
)
_STAMP = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d\d)[.](\d{1,3})")
_TAG_OF_LANGUAGE = re.compile(r"([a-z]{2,3})(?:-[a-z\d-]{1,30})?", re.IGNORECASE)
_BLANK = re.compile(r"\n[ \t]*\n+")


class Cue(NamedTuple):
    """Words as one voice says them in one language, their times in milliseconds, and when single words begin."""

    words: str
    begins: int
    ends: int
    speaker: str | None = None
    language: str | None = None
    marks: tuple[tuple[int, int], ...] = ()
    """How many of the words come before a time written between them, and that time."""


@dataclass
class _Run:
    """What is said in one voice and one language, as it is gathered."""

    speaker: str | None = None
    language: str | None = None
    raw: list[str] = field(default_factory=list)
    times: list[tuple[int, int]] = field(default_factory=list)
    """After how many characters of `raw` a time stands, and which."""
    size: int = 0

    def add(self, words: str) -> None:
        self.raw.append(words)
        self.size += len(words)


def list_stretches(source: str) -> Iterator[str]:
    r"""Yield what stands between blank lines, and each cue apart where no blank line is between two.

    >>> list(list_stretches("1\n00:01.000 --> 00:02.000\nRow\n2\n00:02.000 --> 00:03.000\non"))
    ['1\n00:01.000 --> 00:02.000\nRow', '2\n00:02.000 --> 00:03.000\non']
    """
    for part in _BLANK.split(source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")):
        lines = part.strip("\n").split("\n")
        timed = [at for at, line in enumerate(lines) if find_times(line)][1:]
        starts = [at - 1 if lines[at - 1].strip().isdigit() else at for at in timed]
        for start, end in pairwise([0, *starts, len(lines)]):
            stretch = "\n".join(lines[start:end])
            if stretch.strip():
                yield stretch


def find_times(line: str) -> tuple[int, int] | None:
    """Return the two times of a cue's line in milliseconds, None where it is no such line.

    >>> find_times("00:01.500 --> 00:02,000 align:start"), find_times("0:00:01.5,0:00:02.000")
    ((1500, 2000), (1500, 2000))
    """
    for pattern in _TIMES:
        hit = pattern.match(line.strip())
        if hit is not None:
            return _to_ms(*hit.groups()[:4]), _to_ms(*hit.groups()[4:])
    return None


def _to_ms(hours: str | None, minutes: str, seconds: str, fraction: str) -> int:
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int(fraction.ljust(3, "0"))


def parse_cues(stretch: str) -> list[Cue]:
    r"""Return the cue in a stretch between blank lines, one for each voice and language; none where there are no times.

    >>> [(one.speaker, one.words) for one in parse_cues("1\n00:00:01,500 --> 00:00:02,000\n<v Narrator>Row <i>on</i>.")]
    [('Narrator', 'Row on.')]
    """
    lines = stretch.split("\n")
    for at, line in enumerate(lines[:2]):
        times = find_times(line)
        if times is not None:
            said = [_make_cue(run, *times) for run in _list_runs("\n".join(lines[at + 1 :]))]
            return [cue for cue in said if cue.words] or [Cue("", *times)]
    return []


def _list_runs(raw: str) -> list[_Run]:
    """Return what each voice says in each language, in order; a voice ends at its end tag, as WebVTT has it."""
    runs = [_Run()]
    spoken: list[str] = []
    at = 0
    for token in _TOKEN.finditer(raw):
        runs[-1].add(html.unescape(raw[at : token.start()]))
        at = token.end()
        tag = (token["tag"] or "").lower()
        if token["time"]:
            _mark(runs[-1], token["time"])
        elif tag == "v":
            name = None if token["end"] else " ".join(html.unescape(token["note"] or "").split()) or None
            runs.append(_Run(name, runs[-1].language))
        elif tag == "lang":
            if token["end"]:
                spoken = spoken[:-1]
            else:
                spoken.append((token["note"] or "").strip())
            runs.append(_Run(runs[-1].speaker, _name_language(spoken)))
    runs[-1].add(html.unescape(raw[at:]))
    return runs


def _mark(run: _Run, stamp: str) -> None:
    hit = _STAMP.fullmatch(stamp)
    if hit is not None:
        run.times.append((run.size, _to_ms(*hit.groups())))


def _name_language(spoken: list[str]) -> str | None:
    """Return the language of the innermost span as ISO 639-1, None where it names none."""
    hit = _TAG_OF_LANGUAGE.fullmatch(spoken[-1]) if spoken else None
    return hit[1].lower() if hit else None


def _make_cue(run: _Run, begins: int, ends: int) -> Cue:
    raw = "".join(run.raw)
    return Cue(to_words(raw), begins, ends, run.speaker, run.language, tuple(_count_words(raw, run.times)))


def _count_words(raw: str, times: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield each time with the number of words that begin before it."""
    count, before = 0, 0
    for at, ms in times:
        count += len(raw[before:at].split())
        joined = 0 < before < at and not raw[before - 1].isspace() and not raw[before].isspace()
        count -= joined
        before = at
        yield count, ms
