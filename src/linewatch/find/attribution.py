"""What is said of who speaks a quotation, and the words around it that it is read from."""

from __future__ import annotations

import re
from typing import NamedTuple

from linewatch.find.phrases import Phrase
from linewatch.find.prose import Marked, Prose
from linewatch.model.finding import Role

_BRACKETED = re.compile(r"\([^()]{0,80}\)")
_LONGEST = 700
_AFTER = 240


class Attribution(NamedTuple):
    """Who speaks, in which role, and why; `start:end` is where the name stands (0, 0 for nowhere)."""

    speaker: str | None
    role: Role
    reason: str
    start: int = 0
    end: int = 0
    cued: bool = True
    scripture: bool = False


NOBODY = Attribution(None, "unknown", "nobody is named near it", cued=False)


class Leads(NamedTuple):
    """The words around a quotation, quoted words blotted out, and their place in the text."""

    before: str
    before_at: int
    after: str
    after_at: int


def read_leads(prose: Prose, mark: Marked) -> Leads:
    """Return the words before a quotation in its sentence, and those after it in its paragraph up to some length."""
    sentence = prose.find_sentence(mark.before)
    start = max(
        prose.sentences[sentence].start if sentence is not None else mark.before, mark.before - _LONGEST
    )
    block = prose.blocks[mark.last_block]
    stop = max(mark.after, min(block.end, mark.after + _AFTER))
    return Leads(
        _drop_brackets(prose.blotted[start : mark.before]),
        start,
        _drop_brackets(prose.blotted[mark.after : stop]),
        mark.after,
    )


def read_lead_of_block(prose: Prose, block: int) -> Leads:
    """Return the last sentence of the block before, as the words that lead in."""
    end = prose.blocks[block - 1].end
    sentence = prose.find_sentence(end - 1)
    start = max(prose.sentences[sentence].start if sentence is not None else end, end - _LONGEST)
    return Leads(_drop_brackets(prose.blotted[start:end]), start, "", end)


def _drop_brackets(words: str) -> str:
    """Return the words with what stands in round brackets blanked out: "As Merrow (2031) argues"."""
    return _BRACKETED.sub(lambda hit: " " * len(hit[0]), words)


def from_phrase(phrase: Phrase, at: int, reason: str) -> Attribution:
    """Return the attribution to a noun phrase read from words that begin at `at` in the text."""
    return Attribution(phrase.text, phrase.role or "unknown", reason, at + phrase.start, at + phrase.end)
