"""TCPD beside "no change" and "one change": a report, not a gate. `--data FOLDER` (alan-turing-institute/TCPD, MIT).

The data are continuous and the detector is ordinal: each series is cut at its own septiles. Cover and F1 (margin 5) are
those of van den Burg & Williams 2020 (arXiv 2003.06222), averaged over the annotators for cover, pooled for precision.
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from linewatch.stats.confirm import settle_turns
from linewatch.stats.segments import segment_series
from linewatch.stats.turns import weigh_turn
from ordinal_cut import cut_septiles

MARGIN = 5


def cover(found: Sequence[int], annotations: list[list[int]], n: int) -> float:
    """Return the mean covering of the annotators' segmentations by the one found."""
    ours = cut(found, n)
    return float(
        np.mean(
            [sum(len(a) * max(jaccard(a, b) for b in ours) for a in cut(one, n)) / n for one in annotations]
        )
    )


def cut(changes: Sequence[int], n: int) -> list[range]:
    """Return the segments between changes."""
    edges = [0, *sorted(set(changes) - {0}), n]
    return [range(a, b) for a, b in itertools.pairwise(edges) if a < b]


def jaccard(one: range, other: range) -> float:
    """Return the overlap of two stretches over their union."""
    both = max(0, min(one.stop, other.stop) - max(one.start, other.start))
    return both / (len(one) + len(other) - both)


def f1(found: Sequence[int], annotations: list[list[int]]) -> float:
    """Return the F1 with a margin of five; the start counts as a change, as in the paper."""
    ours = {0, *found}
    everyone = {0}.union(*annotations)
    precision = len(match(everyone, ours)) / len(ours)
    recall = float(np.mean([len(match({0, *one}, ours)) / len({0, *one}) for one in annotations]))
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def match(truth: set[int], found: set[int]) -> set[int]:
    """Return the true changes that a found one lies near, each found one used once."""
    left, hit = set(found), set()
    for one in sorted(truth):
        near = [other for other in left if abs(other - one) <= MARGIN]
        if near:
            left.remove(min(near, key=lambda other: abs(other - one)))
            hit.add(one)
    return hit


def main() -> None:
    """Print each series and the means."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    folder = parser.parse_args().data
    annotations = json.loads((folder / "annotations.json").read_text(encoding="utf-8"))
    rows = []
    print(
        f"{'series':20}{'n':>6}  {'that stand':14}{'all of T3':14}{'none':14}{'one change':14} turns that stand"
    )
    for name, given in sorted(annotations.items()):
        series = json.loads((folder / "datasets" / name / f"{name}.json").read_text(encoding="utf-8"))
        raw = np.array([np.nan if v is None else v for v in series["series"][0]["raw"]], dtype=float)
        if len(series["series"]) > 1:
            continue
        places = np.flatnonzero(~np.isnan(raw))
        scores = cut_septiles(raw[places])
        segmentation = segment_series(places, scores)
        every = [int(places[gap.before]) for gap in segmentation.most_likely]
        settled = settle_turns(places, scores, segmentation)
        found = [int(places[turn.most_likely.before]) for turn in settled if turn.stands]
        one = [int(places[weigh_turn(places, scores).most_likely.before])]
        marks = [list(changes) for changes in given.values()]
        told = [(cover(c, marks, raw.size), f1(c, marks)) for c in (found, every, [], one)]
        rows.append(told)
        cells = "".join(f"{a:.3f}/{b:.3f}   " for a, b in told)
        print(f"{name:20}{raw.size:6}  {cells} {found}")
    for place, name in enumerate(("that stand", "all of T3", "no change", "one change")):
        means = np.mean([row[place] for row in rows], axis=0)
        print(f"{name:12} mean cover {means[0]:.3f}, F1 {means[1]:.3f} over {len(rows)} series")


if __name__ == "__main__":
    main()
