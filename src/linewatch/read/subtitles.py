"""Reads SubRip and WebVTT captions: one block a cue, with its times and the voice the format names."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from linewatch.model import Document, Portion, Problem
from linewatch.read.parts import Part, get_document_id, join_parts, make_problem, to_words
from linewatch.text.encoding import Decoded, decode

NAME = "subtitles.v1"
MEDIA_TYPES = ("application/x-subrip", "text/vtt")

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d\d)[,.](\d{1,3})"
_TIMES = re.compile(rf"{_TIME}[ \t]{{0,4}}-->[ \t]{{0,4}}{_TIME}")
_VOICE = re.compile(r"<v(?:\.[^ >]{0,60})? ([^>]{1,80})>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,120}>|<\d[\d:.]{0,14}>|\{\\[^{}]{0,40}\}")
_LANGUAGE = re.compile(r"^Language: *([A-Za-z]{2,3})\b", re.MULTILINE)
_ASIDE = ("WEBVTT", "NOTE", "STYLE", "REGION")
_BLANK = re.compile(r"\n[ \t]*\n+")
_ROLLED = "shown already by the cue before"
_AT_ONCE = 200
"""Milliseconds between two cues of which the second rolls on."""
_MOST = 0.5


class Cue(NamedTuple):
    """A caption as it is shown: its words, its times in milliseconds, and who speaks."""

    words: str
    begins: int
    ends: int
    speaker: str | None = None


class Aside(NamedTuple):
    """What is no cue, or is shown twice, as it stands in the file."""

    words: str
    reason: str


def read(data: bytes, *, evidence: str) -> Document:
    """Return the document of the cues, in order, a line each; what is no cue is set aside or a problem."""
    decoded = decode(data)
    cues: list[Cue] = []
    aside: list[Aside] = []
    for stretch in list_stretches(decoded.text):
        found = parse_cues(stretch)
        cues += found
        if not found:
            aside.append(Aside(stretch, "no cue"))
    shown = drop_rolled(cues)
    text, blocks = join_parts((_make_part(cue) for cue, _ in shown), between="\n")
    rolled = [Aside(words, _ROLLED) for _, words in shown if words]
    return Document(
        id=get_document_id(evidence, NAME, text),
        evidence=evidence,
        reader=NAME,
        text=text,
        blocks=blocks,
        encoding=decoded.encoding,
        portions=tuple(_list_portions(len(data), decoded, text, [*aside, *rolled])),
        problems=tuple(_list_problems(decoded, cues, aside, evidence)),
        metadata=_read_metadata(aside),
    )


def list_stretches(source: str) -> Iterator[str]:
    r"""Yield what stands between blank lines, and each cue apart where no blank line is between two.

    >>> list(list_stretches("1\n00:01.000 --> 00:02.000\nRow\n2\n00:02.000 --> 00:03.000\non"))
    ['1\n00:01.000 --> 00:02.000\nRow', '2\n00:02.000 --> 00:03.000\non']
    """
    for part in _BLANK.split(source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")):
        lines = part.strip("\n").split("\n")
        timed = [at for at, line in enumerate(lines) if _TIMES.match(line.strip())][1:]
        starts = [at - 1 if lines[at - 1].strip().isdigit() else at for at in timed]
        for start, end in pairwise([0, *starts, len(lines)]):
            stretch = "\n".join(lines[start:end])
            if stretch.strip():
                yield stretch


def parse_cues(stretch: str) -> list[Cue]:
    r"""Return the cue in a stretch between blank lines, one for each voice in it; none where there are no times.

    >>> parse_cues("1\n00:00:01,500 --> 00:00:02,000\n<v Narrator>Row <i>on</i>.")
    [Cue(words='Row on.', begins=1500, ends=2000, speaker='Narrator')]
    """
    lines = stretch.split("\n")
    for at, line in enumerate(lines[:2]):
        times = _TIMES.match(line.strip())
        if times is not None:
            begins, ends = _to_ms(times.groups()[:4]), _to_ms(times.groups()[4:])
            return [Cue(words, begins, ends, who) for who, words in _split_voices("\n".join(lines[at + 1 :]))]
    return []


def _split_voices(raw: str) -> list[tuple[str | None, str]]:
    """Return who speaks and what, in order; a cue without words stays one with none."""
    first, *rest = _VOICE.split(raw)
    said: list[tuple[str | None, str]] = [(None, _clean(first))]
    for name, words in zip(rest[::2], rest[1::2], strict=True):
        said.append((" ".join(html.unescape(name).split()), _clean(words)))
    return [one for one in said if one[1]] or [(None, "")]


def _clean(raw: str) -> str:
    return to_words(html.unescape(_TAG.sub("", raw)))


def _to_ms(parts: Sequence[str | None]) -> int:
    hours, minutes, seconds = (int(part or 0) for part in parts[:3])
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + int((parts[3] or "").ljust(3, "0"))


def drop_rolled(cues: Sequence[Cue]) -> list[tuple[Cue, str]]:
    """Return each cue that has new words, on one line, and the words that roll up into it from the one before."""
    rolls = _do_lines_roll(cues)
    out: list[tuple[Cue, str]] = []
    before = Cue("", 0, 0)
    for cue in cues:
        old = _count_rolled_words(before, cue) or (_count_rolled_lines(before, cue) if rolls else 0)
        words = cue.words.split()
        if words[old:]:
            out.append((cue._replace(words=" ".join(words[old:])), " ".join(words[:old])))
        before = cue
    return out


def _count_rolled_words(before: Cue, cue: Cue) -> int:
    """Return with how many words of the cue before a cue begins that has all of them and more.

    "Row" then "Row on, the tide is with us" rolls up; a song line sung twice, and "Rowing on", do not.
    """
    old, new = before.words.split(), cue.words.split()
    return len(old) if len(old) < len(new) and new[: len(old)] == old else 0


def _count_rolled_lines(before: Cue, cue: Cue) -> int:
    """Return how many words of a cue stand in lines that were the last ones of the cue just before, by the same voice."""
    if cue.begins - before.ends > _AT_ONCE or before.speaker != cue.speaker:
        return 0
    old, new = before.words.split("\n"), cue.words.split("\n")
    lines = next((n for n in range(len(new) - 1, 0, -1) if old[-n:] == new[:n]), 0)
    return len(" ".join(new[:lines]).split())


def _do_lines_roll(cues: Sequence[Cue]) -> bool:
    """Tell whether most cues of several lines repeat lines of the one before: as captions made live, unlike a song."""
    pairs = [(before, cue) for before, cue in pairwise(cues) if "\n" in cue.words]
    return sum(_count_rolled_lines(*pair) > 0 for pair in pairs) > _MOST * len(pairs)


def _make_part(cue: Cue) -> Part:
    return Part("cue", cue.words, speaker=cue.speaker, begins_ms=cue.begins, ends_ms=cue.ends)


def _read_metadata(aside: Sequence[Aside]) -> dict[str, str]:
    said = _LANGUAGE.search(aside[0].words) if aside and aside[0].words.startswith("WEBVTT") else None
    return {"language": said[1].lower()} if said else {}


def _list_portions(size: int, decoded: Decoded, text: str, aside: Sequence[Aside]) -> Iterator[Portion]:
    """Yield what became of the bytes: the cues' words, what is set aside, and the numbers, times and tags."""
    left = size - min(size, decoded.measure(text))
    yield Portion(where="cues", size=size - left, unit="bytes", outcome="read")
    for words, reason in aside:
        taken = min(decoded.measure(words), left)
        left -= taken
        yield Portion(
            where="cues" if reason == _ROLLED else "between cues",
            size=taken,
            unit="bytes",
            outcome="set aside",
            reason=reason,
            text=words,
        )
    reason = "cue numbers, times, tags and line ends"
    yield Portion(where="around cues", size=left, unit="bytes", outcome="set aside", reason=reason)


def _list_problems(
    decoded: Decoded, cues: Sequence[Cue], aside: Sequence[Aside], evidence: str
) -> Iterator[Problem]:
    if decoded.fault:
        yield make_problem("unknown-encoding", decoded.fault, evidence)
    broken = [words for words, _ in aside if not words.lstrip().startswith(_ASIDE)]
    for place, words in enumerate(broken, start=1):
        message = f"not a cue: {words.strip()[:60]!r}"
        yield make_problem("broken-cue", message, evidence, f"broken cue {place}")
    if not broken and not any(cue.words for cue in cues):
        yield make_problem("empty", "the file holds no cue with words", evidence)
    for cue in cues:
        if cue.ends < cue.begins:
            yield make_problem("broken-cue", "the cue ends before it begins", evidence, f"{cue.begins} ms")
