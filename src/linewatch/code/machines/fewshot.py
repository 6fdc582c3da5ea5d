"""A classifier taught by the case's own human codes: held out by item, calibrated, silent where unsure.

Every answer on an item that people coded comes from a model that saw nothing of that item, so that the answers can be compared with
people's and corrected by them. Probabilities are fitted to held-out scores (Platt 1999), fold by fold on the other folds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from linewatch.code.machines.base import (
    NO,
    UNCLEAR,
    YES,
    Labels,
    Outcome,
    Suggested,
    Unit,
    list_asked,
    stop_where_ended,
)
from linewatch.code.machines.embedder import Embedder
from linewatch.code.machines.features import C, make_features, score, train, turn_features
from linewatch.errors import InputError
from linewatch.model import Codebook, get_id

NAME = "few-shot.v1"
FEWEST = 8
"""Passages of each answer, of two items or more, below which a question is not learnt."""
COMMON = 30
"""Passages coded from which on an answer too rare to be learnt is held for as rare elsewhere."""
FOLDS = 5
SURE = 0.6
"""The probability below which it says unclear."""
ORDERED = 100
NOTHING = f"no question has {FEWEST} passages of each answer or {COMMON} in all, of two items"
CODE_FIRST = "people code first: linewatch code CASE --as NAME"
Floats = npt.NDArray[np.float64]


class Learnt(NamedTuple):
    """The probability of yes for every unit, None of them for a question with too few labels."""

    question: str
    chances: Floats | None
    labelled: int


def suggest(codebook: Codebook, units: Sequence[Unit], labels: Labels, embedder: Embedder) -> Outcome:
    """Return the answers to every question and code with enough labels; raises InputError where none has."""
    asked = list_asked(codebook)
    coded = {passage for own in labels.values() for passage in own}
    known = np.array([unit.passage in coded for unit in units], bool)
    if not known.any():
        raise InputError(NOTHING, hint=CODE_FIRST)
    features = turn_features(make_features([unit.text for unit in units], embedder), known)
    learnt = [learn(question, features, units, labels.get(question, {})) for question in asked]
    if all(one.chances is None for one in learnt):
        raise InputError(NOTHING, hint=CODE_FIRST)
    answers = tuple(one for n in range(len(units)) for one in _answer(codebook, units, learnt, n))
    return Outcome(
        answers=answers, settings=_tell_settings(embedder, labels), order=_order(units, labels, learnt)
    )


def _tell_settings(embedder: Embedder, labels: Labels) -> dict[str, str]:
    return {
        "embedder": embedder.name,
        "dimensions": str(embedder.dim),
        "weights": embedder.sha256,
        "regularisation": str(C),
        "folds": str(FOLDS),
        "sure": str(SURE),
        "labels": get_id({question: sorted(own.items()) for question, own in labels.items()}),
    }


def learn(question: str, features: Any, units: Sequence[Unit], labels: dict[str, str] | Any) -> Learnt:
    """Return each unit's probability of yes, by a model that saw nothing of its item."""
    marks = np.array([{YES: 1, NO: 0}.get(labels.get(unit.passage, ""), -1) for unit in units])
    items = np.unique([unit.item for unit in units], return_inverse=True)[1] if len(units) else marks
    known = marks >= 0
    if any((marks == one).sum() < FEWEST or len(np.unique(items[marks == one])) < 2 for one in (0, 1)):
        return Learnt(question, _count_rare(items, marks), int(known.sum()))
    folds = part_items(items, marks)
    whole = train(features[known], marks[known])
    scores = score(whole, features)
    for fold in range(FOLDS):
        taught, held = known & (folds != fold), folds == fold
        if held.any() and len(np.unique(marks[taught])) == 2:
            scores[held] = score(train(features[taught], marks[taught]), features[held])
    return Learnt(question, _calibrate(scores, marks, folds), int(known.sum()))


def _count_rare(items: npt.NDArray[np.intp], marks: npt.NDArray[np.intp]) -> Floats | None:
    """Return how often it is yes on other items, where that is all there is to learn: one answer is rare among many."""
    known = marks >= 0
    if known.sum() < COMMON or len(np.unique(items[known])) < 2:
        return None
    yes, n = (np.bincount(items, weights, minlength=items.max() + 1) for weights in (marks == 1, known))
    chances: Floats = ((yes.sum() - yes + 0.5) / (n.sum() - n + 1))[items]
    return chances


def part_items(items: npt.NDArray[np.intp], marks: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Return each unit's fold, its whole item in one; -1 for items of which nothing is labelled.

    Items go, those with most of the rarer answer first, to the fold that has fewest of it; those with none to the emptiest.
    """
    rare = int((marks == 1).sum() <= (marks == 0).sum())
    folds, load = np.full(items.size, -1), np.zeros((FOLDS, 2), int)
    counts = [
        (
            -int(((items == one) & (marks == rare)).sum()),
            -int(((items == one) & (marks >= 0)).sum()),
            int(one),
        )
        for one in np.unique(items[marks >= 0])
    ]
    for rares, labelled, item in sorted(counts):
        fold = min(range(FOLDS), key=lambda n: (load[n, 0] if rares else 0, load[n, 1], n))
        folds[items == item] = fold
        load[fold] += (-rares, -labelled)
    return folds


def _calibrate(scores: Floats, marks: npt.NDArray[np.intp], folds: npt.NDArray[np.intp]) -> Floats:
    """Return probabilities: each fold's by a curve fitted on the held-out scores of the other folds."""
    chances = _fit_curve(scores[marks >= 0], marks[marks >= 0], scores)
    for fold in np.unique(folds[folds >= 0]):
        others = (marks >= 0) & (folds != fold)
        if len(np.unique(marks[others])) == 2:
            chances[folds == fold] = _fit_curve(scores[others], marks[others], scores[folds == fold])
    return chances


def _fit_curve(scores: Floats, marks: npt.NDArray[np.intp], asked: Floats) -> Floats:
    """Return Platt's sigmoid at the asked scores: a logistic regression on one column, gently held."""
    from sklearn.linear_model import LogisticRegression

    curve = LogisticRegression(C=1.0).fit(scores.reshape(-1, 1), marks)
    if curve.coef_[0, 0] <= 0:  # worse than chance: nothing is known but how often it is yes
        return np.full(asked.size, float(np.mean(marks)))
    chances: Floats = curve.predict_proba(asked.reshape(-1, 1))[:, 1]
    return chances


def _answer(codebook: Codebook, units: Sequence[Unit], learnt: list[Learnt], n: int) -> Iterator[Suggested]:
    answers = (
        _decide(units[n].passage, one.question, float(one.chances[n]))
        for one in learnt
        if one.chances is not None
    )
    return stop_where_ended(codebook, answers)


def _decide(passage: str, question: str, chance: float) -> Suggested:
    value = UNCLEAR if max(chance, 1 - chance) < SURE else YES if chance >= 0.5 else NO
    return Suggested(passage=passage, question=question, value=value, probability=round(chance, 4))


def _order(units: Sequence[Unit], labels: Labels, learnt: list[Learnt]) -> tuple[str, ...]:
    """Return the passages nobody coded, those first of which the questions are least sure."""
    coded = {passage for own in labels.values() for passage in own}
    known = [one.chances for one in learnt if one.chances is not None]
    doubt = np.mean([np.abs(chances - 0.5) for chances in known], axis=0)
    left = [(float(doubt[n]), unit.passage) for n, unit in enumerate(units) if unit.passage not in coded]
    return tuple(passage for _, passage in sorted(left)[:ORDERED])
