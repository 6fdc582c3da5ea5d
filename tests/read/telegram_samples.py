"""Telegram exports of the invented Harbour League, of each generation, as the program writes them."""

from __future__ import annotations

import json
from typing import Any

WORDS = "They set the pledge aside that winter, and the lamp is lit for them."


def make_message(number: int, generation: int = 3, **more: Any) -> dict[str, Any]:
    """Return a post of the channel as the first, second or third generation of exports has it."""
    message: dict[str, Any] = {
        "id": number,
        "type": "message",
        "date": "2031-05-02T13:00:00",
        "from": "The Lamp",
        "from_id": 77 if generation == 1 else "channel77",
        "text": f"{number}. {WORDS}",
    }
    if generation > 1:
        message |= {"date_unixtime": "1935482400"}
    if generation > 2:
        message |= {"text_entities": [{"type": "plain", "text": f"{number}. {WORDS}"}]}
    return message | more


def make_export(*messages: Any, type: str = "public_channel", name: str | None = "The Lamp") -> bytes:  # noqa: A002 - the export's own key
    """Return an export of one chat."""
    whole = {"name": name, "type": type, "id": 77, "messages": list(messages)}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def make_page(*bodies: str, title: str = "The Lamp") -> bytes:
    """Return a page of an HTML export around the messages given."""
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"/><title>Exported Data</title></head><body>
<div class="page_wrap"><div class="page_header"><div class="content"><div class="text bold">
{title}
</div></div></div><div class="page_body chat_page"><div class="history">
{"".join(bodies)}</div></div></div></body></html>""".encode()


def make_div(number: int, words: str = WORDS, *, sender: str | None = "The Lamp", inside: str = "") -> str:
    """Return one message of a page, joined to the one before where it has no sender."""
    joined = "" if sender else " joined"
    named = f'<div class="from_name">\n{sender} \n</div>' if sender else ""
    return f"""<div class="message default clearfix{joined}" id="message{number}"><div class="body">
<div class="pull_right date details" title="02.05.2031 13:00:00 UTC+03:00">13:00</div>
{named}{inside}<div class="text">
{words}
</div></div></div>
"""
