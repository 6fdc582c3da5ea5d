"""The anatomy of a plain text: which stretch is a title, a heading, a paragraph, a caption, a note.

Readers of formats that mark these themselves (HTML, DOCX) need it only where the format says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from linewatch.model import Block
from linewatch.model.document import BlockKind
from linewatch.text import shapes
from linewatch.text.dates import find_dates
from linewatch.text.endnotes import find_note_lines, is_notes_heading
from linewatch.text.layout import SET_IN, Paragraph, find_paragraphs
from linewatch.text.scripts import find_language

_HEAD_LINES = 14
_BODY_WORDS = 22
_LEAST_MENU = 2
_VERSE_WIDTH = 64
_SERIES = re.compile(r"\b(?:No\.?|Number|Issue|Volume|Vol\.)\s?\d{1,5}\b")
_VOLUME = re.compile(
    r"[^\W\d]\s?,?\s\d{1,3}(?:\s?[.:,/]\s?\d{1,3})?\s\((?:[A-Z][a-z]+\s)?(?:1[6-9]|20)\d\d\)"
)
_PERSON = r"(?:[A-Z][\w'’-]+|[A-Z]\.)(?:\s(?:[A-Z][\w'’-]+|[A-Z]\.)){1,2}"
_NAMES = re.compile(rf"{_PERSON}(?:(?:,\s|\sand\s|,\sand\s|\s&\s){_PERSON}){{1,6}}")
_BULLETS = ("- ", "* ", "+ ", "• ", "● ", "▪ ", "◦ ", "– ")


def find_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a plain text, in order; what lies between them is white space."""
    paragraphs = find_paragraphs(text)
    kinds = classify_paragraphs(text, paragraphs)
    return tuple(
        Block(
            kind=kind,
            start=part.start,
            end=part.end,
            language=find_language(text[part.start : part.end]),
            level=_get_level(kind, text[part.start : part.end]),
        )
        for part, kind in zip(paragraphs, kinds, strict=True)
    )


def classify_paragraphs(text: str, paragraphs: Sequence[Paragraph]) -> list[BlockKind]:
    """Return the kind of each paragraph."""
    anatomy = _Anatomy(text, paragraphs)
    return anatomy.classify()


def _get_level(kind: BlockKind, words: str) -> int | None:
    return shapes.get_heading_level(words) or 1 if kind == "heading" else None


