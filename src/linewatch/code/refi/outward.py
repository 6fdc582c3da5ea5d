"""A case's codings as a project, what the project cannot hold in words, and the side file that holds it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from string import ascii_uppercase

from linewatch.code.answers import get_answer
from linewatch.code.codebook import SKIP
from linewatch.code.refi.newlines import even
from linewatch.code.refi.project import Coding, Project, Selection, TextSource, User, make_guid, walk_codes
from linewatch.code.refi.schema import clean_xml
from linewatch.code.refi.scheme import list_codes, make_codes
from linewatch.model import Codebook, CodebookVersion, Document, Judgement, Passage, Value

FORMAT = "linewatch.exchange.v1"
NAME_LENGTH = 60
"""Letters of a selection that it is called by."""


class Sent(Value, frozen=True, kw_only=True):
    """All that goes out: judgements whose coders have the names they are to have there."""

    name: str
    codebook: Codebook
    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    judgements: tuple[Judgement, ...]
    tokens: dict[str, str] = {}  # noqa: RUF012 - msgspec copies empty defaults
    """For each coder's name there, the digits under which only the case knows the coder."""
    titles: dict[str, str] = {}  # noqa: RUF012 - msgspec copies empty defaults
    """What a document is called, by id."""
    facts: dict[str, dict[str, str]] = {}  # noqa: RUF012 - msgspec copies empty defaults
    """Outlet, date and kind of a document, by id; none while anybody still codes blind."""


class Side(Value, frozen=True, kw_only=True):
    """The side file: what the standard has no place for, so that our own import is without loss."""

    format: str = FORMAT
    package: str
    """The SHA-256 of the package it lies beside."""
    coders: dict[str, str]
    """For each coder's name in the package, the digits under which only this case knows the coder."""
    passages: tuple[Passage, ...]
    judgements: tuple[Judgement, ...]
    codebooks: tuple[CodebookVersion, ...]
    current: str
    """The digest of the codebook that the package was made under."""


def name_letters(coders: Iterable[str]) -> dict[str, str]:
    """Return A, B, C for coders, in the order given; a machine, which has a colon in its name, keeps it.

    >>> name_letters(["anna", "lexicon:v1", "bruno"])
    {'anna': 'A', 'lexicon:v1': 'lexicon:v1', 'bruno': 'B'}
    """
    people = [one for one in coders if ":" not in one]
    letters = {one: _make_letters(place) for place, one in enumerate(people)}
    return {one: letters.get(one, one) for one in coders}


def _make_letters(place: int) -> str:
    """Return the letter of a place, after Z two of them.

    >>> [_make_letters(place) for place in (0, 25, 26, 701)]
    ['A', 'Z', 'AA', 'ZZ']
    """
    more, last = divmod(place, len(ascii_uppercase))
    return (_make_letters(more - 1) if more else "") + ascii_uppercase[last]


def make_project(sent: Sent) -> Project:
    """Return the project: a text a document, a selection a passage and coder, a coding an answer."""
    guids = {one.name: one.guid for one in walk_codes(make_codes(sent.codebook))}
    coders = list(dict.fromkeys(one.coder for one in sent.judgements))
    by_document: dict[str, list[Passage]] = {}
    for passage in sent.passages:
        by_document.setdefault(passage.span.document, []).append(passage)
    given: dict[str, dict[str, list[Judgement]]] = {}
    for one in sent.judgements:
        given.setdefault(one.passage, {}).setdefault(one.coder, []).append(one)
    return Project(
        name=sent.name,
        users=tuple(User(guid=name_user(sent.tokens.get(one, one)), name=one) for one in coders),
        codes=make_codes(sent.codebook),
        sources=tuple(
            _make_source(sent, one, by_document[one.id], given, guids)
            for one in sent.documents
            if one.id in by_document
        ),
    )


def name_user(token: str) -> str:
    """Return the GUID of a coder: by it the case, and no other, knows the coder again."""
    return make_guid("user", token)


def name_source(document: str) -> str:
    """Return the GUID of a document's text."""
    return make_guid("source", document)


def _make_source(
    sent: Sent,
    document: Document,
    passages: Iterable[Passage],
    given: Mapping[str, Mapping[str, list[Judgement]]],
    guids: Mapping[str, str],
) -> TextSource:
    made = even(document.text)
    selections = [
        _make_selection(sent, made.text, (made.lower(one.span.start), made.lower(one.span.end)), rows, guids)
        for one in passages
        for rows in given.get(one.id, {}).values()
    ]
    return TextSource(
        guid=name_source(document.id),
        name=sent.titles.get(document.id, f"Text {document.id[:8]}"),
        text=made.text,
        selections=tuple(one for one in selections if one.codings),
        variables=sent.facts.get(document.id, {}),
    )


def _make_selection(
    sent: Sent,
    text: str,
    place: tuple[int, int],
    rows: list[Judgement],
    guids: Mapping[str, str],
) -> Selection:
    """Return what one coder says of a passage; memos stand with their codings, and in one description for other readers."""
    user = name_user(sent.tokens.get(rows[0].coder, rows[0].coder))
    at = max(one.judged_at for one in rows)
    memos = {one.question: memo for one in rows if (memo := tell_memo(one))}
    return Selection(
        start=place[0],
        end=place[1],
        user=user,
        at=at,
        name=" ".join(text[place[0] : place[1]].split())[:NAME_LENGTH],
        memo="\n".join(f"{question}: {memo}" for question, memo in memos.items()) or None,
        codings=tuple(
            Coding(
                code=guids[name],
                user=user,
                at=one.judged_at,
                memo=memos.get(one.question) if first else None,
            )
            for one in rows
            for first, name in _mark_first(list_codes(sent.codebook, get_answer(one)))
        ),
    )


def _mark_first(names: list[str]) -> list[tuple[bool, str]]:
    return [(place == 0, name) for place, name in enumerate(names)]


def tell_memo(row: Judgement) -> str | None:
    """Return the memo of an answer: its note; of a passage skipped the reason, and the note below it."""
    told = [row.value, row.note] if row.question == SKIP else [row.note]
    return "\n".join(one for one in told if one) or None


def list_limits(sent: Sent, verdicts: int) -> list[str]:
    """Return what the package does not hold, a line each; the side file holds all of it but the verdicts and the originals."""
    frames = {one.id for one in sent.codebook.codes}
    rows = sent.judgements
    counts = {
        "answers `no` or `unclear` to a frame": sum(one.question in frames and one.value != "yes" for one in rows),
        "ranges, which stand as a coding of each point in them": sum(one.low != one.high for one in rows),
        "answers given blind or not, and under which wording of the codebook": len(rows),
        "passages that nobody has coded": len({one.id for one in sent.passages} - {one.passage for one in rows}),
        "passages with a speaker, a role or a warning": sum(
            bool(one.speaker or one.warning) or one.role != "unknown" for one in sent.passages
        ),
        "memos with a sign that XML forbids": sum(clean_xml(memo) != memo for memo in map(tell_memo, rows) if memo),
        "texts whose line ends became bare line feeds": sum(even(one.text).text != one.text for one in sent.documents),
        "rules that derive the point from the answers": len(sent.codebook.scale.rules),
        "verdicts on disagreements (they are in no export of codings)": verdicts,
    }  # fmt: skip
    return [f"{number} {what}" for what, number in counts.items() if number]
