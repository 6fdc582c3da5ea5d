"""Mentions of persons, organisations and places on re3d's dev part, beside the bare model in the same run; and alias pairs.

Gold mentions are those with a confidence of a half or more; many are descriptions ("the new government") that neither side looks
for, so names (the last word begins with a capital) are told apart. An alias pair is right where both names stand in one gold relation.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Sequence
from typing import Any

from finding_scores import SHARED, Pair, Score, read_list, tell_missing
from linewatch.find.base import Reading
from linewatch.find.canons import load_canons
from linewatch.find.parsing import cut_text, load_model
from linewatch.find.registry import find_all
from linewatch.model import Alias, Finding, Mention
from linewatch.read.registry import read_bytes
from linewatch.settings import get_model_name
from linewatch.text.spans import count_words

PATH = SHARED / "bench" / "re3d" / "re3d.json.gz"
_GOLD = {"Person": "person", "Organisation": "organisation", "Location": "place"}
_BARE = {"PERSON": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "FAC": "place"}

Typed = tuple[int, int, str]


def list_gold(entry: dict[str, Any], *, names: bool) -> set[Typed]:
    """Return the gold mentions of a text, only those that are names where asked."""
    return {
        (start, end, _GOLD[kind])
        for start, end, kind, words, confidence in entry["entities"]
        if kind in _GOLD and confidence >= 0.5 and entry["text"][start:end] == words
        if not names or words.split()[-1][:1].isupper()
    }


def find_ours(entry: dict[str, Any]) -> tuple[Finding, ...]:
    """Return what is found in a text."""
    document = read_bytes(entry["text"].encode(), "text.txt")
    return find_all(Reading(document=document, canons=load_canons(None)))


def list_ours(found: Iterable[Finding]) -> set[Typed]:
    """Return our mentions, an outlet told as an organisation."""
    return {
        (one.span.start, one.span.end, "organisation" if one.value.kind == "outlet" else one.value.kind)
        for one in found
        if isinstance(one.value, Mention)
    }


def list_bare(entry: dict[str, Any]) -> set[Typed]:
    """Return what the model alone names."""
    model = load_model(get_model_name())
    return {
        (offset + entity.start_char, offset + entity.end_char, _BARE[entity.label_])
        for offset, piece in cut_text(entry["text"])
        for entity in model(piece).ents
        if entity.label_ in _BARE
    }


def add(scores: dict[str, Score], found: set[Typed], gold: set[Typed]) -> None:
    """Count in exact spans with their kind, and relaxed ones kind by kind."""
    scores["exact"].add_sets(found, gold)
    for kind in ("person", "organisation", "place"):
        spans: Sequence[set[Pair]] = [{(a, b) for a, b, one in side if one == kind} for side in (found, gold)]
        scores["relaxed"].add_relaxed(*spans)
        scores[kind].add_sets(*spans)


def measure(show: int) -> None:
    """Print both systems' figures over the same texts."""
    entries = read_list(PATH)
    words = sum(count_words(entry["text"]) for entry in entries)
    found: dict[str, list[set[Typed]]] = {"the bare model": [], "ours": []}
    started = time.process_time()
    found["the bare model"] = [list_bare(entry) for entry in entries]
    alone = time.process_time() - started
    started = time.process_time()
    findings = [find_ours(entry) for entry in entries]
    found["ours"] = [list_ours(one) for one in findings]
    spent = time.process_time() - started
    print(
        f"re3d, dev: {len(entries)} texts, {words:,} words; bare {words / alone:,.0f}, ours {words / spent:,.0f} words per second"
    )
    for names in (False, True):
        for system, mentions in found.items():
            scores = {name: Score() for name in ("exact", "relaxed", "person", "organisation", "place")}
            for entry, one in zip(entries, mentions, strict=True):
                add(scores, one, list_gold(entry, names=names))
            for name, score in scores.items():
                print(f"  {'names' if names else 'all':5} {system:14} {name:12} {score}")
    _measure_aliases(entries, findings)
    _show(entries, found["ours"], show)


def _measure_aliases(entries: Sequence[dict[str, Any]], findings: Sequence[Sequence[Finding]]) -> None:
    score, named = Score(), Score()
    for entry, found in zip(entries, findings, strict=True):
        gold = {
            frozenset((_fold(one[2]), _fold(one[6])))
            for one in entry["relations"]
            if one[3] in {"IsSynonymOf", "IsTheSameAs", "SameAs"}
            and one[-1] >= 0.5
            and _fold(one[2]) != _fold(one[6])
        }
        ours = {
            frozenset((_fold(one.value.name), _fold(other)))
            for one in found
            if isinstance(one.value, Alias)
            for other in one.value.aka
            if _fold(one.value.name) != _fold(other)
        }
        score.add_sets(ours, gold)
        told = {
            frozenset((_fold(one[2]), _fold(one[6])))
            for one in entry["relations"]
            if one[3] == "IsSynonymOf" and one[-1] >= 0.5 and _is_name(one[2]) and _is_name(one[6])
        }
        named.add_sets(ours & (told | (ours - gold)), told)
    print(f"  alias pairs, all of the gold's (most name an office)    {score}")
    print(f"  alias pairs of two names that are not offices           {named}")


def _is_name(words: str) -> bool:
    """Tell whether every longer word has a capital and none is an office: `HMS Ocean`, not "the spokesman"."""
    longer = [word for word in words.split() if len(word) > 3]
    offices = {"minister", "secretary", "commander", "director", "president", "representative"}
    return words[:1].isupper() and all(word[:1].isupper() and word.lower() not in offices for word in longer)


def _fold(name: str) -> str:
    return " ".join(name.lower().removeprefix("the ").split()).strip(" .,'\"“”")


def _show(entries: Sequence[dict[str, Any]], found: Sequence[set[Typed]], show: int) -> None:
    for entry, ours in zip(entries, found, strict=True):
        gold = list_gold(entry, names=True)
        for start, end, kind in sorted(ours ^ gold):
            if show <= 0:
                return
            show -= 1
            side = "MISSED" if (start, end, kind) in gold else "TOO MUCH"
            text = entry["text"]
            print(
                f"{side} {kind}: {text[max(0, start - 50) : start]!r}>>>{text[start:end]}<<<{text[end : end + 40]!r}"
            )


def main(show: int = 0) -> None:
    """Measure where the texts are there."""
    if not tell_missing(PATH, "re3d"):
        measure(show)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
