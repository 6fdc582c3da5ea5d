"""One request to an OpenAI-compatible service, to the address named and nowhere else; whatever comes back is an answer or a status."""

from __future__ import annotations

import http.client
import json
from typing import NamedTuple
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

LARGEST = 1 << 20
"""Bytes of an answer that are read."""
ANSWERED = "answered"


class Reply(NamedTuple):
    """What became of a request, and the body that came back."""

    status: str
    body: str


class _StayHere(HTTPRedirectHandler):
    """Follows no redirection: a passage goes only to the address that the user named."""

    def redirect_request(self, *_given: object, **_named: object) -> None:
        """Return no request."""


def ask(address: str, body: str, *, timeout: float, key: str | None = None) -> Reply:
    """Return what the service answers; a failure is a status, never an exception. No proxy is used."""
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})
    asking = Request(f"{address.rstrip('/')}/chat/completions", body.encode(), headers)  # noqa: S310 - checked to be http or https
    try:
        with build_opener(ProxyHandler({}), _StayHere).open(asking, timeout=timeout) as answer:
            data: bytes = answer.read(LARGEST + 1)
    except HTTPError as error:
        with error:
            return Reply("redirect" if 300 <= error.code < 400 else f"http {error.code}", "")
    except TimeoutError:
        return Reply("timeout", "")
    except (URLError, OSError, ValueError, http.client.HTTPException) as error:
        return Reply(
            "timeout" if isinstance(getattr(error, "reason", None), TimeoutError) else "no answer", ""
        )
    if len(data) > LARGEST:
        return Reply("too long", "")
    return Reply(ANSWERED, data.decode("utf-8", "replace"))


def make_body(model: str, instruction: str, shown: dict[str, object], **settings: float) -> str:
    """Return a request: the instruction, and what is shown as one JSON text, so that nothing in it can end it."""
    messages = [
        {"role": "system", "content": instruction},
        {"role": "user", "content": json.dumps(shown, ensure_ascii=False)},
    ]
    return json.dumps({"model": model, "messages": messages, "stream": False, **settings}, ensure_ascii=False)
