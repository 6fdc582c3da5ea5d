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
    return next((one.title for one in canon.schemes if convert(one, claimed) == right), None)


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
