"""The directive that says how the line was measured: codebook, coders, agreement, frame, watching, and who is named."""

from __future__ import annotations

from collections.abc import Iterable

from linewatch.model import CodeAgreement, Codebook, Line, Watch
from linewatch.write.call import Call
from linewatch.write.claims import get_fixed_words
from linewatch.write.material import Material
from linewatch.write.page import Page
from linewatch.write.privacy import find_named_persons
from linewatch.write.quoting import shorten_name
from linewatch.write.tree import Block, Code, Column, Inline, Paragraph, Table, Text
from linewatch.write.wording import (
    clean,
    count,
    format_coefficient,
    format_score,
    format_span,
    join_words,
    make_inlines,
    say,
    strong,
)

FRAMES = {
    "census": "The case holds all items of the watched outlets in the watched periods, as far as the analyst knows.",
    "systematic": "The items were chosen by a rule fixed beforehand.",
    "convenience": "The items are those that came to hand; what is missing may differ from what is here.",
    "report": "The items are those that reports cite; what the reports leave out is not known.",
    "unknown": "How the items came into the case is not recorded, so no turn can be claimed.",
}
UNFOUND = (
    "Names are found by machine, in English; some are missed, and those in other scripts are. Read the quoted words before "
    "this report leaves the house, and list under private in case.toml whoever else must not be named."
)
AGREEMENT = "Agreement of the coders (Krippendorff’s alpha, bootstrap over items)"


def method(page: Page, call: Call) -> tuple[Block, ...]:
    """Return how the line was measured: codebook, coders, agreement, sampling frame and what was watched when."""
    call.check_options(())
    material = page.material
    return (
        Paragraph(children=_describe_codebook(material)),
        *_describe_agreement(material),
        Paragraph(children=make_inlines(FRAMES[material.results.line.frame])),
        *_describe_watching(material.results.line),
        *say(_describe_naming(material)),
        Paragraph(children=make_inlines(f"Made with {', '.join(material.tools)}."), quiet=True),
    )


def _describe_naming(material: Material) -> str:
    """Return who is named in the report and why, and what no machine can promise; everybody else is private."""
    named = [f"{one.name} ({one.role}: {one.why})" for one in find_named_persons(material)]
    told = (
        f"Named for a recorded public role: {'; '.join(named)}. Every other name found to be a person's is withheld."
        if named
        else "No person is named: a speaker stands by the role, and names found to be persons' are withheld in quoted words."
    )
    return f"{told} {UNFOUND}"


def _describe_codebook(material: Material) -> tuple[Inline, ...]:
    book, coders = material.results.codebook, material.results.reliability.coders
    scale = "; ".join(f"{format_score(n)} {name}" for n, name in sorted(book.scale.points.items()))
    words = (
        f", “{book.title}”: {count(len(book.questions), 'yes/no question')} from which the point of the scale follows "
        f"({scale}){f', and {len(book.codes)} frame codes' if book.codes else ''}. "
        f"{count(len(material.passages), 'passage')}, {count(len(coders), 'coder')}."
    )
    return (Text(words="Codebook "), Code(words=clean(book.name)), *make_inlines(words))


def _describe_agreement(material: Material) -> tuple[Block, ...]:
    reliability = material.results.reliability
    fixed = get_fixed_words(reliability)
    if fixed is not None or not reliability.rows:
        return (Paragraph(children=(strong("Agreement: "), *make_inlines(f"{fixed or 'not measured'}."))),)
    columns = (
        Column(title="Code", share=3),
        Column(title="Alpha (95 % interval)", share=1.4),
        Column(title="AC1", share=0.6, numeric=True),
        Column(title="Alike", share=0.6, numeric=True),
        Column(title="Passages", share=0.8, numeric=True),
        Column(title="Verdict", share=2),
    )
    rows = tuple(_make_agreement_row(material.results.codebook, row) for row in reliability.rows)
    return (Table(caption=AGREEMENT, columns=columns, rows=rows),)


def _make_agreement_row(codebook: Codebook, row: CodeAgreement) -> tuple[tuple[Inline, ...], ...]:
    interval = (
        f" ({format_coefficient(row.low)} to {format_coefficient(row.high)})" if row.low is not None else ""
    )
    cells = (
        _name_code(codebook, row.code),
        f"{format_coefficient(row.alpha)}{interval}",
        format_coefficient(row.ac1),
        f"{row.percent:.0%}" if row.percent is not None else "–",
        f"{row.units:,}",
        row.words or row.light,
    )
    return tuple(make_inlines(cell) for cell in cells)


def _name_code(codebook: Codebook, code: str) -> str:
    """Return a code with what it asks or stands for."""
    asked = {question.id: question.text for question in codebook.questions}
    named = {frame.id: frame.name for frame in codebook.codes}
    words = asked.get(code) or named.get(code)
    return f"{code}: {words}" if words else code


def _describe_watching(line: Line) -> tuple[Block, ...]:
    named = {point.outlet for point in line.points if point.outlet}
    silent = sorted(named - {watch.outlet for watch in line.watched})
    if not line.watched:
        return say(
            "Which outlets were watched when is not recorded: silence and not looking cannot be told apart."
        )
    outlets = dict.fromkeys(watch.outlet for watch in line.watched)
    rows = tuple(
        (make_inlines(outlet), make_inlines(_list_periods(line.watched, outlet))) for outlet in outlets
    )
    columns = (Column(title="Outlet"), Column(title="Watched", share=3))
    table = Table(caption="Periods watched; outside them nothing is known", columns=columns, rows=rows)
    rest = say(f"Not recorded for {join_words(map(shorten_name, silent))}.") if silent else ()
    return (table, *rest)


def _list_periods(watched: Iterable[Watch], outlet: str) -> str:
    periods = sorted((watch.begins, watch.ends) for watch in watched if watch.outlet == outlet)
    return "; ".join(format_span(*period) for period in periods)
