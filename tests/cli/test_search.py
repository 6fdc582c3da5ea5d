"""`linewatch search` prints each hit with its place, its source and the words around it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from linewatch.cli.main import linewatch
from linewatch.cli.search import cut_around
from linewatch.store.search import Hit

LAMP = "A Word to Those Inland\n\nIt was a fault to leave, yet they are still of the League.\n"
CUES = "1\n00:01:02,000 --> 00:01:04,000\nThe tide keeps its own\n\n2\n00:01:04,000 --> 00:01:06,000\nledger of empty benches.\n"


def run(*arguments: str | Path) -> str:
    """Run a command that succeeds and return what it printed."""
    done = CliRunner().invoke(linewatch, list(map(str, arguments)))
    assert done.exit_code == 0, done.stderr
    return done.stdout


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Return a case of two files that were read."""
    (tmp_path / "material").mkdir()
    (tmp_path / "material" / "lamp.txt").write_text(LAMP)
    (tmp_path / "material" / "film.srt").write_text(CUES)
    case = tmp_path / "case"
    run("new", case)
    run("gather", case, tmp_path / "material", "--own", "--outlet", "The Lamp", "--date", "2031-04")
    run("read", case)
    return case


def test_hit_is_printed_with_place_and_source(case: Path) -> None:
    """Name, place, outlet and date stand over the words, and what answers is in brackets where there is no terminal."""
    printed = run("search", case, "league", "fault")
    assert printed == (
        "lamp.txt  characters 24-82  The Lamp  2031-04\n"
        "    It was a [fault] to leave, yet they are still of the [League].\n\n"
        "1 passage in 1 document.\n"
    )


def test_hit_in_a_recording_has_its_time(case: Path) -> None:
    """Words that run over two cues are found together, at the time of the first."""
    printed = run("search", case, "tide ledger")
    assert "film.srt  0:01:02  characters 0-47" in printed
    assert "The [tide] keeps its own [ledger] of empty benches." in printed


def test_json_is_the_whole_answer(case: Path) -> None:
    """A program reads the count, the hits, and the places of the words in the document's text."""
    answer = json.loads(run("search", case, "--json", '"still of"'))
    assert (answer["count"], answer["hits"][0]["file"]) == (1, "lamp.txt")
    assert answer["hits"][0]["marks"] == [[LAMP.index("still"), LAMP.index("still of") + len("still of")]]


def test_limit_shows_the_first(case: Path) -> None:
    """A limit shows fewer and still counts all."""
    printed = run("search", case, "--limit", "1", "o*")
    assert printed.endswith("2 passages in 2 documents, the first 1 shown.\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["zebra"], "Nothing found. A beginning finds more, such as zebr*"),
        (["league", "zebra"], "No passage holds all of it; alone: league in 1, zebra in 0."),
        (["-zebra", "--all"], "No passage holds all of it; alone: zebra in 0, all in 0."),
    ],
)
def test_nothing_found_is_said_with_a_hint(case: Path, words: list[str], said: str) -> None:
    """Where nothing is found, the command says what may be tried; that is no error."""
    assert run("search", case, *words) == f"{said}\n"


def test_unread_case_says_what_comes_first(tmp_path: Path) -> None:
    """A case without a document says so."""
    run("new", tmp_path / "case")
    assert "no document has been read yet" in run("search", tmp_path / "case", "tide")


def test_words_around_are_cut_at_spaces() -> None:
    """A long passage is cut around the first word that answers; control characters do not reach the terminal."""
    text = "inland " * 60 + "\x1b[2J\nledger " + "pier " * 60
    at = text.index("ledger")
    hit = Hit(evidence="e", document="d", file="f", start=0, end=len(text), marks=((at, at + 6),), text=text)
    shown = cut_around(hit, bold=False)
    assert shown.startswith("… inland ")
    assert shown.endswith(" pier …")
    assert " [2J [ledger] pier" in shown
    assert "\x1b[1mledger\x1b[0m" in cut_around(hit, bold=True)
