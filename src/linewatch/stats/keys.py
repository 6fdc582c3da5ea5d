"""The two keys: the numeric part of the claim rule. Frame, reliability and outlets are judged where they are known."""

from __future__ import annotations

from linewatch.stats.scan import Scan
from linewatch.stats.turns import TurnPosterior

LEAST_PROBABILITY = 0.9
MOST_CHANCE = 0.05
LEAST_ITEMS = 2


def is_established(turn: TurnPosterior, scan: Scan) -> bool:
    """Return whether posterior and permutation both find a turn with two items or more on each side.

    Neither suffices alone: the scan flags still lines whose items resemble the one before, the posterior rests
    on a likelihood.

    >>> from linewatch.stats.scan import scan_turn
    >>> from linewatch.stats.turns import weigh_turn
    >>> scores = [-2] * 6 + [2] * 6
    >>> is_established(weigh_turn(range(12), scores), scan_turn(range(12), scores))
    True
    """
    return (
        turn.p_turn >= LEAST_PROBABILITY
        and scan.p_value <= MOST_CHANCE
        and LEAST_ITEMS <= turn.most_likely.before <= turn.n - LEAST_ITEMS
    )
