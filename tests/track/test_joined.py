"""A cited item that the analyst merged into a held one counts there, and no words count twice."""

from __future__ import annotations

import pytest

from linewatch.model import Coded, Item, Passage, Span
from linewatch.track.series import join_passages, make_points

TEXTS = {
    "lamp": "Whoever sends word keeps a seat, and nobody will be asked where they slept.",
    "report": "“whoever sends word keeps a seat” “The bell will ring for them.” “Whoever sends word”",
    "other": "“Whoever sends word keeps a seat.”",
}


def make_passage(name: str, item: str, document: str, words: str) -> Passage:
    """Return a passage at these words of a document."""
    start = TEXTS[document].index(words)
    return Passage(id=name, span=Span(document=document, start=start, end=start + len(words)), item=item)


WHOLE = make_passage("whole", "held", "lamp", TEXTS["lamp"])
QUOTE = make_passage("quote", "cited", "report", "“whoever sends word keeps a seat”")
NEW = make_passage("new", "cited", "report", "“The bell will ring for them.”")
SHORT = make_passage("short", "cited", "report", "“Whoever sends word”")
SAME = make_passage("same", "cited too", "other", TEXTS["other"])


@pytest.mark.parametrize(
    ("passages", "merged", "kept"),
    [
        ([WHOLE, QUOTE, NEW], {}, [("whole", "held"), ("quote", "cited"), ("new", "cited")]),
        ([QUOTE, WHOLE, NEW], {"cited": "held"}, [("whole", "held"), ("new", "held")]),
        ([QUOTE, NEW], {"cited": "held"}, [("quote", "held"), ("new", "held")]),
        ([QUOTE, SAME], {"cited too": "cited"}, [("quote", "cited")]),
        ([QUOTE, SHORT], {"cited": "held"}, [("quote", "held"), ("short", "held")]),
        ([WHOLE, SAME], {"cited": "held"}, [("whole", "held"), ("same", "cited too")]),
    ],
)
def test_merged_passages_count_once(
    passages: list[Passage], merged: dict[str, str], kept: list[tuple[str, str]]
) -> None:
    """A quotation of what the held item says itself is left out; other words of it count to the item that stays.

    Words twice in one document are not touched: a chorus comes back.
    """
    assert [(one.id, one.item) for one in join_passages(passages, merged, TEXTS)] == kept


def test_merged_item_is_one_point() -> None:
    """A held item and the cited one merged into it are one point, its score from words of both."""
    items = {"held": Item(kind="editorial", held=True)}
    coded = [
        Coded(passage=name, coder="ana", low=score, high=score)
        for name, score in (("whole", 2), ("quote", -2), ("new", 1))
    ]
    (point,) = make_points(items, join_passages([WHOLE, QUOTE, NEW], {"cited": "held"}, TEXTS), coded)
    assert (point.item, point.score, point.passages) == ("held", 1.5, ("whole", "new"))
