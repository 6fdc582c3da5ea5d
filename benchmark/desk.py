"""How fast the desk's pages answer at the server, in one window and in ten, on a generated case.

    python benchmark/desk.py [--items 1000] [--passages 10] [--rounds 20]

The case is invented: items of a rowing guild in four outlets over ten years, each of so many passages, a tenth of them
coded by two coders. It is written as rows straight into a case, with no file read, so that 10,000 items take minutes.
Times are of whole answers over loopback, each page first asked once (that time is printed as `first`).
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, product
from pathlib import Path

import httpx
import numpy as np

from linewatch.code.run import get_codebook
from linewatch.model import (
    Anchor,
    Block,
    Correction,
    Document,
    Evidence,
    Finding,
    Item,
    Judgement,
    Passage,
    Quotation,
    Run,
    Span,
    get_id,
)
from linewatch.model.when import parse_iso
from linewatch.store.case import Case, make_case
from linewatch.store.live import name_version
from linewatch.text.retrace import get_cut

OUTLETS = ("The Lamp", "The Chorus", "North Pier Films", "South Pier Films")
COMMON = [
    "the",
    "and",
    "of",
    "to",
    "in",
    "a",
    "that",
    "it",
    "is",
    "was",
    "for",
    "on",
    "are",
    "as",
    "with",
    "his",
    "they",
    "at",
    "be",
    "this",
    "from",
    "have",
    "or",
    "by",
    "one",
    "had",
    "not",
    "but",
    "what",
    "all",
    "were",
    "when",
]
RARE = [
    "".join(parts)
    for parts in product("bdhklmnprst", "aeiou", ("lan", "mor", "ris", "tan", "vel", "don", "gar"), "aeiou")
]
WORDS = [*COMMON, *RARE[:170], "lamp", "tide", *RARE[170:]]
SHARES = list(accumulate(1 / rank for rank in range(1, len(WORDS) + 1)))
"""Words are as often as their rank says (Zipf): `lamp` and `tide` are each in about one passage of fifty."""
ARABIC = "من ترك المجداف فقد أخطأ ولكنه ما زال منا والباب مفتوح حتى الربيع"
NOW = datetime(2033, 1, 1, tzinfo=UTC)
BATCH = 200


def make_large_case(path: Path, items: int, passages: int) -> Case:
    """Write a case of so many items with so many passages each."""
    case, chance = make_case(path), random.Random(8)
    codebook = get_codebook(case).name
    for first in range(0, items, BATCH):
        with case.write("generate") as writer:
            for n in range(first, min(first + BATCH, items)):
                for rows in make_item(n, passages, chance, codebook):
                    writer.add(*rows)
    return case


def make_item(n: int, passages: int, chance: random.Random, codebook: str) -> list[list[object]]:
    """Return the rows of one item, kind by kind."""
    words = [
        " ".join(chance.choices(WORDS, cum_weights=SHARES, k=40)) if (n + k) % 50 else ARABIC
        for k in range(passages)
    ]
    text = "\n\n".join([f"Notice {n}", *words])
    name = get_id("evidence", n, length=64)
    evidence = Evidence(
        id=f"sha256:{name}",
        size=len(text.encode()),
        media_type="text/plain",
        name=f"notice-{n}.txt",
        gathered_at=NOW,
    )
    document = get_id("document", n)
    places, at = [], len(f"Notice {n}") + 2
    for one in words:
        places.append((at, at + len(one)))
        at += len(one) + 2
    blocks = (
        Block(kind="title", start=0, end=len(f"Notice {n}")),
        *(
            Block(kind="paragraph", start=a, end=b, language="ar" if text[a:b] == ARABIC else "en")
            for a, b in places
        ),
    )
    day = date(2023, 1, 1) + timedelta(days=n * 3650 // 10_000 % 3650)
    item = Item(
        kind="article", outlet=OUTLETS[n % 4], title=f"Notice {n}", date=parse_iso(f"{day}"), held=True
    )
    found = [
        _make_finding(document, text, 0, len(text), item, n),
        _make_finding(document, text, *places[0], Quotation(speaker=f"Rower {n % 50}"), n),
    ]
    proposed = [
        Passage(
            id=get_id("passage", n, k, length=12),
            span=Span(document=document, start=a, end=b),
            item=found[0].id,
            language="en",
        )
        for k, (a, b) in enumerate(places)
    ]
    judged = [
        _judge(one.id, coder, codebook, chance)
        for one in proposed
        if n % 10 == 0
        for coder in ("anna", "bruno")
    ]
    runs = [
        Run(
            id=get_id("read", n),
            stage="read",
            input=evidence.id,
            tool="plain.v1",
            output=document,
            finished_at=NOW,
        ),
        Run(
            id=get_id("find", n),
            stage="find",
            input=document,
            tool="made",
            output=" ".join(map(name_version, found)),
            finished_at=NOW,
        ),
        Run(
            id=get_id("code", n),
            stage="code",
            input=document,
            tool="made",
            output=" ".join(map(name_version, proposed)),
            finished_at=NOW,
        ),
    ]
    made = Document(id=document, evidence=evidence.id, reader="plain.v1", text=text, blocks=blocks)
    return [[evidence], [made], [*found], [*proposed], [*judged], [*runs]]


def _make_finding(document: str, text: str, start: int, end: int, value: Item | Quotation, n: int) -> Finding:
    span = Span(document=document, start=start, end=end)
    return Finding(
        id=get_id(type(value).__name__, n),
        span=span,
        value=value,
        finder="made.v1",
        reason="generated",
        cut=get_cut(text[start:end]),
    )


def _judge(passage: str, coder: str, codebook: str, chance: random.Random) -> Judgement:
    return Judgement(
        id=get_id(passage, coder), passage=passage, coder=coder, codebook=codebook, question="stance", value="range",
        low=(point := chance.choice((-2, -1, 0, 1))), high=point, judged_at=NOW,
    )  # fmt: skip


def list_pages(client: httpx.Client) -> dict[str, str]:
    """Return an address of every room."""
    one = client.get("/api/passages?most=1").json()[0]["span"]["document"]
    return {
        "gather": "/gather", "library": "/read", "facet": "/read?outlet=The+Lamp", "search": "/read?q=lamp",
        "search, Arabic": "/read?q=المجداف", "document": f"/read/{one}", "find": "/find", "findings": f"/find/{one}",
        "speakers": "/find/speakers", "code": "/code", "agreement": "/code/agreement", "track": "/track",
        "period": "/track?from=2024-01-01&to=2024-06-30", "check": "/check", "api search": "/api/search?q=lamp+tide",
    }  # fmt: skip


def measure(client: httpx.Client, path: str, rounds: int, windows: int) -> list[float]:
    """Return the milliseconds of each answer, so many windows asking at once."""

    def ask(_round: int) -> float:
        begun = time.perf_counter()
        client.get(path).raise_for_status()
        return (time.perf_counter() - begun) * 1000

    with ThreadPoolExecutor(windows) as pool:
        return list(pool.map(ask, range(rounds * windows)))


def main() -> None:
    """Make the case, serve it, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=1000)
    parser.add_argument("--passages", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        make_large_case(Path(folder) / "case", given.items, given.passages)
        print(
            f"{given.items} items, {given.items * given.passages} passages, made in {time.perf_counter() - begun:.0f} s"
        )
        command = [sys.executable, "-m", "linewatch", "serve", str(Path(folder) / "case")]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as desk:
            assert desk.stdout is not None
            opens = desk.stdout.readline().strip()
            try:
                with httpx.Client(base_url=opens.partition("/open/")[0], timeout=600) as client:
                    client.get(opens)
                    paths = list_pages(client)
                    client.get("/api/line")
                    print_table(client, paths, given.rounds)
                    print_changes(client, paths, Case(Path(folder) / "case"))
            finally:
                desk.terminate()


def print_changes(client: httpx.Client, paths: dict[str, str], case: Case) -> None:
    """Add an answer, then a correction, before each page, and print the milliseconds of the page after it."""
    print(f"{'page':16} {'after an answer':>16} {'after a correction':>19}")
    for n, (name, path) in enumerate(paths.items()):
        keep(
            case,
            _judge(
                get_id("passage", 10 * n, 0, length=12), "cleo", get_codebook(case).name, random.Random(n)
            ),
        )
        answered = measure(client, path, 1, 1)[0]
        keep(case, _accept(n))
        print(f"{name:16} {answered:16.0f} {measure(client, path, 1, 1)[0]:19.0f}", flush=True)


def keep(case: Case, row: Judgement | Correction) -> None:
    """Add a row as another program would."""
    with case.write("change") as writer:
        writer.add(row)


def _accept(n: int) -> Correction:
    at = Anchor(
        evidence=f"sha256:{get_id('evidence', n, length=64)}",
        document=get_id("document", n),
        start=0,
        end=1,
        cut="",
    )
    return Correction(
        id=get_id("accept", n),
        action="accept",
        target=get_id("Quotation", n),
        kind="quotation",
        at=at,
        analyst="anna",
        made_at=NOW,
    )


def print_table(client: httpx.Client, paths: dict[str, str], rounds: int) -> None:
    """Ask every page, alone and ten at once, and print milliseconds."""
    print(
        f"{'page':16} {'first':>8}   {'1 window: p50':>14} {'p95':>7} {'p99':>7}   {'10 windows: p50':>16} {'p95':>7} {'p99':>7}"
    )
    for name, path in paths.items():
        first = measure(client, path, 1, 1)[0]
        rows = [np.percentile(measure(client, path, rounds, windows), (50, 95, 99)) for windows in (1, 10)]
        told = "   ".join(" ".join(f"{value:7.1f}" for value in row) for row in rows)
        print(f"{name:16} {first:8.0f}   {'':7}{told}", flush=True)


if __name__ == "__main__":
    main()
