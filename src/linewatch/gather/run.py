"""Gather's work on a case: each file sealed by its hash, in small transactions, with a line of the import report for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Literal
from uuid import uuid4

import msgspec

from linewatch.errors import InputError
from linewatch.gather.catalogue import FIELDS, Catalogue, find_fault, parse_catalogue, say
from linewatch.gather.files import CATALOGUE, Offer, list_offers, read_sample
from linewatch.model import Arrival, Evidence, Problem, Side, Statement, Step, Tell, Value, get_id
from linewatch.store.case import Case
from linewatch.store.live import list_stated
from linewatch.store.writer import Writer
from linewatch.text.media import find_media_type

BATCH = 25
WANTED = ("kind", "outlet", "date")
"""What an own file should have said of it; what nobody says is listed."""


class Given(Value, frozen=True, kw_only=True):
    """What the user says of all files at once."""

    side: Side | None = None
    kind: str | None = None
    publisher: str | None = None
    outlet: str | None = None
    tier: str | None = None
    place: str | None = None
    date: str | None = None
    title: str | None = None
    language: str | None = None
    obtained_from: str | None = None
    obtained_by: str | None = None


class Gathering(Value, frozen=True, kw_only=True):
    """The import report: every file offered, what became of it, and what nobody said."""

    arrivals: tuple[Arrival, ...]
    problems: tuple[Problem, ...]
    unsaid: dict[str, tuple[str, ...]]

    def count(self, outcome: Literal["sealed", "duplicate", "refused"]) -> int:
        """Return how many arrivals came out so; the three counts add up to all of them."""
        return sum(arrival.outcome == outcome for arrival in self.arrivals)


def gather(case: Case, paths: Sequence[Path], *, given: Given, tell: Tell) -> Gathering:
    """Seal every file under the paths; run again, what is sealed already is a duplicate and stays as it is."""
    said = _check_given(given)
    catalogue = _read_catalogues(paths)
    offers, work = list_offers(paths), _Work(case, given, said, catalogue)
    for first in range(0, len(offers), BATCH):
        tell(Step(stage="gather", done=first, total=len(offers), what=offers[first].name))
        with case.write("gather", files=len(offers[first : first + BATCH])) as writer:
            for offer in offers[first : first + BATCH]:
                work.take(offer, writer)
    with case.write("gather", catalogue=len(catalogue.said)) as writer:
        work.list_catalogue_faults({offer.name for offer in offers}, writer)
    return Gathering(
        arrivals=tuple(work.arrivals),
        problems=tuple(work.problems),
        unsaid=_list_unsaid(work.arrivals, work.stated),
    )


class _Work:
    """One gathering under way."""

    def __init__(self, case: Case, given: Given, said: dict[str, str], catalogue: Catalogue) -> None:
        self.case, self.given, self.said, self.catalogue = case, given, said, catalogue
        self.id = uuid4().hex
        self.known = {evidence.id for evidence in case.find(Evidence)}
        self.stated = list_stated(case)
        self.arrivals: list[Arrival] = []
        self.problems: list[Problem] = []

    def take(self, offer: Offer, writer: Writer) -> None:
        """Seal one offered file, or say why not."""
        reason = offer.refused or self._seal(offer, writer)
        if reason is not None:
            self._arrive(offer, writer, outcome="refused", reason=reason)

    def _seal(self, offer: Offer, writer: Writer) -> str | None:
        path = Path(offer.path)
        try:
            evidence, size = writer.seal(path)
        except OSError as error:
            self._add_problem(writer, "unreadable", f"{offer.name}: {error.strerror}")
            return f"could not be read: {error.strerror}"
        outcome: Literal["sealed", "duplicate"] = "duplicate" if evidence in self.known else "sealed"
        if outcome == "sealed":
            self.known.add(evidence)
            writer.add(self._make_evidence(evidence, size, offer))
        if not size:
            self._add_problem(writer, "empty", f"{offer.name} is empty", evidence)
        self._arrive(offer, writer, outcome=outcome, evidence=evidence, size=size)
        self._state(offer, evidence, writer)
        return None

    def _make_evidence(self, evidence: str, size: int, offer: Offer) -> Evidence:
        name = PurePosixPath(offer.name).name
        return Evidence(
            id=evidence,
            size=size,
            media_type=find_media_type(read_sample(Path(offer.path)), name),
            name=name,
            obtained_from=self.given.obtained_from,
            obtained_by=self.given.obtained_by,
            gathered_at=datetime.now(UTC),
        )

    def _state(self, offer: Offer, evidence: str, writer: Writer) -> None:
        """Keep what is said of the file, unless the same was said last."""
        standing = self.stated.setdefault(evidence, {})
        for field, (value, source) in self._collect_said(offer).items():
            if standing.get(field) != value:
                standing[field] = value
                writer.add(
                    Statement(
                        id=get_id("statement", self.id, evidence, field, source, offer.name),
                        evidence=evidence,
                        field=field,
                        value=value,
                        source=source,
                        said_at=datetime.now(UTC),
                    )
                )

    def _collect_said(self, offer: Offer) -> dict[str, tuple[str, str]]:
        """Return what is said of a file now, field by field, and who says so: the catalogue wins over an option."""
        options = {field: (value, "option") for field, value in self.said.items()}
        rows = self.catalogue.said.get(offer.name, {})
        return options | {field: (value, "catalogue") for field, value in rows.items()}

    def _arrive(
        self,
        offer: Offer,
        writer: Writer,
        *,
        outcome: Literal["sealed", "duplicate", "refused"],
        evidence: str | None = None,
        size: int = 0,
        reason: str | None = None,
    ) -> None:
        arrival = Arrival(
            id=get_id("arrival", self.id, offer.name, len(self.arrivals)),
            gathering=self.id,
            path=offer.name,
            size=size,
            outcome=outcome,
            evidence=evidence,
            reason=reason,
        )
        self.arrivals.append(arrival)
        writer.add(arrival)

    def _add_problem(self, writer: Writer, kind: str, message: str, evidence: str | None = None) -> None:
        problem = Problem(
            id=get_id("problem", kind, message), stage="gather", kind=kind, message=message, evidence=evidence
        )
        self.problems.append(problem)
        writer.add(problem)

    def list_catalogue_faults(self, offered: set[str], writer: Writer) -> None:
        """Name every row of a catalogue that cannot be used, and every path in it that was not met."""
        for fault in self.catalogue.faults:
            self._add_problem(writer, "catalogue", f"{CATALOGUE}, {fault}")
        for path in sorted(set(self.catalogue.said) - offered):
            self._add_problem(writer, "catalogue", f"{CATALOGUE} names {path}, which is not there")


def _check_given(given: Given) -> dict[str, str]:
    fields = {name: value for name in FIELDS if (value := getattr(given, name)) is not None}
    for name, value in fields.items():
        if fault := find_fault(name, value):
            raise InputError(fault, hint=f"see `linewatch gather --help` on --{name}")
    said = say(fields)
    return {**said, "side": given.side} if given.side else said


def _read_catalogues(paths: Sequence[Path]) -> Catalogue:
    """Return what the catalogues at the top of the named folders say, a later one winning."""
    read = [_read_catalogue(path / CATALOGUE) for path in paths if (path / CATALOGUE).is_file()]
    said = {name: fields for one in read for name, fields in one.said.items()}
    return msgspec.structs.replace(
        Catalogue(said=said), faults=tuple(fault for one in read for fault in one.faults)
    )


def _read_catalogue(path: Path) -> Catalogue:
    """Return what one catalogue says; raises InputError before anything is sealed where it is no text."""
    try:
        return parse_catalogue(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"{CATALOGUE} cannot be read: {error}", hint="save it as CSV in UTF-8; nothing was sealed"
        ) from error


def _list_unsaid(
    arrivals: list[Arrival], said: Mapping[str, Mapping[str, str]]
) -> dict[str, tuple[str, ...]]:
    unsaid: dict[str, tuple[str, ...]] = {}
    for arrival in arrivals:
        stated = said.get(arrival.evidence, {}) if arrival.evidence else {"side": "about"}
        missing = tuple(name for name in WANTED if name not in stated)
        if stated.get("side") == "own" and missing:
            unsaid[arrival.path] = missing
        elif "side" not in stated:
            unsaid[arrival.path] = ("own or about",)
    return unsaid
