"""Search in a case: SQLite's FTS5 over the folded shadow of the live documents' words.

The index is derived: no seal covers it, it is brought up to date before each search and by nothing else, and it may be
dropped at any time. Another database needs another of this module alone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sqlalchemy import Column, Connection, Integer, MetaData, Table, Text, func, insert, inspect, select, text

from linewatch.errors import InputError
from linewatch.model import Block, Document, Evidence, Item, Step, Tell, Tombstone, Value
from linewatch.store.case import Case
from linewatch.store.live import list_live_documents, list_live_findings, list_stated
from linewatch.store.tables import CUSTODY, TABLES
from linewatch.text.folding import fold
from linewatch.text.query import WORD, Term, find_marks, list_asked, list_bare, parse_query

VERSION = "search.v1"
"""Another folding or another cut into units is another version: the index is then made anew."""
BATCH = 50
INDEXED = (Evidence, Document, Tombstone)
"""What the index rests on: an entry of the log that wrote none of these leaves it as it is."""
JOINED = frozenset({"verse", "cue"})
JOINED_WORDS = 60
"""Lines of verse and cues are too short to hold what is asked for: runs of them are searched as one, up to so many words."""

INDEX = MetaData()
HELD = Table(
    "held_fts",
    INDEX,
    Column("document", Text, primary_key=True),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
)
"""The documents in the index, each with its rows there."""
STATE = Table(
    "state_fts", INDEX, Column("version", Text, nullable=False), Column("seq", Integer, nullable=False)
)
"""Which version made the index, and the log's entry up to which it is complete (0 while it is not)."""
MAKE = """CREATE VIRTUAL TABLE blocks_fts USING fts5(
    words, bare, document UNINDEXED, start UNINDEXED, stop UNINDEXED, tokenize="unicode61 remove_diacritics 0")"""
ADD = "INSERT INTO blocks_fts(rowid, words, bare, document, start, stop) VALUES (:row, :words, :bare, :document, :start, :stop)"
COUNT = "SELECT count(*), count(DISTINCT document) FROM blocks_fts WHERE blocks_fts MATCH :match"
LOOK = """SELECT f.document, f.start, f.stop FROM blocks_fts f
    JOIN documents d ON d.id = f.document JOIN evidence e ON e.id = d.evidence
    WHERE blocks_fts MATCH :match ORDER BY e.n, f.start LIMIT :most"""


class Hit(Value, frozen=True, kw_only=True):
    """A passage that holds what was asked for; all places are code points of the document's text."""

    evidence: str
    document: str
    file: str
    start: int
    end: int
    marks: tuple[tuple[int, int], ...]
    """The words that answer."""
    text: str
    """The passage as the document has it."""
    page: int | None = None
    begins_ms: int | None = None
    language: str | None = None
    outlet: str | None = None
    date: str | None = None


class Answer(Value, frozen=True, kw_only=True):
    """What a search found: the first hits in the order of the case, and how many there are."""

    asked: tuple[str, ...]
    count: int
    files: int
    hits: tuple[Hit, ...]
    alone: dict[str, int] = {}  # noqa: RUF012 - msgspec copies empty defaults
    """Where nothing holds all that was asked: how many passages hold each part of it."""


class Looked(NamedTuple):
    """What the index answers: the terms, how many passages and files hold them, and the first of their places."""

    terms: tuple[Term, ...]
    total: int
    files: int
    places: list[tuple[str, int, int]]
    alone: dict[str, int]


def look(case: Case, asked: str, *, most: int = 20, tell: Tell = lambda _step: None) -> Looked:
    """Return where the live documents hold everything asked for; raises InputError without a word."""
    terms = _parse(asked)
    update_index(case, tell)
    with case.engine.connect() as connection:
        count, files = _count(connection, terms)
        rows = connection.execute(text(LOOK), {"match": write_match(terms), "most": most}).all()
        alone = {} if count or len(terms) == 1 else _count_alone(connection, terms)
    return Looked(terms, count, files, [tuple(row) for row in rows], alone)


class Matched(NamedTuple):
    """What the index holds of a search: for each document the rows that answer, in the order of its text."""

    terms: tuple[Term, ...]
    rows: dict[str, list[int]]
    alone: dict[str, int]


def match(case: Case, asked: str) -> Matched:
    """Return every row that holds what is asked for, in the index as it is; raises InputError without a word."""
    terms = _parse(asked)
    with case.engine.connect() as connection:
        if _find_state(connection) is None:
            return Matched(terms, {}, {})
        asked_for = text("SELECT rowid FROM blocks_fts WHERE blocks_fts MATCH :match ORDER BY rowid")
        found = list(connection.scalars(asked_for, {"match": write_match(terms)}))
        held = connection.execute(select(HELD).order_by(HELD.c.first)).all()
        alone = {} if found or len(terms) == 1 else _count_alone(connection, terms)
    return Matched(terms, _group_rows(found, [tuple(one) for one in held]), alone)


