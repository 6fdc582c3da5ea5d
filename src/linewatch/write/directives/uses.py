"""The directive that follows citations across a case: who uses which reference when, under which frames, and cut the same way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from linewatch.write.call import Call
from linewatch.write.cited import Use, find_cut_alike, find_reframed, group_by_outlet, list_uses
from linewatch.write.claims import is_red
from linewatch.write.directives.citations import STANDINGS, get_standing
from linewatch.write.figure_cited import draw_uses
from linewatch.write.page import Page
from linewatch.write.quoting import cut_finding, shorten, shorten_name
from linewatch.write.tree import Block, Column, Figure, Inline, Table, Text
from linewatch.write.wording import format_span, join_words, make_inlines, say

_CAPTION = (
    "What is cited, one mark a citation at its date; shapes and colours tell outlets apart. Open: the unit stands whole; "
    "pale: it is cut; full: it is cut as in another release. The numbers are in figures/citations.csv."
)
_PLACES = ("before", "inside", "after")
_MOST_NOTES = 12
"""So many places are noted in a row; the others are in findings.json."""
_WITHHELD = "Frames are withheld: the codes are below the agreed reliability."


def citation_uses(page: Page, call: Call) -> tuple[Block, ...]:
    """Return the references by outlet and period with their figure, those under different frames, and those cut alike."""
    call.check_options(())
    uses = list_uses(page.material)
    if not uses:
        return ()  # `citations` says that none is found
    for use in uses:
        cut_finding(page.material, use.finding)
    return (
        *_make_figure(page, uses),
        _make_outlet_table(page, uses),
        *_make_frame_table(page, uses),
        *_make_cut_table(page, uses),
    )


def _make_figure(page: Page, uses: Sequence[Use]) -> tuple[Block, ...]:
    drawing = draw_uses([_dress(page, use) for use in uses])
    if drawing is None:
        return say("No citation stands in an item with a date, so there is nothing to draw.")
    return (
        Figure(
            svg=drawing.svg, png=drawing.png, width=drawing.width, caption=make_inlines(_CAPTION), alt=drawing.alt,
            data=drawing.data, name="citations",
        ),
    )  # fmt: skip


def _dress(page: Page, use: Use) -> Use:
    """Return a use with its outlet fit for print."""
    return replace(use, outlet=shorten_name(page.privacy.hide(use.outlet)), ref=shorten_name(use.ref))


def _make_outlet_table(page: Page, uses: Sequence[Use]) -> Table:
    columns = (
        Column(title="Reference", share=1.2),
        Column(title="Outlet", share=1.5),
        Column(title="Period", share=1.8),
        Column(title="Times", share=0.6, numeric=True),
        Column(title="How", share=2.2),
        Column(title="Where", share=1),
    )
    rows = tuple(
        (
            make_inlines(shorten_name(ref)),
            make_inlines(_dress(page, group[0]).outlet),
            make_inlines(_tell_period(group)),
            make_inlines(f"{len(group):,}"),
            make_inlines(_count_standings(group)),
            _note_all(page, group),
        )
        for (ref, _), group in group_by_outlet(uses).items()
    )
    return Table(caption="References by outlet and period", columns=columns, rows=rows)


def _tell_period(group: Sequence[Use]) -> str:
    days = [day for use in group for day in (use.earliest, use.latest) if day is not None]
    undated = sum(use.earliest is None and use.latest is None for use in group)
    parts = [format_span(min(days), max(days))] if days else []
    return "; ".join([*parts, *([f"{undated} undated"] if undated else [])])


def _count_standings(group: Sequence[Use]) -> str:
    counts = Counter(STANDINGS[get_standing(use.citation)] for use in group)
    return join_words(f"{n:,} {words}" for words, n in counts.items())


def _make_frame_table(page: Page, uses: Sequence[Use]) -> tuple[Block, ...]:
    reframed = find_reframed(uses)
    if not reframed:
        return ()
    if is_red(page.material.results.reliability):
        return say(_WITHHELD)
    rows = tuple(
        (
            make_inlines(shorten_name(ref)),
            make_inlines(join_words(frames)),
            make_inlines(_tell_outlets(page, group)),
            _note_all(page, group),
        )
        for ref, all_uses in reframed.items()
        for frames, group in _group_by_frames(all_uses).items()
    )
    columns = (
        Column(title="Reference", share=1),
        Column(title="Frames of the passage", share=2.5),
        Column(title="Outlets", share=2.2),
        Column(title="Where", share=1),
    )
    return (Table(caption="The same unit under different frames", columns=columns, rows=rows),)


def _group_by_frames(uses: Sequence[Use]) -> dict[tuple[str, ...], list[Use]]:
    groups: dict[tuple[str, ...], list[Use]] = {}
    for use in uses:
        groups.setdefault(use.frames, []).append(use)
    return groups


def _make_cut_table(page: Page, uses: Sequence[Use]) -> tuple[Block, ...]:
    groups = find_cut_alike(uses)
    if not groups:
        return say("No unit is cut the same way in two releases.")
    rows = tuple(
        (
            make_inlines(shorten_name(group[0].ref)),
            make_inlines(page.privacy.hide(_tell_cut(group[0]))),
            make_inlines(", ".join(group[0].citation.weights) or "–"),
            make_inlines(f"{len({use.source for use in group}):,}"),
            make_inlines(f"{_tell_outlets(page, group)}, {_tell_period(group)}"),
            _note_all(page, group),
        )
        for group in groups
    )
    columns = (
        Column(title="Reference", share=1),
        Column(title="Left out, as the edition has it", share=3),
        Column(title="Holds", share=1),
        Column(title="Releases", share=0.7, numeric=True),
        Column(title="By whom and when", share=2.2),
        Column(title="Where", share=0.9),
    )
    return (Table(caption="Cut the same way in different releases", columns=columns, rows=rows),)


def _tell_cut(use: Use) -> str:
    parts = zip(_PLACES, use.cut, strict=False)
    return "; ".join(
        f"{place}: {shorten(words, longest=60, kept=50).words}" for place, words in parts if words
    )


def _tell_outlets(page: Page, group: Sequence[Use]) -> str:
    counts = Counter(_dress(page, use).outlet for use in group)
    return join_words(outlet if n == 1 else f"{outlet} ({n} times)" for outlet, n in counts.items())


def _note_all(page: Page, group: Sequence[Use]) -> tuple[Inline, ...]:
    """Return a note on each place, so that the row leads back to the sealed words."""
    noted: list[Inline] = []
    for use in group[:_MOST_NOTES]:
        noted += [Text(words=" ")] if noted else []
        noted.append(page.note_span(use.citation.quoted or use.finding.span))
    more = len(group) - _MOST_NOTES
    return (*noted, *make_inlines(f" and {more:,} more")) if more > 0 else tuple(noted)
