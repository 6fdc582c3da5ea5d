"""The exchange's work on a case: a package or codebook written with its side file, and one taken in."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec.structs import replace

from linewatch.code.answers import find_bad_name, get_answer
from linewatch.code.codebook import parse_codebook
from linewatch.code.refi.drafts import draft_codebook, write_yaml
from linewatch.code.refi.inward import Taken, take_codings
from linewatch.code.refi.outward import FORMAT, Sent, Side, list_limits, make_project, name_letters, name_user
from linewatch.code.refi.project import User, walk_codes
from linewatch.code.refi.read import read_codebook, read_project
from linewatch.code.refi.scheme import make_codes
from linewatch.code.refi.write import write_codebook, write_package
from linewatch.code.run import bound_passages, get_codebook, has_finished, keep_rows
from linewatch.code.tables import Row
from linewatch.errors import InputError
from linewatch.model import (
    CodebookVersion,
    Evidence,
    Item,
    Judgement,
    Passage,
    Span,
    Value,
    from_json,
    to_json,
)
from linewatch.store.case import Case
from linewatch.store.live import (
    list_live_documents,
    list_live_findings,
    list_live_judgements,
    list_live_passages,
    list_verdicts,
)
from linewatch.text.spans import Place

SIDE = ".linewatch.json"
"""What is added to a package's name for the side file that lies beside it."""


class Told(Value, frozen=True, kw_only=True):
    """What an exchange came to: how much, and in words what was left."""

    count: int
    """Answers written, or new in the case."""
    left: tuple[str, ...] = ()
    side: Path | None = None
    """The side file written or used."""


def export_project(case: Case, path: Path, *, name_coders: bool = False) -> Told:
    """Write the case's codings as a .qdpx, its side file beside it; coders are A, B, C unless they chose otherwise.

    What a text comes from is said only when everyone who codes has finished.
    """
    sent = _collect(case, name_coders=name_coders)
    data = write_package(make_project(sent))
    side = Side(
        package=_digest(data),
        coders=sent.tokens,
        passages=sent.passages,
        judgements=sent.judgements,
        codebooks=tuple(case.find(CodebookVersion)),
        current=sent.codebook.digest,
    )
    _write(path, data)
    beside = _name_side(path)
    _write(beside, to_json(side))
    limits = list_limits(sent, len(list_verdicts(case)))
    return Told(count=len(sent.judgements), left=tuple(limits), side=beside)


def _collect(case: Case, *, name_coders: bool) -> Sent:
    """Return what goes out."""
    codebook, passages = get_codebook(case), list_live_passages(case)
    live = {one.id for one in passages}
    kept = [
        one for one in list_live_judgements(case) if one.passage in live and one.codebook == codebook.name
    ]
    letters = _name_letters(case)
    if name_coders:
        letters = {one: one for one in letters}
    here = {one.coder for one in kept}
    shown = has_finished(case)
    evidence = {one.id: one.name for one in case.find(Evidence)} if shown else {}
    documents = list_live_documents(case)
    return Sent(
        name=case.path.resolve().name if shown else "Linewatch case",
        codebook=codebook,
        documents=tuple(documents),
        passages=tuple(passages),
        judgements=tuple(replace(one, coder=letters[one.coder]) for one in kept),
        tokens={letters[one]: _make_token(case, one) for one in letters if one in here},
        titles={one.id: evidence[one.evidence] for one in documents if one.evidence in evidence},
        facts=_list_facts(case) if shown else {},
    )


def _name_letters(case: Case) -> dict[str, str]:
    """Return the letter of everyone who ever coded, in the order they came."""
    return name_letters(dict.fromkeys(one.coder for one in case.find(Judgement)))


def _list_facts(case: Case) -> dict[str, dict[str, str]]:
    """Return outlet, date and kind of each document that is one item of the case."""
    items: dict[str, list[Item]] = {}
    for one in list_live_findings(case):
        if isinstance(one.value, Item) and one.value.held:
            items.setdefault(one.span.document, []).append(one.value)
    return {document: _tell_facts(found[0]) for document, found in items.items() if len(found) == 1}


