"""A rule that was fixed before anything was coded: what change is expected, of which codebook, by which conditions."""

from __future__ import annotations

import hashlib
from typing import Literal

from msgspec import structs, to_builtins

from linewatch.model import Codebook, Value, to_json
from linewatch.model.line import Frame
from linewatch.stats.keys import LEAST_ITEMS, LEAST_PROBABILITY, MOST_CHANCE

Side = Literal["two", "up", "down"]
EXPECTED: dict[Side, str] = {"two": "a change either way", "up": "a softening", "down": "a hardening"}


class Registration(Value, frozen=True, kw_only=True):
    """The rule as registered; its digest goes into the custody log with it."""

    side: Side
    note: str
    """What the analyst expects and why, in words."""
    codebook: str
    codebook_sha256: str
    frame: Frame
    least_probability: float = LEAST_PROBABILITY
    most_chance: float = MOST_CHANCE
    least_items: int = LEAST_ITEMS

    @property
    def sha256(self) -> str:
        """Return the digest of the whole rule."""
        return hashlib.sha256(to_json(self)).hexdigest()


def digest_codebook(codebook: Codebook) -> str:
    """Return the digest of everything a codebook asks of people; the lexicon is the machine's."""
    asked = structs.replace(codebook, lexicon={})
    return hashlib.sha256(to_json(to_builtins(asked, str_keys=True))).hexdigest()


def find_breach(rule: Registration, codebook: Codebook, frame: Frame) -> str | None:
    """Return why a registered rule no longer holds, None where it does: what it was registered for is what is tracked."""
    if rule.codebook != codebook.name:
        return f"the case is coded by {codebook.name}"
    if rule.codebook_sha256 != digest_codebook(codebook):
        return "the codebook has been changed since"
    return None if rule.frame == frame else f"the sampling frame is {frame} now"


def tell_registration(rule: Registration, breach: str | None = None) -> str:
    """Return the rule in a sentence, and where it no longer holds the reason."""
    broken = f" It does not hold: {breach}, so chance is taken both ways." if breach else ""
    return (
        f"Registered before coding ({rule.sha256[:12]}): {EXPECTED[rule.side]} is expected, by {rule.codebook}, "
        f"sampling frame {rule.frame}; P(turn) {rule.least_probability} or more, p {rule.most_chance} or less.{broken}"
    )
