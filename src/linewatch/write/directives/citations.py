"""The directive that lists what is cited: how each citation stands to the text it points to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from linewatch.model import Citation, Finding, Item, Span
from linewatch.write.call import Call
from linewatch.write.material import Material
from linewatch.write.page import Page
from linewatch.write.quoting import cut_finding, cut_span, shorten, shorten_name
from linewatch.write.sources import format_date, name_file
from linewatch.write.tree import Block, Column, Inline, Paragraph, Table
from linewatch.write.wording import count, join_words, make_inlines, say

STANDINGS = {
    "exact": "as in the edition",
    "variant": "another spelling or wording",
    "partial": "cut short",
    "merged": "several places run together",
    "altered": "changed",
    "wrong-reference": "not at this reference",
    "paraphrase": "a paraphrase",
    "other-translation": "another translation than those at hand",
    "absent": "not in the edition",
    "pointed": "pointed to without quoting",
    "no-edition": "no edition at hand",
    "unknown": "not checked",
}
"""How a citation stands to the text it cites, in the order in which the report counts them."""
QUIET = ("exact", "pointed", "no-edition", "unknown")
"""Standings in which nothing differs: these are listed by reference, every other citation by itself."""
# What the finder says of a citation it could not compare; its verdict is "unknown" in each case.
_REASONS = {
    "not in the edition": "absent",
    "no edition": "no-edition",
    "no words are quoted": "pointed",
    "too few words are quoted": "pointed",
}
_COLUMNS = (
    Column(title="Reference", share=1),
    Column(title="Verdict", share=1.4),
    Column(title="Words as quoted", share=2.6),
    Column(title="The edition has", share=3.4),
    Column(title="Where", share=1.8),
)


def citations(page: Page, call: Call) -> tuple[Block, ...]:
    """Return the citations with their verdicts: those quoted truly by number, every other one by itself."""
    call.check_options(())
    found = list(page.material.find_values(Citation))
    if not found:
        return say("No citation of a canonical text is found.")
    odd = [(finding, citation) for finding, citation in found if get_standing(citation) not in QUIET]
    blocks: list[Block] = [
        Paragraph(children=make_inlines(_count_standings(citation for _, citation in found)))
    ]
    if odd:
        rows = tuple(_make_row(page, finding, citation) for finding, citation in odd)
        blocks.append(
            Table(caption="Citations that differ from the text they cite", columns=_COLUMNS, rows=rows)
        )
    for standing in QUIET:
        refs = Counter(
            shorten_name(citation.ref) for _, citation in found if get_standing(citation) == standing
        )
        if refs:
            blocks.append(Paragraph(children=make_inlines(_list_refs(STANDINGS[standing], refs)), quiet=True))
    return tuple(blocks)


def get_standing(citation: Citation) -> str:
    """Return how a citation stands to the text it cites: its verdict, or why there is none.

    >>> get_standing(Citation(canon="charter", ref="charter 4:2", detail="no words are quoted with it"))
    'pointed'
    """
    detail = citation.detail or ""
    told = (standing for reason, standing in _REASONS.items() if reason in detail)
    return next(told, "unknown") if citation.verdict == "unknown" else citation.verdict


def _make_row(page: Page, finding: Finding, citation: Citation) -> tuple[tuple[Inline, ...], ...]:
    cut_finding(page.material, finding)
    left_out = f"; left out: {join_words(citation.left_out)}" if citation.left_out else ""
    told = shorten(citation.detail or "", longest=40, kept=30)
    detail = f": {told.words}" if told.words and citation.verdict != "unknown" else ""
    return (
        make_inlines(shorten_name(citation.ref)),
        make_inlines(page.privacy.hide(f"{STANDINGS[get_standing(citation)]}{detail}{left_out}")),
        make_inlines(page.privacy.hide(_cut_quoted(page.material, citation.quoted, finding.id))),
        _set_beside(page, citation),
        (*_describe_source(page, finding.span), page.note_span(finding.span)),
    )


def _set_beside(page: Page, citation: Citation) -> tuple[Inline, ...]:
    """Return the whole unit as the edition has it, named, with what the quoted words leave out set in brackets: never a corrected quotation."""
    if citation.text is None:
        return make_inlines("–")
    unit = shorten(mark_left_out(citation.text, citation.omitted))
    words = f"“{unit.words}{' ' + unit.omission if unit.left_out else ''}”"
    return make_inlines(page.privacy.hide(f"{words} ({citation.edition or 'edition unnamed'})"))


def mark_left_out(text: str, omitted: Sequence[str]) -> str:
    """Return a unit's text with the parts that a quotation leaves out between marks.

    >>> mark_left_out("Unless they mend it, they pay, and no more.", ("Unless they mend it,", "", "and no more."))
    '⟦Unless they mend it,⟧ they pay, ⟦and no more.⟧'
    """
    before, inside, after = (*omitted, "", "", "")[:3]
    head = len(before) if before and text.startswith(before) else 0
    at = text.rfind(after, head) if after else -1
    tail = at if at >= 0 else len(text)
    middle = text[head:tail]
    for part in inside.split(" … ") if inside else ():
        middle = middle.replace(part, f"⟦{part}⟧", 1)
    return (f"⟦{text[:head]}⟧" if head else "") + middle + (f"⟦{text[tail:]}⟧" if at >= 0 else "")


def _cut_quoted(material: Material, quoted: Span | None, name: str) -> str:
    if quoted is None:
        return "–"
    cutting = shorten(cut_span(material, quoted, name), longest=30, kept=24)
    return f"“{cutting.words}{' ' + cutting.omission if cutting.left_out else ''}”"


def _describe_source(page: Page, span: Span) -> tuple[Inline, ...]:
    material = page.material
    held = [
        item
        for finding, item in material.find_values(Item)
        if finding.span.document == span.document and item.held and finding.span.start <= span.start
    ]
    if held:
        item = page.dress_item(held[-1])
        return make_inlines(f"{item.outlet or item.kind}, {format_date(item)}")
    evidence = material.find_evidence(span.document)
    return (name_file(evidence),) if evidence is not None else ()


def _count_standings(found: Iterable[Citation]) -> str:
    counts: Counter[str] = Counter(get_standing(citation) for citation in found)
    parts = [f"{counts[standing]:,} {words}" for standing, words in STANDINGS.items() if counts[standing]]
    return f"{count(sum(counts.values()), 'citation')}: {join_words(parts)}."


def _list_refs(what: str, refs: Counter[str]) -> str:
    parts = [ref if n == 1 else f"{ref} ({n} times)" for ref, n in sorted(refs.items())]
    return f"{what[:1].upper()}{what[1:]}: {', '.join(parts)}."
