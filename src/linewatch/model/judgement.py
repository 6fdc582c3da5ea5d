"""Passages, what coders judge of them, and what analysts correct in the findings: rows, retracted, never deleted."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from linewatch.model.document import Span
from linewatch.model.value import Value


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


class Sitting(Value, frozen=True, kw_only=True):
    """The order in which one coder meets the passages: recorded, so that it can be shown to be random and blind."""

    id: str
    coder: str
    seed: int
    passages: tuple[str, ...]
    hidden: tuple[str, ...]
    """The fields kept from the coder: outlet, date, other coders."""
    opened_at: datetime


class Correction(Value, frozen=True, kw_only=True):
    """An analyst's word on a finding, an item or a merge; it wins over the machine's and can be taken back."""

    id: str
    action: Literal["set", "add", "reject", "merge", "retract"]
    target: str
    """The id of the finding (or of the correction, for `retract`)."""
    kind: str
    """item, quotation, citation, alias, place, ..."""
    field: str | None = None
    value: str | None = None
    document: str | None = None
    start: int | None = None
    end: int | None = None
    cut: str | None = None
    """The digits of the target's words, by which it is found again after a re-reading."""
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
