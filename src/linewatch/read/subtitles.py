"""Reads SubRip, WebVTT and SBV captions: one block a cue, with its times and the voice and language the format names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from linewatch.model import Block, Document, Portion, Problem
from linewatch.read.parts import Part, get_document_id, join_parts, make_problem
from linewatch.read.subtitles_cues import Cue, list_stretches, parse_cues
from linewatch.read.subtitles_rolling import drop_rolled
from linewatch.text.encoding import Decoded, decode

NAME = "subtitles.v2"
MEDIA_TYPES = ("application/x-subrip", "text/vtt", "text/x-sbv")

_LANGUAGE = re.compile(r"^Language: *([A-Za-z]{2,3})\b", re.MULTILINE)
_ASIDE = ("WEBVTT", "NOTE", "STYLE", "REGION")
_ROLLED = "shown already by the cue before"
_WORD = re.compile(r"\S+")


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
    rolled = drop_rolled(cues)
    shown = [cue for cue, _ in rolled if cue.words]
    text, blocks = join_parts(map(_make_part, shown), between="\n")
    twice = [Aside(words, _ROLLED) for _, words in rolled if words]
    return Document(
        id=get_document_id(evidence, NAME, text),
        evidence=evidence,
        reader=NAME,
        text=text,
        blocks=tuple(map(_complete, blocks, shown)),
        encoding=decoded.encoding,
        portions=tuple(_list_portions(len(data), decoded, text, [*aside, *twice])),
        problems=tuple(_list_problems(decoded, cues, aside, evidence)),
        metadata=_read_metadata(aside),
    )


def _make_part(cue: Cue) -> Part:
    return Part("cue", cue.words, speaker=cue.speaker, begins_ms=cue.begins, ends_ms=cue.ends)


def _complete(block: Block, cue: Cue) -> Block:
    """Return the block with the language that the file itself gives its words, and when single words begin."""
    times = " ".join(f"{place}:{ms}" for place, ms in _place_marks(cue))
    return msgspec.structs.replace(
        block, language=cue.language or block.language, said={"word_times": times} if times else None
    )


def _place_marks(cue: Cue) -> Iterator[tuple[int, int]]:
    """Return each place in the cue's words at which a word begins at a time of its own, and that time."""
    starts = [word.start() for word in _WORD.finditer(cue.words)] if cue.marks else []
    return ((starts[count], ms) for count, ms in cue.marks if count < len(starts))


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
