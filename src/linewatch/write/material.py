"""Everything a report may draw on, gathered once and frozen: the directives and exporters see nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

from linewatch.model import (
    Arrival,
    Codebook,
    Coded,
    Document,
    Evidence,
    Finding,
    Item,
    Judgement,
    Line,
    Passage,
    Problem,
    Reliability,
)
from linewatch.settings import CaseSettings

V = TypeVar("V")


@dataclass(frozen=True, kw_only=True)
class Results:
    """What coding and tracking come to: the part of the material that other rooms hand over."""

    line: Line
    reliability: Reliability
    codebook: Codebook
    coded: tuple[Coded, ...] = ()
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Material:
    """The frozen bundle that a report is built from."""

    settings: CaseSettings
    results: Results
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)
    findings: Mapping[str, Finding] = field(default_factory=dict)
    """The live findings by id, in the order of the documents."""
    judgements: tuple[Judgement, ...] = ()
    statements: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """For each piece of evidence, what the catalogue or the analyst says of it."""
    arrivals: tuple[Arrival, ...] = ()
    problems: tuple[Problem, ...] = ()
    tools: tuple[str, ...] = ()
    """Versioned names of what made the findings, and the program's own."""
    built_on: date
    key: bytes = field(default=b"", repr=False)
    """The case's key of pseudonyms; without one, names are withheld and no more."""

    def find_values(self, kind: type[V]) -> Iterator[tuple[Finding, V]]:
        """Yield the live findings of one kind with their values."""
        for finding in self.findings.values():
            if isinstance(finding.value, kind):
                yield finding, finding.value

    @cached_property
    def items(self) -> dict[str, Item]:
        """Return the items by id."""
        return {finding.id: item for finding, item in self.find_values(Item)}

    @cached_property
    def passages(self) -> dict[str, Passage]:
        """Return the passages by id."""
        return {passage.id: passage for passage in self.results.passages}

    def find_evidence(self, document: str) -> Evidence | None:
        """Return the evidence a document was read from, None when it is gone."""
        read = self.documents.get(document)
        return self.evidence.get(read.evidence) if read is not None else None
