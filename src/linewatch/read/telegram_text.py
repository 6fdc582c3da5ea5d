"""What a Telegram message says: its text from strings and entities, links inert, private names marked, numbers withheld."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from linewatch.text.links import make_inert, make_links_inert

WITHHELD = {
    "phone": "[phone number withheld]",
    "bank_card": "[card number withheld]",
    "email": "[address withheld]",
}
"""What is never indexed, and what stands in its place."""
LINKS = frozenset({"link", "text_link"})
ENTITIES = frozenset(
    {
        "plain", "mention", "hashtag", "bot_command", "link", "email", "bold", "italic", "code", "pre", "text_link",
        "mention_name", "phone", "cashtag", "underline", "strikethrough", "blockquote", "bank_card", "spoiler",
        "custom_emoji", "unknown",
    }
)  # fmt: skip


class Words(NamedTuple):
    """A message's words, the places in them that name private persons, and where its links lead."""

    text: str
    private: tuple[tuple[int, int], ...] = ()
    links: tuple[str, ...] = ()


def read_words(message: dict[str, Any], *, is_channel: bool) -> Words:
    """Return the words of a message's text and poll; outside a channel's own posts a mention names a private person."""
    given = message.get("text_entities") or message.get("text")
    words, private, links = "", [], []
    for kind, text, entity in _list_entities(given):
        shown = WITHHELD.get(kind) or _show(kind, text)
        if kind in {"mention", "mention_name"} and not is_channel:
            private.append((len(words), len(words) + len(shown)))
        if kind in LINKS and isinstance(href := entity.get("href", text), str):
            links.append(make_inert(href[:500]))
        words += shown
    poll = read_poll(message.get("poll"))
    joined = "\n".join(filter(None, (words, poll)))
    return Words(joined, tuple(private), tuple(dict.fromkeys(links)))


def _show(kind: str, text: str) -> str:
    return make_inert(text) if kind == "link" else make_links_inert(text)


def _list_entities(given: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for one in given if isinstance(given, list) else [given]:
        if isinstance(one, str):
            yield "plain", one, {}
        elif isinstance(one, dict) and isinstance(text := one.get("text"), str):
            yield str(one.get("type")), text, one


def read_poll(poll: Any) -> str:
    r"""Return a poll's question and its answers, a line each; how many voted is no word of it.

    >>> read_poll({"question": "Row at dawn?", "answers": [{"text": "Yes", "voters": 3}]})
    'Row at dawn?\n- Yes'
    """
    if not isinstance(poll, dict):
        return ""
    answers = poll.get("answers")
    lines = [
        _flatten(answer.get("text"))
        for answer in (answers if isinstance(answers, list) else ())
        if isinstance(answer, dict)
    ]
    return "\n".join([_flatten(poll.get("question")), *(f"- {line}" for line in lines if line)]).strip()


def tell_poll(poll: Any) -> str | None:
    """Return how a poll stood: open or closed, and how many voted for each answer."""
    if not isinstance(poll, dict):
        return None
    answers = poll.get("answers")
    votes = [
        str(answer.get("voters", "?"))
        for answer in (answers if isinstance(answers, list) else ())
        if isinstance(answer, dict)
    ]
    state = "closed" if poll.get("closed") is True else "open"
    return f"{state}; {poll.get('total_voters', '?')} voters; {', '.join(votes)}"[:500]


def _flatten(given: Any) -> str:
    return "".join(WITHHELD.get(kind) or _show(kind, text) for kind, text, _ in _list_entities(given)).strip()
