"""What a line looks like: a byline, a heading, a caption, the site's own chrome. Told from its words alone."""

from __future__ import annotations

import re

_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "from",
        "in",
        "into",
        "nor",
        "of",
        "off",
        "on",
        "or",
        "over",
        "per",
        "so",
        "the",
        "to",
        "up",
        "via",
        "vs",
        "v",
        "with",
        "de",
        "la",
        "le",
        "al",
        "el",
        "bin",
        "ibn",
        "ben",
        "von",
        "van",
        "der",
        "du",
    ]
)
_WORD = re.compile(r"[^\W\d_][^\s]*")
_CHROME = re.compile(
    r"(?:(?:please\s)?(?:share|print|tweet|email|e-mail|subscribe|sign up|log in|login|register|donate|read more|read also|see also|related|"
    r"advertisement|comments?|leave a (?:reply|comment)|reply|follow us|back to top|next|previous|home|menu|search|skip to|click here|tags?|categories|"
    r"posted in|filed under|copy link|download pdf|view pdf|listen to|newsletter|most read|more from|recommended|support us|cookie|privacy|all rights reserved|"
    r"terms of use|contact us|about us|view all|load more|share this)\b[^.]{0,60}:?|©.{0,100}|copyright.{0,100}|[|·•/\\\-–—_=*#~\s]{1,120}|"
    r"(?:facebook|twitter|whatsapp|linkedin|reddit|pinterest|telegram|x|email|print|pdf)(?:[\s|,·/]{1,3}(?:facebook|twitter|whatsapp|linkedin|reddit|pinterest|telegram|x|email|print|pdf))*|"
    r"(?:about|contact|archives?|faqs?|events|publications|topics|regions|projects|experts|sitemap|main menu|toggle navigation|menu|news|blog|store|shop|video|videos|podcasts?|latest|popular|trending|sections|sign in|my account)|"
    r"\d{1,4}\s(?:comments?|shares?|likes?|views?)|page\s\d{1,4}(?:\sof\s\d{1,4})?|\d{1,4})",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"\W{0,4}(?:by:?|written by|authors?:?|posted by|report by|story by|reported by|analysis by|compiled by|edited by|translated by|بقلم|كتبه)\s+\S",
    re.IGNORECASE,
)
_POSTED = re.compile(
    r"\W{0,4}(?:posted|published|written|updated)\s(?:on\s)?[^\n]{6,40}?\sby\s\S", re.IGNORECASE
)
_CREDIT = re.compile(
    r"\W{0,4}(?:additional\s(?:reporting|research|writing)|with\s(?:contributions|reporting|files)|reporting\sby|editing\sby|edited\sby|translated\sby|contributed\sto)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[IVXLC]{1,6}\.|[A-Z]\.|(?:chapter|part|section|appendix|annex|article|الفصل|القسم)\s[\w.:-]{1,12})\s?",
    re.IGNORECASE,
)
_CAPTION_START = re.compile(
    r"[\[(*_]{0,3}(?:(?:figure|fig\.?|photo|image|picture|plate|chart|exhibit|map|table|illustration|screenshot|screen\s?grab|video still|still)\s?(?:\d{1,3}|[IVX]{1,5})?\s?(?:[.:–—-]|\)|\s(?:from|of|by|credit|shows?|showing|taken)\b)"
    r"|(?:caption|photo credit|image credit|credit|source|image source|photo source|pictured|above|below|left|right|top|bottom|from left|clockwise)\s?(?:\([a-z]+\))?\s?:|الصورة\s?:|صورة\s?:|المصدر\s?:"
    r"|an?\s(?:screenshot|screen\s?grab|screen capture|still|photo|photograph|image|picture|poster|banner|map|frame|scene)\s(?:from|of|by|showing|shows|posted|published|released|taken|shared|distributed)\b"
    r"|(?:screenshot|screen\s?grab|screen capture|stills?|photo|photograph|image|cover|front page|title page|logo|poster|banner|flag|emblem)\s(?:from|of|by)\b"
    r"|the\s(?:cover|logo|poster|banner|flag|emblem|front page|title page)\sof\b)",
    re.IGNORECASE,
)
_SOURCE_LINE = re.compile(
    r"[\[(*_]{0,3}(?:(?:image|photo|picture|video|screenshot)?\s?(?:source|credits?|courtesy|via)\s?(?::|of\b|–|-)|©|\(?(?:source|photo|image|credit)s?\s?:)",
    re.IGNORECASE,
)
_CAPTION_END = re.compile(
    r"[(\[](?:[^()\[\]]{0,40}\b(?:photo|photograph|image|picture)\b[^()\[\]]{0,60}|(?:(?:image|photo|picture|video|screenshot)\s?)?(?:source|credit|courtesy|via|by|from|photo|image|screenshot|file)s?\b[^()\[\]]{0,120}|[^()\[\]]{0,40}(?:left|right|centre|center|top|bottom|above|below)|(?:AP|AFP|Reuters|Getty[^()\[\]]{0,20}|EPA|Xinhua|file photo)(?:\sphoto)?)[)\]]\W{0,3}\Z",
    re.IGNORECASE,
)
# "..., Nov. 14, 2032. SNA/Olaf Birk": an agency and who took the picture.
_AGENCY_END = re.compile(r"[.!?]\s(?:Photo:\s)?[A-Z][A-Za-z]{1,11}/(?:[A-Z][\w.'’-]+\s?){1,4}\Z")
_CREDIT_END = re.compile(
    r"[.!?\s](?:photo|image|source|picture|screenshot)(?: credit| source)?s?\s?:\s[^.:]{2,60}\.?\Z",
    re.IGNORECASE,
)
_SIDES = re.compile(
    r"\((?:(?:\w+,? ){0,3}from (?:the )?(?:left|right)|(?:top |bottom |far )?(?:left|right|centre|center|middle|top|bottom|above|below|pictured|seen here))\)",
    re.IGNORECASE,
)
_HEADING_MARK = re.compile(r"\s{0,3}(#{1,6})\s")
_TERMINAL = re.compile(r"[.!?:;,…؟،؛](?:[\"”’'»)\]*]|\[\d{1,3}\]|\d{1,3}){0,3}\s*\Z")
_FULL_STOP = re.compile(r"(?<!\b[A-Z])[.;,،؛](?:[\"”’'»)\]*]|\[\d{1,3}\]){0,3}\s*\Z")

