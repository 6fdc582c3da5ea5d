"""Other ways to number a canon: under which of them a reference would be right."""

from __future__ import annotations

import re

from linewatch.model import Canon, Scheme

_REF = re.compile(r"(?P<head>.+):(?P<verse>\d+)[a-z]?(?:-(?P<until>\d+)[a-z]?)?")


def name_scheme(canon: Canon, claimed: str, right: str) -> str | None:
    """Return the title of the numbering under which `claimed` is the unit that is `right` here; None where there is none.

    >>> charter = Canon(name="charter", title="Charter", schemes=(Scheme(name="old", title="the old printing", add=1),))
    >>> name_scheme(charter, "4:3", "4:2")
    'the old printing'
    """
    sure = (one.title for one in canon.schemes if not one.within and convert(one, claimed) == right)
    near = (f"perhaps {one.title}" for one in canon.schemes if is_within(one, claimed, right))
    return next(sure, next(near, None))


def is_within(scheme: Scheme, claimed: str, right: str) -> bool:
    """Tell whether a scheme that differs by a few verses may explain a reference: same chapter, no farther off than it is known to be.

    >>> is_within(Scheme(name="old", title="the old count", within=5), "2:257", "2:256")
    True
    """
    one, other = _REF.fullmatch(claimed), _REF.fullmatch(right)
    if one is None or other is None or one["head"] != other["head"]:
        return False
    return 0 < abs(int(one["verse"]) - int(other["verse"])) <= scheme.within


def convert(scheme: Scheme, ref: str) -> str | None:
    """Return the edition's reference for one in another numbering; None where the scheme does not say."""
    hit = _REF.fullmatch(ref)
    if hit is None:
        return None
    if scheme.chapters:
        there = scheme.chapters.get(hit["head"])
        return f"{there}:{ref[hit.start('verse') :]}" if there else None
    if hit["head"] in scheme.except_chapters:
        return None
    verses = [int(hit["verse"]) - scheme.add, *([int(hit["until"]) - scheme.add] if hit["until"] else [])]
    return f"{hit['head']}:{'-'.join(map(str, verses))}" if min(verses) > 0 else None
