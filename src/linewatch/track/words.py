"""The fixed sentences: what may be said of a series, and why not more. Every number in them is computed."""

from __future__ import annotations

from itertools import combinations
from statistics import mean

import msgspec

from linewatch.model import Point, Turn
from linewatch.stats.agreement import PROVISIONAL, WORDS
from linewatch.stats.drift import Readings
from linewatch.stats.estimate import Estimate, Interval
from linewatch.stats.many import RATE

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


def tell_family(series: int) -> str:
    """Return how many series were looked at: a hit among many is worth less than a hit alone."""
    return f"{series} series were looked at; a turn of one of them stands at a false discovery rate of {RATE} over all."


def tell_corrected(outlet: str, found: Estimate) -> str:
    """Return the change of an outlet's mean: corrected where the labels allow it, labels only always beside."""
    only = _tell_interval("labels only", found.labels_only)
    if found.corrected is None:
        return f"{outlet}: the machine's scores are not used ({found.refused}); {only}."
    corrected = _tell_interval(f"corrected by {found.n_human} human labels", found.corrected)
    return f"{outlet}: the mean changed by {corrected}; {only}."


def _tell_interval(name: str, found: Interval | None) -> str:
    if found is None:
        return f"{name}: too few"
    return f"{found.value:+.2f} (95 % {found.low:+.2f} to {found.high:+.2f}, {name})"


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
