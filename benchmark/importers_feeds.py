"""Prints how many of the public feed samples are read as their authors expect, and names each that is not.

    python benchmark/importers_feeds.py

Data: `bench/importers/feeds` under `../shared` or the folder that LINEWATCH_SHARED names; skipped, saying so, without it.
Each sample says in a comment what must hold (`Expect: ...`); that is read by an evaluator which knows look-ups, comparisons and
a few functions, and calls nothing else. Two things are counted: whether the parsed feed holds what is expected (the files named
`wellformed`, and the others apart), and whether the values of it that a record keeps (title, id, address, author, language,
date) are those expected. A sample that asks about the server's answer, which no file has, is set aside. A benchmark, never a test.
"""

from __future__ import annotations

import ast
import io
import os
import re
import time
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import feedparser

from linewatch.read.feeds import list_said, read_records, read_words
from linewatch.read.feeds_parse import parse_feed

SHARED = Path(os.environ.get("LINEWATCH_SHARED", Path(__file__).parents[2] / "shared"))
FOLDER = SHARED / "bench" / "importers" / "feeds" / "tests"
EXPECT = re.compile(r"Expect:\s*(.*?)\s*(?:\n|-->)")
HEADER = re.compile(r"Header:\s*([\w-]+):[ \t]*(.*)")
SERVER = "http://127.0.0.1:8097/"
"""Where the samples' authors serve them from; nothing is fetched from it."""
TRANSPORT = frozenset({"etag", "modified", "modified_parsed", "headers"})
FUNCTIONS: dict[str, Callable[..., Any]] = {"len": len, "ord": ord, "isinstance": isinstance}
METHODS = frozenset({"get", "has_key", "startswith", "endswith", "strip", "lower", "keys"})
ENCODINGS = ("utf-8", "utf-16", "utf-32", "utf-16-be", "utf-16-le", "utf-32-be", "utf-32-le")
KEPT = {"title": "title", "link": "url", "id": "id", "guid": "id", "author": "author"}
DATES = ("published_parsed", "created_parsed", "updated_parsed")


class UnknownError(ValueError):
    """The expectation asks for what the evaluator does not know."""


def find_expectation(data: bytes) -> tuple[str, dict[str, str]]:
    """Return what a sample expects, and the headers it is served with."""
    for encoding in ENCODINGS:
        text = data.decode(encoding, "replace")
        hit = EXPECT.search(text)
        if hit:
            head = text[: text.find("-->")]
            return hit[1], {name.lower(): value.strip() for name, value in HEADER.findall(head)}
    return "", {}


def evaluate(node: ast.expr, names: Mapping[str, Any]) -> Any:  # noqa: C901, PLR0911, PLR0912 - a case for each kind of node is the whole of it
    """Return the value of an expectation; raises UnknownError for anything beyond look-ups, comparisons and FUNCTIONS."""
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Name(id=name):
            return names[name]
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            made = [evaluate(part, names) for part in parts]
            return tuple(made) if isinstance(node, ast.Tuple) else made
        case ast.Dict(keys=keys, values=values):
            return {
                evaluate(key, names): evaluate(value, names)
                for key, value in zip(keys, values, strict=True)
                if key
            }
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return not evaluate(operand, names)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -evaluate(operand, names)
        case ast.BoolOp(op=ast.And(), values=values):
            return all(evaluate(value, names) for value in values)
        case ast.BoolOp(op=ast.Or(), values=values):
            return any(evaluate(value, names) for value in values)
        case ast.Subscript(value=value, slice=place):
            return evaluate(value, names)[evaluate(place, names)]
        case ast.Attribute(value=value, attr=name) if not name.startswith("_"):
            return getattr(evaluate(value, names), name)
        case ast.Compare(left=left, ops=ops, comparators=rest):
            return compare(evaluate(left, names), ops, [evaluate(one, names) for one in rest])
        case ast.Call(func=ast.Name(id="locals")):
            return names
        case ast.Call(func=ast.Name(id=name), args=args) if name in FUNCTIONS:
            return FUNCTIONS[name](*(evaluate(one, names) for one in args))
        case ast.Call(func=ast.Attribute(value=value, attr=name), args=args) if name in METHODS:
            return getattr(evaluate(value, names), name)(*(evaluate(one, names) for one in args))
    raise UnknownError(ast.unparse(node))


def compare(left: Any, ops: list[ast.cmpop], rest: list[Any]) -> bool:
    """Return what a chain of comparisons says."""
    for op, right in zip(ops, rest, strict=True):
        held = {
            ast.Eq: lambda a, b: a == b,
            ast.NotEq: lambda a, b: a != b,
            ast.Is: lambda a, b: a is b,
            ast.IsNot: lambda a, b: a is not b,
            ast.In: lambda a, b: a in b,
            ast.NotIn: lambda a, b: a not in b,
        }.get(type(op))
        if held is None:
            raise UnknownError(type(op).__name__)
        if not held(left, right):
            return False
        left = right
    return True


