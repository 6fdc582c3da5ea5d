"""Likelihood and confidence, kept apart, and what would change the conclusion (ICD 203, Analytic Standards, 2015)."""

from __future__ import annotations

from msgspec.structs import replace

from linewatch.model import Gate, Turn
from linewatch.stats.verdict import WORDS
from linewatch.track.study import Study
from linewatch.track.words import join_parts

LIKELIHOODS = (
    (0.05, "almost no chance", "1 to 5 %"),
    (0.20, "very unlikely", "5 to 20 %"),
    (0.45, "unlikely", "20 to 45 %"),
    (0.55, "roughly even chance", "45 to 55 %"),
    (0.80, "likely", "55 to 80 %"),
    (0.95, "very likely", "80 to 95 %"),
    (1.00, "almost certain", "95 to 99 %"),
)
"""The upper end of each range, its term and the range as the standard prints it."""
GROUND = frozenset({"reliability", "frame", "coverage", "items"})
"""The conditions that concern what the finding stands on, not what it says."""
ENOUGH = 0.9
POWER = ((8, 0.06), (12, 0.18), (16, 0.29), (20, 0.41), (30, 0.60), (40, 0.77), (60, 0.90), (80, 0.94))
"""The share of steps of two points that are found among so many items of one outlet: `plan_items(2, 60, runs=400)`."""


def tell_likelihood(chance: float) -> str:
    """Return a probability in the words of ICD 203, their range beside.

    >>> tell_likelihood(0.97), tell_likelihood(0.5)
    ('almost certain (95 to 99 %)', 'roughly even chance (45 to 55 %)')
    """
    term, reach = next((term, reach) for end, term, reach in LIKELIHOODS if chance <= end + 1e-9)
    return f"{term} ({reach})"


def weigh_likelihood(study: Study, gates: tuple[Gate, ...]) -> str | None:
    """Return how likely one turn is, against no change and against a change by degrees; None on ground that bears no probability.

    What the posterior gives to a turn is shared between one turn and a drift as their evidence is.
    """
    if any(gate.name in {"reliability", "frame"} and not gate.holds for gate in gates):
        return None
    changes = study.readings.turn + study.readings.drift
    return tell_likelihood(study.turn.p_turn * (study.readings.turn / changes if changes > 0 else 1.0))


def tell_outlook(turn: Turn) -> Turn:
    """Return the turn with its confidence and with what would change the conclusion."""
    level, why = _weigh_confidence(turn)
    return replace(turn, confidence=f"{level} ({join_parts(why)})", outlook=_tell_change(turn))


def _weigh_confidence(turn: Turn) -> tuple[str, list[str]]:
    """Return high, moderate or low, with the reasons: low where the ground fails or a rival explains it, high where nothing is open."""
    failed = [gate.words for gate in turn.gates if gate.name in GROUND and not gate.holds]
    failed += [rival.words for rival in turn.rivals if rival.holds is False]
    failed += [] if turn.p_turn is not None or failed else ["no probability can be given"]
    if failed:
        return "low", failed
    codes = [gate.words for gate in turn.gates if gate.name == "reliability"]
    if WORDS["green"] not in codes:
        open_questions = [f"codes: {words}" for words in codes]
        level = "low" if "reliability unknown" in codes else "moderate"
    else:
        open_questions, level = [], "high"
    if turn.wide_interval is not None:
        open_questions.append("a change this small among so few items is dated too surely")
    untested = [rival.name for rival in turn.rivals if rival.holds is None]
    open_questions += [f"untested: {', '.join(untested)}"] if untested else []
    if not open_questions:
        return "high", ["reliable codes, a known frame, and no rival reading left open"]
    return ("moderate" if level == "high" else level), open_questions


WANTED = {
    "items": "more dated items on both sides",
    "reliability": "a second coder, or more passages coded twice",
    "frame": "a record of how the items were chosen: all of them, or by a rule",
    "outlet": "items of one outlet on both sides",
    "outlets": "the same change in more of the outlets",
    "family": "more items of this series, or fewer series looked at",
}


def _tell_change(turn: Turn) -> str:
    """Return what would change the conclusion: the items or facts that it hangs on."""
    between = f"between {turn.date_interval[0]} and {turn.date_interval[1]}" if turn.date_interval else ""
    closed = {gate.name for gate in turn.gates if not gate.holds}
    told = [WANTED[name] for name in WANTED if name in closed]
    if turn.claim:
        told = _list_doubts(turn)
    elif closed & {"posterior", "permutation"} and between:
        told = [f"more items {between}", *_tell_power(turn.n), *told]
    elif "reading" in closed:
        told = [f"more items {between}: a drift passes through the scores between, a turn does not", *told]
    if "coverage" in closed:
        told.append("what was published while nobody watched")
    if "rivals" in closed:
        told.append("items of the same kind, voice and coders on both sides")
    return "; ".join(told)


def _list_doubts(turn: Turn) -> list[str]:
    """Return what could undo a claim."""
    told = [f"items of {turn.series} {_tell_between(turn)} that score otherwise"]
    untested = [rival.name for rival in turn.rivals if rival.holds is None]
    told += [f"evidence for what is untested ({', '.join(untested)})"] if untested else []
    most = next((rival for rival in turn.rivals if rival.name == "influence" and rival.holds), None)
    return told + ([f"not one item alone ({most.words})"] if most is not None else [])


def _tell_between(turn: Turn) -> str:
    first, last = turn.wide_interval or turn.date_interval or (None, None)
    return f"between {first} and {last}"


def _tell_power(n: int) -> list[str]:
    """Return how often a real change of two points is found among so many items.

    >>> _tell_power(16)
    ['among 16 items only 29 % of simulated steps of two points are found']
    """
    known = [(items, share) for items, share in POWER if items <= n]
    if not known or known[-1][1] >= ENOUGH:
        return []
    items, share = known[-1]
    return [f"among {items} items only {100 * share:.0f} % of simulated steps of two points are found"]
