"""Quotations, speakers and statements on PolNeAR's train part: the last 80 articles by date are for testing only, the 80 before for dev.

Its style: outer marks and "that" belong to the content, the colon to the cue; nothing inside a content is annotated; a span that
several attributions share counts once. The first annotator of each article is the gold.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from finding_scores import SHARED, Pair, Score, read_lines, tell_missing
from linewatch.find.base import Reading
from linewatch.find.registry import find_all
from linewatch.model import Finding, Quotation, Saying
from linewatch.read.registry import read_bytes
from linewatch.text.spans import count_words

PATH = SHARED / "bench" / "polnear" / "polnear_train.jsonl.gz"
EACH = 80
_MARKS = '"“”„«»'
_PRONOUNS = frozenset({"he", "she", "they", "it", "who", "i", "we"})


class Attributed(NamedTuple):
    """One attribution of the gold."""

    source: Pair | None
    cue: Pair | None
    contents: tuple[Pair, ...]


class Article(NamedTuple):
    """A text with its attributions."""

    name: str
    text: str
    gold: tuple[Attributed, ...]


def list_articles(part: str) -> list[Article]:
    """Return the articles of a part: `build` (everything earlier), `dev` or `test`."""
    rows = sorted(read_lines(PATH), key=lambda row: (row["date"], row["id"]))
    parts = {"build": rows[: -2 * EACH], "dev": rows[-2 * EACH : -EACH], "test": rows[-EACH:]}
    return [_read_article(row) for row in parts[part]]


def _read_article(row: dict[str, Any]) -> Article:
    gold = tuple(
        Attributed(
            _get_whole(one["source"]), _get_whole(one["cue"]), tuple((a, b) for a, b in one["content"])
        )
        for one in row["annotations"][0]["attributions"]
    )
    return Article(row["id"], row["text"], gold)


def _get_whole(parts: Sequence[Sequence[int]]) -> Pair | None:
    return (parts[0][0], parts[0][1]) if len(parts) == 1 else None


def find(article: Article) -> tuple[Finding, ...]:
    """Return what is found in an article."""
    document = read_bytes(article.text.encode(), "article.txt")
    if document.text != article.text:
        raise ValueError(f"{article.name} is read with other offsets")
    return find_all(Reading(document=document))


class Scores(NamedTuple):
    """The figures of one part."""

    quotation: Score
    named: Score
    resolved: Score
    direct: Score
    spoken: Score
    source: Score
    cue: Score
    content: Score
    relaxed: dict[str, Score]


def measure(part: str, *, show: int = 0) -> None:
    """Print the figures of a part, and up to `show` misses of each class."""
    articles = list_articles(part)
    scores = Scores(
        *(Score() for _ in range(8)), relaxed={"source": Score(), "cue": Score(), "content": Score()}
    )
    started = time.process_time()
    found = [find(article) for article in articles]
    spent = time.process_time() - started
    misses: Counter[str] = Counter()
    for article, findings in zip(articles, found, strict=True):
        _score_quotations(article, findings, scores, misses if show else None)
        _score_statements(article, findings, scores)
    words = sum(count_words(article.text) for article in articles)
    print(
        f"PolNeAR, {part}: {len(articles)} articles, {words:,} words, {words / spent:,.0f} words per second"
    )
    print(f"  quotations of 3 words or more       {scores.quotation}")
    print(f"  quotation with its speaker's name   {scores.named}")
    print(
        f"  ... pronouns resolved to one who is a gold source too: {scores.resolved.right} of {scores.resolved.gold}"
    )
    print(f"  marked contents of the statements   {scores.direct}")
    print(f"  ... with source exact               {scores.spoken}")
    for name in ("source", "cue", "content"):
        print(f"  all statements, {name:8} exact      {getattr(scores, name)}")
        print(f"  all statements, {name:8} relaxed    {scores.relaxed[name]}")
    for miss, _ in misses.most_common(show):
        print(miss)


def is_direct(text: str, place: Pair) -> bool:
    """Tell whether a content has marks at both ends and three words or more."""
    words = text[slice(*place)].strip()
    opened = words[:1] in _MARKS or words[:2] in {"''", "``"}
    closed = words[-1:] in _MARKS or words[-2:] == "''"
    return opened and closed and count_words(words) >= 3


def _score_quotations(
    article: Article, findings: Sequence[Finding], scores: Scores, misses: Counter[str] | None
) -> None:
    gold = {place: one for one in article.gold for place in one.contents if is_direct(article.text, place)}
    mixed = [place for one in article.gold for place in one.contents if not is_direct(article.text, place)]
    found = {
        place: one
        for one in findings
        if isinstance(one.value, Quotation)
        and is_direct(article.text, place := _widen(article.text, one))
        and not any(a <= place[0] and place[1] <= b for a, b in mixed)
    }
    scores.quotation.add_sets(found.keys(), gold.keys())
    right = [
        place for place in found.keys() & gold.keys() if _is_speaker(article.text, found[place], gold[place])
    ]
    scores.named.add(len(right), len(found), len(gold))
    named = [_list_words(article.text[slice(*one.source)]) for one in article.gold if one.source]
    for place in right:
        source, value = gold[place].source, found[place].value
        if source and article.text[slice(*source)].lower() in _PRONOUNS and isinstance(value, Quotation):
            speaker = (value.speaker or "").lower()
            known = any(_list_words(speaker) & words for words in named) and speaker not in _PRONOUNS
            scores.resolved.add(int(known), 1, 1)
    if misses is not None:
        misses.update(_list_misses(article, gold, found, right))


def _widen(text: str, finding: Finding) -> Pair:
    """Return a quotation's span with its marks."""
    start, end = finding.span.start, finding.span.end
    before = re.search(r"(?:''|``|[\"“”„«])\Z", text[max(0, start - 2) : start])
    after = re.match(r"''|[\"”“»]", text[end : end + 2])
    return start - (len(before[0]) if before else 0), end + (len(after[0]) if after else 0)


