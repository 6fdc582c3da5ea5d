"""A small Harbour League case, taken through the rooms once a session, and the desk on a copy of it."""

from __future__ import annotations

import csv
import shutil
import warnings
from pathlib import Path

import pytest

from linewatch.cli.demo import set_up_sample
from linewatch.code.run import import_judgements, propose
from linewatch.find.run import find
from linewatch.gather.run import Given, gather
from linewatch.read.run import read
from linewatch.store.case import make_case
from linewatch.store.live import list_live_passages
from linewatch.web.app import make_app, make_desk, make_open_address
from linewatch.web.visit import Desk
from linewatch.web.walls import Walls

with warnings.catch_warnings():
    # Starlette would rather have the next httpx under its test client; the lock file has this one.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

SAMPLE = Path(__file__).parents[2] / "examples" / "harbour-league"
WANTED = (
    "lamp/lamp-2031-0[1-8]*", "lamp/lamp-2032-0[23]*", "notice/*2031*", "north/north-2031-09-05*", "chorus/chorus-2032-09-17*",
    "coastwatch/coastwatch-2031-11-25.html",
)  # fmt: skip
PORT = 8127


def make_small_case(path: Path, folder: Path) -> Path:
    """Take some of the sample's files through the rooms, with what both coders said of their passages."""
    material = folder / "material"
    for pattern in WANTED:
        for source in sorted((SAMPLE / "material").glob(pattern)):
            target = material / source.relative_to(SAMPLE / "material")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    there = {path.relative_to(material).as_posix() for path in material.rglob("*") if path.is_file()}
    keep_rows(SAMPLE / "material/catalogue.csv", material / "catalogue.csv", "path", there)
    case = make_case(path)
    set_up_sample(case, SAMPLE)
    gather(case, [material], given=Given(), tell=lambda _: None)
    read(case, tell=lambda _: None)
    find(case, lambda _: None)
    propose(case, lambda _: None)
    known = {one.id for one in list_live_passages(case)}
    for codings in sorted((SAMPLE / "codings").glob("*.csv")):
        keep_rows(codings, folder / codings.name, "passage", known)
        import_judgements(case, folder / codings.name)
    return path


def keep_rows(source: Path, target: Path, column: str, kept: set[str]) -> None:
    """Copy the rows of a table whose cell in a column is one of these."""
    with (
        source.open(encoding="utf-8-sig", newline="") as given,
        target.open("w", encoding="utf-8", newline="") as made,
    ):
        rows = csv.DictReader(given)
        table = csv.DictWriter(made, rows.fieldnames or ())
        table.writeheader()
        table.writerows(row for row in rows if row[column] in kept)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a case that no test may write to."""
    folder = tmp_path_factory.mktemp("small")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LINEWATCH_STATE", str(folder / "state"))
        return make_small_case(folder / "case", folder)


@pytest.fixture
def desk(small: Path, tmp_path: Path) -> Desk:
    """Return the desk on a copy of the small case."""
    path = tmp_path / "case"
    shutil.copytree(small, path)
    made = make_desk(path, "127.0.0.1", PORT)
    made.known.later.patience = 600
    return made


@pytest.fixture
def app(desk: Desk) -> Walls:
    """Return the application of the desk."""
    return make_app(desk, announce=lambda _address: None)


@pytest.fixture
def stranger(app: Walls) -> TestClient:
    """Return a client without a session."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return TestClient(app, base_url=f"http://127.0.0.1:{PORT}")


@pytest.fixture
def client(stranger: TestClient, desk: Desk) -> TestClient:
    """Return a client with a session."""
    stranger.get(make_open_address(desk).removeprefix(desk.address))
    return stranger
