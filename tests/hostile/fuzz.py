"""Damages real-shaped samples of every reader and unpacker, at random from a seed, and has them parsed in a worker.

    python tests/hostile/fuzz.py --minutes 60 --seed 1 --keep FOLDER

What a parser does to its worker is counted by kind; a file that crashed, hung or swelled it is kept. The command itself must
go on: an exception here, or a file that was written, is a fault of Linewatch and ends the run.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import io
import random
import sys
import tarfile
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from math import inf
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from factories_warc import make_record
from linewatch.gather.apart import unpack_apart
from linewatch.gather.base import Child
from linewatch.gather.members import MemberError
from linewatch.gather.registry import UNPACKERS
from linewatch.read.apart import PROBLEMS, read_apart, read_records_apart
from linewatch.read.registry import READERS, RECORD_READERS
from linewatch.text.media import find_media_type
from read.telegram_samples import make_div, make_export, make_message, make_page

MATERIAL = Path(__file__).parents[2] / "examples" / "harbour-league" / "material"
WORDS = "The boats go out at six with full crews. ذهب القارب إلى الميناء."
MAIL = f"From ines@quay.example Sat May  3 10:00:00 2031\nFrom: ines@quay.example\nSubject: Tide\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{WORDS}\n"
FEED = f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>The Lamp</title><item><title>Nets</title><description>{WORDS}</description><pubDate>Sat, 03 May 2031 10:00:00 GMT</pubDate></item></channel></rss>"
CUES = f"WEBVTT\n\n00:01.000 --> 00:04.000\n<v Narrator>{WORDS}\n"
TABLE = f"id,timestamp,author,body\n1,2031-05-03 10:00:00,Ines,{WORDS}\n2,2031-05-04,Nils,Row on.\n"
LINES = '{"id": 1, "timestamp": "2031-05-03", "body": "Row on."}\n' * 3
TELLING = [
    b"\xff",
    b"\0",
    b"<",
    b"[",
    b"{",
    b'"',
    b"&#0;",
    "\u202e".encode(),
    b"\xff\xfe",
    b"99999999999",
    b"-1",
    b"]]>",
    b"\r",
]


def list_samples() -> Iterator[tuple[str, bytes]]:
    """Yield a small file of each kind that anything reads or opens."""
    seen = set[str]()
    for path in sorted(MATERIAL.rglob("*")):
        if path.is_file() and path.suffix not in seen and path.stat().st_size < 1 << 20:
            seen.add(path.suffix)
            yield path.name, path.read_bytes()
    yield "result.json", make_export(*map(make_message, range(1, 6)))
    yield "messages.html", make_page(make_div(1, WORDS), make_div(2, WORDS))
    texts = {
        "box.mbox": MAIL,
        "one.eml": MAIL.partition("\n")[2],
        "lamp.xml": FEED,
        "a.vtt": CUES,
        "a.csv": TABLE,
        "a.ndjson": LINES,
    }
    yield from ((name, text.encode()) for name, text in texts.items())
    yield "lamp.warc", make_record() + make_record("request", b"")
    yield "lamp.warc.gz", gzip.compress(make_record()) + gzip.compress(make_record())
    yield "all.zip", make_zip({"a.txt": WORDS, "in/b.txt": WORDS * 20})
    yield "book.epub", make_zip({"mimetype": "application/epub+zip", "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="o.opf"/></rootfiles></container>', "o.opf": '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>', "a.xhtml": f"<html><body><p>{WORDS}</p></body></html>"})  # fmt: skip
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as made:
        info = tarfile.TarInfo("a.txt")
        info.size = len(WORDS.encode())
        made.addfile(info, io.BytesIO(WORDS.encode()))
    yield "all.tar", held.getvalue()
    yield (
        "page.mhtml",
        f"From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=A\n\n--A\nContent-Type: text/html\n\n<p>{WORDS}</p>\n--A--\n".encode(),
    )


def make_zip(members: dict[str, str]) -> bytes:
    """Return a ZIP archive."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in members.items():
            made.writestr(name, text)
    return held.getvalue()


