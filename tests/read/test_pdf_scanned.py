"""Scanned pages: read by Tesseract where it is installed, as a document that says who read it and how."""

from __future__ import annotations

import ctypes
import io
from pathlib import Path

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from linewatch.gather.run import Given, gather
from linewatch.read import pdf
from linewatch.read.pdf_scanned import NAME, Recogniser, find_recogniser, read_scanned
from linewatch.read.run import list_waiting, read
from linewatch.store.case import make_case
from linewatch.store.live import list_live_documents, list_live_problems

INSTALLED = find_recogniser()
WITHOUT = "Tesseract is not installed: what it reads on a page is not tested here"


def make_scan(pages: int = 1) -> bytes:
    """Return a PDF whose pages are a picture and no text."""
    document = pypdfium2.PdfDocument.new()
    pixels = np.full((60, 200, 3), 255, dtype=np.uint8)
    pixels[20:40, 20:180] = 0
    bitmap = pypdfium2.PdfBitmap.new_native(200, 60, pdfium.FPDFBitmap_BGR)
    ctypes.memmove(bitmap.buffer, pixels.tobytes(), pixels.nbytes)
    for _ in range(pages):
        page = document.new_page(200, 60)
        picture = pypdfium2.PdfImage.new(document)
        picture.set_bitmap(bitmap)
        picture.set_matrix(pypdfium2.PdfMatrix().scale(200, 60))
        page.insert_obj(picture)
        page.gen_content()
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


@pytest.fixture
def stand_in(tmp_path: Path) -> Recogniser:
    """Return a program that answers as Tesseract does, and says how large the picture is that it was given."""
    path = tmp_path / "tesseract"
    path.write_text(
        "#!/bin/sh\n"
        'case "$1" in --version) echo "tesseract 5.9.1"; exit;; --list-langs) printf "List\\nara\\neng\\nfra\\n"; exit;; esac\n'
        'size=$(head -c 11); echo "Row on."; echo; echo "$size"; echo "$*"\n'
    )
    path.chmod(0o755)
    found = find_recogniser(str(path))
    assert found is not None
    return found


def test_scanned_pages_are_named() -> None:
    """A page that is a picture is named as scanned, with its number."""
    document = pdf.read(make_scan(2), evidence="sha256:0")
    assert [(one.kind, one.where) for one in document.problems] == [
        ("scanned-page", "page 1"),
        ("scanned-page", "page 2"),
    ]


def test_what_the_program_says_of_itself(stand_in: Recogniser) -> None:
    """The version and the languages wanted are asked of the program."""
    assert (stand_in.version, stand_in.languages) == ("5.9.1", ("ara", "eng"))


def test_derived_document(stand_in: Recogniser) -> None:
    """What is read is a document of its own, of the same evidence, with tool, version and settings; each block has its page."""
    document = read_scanned(make_scan(2), stand_in, evidence="sha256:0")
    assert document is not None
    assert (document.evidence, document.reader) == ("sha256:0", NAME)
    assert document.metadata == {
        "derived": "read from pictures",
        "tool": "tesseract",
        "version": "5.9.1",
        "settings": "languages ara+eng, psm 3, 300 dpi, grey",
    }
    assert [(one.page, document.text[one.start : one.end]) for one in document.blocks][:2] == [
        (1, "Row on."),
        (1, "P5 834 251 - - -l ara+eng --psm 3 --dpi 300"),
    ]
    assert [(one.where, one.outcome) for one in document.portions] == [("page 1", "read"), ("page 2", "read")]


def test_other_version_is_another_document(stand_in: Recogniser) -> None:
    """The same words by another version have another id: who read it is part of what it is."""
    data = make_scan()
    both = [
        read_scanned(data, one, evidence="sha256:0") for one in (stand_in, stand_in._replace(version="4.0"))
    ]
    assert len({one.id for one in both if one}) == 2


def test_pages_with_text_are_left_alone(stand_in: Recogniser) -> None:
    """A PDF whose pages have text is not looked at as a picture; nor is what is no PDF."""
    printed = (
        Path(__file__).parents[2]
        / "examples"
        / "harbour-league"
        / "material"
        / "lamp"
        / "lamp-2032-06-09.pdf"
    )
    assert read_scanned(printed.read_bytes(), stand_in, evidence="sha256:0") is None
    assert read_scanned(b"%PDF-1.7 nothing", stand_in, evidence="sha256:0") is None


@pytest.mark.parametrize("script", ["#!/bin/sh\nexit 1\n", "no program at all"])
def test_program_that_fails(script: str, tmp_path: Path) -> None:
    """A page that the program cannot read is a problem of that page, and nothing raises."""
    path = tmp_path / "tesseract"
    path.write_text(script)
    path.chmod(0o755)
    document = read_scanned(make_scan(), Recogniser(str(path), "5", ("eng",)), evidence="sha256:0")
    assert document is not None
    assert ([one.kind for one in document.problems], document.text) == (["unreadable-page"], "")


def test_absent_program() -> None:
    """Without the program nothing is read, and nothing raises."""
    assert find_recogniser("no-such-program-of-the-harbour") is None


@pytest.mark.skipif(INSTALLED is None, reason=WITHOUT)
def test_installed_program() -> None:
    """The installed Tesseract takes the pages as they are drawn."""
    assert INSTALLED is not None
    document = read_scanned(make_scan(), INSTALLED, evidence="sha256:0")
    assert document is not None
    assert not document.problems


def test_later_installation_triggers_a_new_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stand_in: Recogniser
) -> None:
    """Scanned pages are problems until the program is there; then they are read beside the PDF's own document, and stay read."""
    path = tmp_path / "scan.pdf"
    path.write_bytes(make_scan(2))
    case = make_case(tmp_path / "case")
    gather(case, [path], given=Given(), tell=lambda _step: None)
    monkeypatch.setattr("linewatch.read.run.find_recogniser", lambda: None)
    read(case, tell=lambda _step: None)
    assert list_waiting(case) == []
    assert [one.kind for one in list_live_problems(case)] == ["scanned-page"] * 2
    monkeypatch.setattr("linewatch.read.run.find_recogniser", lambda: stand_in)
    assert len(list_waiting(case)) == 1
    read(case, tell=lambda _step: None)
    assert list_waiting(case) == []
    whole, scanned = list_live_documents(case)
    assert (whole.text, scanned.part, scanned.metadata["version"]) == ("", "scanned", "5.9.1")
    assert scanned.text.startswith("Row on.")
    assert sum(one.size for made in (whole, scanned) for one in made.portions) == 2
    assert list_live_problems(case) == []
    monkeypatch.setattr("linewatch.read.run.find_recogniser", lambda: None)
    assert list_waiting(case) == []
