"""A parsed piece of text as plain lists: each word, its head, what it is to its head, and the stretch of words below it."""

from __future__ import annotations

from collections.abc import Iterator

from linewatch.find.parsing import Parsed

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
# "insisted it was early, adding": a verb that hangs on another takes no "it" for its subject.
_EMPTY = frozenset({"it", "there", "that", "this"})
_BEFORE_VERB = frozenset({"aux", "auxpass", "neg", "advmod"})


class Tree:
    """The words of one piece; places in it are numbers of words, `starts` and `ends` are offsets of the document."""

    def __init__(self, parsed: Parsed) -> None:
        doc = parsed.doc
        self.words: list[str] = [token.text for token in doc]
        self.lows = [word.lower() for word in self.words]
        self.deps: list[str] = [token.dep_ for token in doc]
        self.heads = [int(head) for head in doc.to_array(["HEAD"]).astype("int32").ravel()]
        self.heads = [at + step for at, step in enumerate(self.heads)]
        self.starts: list[int] = [parsed.offset + token.idx for token in doc]
        self.ends = [start + len(word) for start, word in zip(self.starts, self.words, strict=True)]
        self.kids: list[list[int]] = [[] for _ in self.words]
        self.low = list(range(len(self.words)))
        self.high = list(range(len(self.words)))
        for at, head in enumerate(self.heads):
            if head != at:
                self.kids[head].append(at)
        for at in range(len(self.words)):
            self._widen(at)

    def _widen(self, at: int) -> None:
        """Let the stretch of every word above this one reach to it."""
        over = at
        for _ in range(len(self.words)):
            above = self.heads[over]
            if above == over or (self.low[above] <= at <= self.high[above]):
                return
            self.low[above], self.high[above] = min(self.low[above], at), max(self.high[above], at)
            over = above

    def list_kids(self, at: int, *deps: str) -> list[int]:
        """Return the words directly below one that are this or that to it, in order."""
        return [kid for kid in self.kids[at] if self.deps[kid] in deps]

    def find_kid(self, at: int, *deps: str) -> int | None:
        """Return the first word directly below one that is this or that to it."""
        return next(iter(self.list_kids(at, *deps)), None)

    def find_subject(self, at: int) -> int | None:
        """Return the subject of a verb: its own, or that of the verb that it is joined to or hangs on."""
        hangs = False
        for _ in range(6):
            own = next((kid for kid in self.kids[at] if self.deps[kid] in _SUBJECTS), None)
            if own is not None and (own > at or self.lows[own] not in _EMPTY or not hangs):
                return own
            hangs = True
            if (
                self.deps[at] not in {"conj", "xcomp", "advcl", "pcomp", "prep", "ccomp"}
                or self.heads[at] == at
            ):
                return None
            at = self.heads[at]
        return None

    def find_group(self, at: int) -> tuple[int, int]:
        """Return where a verb with its auxiliaries, "not", adverbs and particle begins and ends."""
        first = at
        while first > 0 and self.heads[first - 1] == at and self.deps[first - 1] in _BEFORE_VERB:
            first -= 1
        last = at
        if last + 1 < len(self.words) and self.heads[last + 1] == at and self.deps[last + 1] == "prt":
            last += 1
        return first, last

    def find_root(self, at: int) -> int:
        """Return the topmost word of a word's sentence."""
        while self.heads[at] != at:
            at = self.heads[at]
        return at

    def find_place(self, offset: int) -> int:
        """Return the number of the first word that ends after an offset."""
        low, high = 0, len(self.words)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self.ends[middle] <= offset else (low, middle)
        return low

    def walk(self) -> Iterator[tuple[int, str, str]]:
        """Yield each place with its word in lower case and what it is to its head."""
        yield from zip(range(len(self.words)), self.lows, self.deps, strict=True)
