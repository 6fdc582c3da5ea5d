"""Which script and language a stretch of text is in. Nothing here translates; what is too short to tell stays None."""

from __future__ import annotations

import re

import pycld2

_LETTERS = re.compile(r"[^\W\d_]")
_ARABIC = re.compile(r"[\u0621-\u064a\u0671-\u06d3\u06fa-\u06ff]")
# Letters that Arabic itself does not use: Persian, Urdu, Pashto and Kurdish.
_NOT_ARABIC = re.compile(r"[پچژگکیٹڈڑںےہۀۋټډړښځڅڼېۍۆێەڕڵڤ]")
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_SHORT = 25
_SHARE = 0.3
_SAMPLE = 2000


def get_arabic_share(text: str) -> float:
    """Return which share of the letters belongs to the Arabic script.

    >>> get_arabic_share("قال: no")
    0.6
    """
    letters = len(_LETTERS.findall(text))
    return len(_ARABIC.findall(text)) / letters if letters else 0.0


def find_language(text: str) -> str | None:
    """Return the ISO 639-1 language of a text, None when it is too short to tell.

    >>> find_language("The boats went out at dawn and nobody was left on the quay.")
    'en'
    >>> find_language("hm") is None
    True
    """
    sample = text[:_SAMPLE]
    if len(_LETTERS.findall(sample)) < _SHORT:
        return _find_short(sample)
    if get_arabic_share(sample) > _SHARE and not _NOT_ARABIC.search(sample):
        return "ar"
    return _ask_model(sample)


def _find_short(sample: str) -> str | None:
    letters = len(_LETTERS.findall(sample))
    plain = letters >= 6 and get_arabic_share(sample) > 0.9
    return "ar" if plain and not _NOT_ARABIC.search(sample) else None


def _ask_model(sample: str) -> str | None:
    try:
        reliable, _, details = pycld2.detect(_UNREADABLE.sub(" ", sample), bestEffort=False)
    except pycld2.error:
        return None
    code = str(details[0][1])
    return code if reliable and code != "un" else None
