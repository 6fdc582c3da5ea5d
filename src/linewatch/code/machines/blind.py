"""What a language model must not know of a passage: whose it is. Names of the organisation and of outlets give way to plain words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

ORGANISATION, OUTLET = "[the organisation]", "[an outlet]"


def make_blind(organisation: Iterable[str], outlets: Iterable[str]) -> Callable[[str], str]:
    """Return what takes these names out of a text, longest first, whatever their case.

    >>> make_blind(["Harbour League"], ["The Lamp"])("The Lamp of the HARBOUR  LEAGUE")
    '[an outlet] of the [the organisation]'
    """
    marks = {
        **{_fold(name): OUTLET for name in outlets if name.strip()},
        **{_fold(name): ORGANISATION for name in organisation if name.strip()},
    }
    if not marks:
        return lambda text: text
    names = sorted(marks, key=lambda name: (-len(name), name))
    words = "|".join(r"\s+".join(map(re.escape, name.split())) for name in names)
    pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
    return lambda text: pattern.sub(lambda found: marks.get(_fold(found[0]), ORGANISATION), text)


def _fold(name: str) -> str:
    return " ".join(name.casefold().split())
