"""The model case scored against its gold by the scorer that lies beside it."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from finding_scores import SHARED, tell_missing
from linewatch.find.base import Reading
from linewatch.find.canons import load_canons
from linewatch.find.registry import find_all
from linewatch.find.scan import to_scan
from linewatch.read.registry import read_bytes
from linewatch.text.spans import count_words

GOLD = SHARED / "data" / "gold"
SCORER = SHARED / "tools" / "score_reading.py"


def main() -> None:
    """Scan every report that has a gold file and print the scorer's figures."""
    if tell_missing(GOLD, "The model case") or tell_missing(SCORER, "The model case's scorer"):
        return
    with tempfile.TemporaryDirectory() as folder:
        words, started = 0, time.process_time()
        for gold in sorted(GOLD.glob("*.json")):
            data = (SHARED / "data" / "reports" / f"{gold.stem}.txt").read_bytes()
            document = read_bytes(data, f"{gold.stem}.txt")
            found = find_all(Reading(document=document, canons=load_canons(None)))
            (Path(folder) / gold.name).write_text(json.dumps(to_scan(document, found)), encoding="utf-8")
            words += count_words(document.text)
        spent = time.process_time() - started
        print(f"The model case: {words:,} words, {words / spent:,.0f} words per second")
        command = [sys.executable, str(SCORER), folder, "--gold", str(GOLD), "--only-present"]
        print(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


if __name__ == "__main__":
    main()
