"""Opens mails and mailboxes: each attachment a child. The mails themselves are read from the file that holds them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

from linewatch.gather.base import Aside, Child
from linewatch.text.mail import MOST_MAIL, BrokenMailError, Part, Stored, list_mails, parse_mail
from linewatch.text.signatures import MAIL, MAILBOX

NAME = "mail.v1"
MEDIA_TYPES = (MAIL, MAILBOX)
_SUFFIX = {"message/rfc822": ".eml", "text/html": ".html", "text/plain": ".txt"}


def unpack(file: BinaryIO) -> Iterator[Child | Aside]:
    """Yield the attachments of each mail, in order; the mails themselves are read in place, so nothing of them is aside."""
    begins = file.read(5)
    file.seek(0)
    if begins == b"From ":
        mails = list_mails(file)
    else:
        size = file.seek(0, io.SEEK_END)
        file.seek(0)
        mails = iter([Stored(0, size, file.read(MOST_MAIL))])
    for place, stored in enumerate(mails, start=1):
        yield from _open_mail(stored, f"mail {place}")


def _open_mail(stored: Stored, where: str) -> Iterator[Child | Aside]:
    if stored.size > MOST_MAIL:
        yield Aside(
            where, stored.size, f"a mail of {stored.size} bytes, more than {MOST_MAIL}", problem="too-large"
        )
        return
    try:
        mail = parse_mail(stored.data)
    except BrokenMailError as error:
        yield Aside(where, stored.size, f"no mail that can be taken apart: {error}", problem="broken-member")
        return
    for place, part in enumerate(mail.others, start=1):
        here = f"{where}, part {place}"
        if part.data:
            yield Child(_name(part, place), part.data, here)
        else:
            yield Aside(here, 0, f"an empty part, {part.media_type}")


def _name(part: Part, place: int) -> str:
    """Return the attachment's own name, or one made from its place."""
    return part.name or f"part-{place}{_SUFFIX.get(part.media_type, '')}"
