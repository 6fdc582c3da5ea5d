"""A short run of the fuzzer: no damaged file ends the command, hangs it, or has anything written."""

from __future__ import annotations

from pathlib import Path

import pytest

from hostile.fuzz import fuzz, list_samples, parse
from linewatch.read.registry import READERS, RECORD_READERS
from linewatch.text.media import find_media_type


def test_samples_are_of_every_kind(tmp_path: Path) -> None:
    """Undamaged, each is read or opened without a fault; they reach most readers and every sort of them."""
    reached = set[str]()
    for name, data in list_samples():
        path = tmp_path / name
        path.write_bytes(data)
        media_type = find_media_type(data, name)
        reached.add(media_type)
        assert parse(path, media_type) == set(), name
    assert len(reached & set(READERS)) >= 5
    assert len(reached & set(RECORD_READERS)) >= 5


def test_damaged_files_cost_no_more_than_a_problem(tmp_path: Path) -> None:
    """Files of each kind, damaged from a fixed seed, leave the command going and no worker crashed or hanging."""
    done, counts, longest = fuzz(1, tmp_path, most=200)
    assert done == 200
    assert longest < 120
    assert [kind for kind in counts if not kind.endswith("parser-failed")] == []


FOUND = {
    "a page whose messages are all damaged": (
        "messages.html",
        lambda data: data.replace(b'class="message', b'class="m'),
        None,
    ),
    "a day of forty digits": (
        "a.csv",
        lambda data: data.replace(b"2031-05-04", b"2031-05-" + b"9" * 40),
        None,
    ),
    "a line with such a day": ("a.ndjson", lambda data: data.replace(b"05-03", b"05-" + b"9" * 40), None),
    "a number that ends ijson with SIGSEGV": (
        "result.json",
        lambda data: data.replace(b'"id": 77', b'"id": ' + b"9" * 5000),
        "parser-crashed",
    ),
}
"""What the fuzzer found, as small as it gets, and the fault that is left: a crash in C costs the file, and nothing else."""


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found(tmp_path: Path, name: str) -> None:
    """A file that once broke its reader is read, or costs its one problem."""
    sample, change, fault = FOUND[name]
    data = dict(list_samples())[sample]
    damaged = change(data)
    assert damaged != data
    path = tmp_path / sample
    path.write_bytes(damaged)
    assert parse(path, find_media_type(data, sample)) == ({fault} if fault else set())