class _Anatomy:
    def __init__(self, text: str, paragraphs: Sequence[Paragraph]) -> None:
        self.paragraphs = paragraphs
        self.words = [text[part.start : part.end] for part in paragraphs]
        self.notes = {
            at
            for note in find_note_lines(text, [(p.start, p.end) for p in paragraphs])
            for at in note.paragraphs
        }
        self.kinds: list[BlockKind | None] = [None] * len(paragraphs)
        self.usual_gap = _get_usual_gap(paragraphs)
        self.gaps_tell = _do_gaps_tell(paragraphs, self.usual_gap)
        indented = sum(1 for part in paragraphs if part.indent >= SET_IN)
        self.indent_tells = 0 < indented < 0.3 * len(paragraphs)

    def classify(self) -> list[BlockKind]:
        body = self._find_body()
        self._classify_head(body)
        for at in range(len(self.words)):
            if self.kinds[at] is None:
                self.kinds[at] = self._classify_one(at)
        self._mark_verse(body)
        return [kind or "paragraph" for kind in self.kinds]

    def _find_body(self) -> int:
        """Return where the running text begins: the first paragraph too long for a head line."""
        for at, words in enumerate(self.words[:_HEAD_LINES]):
            if shapes.count_spaces(words) >= _BODY_WORDS and (
                shapes.ends_sentence(words) or not shapes.is_heading(words)
            ):
                return at
        return min(_find_first_sentence(self.words), len(self.words))

    def _classify_head(self, body: int) -> None:
        open_lines = []
        for at in range(body):
            kind = self._classify_head_line(at)
            self.kinds[at] = kind
            if kind is None:
                open_lines.append(at)
        if len(self.words) == 1 and _reads_on(self.words[0]):
            self.kinds[0] = "paragraph"
            return
        title = self._prefer_later(_choose_title([(at, self.words[at]) for at in open_lines]), open_lines)
        for at in open_lines:
            early = title is not None and at < title and _is_short_name(self.words[at])
            self.kinds[at] = "title" if at == title else "byline" if early else self._classify_one(at)

    def _prefer_later(self, title: int | None, open_lines: Sequence[int]) -> int | None:
        """Return the line right above the byline where the first line below a site's menu is the site's own name.

        The title says what the text then speaks of; the site's name says it no more often.
        """
        later = max(open_lines, default=None)
        if title is None or later is None or later <= title or title < _LEAST_MENU:
            return title
        menu = all(self.kinds[at] == "chrome" for at in range(title - _LEAST_MENU, title))
        signed = later + 1 < len(self.words) and self.kinds[later + 1] in {"byline", "dateline"}
        fit = shapes.count_spaces(self.words[later]) >= 3 and not shapes.ends_sentence(self.words[later])
        text = "\n".join(self.words[later + 1 :]).casefold()
        return (
            later
            if menu and signed and fit and self._share(later, text) >= self._share(title, text)
            else title
        )

    def _share(self, at: int, text: str) -> float:
        """Return how many of a line's words the text uses too."""
        big = {word for word in self.words[at].casefold().split() if len(word) > 3}
        return sum(word in text for word in big) / len(big) if big else 0.0

    def _classify_head_line(self, at: int) -> BlockKind | None:
        words = self.words[at]
        if at in self.notes:
            return "note"
        if shapes.is_byline(words):
            return "byline"
        if _is_dateline(words) or _is_series_line(words):
            return "dateline"
        if words.startswith((">", *_BULLETS)):
            return self._classify_one(at)
        if shapes.is_chrome(words) and not words.startswith("#"):
            return "chrome"
        return "caption" if shapes.is_caption(words) else None

    def _classify_one(self, at: int) -> BlockKind:  # noqa: PLR0911 - a cascade, the surest sign first
        words = self.words[at]
        if at in self.notes:
            return "note"
        if words.startswith(">") or (self.indent_tells and self._is_set_in(at)):
            return "blockquote"
        if words.startswith("|") and words.endswith("|"):
            return "table"
        if shapes.get_heading_level(words) or is_notes_heading(words):
            return "heading"
        if shapes.is_chrome(words):
            return "chrome"
        if shapes.is_byline(words) and shapes.count_spaces(words) <= _BODY_WORDS:
            return "byline"
        return self._classify_words(at, words)

    def _classify_words(self, at: int, words: str) -> BlockKind:
        if words.startswith(_BULLETS):
            return "list"
        if self._is_caption(at):
            return "caption"
        if not self._is_verse(at) and (shapes.is_heading(words) or self._is_plain_heading(at)):
            return "heading"
        return "paragraph"

    def _is_set_in(self, at: int) -> bool:
        return self.paragraphs[at].indent >= SET_IN and shapes.count_spaces(self.words[at]) >= 4

    def _is_caption(self, at: int) -> bool:
        words = self.words[at]
        if shapes.is_caption(words):
            return True
        if shapes.count_spaces(words) > 45 or self.paragraphs[at].lines > 2 or at == 0:
            return False
        return self._splits_sentence(at) or (self._stands_off(at) and not shapes.is_heading(words))

    def _stands_off(self, at: int) -> bool:
        """Tell whether more than the usual gap is before a short line and not after it: where a picture was."""
        if not self.gaps_tell or at + 1 >= len(self.words) or at + 1 in self.notes:
            return False
        wide = (
            self.paragraphs[at].blanks > self.usual_gap and self.paragraphs[at + 1].blanks <= self.usual_gap
        )
        return wide and self.words[at][:1] not in '"“‘«[(' and shapes.ends_sentence(self.words[at + 1])

    def _splits_sentence(self, at: int) -> bool:
        if at + 1 >= len(self.words) or not self.words[at][:1].isupper():
            return False
        before, after = self.words[at - 1], self.words[at + 1]
        long = shapes.count_spaces(before) >= 12 and shapes.count_spaces(after) >= 6
        broken = before[-1:].isalpha() and before[-1:].islower() and after.lstrip('"“‘«…. ')[:1].islower()
        return long and broken and self.paragraphs[at].blanks > 0

    def _is_plain_heading(self, at: int) -> bool:
        words = self.words[at]
        if not shapes.is_plain_heading(words) or at + 1 >= len(self.words):
            return False
        alone = self.paragraphs[at].blanks > 0 and self.paragraphs[at + 1].blanks > 0
        before = self.words[at - 1]
        closed = at == 0 or shapes.ends_sentence(before) or shapes.count_spaces(before) <= 8
        return (
            alone
            and closed
            and shapes.count_spaces(self.words[at + 1]) >= 15
            and not words.startswith(('"', "“"))
        )

    def _is_verse(self, at: int) -> bool:
        words = self.words[at]
        if " / " in words and len(words) < 4 * _VERSE_WIDTH and not words.startswith("#"):
            return True
        near = [n for n in (at - 1, at + 1) if 0 <= n < len(self.words)]
        return len(words) < _VERSE_WIDTH and any(
            self._touches(at, n) and len(self.words[n]) < _VERSE_WIDTH for n in near
        )

    def _touches(self, at: int, other: int) -> bool:
        return self.paragraphs[max(at, other)].blanks == 0

    def _mark_verse(self, body: int) -> None:
        """Mark three or more short lines that touch, and lines with slashes, as verse."""
        run: list[int] = []
        for at in range(body, len(self.words) + 1):
            inside = at < len(self.words) and self.kinds[at] == "paragraph" and self._is_verse(at)
            if inside and (not run or self._touches(at, at - 1) or " / " in self.words[at]):
                run.append(at)
                continue
            self._settle_run(run)
            run = [at] if inside else []

    def _settle_run(self, run: list[int]) -> None:
        if len(run) >= 3 or any(" / " in self.words[at] for at in run):
            for at in run:
                self.kinds[at] = "verse"


