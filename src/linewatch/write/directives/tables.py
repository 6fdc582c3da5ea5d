"""Directives that list what was found: items, citations, aliases, places and notes that lead nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from linewatch.model import Alias, Citation, Finding, Item, Marker, NoteBody, Place, Point, Span
from linewatch.write.call import Call
from linewatch.write.claims import ONE_CODER, get_fixed_words, is_red
from linewatch.write.material import Material
from linewatch.write.page import Page
from linewatch.write.privacy import find_public_aliases
from linewatch.write.quoting import cut_finding, cut_span, shorten
from linewatch.write.sources import describe_place, format_date, get_date, get_short_seal
from linewatch.write.tree import Block, Code, Column, Inline, Listing, Paragraph, Table, Text
from linewatch.write.wording import (
    clean,
    count,
    format_point,
    format_score,
    join_words,
    make_inlines,
    slanted,
)

VERDICTS = {
    "exact": "as in the edition",
    "variant": "another spelling or wording",
    "partial": "cut short",
    "altered": "changed",
    "wrong-reference": "not at this reference",
    "unknown": "not checked: no edition at hand",
}
Row = tuple[tuple[Inline, ...], ...]


def item_table(page: Page, call: Call) -> tuple[Block, ...]:
    """Return the table of items in the order of their dates, each with its place on the line and its seal."""
    call.check_options({"outlet"})
    material = page.material
    points = {point.item: point for point in material.results.line.points}
    found = [
        (finding, item)
        for finding, item in material.find_values(Item)
        if call.options.get("outlet") in (None, item.outlet)
    ]
    if not found:
        return _say("No item is found yet.")
    rows = [
        _make_item_row(page, finding, item, points.get(finding.id))
        for finding, item in sorted(found, key=_get_item_order)
    ]
    columns = _make_item_columns(material)
    return (Table(caption=_describe_items(found), columns=columns, rows=tuple(rows)),)


def citations(page: Page, call: Call) -> tuple[Block, ...]:
    """Return the citations with their verdicts: those quoted truly by number, every other one by itself."""
    call.check_options(())
    found = list(page.material.find_values(Citation))
    if not found:
        return _say("No citation of a canonical text is found.")
    odd = [(finding, citation) for finding, citation in found if citation.verdict not in {"exact", "unknown"}]
    blocks: list[Block] = [
        Paragraph(children=make_inlines(_count_verdicts(citation for _, citation in found)))
    ]
    if odd:
        rows = tuple(_make_citation_row(page, finding, citation) for finding, citation in odd)
        blocks.append(
            Table(
                caption="Citations that differ from the text they cite", columns=_CITATION_COLUMNS, rows=rows
            )
        )
    for verdict in ("exact", "unknown"):
        refs = Counter(citation.ref for _, citation in found if citation.verdict == verdict)
        if refs:
            blocks.append(Paragraph(children=make_inlines(_list_refs(VERDICTS[verdict], refs)), quiet=True))
    return tuple(blocks)


def aliases(page: Page, call: Call) -> tuple[Block, ...]:
    """Return the other names of organisations, outlets and places; names of persons are withheld and counted."""
    call.check_options(())
    shown = find_public_aliases(page.material, page.privacy)
    names = {alias.name for _, alias in page.material.find_values(Alias)}
    withheld = len(names) - len({alias.name for alias in shown} & names)
    rows = tuple((make_inlines(alias.name), make_inlines(", ".join(alias.aka))) for alias in shown)
    blocks: list[Block] = []
    if rows:
        columns = (Column(title="Name"), Column(title="Also called", share=2))
        blocks.append(Table(caption="Other names of those who may be named", columns=columns, rows=rows))
    if withheld:
        words = f"{count(withheld, 'further name')} with aliases {'is' if withheld == 1 else 'are'} not listed: persons are private."
        blocks.append(Paragraph(children=make_inlines(words), quiet=True))
    return tuple(blocks) or _say("No alias is found.")


def places(page: Page, call: Call) -> tuple[Block, ...]:
    """Return the organisation's own names of places with the real ones."""
    call.check_options(())
    names = dict.fromkeys((place.org_name, place.real_name) for _, place in page.material.find_values(Place))
    if not names:
        return _say("No place is found under a name of the organisation's own.")
    rows = tuple((make_inlines(own), make_inlines(real)) for own, real in sorted(names))
    columns = (Column(title="The organisation's name"), Column(title="Real name"))
    return (Table(caption="Places under the organisation's own names", columns=columns, rows=rows),)


def notes_nowhere(page: Page, call: Call) -> tuple[Block, ...]:
    """Return the note markers that have no body and the bodies that no marker points to."""
    call.check_options(())
    markers = [
        (finding, f"Marker {marker.n} leads nowhere")
        for finding, marker in page.material.find_values(Marker)
        if marker.body is None
    ]
    bodies = [
        (finding, f"Note {body.n} has no marker")
        for finding, body in page.material.find_values(NoteBody)
        if body.marker is None
    ]
    if not markers and not bodies:
        return _say("Every note that is marked has a body, and every body a marker.")
    items = tuple((_describe_stray(page, finding, words),) for finding, words in [*markers, *bodies])
    return (Listing(items=items),)


