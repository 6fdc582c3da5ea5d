"""Reads the scanned pages of a PDF with Tesseract, where it is installed, as a document of their own: a machine's reading of pictures.

The text is derived: the document's evidence is its parent, and its metadata names the tool, the version and every setting. The
pages are drawn apart from the program (`draw_scanned` opens hostile bytes, `read_pictures` does not) and go to it through a pipe,
one at a time, with a limit on time; nothing is written and nothing is fetched.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from functools import cache
from typing import NamedTuple

import msgspec
import pypdfium2

from linewatch.model import Document, Portion
from linewatch.read.parts import Part, get_document_id, join_parts, make_problem, to_words
from linewatch.read.pdf_lines import list_pages

NAME = "pdf-scanned.v1"
LANGUAGES = ("ara", "eng")
DPI = 300
SEGMENTATION = 3
"""Tesseract's page segmentation mode: columns found by itself, no turning."""
_SECONDS = 120
_MOST_PAGES = 500
_MOST_SIDE = 8_000
"""Pixels; a page that would be larger is drawn smaller."""
_MOST_OUTPUT = 2_000_000
_EMPTY_LINE = re.compile(r"\n[ \t\f]*\n|\f")


class Recogniser(NamedTuple):
    """The installed program: where it is, its version, and which of the wanted languages it knows."""

    path: str
    version: str
    languages: tuple[str, ...]

    @property
    def settings(self) -> str:
        """Return how it is called, in words that let the reading be repeated."""
        return f"languages {'+'.join(self.languages)}, psm {SEGMENTATION}, {DPI} dpi, grey"

    @property
    def name(self) -> str:
        """Return what stands in the run of a file whose pages it read."""
        return f"{NAME} tesseract {self.version} {'+'.join(self.languages)}"


class Picture(NamedTuple):
    """A page drawn in grey, PGM, or why it could not be."""

    number: int
    data: bytes
    fault: str | None = None


class _Scan(NamedTuple):
    number: int
    words: str
    fault: str | None = None


@cache
def find_recogniser(program: str = "tesseract") -> Recogniser | None:
    """Return the installed Tesseract with the languages wanted that it has; None where it, or all of them, are missing."""
    path = shutil.which(program)
    if path is None:
        return None
    version = _ask(path, "--version").split("\n", 1)[0].removeprefix("tesseract").strip()
    known = set(_ask(path, "--list-langs").split())
    languages = tuple(one for one in LANGUAGES if one in known)
    return Recogniser(path, version, languages) if version and languages else None


def read_scanned(data: bytes, recogniser: Recogniser, *, evidence: str) -> Document | None:
    """Return the document of the pages that are pictures without text; None where there are none, or no PDF opens."""
    return read_pictures(draw_scanned(data), recogniser, evidence=evidence)


def draw_scanned(data: bytes) -> Iterator[Picture]:
    """Yield the pages that are pictures without text, drawn; none of what is no PDF."""
    try:
        with closing(pypdfium2.PdfDocument(data)) as document:
            numbers = [
                page.number
                for page in list_pages(document)
                if page.pictures and not any(one.words for one in page.lines)
            ]
            for place, number in enumerate(numbers):
                beyond = place >= _MOST_PAGES
                yield (
                    Picture(number, b"", "beyond what is read of one file")
                    if beyond
                    else _draw(document, number)
                )
    except pypdfium2.PdfiumError:
        return


def read_pictures(pictures: Iterable[Picture], recogniser: Recogniser, *, evidence: str) -> Document | None:
    """Return the document of what the program reads on the pictures, None where there are none."""
    scans = [_recognise(one, recogniser) for one in pictures]
    return _put_together(scans, recogniser, evidence) if scans else None


