"""Agreement taken apart and disagreements, as a terminal shows them."""

from __future__ import annotations

from collections.abc import Collection

from linewatch.code.adjudication import Disagreement
from linewatch.code.breakdown import Breakdown
from linewatch.code.words import tell_row

MOST_PATTERNS = 10


def tell_parts(parts: Breakdown) -> list[str]:
    """Return the agreement on the scale by pair, period and language, who drifted, and which points are mistaken for which."""
    pairs = [one for one in parts.splits if one.kind == "people"]
    told = [
        f"{one.kind}, {one.name}: {tell_row(one.rows[0])}"
        for one in parts.splits
        if len(pairs) > 1 or one not in pairs  # the only pair is the whole, told above
    ]
    told += [
        f"{one.coder} drifts: {one.early:+.2f} from the others in the first half of {one.passages} passages, "
        f"{one.late:+.2f} in the second (change {one.change[0]:+.2f} to {one.change[1]:+.2f})"
        for one in parts.drifts
        if one.is_seen
    ]
    return told + [
        f"{one.coder} {one.point:+g} where {one.other} {one.other_point:+g}: {one.passages}"
        for one in parts.patterns[:MOST_PATTERNS]
    ]


def tell_disagreements(found: Collection[Disagreement]) -> list[str]:
    """Return each disagreement with both sides and their reasons."""
    told = []
    for one in found:
        told.append(f"{one.passage} on {', '.join(one.on)}")
        for side in one.sides:
            point = (
                "out" if side.out else "undecided" if side.low is None else f"{side.low:+d} to {side.high:+d}"
            )
            said = ", ".join(
                f"{part} {side.answers.get(part, '-')}" for part in one.on if part in side.answers
            )
            told.append("; ".join(["  " + side.coder, point, *([said] if said else []), *side.notes]))
    return told or ["The coders differ on nothing that is not decided."]
