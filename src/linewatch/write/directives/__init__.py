"""The directives a draft may use, by name: each is one small function from the page and the call to blocks or inlines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from linewatch.errors import DraftError
from linewatch.write.call import Call
from linewatch.write.claims import check_value
from linewatch.write.directives import account, quotes, tables
from linewatch.write.directives.citations import citations
from linewatch.write.directives.figures import figure, figures
from linewatch.write.directives.items import item_table
from linewatch.write.directives.method import method
from linewatch.write.directives.numbers import LINE_NUMBERS, NUMBERS
from linewatch.write.directives.rivals import rivals
from linewatch.write.directives.uses import citation_uses
from linewatch.write.figures import FIGURES
from linewatch.write.page import Page
from linewatch.write.tree import Block, Inline, Paragraph
from linewatch.write.wording import make_inlines

MakeBlocks = Callable[[Page, Call], tuple[Block, ...]]
MakeInlines = Callable[[Page, Call], tuple[Inline, ...]]


@dataclass(frozen=True, kw_only=True)
class Directive:
    """What a directive makes alone on a line, and what inside a sentence; None where it does not belong."""

    usage: str
    does: str
    block: MakeBlocks | None = None
    inline: MakeInlines | None = None


def number(page: Page, call: Call) -> tuple[Inline, ...]:
    """Return a number by its name; one of the line stands behind the gate of reliability."""
    call.check_options({"outlet", "series", "code"})
    name = call.get_arg("a number's name")
    if name in NUMBERS:
        return make_inlines(NUMBERS[name](page.material, call))
    if name not in LINE_NUMBERS:
        known = ", ".join([*NUMBERS, *LINE_NUMBERS])
        raise DraftError(f"{call.where}: no number is called {name}", hint=f"known numbers: {known}")
    fixed = check_value(page.material, call.where, call.sentence)
    return make_inlines(fixed or LINE_NUMBERS[name](page.material, call))


def note(page: Page, call: Call) -> tuple[Inline, ...]:
    """Return the reference to a note in the analyst's own words."""
    call.check_options(())
    return (page.note_words(call.get_arg("the note's words, in quotation marks")),)


DIRECTIVES: dict[str, Directive] = {
    "quotation": Directive(
        usage='quotation ID [whole because="why"]',
        does="a quotation cut anew from the sealed text, with speaker, item, date and note",
        block=quotes.quote_block,
        inline=quotes.quote_inline,
    ),
    "passage": Directive(
        usage='passage ID [because="why"]',
        does="one coded passage with its source",
        block=quotes.passage_block,
    ),
    "passages": Directive(
        usage='passages [most=8] [outlet="name"]',
        does="the passages that carry the finding",
        block=quotes.passages_block,
    ),
    "number": Directive(
        usage="number NAME [outlet=, series=, code=]", does="a number, computed now", inline=number
    ),
    "note": Directive(usage='note "words"', does="a numbered note in your own words", inline=note),
    "finding": Directive(usage="finding", does="what was found, with its uncertainty", block=account.finding),
    "turns": Directive(usage="turns", does="each turn looked for and its conditions", block=account.turns),
    "rivals": Directive(
        usage="rivals", does="what else could explain each turn, with its figure", block=rivals
    ),
    "figure": Directive(usage="figure NAME", does=f"one figure: {', '.join(FIGURES)}", block=figure),
    "figures": Directive(
        usage="figures", does="every figure but the line's that has something to show", block=figures
    ),
    "item-table": Directive(
        usage='item-table [outlet="name"]', does="the items and their seals", block=item_table
    ),
    "citations": Directive(usage="citations", does="the citations with their verdicts", block=citations),
    "citation-uses": Directive(
        usage="citation-uses",
        does="which outlet cites what when, under which frames, and what is cut the same way",
        block=citation_uses,
    ),
    "aliases": Directive(
        usage="aliases", does="other names of organisations and outlets", block=tables.aliases
    ),
    "places": Directive(usage="places", does="the organisation's names of places", block=tables.places),
    "notes-nowhere": Directive(
        usage="notes-nowhere",
        does="note markers and bodies without the other half",
        block=tables.notes_nowhere,
    ),
    "method": Directive(usage="method", does="how the line was measured", block=method),
    "problems": Directive(usage="problems", does="what is wrong with the evidence", block=account.problems),
    "sources": Directive(
        usage="sources", does="what was gathered and what was refused", block=account.sources
    ),
}


def get_directive(call: Call) -> Directive:
    """Return the directive that a call names; raises DraftError listing those there are."""
    if call.name not in DIRECTIVES:
        raise DraftError(f"{call.where}: no such directive", hint=f"known: {', '.join(DIRECTIVES)}")
    return DIRECTIVES[call.name]


def make_blocks(page: Page, call: Call) -> tuple[Block, ...]:
    """Return what a directive makes that stands alone on a line."""
    directive = get_directive(call)
    if directive.block is not None:
        return directive.block(page, call)
    return (Paragraph(children=make_inline(page, call)),)


def make_inline(page: Page, call: Call) -> tuple[Inline, ...]:
    """Return what a directive makes inside a sentence."""
    make = get_directive(call).inline
    if make is None:
        raise DraftError(
            f"{call.where}: must stand alone on its line", hint="put an empty line before and after it"
        )
    return make(page, call)
