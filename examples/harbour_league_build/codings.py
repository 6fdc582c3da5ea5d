"""The coders' answers as files: `answers.yml` by item and paragraph, and a CSV by the program's own passage ids."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from harbour_league_build.coders import CODERS, Answers

COLUMNS = ("passage", "coder", "question", "value", "low", "high", "note", "time", "text")
_START = datetime(2033, 1, 10, 9, tzinfo=UTC)
# A short cue, "They are not rowers.", is matched within its own item only.
_SHORTEST, _SHORTEST_IN_ITEM = 20, 5
_SPEAKER = re.compile(r"^\w+(?: \w+){0,2}: ")
_SHARED = 0.8


def list_answers(answers: Sequence[Answers]) -> list[dict[str, Any]]:
    """Return one row a paragraph with each coder's answers and frames."""
    rows: dict[tuple[str, int], dict[str, Any]] = {}
    for answer in answers:
        row = rows.setdefault(
            (answer.item, answer.paragraph),
            {"item": answer.item, "paragraph": answer.paragraph, "text": answer.text},
        )
        row[answer.coder] = answer.answers | ({"frames": list(answer.frames)} if answer.frames else {})
    return list(rows.values())


def load_answers(path: Path) -> tuple[Answers, ...]:
    """Return the answers that `answers.yml` holds."""
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))["passages"]
    return tuple(
        Answers(
            row["item"],
            row["paragraph"],
            coder,
            row["text"],
            {question: value for question, value in row[coder].items() if question != "frames"},
            tuple(row[coder].get("frames", ())),
        )
        for row in rows
        for coder in CODERS
    )


def write_codings(
    passages: Sequence[tuple[str, str, str]], answers: Sequence[Answers], path: Path
) -> list[str]:
    """Write the coders' answers by passage id as CSV; return the ids of the passages that match no paragraph.

    A passage is (id, item title or path, text). It is matched by its letters and digits alone, so that line breaks,
    hyphens and quotation marks do not matter; a cue matches the speech that it is part of.
    """
    missing = []
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for number, (passage, where, text) in enumerate(passages):
            found = find_answers(where, text, answers)
            if not found:
                missing.append(passage)
            for answer in found:
                writer.writerows(_list_rows(passage, text, answer, _START + timedelta(minutes=number)))
    return missing


def find_answers(where: str, text: str, answers: Sequence[Answers]) -> list[Answers]:
    """Return each coder's answers on the paragraph that a passage's words come from, or none."""
    own = [answer for answer in answers if answer.item in where]
    near, shortest = (own, _SHORTEST_IN_ITEM) if own else (answers, _SHORTEST)
    words = _SPEAKER.sub("", text)
    best = max(near, key=lambda answer: _share(words, answer.text, shortest), default=None)
    if best is None or _share(words, best.text, shortest) < _SHARED:
        return []
    return [a for a in near if (a.item, a.paragraph) == (best.item, best.paragraph)]


def _list_rows(passage: str, text: str, answer: Answers, at: datetime) -> Iterator[dict[str, str]]:
    marks = dict.fromkeys(answer.frames, "yes")
    for question, value in {**answer.answers, **marks}.items():
        yield {
            "passage": passage,
            "coder": answer.coder,
            "question": question,
            "value": value,
            "low": "",
            "high": "",
            "note": "",
            "time": at.isoformat().replace("+00:00", "Z"),
            "text": text,
        }


def _share(text: str, paragraph: str, shortest: int) -> float:
    """Return how far two texts are one: 2 for the same letters, 1 or more for part and whole, else shared words."""
    a, b = _letters(text), _letters(paragraph)
    if a == b:
        return 2.0
    if min(len(a), len(b)) >= shortest and (a in b or b in a):
        return 1.0 + min(len(a), len(b)) / max(len(a), len(b))
    words, others = set(text.casefold().split()), set(paragraph.casefold().split())
    return len(words & others) / max(len(words), len(others), 1)


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
