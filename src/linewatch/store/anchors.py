"""Corrections aimed anew: what they speak of is found again in the latest reading, or they are lost. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from linewatch.model import Anchor, Correction, Document, Finding
from linewatch.model.fields import get_kind
from linewatch.model.judgement import make_anchor
from linewatch.text.retrace import digest_words, find_words
from linewatch.text.spans import Place


class Aimed(NamedTuple):
    """Corrections that name live findings and places, and those whose finding or place is no longer there."""

    standing: tuple[Correction, ...]
    lost: tuple[Correction, ...]


def aim(
    corrections: Iterable[Correction], findings: Iterable[Finding], documents: Mapping[str, Document]
) -> Aimed:
    """Return the corrections with the ids and places of the latest reading, in the order made.

    `documents` holds every reading of the files concerned, the latest of a file last.
    """
    known = _Known(findings, documents)
    standing, lost = [], []
    for correction in corrections:
        aimed = known.aim_addition(correction) if correction.action == "add" else known.aim(correction)
        if aimed is None:
            lost.append(correction)
        else:
            standing.append(aimed)
    return Aimed(tuple(standing), tuple(lost))


class _Known:
    """The latest reading of each file with its findings, and what the analyst has added so far."""

    def __init__(self, findings: Iterable[Finding], documents: Mapping[str, Document]) -> None:
        self._documents = documents
        self._latest = {document.source: document for document in documents.values()}
        self._found: dict[tuple[str, str], list[Finding]] = defaultdict(list)
        self._where: dict[str, str] = {}
        for finding in findings:
            self._found[finding.span.document, get_kind(finding.value)].append(finding)
            self._where[finding.id] = finding.span.document
        self._added: dict[str, str] = {}

    def aim(self, correction: Correction) -> Correction | None:
        """Return a correction of a finding with the finding's id of now, None where it is lost."""
        target = self._find(correction.target, correction.kind, correction.at)
        if target is None:
            return None
        if correction.other is None:
            return msgspec.structs.replace(correction, target=target)
        kind = correction.kind if correction.action == "merge" else str(correction.field)
        value = self._find(correction.value or "", kind, correction.other)
        return msgspec.structs.replace(correction, target=target, value=value) if value else None

    def aim_addition(self, correction: Correction) -> Correction | None:
        """Return an added finding with the place where its words stand now, None where they do not.

        Where a machine has come to find the same, the two are one: the correction takes the machine's id.
        """
        at = correction.at
        new, old = self._get_readings(at)
        if at is None or new is None or old is None:
            return None
        same = [Place(at.start, at.end)] if new.id == old.id else []
        places = same or find_words(new.text, old.text[at.start : at.end])
        if not places:
            return None
        place = min(places, key=lambda place: self._measure(at, place.start))
        twin = (
            one.id for one in self._found[new.id, correction.kind] if (one.span.start, one.span.end) == place
        )
        target = self._added[correction.target] = next(twin, correction.target)
        return msgspec.structs.replace(correction, target=target, at=make_anchor(new, *place))

    def _find(self, named: str, kind: str, at: Anchor | None) -> str | None:
        """Return the id that a finding has now: its own, or that of the nearest one of its kind with its words."""
        new, _ = self._get_readings(at)
        if at is None or new is None:
            return None
        if named in self._added:
            return self._added[named]
        if at.document == new.id == self._where.get(named):
            return named
        again = [one for one in self._found[new.id, kind] if self._is_same(at, new, one)]
        if not again:
            return None
        return min(again, key=lambda one: (self._measure(at, one.span.start), one.id != named)).id

    def _is_same(self, at: Anchor, new: Document, finding: Finding) -> bool:
        """Tell whether a finding has the anchor's words; one over a whole file is again the one over the whole."""
        span, old = finding.span, self._documents.get(at.document)
        if old and (at.start, at.end) == (0, len(old.text)):
            return (span.start, span.end) == (0, len(new.text))
        return digest_words(new.text[span.start : span.end]) == at.cut

    def _measure(self, at: Anchor, start: int) -> float:
        """Return how far a place is from the anchor's, as a share of the text: a reading may be longer throughout."""
        new, old = self._get_readings(at)
        if new is None or old is None:
            return abs(start - at.start)
        return abs(start / (len(new.text) or 1) - at.start / (len(old.text) or 1))

    def _get_readings(self, at: Anchor | None) -> tuple[Document | None, Document | None]:
        """Return the latest reading of the anchor's file, and the one the anchor was set in."""
        if at is None:
            return None, None
        old = self._documents.get(at.document)
        return self._latest.get(old.source if old else (at.evidence,)), old