def damage(data: bytes, chance: random.Random) -> bytes:
    """Return bytes changed in one to eight places: flipped, cut, doubled, moved, or with something telling put in."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at, length = chance.randrange(len(made) + 1), chance.choice([1, 2, 8, 64, 4096])
        piece = bytes(made[at : at + length])
        match chance.randrange(6):
            case 0 if at < len(made):
                made[at] ^= 1 << chance.randrange(8)
            case 1:
                del made[at : at + length]
            case 2:
                made[at:at] = piece * chance.choice([1, 2, 50])
            case 3:
                made[at:at] = chance.choice(TELLING) * chance.choice([1, 3, 2000])
            case 4:
                made[at : at + length] = chance.randbytes(len(piece))
            case _:
                there = chance.randrange(len(made) + 1)
                made[there:there] = piece
    return bytes(made[: chance.randrange(len(made) + 1)] if chance.random() < 0.05 else made)


def parse(path: Path, media_type: str) -> set[str]:
    """Parse a file as what it was made from; return the kinds of faults of the worker, after asserting that its bytes add up."""
    faults = set[str | None]()
    if media_type in UNPACKERS:
        for member in unpack_apart(path, media_type):
            if isinstance(member, Child) and not isinstance(member.data, bytes):
                try:
                    while member.data.read(1 << 20):
                        pass
                except MemberError as error:
                    faults.add(error.kind)
            else:
                faults.add(member.problem)  # type: ignore[union-attr] # an aside
    if media_type in READERS:
        document = read_apart(path, media_type, "sha256:0")
        assert document.portions
        assert document.blocks or document.problems
        faults |= {one.kind for one in document.problems}
    if media_type in RECORD_READERS:
        met = list(read_records_apart(path, media_type))
        assert sum(one.size for one in met) == path.stat().st_size, "the bytes do not add up"
        faults |= {one.problem for one in met}
    return {one for one in faults if one in PROBLEMS.values()}  # type: ignore[misc] # none is not among them


def fuzz(
    seed: int, folder: Path, *, seconds: float = inf, most: float = inf, keep: Path | None = None
) -> tuple[int, Counter[str], float]:
    """Damage and parse until the time is up or so many files are done; return how many files, the faults by type and kind, and the longest time one took."""
    chance, counts, done, longest = random.Random(seed), Counter[str](), 0, 0.0
    samples = [(find_media_type(data, name), name, data) for name, data in list_samples()]
    samples = [one for one in samples if one[0] in READERS | RECORD_READERS | UNPACKERS]
    end, path = time.monotonic() + seconds, folder / "damaged"
    while done < most and time.monotonic() < end:
        media_type, name, data = samples[done % len(samples)]
        damaged = damage(data, chance)
        path.write_bytes(damaged)
        begun = time.monotonic()
        faults = parse(path, media_type)
        longest, done = max(longest, time.monotonic() - begun), done + 1
        assert path.read_bytes() == damaged
        assert list(folder.iterdir()) == [path]
        for kind in faults:
            counts[f"{media_type} {kind}"] += 1
            if keep:
                keep.mkdir(exist_ok=True)
                (keep / f"{kind}-{hashlib.sha256(damaged).hexdigest()[:12]}-{name}").write_bytes(damaged)
    return done, counts, longest


def main() -> None:
    """Fuzz for as long as is asked and print what came of it."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--minutes", type=float, default=1)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--keep", type=Path)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        done, counts, longest = fuzz(given.seed, Path(folder), seconds=given.minutes * 60, keep=given.keep)
    sys.stdout.write(
        f"{done} files in {given.minutes:g} minutes, the longest {longest:.1f} s; faults: {dict(counts) or 'none'}\n"
    )


if __name__ == "__main__":
    main()