def _is_dateline(words: str) -> bool:
    if shapes.count_spaces(words) > 14:
        return False
    first = next(find_dates(words), None)
    if first is None:
        return False
    rest = words[: first.start] + words[first.end :]
    return (
        shapes.count_spaces(rest) <= 3
        or "|" in rest
        or "No." in rest
        or (first.start == 0 and shapes.count_spaces(rest) <= 8)
    )


def _is_series_line(words: str) -> bool:
    """Tell whether a line names a series and its number: `Syria | Analysis Series No. 12`, `Coastal Review 14 (2031)`."""
    return shapes.count_spaces(words) <= 14 and (
        _SERIES.search(words) is not None or _VOLUME.search(words) is not None
    )


def _reads_on(words: str) -> bool:
    """Tell whether the only line of a text is a sentence and not a title: a post, a message."""
    plain = not shapes.get_heading_level(words) and not shapes.is_upper(words)
    return plain and (shapes.ends_sentence(words) or not shapes.has_title_case(words))


def _is_short_name(words: str) -> bool:
    """Tell whether a line above the title may be a publisher's name, and no chapter's number."""
    return shapes.count_spaces(words) <= 6 and not shapes.is_numbered(words)


def _choose_title(lines: Sequence[tuple[int, str]]) -> int | None:
    """Return the head line that is the title: a marked one, else the first of at least three words, else the first."""
    for at, words in lines:
        if shapes.get_heading_level(words) == 1:
            return at
    long = [at for at, words in lines if shapes.count_spaces(words) >= 3 and _NAMES.fullmatch(words) is None]
    for at, words in lines:
        if shapes.is_house(words) and any(other > at for other in long):
            continue
        if shapes.count_spaces(words) >= 3 and not shapes.ends_sentence(words.rstrip("?!\"”'’")):
            return at
    return lines[0][0] if lines else None


def _find_first_sentence(words: Sequence[str]) -> int:
    return next((at for at, line in enumerate(words) if line.endswith((".", '."', ".”"))), len(words))


def _get_usual_gap(paragraphs: Sequence[Paragraph]) -> int:
    gaps = sorted(part.blanks for part in paragraphs[1:])
    return gaps[len(gaps) // 2] if gaps else 0


def _do_gaps_tell(paragraphs: Sequence[Paragraph], usual: int) -> bool:
    wider = sum(1 for part in paragraphs[1:] if part.blanks > usual)
    return 0 < wider <= max(2, 0.4 * len(paragraphs))
