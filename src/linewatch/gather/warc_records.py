"""Goes through the records of a WARC or ARC file with warcio, over damage as well as it can. Decides nothing about them."""

from __future__ import annotations

import contextlib
import gzip
import io
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, NamedTuple

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import BufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeadersParserException

from linewatch.workers import open_scratch

MOST_PAYLOAD = 200_000_000
MOST_RATIO = 250
"""How often its size in the archive a body may be once it is unpacked."""
MOST_UNPACKED = 4_000_000_000
MOST_RECORD = 1_000_000_000
_SMALL = 1_000_000
_PIECE = 1 << 16
_MOST_RESTARTS = 200
_STARTS = (b"\x1f\x8b\x08", b"WARC/")
_BROKEN = (
    ArchiveLoadFailed, StatusAndHeadersParserException, EOFError, OSError, zlib.error, ValueError,
    AttributeError, TypeError, KeyError, IndexError, OverflowError, AssertionError, UnboundLocalError,
)  # fmt: skip
"""What warcio raises on damaged records: it asks attributes and methods of headers that are not there."""


class _PackedWholeError(Exception):
    """Records do not begin where packed members do."""


class Found(NamedTuple):
    """A record as it was found."""

    kind: str
    """`response`, `request`, `resource`, `revisit`, `warcinfo`, `metadata`, `conversion`, `continuation`, `arc_header`."""
    at: int
    size: int
    """Its bytes in the file, packed as they are there."""
    headers: Mapping[str, str]
    """The archive's own, by lower-case name."""
    http: tuple[tuple[str, str], ...] = ()
    status: str | None = None
    body: bytes = b""
    """As a browser would get it: chunks joined, compression undone."""
    digest: str = "none given"
    """`verified`, `failed: ...` or `none given`."""
    faults: tuple[tuple[str, str], ...] = ()
    """What is wrong with it: the kind of Problem, and the words."""


class Gap(NamedTuple):
    """Bytes between records that could not be understood, or a fact about the file that takes none."""

    at: int
    size: int
    kind: str
    reason: str


def list_records(file: BinaryIO) -> Iterator[Found | Gap]:
    """Yield the records of a seekable file in order; over a broken one it goes on at the next that can be found."""
    end = file.seek(0, io.SEEK_END)
    at, seen = 0, 0
    for _ in range(_MOST_RESTARTS):
        file.seek(at)
        try:
            for found in _iterate(file):
                seen += 1
                at = found.at + found.size
                yield found
        except _PackedWholeError:
            yield from _list_unpacked(file, seen, end)
            return
        except _BROKEN as error:
            reason = f"{type(error).__name__}: {error}"
        else:
            if at < end:
                yield Gap(at, end - at, "set aside", "what follows the last record")
            return
        following = _find_start(file, at + 1, end)
        yield Gap(
            at,
            following - at,
            "broken-record",
            f"no record that can be read: {' '.join(reason.split())[:200]}",
        )
        at = following
        if at >= end:
            return
    yield Gap(
        at, end - at, "broken-record", f"more than {_MOST_RESTARTS} broken records: the rest is not looked at"
    )


def _iterate(file: BinaryIO) -> Iterator[Found]:
    records = ArchiveIterator(file, arc2warc=True, check_digests=True)
    while True:
        with contextlib.redirect_stderr(io.StringIO()):  # warcio warns there of what is told as a fault
            record = next(records, None)
            if record is None:
                return
            if (record.length or 0) > MOST_RECORD:
                raise ArchiveLoadFailed(f"a record of {record.length} bytes, more than {MOST_RECORD}")
            found = _read(record, records)
        if found.size <= 0 or (records.reader.decompressor and records.next_line):
            raise _PackedWholeError
        yield found