def _group_rows(rows: list[int], held: list[tuple[str, int, int]]) -> dict[str, list[int]]:
    """Return ascending rows by the document whose stretch of the index they lie in.

    >>> _group_rows([2, 3, 9], [("lamp", 1, 2), ("song", 3, 8), ("pier", 9, 9)])
    {'lamp': [2], 'song': [3], 'pier': [9]}
    """
    grouped, at = {}, 0
    for document, first, last in held:
        end = bisect_right(rows, last, at)
        begin = bisect_left(rows, first, at, end)
        if begin < end:
            grouped[document] = rows[begin:end]
        at = end
    return grouped


def list_places(case: Case, rows: list[int]) -> list[tuple[str, int, int]]:
    """Return document, start and end of rows of the index, in the order given."""
    place = text("SELECT document, start, stop FROM blocks_fts WHERE rowid = :row")
    with case.engine.connect() as connection:
        found = [connection.execute(place, {"row": row}).first() for row in rows]
    return [(one.document, one.start, one.stop) for one in found if one is not None]


def _parse(asked: str) -> tuple[Term, ...]:
    if terms := parse_query(asked):
        return terms
    raise InputError("there is no word to search for", hint="give a word, as in the example of --help")


def _count_alone(connection: Connection, terms: Iterable[Term]) -> dict[str, int]:
    return {_name(one): _count(connection, (one,))[0] for one in terms}


def search(case: Case, asked: str, *, most: int = 20, tell: Tell = lambda _step: None) -> Answer:
    """Return the passages of the live documents that hold everything asked for; raises InputError without a word."""
    found = look(case, asked, most=most, tell=tell)
    hits = tuple(_make_hits(case, found.places, found.terms))
    return Answer(
        asked=name_terms(found.terms),
        count=found.total,
        files=found.files,
        hits=hits,
        alone=found.alone,
    )


def name_terms(terms: Iterable[Term]) -> tuple[str, ...]:
    """Return the terms as they are told."""
    return tuple(map(_name, terms))


def write_match(terms: Iterable[Term]) -> str:
    """Return the terms in FTS5's language: every word in quotation marks, so that none of it is syntax.

    >>> write_match(parse_query('البحر "sea wall" leav*'))
    '({words bare} : "البحر" OR {words bare} : "بحر") AND words : "sea wall" AND ({words bare} : "leav"*)'
    """
    return " AND ".join(_write_term(term) for term in terms)


def _write_term(term: Term) -> str:
    star = "*" if term.prefix else ""
    if term.near is not None:
        return "words : NEAR(" + " ".join(f'"{word}"' for word in term.words) + f", {term.near})"
    if term.phrase:
        return f'words : "{" ".join(term.words)}"{star}'
    return "(" + " OR ".join(f'{{words bare}} : "{one}"{star}' for one in list_asked(term.words[0])) + ")"


def _name(term: Term) -> str:
    words = " ".join(term.words) + ("*" if term.prefix else "")
    near = "" if term.near is None else f"~{term.near}"
    return f'"{words}"{near}' if term.phrase else words


def _count(connection: Connection, terms: tuple[Term, ...]) -> tuple[int, int]:
    count, files = connection.execute(text(COUNT), {"match": write_match(terms)}).one()
    return count, files


def update_index(case: Case, tell: Tell = lambda _step: None) -> None:
    """Take new documents into the index and those no longer live out of it; interrupted, it goes on when called again."""
    with case.engine.connect() as connection:
        seq = connection.scalar(select(func.max(CUSTODY.c.seq))) or 0
        known = _find_state(connection)
        needed = max(connection.scalar(select(func.max(TABLES[kind].c.entry))) or 0 for kind in INDEXED)
    if known and known[0] == VERSION and known[1] >= max(needed, 1):
        return
    live = {document.id: document for document in list_live_documents(case)}
    with case.lock_for_writing() as connection:
        state = _find_state(connection)
        if state is None or state[0] != VERSION:
            _make_anew(connection)
        held = {document: (first, last) for document, first, last in connection.execute(select(HELD))}
        for gone in held.keys() - live.keys():
            _drop(connection, gone, *held[gone])
    missing = [document for name, document in live.items() if name not in held]
    for first in range(0, len(missing), BATCH):
        tell(Step(stage="search", done=first, total=len(missing), what="making the index"))
        rows = {document.id: list(make_rows(document)) for document in missing[first : first + BATCH]}
        with case.lock_for_writing() as connection:
            for name, units in rows.items():
                _take_in(connection, name, units)
    with case.lock_for_writing() as connection:
        connection.execute(STATE.update().values(seq=seq))


