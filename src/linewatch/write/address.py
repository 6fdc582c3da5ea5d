"""Addresses are printed so that nobody follows them by accident: defanged, never linked."""

from __future__ import annotations

import re

_LABELS = (
    "app biz ch click cloud co com cz de dev edu eu fr gov il in info int io iq ir jo ly me mil net "
    "news nl online onion org pk pl ru se site sy tk top to tr tv ua uk us xyz ye"
)
TOP_LEVELS = frozenset(_LABELS.split())
"""Last labels by which a bare `name.tld` is taken for an address; no English words, so that `end.Then` is not one."""

_TOKEN = re.compile(r'[^\s,;<>()"“”«»]+')
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,19})://")
_HOST = re.compile(r"[^/?#\s]*")
_BARE = re.compile(r"[\w@.-]+\.([a-z]{2,6})(?![\w-])")


def defang(text: str) -> str:
    """Return the text with every address in it made harmless.

    >>> defang("see https://pier.example.org/a.b (or t.me/pier). Then")
    'see hxxps://pier[.]example[.]org/a.b (or t[.]me/pier). Then'
    """
    return _TOKEN.sub(lambda token: _defang_token(token[0]), text)


def _defang_token(token: str) -> str:
    scheme = _SCHEME.search(token)
    if scheme is not None:
        rest = token[scheme.end() :]
        return f"{token[: scheme.start()]}{_disarm(scheme[1])}{_break_host(rest)}"
    bare = _find_bare(token)
    return token if bare is None else f"{token[:bare]}{_break_host(token[bare:])}"


def _disarm(scheme: str) -> str:
    """Return the scheme and its colon so that no program opens it: `hxxp` for the web, a broken colon for the rest."""
    if scheme.lower() in {"http", "https", "hxxp", "hxxps"}:
        return scheme.lower().replace("http", "hxxp") + "://"
    return f"{scheme}[:]//"


def _find_bare(token: str) -> int | None:
    """Return where an address without a scheme begins in a token, None when it has none."""
    for match in _BARE.finditer(token[:300]):
        if match[1] in TOP_LEVELS or match[0].startswith("www."):
            return match.start()
    return None


def _break_host(rest: str) -> str:
    host = _HOST.match(rest)
    end = len(host[0].rstrip(".,;:!?)]}>\"'")) if host else 0
    inner = rest[:end].replace("[.]", ".").replace(".", "[.]").replace("@", "[@]")
    return f"{inner}{rest[end:]}" if "://" not in rest else f"{inner}{defang(rest[end:])}"
