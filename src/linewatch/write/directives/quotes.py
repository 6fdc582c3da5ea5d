"""Directives that print somebody's words: `quotation`, `passage` and `passages`. Nothing is printed that is not cut anew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec.structs import replace

from linewatch.errors import DraftError
from linewatch.model import Finding, Item, Passage, Point, Quotation, Span, Turn
from linewatch.write.call import Call
from linewatch.write.material import Material
from linewatch.write.page import Page
from linewatch.write.quoting import Cutting, cut_finding
from linewatch.write.sources import describe_item, find_block
from linewatch.write.tree import Block, Inline, Isolate, NoteRef, Quote, Text
from linewatch.write.wording import RTL_LANGUAGES, clean_lines, format_point, get_direction, make_inlines, say

MOST = 8
"""So many passages stand in a report that does not ask for more."""
UNSIGNED = "no speaker named"
EACH_SIDE = 2
"""So many items on each side of a turn show it."""


def quote_block(page: Page, call: Call) -> tuple[Block, ...]:
    """Return a quotation on its own, with its speaker, item, date and note."""
    finding, quotation = get_quotation(page.material, call)
    cutting = _cut_quotation(page, call, finding, quotation)
    speaker = page.privacy.name_speaker(quotation.speaker, quotation.role)
    quote = make_quote(page, finding.span, cutting, speaker, page.find_item(quotation.item))
    return (_add_reason(page, quote, call.options.get("because")),)


def quote_inline(page: Page, call: Call) -> tuple[Inline, ...]:
    """Return a quotation inside a sentence, in quotation marks, with its note."""
    finding, quotation = get_quotation(page.material, call)
    cutting = _cut_quotation(page, call, finding, quotation)
    words = " ".join(clean_lines(cutting.words))
    omission = f" {cutting.omission}" if cutting.left_out else ""
    language, because = _get_language(page.material, finding.span), call.options.get("because")
    return (
        Text(words="“"),
        *make_inlines(words, language=language),
        Text(words=f"{omission}”"),
        page.note_span(finding.span),
        *((_note_reason(page, because),) if because else ()),
    )


def passage_block(page: Page, call: Call) -> tuple[Block, ...]:
    """Return one coded passage, with its speaker, item, date and note."""
    _check_reason(call)
    passage = page.material.passages.get(call.get_arg("a passage's id"))
    if passage is None:
        raise DraftError(
            f"{call.where}: no such passage any more", hint="`linewatch code --export` lists the ids"
        )
    return (quote_passage(page, passage, call.options.get("because")),)


def passages_block(page: Page, call: Call) -> tuple[Block, ...]:
    """Return the passages that carry the finding, in the order of their dates."""
    call.check_options({"most", "outlet"})
    points = [
        point
        for point in page.material.results.line.points
        if call.options.get("outlet") in (None, point.outlet)
    ]
    chosen = choose_points(points, page.material.results.line.turns, _read_most(call))
    passages = [
        passage for point in chosen if (passage := find_telling_passage(page.material, point)) is not None
    ]
    if not passages:
        return say("No passage is coded yet.")
    return tuple(quote_passage(page, passage) for passage in passages)


def quote_passage(page: Page, passage: Passage, because: str | None = None) -> Quote:
    """Return a passage as a quotation, below it who speaks as far as that may be said."""
    cutting = page.cut(passage.span, passage.item, because)
    item = page.find_item(passage.item)
    quote = make_quote(page, passage.span, cutting, _name_voice(page, passage, item), item)
    return _add_reason(page, quote, because)


def make_quote(page: Page, span: Span, cutting: Cutting, speaker: str, item: Item | None) -> Quote:
    """Return words as a block, below them who says so, where and when, and the note that leads to the seal."""
    language = _get_language(page.material, span)
    lines = [make_inlines(line, language=language) for line in clean_lines(cutting.words)]
    if cutting.left_out:
        lines.append((Isolate(words=cutting.omission, language="en", direction="ltr"),))
    return Quote(
        lines=tuple(lines),
        source=(
            *make_inlines(speaker[:1].upper() + speaker[1:]),
            *_describe_item(item),
            *make_inlines(_describe_score(page.material, span)),
            page.note_span(span),
        ),
        language=language,
        direction=get_direction(cutting.words, language),
    )


def get_quotation(material: Material, call: Call) -> tuple[Finding, Quotation]:
    """Return the quotation a directive names; raises DraftError naming the directive when there is none."""
    _check_reason(call)
    args = [arg for arg in call.args if arg != "whole"]
    # `find --export` writes the kind before the id; both forms name the finding.
    finding = material.findings.get(args[0].removeprefix("quotation:")) if len(args) == 1 else None
    if finding is None or not isinstance(finding.value, Quotation):
        raise DraftError(
            f"{call.where}: no such quotation any more, in “{call.sentence.strip()}”",
            hint="`linewatch find --export` lists the ids",
        )
    return finding, finding.value


def choose_points(points: Iterable[Point], turns: Iterable[Turn], most: int) -> list[Point]:
    """Return the points that tell most: those next to each claimed turn, then the harshest and the mildest."""
    ordered = sorted(points, key=_get_order)
    chosen = [point for turn in turns if turn.claim for point in _find_around(ordered, turn)]
    extremes = sorted(ordered, key=lambda point: -abs(point.score - _get_mean(ordered)))
    kept = list(dict.fromkeys(point.item for point in [*chosen, *extremes]))[:most]
    return [point for point in ordered if point.item in kept]


def find_telling_passage(material: Material, point: Point) -> Passage | None:
    """Return the passage of an item that is coded closest to the item's own score, None when all are gone."""
    known = [material.passages[name] for name in point.passages if name in material.passages]
    values = {
        coded.passage: (coded.low + coded.high) / 2
        for coded in material.results.coded
        if coded.low is not None and coded.high is not None
    }
    return min(known, key=lambda passage: abs(values.get(passage.id, 99) - point.score), default=None)


