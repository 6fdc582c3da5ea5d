"""A packed case is read and checked with ordinary tools, restored whole, and refused where anything was done to it."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import bagit
import pytest
from click.testing import CliRunner

from linewatch.cli.main import linewatch
from linewatch.errors import CustodyError, InputError, LinewatchError
from linewatch.model import Evidence
from linewatch.store import bag
from linewatch.store.case import Case, open_case
from linewatch.store.check import check_case
from linewatch.store.live import list_live_findings
from linewatch.store.package import pack_whole, unpack

TODAY, LATER = date(2031, 5, 1), date(2031, 5, 31)
SONG = "The Tide Keeps Its Ledger\n\nInes Harrow said: “The lanterns are lit for those who row home.” See Charter 4:2.\n"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a case that went through all six rooms, with a file in Arabic and one without words."""
    folder = tmp_path_factory.mktemp("original")
    (folder / "material").mkdir()
    (folder / "material" / "song.txt").write_text(SONG)
    (folder / "material" / "بحر.txt").write_text("قال المجلس: «القوارب تخرج عند السادسة».\n")
    (folder / "material" / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LINEWATCH_SPACY_MODEL", "none")
        patch.setenv("LINEWATCH_STATE", str(folder / "state"))
        call("run", str(folder / "case"), str(folder / "material"), "--own", "-o", str(folder / "out"))
        call("search", str(folder / "case"), "lanterns")
    return folder / "case"


@pytest.fixture
def case(original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    """Return a copy of that case, with nothing kept outside."""
    monkeypatch.setenv("LINEWATCH_SPACY_MODEL", "none")
    shutil.copytree(original, tmp_path / "case")
    return open_case(tmp_path / "case")


def call(*arguments: str) -> str:
    """Run a command that succeeds and return what it printed."""
    done = CliRunner().invoke(linewatch, list(arguments))
    assert done.exit_code == 0, done.output
    return done.output


def pack(case: Case, name: str = "packed") -> Path:
    """Pack the case with its originals."""
    return pack_whole(case, case.path.with_name(name), reason="for the second reader", expires=LATER).path


@pytest.mark.parametrize("name", ["packed", "packed.zip"])
def test_unpacked_case_is_the_same(case: Case, tmp_path: Path, name: str) -> None:
    """Bit for bit in evidence, equal in findings, its log whole; and it goes on from there."""
    restored = open_case(unpack(pack(case, name), tmp_path / "restored", today=TODAY))
    assert check_case(restored.path).faults == ()
    assert restored.find(Evidence) == case.find(Evidence)
    for evidence in case.find(Evidence):
        assert restored.read_evidence(evidence.id) == case.read_evidence(evidence.id)
    assert list_live_findings(restored) == list_live_findings(case)
    assert restored.get_head() == case.get_head()
    call("run", str(restored.path), "-o", str(tmp_path / "again"))


@pytest.mark.parametrize("originals", [True, False])
def test_library_of_congress_validator_accepts_it(case: Case, tmp_path: Path, *, originals: bool) -> None:
    """And plain sha256sum does."""
    whole = ("--with-originals", "--reason", "for the court") if originals else ()
    call("pack", str(case.path), "-o", str(tmp_path / "packed"), *whole)
    bagit.Bag(str(tmp_path / "packed")).validate()
    for manifest in (bag.MANIFEST, bag.TAGS):
        done = subprocess.run(["sha256sum", "-c", "--quiet", manifest], cwd=tmp_path / "packed", check=False)
        assert done.returncode == 0


def test_package_without_originals_holds_no_original_no_name_and_cannot_be_restored(
    case: Case, tmp_path: Path
) -> None:
    """It holds hashes, exports and the log; a private name stands nowhere in it, and no byte of an original."""
    call("pack", str(case.path), "-o", str(tmp_path / "packed"))
    files = [path for path in (tmp_path / "packed").rglob("*") if path.is_file()]
    held = b"".join(path.read_bytes() for path in files)
    assert b"Harrow" not in held
    assert bytes(range(256)) not in held
    assert f",{case.settings.analyst},".encode() not in held
    assert all(evidence.id.encode() in held for evidence in case.find(Evidence))
    with pytest.raises(InputError, match="holds no originals"):
        unpack(tmp_path / "packed", tmp_path / "restored", today=TODAY)


def test_originals_need_a_reason_and_expire(case: Case, tmp_path: Path) -> None:
    """The act, its reason and its last day stand in the log; after that day the package is refused."""
    with pytest.raises(InputError, match="needs a reason"):
        pack_whole(case, tmp_path / "packed", reason=" ", expires=LATER)
    package = pack(case)
    assert '"for the second reader"' in case.log_path.read_text().splitlines()[-1]
    with pytest.raises(InputError, match="expired on 2031-05-31"):
        unpack(package, tmp_path / "restored", today=date(2031, 6, 1))
    assert not (tmp_path / "restored").exists()


def flip(path: Path) -> None:
    """Change a byte of a file."""
    path.chmod(0o644)
    data = path.read_bytes()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))


