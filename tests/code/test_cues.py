"""A film's cues become stretches: one voice, whole sentences, and no word lost."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linewatch.code.cues import ENOUGH, MOST, join_cues
from linewatch.model import Block

TEN = "one two three four five six seven eight nine ten"


def list_stretches(
    cues: Sequence[str], speakers: Sequence[str | None] = (), gaps: Sequence[int] = ()
) -> list[tuple[str | None, int]]:
    """Return voice and number of cues of each stretch; a cue lasts a second, `gaps` are seconds after each."""
    blocks, text, clock = [], "", 0
    for n, cue in enumerate(cues):
        start = len(text)
        text += f"{cue}\n"
        speaker = speakers[n] if n < len(speakers) else None
        blocks.append(
            Block(
                kind="cue",
                start=start,
                end=start + len(cue),
                speaker=speaker,
                begins_ms=clock,
                ends_ms=clock + 1000,
            )
        )
        clock += 1000 + (gaps[n] * 1000 if n < len(gaps) else 0)
    return [(one.voice, len(one.blocks)) for one in join_cues(text, blocks)]


@pytest.mark.parametrize(
    ("cues", "speakers", "gaps", "stretches", "shows"),
    [
        ([TEN, TEN], (), (), [(None, 2)], "a sentence over two cues is one"),
        ([TEN + ".", TEN], (), (3,), [(None, 1), (None, 1)], "a pause after a sentence parts"),
        ([TEN, TEN], (), (3,), [(None, 2)], "a pause inside a sentence does not"),
        ([TEN, TEN], ("Mara", "Joss"), (), [("Mara", 1), ("Joss", 1)], "another voice parts"),
        ([f"Sela Brandt: {TEN}", TEN], (), (), [("Sela Brandt", 2)], "a label names the voice until the next"),
        ([f"note: {TEN}", TEN], (), (), [(None, 2)], "a word before a colon is no voice"),
        ([TEN + ".", "Row on."], (), (3,), [(None, 2)], "a few words stay with what they follow"),
        ([TEN + "."] * 7, (), (), [(None, 6), (None, 1)], "long enough, a sentence's end closes"),
        ([TEN] * 13, (), (), [(None, 12), (None, 1)], "words without any stop are closed at the most"),
        ([], (), (), [], "nothing comes of nothing"),
    ],
)  # fmt: skip
def test_cues_are_joined(
    cues: list[str],
    speakers: tuple[str, ...],
    gaps: tuple[int, ...],
    stretches: list[tuple[str | None, int]],
    shows: str,
) -> None:
    """Cues join where one voice speaks on."""
    assert list_stretches(cues, speakers, gaps) == stretches, shows


@given(st.lists(st.text(alphabet="ab :.?\u0627", max_size=30), max_size=12))
def test_every_cue_is_in_one_stretch(cues: list[str]) -> None:
    """Whatever the cues, each is in exactly one stretch, in order."""
    assert sum(count for _, count in list_stretches(cues)) == len(cues)


def test_limits_are_in_order() -> None:
    """A stretch is long enough before it is too long."""
    assert ENOUGH < MOST
