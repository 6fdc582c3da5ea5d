"""Many documents at once: the same findings in the same order, however many workers."""

from __future__ import annotations

import pytest

from linewatch.find.base import Reading
from linewatch.find.canons import load_canons
from linewatch.find.mapping import map_documents
from linewatch.read import plain

TEXTS = (
    'The warden said: "Nobody is shut out today."\n',
    "قالت أدا ميرو: «الباب مفتوح لكل من عاد».\n",
    "The Harbour League released a video titled Row Home on 3 May 2031. Tobin Barra, aka the Otter, was in it.\n",
    "\x00\ud800 'one \r\n\r\n \u0301\n",
    "",
)


@pytest.mark.parametrize("workers", [2, 3])
def test_results_do_not_depend_on_the_workers(workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pool yields for each document what this process alone finds in it, in the same order."""
    monkeypatch.setenv("LINEWATCH_SPACY_MODEL", "none")
    canons = load_canons(None)
    readings = [
        Reading(
            document=plain.read(text.encode("utf-8", "surrogatepass"), evidence=f"sha256:{n}"), canons=canons
        )
        for n, text in enumerate(TEXTS * 2)
    ]
    alone = list(map_documents(readings))
    assert alone[0]
    assert list(map_documents(readings, workers=workers)) == alone
