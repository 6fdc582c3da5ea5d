"""The words for what machine coders did and how far they agree with people, as a terminal shows them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from linewatch.code.machines.rows import Band, Measured
from linewatch.code.words import tell_agreement
from linewatch.model import MachineRun, Reliability, Suggestion

UNMEASURED = "not measured: no passage it answered was coded by people, so its codes do not count"
WEAK = "its agreement with people on the scale does not hold, so its codes do not count"
HOLDS = "its codes may be corrected by a random sample of people's; they are never a finding by themselves"


def tell_run(run: MachineRun) -> list[str]:
    """Return what a pass came to."""
    told = [
        f"{run.machine} suggests answers on {run.passages} passages; {run.abstained} are unclear, {run.refused} refused."
    ]
    told.append(f"Configuration {run.digest}. Suggestions count for nothing until --agreement measures them.")
    if run.order:
        told.append(
            f"People would teach it most by coding next, not a random sample: {', '.join(run.order[:10])}"
        )
    return told


def tell_machines(measured: Iterable[Measured]) -> Iterator[str]:
    """Yield each machine's agreement with what most people said, and whether its codes count."""
    for one in measured:
        share = f"{one.abstained} of {one.suggested} answers unclear"
        paired = any(row.units for row in one.rows)
        yield f"{one.machine} against most people ({share}): {(HOLDS if one.counts else WEAK) if paired else UNMEASURED}"
        if paired:
            lines = tell_agreement(Reliability(coders=(), rows=one.rows))
            yield from (f"  {line}" for line in lines)


def tell_suggestions(found: Iterable[Suggestion]) -> Iterator[str]:
    """Yield one line a suggestion."""
    for one in found:
        chance = "" if one.probability is None else f" {one.probability:.2f}"
        why = f" ({one.reason})" if one.reason else ""
        yield f"{one.passage} {one.question} {one.value}{chance} {one.machine}{why}"


def tell_band(band: Band | None) -> Iterator[str]:
    """Yield how far models and wordings differ among themselves; nothing where there is one."""
    if band is None:
        return
    yield f"{len(band.configurations)} models and wordings among themselves, and the share of yes between them:"
    for row in tell_agreement(Reliability(coders=(), rows=band.rows)):
        low, high = band.shares.get(row.split()[0], (None, None))
        between = "" if low is None or high is None else f"; yes {low:.2f} to {high:.2f}"
        yield f"  {row}{between}"


def tell_leaving(address: str, bodies: list[str]) -> Iterator[str]:
    """Yield exactly what would leave this machine: the first request whole, how many there are, how long together."""
    yield f"To {address} would go {len(bodies)} requests, {sum(map(len, bodies)):,} letters together. The first, whole:"
    yield from bodies[:1]
    yield "The others hold the same instructions and questions with other passages; --json prints all of them."
