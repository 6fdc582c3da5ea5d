"""The index of a wording: a canon's text in one language, in all its spellings, ready to be matched.

Made once per set of editions and kept as a file named after their hash; what it holds are numbers, never code.
A word is a number; three words in a row are a key; a key leads to the places where the canon has them.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from bisect import bisect_right
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt
import platformdirs

from linewatch.find.canon.editions import Text
from linewatch.find.canon.words import Words, fold_word, spell_out, split

VERSION = "canon-index.v1"
GRAM = 3
WORTH_KEEPING = 1000
"""Units of an edition whose index is kept as a file; that of a charter is made in no time."""
Ints = npt.NDArray[np.int64]


class Index:
    """A wording: its units in order, and the numbers of its words in each spelling."""

    def __init__(self, name: str, texts: Sequence[Text], joins: str | None, kept: dict[str, Any]) -> None:
        self.name = name
        self.texts = tuple(texts)
        self.joins = joins
        self.refs: list[str] = str(kept["refs"]).split("\n")
        self.starts: list[int] = kept["starts"].tolist()
        """Where each unit's words begin in the stream; one more for the end."""
        self.vocabulary = {word: n for n, word in enumerate(str(kept["words"]).split("\n"))}
        self._streams: Ints = kept["streams"]
        self.keys: Ints = kept["keys"]
        self.places: Ints = kept["places"]

    @cached_property
    def streams(self) -> list[list[int]]:
        """The canon's words by number, once in each spelling."""
        rows: list[list[int]] = self._streams.tolist()
        return rows

    @cached_property
    def others(self) -> dict[int, tuple[int, ...]]:
        """The numbers of a word's other spellings, at the places that have some."""
        differing = np.flatnonzero((self._streams != self._streams[0]).any(axis=0))
        columns: list[list[int]] = self._streams[:, differing].T.tolist()
        return {place: tuple(set(column)) for place, column in zip(differing.tolist(), columns, strict=True)}

    @cached_property
    def unit_of(self) -> dict[str, int]:
        """The place of each unit in the order."""
        return {ref: n for n, ref in enumerate(self.refs)}

    @cached_property
    def words(self) -> list[str]:
        """The letters of each word, by number."""
        return list(self.vocabulary)

    @cached_property
    def counts(self) -> list[int]:
        """How often each word stands in the canon, by number."""
        found: list[int] = np.bincount(self._streams[0], minlength=len(self.vocabulary)).tolist()
        return found

    @property
    def size(self) -> int:
        """Return how many words the canon has."""
        return self.starts[-1]

    @property
    def is_arabic(self) -> bool:
        """Tell whether the wording is Arabic."""
        return self.texts[0].edition.language == "ar"

    def number(self, letters: Sequence[str]) -> list[int]:
        """Return the numbers of words; -1 for one that the canon does not have."""
        get = self.vocabulary.get
        return [get(word, -1) for word in letters]

    def find_word(self, word: int) -> list[int]:
        """Return the places where a word stands, in any spelling."""
        places: list[int] = np.flatnonzero((self._streams == word).any(axis=0)).tolist()
        return places

    def find_unit(self, place: int) -> int:
        """Return the unit that a place of the stream lies in."""
        return bisect_right(self.starts, place) - 1

    def get_raw(self, ref: str, spelling: int = 0) -> str:
        """Return a unit's text as an edition prints it."""
        return self.texts[spelling].units.get(ref, "")

    def find_keys(self, ids: Ints) -> tuple[Ints, Ints]:
        """Return, for each word that begins three known to the canon in a row, the range of `places` they have; empty ranges elsewhere."""
        if len(ids) < GRAM:
            empty = np.zeros(0, dtype=np.int64)
            return empty, empty
        grams = make_keys(ids, len(self.vocabulary))
        low = np.searchsorted(self.keys, grams, side="left")
        low[low == len(self.keys)] = 0
        high = np.where(self.keys[low] == grams, np.searchsorted(self.keys, grams, side="right"), low)
        return low, high


def make_keys(ids: Ints, size: int) -> Ints:
    """Return a number for each three words in a row; -1 where one of them is unknown."""
    one, two, three = ids[:-2], ids[1:-1], ids[2:]
    keys: Ints = np.where((one >= 0) & (two >= 0) & (three >= 0), (one * size + two) * size + three, -1)
    return keys


@lru_cache(maxsize=16)
def _get_kept(texts: tuple[tuple[str, str], ...], joins: str | None, loaded: _Loaded) -> Index:
    path = get_cache_folder() / f"{_hash(texts, joins)}.npz"
    kept = read_arrays(path, ("refs", "starts", "words", "streams", "keys", "places"))
    if kept is None:
        kept = build(loaded.texts, joins)
        if len(loaded.texts[0].units) > WORTH_KEEPING:
            write_arrays(path, kept)
    return Index(path.stem, loaded.texts, joins, kept)