_CITATION_COLUMNS = (
    Column(title="Reference", share=1),
    Column(title="Verdict", share=1.4),
    Column(title="Words as quoted", share=3),
    Column(title="Where", share=1.8),
)


def _make_item_columns(material: Material) -> tuple[Column, ...]:
    fixed = get_fixed_words(material.results.reliability)
    return (
        Column(title="Date", share=1.2),
        Column(title="Outlet", share=1.2),
        Column(title="Item", share=2.4),
        Column(title=f"Line ({fixed})" if fixed == ONE_CODER else "Line", share=1.5),
        Column(title="Seal", share=0.9),
    )


def _make_item_row(page: Page, finding: Finding, item: Item, point: Point | None) -> Row:
    material = page.material
    evidence = material.find_evidence(finding.span.document)
    kind = item.kind.replace("-", " ").capitalize()
    title = (Text(words=": "), slanted(page.privacy.hide(item.title))) if item.title else ()
    held = () if item.held else (Text(words=" (cited, not held)"),)
    return (
        make_inlines(format_date(item)),
        make_inlines(item.outlet or item.publisher or "–"),
        (*make_inlines(kind), *title, *held),
        make_inlines(_describe_point(material, point)),
        (Code(words=get_short_seal(evidence.id)),) if evidence is not None else make_inlines("gone"),
    )


def _describe_point(material: Material, point: Point | None) -> str:
    if point is None:
        return "–"
    if is_red(material.results.reliability):
        return "withheld"
    reach = f", {format_score(point.low)} to {format_score(point.high)}" if point.low != point.high else ""
    return f"{format_point(point.score, material.results.codebook.scale.points)}{reach}"


def _describe_items(found: list[tuple[Finding, Item]]) -> str:
    held = sum(1 for _, item in found if item.held)
    cited = len(found) - held
    parts = [words for n, words in ((held, f"{held:,} held"), (cited, f"{cited:,} known from reports")) if n]
    return f"{count(len(found), 'item')}: {join_words(parts)}"


def _get_item_order(row: tuple[Finding, Item]) -> tuple[date, str]:
    when = get_date(row[1])
    return ((when.earliest or when.latest or date.max) if when is not None else date.max, row[0].id)


def _make_citation_row(page: Page, finding: Finding, citation: Citation) -> Row:
    cut_finding(page.material, finding)
    left_out = f"; left out: {join_words(citation.left_out)}" if citation.left_out else ""
    return (
        make_inlines(citation.ref),
        make_inlines(f"{VERDICTS[citation.verdict]}{left_out}"),
        make_inlines(page.privacy.hide(_cut_quoted(page.material, citation.quoted, finding.id))),
        (*_describe_source(page.material, finding.span), page.note_span(finding.span)),
    )


def _cut_quoted(material: Material, quoted: Span | None, name: str) -> str:
    if quoted is None:
        return "–"
    cutting = shorten(cut_span(material, quoted, name), longest=30, kept=24)
    return f"“{cutting.words}{' ' + cutting.omission if cutting.left_out else ''}”"


def _describe_source(material: Material, span: Span) -> tuple[Inline, ...]:
    held = [
        item
        for finding, item in material.find_values(Item)
        if finding.span.document == span.document and item.held and finding.span.start <= span.start
    ]
    if held:
        return make_inlines(f"{held[-1].outlet or held[-1].kind}, {format_date(held[-1])}")
    evidence = material.find_evidence(span.document)
    return (Code(words=clean(evidence.name)),) if evidence is not None else ()


def _count_verdicts(found: Iterable[Citation]) -> str:
    counts: Counter[str] = Counter(citation.verdict for citation in found)
    parts = [f"{counts[verdict]:,} {words}" for verdict, words in VERDICTS.items() if counts[verdict]]
    return f"{count(sum(counts.values()), 'citation')}: {join_words(parts)}."


def _list_refs(what: str, refs: Counter[str]) -> str:
    parts = [ref if n == 1 else f"{ref} ({n} times)" for ref, n in sorted(refs.items())]
    return f"{what[:1].upper()}{what[1:]}: {', '.join(parts)}."


def _describe_stray(page: Page, finding: Finding, words: str) -> Paragraph:
    cut_finding(page.material, finding)
    document = page.material.documents[finding.span.document]
    evidence = page.material.evidence[document.evidence]
    place = describe_place(document, finding.span)
    return Paragraph(
        children=(Text(words=f"{words}: "), Code(words=clean(evidence.name)), Text(words=f", {place}."))
    )


def _say(words: str) -> tuple[Block, ...]:
    return (Paragraph(children=make_inlines(words)),)
