"""The wheel holds what the program looks up and nothing of the workshop; built offline, as every release is."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SAMPLE = ("README.md", "case.toml", "canons", "codings", "material")
"""What `linewatch demo` takes of the sample; its sources and its truth are for those who build and test it."""


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Return the names in a wheel built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT, timeout=120)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        return {name for name in wheel.namelist() if ".dist-info/" not in name}


def list_files(folder: Path, prefix: str) -> set[str]:
    """Return the files below a folder of the checkout as the wheel names them."""
    found = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {f"{prefix}/{path.relative_to(folder).as_posix()}" for path in found}


def test_wheel_holds_package_resources_and_sample_and_no_more(held: set[str]) -> None:
    """Every module, template, migration, table and sample file is in the wheel; no test, page or benchmark is."""
    sample = list_files(ROOT / "examples" / "harbour-league", "linewatch/examples/harbour-league")
    assert held == (
        list_files(ROOT / "src" / "linewatch", "linewatch")
        | list_files(ROOT / "resources", "linewatch/resources")
        | {name for name in sample if name.split("/")[3] in SAMPLE}
    )


@pytest.mark.parametrize(
    "name",
    [
        "py.typed",
        "resources/months.yml",
        "resources/codebooks/leavers.v1.yml",
        "resources/canons/quran.yml",
        "store/migrations/versions/0001_spine.py",
        "write/templates/report.typ",
        "write/templates/docx/[Content_Types].xml",
        "write/templates/docx/_rels/.rels",
        "examples/harbour-league/material/catalogue.csv",
    ],
)
def test_wheel_holds_what_is_easily_lost(held: set[str], name: str) -> None:
    """Files with odd names, without a suffix or outside the package are in the wheel."""
    assert f"linewatch/{name}" in held
