"""Takes a mail, a mailbox or a saved page (all MIME) apart: headers, the body to read, and the other parts. Opens no part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser
from typing import BinaryIO, NamedTuple

from linewatch.text.encoding import decode

MOST_MAIL = 200_000_000
MOST_PARTS = 2_000
_LINE = 1 << 20
_BROKEN = (ValueError, LookupError, AttributeError, TypeError, AssertionError, RecursionError, MemoryError)
"""What the standard library's parser raises on headers and nestings made to break it."""


class BrokenMailError(ValueError):
    """The bytes are no mail that can be taken apart."""


class Part(NamedTuple):
    """One leaf of a mail's tree."""

    name: str
    """The file's name as the mail writes it, empty where it writes none."""
    media_type: str
    data: bytes
    headers: Mapping[str, str]
    """By lower-case name, as decoded text."""
    charset: str | None = None


class Mail(NamedTuple):
    """A mail taken apart."""

    headers: Mapping[str, str]
    body: Part | None
    """What is read: by default plain text where there is some, else HTML."""
    twins: tuple[Part, ...] = ()
    """The same words in another form."""
    others: tuple[Part, ...] = ()
    """Attachments, pictures and further texts."""
    faults: tuple[str, ...] = ()


class Stored(NamedTuple):
    """A mail as it lies in a mailbox."""

    at: int
    size: int
    """Its bytes in the file, the line before it included."""
    data: bytes


def list_mails(file: BinaryIO) -> Iterator[Stored]:
    """Yield the mails of a mailbox in order, with what stands before the first; one that is too large comes cut."""
    lines: list[bytes] = []
    at, size, blank, whole = 0, 0, True, True
    while line := file.readline(_LINE):
        begins = blank and whole and line.startswith(b"From ")
        if begins and size:
            yield Stored(at, size, _unquote(lines))
            at, size, lines = at + size, 0, []
        if not begins and size < MOST_MAIL:
            lines.append(line)
        size += len(line)
        blank, whole = whole and not line.strip(b"\r\n"), line.endswith(b"\n")
    if size:
        yield Stored(at, size, _unquote(lines))


def _unquote(lines: list[bytes]) -> bytes:
    """Return a mail as it was sent: a mailbox writes `>From ` for a line that begins with `From `."""
    return b"".join(
        line[1:] if line.startswith(b">") and line.lstrip(b">").startswith(b"From ") else line
        for line in lines
    )


def parse_mail(data: bytes, prefer: tuple[str, ...] = ("plain", "html")) -> Mail:
    r"""Return a mail's headers and parts; raises BrokenMailError where the parser itself gives up.

    >>> mail = parse_mail(b"Subject: =?utf-8?q?The_oar?=\n\nRow on.\n")
    >>> mail.headers["subject"], mail.body.data
    ('The oar', b'Row on.\n')
    """
    if len(data) > MOST_MAIL:
        raise BrokenMailError(f"more than {MOST_MAIL} bytes")
    try:
        message = BytesParser(policy=policy.default).parsebytes(data)
        leaves = [
            part
            for part in message.walk()
            if not part.is_multipart() or part.get_content_type() == "message/rfc822"
        ]
        body = _find_body(message, prefer)
    except _BROKEN as error:
        raise BrokenMailError(f"{type(error).__name__}: {error}"[:200]) from error
    inside = _list_inside(leaves)
    mine = [leaf for leaf in leaves if id(leaf) not in inside][:MOST_PARTS]
    alternative = _list_alternatives(message, body)
    twins = [leaf for leaf in mine if id(leaf) in alternative and leaf.get_content_maintype() == "text"]
    told = {id(body), *map(id, twins)}
    others = [leaf for leaf in mine if id(leaf) not in told]
    return Mail(
        headers=_list_headers(message),
        body=_make_part(body) if body is not None else None,
        twins=tuple(map(_make_part, twins)),
        others=tuple(map(_make_part, others)),
        faults=tuple(_list_faults(message, mine, len(leaves))),
    )


def _find_body(message: EmailMessage | Message, prefer: tuple[str, ...]) -> Message | None:
    if isinstance(message, EmailMessage):
        return message.get_body(preferencelist=prefer)
    return None


def _list_inside(leaves: Sequence[Message]) -> set[int]:
    """Return the identities of the parts of mails that are attached: they are not this mail's own."""
    attached = [
        leaf for leaf in leaves if leaf.get_content_type() == "message/rfc822" and leaf.is_multipart()
    ]
    return {id(part) for one in attached for part in one.walk() if part is not one}


def _list_alternatives(message: Message, body: Message | None) -> set[int]:
    """Return the identities of the parts that say the same as the body in another form."""
    groups = (
        [id(part) for part in one.walk()]
        for one in message.walk()
        if one.get_content_type() == "multipart/alternative"
    )
    found = next((set(group) for group in groups if id(body) in group), set())
    return found - {id(body)}


def _list_headers(message: Message) -> dict[str, str]:
    """Return the headers by lower-case name, the first of each; one that cannot be decoded as it stands."""
    said: dict[str, str] = {}
    try:
        names = message.keys()
    except _BROKEN:
        return said
    for name in names:
        if name.lower() not in said:
            said[name.lower()] = _get_header(message, name)
    return said


def _get_header(message: Message, name: str) -> str:
    try:
        words = str(message.get(name, ""))
    except _BROKEN:
        words = (
            next((str(value) for key, value in message.raw_items() if key == name), "")
            if isinstance(message, EmailMessage)
            else ""
        )
    return " ".join(words.encode("utf-8", "replace").decode().split())


def _make_part(part: Message) -> Part:
    try:
        name = part.get_filename() or ""
    except _BROKEN:
        name = ""
    return Part(name, part.get_content_type(), _get_data(part), _list_headers(part), _get_charset(part))


def _get_data(part: Message) -> bytes:
    """Return a part's bytes, its transfer encoding undone; of an attached mail, the mail written anew."""
    try:
        if part.is_multipart():
            return part.get_payload(0).as_bytes(policy=policy.compat32)  # type: ignore[union-attr]  # typeshed: a str or a Message
        payload = part.get_payload(decode=True)
    except _BROKEN:
        return b""
    return payload if isinstance(payload, bytes) else b""


def _get_charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except _BROKEN:
        return None


def _list_faults(message: Message, leaves: Sequence[Message], count: int) -> Iterator[str]:
    seen = dict.fromkeys(
        type(defect).__name__.removesuffix("Defect") for part in [message, *leaves] for defect in part.defects
    )
    yield from seen
    if count > MOST_PARTS:
        yield f"{count} parts, of which {MOST_PARTS} were taken"


def decode_part(part: Part) -> str:
    """Return a text part's words in the encoding it names, else as its bytes tell."""
    try:
        return part.data.decode(part.charset or "utf-8")
    except (LookupError, UnicodeDecodeError, ValueError):
        return decode(part.data).text
