"""The import report in words."""

from __future__ import annotations

from linewatch.gather.run import Gathering


def describe_gathering(gathering: Gathering) -> list[str]:
    """Return the lines of the import report: the counts, each refusal and problem, and what nobody said."""
    sealed, duplicate, refused = (gathering.count(name) for name in ("sealed", "duplicate", "refused"))
    lines = [
        f"{len(gathering.arrivals)} files offered: {sealed} sealed, {duplicate} sealed already, {refused} refused."
    ]
    lines += [f"  refused {one.path}: {one.reason}" for one in gathering.arrivals if one.outcome == "refused"]
    lines += [f"  {problem.kind}: {problem.message}" for problem in gathering.problems]
    lines += [f"  {path}: nobody says {', '.join(missing)}" for path, missing in gathering.unsaid.items()]
    return lines