_HOUSE = re.compile(
    r"\b(?:Agency|News|Institute|Cent(?:er|re)|Times|Post|Review|Journal|Quarterly|Project|Foundation|Monitor|Watch|Wire|Press|Network|Council|Magazine|Weekly|Bureau|Service|Commission|Observatory|Gazette|Herald|Tribune|University|Society|Studies)\W{0,3}\Z"
)
LONGEST_CAPTION = 60
_LONGEST_HEADING = 25


def count_spaces(words: str) -> int:
    """Return the number of words, counted by white space."""
    return len(words.split())


def is_chrome(words: str) -> bool:
    """Tell whether a line is a site's own furniture.

    >>> is_chrome("Share this Report:"), is_chrome("Share of the catch fell again this year.")
    (True, False)
    """
    return len(words) <= 120 and _CHROME.fullmatch(words.strip()) is not None and count_spaces(words) <= 8


def is_byline(words: str) -> bool:
    """Tell whether a line names the author, or credits others with part of the work."""
    return len(words) <= 200 and (
        _BYLINE.match(words) is not None or _POSTED.match(words) is not None or is_credit(words)
    )


def is_credit(words: str) -> bool:
    """Tell whether a line credits people who are not the authors: "(Additional reporting by ...)"."""
    return len(words) <= 300 and _CREDIT.match(words) is not None


def has_title_case(words: str) -> bool:
    """Tell whether nearly all words that may take a capital have one.

    >>> has_title_case("The Keeper's Last Word to Those Who Left"), has_title_case("The boats went out")
    (True, False)
    """
    big = [word for word in _WORD.findall(words) if word.lower().strip("\"'“”‘’.,:;!?()") not in _SMALL]
    if not big:
        return False
    capital = sum(1 for word in big if word.lstrip("\"'“‘([")[:1].isupper())
    return capital >= 0.8 * len(big)


def is_upper(words: str) -> bool:
    """Tell whether the words are in capitals only."""
    return words.isupper() and len(words) > 3


def get_heading_level(words: str) -> int | None:
    """Return the depth of a Markdown heading, None where the line is not marked as one."""
    mark = _HEADING_MARK.match(words)
    return len(mark[1]) if mark else None


def ends_sentence(words: str) -> bool:
    """Tell whether a line ends as a sentence or a lead-in does."""
    return _TERMINAL.search(words[-12:]) is not None


def is_heading(words: str) -> bool:
    """Tell whether a line that stands alone reads as a heading: title case, capitals or a number, and no full stop.

    >>> is_heading("The Lamp Takes a Softer Tone: They Erred, But Are Still Ours")
    True
    >>> is_heading("The keeper lights the lamp on the second pier.")
    False
    """
    if get_heading_level(words):
        return True
    count = count_spaces(words)
    if count > _LONGEST_HEADING or _FULL_STOP.search(words[-12:]) or (words.endswith(":") and count > 8):
        return False
    numbered = _NUMBERED.match(words)
    if numbered and count <= 14 and words[numbered.end() : numbered.end() + 1].isupper():
        return True
    return has_title_case(words) or is_upper(words)


def is_numbered(words: str) -> bool:
    """Tell whether a line begins with a chapter's or section's number."""
    return _NUMBERED.match(words) is not None


def is_house(words: str) -> bool:
    """Tell whether a line reads as the name of a publishing house, an agency or a journal."""
    return count_spaces(words) <= 6 and _HOUSE.search(words.title() if words.isupper() else words) is not None


def is_plain_heading(words: str) -> bool:
    """Tell whether a short line in sentence case may be a heading: the lines around it decide."""
    return count_spaces(words) <= 12 and not ends_sentence(words) and words[:1].isupper()


def is_caption(words: str) -> bool:
    """Tell whether a line says of itself that it stands under a picture.

    >>> is_caption("Figure 3: The pier at dawn"), is_caption("(See Figure 3.)")
    (True, False)
    """
    if count_spaces(words) > LONGEST_CAPTION or words.startswith(("(See", "(see", "See ")):
        return False
    if _CAPTION_START.match(words) or is_source_line(words):
        return True
    if _CREDIT_END.search(words[-90:]) or _AGENCY_END.search(words[-60:]):
        return True
    return _CAPTION_END.search(words[-200:]) is not None or (
        _SIDES.search(words) is not None and count_spaces(words) <= 30
    )


def is_source_line(words: str) -> bool:
    """Tell whether a line only says where a picture is from."""
    return count_spaces(words) <= 25 and _SOURCE_LINE.match(words) is not None