def part_from(document: Document, scanned: Document, reader: str) -> tuple[Document, Document]:
    """Return a PDF's document without the pages that were read as pictures, and theirs as the other part of the same reading."""
    read = {portion.where for portion in scanned.portions}
    portions = tuple(one for one in document.portions if one.unit != "pages" or one.where not in read)
    problems = tuple(one for one in document.problems if one.kind != "scanned-page" or one.where not in read)
    return (
        msgspec.structs.replace(
            document,
            id=get_document_id(document.evidence, reader, document.text),
            reader=reader,
            portions=portions,
            problems=problems,
        ),
        msgspec.structs.replace(scanned, reader=reader, part="scanned"),
    )


def _put_together(scans: Sequence[_Scan], recogniser: Recogniser, evidence: str) -> Document:
    text, blocks = join_parts(part for scan in scans for part in _list_parts(scan))
    missed = [scan for scan in scans if scan.fault]
    return Document(
        id=get_document_id(evidence, f"{NAME}+{recogniser.version}+{recogniser.settings}", text),
        evidence=evidence,
        reader=NAME,
        text=text,
        blocks=blocks,
        portions=(*(_make_portion(scan) for scan in scans if not scan.fault), *map(_make_portion, missed)),
        problems=tuple(
            make_problem("unreadable-page", f"page {one.number}: {one.fault}", evidence, f"page {one.number}")
            for one in missed
        ),
        metadata={
            "derived": "read from pictures",
            "tool": "tesseract",
            "version": recogniser.version,
            "settings": recogniser.settings,
        },
    )


def _make_portion(scan: _Scan) -> Portion:
    return Portion(
        where=f"page {scan.number}",
        size=1,
        unit="pages",
        outcome="not understood" if scan.fault else "read",
        reason=scan.fault,
    )


def _list_parts(scan: _Scan) -> Iterator[Part]:
    for piece in _EMPTY_LINE.split(scan.words):
        words = " ".join(to_words(piece).split())
        if words:
            yield Part("paragraph", words, page=scan.number)


def _recognise(picture: Picture, recogniser: Recogniser) -> _Scan:
    """Return what the program reads on a page; a page that it cannot read is its fault."""
    if picture.fault:
        return _Scan(picture.number, "", picture.fault)
    command = [
        recogniser.path,
        "-",
        "-",
        "-l",
        "+".join(recogniser.languages),
        "--psm",
        str(SEGMENTATION),
        "--dpi",
        str(DPI),
    ]
    try:
        done = subprocess.run(  # noqa: S603 - the program's own path, fixed words, the picture through a pipe
            command,
            input=picture.data,
            capture_output=True,
            timeout=_SECONDS,
            env=_make_environment(),
            check=True,
        )
    except (subprocess.SubprocessError, OSError) as error:
        return _Scan(picture.number, "", f"could not be read as a picture: {type(error).__name__}")
    return _Scan(picture.number, done.stdout[:_MOST_OUTPUT].decode("utf-8", "replace"))


def _draw(document: pypdfium2.PdfDocument, number: int) -> Picture:
    """Return a page as a grey picture."""
    try:
        with closing(document[number - 1]) as page:
            scale = min(DPI / 72, _MOST_SIDE / max(1.0, *page.get_size()))
            with closing(page.render(scale=scale, grayscale=True)) as bitmap:
                rows = bitmap.to_numpy()
                height, width = rows.shape[:2]
                return Picture(number, b"P5 %d %d 255\n" % (width, height) + bytes(rows.tobytes()))
    except pypdfium2.PdfiumError as error:
        return Picture(number, b"", f"could not be drawn: {error}")


def _ask(path: str, option: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - the program's own path and a fixed option
            [path, option], capture_output=True, timeout=10, env=_make_environment(), check=False
        )
    except (subprocess.SubprocessError, OSError):
        return ""
    return (done.stdout + done.stderr).decode("utf-8", "replace")


def _make_environment() -> dict[str, str]:
    """Return what the program may know: where its languages lie, and that it has one core."""
    kept = {name: os.environ[name] for name in ("PATH", "TESSDATA_PREFIX") if name in os.environ}
    return {**kept, "OMP_THREAD_LIMIT": "1"}
