"""What the few-shot classifier sees of a passage, and the classifier itself; the benchmark measures exactly these."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from linewatch.code.machines.embedder import Embedder, embed_passages
from linewatch.text.folding import fold

C = 10.0
"""The inverse strength of regularisation, chosen on FOMC sentences before 2008 and never on a case."""


def make_features(texts: Sequence[str], embedder: Embedder) -> Any:
    """Return a sparse row a passage: its embedding, its words alone and in pairs, its runs of 3 to 5 letters.

    How rare a word is comes from all the passages, the unlabelled too; no answer is looked at.
    """
    from scipy.sparse import csr_matrix, hstack

    vectors = csr_matrix(embed_passages(embedder, texts))
    return hstack([vectors, *_weigh_words([fold(text) for text in texts])]).tocsr()


def _weigh_words(texts: Sequence[str]) -> list[Any]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"\w+")  # noqa: S106 - a pattern of words
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    return [one.fit_transform(texts) for one in (words, letters)] if any(texts) else []


def turn_features(features: Any, known: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """Return the rows in the space that the known rows span: a regularised linear model of those is the same, far quicker.

    What is learnt is a sum of the rows learnt from (Schölkopf, Herbrich & Smola 2001), so turning the axes into their span loses
    nothing: some hundred columns instead of tens of thousands.
    """
    from scipy.linalg import eigh

    own = features[known]
    squares, axes = eigh((own @ own.T).toarray())
    kept = squares > squares[-1] * 1e-10
    turned: npt.NDArray[np.float64] = (features @ own.T).toarray() @ (axes[:, kept] / np.sqrt(squares[kept]))
    return turned


def train(features: Any, labels: npt.NDArray[Any]) -> Any:
    """Return a logistic regression on these rows, each class given the same weight."""
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=C, max_iter=1000, class_weight="balanced").fit(features, labels)


def score(model: Any, features: Any) -> npt.NDArray[np.float64]:
    """Return the log-odds of the second class, a row each."""
    scores: npt.NDArray[np.float64] = np.asarray(model.decision_function(features), np.float64)
    return scores
