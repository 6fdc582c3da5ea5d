"""Makes small web archives of the Harbour League's pages."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping

URL = "https://lamp.example/612"
DATE = "2031-05-03T10:00:00Z"
PAGE = (
    "<!doctype html><html><head><title>Lamp</title></head><body><p>"
    + "The oar stays theirs. " * 8
    + "</p></body></html>"
).encode()


def make_record(  # noqa: PLR0913 - a case names what it is about
    kind: str = "response",
    body: bytes = PAGE,
    url: str = URL,
    status: str = "200 OK",
    http: Iterable[tuple[str, str]] = (("Content-Type", "text/html"),),
    warc: Mapping[str, str] | None = None,
    *,
    packed: bool = False,
) -> bytes:
    """Return one record as it stands in a file, with the digests of its block and its payload."""
    lines = {"response": f"HTTP/1.1 {status}", "revisit": f"HTTP/1.1 {status}", "request": "GET / HTTP/1.1"}
    headers = "".join(f"{name}: {value}\r\n" for name, value in http)
    head = f"{lines[kind]}\r\n{headers}\r\n".encode() if kind in lines else b""
    said = {
        "WARC-Type": kind,
        "WARC-Target-URI": url,
        "WARC-Date": DATE,
        "WARC-Block-Digest": _digest(head + body),
        "WARC-Payload-Digest": _digest(body),
        "Content-Type": "application/http" if head else "text/html",
        "Content-Length": str(len(head + body)),
        **(warc or {}),
    }
    written = "".join(f"{name}: {value}\r\n" for name, value in said.items())
    record = f"WARC/1.0\r\n{written}\r\n".encode() + head + body + b"\r\n\r\n"
    return gzip.compress(record) if packed else record


def _digest(data: bytes) -> str:
    return f"sha1:{base64.b32encode(hashlib.sha1(data).digest()).decode()}"


def make_wacz(
    warc: bytes,
    *,
    shape: str = "1.1.1",
    extra: Mapping[str, bytes] | None = None,
    change: bytes | None = None,
) -> bytes:
    """Return a package around an archive; `change` is put in the archive's place after the manifest is made."""
    pages = b'{"format": "json-pages-1.0", "id": "pages"}\n' + b"\n".join(
        json.dumps(page).encode()
        for page in (
            {"url": URL, "ts": DATE, "title": "The Lamp 612"},
            {"url": "file:///notes.pdf", "ts": DATE},
        )
    )
    index = gzip.compress(b'example,lamp)/612 20310503100000 {"url": "x", "req.http:cookie": "token=tar"}\n')
    members = {
        "archive/data.warc": warc,
        "pages/pages.jsonl": pages,
        "indexes/index.cdx.gz": index,
        **(extra or {}),
    }
    rows = [_list_row(name, data, shape) for name, data in members.items() if name not in (extra or {})]
    manifest = json.dumps({"profile": "data-package", "resources": rows}).encode()
    digest = json.dumps(
        {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(manifest).hexdigest()}"}
    ).encode()
    if change is not None:
        members["archive/data.warc"] = change
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in {
            **members,
            "datapackage.json": manifest,
            "datapackage-digest.json": digest,
        }.items():
            package.writestr(name, data)
    return out.getvalue()


def _list_row(path: str, data: bytes, shape: str) -> dict[str, object]:
    digest = hashlib.sha256(data).hexdigest()
    if shape == "1.0.0":
        return {"path": path, "stats": {"hash": digest, "bytes": len(data)}, "hashing": "sha256"}
    return {"path": path, "hash": f"sha256:{digest}", "bytes": len(data)}
