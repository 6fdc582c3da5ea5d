"""The few-shot classifier beside word features and beside embeddings alone, on human codes of others, in one run.

`LINEWATCH_SHARED` names the folder that holds `bench/`; without it this skips. FOMC sentences before 2008 (hawkish, dovish, neutral;
gtfintechlab, CC BY-NC 4.0), narrative frames of news (Frermann et al. 2023, dev part, five yes/no frames) and sentences of British
manifestos on economic policy by experts (CSTA, left, middle, right). Train and test share no item: FOMC by day, CSTA by manifesto, frames
by article. Labels are drawn so many a class. The features are those of `linewatch.code.machines.features`; the peers are logistic
regression with the same strength, and given the same class weights, on TF-IDF of words and pairs, and on the embeddings.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import os
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupShuffleSplit

from linewatch.code.machines.embedder import Use, Vectors, embed_passages
from linewatch.code.machines.features import make_features, train, turn_features

SIZES = (8, 16, 32, 100, 0)
"""Labels a class; 0 is all of the training part."""
FRAMES = ("RE", "HI", "CO", "MO", "EC")


class Task(NamedTuple):
    """Texts, what people said of them, and the item each belongs to."""

    name: str
    texts: list[str]
    labels: list[str]
    items: list[str]


class Stored:
    """An embedder that gives back what was encoded once, so that every task and seed shares the encoding."""

    name, dim, sha256 = Use.name, Use.dim, ""

    def __init__(self) -> None:
        self.own, self.known = Use(), dict[str, npt.NDArray[np.float32]]()
        self.seconds = 0.0

    def encode(self, texts: list[str]) -> Vectors:
        """Return the vectors, encoding only what is new."""
        new = [text for text in texts if text not in self.known]
        begun = time.process_time()
        self.known |= dict(zip(new, self.own.encode(new), strict=True))
        self.seconds += time.process_time() - begun
        return np.array([self.known[text] for text in texts], np.float32)


def read(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    """Return the rows of a compressed table."""
    csv.field_size_limit(1 << 26)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def list_tasks(bench: Path, most: int) -> Iterator[Task]:
    """Yield the tasks, of the manifestos `most` sentences drawn at random."""
    rows = [
        one for one in read(bench / "fomc" / "labelled_with_true_dates.csv.gz") if one["date"] < "2008-01-01"
    ]
    yield Task(
        "FOMC",
        [one["sentence"] for one in rows],
        [one["human"] for one in rows],
        [one["date"] for one in rows],
    )
    sentences = [
        one
        for one in read(bench / "csta" / "manifesto_sentence_codings.csv.gz")
        if one["scale"] == "economic" and one["codeExperts"]
    ]
    drawn = random.Random(0).sample(sentences, min(most, len(sentences)))
    yield Task(
        "CSTA economic",
        [one["sentence_text"] for one in drawn],
        [place(float(one["codeExperts"])) for one in drawn],
        [one["manifestoid"] for one in drawn],
    )
    articles = read(bench / "narrative_framing" / "articles_metadata.tsv.gz", "\t")
    for frame in FRAMES:
        yield Task(
            f"frame {frame}",
            [one["text"] for one in articles],
            [one[frame] for one in articles],
            [one["ID"] for one in articles],
        )


def place(code: float) -> str:
    """Return the side of an experts' mean on -2 to 2."""
    return "left" if code < -0.25 else "right" if code > 0.25 else "middle"


def list_features(task: Task, embedder: Stored) -> dict[str, Any]:
    """Return the rows that each classifier learns from."""
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    return {
        "ours": make_features(task.texts, embedder),
        "TF-IDF": words.fit_transform(task.texts),
        "embeddings": embed_passages(embedder, task.texts).astype(np.float64),
    }


def measure(task: Task, embedder: Stored, seeds: int, tell: Callable[[str], None]) -> dict[int, list[float]]:
    """Print macro-F1 with its spread over seeds, for each size; return the differences of ours from the better peer."""
    labels, features = np.array(task.labels), list_features(task, embedder)
    found: dict[tuple[str, int], list[float]] = {}
    spent: list[float] = []
    for seed in range(seeds):
        split = GroupShuffleSplit(1, test_size=0.3, random_state=seed)
        taught, tested = next(split.split(task.texts, labels, task.items))
        order = np.random.default_rng(seed).permutation(taught)
        for size in SIZES:
            own = np.concatenate([order[labels[order] == one][: size or None] for one in np.unique(labels)])
            for name, rows in features.items():
                begun = time.process_time()
                seen = turn_features(rows, np.isin(np.arange(labels.size), own)) if name == "ours" else rows
                model = train(seen[own], labels[own])
                spent += [time.process_time() - begun] if name == "ours" and not size else []
                score = f1_score(labels[tested], model.predict(seen[tested]), average="macro")
                found.setdefault((name, size), []).append(float(score))
    tell(
        f"{task.name}: {len(task.texts)} texts, {len(set(task.items))} items, {seeds} seeds; ours trains on all in {np.mean(spent):.1f} s"
    )
    for name in features:
        cells = (f"{np.mean(found[name, k]):.3f} ±{np.std(found[name, k]):.3f}" for k in SIZES)
        tell(f"  {name:11} {'   '.join(cells)}")
    return {k: compare([found[name, k] for name in features]) for k in SIZES}


def compare(scores: list[list[float]]) -> list[float]:
    """Return ours less the peer that is better on average, a seed each."""
    ours, *peers = map(np.array, scores)
    return list(ours - max(peers, key=np.mean))


def main() -> None:
    """Print the tables, and at which sizes ours is best or equal: not behind by two standard errors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--most", type=int, default=2500, help="sentences of manifestos")
    given = parser.parse_args()
    bench = Path(os.environ.get("LINEWATCH_SHARED", "")) / "bench"
    if not (bench / "fomc").is_dir():
        print("skipped: LINEWATCH_SHARED names no folder with bench/")
        return
    embedder = Stored()
    print(f"macro-F1 by labels a class: {', '.join(str(k or 'all') for k in SIZES)}")
    gains: dict[str, dict[int, list[float]]] = {}
    for task in list_tasks(bench, given.most):
        found = measure(task, embedder, given.seeds, lambda line: print(line, flush=True))
        family = task.name.split()[0]
        for k, own in found.items():
            gains.setdefault(family, {}).setdefault(k, []).extend(own)
    for family, by_size in gains.items():
        for k, own in by_size.items():
            error = np.std(own) / np.sqrt(len(own))
            verdict = "best" if np.mean(own) > 0 else "equal" if np.mean(own) > -2 * error else "behind"
            print(
                f"{family}, {k or 'all'}: ours less the better peer {np.mean(own):+.3f} (se {error:.3f}): {verdict}"
            )
    rate = len(embedder.known) / embedder.seconds
    print(
        f"encoder: {len(embedder.known):,} sentences, {rate:.0f} a second of processor time; weights {embedder.own.sha256[:16]}"
    )


if __name__ == "__main__":
    main()
