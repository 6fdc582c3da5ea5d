"""The fixed sentences: what may be said of a series, and why not more. Every number in them is computed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from statistics import mean

import msgspec

from linewatch.model import Change, Estimated, Point, Turn
from linewatch.stats.drift import Readings
from linewatch.stats.many import RATE, expect_false
from linewatch.stats.verdict import PROVISIONAL, WORDS

NOT_ESTABLISHED = "possible change, not established"
RESERVES = frozenset({WORDS["amber"], PROVISIONAL})
"""What agreement says of codes that are neither reliable nor unusable."""
KEYS = frozenset({"posterior", "permutation"})


def describe_turn(turn: Turn) -> Turn:
    """Return the turn with its sentence: a claim, or the fixed words and each condition that does not hold."""
    return msgspec.structs.replace(turn, words=f"{turn.series}: {_tell_turn(turn)}.")


def _tell_turn(turn: Turn) -> str:
    """Return what may be said; on codes that coders do not agree on, no value of the line is."""
    unagreed = [gate.words for gate in turn.gates if gate.name == "reliability" and not gate.holds]
    if unagreed:
        return f"no turn is claimed: {join_parts(unagreed)} ({turn.n} items)"
    keys = [gate for gate in turn.gates if gate.name in KEYS]
    if keys and not any(gate.holds for gate in keys):
        return f"no change was found in {turn.n} items ({join_parts([gate.words for gate in keys])}){_tell_voices(turn)}"
    missing = join_parts([gate.words for gate in turn.gates if not gate.holds])
    if turn.date_interval is None or turn.most_likely is None:
        return f"no turn is claimed: {missing}"
    first, last = turn.date_interval
    found = (
        f"from {turn.before:+.1f} to {turn.after:+.1f}, most likely between {turn.most_likely[0]} and "
        f"{turn.most_likely[1]} (95 % between {first} and {last}; P(turn) {tell_chance(turn.p_turn)}, "
        f"permutation {tell_p(turn.p_permutation)}, {turn.n} items)"
    )
    if turn.claim:
        return f"the line turned {found}{_tell_wide(turn)}{_tell_reserve(turn)}"
    if [gate.name for gate in turn.gates if not gate.holds] == ["reading"]:
        return f"the line changed, but more likely by degrees than in one turn ({missing}), so no turn is claimed"
    return f"{NOT_ESTABLISHED}: {found}. Why not: {missing}"


def _tell_reserve(turn: Turn) -> str:
    """Return the words that stand with every claim on codes which allow tentative conclusions only."""
    said = [gate.words for gate in turn.gates if gate.name == "reliability" and gate.words in RESERVES]
    return "".join(f"; {words}" for words in said)


def _tell_wide(turn: Turn) -> str:
    if turn.wide_interval is None:
        return ""
    first, last = turn.wide_interval
    return f"; of a change this small among so few items the 95 % are too sure, so take 99 %, between {first} and {last}"


def _tell_voices(turn: Turn) -> str:
    if turn.reading != "voices":
        return ""
    return "; with the outlets forgotten it would look like one: a change of voices, of which outlet speaks, not of a line"


def tell_chance(chance: float | None) -> str:
    """Return a probability in words that never say certain or impossible.

    >>> tell_chance(0.99996), tell_chance(0.42), tell_chance(0.0001)
    ('above 0.99', '0.42', 'below 0.01')
    """
    if chance is None:
        return "not computed"
    return "above 0.99" if chance >= 0.995 else "below 0.01" if chance < 0.005 else f"{chance:.2f}"


def tell_p(chance: float | None) -> str:
    """Return a p-value in words that never say zero.

    >>> tell_p(0.0001), tell_p(0.0321)
    ('p < 0.001', 'p = 0.032')
    """
    return "p < 0.001" if chance is not None and chance < 0.001 else f"p = {chance:.3f}"


def tell_readings(readings: Readings) -> str:
    """Return how the three readings of a series share the probability, each held equally likely beforehand.

    >>> tell_readings(Readings(none=0.004, turn=0.05, drift=0.946, best="drift"))
    'P(gradual) 0.95, P(one turn) 0.05, P(no change) below 0.01'
    """
    told = (("gradual", readings.drift), ("one turn", readings.turn), ("no change", readings.none))
    return ", ".join(f"P({name}) {tell_chance(chance)}" for name, chance in told)


def tell_judgement(turn: Turn) -> tuple[str, ...]:
    """Return likelihood, confidence and outlook, a sentence each so that none is taken for another."""
    told = (
        ("how likely one turn is", turn.likelihood),
        ("confidence", turn.confidence),
        ("what would change the conclusion", turn.outlook),
    )
    return tuple(f"{turn.series}, {name}: {words}." for name, words in told if words)


def tell_family(turns: Sequence[Turn]) -> str:
    """Return how many series were looked at: a hit among many is worth less than a hit alone."""
    chances = [turn.p_turn for turn in turns if turn.claim and turn.p_turn is not None]
    told = f"{len(turns)} series were looked at; a turn of one of them stands at a false discovery rate of {RATE} over all"
    if not chances:
        return f"{told}. None turned."
    doubt = tell_chance(expect_false(chances))
    return f"{told}. {len(chances)} turned: the mean chance that a turn among them is none is {doubt} (Bayesian false discovery rate)."


def tell_change(found: Change) -> tuple[str, ...]:
    """Return the sentences on how far an outlet moved: what people coded, then what a machine scored."""
    return (*_tell_moved(found), *_tell_scored(found))


def _tell_moved(found: Change) -> tuple[str, ...]:
    if found.mean is None or found.higher is None or found.low is None or found.high is None:
        return ()
    shares = [
        f"{before:.0%} before and {after:.0%} after".replace("%", " %")
        for before, after in (found.low, found.high)
    ]
    return (
        (
            f"{found.outlet}, {found.before} items before the likeliest date and {found.after} after: the mean changed by "
            f"{_tell_interval(found.mean)}; a later item lies higher than an earlier one with chance {found.higher.value:.2f} "
            f"(95 % {found.higher.low:.2f} to {found.higher.high:.2f}); two points or more below the middle {shares[0]}, one or "
            f"more above it {shares[1]}. The same items chose the date, so these intervals are somewhat too narrow."
        ),
    )


def _tell_scored(found: Change) -> tuple[str, ...]:
    if not found.scored:
        return ()
    only = f"labels only: {_tell_interval(found.labels_only)}"
    if found.corrected is None:
        return (
            f"{found.outlet}: the machine's scores are not used ({found.refused}); the mean changed {only}.",
        )
    return (
        (
            f"{found.outlet}, {found.scored} items scored by a machine and {found.labels} of them by people: the mean changed by "
            f"{_tell_interval(found.corrected)}, corrected; by {only}. The machine alone would have said {found.naive:+.2f}, which is no finding."
        ),
    )


def _tell_interval(found: Estimated | None) -> str:
    return "too few" if found is None else f"{found.value:+.2f} (95 % {found.low:+.2f} to {found.high:+.2f})"


def describe_mix(points: tuple[Point, ...]) -> tuple[str, ...]:
    """Return a sentence for each pair of outlets whose mean scores lie two points or more apart."""
    by_outlet: dict[str, list[float]] = {}
    for point in points:
        by_outlet.setdefault(point.outlet or "unnamed outlet", []).append(point.score)
    return tuple(
        f"{one} ({mean(by_outlet[one]):+.1f}) and {other} ({mean(by_outlet[other]):+.1f}) speak differently throughout: "
        "a change in how much each publishes could pass for a turn of the organisation."
        for one, other in combinations(sorted(by_outlet), 2)
        if abs(mean(by_outlet[one]) - mean(by_outlet[other])) >= 2
    )


def join_parts(parts: list[str]) -> str:
    """Return clauses as one run."""
    return "; ".join(parts)