def _tell_facts(item: Item) -> dict[str, str]:
    facts = {
        "Outlet": item.outlet,
        "Date": item.date.iso if item.date else None,
        "Kind": item.kind,
    }
    return {name: value for name, value in facts.items() if value}


def export_codebook(case: Case, path: Path) -> Told:
    """Write the case's codebook as a .qdc; the side file has the rules, for which a .qdc has no place."""
    codebook = get_codebook(case)
    codes = make_codes(codebook)
    data = write_codebook(codes)
    _write(path, data)
    beside = _name_side(path)
    version = CodebookVersion(id=codebook.digest, body=codebook.to_text())
    _write(
        beside,
        to_json(
            Side(
                package=_digest(data),
                coders={},
                passages=(),
                judgements=(),
                codebooks=(version,),
                current=version.id,
            )
        ),
    )
    left = (
        f"{len(codebook.scale.rules)} rules that derive the point from the answers",
        "which answer ends the questions, the coder rules and the crosswalk",
    )
    return Told(count=sum(one.codable for one in walk_codes(codes)), left=left, side=beside)


def import_project(case: Case, path: Path, *, coder: str | None = None) -> Told:
    """Take the codings of a .qdpx into the case; with its side file and unchanged, exactly as they went out.

    Codings of another program were made beside the whole text: they are kept as not blind.
    """
    data = _read(path)
    side = _find_side(path)
    if side is not None and side.package == _digest(data):
        return replace(_import_side(case, side), side=_name_side(path))
    project = read_project(data, path.name)
    reading = take_codings(project, get_codebook(case), list_live_documents(case), coder=coder)
    known = _know_coders(case, side.coders if side else {}) | _know_users(case, project.users)
    given = set(_name_letters(case).values()) - known.keys() - set(_name_letters(case))
    letters = sum(one.coder in given for one in reading.taken)
    rows, left = _place(case, [one for one in reading.taken if one.coder not in given], known)
    if letters:
        left.append(
            f"{letters} stretches coded by a letter that this case gives its own coders: put the side file beside the package"
        )
    changed = ["the package is not as its side file knows it: the package was believed"] if side else []
    return Told(count=keep_rows(case, rows), left=(*changed, *reading.left, *left))


def _import_side(case: Case, side: Side) -> Told:
    """Keep what a side file says of passages that the case has."""
    known, live = _know_coders(case, side.coders), {one.id for one in case.find(Passage)}
    kept = [one for one in side.judgements if one.passage in live and not find_bad_name(one.coder)]
    with case.write("take in codebooks") as writer:
        writer.add(*side.codebooks)
    rows = [_make_row(one, known.get(one.coder, one.coder)) for one in kept]
    lost = len({one.passage for one in side.judgements} - live)
    left = (f"{lost} passages that the case does not have, with their answers",) if lost else ()
    return Told(count=keep_rows(case, rows), left=left)


def _make_row(one: Judgement, coder: str) -> Row:
    return Row(
        line=0,
        passage=one.passage,
        coder=coder,
        answer=get_answer(one),
        time=one.judged_at,
        blind=one.blind,
        digest=one.digest,
    )


