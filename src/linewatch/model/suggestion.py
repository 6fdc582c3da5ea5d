"""What machine coders suggest: rows of their own kind, never judgements, retracted, never deleted."""

from __future__ import annotations

from datetime import datetime

from linewatch.model.value import Value

MACHINE = "machine:"
"""What the name of every machine coder begins with."""


class Suggestion(Value, frozen=True, kw_only=True):
    """A machine's answer to one question on one passage."""

    id: str
    run: str
    machine: str
    """`machine:` and the versioned name, such as `machine:lexicon.v1`."""
    passage: str
    codebook: str
    digest: str
    """The digest of the codebook it was made under."""
    question: str
    value: str
    """Yes, no or unclear; unclear where the machine abstains or refuses."""
    probability: float | None = None
    """Of yes, as far as the machine says."""
    start: int | None = None
    end: int | None = None
    """Where its evidence stands in the passage, in code points from the passage's beginning."""
    reason: str | None = None
    retracts: str | None = None
    """The id of the suggestion that this row takes back (then `value` is empty)."""


class MachineRun(Value, frozen=True, kw_only=True):
    """One pass of a machine coder over the passages, and the settings that were frozen for it."""

    id: str
    machine: str
    settings: dict[str, str]
    """What decides its answers: tables, weights of models, thresholds, seeds, prompts, as text or digests."""
    digest: str
    """Of the settings: the same digits are the same configuration."""
    codebook: str
    """The digest of the codebook."""
    passages: int
    abstained: int
    """Answers of unclear."""
    refused: int = 0
    """Answers that the machine would not give, or that were refused for want of evidence."""
    order: tuple[str, ...] = ()
    """Where it proposes which passages people should code next: these, most useful first; never a random sample."""
    finished_at: datetime


class MachineCall(Value, frozen=True, kw_only=True):
    """One question put to a language model, word for word, and what came back: enough to play it again."""

    id: str
    run: str
    passage: str
    machine: str
    address: str
    request: str
    """The body that was sent, as JSON; no key is in it."""
    status: str
    """What became of it: answered, refused, timeout, redirect, http 500, not JSON and the like."""
    answer: str
    """The body that came back, cut at the limit; empty where none did."""
