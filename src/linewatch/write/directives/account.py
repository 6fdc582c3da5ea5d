"""Directives that say what was found, from what, and what stood in the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from linewatch.model import Arrival, Problem, Reliability, Turn
from linewatch.write.call import Call
from linewatch.write.claims import NOT_CODED, check_claims, get_fixed_words
from linewatch.write.page import Page
from linewatch.write.quoting import shorten, shorten_name
from linewatch.write.sources import name_file
from linewatch.write.tree import Block, Code, Column, Inline, Listing, Paragraph, Table, Text
from linewatch.write.wording import (
    clean,
    count,
    dress_numbers,
    format_coefficient,
    format_score,
    format_share,
    format_span,
    join_words,
    make_inlines,
    say,
    strong,
)

KEYS = frozenset({"posterior", "permutation"})
MOST_PROBLEMS = 40
TURN_RULE = "A turn is claimed only where every condition holds"
NO_TURN = "No turn is claimed."


def finding(page: Page, call: Call) -> tuple[Block, ...]:
    """Return what was found in one paragraph with its uncertainty, and below it a row for each other series.

    The paragraph tells the turns that are claimed; where none is, it says so and tells the strongest candidate.
    """
    call.check_options(())
    check_claims(page.material)
    line = page.material.results.line
    claimed = [turn for turn in line.turns if turn.claim]
    leading = claimed or sorted(line.turns, key=_get_strength, reverse=True)[:1]
    told = {turn.words for turn in line.turns}
    said: list[str | Inline] = [
        *([NO_TURN] if line.turns and not claimed else []),
        *(strong(_print(page, turn.words)) if turn.claim else _print(page, turn.words) for turn in leading),
        *(_print(page, words) for words in line.words if words not in told),
        _tell_agreement(page.material.results.reliability),
    ]
    others = tuple(_make_series_row(page, turn) for turn in line.turns if turn not in leading)
    rest = (Table(caption="", columns=_SERIES_COLUMNS, rows=others),) if others else ()
    return (Paragraph(children=_join_sentences(said)), *rest)


_SERIES_COLUMNS = (
    Column(title="Other series", share=1.2),
    Column(title="Items", share=0.4, numeric=True),
    Column(title="What is said of it", share=4),
)


def _make_series_row(page: Page, turn: Turn) -> tuple[tuple[Inline, ...], ...]:
    said = turn.words.removeprefix(f"{turn.series}: ")
    cells = (shorten_name(turn.series), f"{turn.n:,}", f"{said[:1].upper()}{said[1:]}")
    return tuple(make_inlines(_print(page, cell)) for cell in cells)


def _get_strength(turn: Turn) -> tuple[int, float]:
    """Return how near a series comes to a turn: how many of the two keys hold, then the chance of one."""
    return sum(gate.holds for gate in turn.gates if gate.name in KEYS), turn.p_turn or 0


def turns(page: Page, call: Call) -> tuple[Block, ...]:
    """Return each turn that was looked for, with every condition of the claim and whether it holds."""
    call.check_options(())
    check_claims(page.material)
    line = page.material.results.line
    if not line.turns:
        coded = count(len(line.points), "coded item")
        return say(f"No turn was looked for: the line has {coded}, too few for a probability.")
    columns = (
        Column(title="Series", share=1.2),
        Column(title="Items", share=0.5, numeric=True),
        Column(title="Turn", share=0.8),
        Column(title="Conditions that hold", share=2.4),
        Column(title="Conditions that do not", share=2.4),
    )
    rows = tuple(_make_turn_row(turn) for turn in line.turns)
    claimed = tuple(say(_describe_numbers(turn)) for turn in line.turns if turn.claim)
    return (
        *(block for blocks in claimed for block in blocks),
        Table(caption=TURN_RULE, columns=columns, rows=rows),
    )


def problems(page: Page, call: Call) -> tuple[Block, ...]:
    """Return what is wrong with the evidence, one line a problem; the rest of a long list is counted."""
    call.check_options(())
    found = page.material.problems
    if not found:
        return say("No problem is recorded.")
    rows = tuple(_make_problem_row(page, problem) for problem in found[:MOST_PROBLEMS])
    columns = (
        Column(title="Problem", share=3),
        Column(title="File", share=1.5),
        Column(title="Place", share=1.2),
    )
    table = Table(caption=_count_problems(found), columns=columns, rows=rows)
    more = len(found) - len(rows)
    rest = say(f"{count(more, 'further problem')} in findings.json.") if more > 0 else ()
    return (table, *rest)


def sources(page: Page, call: Call) -> tuple[Block, ...]:
    """Return what was gathered: the counts of the import reports, and every file that was refused."""
    call.check_options(())
    arrivals = page.material.arrivals
    outcomes = Counter(arrival.outcome for arrival in arrivals)
    words = f"{count(len(page.material.evidence), 'file')} sealed"
    if arrivals:
        parts = [f"{n:,} {outcome}" for outcome, n in sorted(outcomes.items())]
        words += f"; of {count(len(arrivals), 'file')} offered, {join_words(parts)}"
    sides = Counter(stated.get("side", "not stated") for stated in page.material.statements.values())
    if sides:
        about = {"own": "the organisation's own", "about": "about it", "not stated": "not marked as either"}
        words += f". {join_words(f'{n:,} {about.get(side, side)}' for side, n in sorted(sides.items()))}"
    refused = tuple((_describe_refused(arrival),) for arrival in arrivals if arrival.outcome == "refused")
    return (*say(f"{words}."), Listing(items=refused)) if refused else say(f"{words}.")


def _describe_refused(arrival: Arrival) -> Paragraph:
    """Return a refused file's name and the reason; where it lay is nobody's business."""
    name = Code(words=clean(shorten_name(arrival.path.rpartition("/")[2])))
    reason = clean(shorten_name(arrival.reason or "no reason given"))
    return Paragraph(children=(name, Text(words=f": {reason}")))


def _describe_numbers(turn: Turn) -> str:
    dates = f"; 95 % interval of its date {format_span(*turn.date_interval)}" if turn.date_interval else ""
    return (
        f"{shorten_name(turn.series)}: chance of a turn {format_share(turn.p_turn)}; chance of so clear an order if order meant nothing "
        f"{format_share(turn.p_permutation)}{dates}; mean {format_score(turn.before)} before, {format_score(turn.after)} after."
    )


def _make_turn_row(turn: Turn) -> tuple[tuple[Inline, ...], ...]:
    holds = "; ".join(gate.words for gate in turn.gates if gate.holds)
    fails = "; ".join(gate.words for gate in turn.gates if not gate.holds)
    return (
        make_inlines(shorten_name(turn.series)),
        make_inlines(f"{turn.n:,}"),
        (strong("claimed"),) if turn.claim else make_inlines("not claimed"),
        make_inlines(dress_numbers(holds or "–")),
        make_inlines(dress_numbers(fails or "–")),
    )


def _tell_agreement(reliability: Reliability) -> str:
    """Return what the codes are worth, in one sentence."""
    fixed, row = get_fixed_words(reliability), reliability.headline
    if fixed is not None or row is None:
        return f"{(fixed or NOT_CODED).capitalize()}."
    interval = f"{format_coefficient(row.low)} to {format_coefficient(row.high)}"
    coders = count(len(reliability.coders), "coder")
    return f"{coders}, Krippendorff’s alpha {format_coefficient(row.alpha)} (95 % interval {interval}): {row.words}."


def _join_sentences(said: Iterable[str | Inline]) -> tuple[Inline, ...]:
    """Return sentences as one run of inlines with a space between."""
    joined: list[Inline] = []
    for sentence in said:
        joined += [Text(words=" ")] if joined else []
        joined += make_inlines(sentence) if isinstance(sentence, str) else [sentence]
    return tuple(joined)


def _print(page: Page, words: str) -> str:
    """Return the tracker's words as the report prints them: nobody named who is private, no name without end."""
    return shorten(page.privacy.hide(dress_numbers(words))).words


def _make_problem_row(page: Page, problem: Problem) -> tuple[tuple[Inline, ...], ...]:
    evidence = page.material.evidence.get(problem.evidence or "")
    file: tuple[Inline, ...] = (name_file(evidence),) if evidence is not None else (Text(words="–"),)
    kind = problem.kind.replace("-", " ").capitalize()
    return (
        make_inlines(shorten_name(page.privacy.hide(f"{kind}: {problem.message}"))),
        file,
        make_inlines(shorten_name(problem.where or "–")),
    )


def _count_problems(found: tuple[Problem, ...]) -> str:
    kinds = Counter(problem.kind.replace("-", " ") for problem in found)
    return f"{count(len(found), 'problem')}: {', '.join(f'{n:,} {kind}' for kind, n in kinds.most_common())}"
