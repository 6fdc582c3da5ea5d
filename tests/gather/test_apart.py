"""Members come through a worker as they are; an unpacker that fails costs its container a problem."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

import parsers_of_ill_will as ill
from factories_warc import make_record
from linewatch.gather import apart, zips
from linewatch.gather.apart import unpack_apart
from linewatch.gather.base import Aside, Child
from linewatch.gather.report import count_asides, describe_gathering
from linewatch.gather.run import Given, gather
from linewatch.model import Evidence
from linewatch.read.run import list_waiting, read
from linewatch.store.case import Case, make_case
from linewatch.store.check import check_case
from linewatch.store.expunge import expunge, find_named
from linewatch.store.live import list_stated

WORDS = b"They set the pledge aside that winter."
LONG = bytes(range(256)) * 10_000


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """Return a new case."""
    return make_case(tmp_path / "case")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Return a ZIP of a short file, an empty one, one of several pieces, one that leads out, and a last one."""
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in (
            ("a.txt", WORDS),
            ("empty", b""),
            ("long", LONG),
            ("../b", WORDS),
            ("c.txt", WORDS * 2),
        ):
            made.writestr(name, data)
    return path


def take(case: Case, *paths: Path) -> dict[str, str]:
    """Gather paths and return what became of each that arrived."""
    return {
        one.path: one.outcome for one in gather(case, paths, given=Given(), tell=lambda _step: None).arrivals
    }


def test_members_come_through_as_they_are(archive: Path) -> None:
    """Names, places, what is said and every byte are the same as without a worker; what nobody reads is passed over."""
    with archive.open("rb") as file:
        there = [(one, one.data.read(-1) if isinstance(one, Child) else b"") for one in zips.unpack(file)]  # type: ignore[union-attr] # a stream
    here: list[tuple[Child | Aside, bytes]] = []
    for one in unpack_apart(archive, "application/zip"):
        data = b""
        if isinstance(one, Child) and not isinstance(one.data, bytes) and one.name != "empty":
            while piece := one.data.read(1 << 20):
                data += piece
        here.append((one, data))
    assert [data for _, data in here] == [WORDS, b"", LONG, b"", WORDS * 2]
    strip = [one._replace(data=b"") if isinstance(one, Child) else one for one, _ in here]
    assert strip == [one._replace(data=b"") if isinstance(one, Child) else one for one, _ in there]


@pytest.mark.parametrize(
    ("work", "kind"), [(ill.crash_in_member, "parser-crashed"), (ill.fail_in_member, "parser-failed")]
)
def test_fault_of_an_unpacker_costs_one_problem(
    case: Case, archive: Path, monkeypatch: pytest.MonkeyPatch, work: object, kind: str
) -> None:
    """What came before it is sealed, the member it was on is refused, the next file arrives, and it is not tried again."""
    after = archive.with_name("z.txt")
    after.write_bytes(WORDS)
    monkeypatch.setattr(apart, "unpack_there", work)
    gathering = gather(case, [archive, after], given=Given(), tell=lambda _step: None)
    assert {one.path: one.outcome for one in gathering.arrivals} == {
        "all.zip": "sealed",
        "z.txt": "sealed",
        "all.zip/one": "sealed",
        "all.zip/two": "refused",
        "all.zip/the rest": "refused",
    }
    assert {problem.kind for problem in gathering.problems} == {kind}
    assert list((case.path / "evidence" / "incoming").iterdir()) == []
    assert take(case, archive) == {"all.zip": "duplicate"}
    assert check_case(case.path).faults == ()