def _place(case: Case, taken: Iterable[Taken], known: dict[str, str]) -> tuple[list[Row], list[str]]:
    """Return the rows of codings; a stretch that is no passage of the case becomes one, by the coder who coded it."""
    documents = {one.id: one for one in list_live_documents(case)}
    texts = {name: one.text for name, one in documents.items()}
    passages = {_trim(texts[one.span.document], one.span): one.id for one in list_live_passages(case)}
    placed = [
        (one, _trim(texts[one.span.document], one.span), known.get(one.coder, one.coder)) for one in taken
    ]
    fresh: dict[tuple[str, str], list[Place]] = {}
    for (document, start, end), coder in {where: who for _, where, who in reversed(placed)}.items():
        if (document, start, end) not in passages and start < end:
            fresh.setdefault((document, coder), []).append(Place(start, end))
    for (document, coder), places in fresh.items():
        made = bound_passages(case, documents[document], [], sorted(places), "add", coder)
        passages |= {(document, *one): name for one, name in zip(sorted(places), made, strict=True)}
    rows = [
        row
        for one, where, who in placed
        if where in passages
        for row in _make_rows(passages[where], one, who)
    ]
    added = sum(map(len, fresh.values()))
    return rows, [f"{added} stretches that were no passage became one"] if added else []


def _make_rows(passage: str, taken: Taken, coder: str) -> list[Row]:
    return [
        Row(line=0, passage=passage, coder=coder, answer=answer, time=taken.at, blind=False)
        for answer in taken.answers
    ]


def _trim(text: str, span: Span) -> tuple[str, int, int]:
    """Return where a stretch lies without the spaces around it: programs differ in whether they take them in."""
    words = text[span.start : span.end]
    return span.document, span.start + len(words) - len(words.lstrip()), span.start + len(words.rstrip())


def import_codebook(case: Case, path: Path) -> Told:
    """Make a .qdc the case's codebook: exactly where its side file lies beside it, else its codes as frames.

    Raises InputError where the case has a codebook of its own: nothing of the user's is written over.
    """
    data, own = _read(path), case.path / "codebook.yml"
    codes, side = read_codebook(data, path.name), _find_side(path)
    exact = side if side is not None and side.package == _digest(data) else None
    current = get_codebook(case)
    if exact:
        made = next(one.codebook for one in exact.codebooks if one.id == exact.current)
    else:
        made = draft_codebook(current, codes, path.stem)
    if made == current:
        return Told(count=0, side=_name_side(path) if exact else None)
    if own.exists():
        raise InputError(
            "the case has a codebook.yml of its own", hint="move it away, or write the codes into it by hand"
        )
    text = write_yaml(made)
    parse_codebook(text, path.name)
    own.write_text(text, encoding="utf-8")
    folders = sum(not one.codable for one in walk_codes(codes))
    left = () if exact else (f"{folders} folders", f"the questions and the scale are those of {current.name}")
    return Told(count=len(made.codes), left=left, side=_name_side(path) if exact else None)


def _know_coders(case: Case, tokens: dict[str, str]) -> dict[str, str]:
    """Return whom each name in a package means, where this case gave the name."""
    own = {_make_token(case, one): one for one in _name_letters(case)}
    return {shown: own[token] for shown, token in tokens.items() if token in own}


def _know_users(case: Case, users: Iterable[User]) -> dict[str, str]:
    """Return whom each user of a project means, where it still has the GUID that this case gave."""
    own = {name_user(_make_token(case, one)): one for one in _name_letters(case)}
    return {one.name: own[one.guid] for one in users if one.guid in own}


def _make_token(case: Case, coder: str) -> str:
    return hmac.new(case.get_key(), f"coder {coder}".encode(), hashlib.sha256).hexdigest()[:16]


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _name_side(path: Path) -> Path:
    return path.with_name(path.name + SIDE)


def _find_side(path: Path) -> Side | None:
    """Return the side file beside a package, None where there is none; raises InputError where it is not one."""
    beside = _name_side(path)
    if not beside.exists():
        return None
    try:
        side = from_json(Side, _read(beside))
    except (msgspec.MsgspecError, RecursionError) as error:
        raise InputError(
            f"{beside.name} is no side file: {error}", hint="move it away to go without it"
        ) from error
    if side.format != FORMAT:
        raise InputError(f"{beside.name} is of another version", hint="move it away to go without it")
    return side


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {error.strerror}", hint="name a file") from error


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise InputError(
            f"{path.name} cannot be written: {error.strerror}", hint="name a file in a folder"
        ) from error
