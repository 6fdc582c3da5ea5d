"""Reads SubRip and WebVTT captions: one block a cue, with its times and the voice the format names."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from linewatch.model import Block, Document, Portion, Problem, get_id
from linewatch.read.plain import decode
from linewatch.text.scripts import find_language

NAME = "subtitles.v1"
MEDIA_TYPES = ("application/x-subrip", "text/vtt")

_TIMES = re.compile(r"(?:(\d{1,3}):)?(\d\d):(\d\d)[,.](\d{3}) --> (?:(\d{1,3}):)?(\d\d):(\d\d)[,.](\d{3})")
_VOICE = re.compile(r"<v(?:\.[^ >]{0,60})? ([^>]{1,80})>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,120}>|<\d[\d:.]{0,14}>|\{\\[^{}]{0,40}\}")
_ASIDE = ("WEBVTT", "NOTE", "STYLE", "REGION")
_BLANK = re.compile(r"\n[ \t]*\n+")


class Cue(NamedTuple):
    """A caption as it is shown: its words, its times in milliseconds, and who speaks."""

    words: str
    begins: int
    ends: int
    speaker: str | None


def read(data: bytes, *, evidence: str) -> Document:
    """Return the document of the cues, in order, a line each; what is no cue is set aside or a problem."""
    decoded = decode(data)
    cues: list[Cue] = []
    aside: list[str] = []
    problems = [_make_fault(decoded.fault, evidence)] if decoded.fault else []
    for part in _BLANK.split(decoded.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")):
        if not part.strip():
            continue
        cue = parse_cue(part)
        if cue is not None:
            cues.append(cue)
        elif part.lstrip().startswith(_ASIDE):
            aside.append(part)
        else:
            problems.append(_make_problem(part, evidence, len(problems)))
            aside.append(part)
    text, blocks = _join(_drop_rolled(cues))
    return Document(
        id=get_id("document", evidence, NAME),
        evidence=evidence,
        reader=NAME,
        text=text,
        blocks=tuple(blocks),
        encoding=decoded.encoding,
        portions=tuple(_list_portions(len(data), text, aside)),
        problems=tuple(problems),
    )


def parse_cue(part: str) -> Cue | None:
    r"""Return the cue in a stretch between blank lines, None where there is none.

    >>> parse_cue("1\n00:00:01,500 --> 00:00:02,000\n<v Narrator>Row <i>on</i>.")
    Cue(words='Row on.', begins=1500, ends=2000, speaker='Narrator')
    """
    lines = part.strip("\n").split("\n")
    at = next((place for place, line in enumerate(lines[:2]) if _TIMES.match(line.strip())), None)
    if at is None:
        return None
    times = _TIMES.match(lines[at].strip())
    assert times is not None
    raw = " ".join(line.strip() for line in lines[at + 1 :])
    voice = _VOICE.search(raw)
    words = " ".join(html.unescape(_TAG.sub("", raw)).split())
    speaker = html.unescape(voice[1]).strip() if voice else None
    return Cue(words, _to_ms(times.groups()[:4]), _to_ms(times.groups()[4:]), speaker)


def _to_ms(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, milliseconds = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds


def _drop_rolled(cues: list[Cue]) -> Iterator[Cue]:
    """Yield each cue without the words that roll up into it from the one before."""
    before = ""
    for cue in cues:
        # "Row" then "Row on, the tide is with us" rolls up; a song line sung twice, and "Rowing on", do not.
        rolled = bool(before) and cue.words.startswith(f"{before} ")
        words = cue.words[len(before) + 1 :] if rolled else cue.words
        before = cue.words
        if words:
            yield cue._replace(words=words)


def _join(cues: Iterator[Cue]) -> tuple[str, list[Block]]:
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for cue in cues:
        blocks.append(
            Block(
                kind="cue",
                start=at,
                end=at + len(cue.words),
                language=find_language(cue.words),
                speaker=cue.speaker,
                begins_ms=cue.begins,
                ends_ms=cue.ends,
            )
        )
        parts.append(cue.words)
        at += len(cue.words) + 1
    return "\n".join(parts), blocks


def _list_portions(size: int, text: str, aside: list[str]) -> Iterator[Portion]:
    """Yield what became of the bytes: the cues' words, what stands between cues, and the numbers, times and tags."""
    words, kept = len(text.encode()), [(part, len(part.encode())) for part in aside]
    words = min(words, max(0, size - sum(length for _, length in kept)))
    yield Portion(where="cues", size=words, unit="bytes", outcome="read")
    left = size - words
    for part, length in kept:
        taken = min(length, left)
        left -= taken
        yield Portion(
            where="between cues", size=taken, unit="bytes", outcome="set aside", reason="no cue", text=part
        )
    if left:
        reason = "cue numbers, times, tags and line ends"
        yield Portion(where="around cues", size=left, unit="bytes", outcome="set aside", reason=reason)


def _make_problem(part: str, evidence: str, place: int) -> Problem:
    return Problem(
        id=get_id("problem", "broken-cue", evidence, place),
        stage="read",
        kind="broken-cue",
        message=f"not a cue: {part.strip()[:60]!r}",
        evidence=evidence,
    )


def _make_fault(fault: str, evidence: str) -> Problem:
    return Problem(
        id=get_id("problem", "unknown-encoding", evidence),
        stage="read",
        kind="unknown-encoding",
        message=fault,
        evidence=evidence,
    )
