"""What a package without originals holds beside the report: what was sealed and what was done, without a name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from linewatch.model import Evidence, LogEntry, Timestamp, to_json
from linewatch.write.cells import write_csv

EVIDENCE_COLUMNS = ("hash", "size", "media_type", "gathered_at", "out_of")
LOG_COLUMNS = ("entry", "at", "who", "action", "tool", "rows", "previous", "hash")


def make_files(
    evidence: Iterable[Evidence], entries: Sequence[LogEntry], stamps: Iterable[Timestamp]
) -> dict[str, bytes]:
    """Return the files by name: evidence.csv, log.csv, and each timestamp as `openssl ts -verify` reads it."""
    files = {
        "evidence.csv": write_csv(EVIDENCE_COLUMNS, (_list_evidence(one) for one in evidence)).encode(),
        "log.csv": write_csv(LOG_COLUMNS, _list_entries(entries)).encode(),
    }
    for stamp in stamps:
        files |= {f"timestamps/{name}": data for name, data in make_proof(stamp).items()}
    return files


def make_proof(stamp: Timestamp) -> dict[str, bytes]:
    """Return a timestamp as files: what was stamped, the request, the whole response, and the roots that were named."""
    name = f"entry-{stamp.head.seq}-{stamp.id[:8]}"
    files = {f"{name}.json": to_json(stamp.head), f"{name}.tsq": stamp.request, f"{name}.tsr": stamp.response}
    return files | ({f"{name}.pem": stamp.roots} if stamp.roots else {})


def _list_evidence(one: Evidence) -> tuple[str, int, str, str, str | None]:
    return one.id, one.size, one.media_type, one.gathered_at.isoformat(), one.parent


def _list_entries(entries: Sequence[LogEntry]) -> Iterable[tuple[int | str, ...]]:
    """Yield the log's entries; who did it is a letter."""
    people = sorted({entry.who for entry in entries})
    for entry in entries:
        rows = sum(count for count, _ in entry.wrote.values())
        who = f"analyst {people.index(entry.who) + 1}"
        yield entry.seq, entry.at.isoformat(), who, entry.action, entry.tool, rows, entry.previous, entry.hash
