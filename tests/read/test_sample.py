"""The sample case is read whole: what its master says stands in each file's text, paragraph after paragraph."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
import yaml

from linewatch.model import Document
from linewatch.read.registry import read_bytes

CASE = Path(__file__).parents[2] / "examples" / "harbour-league"
OUTLETS = ("lamp-*", "north", "south", "chorus", "notices")
FILES = [path for path in sorted((CASE / "material").rglob("*.*")) if path.suffix != ".csv"]
OF_THE_LEAGUE = [path for path in FILES if path.parent.name != "coastwatch"]
WHOLE = [path for path in OF_THE_LEAGUE if path.suffix in {".html", ".pdf", ".docx"}]
WORD = re.compile(r"[^\W_]+")
VOWEL_MARKS = re.compile(r"[\u064b-\u0652]")


@cache
def load_master() -> dict[str, list[str]]:
    """Return the paragraphs of each item by the name of its file, without the ending."""
    out: dict[str, list[str]] = {}
    for source in (path for outlet in OUTLETS for path in (CASE / "source").glob(f"{outlet}.yml")):
        for item in yaml.safe_load(source.read_text(encoding="utf-8"))["items"]:
            paragraphs = item["paragraphs"]
            if "english" in paragraphs[0]:
                out[f"{item['id']}.ar"] = [one["text"] for one in paragraphs]
                out[f"{item['id']}.en"] = [one["english"] for one in paragraphs]
            else:
                out[item["id"]] = [one["text"] for one in paragraphs]
    return out


@cache
def read_file(path: Path) -> Document:
    return read_bytes(path.read_bytes(), path.name)


def get_words(text: str) -> str:
    """Return the words with one space around each. The printed Arabic issue is set without vowel marks."""
    return f" {' '.join(WORD.findall(VOWEL_MARKS.sub('', text)))} "


def get_paragraphs(path: Path) -> list[str]:
    return [get_words(one) for one in load_master()[path.name.removesuffix(path.suffix)]]


@pytest.mark.parametrize("path", OF_THE_LEAGUE, ids=lambda path: path.name)
def test_every_word_is_read_in_order(path: Path) -> None:
    """The words of each paragraph follow one another in the text, Arabic ones as they are read and not as drawn."""
    words = get_words(read_file(path).text)
    places = [words.find(one) for one in get_paragraphs(path)]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.name)
def test_each_paragraph_is_one_block(path: Path) -> None:
    """A paragraph is neither torn at a line, column or page nor run together with the next."""
    document = read_file(path)
    blocks = [get_words(document.text[one.start : one.end]) for one in document.blocks]
    assert set(get_paragraphs(path)) <= set(blocks)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_blocks_cover_the_text(path: Path) -> None:
    """Blocks are in order, do not overlap, and leave out white space only; nothing is wrong with any file."""
    document = read_file(path)
    ends = [0, *(block.end for block in document.blocks)]
    starts = [*(block.start for block in document.blocks), len(document.text)]
    between = [document.text[end:start] for end, start in zip(ends, starts, strict=True)]
    assert not "".join(between).split()
    assert document.problems == ()


@pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.name)
def test_title(path: Path) -> None:
    """Pages, prints and notices have one title, the one that their own properties state."""
    document = read_file(path)
    titles = [document.text[one.start : one.end] for one in document.blocks if one.kind == "title"]
    assert titles == [document.metadata["title"]]
