"""Prints how well the finders find, on texts nobody here wrote: the model case, PolNeAR, MUC-4 and re3d, each where it is there.

The texts lie under `../shared` or the folder that LINEWATCH_SHARED names; each part that is missing is skipped with a sentence.
The peer runs in the Python that LINEWATCH_PEER_PYTHON names. One part alone: `python benchmark/finding.py polnear`. A benchmark, never a test: compare the figures of one run with one another.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import finding_arabic
import finding_case
import finding_fidelity
import finding_formats
import finding_linear
import finding_muc4
import finding_peers
import finding_polnear
import finding_re3d

PARTS: dict[str, Callable[[], None]] = {
    "case": finding_case.main,
    "polnear": finding_polnear.main,
    "muc4": lambda: finding_muc4.main(0),
    "re3d": finding_re3d.main,
    "arabic": finding_arabic.measure,
    "fidelity": finding_fidelity.main,
    "formats": finding_formats.main,
    "peers": lambda: finding_peers.main(os.environ.get("LINEWATCH_PEER_PYTHON", "")),
    "linear": finding_linear.main,
}


def main() -> None:
    """Measure the parts named; all of them but the long one, `linear`, where none is."""
    for name in sys.argv[1:] or (name for name in PARTS if name != "linear"):
        PARTS[name]()


if __name__ == "__main__":
    main()
