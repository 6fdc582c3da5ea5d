"""The master: items and paragraphs as written in `source/*.yml`, read and checked. Nothing is built here."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

QUESTIONS = ("q1", "q2", "q3", "q4", "q5", "q6a", "q6b")
OUTLET_FILES = (
    "lamp-2031a.yml",
    "lamp-2031b.yml",
    "lamp-2032a.yml",
    "lamp-2032b.yml",
    "north.yml",
    "south.yml",
    "chorus.yml",
    "notices.yml",
)


@dataclass(frozen=True)
class Paragraph:
    """One paragraph, stanza or stretch of speech, and what a coder should answer where it is about leavers."""

    text: str
    english: str | None = None
    speaker: str | None = None
    yes: frozenset[str] | None = None
    """The questions answered yes; None where the paragraph is not about leavers."""
    stance: int | None = None
    frames: tuple[str, ...] = ()


@dataclass(frozen=True)
class Item:
    """One thing the League published."""

    id: str
    outlet: str
    publisher: str
    kind: str
    tier: str
    place: str
    date: date
    title: str
    format: str
    language: str
    paragraphs: tuple[Paragraph, ...]
    extras: Mapping[str, str]
    """What only one format uses: `byline`, `number`, `pages`, `title_en`, `number_en`."""

    @property
    def stem(self) -> str:
        """Return the file name without its ending: an Arabic original is marked, `name.ar`."""
        return f"{self.id}.ar" if self.language == "ar" else self.id

    @property
    def folder(self) -> str:
        """Return the name of the outlet's folder under `material/`."""
        return self.id.split("-", 1)[0]

    @property
    def stances(self) -> tuple[int, ...]:
        """Return the intended points of the paragraphs about leavers."""
        return tuple(p.stance for p in self.paragraphs if p.stance is not None)

    @property
    def stance(self) -> float | None:
        """Return the item's intended score, the median of its paragraphs."""
        return float(statistics.median(self.stances)) if self.stances else None

    def text(self, *, english: bool = False) -> str:
        """Return the item's words, or those of its translation."""
        return "\n".join((p.english or p.text) if english else p.text for p in self.paragraphs)


def load_master(source: Path) -> tuple[Item, ...]:
    """Return all items in order of outlet and date; raises ValueError where the master contradicts itself."""
    items = tuple(item for name in OUTLET_FILES for item in _load_items(source / name))
    _check_ids(items)
    for item in items:
        _check_item(item)
    return items


def derive_stance(yes: frozenset[str]) -> int:
    """Return the point of the scale that answers come to, by the rules of `leavers.v1`.

    >>> derive_stance(frozenset({"q1", "q3", "q4"})), derive_stance(frozenset({"q1", "q4", "q5"}))
    (-2, 0)
    """
    if {"q4", "q5"} <= yes and not yes & {"q2", "q3", "q6a", "q6b"}:
        return 0
    order = (("q2", -3), ("q3", -2), ("q6b", 3), ("q6a", 2), ("q5", 1), ("q4", -1))
    return next((value for question, value in order if question in yes), 0)


def load_yaml(path: Path) -> Any:
    """Return what a YAML file holds."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _load_items(path: Path) -> Iterator[Item]:
    sheet = load_yaml(path)
    for row in sheet["items"]:
        merged = {**{k: v for k, v in sheet.items() if k != "items"}, **row}
        extras = {
            k: merged[k]
            for k in ("byline", "number", "pages", "hyphen", "title_en", "number_en")
            if k in merged
        }
        yield Item(
            **{
                key: merged[key]
                for key in ("id", "outlet", "publisher", "kind", "tier", "place", "date", "title", "format")
            },
            language=merged.get("language", "en"),
            paragraphs=tuple(_load_paragraph(p) for p in row["paragraphs"]),
            extras=extras,
        )


def _load_paragraph(row: Mapping[str, Any]) -> Paragraph:
    leavers = row.get("leavers")
    return Paragraph(
        text=row["text"],
        english=row.get("english"),
        speaker=row.get("speaker"),
        yes=frozenset({"q1", *leavers["holds"]}) if leavers else None,
        stance=leavers["stance"] if leavers else None,
        frames=tuple(leavers["frames"]) if leavers else (),
    )


def _check_ids(items: tuple[Item, ...]) -> None:
    ids = [item.id for item in items]
    repeated = {i for i in ids if ids.count(i) > 1}
    if repeated:
        raise ValueError(f"two items share an id: {sorted(repeated)}")


def _check_item(item: Item) -> None:
    if not item.id.endswith(item.date.isoformat()):
        raise ValueError(f"{item.id} is dated {item.date}")
    for n, paragraph in enumerate(item.paragraphs, start=1):
        if paragraph.yes is not None and derive_stance(paragraph.yes) != paragraph.stance:
            raise ValueError(f"{item.id}, paragraph {n}: the answers do not come to {paragraph.stance}")
        if (item.language == "ar") != (paragraph.english is not None):
            raise ValueError(f"{item.id}, paragraph {n}: an Arabic paragraph and its translation go together")
