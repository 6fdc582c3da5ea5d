"""Watching a folder: what is whole is gathered, what is being written is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from linewatch.gather.run import Given, watch
from linewatch.store.case import Case, make_case


def follow(case: Case, folder: Path, *steps: Callable[[], object]) -> Iterator[list[str]]:
    """Yield the paths of each round; each step is done between two looks, and after the last the watching ends."""
    left = list(steps)

    def pause() -> bool:
        if not left:
            return False
        left.pop(0)()
        return True

    for gathering in watch(case, folder, given=Given(side="own"), tell=lambda _step: None, pause=pause):
        yield [one.path for one in gathering.arrivals]


def wait() -> None:
    """Do nothing between two looks."""


def test_file_that_grows_waits_until_it_stands(tmp_path: Path) -> None:
    """A file is taken once it is the same at two looks, and again when it is changed later."""
    folder = tmp_path / "m"
    folder.mkdir()
    path = folder / "a.txt"
    case = make_case(tmp_path / "case")
    rounds = follow(
        case, folder,
        lambda: path.write_text("They row"), lambda: path.write_text("They row at dawn."), wait,
        lambda: path.write_text("They row at dusk, all of them."), wait, wait,
    )  # fmt: skip
    assert list(rounds) == [["a.txt"], ["a.txt"]]


def test_file_renamed_into_place_is_taken_at_once(tmp_path: Path) -> None:
    """A file written under another name and renamed is whole when it appears."""
    folder = tmp_path / "m"
    folder.mkdir()
    (folder / ".a.partial").write_text("They row at dawn.")
    case = make_case(tmp_path / "case")
    rounds = follow(case, folder, lambda: (folder / ".a.partial").rename(folder / "a.txt"))
    assert list(rounds) == [["a.txt"]]


def test_catalogue_that_comes_later_is_said_of_what_is_there(tmp_path: Path) -> None:
    """A catalogue written while watching is laid over the files taken before."""
    folder = tmp_path / "m"
    folder.mkdir()
    (folder / "a.txt").write_text("They row at dawn.")
    case = make_case(tmp_path / "case")
    rounds = follow(
        case, folder, wait, lambda: (folder / "catalogue.csv").write_text("path,outlet\na.txt,The Lamp\n"), wait
    )  # fmt: skip
    assert list(rounds) == [["a.txt"], ["a.txt"]]
