"""Containers: each member sealed with its parent or left inside with its reason, whatever the container tries."""

from __future__ import annotations

import io
import stat
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linewatch.gather import tars, zips
from linewatch.gather.base import Aside, Child
from linewatch.gather.members import MemberError
from linewatch.gather.run import Gathering, Given, gather
from linewatch.model import Evidence
from linewatch.store.case import Case, make_case
from linewatch.store.live import list_stated

WORDS = b"They set the pledge aside that winter."


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """Return a new case."""
    return make_case(tmp_path / "case")


def take(case: Case, path: Path) -> Gathering:
    """Gather one path as the organisation's own."""
    return gather(case, [path], given=Given(side="own"), tell=lambda _step: None)


def make_zip(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    """Return a ZIP archive of these members."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return held.getvalue()


def make_tar(*members: tuple[str, bytes], mode: str = "w:gz") -> bytes:
    """Return a TAR archive of these members."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return held.getvalue()


def test_members_are_evidence_of_their_own(case: Case, tmp_path: Path) -> None:
    """A ZIP in a TAR gives both containers and every member, each knowing its parent; gathered again, nothing is opened."""
    path = tmp_path / "all.tar.gz"
    path.write_bytes(make_tar(("a.txt", WORDS), ("in/b.zip", make_zip(("deep/c.txt", b"The lamp is lit.")))))
    gathering = take(case, path)
    paths = ["all.tar.gz", "all.tar.gz/a.txt", "all.tar.gz/in/b.zip", "all.tar.gz/in/b.zip/deep/c.txt"]
    assert [one.path for one in gathering.arrivals] == paths
    outer, first, inner, deep = case.find(Evidence)
    assert [first.parent, inner.parent, deep.parent] == [outer.id, outer.id, inner.id]
    assert case.read_evidence(deep.id) == b"The lamp is lit."
    assert list_stated(case)[first.id]["side"] == "own"
    assert [one.outcome for one in take(case, path).arrivals] == ["duplicate"]


def make_info(name: str, kind: int) -> zipfile.ZipInfo:
    """Return a member of a kind that is no plain file."""
    info = zipfile.ZipInfo(name)
    info.external_attr = (kind | 0o644) << 16
    return info


REFUSED = {
    "a path that leads out": (("../a.txt", WORDS), "unsafe-path"),
    "a path with backslashes": (("..\\a.txt", WORDS), "unsafe-path"),
    "an absolute path": (("/a.txt", WORDS), "unsafe-path"),
    "a drive": (("C:a.txt", WORDS), "unsafe-path"),
    "a link": ((make_info("a", stat.S_IFLNK), b"/etc/hosts"), "link"),
    "a device": ((make_info("a", stat.S_IFCHR), b""), "link"),
    "a bomb": (("zeros", bytes(32 << 20)), "bomb"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_unsafe_member_stays_inside(case: Case, tmp_path: Path, name: str) -> None:
    """A member that is not safe is refused by name, as a Problem too, and the others are taken."""
    member, kind = REFUSED[name]
    (tmp_path / "m.zip").write_bytes(make_zip(member, ("good.txt", WORDS)))
    gathering = take(case, tmp_path / "m.zip")
    assert [one.kind for one in gathering.problems] == [kind]
    assert [one.outcome for one in gathering.arrivals] == ["sealed", "refused", "sealed"]
    assert {path.name for path in tmp_path.iterdir()} == {"case", "m.zip"}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_second_member_of_a_name_stays_inside() -> None:
    """Two members under one name cannot both be meant: the first is taken, the second told."""
    first, second = zips.unpack(io.BytesIO(make_zip(("a", b"one"), ("a", b"two"))))
    assert isinstance(first, Child)
    assert isinstance(second, Aside)
    assert second.problem == "duplicate-name"


def test_locked_member_is_told() -> None:
    """A member under a password is told as such."""
    data = bytearray(make_zip(("a.txt", WORDS)))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (one,) = zips.unpack(io.BytesIO(bytes(data)))
    assert isinstance(one, Aside)
    assert one.problem == "encrypted"


def test_member_that_lies_about_its_size_is_stopped() -> None:
    """A bomb whose list says it is small is stopped while it swells."""
    data = bytearray(make_zip(("zeros", bytes(64 << 20))))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (1000).to_bytes(4, "little")
    (child,) = zips.unpack(io.BytesIO(bytes(data)))
    assert isinstance(child, Child)
    assert not isinstance(child.data, bytes)
    stream = child.data
    with pytest.raises(MemberError):
        [*iter(lambda: stream.read(1 << 20), b"")]


def test_tar_links_and_devices_stay_inside() -> None:
    """Links, devices and folders of a TAR are no evidence."""
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        for name, kind in (
            ("l", tarfile.SYMTYPE),
            ("h", tarfile.LNKTYPE),
            ("c", tarfile.CHRTYPE),
            ("d", tarfile.DIRTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/hosts"
            archive.addfile(info)
    held.seek(0)
    met = list(tars.unpack(held))
    assert [one.problem for one in met if isinstance(one, Aside)] == ["link", "link", "link"]
    assert len(met) == 3


def test_tar_bomb_is_stopped(case: Case, tmp_path: Path) -> None:
    """A compressed TAR that swells beyond measure ends where it does, with a Problem, and is itself sealed."""
    (tmp_path / "b.tar.gz").write_bytes(
        make_tar(("a.txt", WORDS), ("zeros", bytes(64 << 20)), ("b.txt", WORDS))
    )
    gathering = take(case, tmp_path / "b.tar.gz")
    assert {one.kind for one in gathering.problems} <= {"bomb", "broken-container", "broken-member"}
    assert gathering.problems
    assert gathering.count("sealed") == 2


def test_containers_too_deep_stay_closed(case: Case, tmp_path: Path) -> None:
    """A container that lies deeper than the limit is sealed and not opened."""
    data = make_zip(("a.txt", WORDS))
    for n in range(6):
        data = make_zip((f"{n}.zip", data))
    (tmp_path / "deep.zip").write_bytes(data)
    assert [one.kind for one in take(case, tmp_path / "deep.zip").problems] == ["nested-container"]


SAMPLES = {
    "zip": (zips, make_zip(("a.txt", WORDS), ("b/c.txt", WORDS * 9))),
    "tar": (tars, make_tar(("a.txt", WORDS), ("b/c.txt", WORDS * 9), mode="w")),
    "tar.gz": (tars, make_tar(("a.txt", WORDS), ("b/c.txt", WORDS * 9))),
}


@pytest.mark.parametrize("name", SAMPLES)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_hostile_container_raises_nothing_else(name: str, data: st.DataObject) -> None:
    """Whatever bytes are changed, an unpacker yields or its streams raise MemberError."""
    unpacker, sample = SAMPLES[name]
    at = data.draw(st.integers(0, len(sample) - 1))
    put = data.draw(st.binary(min_size=1, max_size=8))
    for member in unpacker.unpack(io.BytesIO(sample[:at] + put + sample[at + len(put) :])):
        assert isinstance(member, Child | Aside)
        if isinstance(member, Child) and not isinstance(member.data, bytes):
            try:
                while member.data.read(1 << 16):
                    pass
            except MemberError:
                pass


def test_transcript_is_attached_to_its_recording(case: Case, tmp_path: Path) -> None:
    """A text beside a film of the same stem is said to be its transcript; the film is sealed and its size told."""
    folder = tmp_path / "m"
    folder.mkdir()
    (folder / "pier.gif").write_bytes(b"GIF89a" + bytes([64, 0, 32, 0]))
    (folder / "pier.en.txt").write_bytes(WORDS)
    (folder / "other.txt").write_bytes(b"The lamp.")
    take(case, folder)
    stated = {one.name: list_stated(case)[one.id] for one in case.find(Evidence)}
    (film,) = [one for one in case.find(Evidence) if one.name == "pier.gif"]
    assert stated["pier.en.txt"]["transcript_of"] == film.id
    assert stated["pier.gif"]["dimensions"] == "64x32"
    assert "transcript_of" not in stated["other.txt"]
