"""The directive that lists what else could explain each turn: every rival reading with its figure, its sentence and its verdict."""

from __future__ import annotations

from linewatch.model import Rival, Turn
from linewatch.write.call import Call
from linewatch.write.claims import check_claims
from linewatch.write.page import Page
from linewatch.write.quoting import shorten, shorten_name
from linewatch.write.tree import Block, Column, Inline, Table
from linewatch.write.wording import dress_numbers, make_inlines, say, strong

NOTHING = "No series shows a turn by both keys, so there is none that something else would have to explain."
VERDICTS = {True: "does not explain it", False: "may explain it", None: "untested"}
WITHHELD = "Rival readings are not told on codes below the agreed reliability."
_COLUMNS = (
    Column(title="Reading", share=1.2),
    Column(title="Figure", share=0.6, numeric=True),
    Column(title="What the items say of it", share=4),
    Column(title="Verdict", share=1.2),
)


def rivals(page: Page, call: Call) -> tuple[Block, ...]:
    """Return a table for each turn in which both keys hold, with likelihood, confidence and outlook above it."""
    call.check_options(())
    check_claims(page.material)
    if not page.material.results.reliability.is_agreed:
        return say(WITHHELD)
    told = [block for turn in page.material.results.line.turns if turn.rivals for block in _tell(page, turn)]
    return tuple(told) or say(NOTHING)


def _tell(page: Page, turn: Turn) -> tuple[Block, ...]:
    name = shorten_name(turn.series)
    rows = tuple(_make_row(page, rival) for rival in turn.rivals)
    judged = [
        f"{what}: {words}."
        for what, words in (
            ("Likelihood of one turn, in the words of ICD 203", turn.likelihood),
            ("Confidence in that, which is another thing", turn.confidence),
            ("What would change the conclusion", turn.outlook),
        )
        if words
    ]
    verdict = "a turn is claimed" if turn.claim else "no turn is claimed"
    return (
        Table(caption=f"What else could explain {name}: {verdict}", columns=_COLUMNS, rows=rows),
        *(block for words in judged for block in say(_print(page, words))),
    )


def _make_row(page: Page, rival: Rival) -> tuple[tuple[Inline, ...], ...]:
    sentence = rival.words.removeprefix(f"{rival.name}: ").removeprefix(f"{rival.name} is ")
    figure = "–" if rival.figure is None else dress_numbers(f"{rival.figure:.2f}")
    verdict = VERDICTS[rival.holds]
    return (
        make_inlines(rival.name.capitalize()),
        make_inlines(figure),
        make_inlines(_print(page, f"{sentence[:1].upper()}{sentence[1:]}.")),
        (strong(verdict),) if rival.holds is False else make_inlines(verdict),
    )


def _print(page: Page, words: str) -> str:
    """Return the tracker's words as the report prints them: nobody named who is private, no name without end."""
    return shorten(page.privacy.hide(dress_numbers(words))).words
