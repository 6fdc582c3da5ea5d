"""When two sentences speak of the same release: nothing they say contradicts, and something binds them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from linewatch.find.releases import Release
from linewatch.text.spans import Place

_NEAR = 400
_LATEST = 40
_MOST_TOLD = 50
"""Ways of telling one release that a further mention is compared with."""


class Mention(NamedTuple):
    """One sentence that identifies a release."""

    release: Release
    place: Place
    leads: bool
    """Whether it leads into a quotation."""

    @property
    def weight(self) -> int:
        """Return how much the sentence tells: a date, a title or a number more than a name."""
        told = self.release
        heavy = sum(3 for value in (told.dated, told.title, told.issue) if value)
        return heavy + sum(1 for value in (told.outlet, told.publisher) if value) + (1 if self.leads else 0)


class _Group:
    """Mentions of one release, with what they say of it told once: a thousand alike are compared as one."""

    def __init__(self, mention: Mention) -> None:
        self.mentions = [mention]
        self._told = {_tell(mention.release): mention.release}

    def add(self, mention: Mention) -> None:
        """Take a mention in."""
        self.mentions.append(mention)
        self._told.setdefault(_tell(mention.release), mention.release)

    def is_same(self, mention: Mention) -> bool:
        """Tell whether a further mention speaks of this release."""
        new, last = mention.release, self.mentions[-1]
        olds = list(islice(self._told.values(), _MOST_TOLD))
        if any(_contradicts(old, new) for old in olds):
            return False
        near = mention.place.start - last.place.end < _NEAR
        again = last.place == mention.place and new.hit.noun == last.release.hit.noun
        return any(_shares(old, new) for old in olds) or (near and (new.definite or again))


def _tell(told: Release) -> tuple[object, ...]:
    """Return what a sentence says of a release as far as it is compared."""
    return (told.hit.kind, told.title, told.issue, _get_days(told), told.outlet, told.publisher)


def group_mentions(mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Return the mentions of the same release together."""
    groups: list[_Group] = []
    for mention in mentions:
        home = next((group for group in reversed(groups[-_LATEST:]) if group.is_same(mention)), None)
        if home is None:
            groups.append(_Group(mention))
        else:
            home.add(mention)
    return [group.mentions for group in groups]


def _contradicts(old: Release, new: Release) -> bool:
    """Tell whether two sentences cannot speak of one release: another kind, title, number, day, outlet or publisher."""
    pairs = [
        (old.title, new.title),
        (old.issue, new.issue),
        (_get_days(old), _get_days(new)),
        (old.outlet, new.outlet),
    ]
    differ = any(one is not None and other is not None and one != other for one, other in pairs)
    names = (old.publisher or "", new.publisher or "")
    others = all(names) and names[0] not in names[1] and names[1] not in names[0]
    return old.hit.kind != new.hit.kind or differ or others


def _shares(old: Release, new: Release) -> bool:
    """Tell whether a title, a number or a day binds two sentences, or an outlet where one of them has nothing more to say."""
    for one, other in ((old.title, new.title), (old.issue, new.issue), (_get_days(old), _get_days(new))):
        if one is not None and one == other:
            return True
    bare = not _is_firm(old) or not _is_firm(new)
    return bare and old.outlet is not None and old.outlet == new.outlet


def _is_firm(told: Release) -> bool:
    return bool(told.title or told.issue or told.dated)


def _get_days(told: Release) -> object:
    return told.dated.days if told.dated else None


def choose(group: Sequence[Mention]) -> Mention:
    """Return the mention that says most; of equals the first."""
    return max(group, key=lambda mention: (mention.weight, -mention.place.start))
