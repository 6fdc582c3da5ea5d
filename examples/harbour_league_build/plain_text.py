"""Plain files: songs, the Council's typed notices, translations, and the Charter."""

from __future__ import annotations

from typing import Any

from harbour_league_build.dates import print_date
from harbour_league_build.master import Item


def build_song(item: Item) -> str:
    """Return a song: its title and date, then one line a verse line and a blank line between stanzas."""
    stanzas = "\n\n".join(p.text for p in item.paragraphs)
    if item.format == "md":
        verses = stanzas.replace("\n\n", "\0").replace("\n", "  \n").replace("\0", "\n\n")
        return f"# {item.title}\n\n*{print_date(item.date)}*\n\n{verses}\n"
    return f"{item.title}\n{print_date(item.date, item.language)}\n\n{stanzas}\n"


def build_notice(item: Item) -> str:
    """Return a notice as typed: number and date, title, paragraphs, subscription."""
    head = f"{item.extras['number']}, {print_date(item.date)}"
    body = "\n\n".join(p.text for p in item.paragraphs)
    return f"{head}\n\n{item.title}\n\n{body}\n\nBy order of the Council\n"


def build_translation(item: Item) -> str:
    """Return the Bureau's English translation of an Arabic item, headed by what it translates."""
    body = "\n\n".join(_name_speaker(p.speaker, p.english or "") for p in item.paragraphs)
    head = f"{item.extras['title_en']}\n{print_date(item.date)}\nTranslated from the Arabic ({item.stem}.{item.format}) by the Coastwatch Bureau"
    return f"{head}\n\n{body}\n"


def build_charter(canon: dict[str, Any]) -> str:
    """Return the Charter as a text: articles, and numbered clauses under them."""
    lines = [canon["title"], canon["edition"]]
    article = ""
    for unit in canon["units"]:
        if unit["ref"].split(":")[0] != article:
            article = unit["ref"].split(":")[0]
            lines += ["", f"Article {article}"]
        lines.append(f"{unit['ref']} {unit['text']}")
    return "\n".join(lines) + "\n"


_SPEAKERS = {"الراوي": "Narrator", "سيلا برانت": "Sela Brandt", "غوران بايك": "Gorran Pike"}


def _name_speaker(speaker: str | None, text: str) -> str:
    return f"{_SPEAKERS[speaker]}: {text}" if speaker in _SPEAKERS else text
