"""Everything a report draws on, and the one way words get into it: re-cut from sealed text, now."""

from __future__ import annotations

import hashlib

from linewatch.errors import DraftError
from linewatch.model import (
    Coded,
    Document,
    Evidence,
    Finding,
    Item,
    Line,
    Passage,
    Problem,
    Quotation,
    Reliability,
    Span,
    Value,
)
from linewatch.settings import CaseSettings

RTL = frozenset({"ar", "fa", "ur", "ps", "ckb", "he"})


class Material(Value, frozen=True, kw_only=True):
    """What is known when the report is built."""

    settings: CaseSettings
    evidence: dict[str, Evidence]
    documents: dict[str, Document]
    findings: tuple[Finding, ...]
    passages: tuple[Passage, ...]
    coded: tuple[Coded, ...]
    line: Line
    reliability: Reliability
    problems: tuple[Problem, ...]
    stance: dict[int, str]
    """The names of the scale's points."""

    def get_finding(self, finding_id: str) -> Finding:
        """Return a finding; raises DraftError by name where the draft leans on one that is gone."""
        for finding in self.findings:
            if finding.id == finding_id:
                return finding
        raise DraftError(
            f"the draft quotes {finding_id}, which is not there", hint="its evidence is gone or was re-read"
        )

    def find_items(self) -> dict[str, Item]:
        """Return the items by id."""
        return {one.id: one.value for one in self.findings if isinstance(one.value, Item)}

    def find_speaker(self, passage: Passage) -> str | None:
        """Return who speaks a passage."""
        if passage.speaker:
            return passage.speaker
        inside = [
            one.value.speaker
            for one in self.findings
            if isinstance(one.value, Quotation)
            and one.span.document == passage.span.document
            and passage.span.start <= one.span.start < passage.span.end
        ]
        return inside[0] if inside else None

    def cut(self, span: Span) -> str:
        """Return the words of a span from the sealed text; raises DraftError where the document is gone."""
        document = self.documents.get(span.document)
        if document is None:
            raise DraftError(
                f"the document {span.document} is gone", hint="run `linewatch check` on the case"
            )
        return document.text[span.start : span.end]

    def cut_finding(self, finding: Finding) -> str:
        """Return a finding's words, checked against the digits they must hash to."""
        words = self.cut(finding.span)
        if hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16] != finding.cut:
            raise DraftError(
                f"the words of finding {finding.id} are not those found", hint="run `linewatch check`"
            )
        return words

    def name_place(self, span: Span) -> str:
        """Return where a span lies: the file's name, its hash, and the place in its text. No path is told."""
        document = self.documents[span.document]
        evidence = self.evidence[document.evidence]
        page = next((b.page for b in document.blocks if b.start <= span.start < b.end and b.page), None)
        where = f"page {page}, " if page else ""
        origin = f" Obtained from {defang(evidence.obtained_from)}." if evidence.obtained_from else ""
        return f"{evidence.name}, {where}characters {span.start}-{span.end}; {evidence.id}.{origin}"


def defang(words: str) -> str:
    """Return words in which no address can be followed.

    >>> defang("see https://example.org/a.html")
    'see hxxps://example[.]org/a[.]html'
    """
    return " ".join(_defang_one(word) for word in words.split(" "))


def _defang_one(word: str) -> str:
    if "://" not in word and not word.lower().startswith(("www.", "t.me/", "telegram.me/")):
        return word
    return word.replace("http", "hxxp").replace(".", "[.]")
