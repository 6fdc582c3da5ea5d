"""What the data exports hold, as plain rows: findings, judgements and quotations with the private left out.

No row joins a person to anything: speakers stand by their role, coders by a number, and a coder's notes stay in the case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec

from linewatch.model import (
    Citation,
    Evidence,
    Finding,
    Item,
    Marker,
    NoteBody,
    Place,
    Point,
    Quotation,
    Span,
    When,
)
from linewatch.write.address import defang
from linewatch.write.cells import Cell
from linewatch.write.claims import get_fixed_words, is_red
from linewatch.write.material import Material
from linewatch.write.privacy import Privacy, find_public_aliases, judge_names, label_coders
from linewatch.write.quoting import KEPT, LONGEST, cut_finding, shorten
from linewatch.write.sources import describe_place
from linewatch.write.wording import strip_controls

ITEM_COLUMNS = (
    "id", "kind", "publisher", "outlet", "tier", "place", "title", "issue", "date", "earliest", "latest", "precision",
    "held", "score", "low", "high", "reliability", "evidence", "name", "where",
)  # fmt: skip
JUDGEMENT_COLUMNS = (
    "id", "passage", "item", "coder", "codebook", "question", "value", "low", "high", "blind", "retracts",
)  # fmt: skip
QUOTATION_COLUMNS = (
    "id", "item", "speaker", "role", "form", "words", "left_out", "start", "end", "evidence", "name", "where",
)  # fmt: skip
RED = "below the agreed reliability"


@dataclass(frozen=True)
class Records:
    """The rows of the data exports."""

    material: Material

    def list_items(self) -> Iterator[tuple[Cell, ...]]:
        """Yield a row an item; its place on the line stands beside what the codes are worth."""
        points = {point.item: point for point in self.material.results.line.points}
        for finding, item in self.material.find_values(Item):
            named = (item.publisher, item.outlet, item.tier, item.place, item.title, item.issue)
            yield (
                finding.id,
                item.kind,
                *(self._print(value) for value in named),
                *_list_date(item.date),
                item.held,
                *self._list_scores(points.get(finding.id)),
                *self._list_source(finding.span),
            )

    def list_judgements(self) -> Iterator[tuple[Cell, ...]]:
        """Yield a row a judgement; neither the coder's name nor the time of day is in it, and nobody is named."""
        for one in self.material.judgements:
            passage = self.material.passages.get(one.passage)
            yield (
                one.id,
                one.passage,
                passage.item if passage is not None else None,
                self._coders[one.coder],
                one.codebook,
                one.question,
                one.value,
                one.low,
                one.high,
                one.blind,
                one.retracts,
            )

    def list_quotations(self) -> Iterator[tuple[Cell, ...]]:
        """Yield a row a quotation, its words cut anew; those of a song are left out here and stay in the case."""
        for finding, quotation in self.material.find_values(Quotation):
            words, left_out = self._cut(finding, quotation)
            yield (
                finding.id,
                quotation.item,
                self._print(self._privacy.name_speaker(quotation.speaker, quotation.role)),
                quotation.role,
                quotation.form,
                words,
                left_out,
                finding.span.start,
                finding.span.end,
                *self._list_source(finding.span),
            )

    def make_findings(self) -> dict[str, Any]:
        """Return everything the report draws on that may leave the case, for `findings.json`."""
        material, settings, results = self.material, self.material.settings, self.material.results
        aliases = find_public_aliases(material, self._privacy)
        return {
            "format": "linewatch.findings.v1",
            "report": {
                "title": settings.title,
                "organisation": settings.organisation,
                "issue": settings.issue,
                "date": material.built_on.isoformat(),
            },
            "line": self._build(results.line)
            | {"points": [self._describe_point(one) for one in results.line.points]},
            "reliability": self._build(results.reliability) | {"coders": sorted(self._coders.values())},
            "codebook": results.codebook.name,
            "items": _name_rows(ITEM_COLUMNS, self.list_items()),
            "quotations": _name_rows(QUOTATION_COLUMNS, self.list_quotations()),
            "citations": self._describe_all(Citation),
            "markers": self._describe_all(Marker),
            "notes": self._describe_all(NoteBody),
            "aliases": [self._build(alias) for alias in aliases],
            "places": self._describe_all(Place),
            "problems": [self._build(problem) for problem in material.problems],
            "evidence": [self._describe_evidence(evidence) for evidence in material.evidence.values()],
            "tools": list(material.tools),
        }

    @cached_property
    def _privacy(self) -> Privacy:
        return judge_names(self.material)

    @cached_property
    def _coders(self) -> dict[str, str]:
        return label_coders(self.material)

    def _cut(self, finding: Finding, quotation: Quotation) -> tuple[str | None, int]:
        words = cut_finding(self.material, finding)
        item = self.material.items.get(quotation.item or "")
        most = 0 if item is not None and item.kind == "song" and item.held else LONGEST
        cutting = shorten(words, longest=most, kept=min(most, KEPT))
        return self._print(cutting.words), cutting.left_out

    def _list_scores(self, point: Point | None) -> tuple[Cell, ...]:
        reliability = self.material.results.reliability
        if point is None or is_red(reliability):
            return (None, None, None, RED if point is not None else None)
        headline = reliability.headline
        words = get_fixed_words(reliability) or (headline.words if headline is not None else None)
        return (point.score, point.low, point.high, words)

    def _list_source(self, span: Span) -> tuple[Cell, ...]:
        evidence = self.material.find_evidence(span.document)
        if evidence is None:
            return ("", "", "")
        return (evidence.id, evidence.name, describe_place(self.material.documents[span.document], span))

    def _describe_all(self, kind: type[Citation | Marker | NoteBody | Place]) -> list[dict[str, Any]]:
        return [self._describe(finding, value) for finding, value in self.material.find_values(kind)]

    def _describe(self, finding: Finding, value: msgspec.Struct) -> dict[str, Any]:
        source = dict(zip(("evidence", "name", "where"), self._list_source(finding.span), strict=True))
        place = {
            "id": finding.id,
            "start": finding.span.start,
            "end": finding.span.end,
            "finder": finding.finder,
        }
        return {**place, **self._build(value), **source}

    def _describe_evidence(self, evidence: Evidence) -> dict[str, Any]:
        """Return what may be said of a file: its seal and kind, not who obtained it."""
        return {
            "id": evidence.id,
            "name": evidence.name,
            "size": evidence.size,
            "media_type": evidence.media_type,
            "obtained_from": self._print(evidence.obtained_from),
            "gathered_on": evidence.gathered_at.date().isoformat(),
            "side": self.material.statements.get(evidence.id, {}).get("side"),
        }

    def _describe_point(self, point: Point) -> dict[str, Any]:
        return self._build(point) | {"coders": [self._coders.get(coder, "coder") for coder in point.coders]}

    def _build(self, value: msgspec.Struct) -> dict[str, Any]:
        """Return a value as JSON has it, every text in it fit for print."""
        built: dict[str, Any] = self._print_all(msgspec.to_builtins(value))
        return built

    def _print_all(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self._print_all(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self._print_all(inner) for inner in value]
        return self._print(value) if isinstance(value, str) else value

    def _print(self, text: str | None) -> str | None:
        """Return a text fit for print: no control characters, no live address, nobody named who is private."""
        return self._privacy.hide(defang(strip_controls(text))) if text is not None else None


def _list_date(when: When | None) -> tuple[Cell, ...]:
    return (
        (when.iso, when.earliest, when.latest, when.precision)
        if when is not None
        else (None, None, None, "unknown")
    )


def _name_rows(columns: tuple[str, ...], rows: Iterable[tuple[Cell, ...]]) -> list[dict[str, Any]]:
    return [dict(zip(columns, (msgspec.to_builtins(cell) for cell in row), strict=True)) for row in rows]
