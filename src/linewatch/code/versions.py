"""What changed between two wordings of a codebook, which answers are stale for it, and which still count.

An answer counts where its question means what it meant; a code that was not marked is a no only where the codebook asked for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

import msgspec

from linewatch.code.codebook import SKIP
from linewatch.model import Code, Codebook, Crosswalk, Judgement, Question, Value, get_id

UNCLEAR = "unclear"
Kind = Literal["added", "removed", "changed", "reworded"]
Key = tuple[str, str]
"""A passage and a coder."""


class Change(Value, frozen=True, kw_only=True):
    """A part of a codebook that is not what it was."""

    part: str
    """A question's or a code's id, the scale's name, or `rules`."""
    kind: Kind
    """`reworded` where a crosswalk says that it means what it meant."""


class Counted(Value, frozen=True, kw_only=True):
    """The answers as they count under a codebook, and those that do not."""

    judgements: tuple[Judgement, ...]
    stale: dict[str, tuple[str, ...]]
    """For each question or code, the passages that need coding anew."""

    @property
    def passages(self) -> tuple[str, ...]:
        """Return the passages of which anything needs coding anew."""
        return tuple(sorted({one for passages in self.stale.values() for one in passages}))


def digest_parts(codebook: Codebook) -> dict[str, str]:
    """Return a digest of what each question, code and the scale's points mean to a coder; examples are no part of it."""
    parts = {one.id: get_id(one.text, one.include, one.exclude) for one in codebook.questions}
    parts |= {one.id: get_id(one.name, one.include, one.exclude) for one in codebook.codes}
    scale = codebook.scale
    return parts | {scale.name: get_id(sorted(scale.points.items()), sorted(scale.anchors.items()))}


def list_changes(old: Codebook, new: Codebook) -> tuple[Change, ...]:
    """Return what was added, removed, changed or reworded from one codebook to another, and whether the derivation was."""
    before, after, same = digest_parts(old), digest_parts(new), find_crosswalk(old, new).same
    changes = [Change(part=one, kind="removed") for one in before if one not in after]
    for part, digest in after.items():
        if part not in before:
            changes.append(Change(part=part, kind="added"))
        elif before[part] != digest:
            changes.append(Change(part=part, kind="reworded" if part in same else "changed"))
    if old.scale.rules != new.scale.rules:
        changes.append(Change(part="rules", kind="changed"))
    return tuple(changes)


def find_crosswalk(old: Codebook, new: Codebook) -> Crosswalk:
    """Return what a codebook says became of an earlier one; an empty one where it says nothing."""
    known = (one for one in new.crosswalk if one.earlier == old.name or old.digest.startswith(one.earlier))
    return next(known, Crosswalk(earlier=old.name))


def count_answers(
    codebook: Codebook, versions: Mapping[str, Codebook], judgements: Iterable[Judgement]
) -> Counted:
    """Return the answers as they count under a codebook, given the codebooks by digest that they were given under.

    Answers without a digest, or under a codebook that was not kept, are taken as they are if they bear its name.
    """
    kept: list[Judgement] = []
    stale: dict[str, set[str]] = {}
    digest = codebook.digest
    for (passage, _), rows in _group(judgements).items():
        for old, own in _split_by_version(codebook, digest, versions, rows):
            if old is None:
                kept += [one for one in own if one.codebook == codebook.name]
                continue
            counted, lost = _carry(codebook, old, own)
            kept += counted
            for part in lost:
                stale.setdefault(part, set()).add(passage)
    return Counted(
        judgements=tuple(kept), stale={part: tuple(sorted(passages)) for part, passages in stale.items()}
    )


def _group(judgements: Iterable[Judgement]) -> dict[Key, list[Judgement]]:
    grouped: dict[Key, list[Judgement]] = {}
    for one in judgements:
        grouped.setdefault((one.passage, one.coder), []).append(one)
    return grouped


