"""What the pages ask of a case, each answer worked out once and kept while the case stays as it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from linewatch.code.run import collect_codes, get_codebook, measure
from linewatch.flow import track_line
from linewatch.model import (
    Arrival,
    Codebook,
    Coded,
    Correction,
    Document,
    Evidence,
    Finding,
    Item,
    Judgement,
    Line,
    Passage,
    Problem,
    Reliability,
    Run,
    Statement,
)
from linewatch.model.fields import get_kind
from linewatch.status import Status, get_status
from linewatch.store.case import Case
from linewatch.store.corrected import Corrected
from linewatch.store.live import (
    get_corrected,
    list_live_documents,
    list_live_passages,
    list_live_problems,
    list_stated,
)
from linewatch.web.calendar import Row, make_rows
from linewatch.web.memory import Memory

READ = (Evidence, Document)
FOUND = (*READ, Finding, Run, Correction)
CODED = (*FOUND, Passage, Judgement)


class Known:
    """A case as the pages see it; every method returns what stands now."""

    def __init__(self, case: Case) -> None:
        self.case, self.memory = case, Memory(case)

    def evidence(self) -> Mapping[str, Evidence]:
        """Return the sealed files by id."""
        return self.memory.keep(
            "evidence", (Evidence,), lambda: {one.id: one for one in self.case.find(Evidence)}
        )

    def stated(self) -> Mapping[str, Mapping[str, str]]:
        """Return what is said of each file."""
        return self.memory.keep("stated", (Statement,), lambda: list_stated(self.case))

    def arrivals(self) -> list[Arrival]:
        """Return every file ever offered."""
        return self.memory.keep("arrivals", (Arrival,), lambda: self.case.find(Arrival))

    def documents(self) -> Mapping[str, Document]:
        """Return the live documents by id, in the order of the evidence."""
        return self.memory.keep(
            "documents", READ, lambda: {one.id: one for one in list_live_documents(self.case)}
        )

    def document_of(self, evidence: str) -> Document | None:
        """Return the live document of a file."""
        index = self.memory.keep(
            "by file", READ, lambda: {one.evidence: one for one in self.documents().values()}
        )
        return index.get(evidence)

    def corrected(self) -> Corrected:
        """Return the findings with the corrections that hold."""
        return self.memory.keep("corrected", FOUND, lambda: get_corrected(self.case))

    def findings(self) -> Mapping[str, Finding]:
        """Return the live findings by id."""
        return self.memory.keep("findings", FOUND, lambda: {one.id: one for one in self.corrected().findings})

    def findings_in(self, document: str) -> list[Finding]:
        """Return the live findings of a document, in the order of the text."""
        return self.memory.keep("by document", FOUND, self._group_findings).get(document, [])

    def _group_findings(self) -> dict[str, list[Finding]]:
        grouped: dict[str, list[Finding]] = defaultdict(list)
        for one in sorted(self.findings().values(), key=lambda one: (one.span.start, -one.span.end)):
            grouped[one.span.document].append(one)
        return dict(grouped)

    def of_kind(self, kind: str) -> list[Finding]:
        """Return the live findings of a kind."""
        return self.memory.keep("by kind", FOUND, self._group_kinds).get(kind, [])

    def _group_kinds(self) -> dict[str, list[Finding]]:
        grouped: dict[str, list[Finding]] = defaultdict(list)
        for one in self.findings().values():
            grouped[get_kind(one.value)].append(one)
        return dict(grouped)

    def item(self, name: str | None) -> Item | None:
        """Return the item with this id, as it stands after corrections."""
        found = self.findings().get(name or "")
        return found.value if found and isinstance(found.value, Item) else None

    def held(self) -> Mapping[str, Finding]:
        """Return for each document the item that it holds."""
        return self.memory.keep(
            "held",
            FOUND,
            lambda: {
                one.span.document: one
                for one in self.of_kind("item")
                if isinstance(one.value, Item) and one.value.held
            },
        )

    def passages(self) -> Mapping[str, Passage]:
        """Return the live passages by id."""
        return self.memory.keep(
            "passages", (*READ, Run, Passage), lambda: {one.id: one for one in list_live_passages(self.case)}
        )

    def passages_in(self, document: str) -> list[Passage]:
        """Return the live passages of a document."""
        return self.memory.keep("passages by document", (*READ, Run, Passage), self._group_passages).get(
            document, []
        )

    def _group_passages(self) -> dict[str, list[Passage]]:
        grouped: dict[str, list[Passage]] = defaultdict(list)
        for one in self.passages().values():
            grouped[one.span.document].append(one)
        return dict(grouped)

    def words(self, passage: Passage) -> str:
        """Return a passage's words, cut from the document it points into."""
        document = self.documents().get(passage.span.document) or self.case.get(
            Document, passage.span.document
        )
        return document.text[passage.span.start : passage.span.end]

    def codebook(self) -> Codebook:
        """Return the case's codebook."""
        return self.memory.keep("codebook", (), lambda: get_codebook(self.case))

    def codes(self) -> Mapping[str, list[Coded]]:
        """Return what each coder's answers come to, by passage."""
        return self.memory.keep("codes", CODED, self._group_codes)

    def _group_codes(self) -> dict[str, list[Coded]]:
        grouped: dict[str, list[Coded]] = defaultdict(list)
        for one in collect_codes(self.case):
            grouped[one.passage].append(one)
        return dict(grouped)

    def reliability(self) -> Reliability:
        """Return how far the coders agree."""
        return self.memory.keep("reliability", CODED, lambda: measure(self.case))

    def line(self) -> Line:
        """Return the line from the codes there are now."""
        return self.memory.keep("line", CODED, lambda: track_line(self.case, tell=lambda _step: None))

    def problems(self) -> list[Problem]:
        """Return the problems that stand."""
        return self.memory.keep("problems", (*FOUND, Problem), lambda: list_live_problems(self.case))

    def calendar(self) -> list[Row]:
        """Return the coverage calendar."""
        return self.memory.keep(
            "calendar", FOUND, lambda: make_rows(self.case.settings.watched, self.of_kind("item"))
        )

    def status(self) -> Status:
        """Return where the case stands."""
        return self.memory.keep("status", (*CODED, Statement), lambda: get_status(self.case))
