"""Narrative frames (Frermann et al. 2023, dev part): 23 yes/no questions as judgements, agreement by question and frame.

The coders of an article are numbered, not named, so a number is not always the same person: coefficients that need to know who
coded what (Conger, Cohen) are not asked.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from linewatch.code.answers import Answer, make_judgement
from linewatch.code.reliability import measure_codes
from linewatch.code.words import tell_agreement
from linewatch.model import Code, Codebook, Judgement, Question, Rule, Scale

FRAMES = {"re": "resolution", "hi": "human interest", "co": "conflict", "mo": "morality", "ec": "economic"}
SEEN = "seen"


def report_frames(folder: Path) -> None:
    """Print the agreement on each question, and on each frame: present where a coder says yes to any of its questions."""
    with gzip.open(folder / "full_annotations.json.gz", "rt", encoding="utf-8") as file:
        articles: dict[str, dict[str, object]] = json.load(file)
    questions = sorted({key for one in articles.values() for key in one if key[:2] in FRAMES})
    book = make_codebook(questions)
    rows = [row for name, one in articles.items() for row in judge(book, name, one, questions)]
    print(f"  {len(articles)} articles, {len(questions)} questions, {len(rows):,} judgements")
    for line in tell_agreement(measure_codes(book, rows, {}))[1:]:
        print(f"  {line}")


def make_codebook(questions: list[str]) -> Codebook:
    """Return a codebook with a code for each question and each frame."""
    codes = [*(Code(id=one, name=one) for one in questions), *(Code(id=f, name=n) for f, n in FRAMES.items())]
    scale = Scale(name="none", points={0: "seen"}, rules=(Rule(when={SEEN: "yes"}, value=0),))
    asked = (Question(id=SEEN, text="Was the article read?"),)
    return Codebook(
        name="frames.v1", title="Narrative frames", questions=asked, scale=scale, codes=tuple(codes)
    )


def judge(book: Codebook, article: str, told: dict[str, object], questions: list[str]) -> Iterator[Judgement]:
    """Yield each coder's answers on an article; an answer of -1 was not given."""
    given: dict[int, dict[str, str]] = {}
    for question in questions:
        _, answers = told[question]  # type: ignore[misc] # a pair: what most said, and each coder's answer
        for coder, answer in enumerate(answers):
            if answer in {"yes", "no"}:
                given.setdefault(coder, {})[question] = answer
    for coder, own in given.items():
        frames = {frame: [value for key, value in own.items() if key.startswith(frame)] for frame in FRAMES}
        found = {frame: "yes" if "yes" in values else "no" for frame, values in frames.items() if values}
        for question, value in {SEEN: "yes", **own, **found}.items():
            yield make_judgement(book, article, f"coder {coder}", Answer(question=question, value=value))
