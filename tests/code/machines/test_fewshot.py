"""The few-shot classifier: taught by people's codes, held out by item, calibrated, silent where unsure or untaught."""

from __future__ import annotations

import hashlib
from itertools import pairwise

import numpy as np
import pytest

from linewatch.code.codebook import load_codebook
from linewatch.code.machines.base import Unit
from linewatch.code.machines.embedder import Use, Vectors, embed_passages
from linewatch.code.machines.features import make_features, score, train, turn_features
from linewatch.code.machines.fewshot import FOLDS, part_items, suggest
from linewatch.errors import InputError
from linewatch.model import Codebook, Question, Rule, Scale

WARM, COLD = ("bright", "open", "warm", "kind"), ("dark", "shut", "cold", "harsh")
BOOK = Codebook(
    name="tone.v0",
    title="Tone",
    questions=(Question(id="q1", text="Is it warm?"), Question(id="q2", text="Is it never asked?")),
    scale=Scale(name="stance", points={0: "Seen"}, rules=(Rule(when={"q1": "yes"}, value=0),)),
)


class Words:
    """An embedder for tests: each word a direction of its own."""

    name, dim, sha256 = "words", 64, "0"

    def encode(self, texts: list[str]) -> Vectors:
        """Return the sum of the words' directions."""
        rows = np.zeros((len(texts), self.dim), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in text.split():
                row[int(hashlib.sha256(word.encode()).hexdigest(), 16) % self.dim] += 1
        return rows


def make_units(n: int, *, seed: int = 0, a_item: int = 4) -> tuple[list[Unit], dict[str, str]]:
    """Return passages of a few warm or cold words among neutral ones, so many an item, and what people say of them."""
    rng = np.random.default_rng(seed)
    units, said = [], {}
    for k in range(n):
        warm = bool(rng.integers(2))
        words = [
            *rng.choice(WARM if warm else COLD, 2),
            *rng.choice(["pier", "lamp", "oar", "boat", "sea"], 6),
        ]
        units.append(Unit(passage=f"p{k:03}", item=f"i{k // a_item}", text=" ".join(rng.permutation(words))))
        said[f"p{k:03}"] = "yes" if warm else "no"
    return units, said


def test_what_people_teach_is_answered_elsewhere() -> None:
    """Taught on a third of the passages it answers the others rightly, with the more sure answers the more probable."""
    units, said = make_units(120)
    taught = {passage: said[passage] for passage in sorted(said)[:40]}
    found = suggest(BOOK, units, {"q1": taught}, Words())
    new = [one for one in found.answers if one.passage not in taught and one.value != "unclear"]
    assert len(new) > 70
    assert np.mean([one.value == said[one.passage] for one in new]) > 0.95
    assert {one.question for one in found.answers} == {"q1"}, "a question without labels is not answered"


def test_answers_on_taught_items_come_from_models_that_did_not_see_them() -> None:
    """Labels that are pure noise cannot be given back: held out, agreement is that of chance, not of memory."""
    units, said = make_units(120)
    rng = np.random.default_rng(1)
    noise = {passage: str(rng.choice(["yes", "no"])) for passage in said}
    found = suggest(BOOK, units, {"q1": noise}, Words())
    scores = [(one.probability or 0) > 0.5 for one in found.answers]
    right = np.mean(
        [s == (noise[one.passage] == "yes") for s, one in zip(scores, found.answers, strict=True)]
    )
    assert right < 0.65


def test_other_labels_of_an_item_do_not_move_its_answers() -> None:
    """Turning every label of one item round leaves what is said of that item as it was."""
    units, said = make_units(80)
    turned = {p: {"yes": "no", "no": "yes"}[v] if p < "p004" else v for p, v in said.items()}
    scores = []
    for labels in (said, turned):
        items = np.unique([unit.item for unit in units], return_inverse=True)[1]
        marks = np.array([labels[unit.passage] == "yes" for unit in units], int)
        folds = part_items(items, marks)
        known = folds != folds[0]
        features = make_features([unit.text for unit in units], Words())
        scores.append(score(train(features[known], marks[known]), features[:4]))
    assert np.array_equal(*scores)


def test_item_lies_in_one_fold() -> None:
    """No item is parted, nothing unlabelled has a fold, and each fold has some of the rarer answer."""
    items = np.repeat(np.arange(20), 3)
    marks = np.where(items >= 18, -1, (items % 3 == 0).astype(int))
    folds = part_items(items, marks)
    assert all(len(set(folds[items == one])) == 1 for one in range(20))
    assert set(folds[items >= 18]) == {-1}
    assert {int(fold) for fold in folds[marks == 1]} == set(range(FOLDS))
    assert max(np.bincount(folds[folds >= 0])) <= 4 * 3, "the items with none of it are spread too"


def test_probabilities_are_calibrated() -> None:
    """Where a fifth of the labels is turned at random no answer is held for nearly certain, and on average they are right."""
    units, said = make_units(240)
    rng = np.random.default_rng(2)
    labels = {p: v if rng.random() > 0.2 else {"yes": "no", "no": "yes"}[v] for p, v in said.items()}
    found = suggest(BOOK, units, {"q1": labels}, Words())
    chances = np.array([one.probability for one in found.answers])
    truth = np.array([labels[one.passage] == "yes" for one in found.answers])
    assert np.quantile(np.maximum(chances, 1 - chances), 0.95) < 0.95
    assert abs(chances.mean() - truth.mean()) < 0.03
    high = chances > 0.7
    assert abs(chances[high].mean() - truth[high].mean()) < 0.08


@pytest.mark.parametrize(
    ("labels", "shows"),
    [
        ({}, "nothing coded"),
        ({f"p{k:03}": "yes" for k in range(29)}, "one answer only"),
        ({f"p{k:03}": "yes" if k else "no" for k in range(29)}, "too few of one"),
        ({f"p{k:03}": "yes" if k % 2 else "no" for k in range(15)}, "seven of one"),
    ],
)
def test_too_few_codes_teach_nothing(labels: dict[str, str], shows: str) -> None:
    """It says what is missing instead of guessing."""
    with pytest.raises(InputError, match="8 passages of each answer"):
        suggest(BOOK, make_units(40)[0], {"q1": labels}, Words())
    assert shows


def test_rare_answer_is_held_for_rare() -> None:
    """With many passages coded and one yes among them nothing is learnt but that, and the yes is not counted for its own item."""
    units = make_units(60)[0]
    labels = {unit.passage: "yes" if n == 0 else "no" for n, unit in enumerate(units)}
    found = suggest(BOOK, units, {"q1": labels}, Words())
    assert {one.value for one in found.answers} == {"no"}
    assert (found.answers[0].probability or 1) < (found.answers[-1].probability or 0) < 0.05


def test_order_holds_what_is_not_coded_and_least_sure() -> None:
    """The order for learning holds uncoded passages only, the most doubtful first."""
    units, said = make_units(100)
    taught = {passage: said[passage] for passage in sorted(said)[:50]}
    found = suggest(BOOK, units, {"q1": taught}, Words())
    chances = {one.passage: one.probability or 0.0 for one in found.answers}
    doubts = [abs(chances[passage] - 0.5) for passage in found.order]
    assert len(found.order) == 50
    assert not set(found.order) & set(taught)
    assert all(one <= other + 1e-4 for one, other in pairwise(doubts))


def test_turned_features_learn_the_same() -> None:
    """The span of the known rows loses nothing: scores are those of the full features."""
    units, said = make_units(60)
    features = make_features([unit.text for unit in units], Words())
    known = np.arange(60) < 40
    marks = np.array([said[unit.passage] == "yes" for unit in units], int)
    turned = turn_features(features, known)
    full = score(train(features[known], marks[known]), features)
    assert turned.shape[1] <= 40
    assert score(train(turned[known], marks[known]), turned) == pytest.approx(full, abs=0.02)


def test_settings_name_weights_and_labels() -> None:
    """The record of a run changes with the labels it was taught by, and names the embedder and its weights."""
    units, said = make_units(60)
    first = suggest(BOOK, units, {"q1": said}, Words()).settings
    again = suggest(BOOK, units, {"q1": said}, Words()).settings
    other = suggest(BOOK, units, {"q1": dict(sorted(said.items())[:50])}, Words()).settings
    assert first == again
    assert (first["embedder"], first["weights"]) == ("words", "0")
    assert first["labels"] != other["labels"]


def test_shipped_embedder_reads_two_languages_offline() -> None:
    """English and Arabic of one meaning lie nearer each other than two meanings of one language; rows have length one."""
    texts = [
        "The fishermen came back to the harbour.",
        "عاد الصيادون إلى الميناء.",
        "The tax was raised again. ",
        "",
    ]
    rows = embed_passages(Use(), texts)
    assert rows.shape == (4, 512)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows[:3], axis=1) == pytest.approx(1, abs=1e-5)
    assert rows[0] @ rows[1] > rows[0] @ rows[2] + 0.2
    assert len(Use().sha256) == 64


def test_codebook_shipped_is_never_answered_where_ended() -> None:
    """As in the queue, a passage held to be out has no further answers."""
    units, said = make_units(80)
    labels = {"q1": said, "q4": said}
    found = suggest(load_codebook("leavers.v1"), units, labels, Words())
    out = {one.passage for one in found.answers if (one.question, one.value) == ("q1", "no")}
    assert out
    assert not [one for one in found.answers if one.question == "q4" and one.passage in out]
