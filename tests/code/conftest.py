"""A small case of the Harbour League: one dated item of *The Lamp* by Mara, three passages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from linewatch.code.run import propose
from linewatch.model import Block, Document, Evidence, Finding, Item, Run, Span
from linewatch.model.when import parse_iso
from linewatch.store.case import Case, make_case
from linewatch.store.live import list_live_passages, name_version

WORDS = (
    "They signed the Harbour Pledge and set it aside that winter.",
    "It was a fault, yet they are\x1b[2J still of the League today.",
    "Whoever comes to the pier by spring has the old berth again.",
)
AT = datetime(2033, 1, 1, tzinfo=UTC)


def make_document(name: str, words: tuple[str, ...]) -> Document:
    """Return a document of paragraphs by Mara."""
    blocks, text = [], ""
    for one in words:
        text = f"{text}\n{one}" if text else one
        blocks.append(Block(kind="paragraph", start=len(text) - len(one), end=len(text), speaker="Mara"))
    return Document(id=name, evidence="sha256:0", reader="plain.v1", text=text, blocks=tuple(blocks))


def keep_reading(case: Case, name: str, words: tuple[str, ...]) -> None:
    """Keep a reading of the sealed file and what is found in it: one item of *The Lamp*."""
    document = make_document(name, words)
    value = Item(outlet="The Lamp", date=parse_iso("2031-04-02"), held=True)
    span = Span(document=name, start=0, end=len(document.text))
    item = Finding(id="i", span=span, value=value, finder="held.v1", reason="held", cut="")
    found = Run(
        id=f"find {name}", stage="find", input=name, tool="find", output=name_version(item), finished_at=AT
    )
    sealed = Evidence(id="sha256:0", size=1, media_type="text/plain", name="lamp.txt", gathered_at=AT)
    with case.write("set up") as writer:
        writer.add(sealed, document, item, found)


def say_nothing(_step: object) -> None:
    """Tell nobody how far the work has come."""


@pytest.fixture
def read_words() -> Callable[..., Case]:
    """Return what gives a case a new reading of its file, with these passages: `read_words(case, "d2", *words)`."""

    def read(case: Case, name: str, *words: str) -> Case:
        keep_reading(case, name, words)
        propose(case, say_nothing)
        return case

    return read


@pytest.fixture
def case(tmp_path: Path, read_words: Callable[..., Case]) -> Case:
    """Return the case of three passages."""
    return read_words(make_case(tmp_path / "case"), "d", *WORDS)


@pytest.fixture
def get_passage() -> Callable[[Case, str], str]:
    """Return what gives the id of the live passage that begins with these words."""

    def get(case: Case, words: str) -> str:
        texts = {document.id: document.text for document in case.find(Document)}
        live = list_live_passages(case)
        (found,) = [one.id for one in live if texts[one.span.document].startswith(words, one.span.start)]
        return found

    return get