def _split_by_version(
    codebook: Codebook, digest: str, versions: Mapping[str, Codebook], rows: list[Judgement]
) -> Iterator[tuple[Codebook | None, list[Judgement]]]:
    """Yield each earlier codebook with the rows given under it; None for those that count as they are.

    `digest` is the codebook's own, worked out once for all rows.
    Where a coder has answered under the codebook itself, of what came before only questions not asked again count.
    """
    by_digest: dict[str | None, list[Judgement]] = {}
    for one in rows:
        by_digest.setdefault(one.digest, []).append(one)
    current = by_digest.pop(digest, [])
    said = {one.question for one in current}
    yield None, current
    for earlier, own in by_digest.items():
        old = versions.get(earlier or "")
        left = [one for one in own if one.question not in said]
        if old is None:
            yield None, left
        elif old.name == codebook.name or find_crosswalk(old, codebook) in codebook.crosswalk:
            yield old, [one for one in left if not (current and one.question in _name_codes(old))]


def _name_codes(codebook: Codebook) -> set[str]:
    return {code.id for code in codebook.codes}


def _carry(codebook: Codebook, old: Codebook, rows: list[Judgement]) -> tuple[list[Judgement], list[str]]:
    """Return one coder's rows on one passage as they count now, and the questions and codes that are lost."""
    before, after, walk = digest_parts(old), digest_parts(codebook), find_crosswalk(old, codebook)

    def means_the_same(part: str) -> bool:
        return part in walk.same or before.get(part) == after.get(part)

    codes = _name_codes(old)
    asked = [
        one for one in rows if one.question not in codes and (one.question in after or one.question == SKIP)
    ]
    kept = [_restate(one, codebook) for one in asked if one.question == SKIP or means_the_same(one.question)]
    lost = [one.question for one in asked if one.question != SKIP and not means_the_same(one.question)]
    if not asked or any(one.question == SKIP for one in rows):
        return kept, lost
    marked = {one.question for one in rows if one.question in codes and one.value == "yes"}
    unclear = {one.question for one in rows if one.question in codes and one.value not in {"yes", "no"}}
    for code in codebook.codes:
        value = _carry_code(
            code.id, walk, marked, unclear, known=code.id in before and means_the_same(code.id)
        )
        if value is not None:
            kept.append(_restate(asked[-1], codebook, question=code.id, value=value))
        if value == UNCLEAR and code.id not in unclear:
            lost.append(code.id)
    return kept, lost


def _carry_code(
    code: str, walk: Crosswalk, marked: set[str], unclear: set[str], *, known: bool
) -> str | None:
    """Return what a code is now: yes, unclear where it must be coded anew, None for a no that needs no row."""
    parents = [one for one, became in walk.split.items() if code in became]
    if parents:
        return UNCLEAR if any(one in marked or one in unclear for one in parents) else None
    held = walk.merged.get(code, (code,) if known else ())
    if not held or any(one in unclear for one in held):
        return UNCLEAR
    return "yes" if any(one in marked for one in held) else None


def _restate(row: Judgement, codebook: Codebook, **fields: str) -> Judgement:
    """Return a row as it counts under a codebook: a reading of what is kept, never kept itself."""
    if fields:
        return msgspec.structs.replace(row, codebook=codebook.name, low=None, high=None, **fields)
    return msgspec.structs.replace(row, codebook=codebook.name)


def tell_changes(old: Codebook, new: Codebook) -> list[str]:
    """Return each change on a line, the words before and after where there are both."""
    before, after = _index(old), _index(new)
    told = []
    for one in list_changes(old, new):
        told.append(f"{one.part}: {one.kind}")
        for sign, words in (("-", before.get(one.part)), ("+", after.get(one.part))):
            if words and one.kind in {"changed", "reworded"}:
                told.append(f"  {sign} {words}")
    return told


def _index(codebook: Codebook) -> dict[str, str]:
    parts: tuple[Question | Code, ...] = (*codebook.questions, *codebook.codes)
    return {one.id: _tell_part(one) for one in parts}


def _tell_part(part: Question | Code) -> str:
    words = part.text if isinstance(part, Question) else part.name
    bounds = [
        f"{name}: {text}" for name, text in (("yes for", part.include), ("not for", part.exclude)) if text
    ]
    return "; ".join([words, *bounds])