def judge(data: bytes) -> tuple[str, str]:
    """Return how a sample came out (right, wrong, aside) and what it expects."""
    expected, headers = find_expectation(data)
    if not expected:
        return "aside", "expects nothing"
    tree = ast.parse(expected, mode="eval").body
    if headers:
        headers.setdefault("content-type", "application/xml")
    if "content-location" in headers:
        headers["content-location"] = urljoin(SERVER, headers["content-location"])
    try:
        feed = parse_feed(data, headers)
        names = {**feed, "feedparser": feedparser, "bozo": bool(feed.get("bozo"))}
        held = evaluate(tree, names)
    except (KeyError, IndexError, AttributeError) as error:
        return ("aside" if asks_server(tree) else "wrong"), f"{expected} ({error!r})"
    if held:
        return "right", expected
    return ("aside" if asks_server(tree) else "wrong"), expected


def asks_server(tree: ast.expr) -> bool:
    """Tell whether an expectation is about the answer of a server, which a file does not have."""
    return bool(TRANSPORT & {one.id for one in ast.walk(tree) if isinstance(one, ast.Name)})


def list_kept(data: bytes) -> list[tuple[str, Any, Any]]:
    """Return field, expected and kept value for each expected value of an entry that a record keeps."""
    expected, headers = find_expectation(data)
    if not expected or headers:
        return []
    feed = parse_feed(data)
    out = []
    for one in ast.walk(ast.parse(expected, mode="eval")):
        match one:
            case ast.Compare(
                left=ast.Subscript(
                    value=ast.Subscript(value=ast.Name(id="entries"), slice=ast.Constant(value=int(place))),
                    slice=ast.Constant(value=str(field)),
                ),
                ops=[ast.Eq()],
                comparators=[value],
            ) if place < len(feed.entries):
                entry = feed.entries[place]
                title = read_words(entry.get("title_detail")).words
                kept = {name: said for name, said in list_said(entry, feed.feed, title) if said}
                wanted = evaluate(value, {})
                if field == "title":
                    wanted = read_words({**entry.title_detail, "value": wanted}).words
                found = set_beside(field, wanted, kept)
                out += [(field, *found)] if found else []
    return out


def set_beside(field: str, expected: Any, kept: Mapping[str, str]) -> tuple[Any, Any] | None:
    """Return what a record should keep for an expected value, and what it keeps; None for what no record keeps."""
    if field in DATES:
        return tuple(expected)[:6], read_moment(kept)
    if field == "author":  # names are kept, addresses are not
        name = re.sub(r"\s*[(<]?\S+@\S+[)>]?", "", expected).strip()
        return (name, kept.get("author", "")) if name else None
    return (expected, kept.get(KEPT[field], "")) if field in KEPT else None


def read_moment(kept: Mapping[str, str]) -> tuple[int, ...] | None:
    """Return the instant of a record's date in UTC, as the samples write it; a time of no known zone as it stands."""
    if "date" not in kept:
        return None
    whole = kept["date"] + {4: "-01-01", 7: "-01"}.get(len(kept["date"]), "")
    zone = kept["zone"]
    moment = datetime.fromisoformat(whole)
    if zone[0] in "+-":
        hours, minutes = zone[1:].split(":")
        offset = timedelta(hours=int(hours), minutes=int(minutes)) * (-1 if zone[0] == "-" else 1)
        moment = moment.replace(tzinfo=timezone(offset)).astimezone(UTC)
    return moment.timetuple()[:6]


def main() -> None:
    """Print the counts, and each sample that is not read as expected."""
    if not FOLDER.is_dir():
        print(f"skipped: no samples in {FOLDER}")
        return
    counts: Counter[tuple[str, str]] = Counter()
    kept: Counter[str] = Counter()
    start = time.perf_counter()
    for path in sorted(FOLDER.rglob("*.xml")):
        data, part = path.read_bytes(), path.relative_to(FOLDER).parts[0]
        outcome, expected = judge(data)
        counts[part, outcome] += 1
        if outcome != "right":
            print(f"  {outcome:6}{path.relative_to(FOLDER)}: {expected[:150]}")
        for field, wanted, found in list_kept(data):
            kept["right" if wanted == found else "wrong"] += 1
            if wanted != found:
                print(f"  kept  {path.relative_to(FOLDER)}: {field} {wanted!r}, not {found!r}")
        taken = sum(one.size for one in read_records(io.BytesIO(data)))
        counts[part, "bytes accounted for"] += taken == len(data)
    for part in ("wellformed", "encoding", "illformed"):
        said = {name: counts[part, name] for name in ("right", "wrong", "aside", "bytes accounted for")}
        asked = said["right"] + said["wrong"]
        print(
            f"{part}: {said}, {said['right'] / asked:.3f} of what can be asked, {said['right'] / (asked + said['aside']):.3f} of all"
        )
    print(f"values kept by records: {dict(kept)}, {kept['right'] / kept.total():.3f}")
    print(f"{time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()