class _Loaded:
    """Texts that travel beside their hashes: two are one for the cache."""

    def __init__(self, texts: tuple[Text, ...]) -> None:
        self.texts = texts

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Loaded)


def get_index(texts: Sequence[Text], joins: str | None = None) -> Index:
    """Return the index of editions that share a wording, from the file kept of it or made anew."""
    named = tuple((text.edition.name, text.edition.sha256) for text in texts)
    return _get_kept(named, joins, _Loaded(tuple(texts)))


def _hash(texts: tuple[tuple[str, str], ...], joins: str | None) -> str:
    return hashlib.sha256(repr((VERSION, texts, joins)).encode()).hexdigest()[:32]


def get_cache_folder() -> Path:
    """Return the folder of kept indexes, beside the other state where `LINEWATCH_STATE` names a place; it may be removed at any time."""
    state = os.environ.get("LINEWATCH_STATE")
    return (Path(state) if state else platformdirs.user_cache_path("linewatch")) / "canons"


def read_arrays(path: Path, names: Sequence[str]) -> dict[str, Any] | None:
    """Return the arrays kept in a file; None where it is absent or damaged."""
    try:
        with np.load(path, allow_pickle=False) as kept:
            return {name: kept[name] for name in names}
    except (OSError, ValueError, KeyError, BadZipFile, EOFError):
        return None  # absent or damaged: it is made anew


def write_arrays(path: Path, kept: dict[str, Any]) -> None:
    """Keep the index where that is possible: written beside and moved into place, so that nobody reads half of it."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".tmp", delete=False) as file:
            np.savez(file, **kept)
        Path(file.name).replace(path)


def build(texts: Sequence[Text], joins: str | None) -> dict[str, Any]:
    """Return the arrays of an index."""
    refs = list(texts[0].units)
    vocabulary: dict[str, int] = {}
    rows: list[list[list[str]]] = [split_unit(texts, ref, joins) for ref in refs]
    width = max((len(spellings) for spellings in rows), default=1)
    starts = np.cumsum([0, *(len(spellings[0]) for spellings in rows)])
    streams = np.zeros((width, int(starts[-1])), dtype=np.int64)
    for spelling in range(width):
        words = [word for spellings in rows for word in spellings[min(spelling, len(spellings) - 1)]]
        streams[spelling] = [vocabulary.setdefault(word, len(vocabulary)) for word in words]
    grams = [make_keys(stream, len(vocabulary)) for stream in streams]
    pairs = np.unique(
        np.concatenate([np.stack([keys, np.arange(len(keys))], axis=1) for keys in grams]), axis=0
    )
    return {
        "refs": np.array("\n".join(refs)),
        "starts": starts,
        "words": np.array("\n".join(vocabulary)),
        "streams": streams,
        "keys": np.ascontiguousarray(pairs[:, 0]),
        "places": np.ascontiguousarray(pairs[:, 1]),
    }


def split_unit(texts: Sequence[Text], ref: str, joins: str | None) -> list[list[str]]:
    """Return a unit's words by their letters, once in each spelling, all of one length."""
    own = cut_unit(texts[0], ref, joins)[1].letters
    if texts[0].edition.language != "ar":
        return [own]
    out = [own, [spell_out(raw) for raw in list_raw(texts[0], ref, joins)]]
    for text in texts[1:]:
        raws = list_raw(text, ref, joins)
        out += [fit([fold(raw) for raw in raws], own) for fold in (fold_word, spell_out)]
    return out


def list_raw(text: Text, ref: str, joins: str | None) -> list[str]:
    """Return a unit's words as printed; a vocative is one word with what it calls, the space between taken out."""
    printed, words = cut_unit(text, ref, joins)
    return ["".join(printed[a:b].split()) for a, b in zip(words.starts, words.ends, strict=True)]


def cut_unit(text: Text, ref: str, joins: str | None) -> tuple[str, Words]:
    """Return a unit's text and words, without the unit that editions print before it (the basmala before a sura)."""
    printed = text.units.get(ref, "")
    words = split(printed)
    if joins and ref != joins and ref.endswith(":1"):
        opening = split(text.units.get(joins, "")).letters
        if opening and words.letters[: len(opening)] == opening and len(words) > len(opening):
            words = words.cut(len(opening), len(words))
    return printed, words


def fit(words: list[str], own: list[str]) -> list[str]:
    """Return the words of another spelling in the places of one's own; where they are cut otherwise, one's own."""
    if len(words) == len(own):
        return words
    out = list(own)
    for tag, a, b, c, d in SequenceMatcher(None, own, words, autojunk=False).get_opcodes():
        if tag == "replace" and b - a == d - c:
            out[a:b] = words[c:d]
    return out
