"""Many documents at once: the same findings in the same order, however many workers, and whichever of them is killed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from factories_find import find_or_die
from linewatch.find.base import Reading
from linewatch.find.canons import load_canons
from linewatch.find.mapping import choose_workers, map_documents
from linewatch.read import plain

TEXTS = (
    'The warden said: "Nobody is shut out today."\n',
    "قالت أدا ميرو: «الباب مفتوح لكل من عاد».\n",
    "The Harbour League released a video titled Row Home on 3 May 2031. Tobin Barra, aka the Otter, was in it.\n",
    "\x00\ud800 'one \r\n\r\n \u0301\n",
    "",
)


def make_readings(texts: Sequence[str]) -> list[Reading]:
    """Return the texts as readings with the shipped canons."""
    canons = load_canons(None)
    return [
        Reading(
            document=plain.read(text.encode("utf-8", "surrogatepass"), evidence=f"sha256:{n}"), canons=canons
        )
        for n, text in enumerate(texts)
    ]


@pytest.mark.parametrize("workers", [2])
def test_results_do_not_depend_on_the_workers(workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pool yields for each document what this process alone finds in it, in the same order."""
    monkeypatch.setenv("LINEWATCH_SPACY_MODEL", "none")
    readings = make_readings(TEXTS * 2)
    alone = list(map_documents(readings))
    assert alone[0].found
    assert list(map_documents(readings, workers=workers)) == alone


def test_a_killed_process_loses_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What the killed process held is searched again, and only the document that ends its process each time is given up."""
    monkeypatch.setenv("LINEWATCH_SPACY_MODEL", "none")
    once = f"dies once: {tmp_path / 'flag'}\n\n{TEXTS[0]}"
    readings = make_readings((TEXTS[0], once, TEXTS[1], "always dies\n\nA text.\n", TEXTS[2]))
    got = list(map_documents(readings, workers=2, search=find_or_die))
    assert [one.reading for one in got] == readings
    assert [one.found is None for one in got] == [False, False, False, True, False]
    expected = [found for _, found in map_documents(readings[:1] + readings[4:])]
    assert [got[0].found, got[4].found] == expected


def test_how_many_workers() -> None:
    """Few words are searched here; many on the cores there are; never by more processes than there are documents."""
    assert choose_workers([]) == 1
    assert choose_workers([10] * 50) == 1
    assert choose_workers([10] * 50, 4) == 4
    assert choose_workers([10, 10], 9) == 2
    assert choose_workers([300_000] * 2) <= 2
