"""The readers by media type, and `read_bytes` for a file that belongs to no case."""

from __future__ import annotations

import hashlib

from linewatch.errors import InputError
from linewatch.model import Document
from linewatch.read import docx, html, markdown, pdf, plain, subtitles
from linewatch.read.base import Reader
from linewatch.text.media import find_media_type

MODULES: tuple[Reader, ...] = (plain, markdown, html, pdf, docx, subtitles)
READERS: dict[str, Reader] = {media_type: reader for reader in MODULES for media_type in reader.MEDIA_TYPES}
"""Who reads what; a media type that is not here stays sealed and is a Problem."""


def read_bytes(data: bytes, name: str, *, evidence: str | None = None) -> Document:
    """Return the document in a file's bytes; raises InputError where no reader is for its kind."""
    media_type = find_media_type(data, name)
    if media_type not in READERS:
        raise InputError(
            f"{name} is {media_type}, which cannot be read yet",
            hint="text, Markdown, HTML, PDF, DOCX, SRT and VTT can",
        )
    return READERS[media_type].read(data, evidence=evidence or f"sha256:{hashlib.sha256(data).hexdigest()}")
