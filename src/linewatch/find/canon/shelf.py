"""A canon opened for checking: its wordings with their indexes, and references in and out of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache

from linewatch.find.canon.editions import Text, list_texts
from linewatch.find.canon.index import Index, cut_unit, fit, get_index, list_raw
from linewatch.find.canon.near import Neighbours, get_neighbours
from linewatch.find.canon.quoted import read_quoted
from linewatch.find.canon.words import fold_word, is_arabic
from linewatch.model import Canon

_LIST = re.compile(r"\s*[,;،]\s*")
_RANGE = re.compile(r"(?:(?P<head>.+?):)?(?P<verse>\d+)[a-z]?(?:-(?:(?P<head2>\d+):)?(?P<until>\d+)[a-z]?)?")
_MOST = 400
_ARABIC = frozenset({"ar", "fa", "ur"})
_LATIN = re.compile(r"[A-Za-z]")


class Wording:
    """Editions that are spellings of one text, and what is known of each of its words."""

    def __init__(self, canon: Canon, texts: Sequence[Text]) -> None:
        self.canon = canon
        self.texts = tuple(texts)
        self.index: Index = get_index(texts, canon.joins if texts[0].edition.language == "ar" else None)
        edition = texts[0].edition
        self.language = edition.language
        self.is_original = edition.translator is None and edition.language == canon.language
        self._raws: dict[int, list[tuple[str, ...]]] = {}
        self._asides: dict[int, frozenset[int]] = {}

    @property
    def name(self) -> str:
        """Return the name of the first edition."""
        return self.texts[0].edition.name

    def get_raws(self, place: int) -> tuple[str, ...]:
        """Return the canon's word at a place as each edition prints it."""
        unit = self.index.find_unit(place)
        if unit not in self._raws:
            self._raws[unit] = self._list_raws(unit)
        return self._raws[unit][place - self.index.starts[unit]]

    def _list_raws(self, unit: int) -> list[tuple[str, ...]]:
        ref, joins = self.index.refs[unit], self.index.joins
        own = list_raw(self.texts[0], ref, joins)
        letters = [fold_word(raw) for raw in own]
        columns = [own]
        for text in self.texts[1:]:
            raws = list_raw(text, ref, joins)
            fitted = fit([fold_word(raw) for raw in raws], letters)
            columns.append(
                raws
                if len(raws) == len(own)
                else [own[n] if fitted[n] == letters[n] else fitted[n] for n in range(len(own))]
            )
        return [tuple(dict.fromkeys(column)) for column in zip(*columns, strict=True)]

    def is_aside(self, place: int) -> bool:
        """Tell whether the word at a place stands in the edition's own brackets."""
        if self.index.is_arabic:
            return False
        unit = self.index.find_unit(place)
        if unit not in self._asides:
            self._asides[unit] = read_quoted(self.index.get_raw(self.index.refs[unit])).glosses
        return place - self.index.starts[unit] in self._asides[unit]

    def cut(self, place: int, end: int) -> str:
        """Return the canon's words `place:end` as the first edition prints them."""
        out = []
        unit = self.index.find_unit(place)
        while place < end:
            low, high = self.index.starts[unit], min(end, self.index.starts[unit + 1])
            if place < high:
                printed, words = cut_unit(self.texts[0], self.index.refs[unit], self.index.joins)
                out.append(printed[words.starts[place - low] : words.ends[high - low - 1]])
            place, unit = high, unit + 1
        return " ".join(out)

    def get_text(self, first: int, last: int) -> str:
        """Return the units `first..last` as the first edition prints them."""
        return " ".join(self.index.get_raw(self.index.refs[unit]) for unit in range(first, last + 1))

    def name_ref(self, first: int, last: int) -> str:
        """Return the reference of the units `first..last`."""
        refs = self.index.refs
        if first == last:
            return refs[first]
        (head, _, verse), (head2, _, verse2) = refs[first].rpartition(":"), refs[last].rpartition(":")
        return (
            f"{head}:{verse}-{verse2}"
            if head == head2
            else f"{head}:{verse}-{head2.rpartition(' ')[2]}:{verse2}"
        )

    def find_units(self, ref: str) -> list[int]:
        """Return the units a reference names, in order: one, a range, a list, a whole chapter; none where it is not in the edition."""
        known = self.index.unit_of
        if ref in known:
            return [known[ref]]
        if ":" not in ref:
            return self._chapters.get(ref, [])
        out: list[int] = []
        head = ""
        for part in _LIST.split(ref):
            hit = _RANGE.fullmatch(part.strip())
            if hit is None:
                return []
            head = hit["head"] or head
            until_head = f"{head.rpartition(' ')[0]} {hit['head2']}".strip() if hit["head2"] else head
            first, last = (
                known.get(f"{head}:{int(hit['verse'])}"),
                known.get(f"{until_head}:{int(hit['until'] or hit['verse'])}"),
            )
            if first is None or last is None or not first <= last <= first + _MOST:
                return []
            out += range(first, last + 1)
        return out

    @cached_property
    def _chapters(self) -> dict[str, list[int]]:
        chapters: dict[str, list[int]] = {}
        for unit, ref in enumerate(self.index.refs):
            chapters.setdefault(ref.rpartition(":")[0], []).append(unit)
        return chapters


class Shelf:
    """A canon's wordings."""

    def __init__(self, canon: Canon) -> None:
        self.canon = canon
        groups: dict[str, list[Text]] = {}
        for text in list_texts(canon):
            edition = text.edition
            groups.setdefault(f"{edition.language} {edition.wording or edition.name}", []).append(text)
        self.wordings = tuple(Wording(canon, texts) for texts in groups.values())

    def choose(self, text: str) -> tuple[Wording, ...]:
        """Return the wordings in the script of a text."""
        arabic = is_arabic(text)
        return tuple(one for one in self.wordings if (one.language in _ARABIC) == arabic)

    def choose_all(self, text: str) -> tuple[Wording, ...]:
        """Return the wordings that may be quoted in a text: those in a script that it holds."""
        arabic, latin = is_arabic(text), _LATIN.search(text) is not None
        return tuple(one for one in self.wordings if (arabic if one.language in _ARABIC else latin))

    def find_neighbours(self, wordings: Sequence[Wording]) -> Neighbours:
        """Return the neighbours among these wordings."""
        return get_neighbours(tuple(one.index for one in wordings))


@lru_cache(maxsize=16)
def _open(_named: tuple[object, ...], canon: _Held) -> Shelf:
    return Shelf(canon.canon)


class _Held:
    def __init__(self, canon: Canon) -> None:
        self.canon = canon

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)


def open_canon(canon: Canon) -> Shelf:
    """Return a canon opened for checking; the last few are kept."""
    named = (
        canon.name,
        canon.edition,
        len(canon.units),
        hash(frozenset(canon.units.items())),
        tuple((one.name, one.sha256) for one in canon.editions),
    )
    return _open(named, _Held(canon))
