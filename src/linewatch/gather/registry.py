"""The unpackers by media type."""

from __future__ import annotations

from linewatch.gather import mail, mhtml, tars, wacz, warc, zips
from linewatch.gather.base import Unpacker

MODULES: tuple[Unpacker, ...] = (zips, tars, warc, wacz, mhtml, mail)
UNPACKERS: dict[str, Unpacker] = {kind: one for one in MODULES for kind in one.MEDIA_TYPES}
"""Who opens what; what is not here is one file."""
