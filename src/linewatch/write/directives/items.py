"""The directive that lists the items, each with its date, its place on the line and its seal."""

from __future__ import annotations

from datetime import date

from linewatch.model import Item, Point
from linewatch.write.call import Call
from linewatch.write.claims import NOT_CODED, get_fixed_words, is_red
from linewatch.write.copies import Found, group_copies
from linewatch.write.material import Material
from linewatch.write.page import Page
from linewatch.write.sources import format_date, get_date, get_short_seal
from linewatch.write.tree import Block, Code, Column, Inline, Table, Text
from linewatch.write.wording import count, format_point, format_score, join_words, make_inlines, say, slanted

MOST_ROWS = 500
"""A table of so many rows is turned over, a longer one is searched: that is done in items.csv."""


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
        return say("No item is found yet.")
    groups = group_copies(material, sorted(found, key=_get_order))
    shown = groups[:MOST_ROWS]
    rows = tuple(_make_row(page, group, points.get(group[0][0].id)) for group in shown)
    table = Table(caption=_describe_items(found, len(groups)), columns=_make_columns(material), rows=rows)
    return (table, *(_tell_rest(len(shown), len(groups)) if len(groups) > len(shown) else ()))


def _tell_rest(shown: int, rows: int) -> tuple[Block, ...]:
    """Return where the items are that the table has no room for."""
    return say(
        f"The first {shown:,} of {rows:,} rows, in the order of their dates; items.csv beside the report has every item."
    )


def _make_columns(material: Material) -> tuple[Column, ...]:
    fixed = get_fixed_words(material.results.reliability)
    return (
        Column(title="Date", share=1.2),
        Column(title="Outlet", share=1.2),
        Column(title="Item", share=2.4),
        Column(title="Line" if fixed in {None, NOT_CODED} else f"Line ({fixed})", share=1.5),
        Column(title="Seal", share=0.9),
    )


def _make_row(page: Page, group: list[Found], point: Point | None) -> tuple[tuple[Inline, ...], ...]:
    """Return the row of an item; where copies of one report cite it, the first speaks and all their seals stand."""
    item = page.dress_item(group[0][1])
    kind = item.kind.replace("-", " ").capitalize()
    title = (Text(words=": "), slanted(item.title)) if item.title else ()
    cited = f"cited in {len(group)} copies of one report" if len(group) > 1 else "cited"
    held = () if item.held else (Text(words=f" ({cited}, not held)"),)
    return (
        make_inlines(format_date(item)),
        make_inlines(item.outlet or item.publisher or "–"),
        (*make_inlines(kind), *title, *held),
        make_inlines(_describe_point(page.material, point)),
        _list_seals(page.material, group),
    )


def _list_seals(material: Material, group: list[Found]) -> tuple[Inline, ...]:
    inlines: list[Inline] = []
    for finding, _ in group:
        evidence = material.find_evidence(finding.span.document)
        inlines += [Text(words=" ")] if inlines else []
        inlines.append(
            Code(words=get_short_seal(evidence.id)) if evidence is not None else Text(words="gone")
        )
    return tuple(inlines)


def _describe_point(material: Material, point: Point | None) -> str:
    if point is None:
        return "–"
    if is_red(material.results.reliability):
        return "withheld"
    reach = f", {format_score(point.low)} to {format_score(point.high)}" if point.low != point.high else ""
    return f"{format_point(point.score, material.results.codebook.scale.points)}{reach}"


def _describe_items(found: list[Found], rows: int) -> str:
    held = sum(1 for _, item in found if item.held)
    cited = len(found) - held
    parts = [words for n, words in ((held, f"{held:,} held"), (cited, f"{cited:,} known from reports")) if n]
    copies = len(found) - rows
    again = f"; {copies:,} of these again in a copy of the report, in the row of the first" if copies else ""
    return f"{count(len(found), 'item')}: {join_words(parts)}{again}"


def _get_order(row: Found) -> tuple[date, str]:
    when = get_date(row[1])
    return ((when.earliest or when.latest or date.max) if when is not None else date.max, row[0].id)
