"""What a draft's directives share while one report is built: the material, the notes so far, the songs printed so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property

from msgspec.structs import replace as replace_fields

from linewatch.model import Finding, Item, Span
from linewatch.write.figure_render import Drawing
from linewatch.write.material import Material
from linewatch.write.privacy import Privacy, judge_names
from linewatch.write.quoting import (
    KEPT,
    LONGEST,
    SONG_SHARE,
    Cutting,
    count_words,
    cut_span,
    shorten,
    shorten_name,
)
from linewatch.write.sources import make_note
from linewatch.write.tree import Inline, Note, NoteRef
from linewatch.write.wording import make_inlines


@dataclass(kw_only=True)
class Page:
    """A report while it is being built: it collects the notes in the order in which they are first referred to."""

    material: Material
    drawing: Drawing | None = None
    """The figure of the line; None where the codes are too weak to draw."""
    notes: list[Note] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)
    _sung: dict[str, int] = field(default_factory=dict)

    @cached_property
    def privacy(self) -> Privacy:
        """Return which names may be printed."""
        return judge_names(self.material)

    def note_span(self, span: Span) -> NoteRef:
        """Return the reference to the note on a span; the same span has the same note."""
        key = f"{span.document}:{span.start}:{span.end}"
        return self._refer(key, lambda: make_note(self.material, span))

    def note_words(self, words: str) -> NoteRef:
        """Return the reference to a note with the analyst's own words."""
        return self._refer(words, lambda: make_inlines(words))

    def cut(self, span: Span, item: str | None, because: str | None = None) -> Cutting:
        """Return the words at a span, ready to print: cut when long or when more of a song than may be, no one named.

        A reason given in the draft leaves them whole.
        """
        words = cut_span(self.material, span, item or f"the passage at {span.start}")
        cutting = Cutting(words=words) if because else self._shorten(words, span, item)
        return replace(cutting, words=self.privacy.hide(cutting.words))

    def find_item(self, item: str | None) -> Item | None:
        """Return the item with this id, nobody named in it who is private; None when it is not known."""
        found = self.material.items.get(item or "")
        return found and self.dress_item(found)

    def dress_item(self, item: Item) -> Item:
        """Return an item with its names and title fit for print: nobody named, nothing too long for a title."""
        named = {field: getattr(item, field) for field in ("publisher", "outlet", "place", "title")}
        return replace_fields(
            item, **{field: shorten_name(self.privacy.hide(name)) for field, name in named.items() if name}
        )

    def _refer(self, key: str, make: Callable[[], tuple[Inline, ...]]) -> NoteRef:
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers) + 1
            self.notes.append(Note(n=self._numbers[key], children=make()))
        return NoteRef(n=self._numbers[key])

    def _shorten(self, words: str, span: Span, item: str | None) -> Cutting:
        allowed = self._count_allowed(span, item)
        if allowed is None:
            return shorten(words)
        cutting = shorten(words, longest=min(allowed, LONGEST), kept=min(allowed, KEPT))
        self._sung[item or ""] = self._sung.get(item or "", 0) + count_words(cutting.words)
        return cutting

    def _count_allowed(self, span: Span, item: str | None) -> int | None:
        """Return how many more words of a song may be printed, None for words that are not from a held song's text."""
        finding = self.material.findings.get(item or "")
        if finding is None or not _is_song(finding) or finding.span.document != span.document:
            return None
        inside = finding.span.start <= span.start and span.end <= finding.span.end
        text = self.material.documents[span.document].text
        whole = text[finding.span.start : finding.span.end] if inside else text
        return max(0, int(count_words(whole) * SONG_SHARE) - self._sung.get(finding.id, 0))


def _is_song(finding: Finding) -> bool:
    return isinstance(finding.value, Item) and finding.value.kind == "song" and finding.value.held
