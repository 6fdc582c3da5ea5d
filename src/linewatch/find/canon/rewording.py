"""Tells words that differ from a translation apart: somebody changed them, or another translator rendered the same unit.

Nobody can tell the two apart in every case. The rule and what it gets wrong: docs/decisions/0024-changed-or-translated.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from linewatch.find.canon.compare import Compared
from linewatch.find.canon.quoted import Quoted
from linewatch.find.canon.weight import list_weights

_WORDS, _PLACES = 3, 2


def is_another_rendering(one: Compared, quoted: Quoted) -> bool:
    """Tell whether words that are near to a translation but not verbatim are rather another one than this one changed."""
    if one.wording.is_original:
        return False
    index = one.wording.index
    canon = [index.words[number] for number in index.streams[0][one.start : one.end]]
    return differ_widely(quoted.words.letters, canon)


def differ_widely(ours: Sequence[str], canon: Sequence[str]) -> bool:
    """Tell whether three words or more differ, in two places or more, and not in their order or in a negation only.

    >>> canon = "mend the boat before you paint the hall".split()
    >>> differ_widely("mend the boat after you paint the hall".split(), canon)
    False
    >>> differ_widely("repair a boat before painting your hall".split(), canon)
    True
    """
    codes = SequenceMatcher(None, ours, canon, autojunk=False).get_opcodes()
    places = [(b - a, d - c) for tag, a, b, c, d in codes if tag != "equal"]
    if Counter(ours) == Counter(canon) or _count_negations(ours) != _count_negations(canon):
        return False
    return len(places) >= _PLACES and sum(map(max, places)) >= _WORDS


def _count_negations(words: Sequence[str]) -> int:
    return sum("negation" in list_weights(word) for word in words)
