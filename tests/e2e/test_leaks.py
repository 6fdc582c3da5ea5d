"""No export of a case full of planted names holds one of them, however it is spelt; only the key leads back."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner

from linewatch.cli.main import linewatch
from linewatch.store.case import open_case

TEXT = """Notice of the Council

Inès Harrow-Lund said: “The lanterns are lit, as Tomas O\u2019Vale asked.” Later INÈS HARROW-LUND said: “We row home.”

Tomas O\u2019Vale told the crews: “No boat goes out before Ines Harrow\u2011Lund is back.” TOMAS O'VALE signed it.

“Ask Tomas O'Vale, or TOMAS O\u2019VALE\u2019s brother,” said Ine\u0300s Harrow-Lund.

Marek Ostrand, also known as Old Tern, whose real name is Marek Anders Ostrand, said: “I left in spring with O\u2019Vale.”
“Old Tern rowed, and Marek\nOstrand sang,” said Inès Harrow-Lund.
"""
NAMES = ("harrow", "lund", "o'vale", "vale", "marek", "ostrand", "old tern", "anders")


@pytest.fixture(autouse=True)
def keep_key(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the case's key where it was made."""
    monkeypatch.setenv("LINEWATCH_STATE", str(case.parent / "state"))


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a case of that notice and a chat of private persons, taken through all six rooms by the full model."""
    folder = tmp_path_factory.mktemp("leaks")
    (folder / "material").mkdir()
    (folder / "material" / "notice.txt").write_text(TEXT, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LINEWATCH_STATE", str(folder / "state"))
        call("run", str(folder / "case"), str(folder / "material"), "--own", "-o", str(folder / "out"))
        call("pack", str(folder / "case"), "-o", str(folder / "packed"))
    return folder / "case"


def call(*arguments: str) -> str:
    """Run a command that succeeds and return what it printed."""
    done = CliRunner().invoke(linewatch, list(arguments))
    assert done.exit_code == 0, done.output
    return done.output


def read_words(path: Path) -> str:
    """Return the words of an export as a reader meets them: unpacked, extracted, without marks on letters."""
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as document:
            return "\n".join(page.get_textpage().get_text_range() for page in document)
    if path.suffix in {".docx", ".zip"}:
        with zipfile.ZipFile(path) as archive:
            parts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
        return "\n".join(re.sub(r"<[^>]+>", "", part) for part in parts)
    return re.sub(r"base64,[^\"\')]+", "", path.read_bytes().decode("utf-8", "replace"))


def test_no_export_holds_a_name(case: Path) -> None:
    """HTML, PDF, DOCX, JSON, CSV, figures and a package without originals: no name, in no spelling, nor a part of one."""
    exports = [
        path
        for folder in ("out", "packed")
        for path in case.parent.joinpath(folder).rglob("*")
        if path.is_file()
    ]
    assert {".html", ".pdf", ".docx", ".json", ".csv"} <= {path.suffix for path in exports}
    for path in exports:
        words = " ".join(re.sub("[\u0300\u2019]", "", read_words(path).casefold()).split())
        assert [name for name in NAMES if re.search(rf"\b{name}", words)] == [], path.name


def test_a_person_has_one_pseudonym_throughout(case: Path) -> None:
    """However the name is spelt, so that a reader can follow who speaks; two persons have two."""
    told = (case.parent / "out" / "findings.json").read_text(encoding="utf-8")
    assert len(set(re.findall(r"\[person [A-Z2-7]{5}\]", told))) >= 2


def test_looking_up_who_is_meant_is_logged(case: Path) -> None:
    """With the key the case tells, and the log keeps who asked and why; without it nobody can."""
    told = (case.parent / "out" / "findings.json").read_text(encoding="utf-8")
    marks = sorted(set(re.findall(r"\[person [A-Z2-7]{5}\]", told)))
    names = [
        call("identify", str(case), mark, "--reason", "she asks what stands about her") for mark in marks
    ]
    assert any("Harrow" in name for name in names)
    entry = open_case(case).log_path.read_text().splitlines()[-1]
    assert '"identify"' in entry
    assert "she asks what stands about her" in entry
    assert "Harrow" not in entry
    refused = CliRunner().invoke(linewatch, ["identify", str(case), marks[0], "--reason", " "])
    assert refused.exit_code == 3
    assert not [*case.rglob("*.key"), *case.parent.joinpath("packed").rglob("*.key")]
