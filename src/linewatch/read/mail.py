"""Reads mails and mailboxes: a record a mail, its subject and body. Addresses and private senders become pseudonyms."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from email.utils import parseaddr
from typing import BinaryIO

from linewatch.read.base import Aside, Record
from linewatch.read.fragments import Fragment, read_fragment
from linewatch.read.parts import to_words
from linewatch.text.mail import MOST_MAIL, BrokenMailError, Mail, Stored, decode_part, list_mails, parse_mail
from linewatch.text.signatures import MAIL, MAILBOX
from linewatch.text.stamps import read_stamp

NAME = "mail.v1"
MEDIA_TYPES = (MAIL, MAILBOX)

_ADDRESS = re.compile(r"(?<![\w.+%-])[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_LISTED = frozenset({"list-id", "list-unsubscribe", "list-post"})
"""What only mail to many carries: its sender is an outlet and no private person."""
_LIST_NAME = re.compile(r"\s*<[^<>]{0,200}>\s*$")
_LOCKED = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})


def read_records(file: BinaryIO) -> Iterator[Record | Aside]:
    """Yield a mail, or each mail of a mailbox, in order; attachments are told here and sealed when they are gathered."""
    begins = file.read(5)
    file.seek(0)
    mails = list_mails(file) if begins == b"From " else iter([_read_single(file)])
    for place, stored in enumerate(mails, start=1):
        where = f"mail {place}"
        if stored.size > MOST_MAIL:
            reason = f"a mail of {stored.size} bytes, more than {MOST_MAIL}"
            yield Aside(where, stored.size, reason, outcome="not understood", problem="too-large")
        else:
            yield from _read_mail(stored, where)


def _read_single(file: BinaryIO) -> Stored:
    data = file.read(MOST_MAIL + 1)
    size = file.seek(0, io.SEEK_END)
    return Stored(0, size, data)


def _read_mail(stored: Stored, where: str) -> Iterator[Record | Aside]:
    try:
        mail = parse_mail(stored.data)
    except BrokenMailError as error:
        reason = f"no mail that can be taken apart: {error}"
        yield Aside(where, stored.size, reason, outcome="not understood", problem="broken-record")
        return
    body = _read_body(mail)
    subject = to_words(mail.headers.get("subject", ""))
    words = "\n\n".join(filter(None, [subject, body.words]))
    problem = _find_problem(mail)
    if words:
        yield Record(
            words=words,
            where=where,
            size=stored.size,
            said=dict(_list_said(mail, subject)),
            hidden=_list_hidden(mail),
            private=tuple((hit.start(), hit.end()) for hit in _ADDRESS.finditer(words)),
            problem=problem[0] if problem else None,
            reason=problem[1] if problem else None,
        )
    else:
        yield Aside(where, stored.size, "a mail without words", problem=problem[0] if problem else None)
    for left, why in body.aside:
        yield Aside(where, 0, why, _ADDRESS.sub("[address]", left))
    yield from _list_parts(mail, where)


def _read_body(mail: Mail) -> Fragment:
    if mail.body is None:
        return Fragment("")
    text = decode_part(mail.body)
    return read_fragment(text) if mail.body.media_type == "text/html" else Fragment(_join_paragraphs(text))


def _join_paragraphs(text: str) -> str:
    return "\n\n".join(
        filter(None, (to_words(part) for part in re.split(r"\n[ \t\r]*\n", text.replace("\r\n", "\n"))))
    )


def _list_said(mail: Mail, subject: str) -> Iterator[tuple[str, str]]:
    """Yield what a mail says of itself that is nobody's own: never who it went to."""
    stamp = read_stamp(mail.headers.get("date", ""))
    said = {
        "title": _ADDRESS.sub("[address]", subject),
        "date": stamp.iso,
        "zone": stamp.zone if stamp.iso else None,
        "outlet": find_outlet(mail),
        "date_printed": mail.headers.get("date") if not stamp.iso else None,
    }
    yield from ((name, value) for name, value in said.items() if value)


def find_outlet(mail: Mail) -> str | None:
    """Return the name of a list or newsletter, None for a mail from one person to others."""
    if not any(name in mail.headers for name in _LISTED):
        return None
    listed = _LIST_NAME.sub("", mail.headers.get("list-id", "")).strip('" ')
    sender = parseaddr(mail.headers.get("from", ""))[0]
    return next((name for name in (listed, sender) if name and "@" not in name), None)


def _list_hidden(mail: Mail) -> dict[str, str]:
    """Return what becomes a pseudonym: the sender, and the mail's own name, by which an answer can still be joined to it."""
    name, address = parseaddr(mail.headers.get("from", ""))
    hidden = {
        "author": "" if find_outlet(mail) else address.lower() or name,
        "id": mail.headers.get("message-id", ""),
        "reply_to": (mail.headers.get("in-reply-to", "").split() or [""])[0],
    }
    return {key: value for key, value in hidden.items() if value}


def _find_problem(mail: Mail) -> tuple[str, str] | None:
    """Return the kind of Problem of a mail and the words, None where nothing is wrong."""
    kind = mail.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in _LOCKED:
        return "encrypted", "the mail is encrypted"
    if mail.faults:
        return "broken-record", f"not written as mails are: {', '.join(mail.faults)}"
    return None if read_stamp(mail.headers.get("date", "")).iso else ("undated", "no date that can be read")


def _list_parts(mail: Mail, where: str) -> Iterator[Aside]:
    for twin in mail.twins:
        yield Aside(where, 0, f"the same words as {twin.media_type}")
    for other in mail.others:
        yield Aside(
            where, 0, f"an attachment, {other.media_type}, {len(other.data)} bytes: evidence of its own"
        )