def find_original(package: Path) -> Path:
    """Return a sealed file in a package."""
    return next(
        path for path in sorted((package / "data" / "case" / "evidence").rglob("*")) if path.is_file()
    )


def reseal(package: Path) -> None:
    """Change a sealed file and make the manifests anew, as someone would who knows the rule."""
    flip(find_original(package))
    bag.close_bag(package, bag.read_info(package))


DISTURBANCES: dict[str, Callable[[Path], object]] = {
    "has changed": lambda package: flip(find_original(package)),
    "is missing": lambda package: find_original(package).unlink(),
    "in no manifest": lambda package: (package / "data" / "more.txt").write_text("more"),
    "manifest-sha256.txt has changed": lambda package: flip(package / bag.MANIFEST),
    "no package of Linewatch": lambda package: (package / bag.INFO).unlink(),
    "fetch.txt is not allowed": lambda package: (package / "fetch.txt").write_text(
        "http://127.0.0.1/ 1 data/x"
    ),
    "is no plain file": lambda package: (package / "data" / "link").symlink_to("/etc/hostname"),
    "leads out": lambda package: (package / bag.TAGS).write_text(f"{'0' * 64}  ../../etc/hostname\n"),
    "does not hold": reseal,
}


@pytest.mark.parametrize("said", DISTURBANCES)
def test_disturbed_package_is_named_and_nothing_restored(case: Case, tmp_path: Path, said: str) -> None:
    """Whatever is done to a package, unpacking says what and leaves no folder."""
    package = pack(case)
    DISTURBANCES[said](package)
    with pytest.raises((InputError, CustodyError), match=said):
        unpack(package, tmp_path / "restored", today=TODAY)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["case", "packed"]


@pytest.mark.parametrize("name", ["../out.txt", "/out.txt", "p/../../out.txt", "p/a\\b", "p/C:/x", ""])
def test_zip_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    """No member is written outside, whatever its name."""
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as archive:
        archive.writestr("p/bagit.txt", bag.DECLARATION)
        archive.writestr(zipfile.ZipInfo(name), "x")
    with pytest.raises(InputError):
        unpack(tmp_path / "p.zip", tmp_path / "in" / "restored", today=TODAY)
    assert [path.name for path in tmp_path.rglob("*.txt")] == []


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no zip at all", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_zip_is_refused(tmp_path: Path, data: bytes) -> None:
    """Nothing, the beginning of one, another file, and an empty one."""
    (tmp_path / "p.zip").write_bytes(data)
    with pytest.raises(InputError):
        unpack(tmp_path / "p.zip", tmp_path / "restored", today=TODAY)


def test_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    """A hundred megabytes of nothing in a hundred kilobytes."""
    with zipfile.ZipFile(tmp_path / "p.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("p/data/nothing", bytes(100_000_000))
    with pytest.raises(InputError, match="far more"):
        unpack(tmp_path / "p.zip", tmp_path / "restored", today=TODAY)


def test_places_that_are_taken_are_left_alone(case: Case) -> None:
    """Neither a package nor a case is written over, and none is packed into the case itself."""
    package = pack(case)
    assert unpack(package, case.path, today=TODAY) == case.path  # the same state is there: nothing to do
    with case.write("register"):
        pass
    for attempt in (lambda: pack(case), lambda: unpack(package, case.path, today=TODAY)):
        with pytest.raises(LinewatchError, match="there already"):
            attempt()
    with pytest.raises(InputError, match="inside the case"):
        pack_whole(case, case.path / "packed", reason="why", expires=LATER)
