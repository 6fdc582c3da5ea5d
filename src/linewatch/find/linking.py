"""Which item a quotation comes from: by its sentence, by the noun that speaks, by the speaker going on. None where undecidable."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from linewatch.find.attribution import Attribution
from linewatch.find.base import Reading
from linewatch.find.locators import find_locators
from linewatch.find.media import find_kinds
from linewatch.find.prose import Prose
from linewatch.model import Finding, Item
from linewatch.text.spans import Place

# Which kinds of item a voice may belong to.
_VOICES: dict[str, frozenset[str]] = {
    "narrator": frozenset({"video", "audio", "photo-report"}),
    "singer": frozenset({"song", "video", "audio"}),
    "editorial": frozenset({"editorial", "article", "magazine"}),
    "on-screen": frozenset({"video", "photo-report", "magazine"}),
}
_SHOWN = re.compile(
    r"\b(?:shown|filmed|appears?|appearing|seen|on[ -]?screen|in the (?:video|film|clip|footage|recording|song|message|speech|statement|article|editorial|issue|magazine))\b"
)


class Linker:
    """Holds the items of a document and links quotations to them one after the other."""

    def __init__(self, reading: Reading, prose: Prose) -> None:
        self.reading, self.prose = reading, prose
        self.items: list[tuple[Finding, Item]] = sorted(
            reading.find_values(Item), key=lambda pair: pair[0].span.start
        )
        self.held = next((finding.id for finding, item in self.items if item.held), None)
        self._starts = [finding.span.start for finding, _ in self.items]
        self._locators = find_locators(reading.text, reading.canons) if self.items else []
        self.verses = dict(self._list_verses()) if self.items else {}
        self.last: tuple[str | None, str | None, int] = (None, None, 0)

    def link(self, place: Place, found: Attribution, continued: bool) -> tuple[str | None, str]:  # noqa: FBT001 - told by the caller's own name
        """Return the id of the item the words come from and why, or None and why not."""
        if self.held:
            return self.held, "in the item itself"
        item, why = self._decide(place, found, continued=continued)
        self.last = (found.speaker, item, self.prose.get_section(place.start))
        return item, why

    def _decide(self, place: Place, found: Attribution, *, continued: bool) -> tuple[str | None, str]:
        if not self.items:
            return None, "no item is found"
        if continued:
            return self.last[1], "from the same item as the words before"
        at = bisect_right(self._starts, place.start) - 1
        lead = self._read_lead(place)
        if at >= 0 and self._is_lead_sentence(place, at):
            return self.items[at][0].id, "introduced by the item's own sentence"
        named = self._find_named(place, lead)
        if named is not None:
            return named, "the sentence names the item again"
        if found.role == "scripture":
            return self._by_verse(place)
        near = at >= 0 and self.prose.get_section(self._starts[at]) == self.prose.get_section(place.start)
        return self._by_speaker(found, lead, at) if near else (None, "no item in this section")

    def _by_verse(self, place: Place) -> tuple[str | None, str]:
        verse = self._find_verse(place)
        return (verse, "the same verse is quoted in this item") if verse else (None, "no item is named")

    def _by_speaker(self, found: Attribution, lead: str, at: int) -> tuple[str | None, str]:
        speaker, item, section = self.last
        if (
            found.speaker
            and found.speaker == speaker
            and item
            and section == self.prose.get_section(self._starts[at])
        ):
            return item, "the same speaker goes on"
        if self.items[at][1].kind in _VOICES.get(found.role, ()) or _SHOWN.search(lead):
            return self.items[at][0].id, "a voice within the item before"
        sentence = self.items[at][0].span
        if found.speaker and found.speaker in self.reading.text[sentence.start : sentence.end]:
            return self.items[at][0].id, "the speaker is named in the item's sentence"
        return None, "the speaker is not bound to an item"

    def _read_lead(self, place: Place) -> str:
        sentence = self.prose.find_sentence(max(0, place.start - 1))
        start = self.prose.sentences[sentence].start if sentence is not None else place.start
        lead = self.reading.text[max(start, place.start - 500) : place.start]
        if len(lead.strip("\"“‘'«> ")) < 2:
            block = self.prose.find_block(place.start)
            if block and self.reading.text[self.prose.blocks[block - 1].end - 1] == ":":
                return self.reading.text[
                    max(
                        self.prose.blocks[block - 1].start, self.prose.blocks[block - 1].end - 300
                    ) : self.prose.blocks[block - 1].end
                ]
        return lead

    def _is_lead_sentence(self, place: Place, at: int) -> bool:
        span = self.items[at][0].span
        return 0 <= place.start - span.end <= 3 or span.start <= place.start < span.end

    def _find_named(self, place: Place, lead: str) -> str | None:
        """Return the latest item before whose noun the lead-in uses with "the", "this" or "it"."""
        for hit in reversed(find_kinds(lead)):
            before = lead[max(0, hit.start - 30) : hit.start].lower()
            if (
                re.search(r"\b(?:the|this|that|same|its|another|also)\s(?:[\w'’-]+\s){0,2}\Z", before)
                or hit.start <= 1
            ):
                kinds = {hit.kind}
                for finding, item in reversed(self.items[: bisect_right(self._starts, place.start)]):
                    if item.kind in kinds or hit.noun == item.kind:
                        return finding.id
        return None

    def _find_verse(self, place: Place) -> str | None:
        first = bisect_left(self._locators, place.start - 40, key=lambda locator: locator.end)
        last = bisect_right(self._locators, place.end + 20, key=lambda locator: locator.start)
        near = self._locators[first : min(last, first + 20)]
        return next((self.verses[locator.ref] for locator in near if locator.ref in self.verses), None)

    def _list_verses(self) -> Iterator[tuple[str, str]]:
        """Yield the verses cited within an item's section, each with the item."""
        for locator in self._locators:
            at = bisect_right(self._starts, locator.start) - 1
            if at >= 0 and self.prose.get_section(self._starts[at]) == self.prose.get_section(locator.start):
                yield locator.ref, self.items[at][0].id
