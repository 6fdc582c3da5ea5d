"""Passages, what coders judge of them, and what analysts correct in the findings: rows, retracted, never deleted."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from linewatch.model.document import Document, Span
from linewatch.model.value import Value
from linewatch.text.retrace import digest_words


class Passage(Value, frozen=True, kw_only=True):
    """A continuous stretch of one speaker: the unit of coding."""

    id: str
    """Made from the evidence and the passage's words, so that it survives a re-reading that keeps the words."""
    span: Span
    item: str | None
    """The id of the item it belongs to."""
    speaker: str | None = None
    role: str = "unknown"
    language: str | None = None
    warning: str | None = None
    """A sensitivity label; shown before the words."""


class Judgement(Value, frozen=True, kw_only=True):
    """One coder's answer to one question on one passage."""

    id: str
    passage: str
    coder: str
    codebook: str
    question: str
    """A question's id, the scale's name, a frame code's id, or `skip`."""
    value: str
    low: int | None = None
    high: int | None = None
    note: str | None = None
    judged_at: datetime
    blind: bool = True
    retracts: str | None = None
    """The id of the judgement this one takes back (then `value` is empty)."""
    digest: str | None = None
    """The digest of the codebook it was given under; None for what was kept before digests were."""
    settles: tuple[str, ...] = ()
    """The ids of the answers between which it decides: a verdict, its reason in `note`; no part of any agreement."""
    again: bool = False
    """Given when the passage came a second time unannounced: it tells the coder's steadiness and counts nowhere else."""
    carried_from: str | None = None
    """The id of the judgement that it carries over to the same words in another reading of the file."""


class Sitting(Value, frozen=True, kw_only=True):
    """The order in which one coder meets the passages: recorded, so that it can be shown to be random and blind."""

    id: str
    coder: str
    seed: int
    passages: tuple[str, ...]
    hidden: tuple[str, ...]
    """The fields kept from the coder: outlet, date, other coders."""
    opened_at: datetime
    by: tuple[str, ...] = ()
    """What the sample was stratified by: outlet, period, language; none where it was drawn from all alike."""
    chances: dict[str, float] = {}
    """For each passage drawn, the chance it had when it was drawn; every passage was taken where there are none."""
    repeats: tuple[str, ...] = ()
    """The passages that come a second time, unannounced."""
    limits: tuple[str, ...] = ()
    """The warnings whose passages the coder is not sent."""
    sent: dict[str, str] = {}
    """For each passage, the digits of the words as the coder is shown them: words and warning, nothing else."""


class Anchor(Value, frozen=True, kw_only=True):
    """Where a finding was when it was corrected: by this it is found again when a re-reading has moved it."""

    evidence: str
    document: str
    start: int
    end: int
    cut: str
    """The digits of the words, however they are spaced: a better reader breaks lines elsewhere."""


def make_anchor(document: Document, start: int, end: int) -> Anchor:
    """Return the anchor of a place in a document."""
    return Anchor(
        evidence=document.evidence,
        document=document.id,
        start=start,
        end=end,
        cut=digest_words(document.text[start:end]),
    )


class Bounding(Value, frozen=True, kw_only=True):
    """A coder's word on where passages begin and end: these take the place of those; it can be taken back."""

    id: str
    action: Literal["split", "join", "bound", "add", "retract"]
    before: tuple[str, ...] = ()
    """The ids of the passages that give way; for `retract` the id of the bounding taken back."""
    after: tuple[Anchor, ...] = ()
    """The stretches that are passages instead."""
    source: tuple[str, ...] = ()
    """What the document was read from, so that it holds for another reading."""
    coder: str
    at: datetime


class Correction(Value, frozen=True, kw_only=True):
    """An analyst's word on a finding or a merge; it wins over the machine's and can be taken back."""

    id: str
    action: Literal["accept", "set", "add", "reject", "merge", "retract"]
    """`accept` changes nothing: it says that a person has looked at the finding and stands by it."""
    target: str
    """The id of the finding; for `add` the id it gets; for `retract` the id of the correction taken back."""
    kind: str
    """What the finding is: item, quotation, citation, alias, place, ..."""
    field: str | None = None
    value: str | None = None
    """What the field is set to, in words, None to empty it; for `merge` the id of the finding that stays."""
    at: Anchor | None = None
    """Where the target was; None for `retract`."""
    other: Anchor | None = None
    """Where the finding was that `value` names: the one that stays of a merge, the item of a quotation."""
    analyst: str
    note: str | None = None
    made_at: datetime


class Coded(Value, frozen=True, kw_only=True):
    """What one coder's live answers on one passage come to under the codebook."""

    passage: str
    coder: str
    out: bool = False
    """The passage is not about the issue: it is no part of the line."""
    low: int | None = None
    high: int | None = None
    """The point of the scale, or a range of points; None where the answers do not decide it."""
    codes: tuple[str, ...] = ()
    """The frame codes that hold."""