def _read(record: Any, records: Any) -> Found:
    headers = {name.lower(): value for name, value in record.rec_headers.headers}
    warned = records.err_count
    body, faults = _read_body(record)
    at = records.get_record_offset()
    missing = getattr(record.raw_stream, "limit", 0)
    if missing and records.reader.decompressor and not _begins_record(records.fh, records.offset):
        raise _PackedWholeError
    if missing:
        faults.append(("truncated", f"the file ends {missing} bytes before the record does"))
    if records.err_count > warned:
        faults.append(("broken-record", "the record is longer or shorter than it says"))
    if "warc-truncated" in headers:
        faults.append(("truncated", f"cut short when it was captured: {headers['warc-truncated'][:40]}"))
    http = record.http_headers
    return Found(
        kind=record.rec_type or "unknown",
        at=at,
        size=records.offset - at,
        headers=headers,
        http=tuple((str(name), str(value)) for name, value in http.headers) if http else (),
        status=http.get_statuscode() if http else None,
        body=body,
        digest=_describe_digest(record.digest_checker),
        faults=tuple(faults),
    )


def _begins_record(file: BinaryIO, at: int) -> bool:
    """Tell whether a packed record begins at a place, or the file ends there; the reader goes on where it was."""
    here = file.tell()
    file.seek(at)
    packed = file.read(_PIECE)
    file.seek(here)
    try:
        return not packed or zlib.decompressobj(wbits=31).decompress(packed, 16).startswith(b"WARC/")
    except zlib.error:
        return True


def _read_body(record: Any) -> tuple[bytes, list[tuple[str, str]]]:
    """Return the body as far as it can be had, and what was wrong with it."""
    encoding = (
        (record.http_headers.get_header("content-encoding") or "").lower() if record.http_headers else ""
    )
    faults: list[tuple[str, str]] = []
    if encoding not in {"", "identity"} and encoding not in BufferedReader.get_supported_decompressors():
        faults.append(("unreadable", f"packed with {encoding[:20]}, which cannot be undone here"))
    most = min(MOST_PAYLOAD, max(_SMALL, MOST_RATIO * max(0, record.length or 0)))
    pieces: list[bytes] = []
    size = 0
    stream = record.content_stream()
    try:
        while piece := stream.read(_PIECE):
            size += len(piece)
            pieces.append(piece)
            if size > most:
                faults.append(("bomb", f"unpacks to more than {most} bytes"))
                return b"", faults
    except _BROKEN as error:
        faults.append(("broken-record", f"its body cannot be read to the end: {error}"[:200]))
    return b"".join(pieces), faults


def _describe_digest(checker: Any) -> str:
    if checker is None or checker.passed is None:
        return "none given"
    return "verified" if checker.passed else f"failed: {'; '.join(checker.problems)[:300]}"


def _find_start(file: BinaryIO, at: int, end: int) -> int:
    """Return where the next record may begin, the end of the file where none does."""
    overlap = max(map(len, _STARTS)) - 1
    while at < end:
        file.seek(at)
        piece = file.read(_PIECE + overlap)
        hits = [hit for start in _STARTS if (hit := piece.find(start)) >= 0]
        if hits:
            return at + min(hits)
        at += _PIECE
    return end


def _list_unpacked(file: BinaryIO, seen: int, end: int) -> Iterator[Found | Gap]:
    """Yield the records after the first `seen` of an archive that was packed as a whole; they are placed in what it unpacks to."""
    yield Gap(
        0, 0, "irregular", "packed as a whole, not record by record: places are those of the unpacked archive"
    )
    file.seek(0)
    with open_scratch() as unpacked, gzip.GzipFile(fileobj=file) as packed:
        size, most = 0, min(MOST_UNPACKED, max(_SMALL, MOST_RATIO * end))
        try:
            while piece := packed.read(_PIECE):
                size += len(piece)
                if size > most:
                    yield Gap(0, 0, "bomb", f"unpacks to more than {most} bytes")
                    break
                unpacked.write(piece)
        except _BROKEN as error:
            yield Gap(0, 0, "truncated", f"cannot be unpacked to the end: {error}"[:200])
        for place, found in enumerate(list_records(unpacked)):
            if place >= seen:
                yield found
