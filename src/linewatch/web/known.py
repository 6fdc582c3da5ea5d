"""What the pages ask of a case, each answer worked out once and kept while the case stays as it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress

from linewatch.code.run import collect_codes, collect_codes_on, get_codebook, measure
from linewatch.flow import track_line
from linewatch.model import (
    Arrival,
    Codebook,
    CodebookVersion,
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
    Run,
    Statement,
    Tombstone,
)
from linewatch.model.fields import get_kind
from linewatch.settings import CaseSettings
from linewatch.status import Status, get_status
from linewatch.store.corrected import Corrected
from linewatch.store.live import (
    FOUND,
    READ,
    get_corrected,
    list_live_documents,
    list_live_passages,
    list_live_problems,
    list_stated,
)
from linewatch.store.remembered import RememberedCase
from linewatch.store.search import update_index
from linewatch.web.calendar import Row, make_rows
from linewatch.web.later import Later, NotYet

INDEXED = (*READ, Tombstone)
CODED = (*FOUND, Passage, Judgement, CaseSettings)

NO_PASSAGES: list[Passage] = []


class Known:
    """A case as the pages see it; every method returns what stands now."""

    def __init__(self, case: RememberedCase) -> None:
        self.case, self.later = case, Later(case)
        self._codes: tuple[tuple[int, ...], int, dict[str, list[Coded]]] = ((), 0, {})

    def evidence(self) -> Mapping[str, Evidence]:
        """Return the sealed files by id."""
        return self.case.keep(
            "evidence", (Evidence,), lambda: {one.id: one for one in self.case.find(Evidence)}
        )

    def stated(self) -> Mapping[str, Mapping[str, str]]:
        """Return what is said of each file."""
        return self.case.keep("stated", (Statement,), lambda: list_stated(self.case))

    def arrivals(self) -> list[Arrival]:
        """Return every file ever offered."""
        return self.case.keep("arrivals", (Arrival,), lambda: self.case.find(Arrival))

    def documents(self) -> Mapping[str, Document]:
        """Return the live documents by id, in the order of the evidence."""
        return self.case.keep(
            "documents", READ, lambda: {one.id: one for one in list_live_documents(self.case)}
        )

    def document_of(self, evidence: str) -> Document | None:
        """Return the live document of a file."""
        index = self.case.keep(
            "by file", READ, lambda: {one.evidence: one for one in self.documents().values()}
        )
        return index.get(evidence)

    def corrected(self) -> Corrected:
        """Return the findings with the corrections that hold."""
        return self.case.keep("corrected", FOUND, lambda: get_corrected(self.case))

    def findings(self) -> Mapping[str, Finding]:
        """Return the live findings by id."""
        return self.case.keep("findings", FOUND, lambda: {one.id: one for one in self.corrected().findings})

    def findings_in(self, document: str) -> list[Finding]:
        """Return the live findings of a document, in the order of the text."""
        return self.case.keep("by document", FOUND, self._group_findings).get(document, [])

    def _group_findings(self) -> dict[str, list[Finding]]:
        grouped: dict[str, list[Finding]] = defaultdict(list)
        for one in sorted(self.findings().values(), key=lambda one: (one.span.start, -one.span.end)):
            grouped[one.span.document].append(one)
        return dict(grouped)

    def of_kind(self, kind: str) -> list[Finding]:
        """Return the live findings of a kind."""
        return self.case.keep("by kind", FOUND, self._group_kinds).get(kind, [])

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
        return self.case.keep(
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
        return self.case.keep(
            "passages", (*READ, Run, Passage), lambda: {one.id: one for one in list_live_passages(self.case)}
        )

    def passages_in(self, document: str) -> list[Passage]:
        """Return the live passages of a document."""
        grouped = self.case.keep("passages by document", (*READ, Run, Passage), self._group_passages)
        return grouped.get(document, NO_PASSAGES)

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
        return self.case.keep("codebook", (CaseSettings,), lambda: get_codebook(self.case))

    def codes(self) -> Mapping[str, list[Coded]]:
        """Return what each coder's answers come to, by passage."""
        return self.case.keep("codes", CODED, self._bring_up_codes)

    def _bring_up_codes(self) -> dict[str, list[Coded]]:
        """Return the codes known so far with those of the passages answered since; all anew where anything else changed."""
        base = self.case.tell_mark((*READ, Run, Passage, CodebookVersion, CaseSettings))
        reach = self.case.tell_mark((Judgement,))[0]
        kept, known = self._codes[:2], self._codes[2]
        if kept[0] != base:
            self._codes = (base, reach, _group_codes(collect_codes(self.case)))
            return self._codes[2]
        touched = {one.passage for one in self.case.list_after(Judgement, kept[1])} & self.passages().keys()
        fresh = _group_codes(collect_codes_on(self.case, touched))
        left = {name: coded for name, coded in known.items() if name not in touched}
        self._codes = (base, reach, left | fresh)
        return self._codes[2]

    def reliability(self, *, wait: bool = False) -> Reliability:
        """Return how far the coders agree; where that takes long and there is no `wait`, as it was before."""
        return self.later.ask("reliability", CODED, lambda: measure(self.case), wait=wait)

    def line(self, *, wait: bool = False) -> Line:
        """Return the line from the codes there are now; where that takes long and there is no `wait`, the one of before."""
        return self.later.ask(
            "line", CODED, lambda: track_line(self.case, tell=lambda _step: None), wait=wait
        )

    def lags(self) -> bool:
        """Tell whether agreement or line are of before the last change."""
        return self.later.lags("reliability", CODED) or self.later.lags("line", CODED)

    def indexed(self, *, wait: bool = False) -> bool:
        """Tell whether the search index holds every document; one that does not is brought up to date meanwhile."""
        with suppress(NotYet):
            self.later.ask("index", INDEXED, lambda: update_index(self.case), wait=wait)
        return not self.later.lags("index", INDEXED)

    def begin_index(self) -> None:
        """Begin to bring the search index up to date, before anybody asks."""
        self.later.begin("index", INDEXED, lambda: update_index(self.case))

    def problems(self) -> list[Problem]:
        """Return the problems that stand."""
        return self.case.keep("problems", (*FOUND, Problem), lambda: list_live_problems(self.case))

    def calendar(self) -> list[Row]:
        """Return the coverage calendar."""
        return self.case.keep(
            "calendar",
            (*FOUND, CaseSettings),
            lambda: make_rows(self.case.settings.watched, self.of_kind("item")),
        )

    def status(self) -> Status:
        """Return where the case stands."""
        return self.case.keep("status", (*CODED, Statement), lambda: get_status(self.case))


def _group_codes(codes: Iterable[Coded]) -> dict[str, list[Coded]]:
    grouped: dict[str, list[Coded]] = defaultdict(list)
    for one in codes:
        grouped[one.passage].append(one)
    return dict(grouped)