def test_expunged_bytes_are_refused(case: Case, tmp_path: Path) -> None:
    """What was expunged comes in neither under its name, nor another, nor in a container; the case keeps no byte or name of it."""
    secret, other = tmp_path / "harrow.txt", tmp_path / "harrow-again.txt"
    secret.write_bytes(WORDS)
    other.write_bytes(WORDS)
    take(case, secret)
    expunge(case, find_named(case, ["harrow.txt"]), reason="an order", approved_by=["M. Ode"])
    gathering = gather(case, [secret, other], given=Given(), tell=lambda _step: None)
    assert [(one.path, one.outcome) for one in gathering.arrivals] == [
        ("harrow.txt", "refused"),
        ("harrow-again.txt", "refused"),
    ]
    assert all((one.reason or "").startswith("expunged on 2") for one in gathering.arrivals)
    path = tmp_path / "box.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("harrow-inside.txt", WORDS)
        made.writestr("b.txt", b"The lamp is lit.")
    boxed = gather(case, [path], given=Given(), tell=lambda _step: None)
    assert [one.outcome for one in boxed.arrivals] == ["sealed", "refused", "sealed"]
    assert [(one.kind, "box.zip" in one.message) for one in boxed.problems] == [("expunged", True)]
    assert [one.name for one in case.find(Evidence)] == ["box.zip", "b.txt"]
    kept = [file.read_bytes() for file in case.path.rglob("*") if file.is_file()]
    held = [data for data in kept if not data.startswith(b"PK")]
    assert not any(word in data for data in held for word in (WORDS, b"harrow-again", b"harrow-inside"))
    assert check_case(case.path).faults == ()


def test_what_stays_in_containers_is_counted_by_reason(case: Case, tmp_path: Path) -> None:
    """An archive's own records take one line for each reason, and the counts of all outcomes add up."""
    path = tmp_path / "lamp.warc"
    asked = [make_record("request", b"", url=f"https://lamp.example/{n}") for n in range(30)]
    path.write_bytes(make_record() + b"".join(asked))
    gathering = gather(case, [path], given=Given(), tell=lambda _step: None)
    assert count_asides(gathering) == {"what the archiver asked the server": 30}
    outcomes = ("sealed", "duplicate", "set aside", "refused")
    assert sum(gathering.count(one) for one in outcomes) == len(gathering.arrivals) == 32  # type: ignore[arg-type] # literals
    lines = [one for one in describe_gathering(gathering) if "set aside" in one]
    assert lines[0].endswith("30 set aside in containers.")
    assert lines[1:] == ["  set aside 30: what the archiver asked the server"]


def test_parts_of_a_saved_page_are_its_own(case: Case, tmp_path: Path) -> None:
    """A browser's folder is sealed and said to be the page's, is read by nobody and no problem; the page says where it is from."""
    folder = tmp_path / "pages"
    (folder / "612_files").mkdir(parents=True)
    (folder / "612.html").write_text(
        "<!-- saved from url=(0024)https://lamp.example/612 --><html><body><p>The oar stays theirs.</p></body></html>"
    )
    (folder / "612_files" / "oar.css").write_text("p {}")
    (folder / "612_files" / "frame.html").write_text("<p>Buy rope</p>")
    (folder / "612_files" / "letter.txt").write_text("Dear League")
    take(case, folder)
    made = read(case, tell=lambda _step: None)
    names = {one.id: one.name for one in case.find(Evidence)}
    assert sorted(names[one.evidence] for one in made.documents) == ["612.html", "letter.txt"]
    assert made.problems == ()
    assert list_waiting(case) == []
    said = {names[one]: fields for one, fields in list_stated(case).items()}
    assert said["612.html"]["url"] == "https://lamp.example/612"
    assert names[said["oar.css"]["part_of"]] == "612.html"


def test_gz_of_a_whole_archive_needs_a_scratch_file(tmp_path: Path) -> None:
    """An unpacker that needs room gets a file without a name, though it may open none itself."""
    path = tmp_path / "lamp.warc.gz"
    path.write_bytes(gzip.compress(make_record() + make_record(url="https://lamp.example/613")))
    met = list(unpack_apart(path, "application/warc"))
    assert [one.problem for one in met if isinstance(one, Aside) and one.problem] in ([], ["irregular"])
    assert sum(isinstance(one, Child) for one in met) == 2
