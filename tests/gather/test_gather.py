"""Gathering seals what it can, says why where it cannot, and its counts add up."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from linewatch.errors import InputError
from linewatch.gather.catalogue import parse_catalogue
from linewatch.gather.files import HEAD, TAIL, read_sample
from linewatch.gather.report import describe_gathering
from linewatch.gather.run import Gathering, Given, gather
from linewatch.model import Evidence, Statement
from linewatch.store.case import Case, make_case
from linewatch.store.live import list_stated


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """Return a new case."""
    return make_case(tmp_path / "case")


def gather_folder(case: Case, folder: Path, **given: str) -> Gathering:
    """Gather a folder without progress."""
    return gather(case, [folder], given=Given(**given), tell=lambda _step: None)  # type: ignore[arg-type]


def fill(folder: Path, files: dict[str, str]) -> Path:
    """Write small files into a folder and return it."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_every_file_offered_is_counted_once(case: Case, tmp_path: Path) -> None:
    """Sealed, duplicate and refused add up to what was offered, each with its reason."""
    folder = fill(
        tmp_path / "m",
        {"a.txt": "one", "b.txt": "one", "c.txt": "two", ".hidden": "x", "deep/d.txt": "three"},
    )
    (folder / "out").symlink_to("/")
    (folder / "gone").symlink_to(folder / "nowhere")
    os.mkfifo(folder / "pipe")
    gathering = gather_folder(case, folder)
    counts = [gathering.count(outcome) for outcome in ("sealed", "duplicate", "refused")]  # type: ignore[arg-type]
    assert counts == [3, 1, 4]
    assert len(gathering.arrivals) == sum(counts)
    assert all(arrival.reason for arrival in gathering.arrivals if arrival.outcome == "refused")
    assert describe_gathering(gathering)[0] == "8 files offered: 3 sealed, 1 sealed already, 4 refused."


def test_catalogue_below_the_folder_is_not_dropped(case: Case, tmp_path: Path) -> None:
    """Only the catalogue that is read is left out: one deeper down, or named itself, is a file like others."""
    folder = fill(tmp_path / "m", {"catalogue.csv": "path\n", "deep/catalogue.csv": "path\nd.txt\n"})
    assert [one.path for one in gather_folder(case, folder).arrivals] == ["deep/catalogue.csv"]
    assert [one.path for one in gather_folder(case, folder / "catalogue.csv").arrivals] == ["catalogue.csv"]


def test_case_inside_the_folder_is_not_gathered(case: Case, tmp_path: Path) -> None:
    """A case that lies among its material does not take itself in: one refusal stands for its folder."""
    fill(tmp_path, {"a.txt": "one"})
    arrivals = gather_folder(case, tmp_path).arrivals
    assert [(one.path, one.outcome) for one in arrivals] == [("a.txt", "sealed"), ("case", "refused")]
    assert [one.reason for one in arrivals if one.outcome == "refused"] == ["a case of Linewatch"]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("path,kind,sourse\na.txt,song,x\n", "line 1: no field is called 'sourse'"),
        ("path,kind\na.txt,song\na.txt,video\n", "line 3: a.txt is named a second time; this line stands"),
    ],
)
def test_what_a_catalogue_says_in_vain_is_named(row: str, fault: str) -> None:
    """A column that is no field, and a file named twice, are faults and not silence."""
    assert parse_catalogue(row).faults == (fault,)


def test_gathered_again_everything_is_a_duplicate(case: Case, tmp_path: Path) -> None:
    """The same folder again seals nothing new."""
    folder = fill(tmp_path / "m", {"a.txt": "one", "c.txt": "two"})
    gather_folder(case, folder)
    assert gather_folder(case, folder).count("duplicate") == 2


def test_catalogue_and_options_say_what_the_file_does_not(case: Case, tmp_path: Path) -> None:
    """The catalogue's row wins over an option, and what nobody says is listed."""
    rows = "\ufeffpath;kind;outlet;date\na.txt;song;The Chorus;2031-02\n"
    folder = fill(tmp_path / "m", {"a.txt": "one", "b.txt": "two", "catalogue.csv": rows})
    gathering = gather_folder(case, folder, side="own", outlet="The Lamp")
    first, second = (arrival.evidence or "" for arrival in gathering.arrivals)
    assert list_stated(case)[first] == {
        "side": "own",
        "outlet": "The Chorus",
        "kind": "song",
        "date": "2031-02",
    }
    assert list_stated(case)[second] == {"side": "own", "outlet": "The Lamp"}
    assert gathering.unsaid == {"b.txt": ("kind", "date")}