def _find_around(ordered: list[Point], turn: Turn) -> list[Point]:
    if turn.most_likely is None:
        return []
    outlets = {point.outlet for point in ordered}
    series = [point for point in ordered if turn.series not in outlets or point.outlet == turn.series]
    dated = [
        (point, day) for point in series if point.date is not None and (day := point.date.middle) is not None
    ]
    before = [point for point, day in dated if day <= turn.most_likely[0]]
    after = [point for point, day in dated if day >= turn.most_likely[1]]
    return [*before[-EACH_SIDE:], *after[:EACH_SIDE]]


def _get_order(point: Point) -> tuple[date, str]:
    when = point.date
    return ((when.earliest or when.latest or date.max) if when is not None else date.max, point.item)


def _get_mean(points: list[Point]) -> float:
    return sum(point.score for point in points) / len(points) if points else 0


def _read_most(call: Call) -> int:
    most = call.options.get("most", str(MOST))
    if not most.isdecimal():
        raise DraftError(f"{call.where}: most= needs a number", hint="such as {{ passages most=6 }}")
    return int(most)


def _cut_quotation(page: Page, call: Call, finding: Finding, quotation: Quotation) -> Cutting:
    because = call.options.get("because")
    if ("whole" in call.args) != (because is not None):
        raise DraftError(
            f"{call.where}: printing the whole needs a recorded reason",
            hint='write whole because="why all of it"',
        )
    cut_finding(page.material, finding)
    return page.cut(finding.span, quotation.item, because)


def _check_reason(call: Call) -> None:
    """Raise DraftError for an option that is not the reason, or for a reason that says nothing."""
    call.check_options({"because"})
    if not call.options.get("because", "a reason").strip():
        raise DraftError(f"{call.where}: the reason is empty", hint='write because="why all of it"')


def _add_reason(page: Page, quote: Quote, because: str | None) -> Quote:
    """Return a quotation with a note on why all of it stands, where there is a reason."""
    return replace(quote, source=(*quote.source, _note_reason(page, because))) if because else quote


def _note_reason(page: Page, because: str) -> NoteRef:
    return page.note_words(f"Printed whole: {because}")


def _name_voice(page: Page, passage: Passage, item: Item | None) -> str:
    """Return who speaks: a public name or the role; where a held item names no speaker, that it does not."""
    unsigned = passage.speaker is None and passage.role == "unknown"
    if not unsigned or item is None or not item.held:
        return page.privacy.name_speaker(passage.speaker, passage.role)
    return page.privacy.name_speaker(None, "editorial") if item.kind == "editorial" else UNSIGNED


def _describe_item(item: Item | None) -> tuple[Inline, ...]:
    return (Text(words=" · "), *describe_item(item)) if item is not None else ()


def _describe_score(material: Material, span: Span) -> str:
    """Return where on the scale a coded passage's item stands, empty where coders do not agree on it."""
    passage = next((one for one in material.results.passages if one.span == span), None)
    points = {point.item: point for point in material.results.line.points}
    point = points.get(passage.item or "") if passage is not None else None
    if point is None or not material.results.reliability.is_agreed:
        return ""
    return f" · item at {format_point(point.score, material.results.codebook.scale.points)}"


def _get_language(material: Material, span: Span) -> str | None:
    document = material.documents[span.document]
    block = find_block(document, span.start)
    words = document.text[span.start : span.end]
    stated = block.language if block is not None else None
    if stated not in RTL_LANGUAGES and get_direction(words) == "rtl":
        return "ar"
    return stated
