"""What holds of every reader, for any file: nothing raises, blocks lie in the text in order, and nothing is lost."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linewatch.model import Document
from linewatch.read import docx, html, markdown, pdf, plain, subtitles
from linewatch.read.base import Reader
from linewatch.read.registry import MODULES

CASE = Path(__file__).parents[2] / "examples" / "harbour-league"
READERS = {module.NAME: module for module in MODULES}
IN_BYTES: tuple[Reader, ...] = (plain, markdown, html, subtitles)
WORD = re.compile(r"[^\W_]+")
WORDS = st.lists(
    st.sampled_from(["row", "quay", "tide", "lamp", "القارب", "الميناء", "612"]), min_size=1, max_size=6
).map(" ".join)


def check(document: Document) -> None:
    """Check what every document keeps to."""
    at = 0
    for block in document.blocks:
        assert at <= block.start < block.end <= len(document.text)
        assert document.text[block.start : block.end].strip()
        at = block.end
    assert document.text.encode() is not None
    assert document.portions
    assert all(one.size >= 0 for one in document.portions)
    assert document.blocks or document.problems


def list_all_words(document: Document) -> list[str]:
    """Return the words of the text and of what was set aside."""
    return sorted(WORD.findall(" ".join([document.text, *(one.text or "" for one in document.portions)])))


@pytest.mark.parametrize("name", READERS)
@given(data=st.binary(max_size=300))
def test_any_bytes(name: str, data: bytes) -> None:
    """Bytes that are nothing become a document with problems."""
    check(READERS[name].read(data, evidence="sha256:0"))


@pytest.mark.parametrize("reader", IN_BYTES, ids=lambda reader: reader.NAME)
@given(text=st.text(max_size=300), encoding=st.sampled_from(["utf-8", "utf-16", "cp1256"]))
def test_bytes_add_up(reader: Reader, text: str, encoding: str) -> None:
    """The portions of a text file add up to its bytes, whatever its encoding."""
    data = text.encode(encoding, "replace")
    document = reader.read(data, evidence="sha256:0")
    check(document)
    assert sum(one.size for one in document.portions) == len(data)


TAGS = st.sampled_from(
    [
        "p",
        "div",
        "ul",
        "li",
        "article",
        "nav",
        "table",
        "tr",
        "td",
        "blockquote",
        "b",
        "h1",
        "span",
        "footer",
        "pre",
        "time",
        "aside",
    ]
)
PAGES = st.recursive(
    WORDS,
    lambda inner: st.builds(lambda tag, parts: f"<{tag}>{' '.join(parts)}</{tag}>", TAGS, st.lists(inner, min_size=1, max_size=4)),
    max_leaves=15,
)  # fmt: skip


@given(page=PAGES)
def test_every_word_of_a_page(page: str) -> None:
    """Each word of a page is in the text or among what is set aside, once."""
    document = html.read(f"<html><body>{page}</body></html>".encode(), evidence="sha256:0")
    assert list_all_words(document) == sorted(WORD.findall(re.sub(r"<[^>]*>", " ", page)))


@given(cues=st.lists(WORDS, min_size=1, max_size=8))
def test_every_word_of_captions(cues: list[str]) -> None:
    """Each word of each cue is in the text or among what is set aside, once, also where a cue repeats another."""
    times = (f"00:00:{n:02},000 --> 00:00:{n + 1:02},000" for n in range(len(cues)))
    source = "\n\n".join(f"{time}\n{cue}" for time, cue in zip(times, cues, strict=True))
    document = subtitles.read(source.encode(), evidence="sha256:0")
    assert list_all_words(document) == sorted(WORD.findall(" ".join(cues)))


MARKS: tuple[Callable[[str], str], ...] = (
    "{}".format, "# {}".format, "> {}".format, "- {}".format, "**{}**".format, "[{}](quay)".format, "`{}`".format,
    "    {}".format, "| {} |\n|---|".format,
)  # fmt: skip


@given(
    parts=st.lists(
        st.builds(lambda mark, words: mark(words), st.sampled_from(MARKS), WORDS), min_size=1, max_size=8
    )
)
def test_every_word_of_markdown(parts: list[str]) -> None:
    """Each word is in the text or among what is set aside, once, whatever the marks around it."""
    source = "\n\n".join(parts)
    document = markdown.read(source.encode(), evidence="sha256:0")
    assert list_all_words(document) == sorted(WORD.findall(source))


@pytest.mark.parametrize("name", ["pdf.v2", "docx.v2"])
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(min_value=0, max_value=2**32))
def test_damaged_file(name: str, seed: int, whole_files: dict[str, bytes]) -> None:
    """A file with some of its bytes changed, or cut short, gives what can be read and problems for the rest."""
    chance = random.Random(seed)
    data = bytearray(whole_files[name])
    for _ in range(chance.randrange(1, 40)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    cut = chance.choice([len(data), chance.randrange(len(data))])
    check(READERS[name].read(bytes(data[:cut]), evidence="sha256:0"))


@pytest.fixture(scope="module")
def whole_files() -> dict[str, bytes]:
    """Return a PDF and a DOCX of the sample case by their reader's name."""
    folder = CASE / "material"
    return {
        pdf.NAME: (folder / "lamp" / "lamp-2032-06-09.pdf").read_bytes(),
        docx.NAME: (folder / "notice" / "notice-2031-01-06.docx").read_bytes(),
    }


LONG = 400_000
ENDLESS = {
    "one line": b"Row on and on " * (LONG // 14),
    "one word": b"a" * LONG,
    "open tags": b"<" * LONG,
    "open brackets": b"[(\"'" * (LONG // 4),
    "quotations in quotations": b"> " * (LONG // 2),
    "lists in lists": b"- " * (LONG // 2),
    "stars": b"*a_" * (LONG // 3),
    "NULs": b"\x00" * LONG,
    "line ends": b"\n" * LONG,
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("what", ENDLESS)
@pytest.mark.parametrize("reader", IN_BYTES, ids=lambda reader: reader.NAME)
def test_file_without_end(reader: Reader, what: str) -> None:
    """Time grows with the file and not with its square: none of these would end otherwise."""
    document = reader.read(ENDLESS[what], evidence="sha256:0")
    check(document)
    assert sum(one.size for one in document.portions) == len(ENDLESS[what])
