"""The Bureau's three reports: their texts as written, a web page of one, and their quotations held to the items."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from harbour_league_build.master import Item


def cut_quotation(report: str, first: str, last: str) -> str:
    """Return the report's words from `first` to `last`; raises ValueError where they do not stand there."""
    start = report.find(first)
    end = report.find(last, start)
    if start < 0 or end < 0:
        raise ValueError(f"no quotation from {first!r} to {last!r}")
    return report[start : end + len(last)]


def is_verbatim(quoted: str, source: str) -> bool:
    """Return whether the parts of a quotation between its brackets and ellipses stand in the source, in order.

    >>> is_verbatim("We [the North] row... home.", "We row far out and then home.")
    True
    """
    text = _level(source)
    at = 0
    for part in re.split(r"\.\.\.|\[[^\]]*\]", quoted):
        words = _level(part)
        at = text.find(words, at)
        if at < 0:
            return False
        at += len(words)
    return True


def check_quotations(report: Mapping[str, Any], text: str, items: Mapping[str, Item]) -> list[dict[str, str]]:
    """Return a report's quotations in full; raises ValueError for one that is not in the item it quotes."""
    quotations = []
    for row in report["quotations"]:
        words = cut_quotation(text, row["first"], row["last"])
        item = items[row["item"]]
        if not is_verbatim(words, item.text(english=item.language == "ar")):
            raise ValueError(f"{report['id']}: {words[:60]!r} is not in {item.id}")
        quotations.append({"item": row["item"], "speaker": row["speaker"], "words": words})
    return quotations


def build_report_page(text: str, title: str) -> str:
    """Return a report's text as a web page: the Bureau's site around it, headings and captions marked up."""
    body, _, notes = text.partition("\n\n\n[1]")
    blocks = body.split("\n\n")[1:]
    article = "\n".join(_mark_up(block, title) for block in blocks)
    foot, _, share = ("[1]" + notes).partition("\n\nShare this report:\n")
    footnotes = "\n".join(f'<p class="note">{escape(note, quote=False)}</p>' for note in foot.split("\n\n"))
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{escape(title)} | Coastwatch Bureau</title>\n</head>\n'
        '<body>\n<header><p>Coastwatch Bureau</p><nav><a href="#">Papers</a> <a href="#">Piers</a> <a href="#">Contact</a></nav></header>\n'
        f"<main><article>\n{article}\n<hr>\n{footnotes}\n</article></main>\n"
        f'<p class="share">Share this report: {escape(share.strip())}</p>\n'
        "<footer><p>Coastwatch Bureau, Keddle. The reading room is open on weekdays.</p></footer>\n</body>\n</html>\n"
    )


def _mark_up(block: str, title: str) -> str:
    """Mark up a block: a caption stands after a spare blank line, a heading ends without a stop."""
    text = "<br>\n".join(escape(line, quote=False) for line in block.strip().split("\n"))
    if block == title:
        return f"<h1>{text}</h1>"
    if block.startswith("\n"):
        return f"<figure><figcaption>{text}</figcaption></figure>"
    if not block.startswith(('"', "*")) and not block.endswith((".", ":", '."', "]")) and "|" not in block:
        return f"<h2>{text}</h2>"
    return f"<p>{text}</p>"


def _level(text: str) -> str:
    """Level what a quotation may change in silence: quotation marks, bracketed references, verse slashes, spacing."""
    bare = re.sub(r"\[[^\]]*\]|[\"'“”‘’]|\.\.\.| / ", " ", text)
    return re.sub(r"\s+([.,;:])", r"\1", " ".join(bare.split())).strip()