def _find_state(connection: Connection) -> tuple[str, int] | None:
    there = set(inspect(connection).get_table_names())
    if not {STATE.name, HELD.name, "blocks_fts"} <= there:
        return None
    row = connection.execute(select(STATE)).first()
    return (row.version, row.seq) if row else None


def _make_anew(connection: Connection) -> None:
    connection.execute(text("DROP TABLE IF EXISTS blocks_fts"))
    INDEX.drop_all(connection)
    INDEX.create_all(connection)
    connection.execute(text(MAKE))
    connection.execute(insert(STATE).values(version=VERSION, seq=0))


def _drop(connection: Connection, document: str, first: int, last: int) -> None:
    connection.execute(
        text("DELETE FROM blocks_fts WHERE rowid BETWEEN :first AND :last"), {"first": first, "last": last}
    )
    connection.execute(HELD.delete().where(HELD.c.document == document))


def _take_in(connection: Connection, document: str, units: list[dict[str, str | int]]) -> None:
    """Add the rows of a document, unless a search beside this one did."""
    if connection.scalar(select(HELD.c.first).where(HELD.c.document == document)) is not None:
        return
    first = (connection.scalar(select(func.max(HELD.c.last))) or 0) + 1
    if units:
        connection.execute(text(ADD), [{"row": row, **unit} for row, unit in enumerate(units, first)])
    connection.execute(insert(HELD).values(document=document, first=first, last=first + len(units) - 1))


def make_rows(document: Document) -> Iterator[dict[str, str | int]]:
    """Yield what the index holds of each stretch of a document: its words as folded, and what is left of them."""
    for start, stop in list_units(document):
        words = WORD.findall(fold(document.text[start:stop]))
        bare = [form for word in words for form in list_bare(word)]
        yield {
            "words": " ".join(words),
            "bare": " ".join(bare),
            "document": document.id,
            "start": start,
            "stop": stop,
        }


def list_units(document: Document) -> list[tuple[int, int]]:
    """Return the stretches that are searched: each block, or a run of verse lines or cues of one voice."""
    units: list[tuple[int, int]] = []
    last: Block | None = None
    for block in document.blocks:
        if last and _goes_on(document, units[-1][0], last, block):
            units[-1] = (units[-1][0], block.end)
        else:
            units.append((block.start, block.end))
        last = block
    return units


def _goes_on(document: Document, start: int, last: Block, block: Block) -> bool:
    same = block.kind == last.kind and block.speaker == last.speaker and block.kind in JOINED
    return same and len(document.text[start : last.end].split()) < JOINED_WORDS


def _make_hits(case: Case, rows: list[tuple[str, int, int]], terms: tuple[Term, ...]) -> Iterator[Hit]:
    documents = {name: case.get(Document, name) for name in dict.fromkeys(name for name, _, _ in rows)}
    sources = _tell_sources(case, documents.values()) if rows else {}
    for name, start, end in rows:
        document, source = documents[name], sources[name]
        evidence = case.get(Evidence, document.evidence)
        words = document.text[start:end]
        block = next(one for one in document.blocks if one.start == start)
        yield Hit(
            evidence=evidence.id,
            document=name,
            file=evidence.name,
            start=start,
            end=end,
            marks=tuple((start + first, start + last) for first, last in find_marks(words, terms)),
            text=words,
            page=block.page,
            begins_ms=block.begins_ms,
            language=block.language,
            outlet=source["outlet"] or (block.said or {}).get("outlet"),
            date=_tell_day(block) or source["date"],
        )


def _tell_day(block: Block) -> str | None:
    """Return the day of a message: a file of many has as many dates."""
    return (block.said or {}).get("date", "")[:10] or None


def _tell_sources(case: Case, documents: Iterable[Document]) -> dict[str, dict[str, str | None]]:
    """Return outlet and date by document: of a held item as found, of anything else as said of the file."""
    found, stated = list_live_findings(case), list_stated(case)
    held = {one.span.document: one.value for one in found if isinstance(one.value, Item) and one.value.held}
    return {one.id: _tell_source(held.get(one.id), stated.get(one.evidence, {})) for one in documents}


def _tell_source(item: Item | None, stated: dict[str, str]) -> dict[str, str | None]:
    if item is None:
        return {"outlet": stated.get("outlet"), "date": stated.get("date")}
    return {"outlet": item.outlet, "date": item.date.iso if item.date else None}
