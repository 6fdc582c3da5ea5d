"""Texts with what is to be found in them marked by hand, and how much of it a scan finds.

`⟦I kind key=value|words⟧` is an item, `⟦M|3⟧` a note's marker, `⟦B 3 source|words⟧` a note's body, `⟦C|words⟧` a caption and
`⟦R quran 5:54|words⟧` a locator. After a line `⟦⟧` come, in YAML, what the report says of itself, other names and places.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml

FOLDER = Path(__file__).parent / "reports"
_TAG = re.compile(r"⟦(?P<head>[IMBCR][^|⟧]*)\||⟧")
_FIELD = re.compile(r'(\w+)=(?:"([^"]*)"|(\S+))')
RELAXED = 0.8


class Mark(NamedTuple):
    """One thing marked: its letter, what follows the letter, and where it stands."""

    letter: str
    head: str
    start: int
    end: int


@dataclass
class Gold:
    """A text without its marks, and what they say."""

    text: str
    marks: list[Mark]
    more: dict[str, Any] = field(default_factory=dict)

    def list_marks(self, letter: str) -> list[Mark]:
        """Return the marks of one letter, in order."""
        return sorted((mark for mark in self.marks if mark.letter == letter), key=lambda mark: mark.start)


def read_marked(source: str) -> Gold:
    """Return the text and the gold of a marked text."""
    body, _, trailer = source.partition("\n⟦⟧\n")
    text, marks, opened, last = "", list[Mark](), list[tuple[str, int]](), 0
    for hit in _TAG.finditer(body):
        text += body[last : hit.start()]
        last = hit.end()
        if hit["head"] is not None:
            opened.append((hit["head"], len(text)))
        else:
            head, start = opened.pop()
            marks.append(Mark(head[0], head[1:].strip(), start, len(text)))
    return Gold(text + body[last:], marks, yaml.safe_load(trailer) or {})


def read_genre(name: str) -> Gold:
    """Return a text of the folder."""
    return read_marked((FOLDER / f"{name}.txt").read_text(encoding="utf-8"))


class Tally(NamedTuple):
    """What of a layer is right, what is there and was not found, and what was found and is not there."""

    right: int
    missed: tuple[Any, ...]
    wrong: tuple[Any, ...]

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall; 1 where there is nothing to find and nothing was found."""
        told = 2 * self.right + len(self.missed) + len(self.wrong)
        return 2 * self.right / told if told else 1.0


def _compare(gold: Iterable[Hashable], found: Iterable[Hashable]) -> Tally:
    there, ours = set(gold), set(found)
    return Tally(
        len(there & ours), tuple(sorted(there - ours, key=str)), tuple(sorted(ours - there, key=str))
    )


def score(gold: Gold, scan: dict[str, Any]) -> dict[str, Tally]:
    """Return the tally of each layer."""
    notes = scan["notes"]
    text = gold.text
    bodies = gold.list_marks("B")
    return {
        "items": _match_items(gold, scan),
        "item fields": _compare_fields(gold, scan),
        "markers": _compare(
            ((_number(text[m.start : m.end]), m.start, m.end) for m in gold.list_marks("M")),
            ((one["n"], one["start"], one["end"]) for one in notes["markers"]),
        ),
        "bodies": _compare(
            ((m.head.split()[0], m.start, m.end) for m in bodies),
            ((one["n"], one["start"], one["end"]) for one in notes["bodies"]),
        ),
        "integrity": _compare(
            _tell_integrity(
                [_number(text[m.start : m.end]) for m in gold.list_marks("M")], [m.head.split()[0] for m in bodies]
            ),
            _tell_integrity([one["n"] for one in notes["markers"]], [one["n"] for one in notes["bodies"]]),
        ),
        "note kinds": _compare(
            ((m.head, m.start) for m in bodies), ((f"{one['n']} {one['kind']}", one["start"]) for one in notes["bodies"])
        ),
        "references": _compare(
            ((m.head, m.start) for m in gold.list_marks("R")), ((one["ref"], one["start"]) for one in _cited(scan))
        ),
        "captions": _compare(
            ((m.start, m.end) for m in gold.list_marks("C")), ((one["start"], one["end"]) for one in scan["captions"])
        ),
        "aliases": _compare(
            _pair(gold.more.get("aliases", ())), _pair([one["name"], *one["aka"]] for one in scan["aliases"])
        ),
        "places": _compare(
            map(tuple, gold.more.get("places", ())), ((one["org_name"], one["real_name"]) for one in scan["places"])
        ),
        "report": _compare(_list_fields(gold.more.get("report", {})), _list_fields(scan["report"])),
    }  # fmt: skip


def _number(words: str) -> str:
    return words.strip("[]^").translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"))


def _tell_integrity(markers: Iterable[str], bodies: Iterable[str]) -> set[tuple[str, str]]:
    ours, theirs = set(markers), set(bodies)
    return {
        (n, "paired" if n in ours and n in theirs else "dangling" if n in ours else "orphan")
        for n in ours | theirs
    }


def _cited(scan: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for one in scan["citations"] if one["canon"] in {"quran", "bible"}]


def _pair(groups: Iterable[Iterable[str]]) -> set[tuple[str, str]]:
    out: set[tuple[str, str]] = set()
    for group in groups:
        names = sorted({" ".join(name.casefold().split()) for name in group})
        out |= {(one, other) for at, one in enumerate(names) for other in names[at + 1 :]}
    return out


def _list_fields(report: dict[str, Any]) -> set[tuple[str, str]]:
    single = {
        (key, " ".join(str(report[key]).casefold().split()))
        for key in ("title", "series", "number", "date", "publisher")
        if report.get(key)
    }
    return single | {("author", str(one).casefold()) for one in report.get("authors") or ()}


def _match_items(gold: Gold, scan: dict[str, Any]) -> Tally:
    pairs = _pair_items(gold, scan)
    ours = {id(one) for _, one in pairs}
    theirs = {id(mark) for mark, _ in pairs}
    return Tally(
        len(pairs),
        tuple(gold.text[m.start : m.end] for m in gold.list_marks("I") if id(m) not in theirs),
        tuple(gold.text[one["start"] : one["end"]] for one in scan["items"] if id(one) not in ours),
    )


def _pair_items(gold: Gold, scan: dict[str, Any]) -> list[tuple[Mark, dict[str, Any]]]:
    out: list[tuple[Mark, dict[str, Any]]] = []
    free = list(scan["items"])
    for mark in gold.list_marks("I"):
        best = max(free, key=lambda one: _overlap(mark, one), default=None)
        if best is not None and _overlap(mark, best) >= RELAXED:
            out.append((mark, best))
            free.remove(best)
    return out


def _overlap(mark: Mark, one: dict[str, Any]) -> float:
    shared = min(mark.end, one["end"]) - max(mark.start, one["start"])
    return shared / (max(mark.end, one["end"]) - min(mark.start, one["start"])) if shared > 0 else 0.0


def _compare_fields(gold: Gold, scan: dict[str, Any]) -> Tally:
    right, wrong = 0, list[Any]()
    for mark, one in _pair_items(gold, scan):
        told = {name: marked or bare for name, marked, bare in _FIELD.findall(mark.head)}
        told["kind"] = mark.head.split()[0]
        for name in ("kind", "publisher", "outlet", "date", "title"):
            if (told.get(name) or None) == (one[name] or None):
                right += 1
            else:
                wrong.append((name, told.get(name), one[name], gold.text[mark.start : mark.start + 50]))
    return Tally(right, tuple(wrong), ())
