"""The planted truths: what the hand-written sheets say, and what the master lets the build count. Only tests read it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from harbour_league_build.coders import Answers, estimate_alpha, find_disagreements
from harbour_league_build.master import Item


def list_lines(items: Sequence[Item]) -> list[dict[str, Any]]:
    """Return every item's intended score and points; null where nothing in it is about leavers."""
    return [
        {
            "item": item.id,
            "outlet": item.outlet,
            "date": item.date,
            "stance": item.stance,
            "points": list(item.stances),
        }
        for item in items
    ]


def list_translations(items: Sequence[Item]) -> list[dict[str, str]]:
    """Return which file translates which."""
    return [
        {"original": f"{i.folder}/{i.stem}.{i.format}", "translation": f"{i.folder}/{i.id}.en.txt"}
        for i in items
        if i.language == "ar"
    ]


def check_citations(
    citations: Sequence[Mapping[str, Any]], items: Mapping[str, Item], units: Mapping[str, str]
) -> None:
    """Raise ValueError where a listed citation is not in its item, or its expected verdict is not what the Charter says."""
    for row in citations:
        if row["words"] not in items[row["item"]].text():
            raise ValueError(f"{row['item']} does not contain {row['words']!r}")
        if _judge(row, units) != row["verdict"]:
            raise ValueError(f"{row['item']}: {row['ref']} is {_judge(row, units)}")


def sum_up_coders(answers: Sequence[Answers]) -> dict[str, Any]:
    """Return the coders' known agreement: counts, the ordinal alpha on paragraphs both decided, and the differences."""
    pairs = [
        (a.stance, b.stance)
        for a, b in zip(answers[::2], answers[1::2], strict=True)
        if a.stance is not None and b.stance is not None
    ]
    differing = [
        {"item": a.item, "paragraph": a.paragraph, a.coder: a.stance, b.coder: b.stance}
        for a, b in find_disagreements(answers)
    ]
    unclear = Counter(a.coder for a in answers if "unclear" in a.answers.values())
    return {
        "names": sorted({a.coder for a in answers}),
        "paragraphs": len(answers) // 2,
        "about_leavers": sum(a.answers["q1"] == "yes" for a in answers[::2]),
        "decided_by_both": len(pairs),
        "ordinal_alpha": round(estimate_alpha(pairs), 3),
        "unclear": dict(sorted(unclear.items())),
        "differing": differing,
    }


def _judge(row: Mapping[str, Any], units: Mapping[str, str]) -> str:
    words = row["words"]
    cited = " ".join(
        text for ref, text in units.items() if ref == row["ref"] or ref.startswith(f"{row['ref']}:")
    )
    if words in cited:
        whole = any(words == text.rstrip(".") and ref.startswith(row["ref"]) for ref, text in units.items())
        return "exact" if whole else "partial"
    stands = [ref for ref, text in units.items() if words in text]
    return "wrong reference" if stands == [row.get("stands_at")] else "altered"
