"""Words are cut anew from the sealed text each time a report is built, checked, and shortened where they are long."""

from __future__ import annotations

import re
from dataclasses import dataclass

from linewatch.errors import DraftError
from linewatch.model import Finding, Span
from linewatch.text.retrace import get_cut
from linewatch.write.material import Material

LONGEST = 150
"""A quotation of more words is cut."""
KEPT = 120
"""So many words are left of one that is cut, fewer where a sentence ends before."""
SONG_SHARE = 0.5
"""No more of a song than this share of its words is printed in one report."""

LONGEST_NAME = 40
"""A name or title of more words is cut: no honest one is so long, and it stands in many places."""
LETTERS = 24
"""So many letters without a space count as one word: what is no word in any language must count by its length."""

# Scripts without spaces: two signs of Chinese or Japanese (or two pictures) to a word, six letters of Thai, Lao, Burmese, Khmer.
_DENSE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U0001f000-\U0003ffff"
_CLOSE = "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff"
_WORD = re.compile(f"[{_DENSE}]{{1,2}}|[{_CLOSE}]{{1,6}}|[^\\s{_DENSE}{_CLOSE}]{{1,{LETTERS}}}")
_SENTENCE_END = (".", "!", "?", "؟", "…", ".”", '."', "。")


@dataclass(frozen=True, kw_only=True)
class Cutting:
    """Words cut from evidence, and how many of them a report leaves out."""

    words: str
    left_out: int = 0

    @property
    def omission(self) -> str:
        """Return the mark of what is left out, empty where nothing is."""
        if not self.left_out:
            return ""
        return f"[… {self.left_out} {'word' if self.left_out == 1 else 'words'} left out]"


def cut_finding(material: Material, finding: Finding) -> str:
    """Return the words of a finding as the document has them; raises DraftError when they are not what was found."""
    words = cut_span(material, finding.span, finding.id)
    if get_cut(words) != finding.cut:
        raise DraftError(
            f"{finding.id} points at words that are not the ones found there",
            hint="run `linewatch check`, then `linewatch find` again",
        )
    return words


def cut_span(material: Material, span: Span, name: str) -> str:
    """Return the words at a span; raises DraftError naming `name` when the evidence or the place is gone."""
    document = material.documents.get(span.document)
    if document is None or document.evidence not in material.evidence:
        raise DraftError(
            f"the evidence of {name} is gone", hint="take the sentence out, or restore the evidence"
        )
    if not 0 <= span.start < span.end <= len(document.text):
        raise DraftError(f"{name} points outside its document", hint="run `linewatch check`")
    return document.text[span.start : span.end]


def shorten(words: str, *, longest: int = LONGEST, kept: int = KEPT) -> Cutting:
    """Return the words, cut after a sentence or a line where they are more than `longest`.

    >>> shorten("One two. Three four five.", longest=4, kept=3)
    Cutting(words='One two.', left_out=3)
    """
    found = list(_WORD.finditer(words))
    if len(found) <= longest:
        return Cutting(words=words)
    keep = _find_resting_place(words, found, kept)
    return Cutting(words=words[: found[keep - 1].end()] if keep else "", left_out=len(found) - keep)


def shorten_name(name: str) -> str:
    """Return a name or title, marked where it is cut because it is longer than any honest one."""
    cutting = shorten(name, longest=LONGEST_NAME, kept=LONGEST_NAME)
    return f"{cutting.words} […]" if cutting.left_out else name


def count_words(words: str) -> int:
    """Return how many words a text has.

    >>> count_words("The lamp  is lit.")
    4
    """
    return len(_WORD.findall(words))


def _find_resting_place(words: str, found: list[re.Match[str]], kept: int) -> int:
    """Return after how many words to stop: the last end of a sentence or line in the second half of what may be kept.

    Where there is none it is the last space, and where there is no space either, as many as may be kept.
    """
    after = {n: words[found[n - 1].end() : found[n].start()] for n in range(kept, kept // 2, -1)}
    ends = (n for n, gap in after.items() if found[n - 1][0].endswith(_SENTENCE_END) or "\n" in gap)
    spaces = (n for n, gap in after.items() if gap)
    return next(ends, next(spaces, kept))
