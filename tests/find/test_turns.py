"""Turns of a monitored broadcast: who speaks by the bracket before, and which brackets are no speakers."""

from __future__ import annotations

import pytest

from .conftest import Scan

HEAD = "OSTREL QUAY (HARBOUR COAST), 7 MAR 31 (RADIO LANTERN) -- "
TURNS = {
    "a recording within a report": (
        "[TEXT] THE WARDEN SPOKE ON THE QUAY TODAY.\n\n   [BEGIN RECORDING] [MERROW] THE DOOR HAS NO LOCK. [END RECORDING]\n\n   THE BOATS WENT OUT.",
        [("THE DOOR HAS NO LOCK.", "MERROW")],
    ),
    "question and answer": (
        "[INTERVIEW WITH ADA MERROW, WARDEN OF HERON PIER, BY\nUNIDENTIFIED REPORTER] [TEXT] [REPORTER] WHO MAY COME BACK?\n\n   [MERROW] ALL WHO WISH MAY.\n\n   WE KEPT THEIR SEATS.",
        [("WHO MAY COME BACK?", "REPORTER"), ("ALL WHO WISH MAY.\n\n   WE KEPT THEIR SEATS.", "MERROW")],
    ),
    "how somebody speaks is not part of the name": (
        "[TEXT] [CONTINUED] [BEGIN RECORDING] [MERROW, IN PROGRESS] ...THE LAMP WAS LIT ALL NIGHT. [END RECORDING]\n\n   NOBODY WAS ASKED.",
        [("...THE LAMP WAS LIT ALL NIGHT.", "MERROW")],
    ),
    "an insertion after a word": ("[TEXT] THE HARBOUR LEAGUE [HL] MET. THE LAMP [WEEKLY] CAME OUT.", []),
    "what is said of the recording": ("[TEXT] NOBODY CAME. [WORDS INDISTINCT] THE BOATS LAY IDLE. [PASSAGE OMITTED] THE END CAME SOON.", []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TURNS.values(), ids=TURNS)
def test_turns(scan: Scan, text: str, expected: list[tuple[str, str]]) -> None:
    """A bracket that begins a paragraph or follows a sentence names who speaks until the next one or the recording's end."""
    assert scan(HEAD + text + "\n").list_quotations("speaker") == expected


def test_brackets_without_a_header_name_nobody(scan: Scan) -> None:
    """In a text that no monitor's header opens, a bracket at a paragraph's head is no speaker."""
    assert (
        scan("The rowers met on the quay.\n\n[MERROW] The door has no lock at all.\n").list_quotations() == []
    )
