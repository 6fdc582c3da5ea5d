"""The import report in words."""

from __future__ import annotations

import re
from collections import Counter

from linewatch.gather.run import Gathering

_VARYING = (
    (re.compile(r"\w+://\S+"), "an address"),
    (re.compile(r"\b\d{4}-?\d\d-?\d\d(?:T?[\d:.]{6,}Z?)?"), "a day"),
)
"""What tells one reason from another of its kind."""


def describe_gathering(gathering: Gathering) -> list[str]:
    """Return the lines of the import report: the counts, each refusal and problem, and what nobody said.

    What stays in a container because it is no content is counted by reason: an archive of the web has a record of that kind a page.
    """
    sealed, duplicate, aside, refused = (
        gathering.count(name) for name in ("sealed", "duplicate", "set aside", "refused")
    )
    counts = f"{sealed} sealed, {duplicate} sealed already, {refused} refused"
    counts += f", {aside} set aside in containers" if aside else ""
    lines = [f"{len(gathering.arrivals)} files offered: {counts}."]
    lines += [f"  refused {one.path}: {one.reason}" for one in gathering.arrivals if one.outcome == "refused"]
    lines += [f"  set aside {count}: {reason}" for reason, count in count_asides(gathering).items()]
    lines += [f"  {problem.kind}: {problem.message}" for problem in gathering.problems]
    lines += [f"  {path}: nobody says {', '.join(missing)}" for path, missing in gathering.unsaid.items()]
    return lines


def count_asides(gathering: Gathering) -> dict[str, int]:
    """Return how much was set aside for each reason, the most frequent first; the counts add up to all of it."""
    reasons = Counter(
        group_reason(one.reason or "") for one in gathering.arrivals if one.outcome == "set aside"
    )
    return dict(reasons.most_common())


def group_reason(reason: str) -> str:
    """Return a reason without the address and day that only one record has.

    >>> group_reason("https://lamp.example/612 was the same on 2031-05-03T10:00:00Z as on an earlier time")
    'an address was the same on a day as on an earlier time'
    """
    for varying, instead in _VARYING:
        reason = varying.sub(instead, reason)
    return reason