def test_gathered_again_the_catalogue_still_wins(case: Case, tmp_path: Path) -> None:
    """The same catalogue and option again say nothing new, and the catalogue's word stands."""
    folder = fill(tmp_path / "m", {"a.txt": "one", "catalogue.csv": "path,outlet\na.txt,The Chorus\n"})
    for _ in range(2):
        gather_folder(case, folder, side="own", outlet="The Lamp")
    (said,) = list_stated(case).values()
    assert said["outlet"] == "The Chorus"
    assert case.count(Statement) == 2


BAD_ROWS = {
    "an unknown kind": ("path,kind\na.txt,opera\n", "line 2: the kind 'opera'"),
    "a guessable date is not guessed": ("path,date\na.txt,3 March\n", "line 2: the date '3 March'"),
    "a day that does not exist": ("path,date\na.txt,2031-02-30\n", "line 2: the date '2031-02-30'"),
    "no path": ("path,kind\n,song\n", "line 2: no path"),
    "no path column": ("file,kind\na.txt,song\n", "line 1: no column is called path"),
}


@pytest.mark.parametrize("name", BAD_ROWS)
def test_bad_row_is_named_by_its_line(name: str) -> None:
    """A row that cannot be used says nothing of its file and is a fault."""
    text, words = BAD_ROWS[name]
    catalogue = parse_catalogue(text)
    assert catalogue.said == {}
    assert catalogue.faults[0].startswith(words)


def test_catalogue_path_that_is_not_there_is_a_problem(case: Case, tmp_path: Path) -> None:
    """A row for a file that was not met is listed."""
    folder = fill(tmp_path / "m", {"a.txt": "one", "catalogue.csv": "path,kind\nz.txt,song\n"})
    assert [problem.message for problem in gather_folder(case, folder).problems] == [
        "catalogue.csv names z.txt, which is not there"
    ]


def test_impossible_option_is_refused(case: Case, tmp_path: Path) -> None:
    """An option that cannot hold stops the call before anything is sealed."""
    with pytest.raises(InputError, match="the date 'soon'"):
        gather_folder(case, fill(tmp_path / "m", {"a.txt": "one"}), date="soon")


def test_empty_file_is_sealed_and_said(case: Case, tmp_path: Path) -> None:
    """An empty file is evidence too, with a problem."""
    gathering = gather_folder(case, fill(tmp_path / "m", {"a.txt": ""}))
    assert gathering.count("sealed") == 1
    assert [problem.kind for problem in gathering.problems] == ["empty"]


def test_catalogue_that_is_no_text_stops_the_call(case: Case, tmp_path: Path) -> None:
    """A catalogue saved in another encoding is an error with a hint, before anything is sealed."""
    folder = fill(tmp_path / "m", {"a.txt": "one"})
    (folder / "catalogue.csv").write_bytes("path,outlet\na.txt,Café\n".encode("cp1252"))
    with pytest.raises(InputError, match=r"catalogue\.csv cannot be read"):
        gather_folder(case, folder)
    assert case.count(Evidence) == 0


def test_type_of_a_large_archive_is_told_from_its_end(tmp_path: Path) -> None:
    """The sample of a large file holds its beginning and its end, of a small one everything once."""
    large, small = tmp_path / "large", tmp_path / "small"
    large.write_bytes(b"PK" + b"\0" * (HEAD + TAIL) + b"word/document.xml")
    small.write_bytes(b"They row.")
    assert (read_sample(large)[:2], read_sample(large)[-17:]) == (b"PK", b"word/document.xml")
    assert read_sample(small) == b"They row."


def test_name_that_is_no_text_is_sealed(case: Case, tmp_path: Path) -> None:
    """A file whose name is not UTF-8 is taken like any other."""
    folder = fill(tmp_path / "m", {})
    folder.mkdir(exist_ok=True)
    path = os.path.join(os.fsencode(folder), b"so\xffng.txt")  # noqa: PTH118 - a name of bytes
    with open(path, "wb") as handle:  # noqa: PTH123 - a name of bytes
        handle.write(b"They row.")
    (arrival,) = gather_folder(case, folder).arrivals
    assert (arrival.outcome, arrival.path) == ("sealed", "so\ufffdng.txt")
