"""The readers by media type, and `read_bytes` for a file that belongs to no case."""

from __future__ import annotations

import hashlib
import io
import secrets

from linewatch.errors import InputError
from linewatch.model import Document
from linewatch.read import (
    docx,
    epub,
    feeds,
    html,
    mail,
    markdown,
    pdf,
    plain,
    subtitles,
    tables,
    tables_lines,
    telegram,
    telegram_html,
)
from linewatch.read.base import Reader, RecordReader
from linewatch.read.records import Source, join_records, make_namer
from linewatch.text.media import find_media_type

MODULES: tuple[Reader, ...] = (plain, markdown, html, pdf, docx, subtitles, epub)
READERS: dict[str, Reader] = {media_type: reader for reader in MODULES for media_type in reader.MEDIA_TYPES}
"""Who reads what; a media type that is in neither table stays sealed and is a Problem."""
RECORD_MODULES: tuple[RecordReader, ...] = (telegram, telegram_html, tables, tables_lines, feeds, mail)
RECORD_READERS: dict[str, RecordReader] = {
    media_type: reader for reader in RECORD_MODULES for media_type in reader.MEDIA_TYPES
}
"""Who reads files of many records."""


def find_reader_name(media_type: str) -> str | None:
    """Return the versioned name of who reads a media type, None where nobody does."""
    reader = READERS.get(media_type) or RECORD_READERS.get(media_type)
    return reader.NAME if reader else None


def find_readable(data: bytes, name: str) -> str:
    """Return the media type of a file's bytes; raises InputError where no reader is for its kind."""
    media_type = find_media_type(data, name)
    if find_reader_name(media_type) is None:
        raise InputError(
            f"{name} is {media_type}, which cannot be read yet",
            hint="text, Markdown, HTML, PDF, DOCX, EPUB, SRT, VTT, CSV, NDJSON, feeds, mail and Telegram exports can",
        )
    return media_type


def read_bytes(data: bytes, name: str, *, evidence: str | None = None) -> Document:
    """Return the document in a file's bytes, of many records all of them; raises InputError where no reader is for its kind."""
    media_type = find_readable(data, name)
    source = evidence or f"sha256:{hashlib.sha256(data).hexdigest()}"
    if media_type in READERS:
        return READERS[media_type].read(data, evidence=source)
    reader = RECORD_READERS[media_type]
    # No case, no key to keep: the pseudonyms are of this call alone.
    met, namer = reader.read_records(io.BytesIO(data)), make_namer(secrets.token_bytes(32))
    return next(join_records(met, Source(source, reader.NAME), namer, is_whole=True))
