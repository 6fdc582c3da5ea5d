"""A small Harbour League case made by hand: what the tests of `write` build reports from."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from typing import Any

from linewatch.model import (
    Alias,
    Arrival,
    Block,
    Citation,
    CodeAgreement,
    Codebook,
    Coded,
    Document,
    Evidence,
    Finding,
    Found,
    Gate,
    Item,
    Judgement,
    Line,
    Marker,
    Mention,
    NoteBody,
    Passage,
    Place,
    Point,
    Problem,
    Question,
    Quotation,
    Reliability,
    Scale,
    Span,
    Turn,
    Watch,
    When,
    get_id,
)  # fmt: skip
from linewatch.model.when import parse_iso
from linewatch.settings import CaseSettings
from linewatch.write.material import Material, Results

LAMP, PIER, CHORUS, ARABIC = "The Lamp", "North Pier Films", "The Chorus", "المنارة"
NOW = datetime(2033, 1, 9, 8, tzinfo=UTC)

HARSH = "Whoever sets down the oar has set down the League. Let their street forget their names."
SOFT = (
    "It was a fault, yet they are still of the League; whoever comes to the pier by spring is enrolled again. "
    "See https://lamp.example.org/notices."
)
ARABIC_WORDS = "من ترك المجذاف فقد أخطأ، ولكنه ما زال منا، والباب مفتوح حتى الربيع."
LONG = "Mara kept the lamp all winter while others went inland to row for wages. " * 12
SONG = "\n".join(
    f"Verse {n}: the tide goes out, the tide comes in, and those who left are on our mind"
    for n in range(1, 9)
)

POINTS = {
    -3: "Enemy",
    -2: "Outcast",
    -1: "Blame",
    0: "Neutral",
    1: "Still ours",
    2: "Open door",
    3: "Accepted exit",
}
CODEBOOK = Codebook(
    name="leavers.v1",
    title="The line toward those who leave",
    questions=(
        Question(id="Q1", text="Is it about members who left or want to leave?", ends="no"),
        Question(id="Q2", text="Does it call for, announce or approve punishment in this world?"),
    ),
    scale=Scale(name="stance", points=POINTS, rules=()),
)


def make_evidence(name: str, **fields: Any) -> Evidence:
    digest = hashlib.sha256(name.encode()).hexdigest()
    values: dict[str, Any] = {"size": 900, "media_type": "text/plain", "gathered_at": NOW, "name": name}
    return Evidence(id=f"sha256:{digest}", **{**values, **fields})


def make_document(evidence: Evidence, text: str, **block: Any) -> Document:
    blocks = (Block(kind="paragraph", start=0, end=len(text), **block),)
    return Document(
        id=get_id("document", evidence.id), evidence=evidence.id, reader="text.v1", text=text, blocks=blocks
    )


def make_finding(document: Document, words: str, value: Found, *, name: str | None = None) -> Finding:
    start = document.text.index(words)
    digits = hashlib.sha256(words.encode()).hexdigest()[:16]
    return Finding(
        id=name or get_id(type(value).__name__, document.id, start, words),
        span=Span(document=document.id, start=start, end=start + len(words)),
        value=value,
        finder="tests.v1",
        reason="made by hand",
        cut=digits,
    )


def make_point(finding: Finding, score: float, passages: tuple[str, ...]) -> Point:
    item = finding.value
    assert isinstance(item, Item)
    return Point(
        item=finding.id,
        label=item.title or item.kind,
        score=score,
        low=max(-3, score - 0.5),
        high=min(3, score + 0.5),
        passages=passages,
        outlet=item.outlet,
        tier=item.tier,
        kind=item.kind,
        date=item.date,
        coders=("anna", "boris"),
    )


SPECIMENS: tuple[tuple[str, str, str, str | None, float, str], ...] = (
    ("lamp-01.html", LAMP, "editorial", "2031-02-03", -2, HARSH),
    ("lamp-02.html", LAMP, "editorial", "2031-04", -2, "A leaver is no Harbour man. " + HARSH),
    ("lamp-03.html", LAMP, "article", "2031-07-21", -1, LONG),
    ("lamp-04.html", LAMP, "editorial", "2031-10-06", 2, SOFT),
    (
        "lamp-05.html",
        LAMP,
        "editorial",
        "2032-01-12",
        2,
        "Article 4 names absence a fault, not a break. " + SOFT,
    ),
    (
        "lamp-06.html",
        LAMP,
        "article",
        "2032-05",
        1,
        "They are still of the League. No oar is kept from them.",
    ),
    (
        "pier-01.vtt",
        PIER,
        "video",
        "2031-03-09",
        -2,
        "The tide keeps its own ledger of those who stepped ashore.",
    ),
    ("pier-02.vtt", PIER, "video", "2031-12-01", -1, "=They quit the week the sea wall was failing."),
    ("pier-03.vtt", PIER, "video", None, -1, "The rowers who quit never liked rough water."),
    ("song-01.txt", CHORUS, "song", "2031-06", -1, SONG),
    ("manara-01.html", ARABIC, "statement", "2032-02-20", 1, ARABIC_WORDS),
)


def make_material(**changes: Any) -> Material:
    """Return the whole case, with `changes` in place of what it would hold."""
    evidence, documents, findings, passages, points = {}, {}, {}, [], []
    for name, outlet, kind, day, score, words in SPECIMENS:
        sealed = make_evidence(name)
        language = "ar" if outlet == ARABIC else "en"
        document = make_document(sealed, words, language=language, page=2 if name.endswith("html") else None)
        item = make_item(document, outlet, kind, day)
        quotation = make_finding(
            document, words, Quotation(speaker="Jonas Reed", role="narrator", item=item.id), name=f"q-{name}"
        )
        passage = Passage(
            id=f"p-{name}", span=quotation.span, item=item.id, role="narrator", language=language
        )
        evidence[sealed.id], documents[document.id] = sealed, document
        findings |= {item.id: item, quotation.id: quotation}
        passages.append(passage)
        points.append(make_point(item, score, (passage.id,)))
    report, extra = make_report()
    evidence[report.id], documents[extra[0].span.document] = report, make_report_document(report)
    findings |= {finding.id: finding for finding in extra}
    values: dict[str, Any] = {
        "settings": make_settings(),
        "results": Results(
            line=make_line(tuple(points)),
            reliability=make_reliability(),
            codebook=CODEBOOK,
            coded=tuple(
                Coded(passage=passage.id, coder=coder, low=-1, high=-1)
                for passage in passages
                for coder in ("anna", "boris")
            ),
            passages=tuple(passages),
        ),
        "evidence": evidence,
        "documents": documents,
        "findings": findings,
        "judgements": make_judgements(),
        "statements": {report.id: {"side": "about"}},
        "arrivals": make_arrivals(evidence),
        "problems": make_problems(report),
        "tools": ("linewatch 0.1.0", "quotations.v1", "text.v1"),
        "built_on": date(2033, 1, 9),
    }
    return Material(**{**values, **changes})


def make_settings(**changes: Any) -> CaseSettings:
    values: dict[str, Any] = {
        "uid": "harbour",
        "title": "Harbour watch, no. 3",
        "organisation": "Harbour League",
        "names": ("the League",),
        "issue": "members who leave",
        "frame": "census",
        "analyst": "secret-analyst",
        "watched": make_watched(),
    }
    return CaseSettings(**{**values, **changes})


def make_watched() -> tuple[Watch, ...]:
    return (
        Watch(outlet=LAMP, begins=date(2031, 1, 1), ends=date(2031, 8, 10)),
        Watch(outlet=LAMP, begins=date(2031, 9, 15), ends=date(2032, 12, 31)),
        Watch(outlet=PIER, begins=date(2031, 1, 1), ends=date(2031, 8, 10)),
        Watch(outlet=PIER, begins=date(2031, 11, 1), ends=date(2032, 6, 30)),
    )


def make_item(document: Document, outlet: str, kind: str, day: str | None) -> Finding:
    when = parse_iso(day, source="catalogue") if day else None
    title = f"{kind.capitalize()} of {day or 'an unknown day'}"
    item = Item(
        kind=kind, publisher="Harbour League", outlet=outlet, tier="A", title=title, date=when, held=True
    )  # type: ignore[arg-type]
    return make_finding(document, document.text, item, name=f"i-{document.id}")


REPORT_TEXT = (
    "The League, also called the Guild, rows from Gull Stone (real name: Port Anders). Jonas Reed, also called "
    "Old Jonas, spoke.[3] The Lamp wrote: “It was a fault” (Charter 4:2), cutting the clause short.[9] "
    "The film “Names on the Wall” dates from early 2031.\n4. See www.pier.example.net/films for more."
)


def make_report_document(report: Evidence) -> Document:
    return make_document(report, REPORT_TEXT, language="en", page=1)


def make_report() -> tuple[Evidence, list[Finding]]:
    report = make_evidence("monitor-report-1.pdf", obtained_from="https://monitor.example.org/r1")
    document = make_report_document(report)
    quoted = make_finding(
        document, "It was a fault", Quotation(speaker=LAMP, role="editorial"), name="q-report"
    )
    early = When(
        earliest=date(2031, 1, 1), latest=date(2031, 4, 30), precision="interval", printed="early 2031"
    )
    return report, [
        quoted,
        make_finding(
            document,
            "Charter 4:2",
            Citation(
                canon="charter", ref="charter 4:2", quoted=quoted.span, verdict="partial", left_out=("after",)
            ),
        ),
        make_finding(document, "The League", Alias(name="Harbour League", aka=("the Guild",))),
        make_finding(document, "Jonas Reed", Alias(name="Jonas Reed", aka=("Old Jonas",))),
        make_finding(document, "Jonas Reed", Mention(name="Jonas Reed", kind="person")),
        make_finding(document, "Gull Stone", Place(org_name="Gull Stone", real_name="Port Anders")),
        make_finding(document, "[3]", Marker(n="3", body="b3")),
        make_finding(document, "[9]", Marker(n="9")),
        make_finding(document, "See www.pier.example.net/films for more.", NoteBody(n="4")),
        make_finding(
            document,
            "Names on the Wall",
            Item(kind="video", outlet=PIER, title="Names on the Wall", date=early),
        ),
    ]


def make_turns() -> tuple[Turn, ...]:
    gates = (
        Gate(name="posterior", holds=True, words="the chance of a turn is 0.96, at least 0.90 is asked for"),
        Gate(name="same outlet", holds=True, words="the outlet stands on both sides"),
    )
    weak = (
        Gate(name="posterior", holds=False, words="the chance of a turn is 0.21, at least 0.90 is asked for"),
    )
    return (
        Turn(
            series=LAMP, n=6, p_turn=0.96, bayes_factor=24, p_permutation=0.03,
            date_interval=(date(2031, 7, 22), date(2031, 10, 6)), most_likely=(date(2031, 7, 21), date(2031, 10, 6)),
            before=-1.7, after=1.7, claim=True, gates=gates,
            words="The Lamp turned between 22 July 2031 and 6 October 2031: from −1.7 to +1.7.",
        ),
        Turn(
            series=PIER, n=3, p_turn=0.21, bayes_factor=0.3, p_permutation=None, date_interval=None, most_likely=None,
            before=-1.5, after=-1, claim=False, gates=weak,
            words="North Pier Films: possible change, not established.",
        ),
    )  # fmt: skip


def make_line(points: tuple[Point, ...], **changes: Any) -> Line:
    values: dict[str, Any] = {
        "organisation": "Harbour League",
        "issue": "members who leave",
        "frame": "census",
        "points": points,
        "watched": make_watched(),
        "turns": make_turns(),
        "reliability": "alpha 0.86 (0.78 to 0.92)",
        "words": (
            "The Lamp turned between 22 July 2031 and 6 October 2031 (chance 0.96).",
            "Before, it stood at −1.7; after, at +1.7.",
            "No other outlet shows a turn.",
        ),
    }
    return Line(**{**values, **changes})


def make_reliability(*, light: str = "green", coders: tuple[str, ...] = ("anna", "boris")) -> Reliability:
    both = len(coders) > 1
    row = CodeAgreement(
        code="stance", metric="ordinal", alpha=0.86 if both else None, low=0.78 if both else None,
        high=0.92 if both else None, ac1=0.8 if both else None, percent=0.84 if both else None,
        units=64 if both else 0, coders=len(coders), light=light if both else "unknown",  # type: ignore[arg-type]
        words="agreement to rely on" if both else "one coder, reliability unknown",
    )  # fmt: skip
    return Reliability(coders=coders, rows=(row,))


def make_judgements() -> tuple[Judgement, ...]:
    return tuple(
        Judgement(
            id=f"j{n}",
            passage=f"p-{name}",
            coder=coder,
            codebook="leavers.v1",
            question="Q1",
            value="yes",
            judged_at=NOW,
        )
        for n, (name, *_) in enumerate(SPECIMENS)
        for coder in ("anna", "boris")
    )


def make_arrivals(evidence: dict[str, Evidence]) -> tuple[Arrival, ...]:
    sealed = tuple(
        Arrival(id=f"a{n}", gathering="g1", path=one.name, size=one.size, outcome="sealed", evidence=one.id)
        for n, one in enumerate(evidence.values())
    )
    refused = Arrival(
        id="ax", gathering="g1", path="broken.bin", size=7, outcome="refused", reason="not a known format"
    )
    return (*sealed, refused)


def make_problems(report: Evidence) -> tuple[Problem, ...]:
    return (
        Problem(
            id="x1", stage="find", kind="undated", message="no date is known of one film", evidence=report.id
        ),
        Problem(id="x2", stage="gather", kind="unreadable", message="not a known format", where="broken.bin"),
    )
