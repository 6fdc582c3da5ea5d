"""Searches that a test gives to new processes, which import them by name."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from linewatch.find.base import Reading
from linewatch.find.registry import find_all
from linewatch.model import Finding


def find_or_die(reading: Reading) -> tuple[Finding, ...]:
    """Find, but end the process at "always dies"; at "dies once: FILE" only while that file is not there."""
    first = reading.text.partition("\n")[0]
    flag = Path(first.removeprefix("dies once: ")) if first.startswith("dies once: ") else None
    if first == "always dies" or (flag is not None and not flag.exists()):
        if flag is not None:
            flag.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return find_all(reading)
