"""Quoted words beside one stretch of a wording: what is the same, what differs and how, what is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from linewatch.find.canon.align import Pair, align
from linewatch.find.canon.marks import compare_marks
from linewatch.find.canon.quoted import Quoted
from linewatch.find.canon.shelf import Wording
from linewatch.find.canon.words import MARKS, WORD
from linewatch.model import Difference

_UNMARK = dict.fromkeys(
    (*range(0x610, 0x61B), 0x640, *range(0x64B, 0x660), 0x670, *range(0x6D6, 0x6EE), *range(0x8D3, 0x900))
)
_SPELLED = {**_UNMARK, ord("ٱ"): "ا"}
FAULTS = frozenset({"changed", "slip", "added", "missing", "vowel-marks"})
_MOST = 60


class Compared(NamedTuple):
    """How quoted words stand to units of a wording."""

    wording: Wording
    first: int
    last: int
    """The units that the words touch."""
    start: int
    end: int
    """The places of the stream that they touch."""
    whole: tuple[int, int]
    """The places of the units they touch, or of the reference they were set beside."""
    differences: tuple[Difference, ...]
    left_out: tuple[str, str, str]
    same: int
    slips: int
    wrong: int
    total: int

    @property
    def quality(self) -> float:
        """Return the share of words that are the canon's, a slip of the pen counted half."""
        return (self.same + 0.5 * self.slips) / max(self.total, 1)

    @property
    def is_clean(self) -> bool:
        """Tell whether every word is the canon's, whatever is left out with a mark or at the ends."""
        return not any(one.kind in FAULTS for one in self.differences)

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing is left out."""
        return not any(self.left_out)

    @property
    def ref(self) -> str:
        """Return the reference of the units touched."""
        return self.wording.name_ref(self.first, self.last)


class Beside(NamedTuple):
    """Quoted words set beside units, word by word; what differs in the words that are the same is not told yet."""

    wording: Wording
    quoted: Quoted
    pairs: tuple[Pair, ...]
    start: int
    stop: int
    whole: tuple[int, int]
    inside: tuple[Pair, ...]
    """What is left out inside, without the edition's own brackets."""
    same: int
    slips: int
    wrong: int
    total: int

    @property
    def quality(self) -> float:
        """Return the share of words that are the canon's, a slip of the pen counted half: 1 where every word is."""
        return (self.same + 0.5 * self.slips) / max(self.total, 1)


def set_beside(
    wording: Wording, quoted: Quoted, first: int, last: int, *, claimed: bool = False
) -> Beside | None:
    """Return the words beside the units `first..last`; None where they touch none of them."""
    index = wording.index
    place, end = index.starts[first], index.starts[last + 1]
    pairs = align(index, quoted.words, place, end)
    touched = [pair for pair in pairs if pair.kind in {"same", "slip", "changed"}]
    if not touched:
        return None
    start, stop = touched[0].place, touched[-1].end
    units = index.find_unit(start), index.find_unit(stop - 1)
    whole = (place, end) if claimed else (index.starts[units[0]], index.starts[units[1] + 1])
    inside = [pair for pair in pairs if pair.kind == "missing" and start < pair.place < stop]
    inside = [pair for pair in inside if not all(wording.is_aside(at) for at in range(pair.place, pair.end))]
    dropped = sum(pair.end - pair.place for pair in inside if pair.first not in quoted.cuts)
    counted = dict.fromkeys(("same", "slip", "changed", "added", "missing"), 0)
    for pair in pairs:
        counted[pair.kind] += pair.last - pair.first
    glossed = sum(pair.last - pair.first for pair in pairs if _is_gloss(pair, quoted))
    wrong = counted["changed"] + counted["added"] - glossed + dropped
    total = len(quoted.words) - glossed + min(4, dropped)
    return Beside(
        wording, quoted, tuple(pairs), start, stop, whole, tuple(inside), counted["same"], counted["slip"], wrong, total
    )  # fmt: skip


def compare(
    wording: Wording, quoted: Quoted, first: int, last: int, *, claimed: bool = False
) -> Compared | None:
    """Return how the words stand to the units `first..last`; None where they touch none of them."""
    beside = set_beside(wording, quoted, first, last, claimed=claimed)
    return tell_differences(beside) if beside is not None else None