def _is_speaker(text: str, finding: Finding, gold: Attributed) -> bool:
    """Tell whether the name is a part of the gold's source, or stands by its reason for the pronoun that the source is."""
    assert isinstance(finding.value, Quotation)
    speaker = finding.value.speaker
    if gold.source is None:
        return True
    source = text[slice(*gold.source)]
    if source.lower() in _PRONOUNS and f'"{source.lower()}" stands for' in finding.reason.lower():
        return True
    ours, theirs = _list_words(speaker or ""), _list_words(source)
    return bool(ours & theirs) and (ours <= theirs or theirs <= ours)


def _list_words(words: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", words.lower())) - {"the", "a", "an", "s"}


def _list_misses(
    article: Article, gold: dict[Pair, Attributed], found: dict[Pair, Finding], right: Sequence[Pair]
) -> Iterator[str]:
    for place in sorted(gold.keys() | found.keys()):
        if place in right:
            continue
        kind = (
            "WRONG SPEAKER" if place in gold and place in found else "MISSED" if place in gold else "TOO MUCH"
        )
        value = found[place].value if place in found else None
        speaker = value.speaker if isinstance(value, Quotation) else None
        said = gold[place].source if place in gold else None
        lead = article.text[max(0, place[0] - 150) : place[0]].replace("\n", "/")
        tail = article.text[place[1] : place[1] + 90].replace("\n", "/")
        words = article.text[slice(*place)].replace("\n", "/")
        words = words if len(words) < 160 else f"{words[:70]} ... {words[-70:]}"
        yield (
            f"{kind} [{speaker}] gold [{article.text[slice(*said)] if said else None}] "
            f"({found[place].reason if place in found else ''}) {article.name} {place}\n    {lead}>>>{words}<<<{tail}"
        )


def _score_statements(article: Article, findings: Sequence[Finding], scores: Scores) -> None:
    found = [one.value for one in findings if isinstance(one.value, Saying)]
    ours = {
        "source": {(one.source.start, one.source.end) for one in found if one.source},
        "cue": {(one.cue.start, one.cue.end) for one in found if one.cue},
        "content": {(part.start, part.end) for one in found for part in one.contents},
    }
    theirs = {
        "source": {one.source for one in article.gold if one.source},
        "cue": {one.cue for one in article.gold if one.cue},
        "content": {place for one in article.gold for place in one.contents},
    }
    for name, score in (("source", scores.source), ("cue", scores.cue), ("content", scores.content)):
        score.add_sets(ours[name], theirs[name])
        scores.relaxed[name].add_relaxed(ours[name], theirs[name])
    _score_direct(article, found, scores)


def _score_direct(article: Article, found: Sequence[Saying], scores: Scores) -> None:
    ours = {
        ((part.start, part.end), (one.source.start, one.source.end) if one.source else None)
        for one in found
        for part in one.contents
        if is_direct(article.text, (part.start, part.end))
    }
    theirs = {
        (place, one.source)
        for one in article.gold
        for place in one.contents
        if is_direct(article.text, place)
    }
    scores.direct.add_sets({place for place, _ in ours}, {place for place, _ in theirs})
    scores.spoken.add_sets(ours, theirs)


def main(part: str = "dev", show: int = 0) -> None:
    """Measure a part where the texts are there."""
    if not tell_missing(PATH, "PolNeAR"):
        measure(part, show=show)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "dev", int(sys.argv[2]) if len(sys.argv) > 2 else 0)