def tell_differences(beside: Beside) -> Compared:
    """Return how words stand to the units they were set beside: what differs and what is left out."""
    wording, quoted, start, stop, whole = (
        beside.wording,
        beside.quoted,
        beside.start,
        beside.stop,
        beside.whole,
    )
    differences = tuple(_list_differences(wording, quoted, beside.pairs, start, stop))
    touched = next(pair for pair in beside.pairs if pair.kind in {"same", "slip", "changed"})
    call = _find_call(wording, quoted, touched)
    if call:
        differences = tuple(one for one in differences if not one.canon.startswith(call))
    differences = differences or _compare_points(wording, quoted, start, stop)
    head = wording.cut(whole[0], start) if start > whole[0] else ""
    left_out = (
        " ".join(part for part in (head, call) if part),
        " … ".join(wording.cut(pair.place, pair.end) for pair in beside.inside),
        wording.cut(stop, whole[1]) if stop < whole[1] else "",
    )
    units = wording.index.find_unit(start), wording.index.find_unit(stop - 1)
    counts = beside.same, beside.slips, beside.wrong, beside.total
    return Compared(wording, *units, start, stop, whole, differences, left_out, *counts)


def _find_call(wording: Wording, quoted: Quoted, first: Pair) -> str:
    """Return the vocative that a quotation leaves out before its first word, as in `you who believe` for `O you who believe`."""
    ours = quoted.words.letters[first.first]
    if first.kind != "same" or wording.index.words[wording.index.streams[0][first.place]] != f"يا{ours}":
        return ""
    return wording.cut(first.place, first.end).split()[0]


def _compare_points(wording: Wording, quoted: Quoted, start: int, stop: int) -> tuple[Difference, ...]:
    """Return, for a translation or a charter quoted in the same words, where the punctuation differs inside; ends are the quoter's."""
    if wording.index.is_arabic or quoted.cuts:
        return ()
    ours, theirs = _trim(quoted.text), _trim(wording.cut(start, stop))
    return () if ours == theirs else (Difference(kind="punctuation", quoted=ours, canon=theirs),)


def _trim(words: str) -> str:
    plain = " ".join(words.translate(_QUOTES).split()).strip("\"',;:!?.-() []")
    return plain[:1].casefold() + plain[1:]


_QUOTES = {
    ord("“"): '"',
    ord("”"): '"',
    ord("‘"): "'",
    ord("’"): "'",
    ord("`"): "'",
    ord("–"): "-",
    ord("—"): "-",
}


def _is_gloss(pair: Pair, quoted: Quoted) -> bool:
    return pair.kind == "added" and all(n in quoted.glosses for n in range(pair.first, pair.last))


def _list_differences(
    wording: Wording, quoted: Quoted, pairs: Sequence[Pair], start: int, stop: int
) -> Iterator[Difference]:
    for pair in pairs:
        if pair.kind == "missing":
            if start < pair.place < stop and pair.first not in quoted.cuts:
                aside = all(wording.is_aside(at) for at in range(pair.place, pair.end))
                yield Difference(
                    kind="bracket" if aside else "missing",
                    quoted="",
                    canon=wording.cut(pair.place, pair.end),
                    owner="translator" if aside else None,
                )
            continue
        ours = quoted.text[quoted.words.starts[pair.first] : quoted.words.ends[pair.last - 1]]
        if pair.kind == "added":
            gloss = _is_gloss(pair, quoted)
            yield Difference(
                kind="bracket" if gloss else "added", quoted=ours, canon="", owner="quoter" if gloss else None
            )
        elif pair.kind in {"slip", "changed"}:
            yield Difference(
                kind="slip" if pair.kind == "slip" else "changed",
                quoted=ours,
                canon=wording.cut(pair.place, pair.end),
            )
        elif (kind := _compare_same(wording, ours, pair)) is not None:
            yield Difference(kind=kind, quoted=ours, canon=wording.cut(pair.place, pair.end))


def _compare_same(
    wording: Wording, ours: str, pair: Pair
) -> Literal["spelling", "vowel-marks", "marks-left-out"] | None:
    """Return how a word of the same letters differs in marks or spelling; None where an edition prints it so."""
    if pair.end - pair.place != 1:
        return "spelling"
    raws = wording.get_raws(pair.place)
    printed = "".join(ours.split())
    if not wording.index.is_arabic:
        plain = [raw.casefold().replace("’", "'") for raw in raws]
        return None if printed.casefold().replace("’", "'") in plain else "spelling"
    marking = compare_marks(printed, raws)
    if marking == "contrary":
        return "vowel-marks"
    if printed.translate(_SPELLED) not in {raw.translate(_SPELLED) for raw in raws}:
        return "spelling"
    return "marks-left-out" if marking == "missing" else None


__all__ = ["FAULTS", "MARKS", "WORD", "Beside", "Compared", "compare", "set_beside", "tell_differences"]
