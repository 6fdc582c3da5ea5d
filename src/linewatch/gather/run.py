"""Gather's work on a case: each file and each member of a container sealed by its hash, in small transactions.

Each has a line of the import report.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path, PurePosixPath
from time import time_ns
from typing import NamedTuple
from uuid import uuid4

import msgspec

from linewatch.errors import InputError
from linewatch.gather.apart import unpack_apart
from linewatch.gather.base import Aside, Child
from linewatch.gather.catalogue import FIELDS, Catalogue, find_fault, parse_catalogue, say
from linewatch.gather.files import CATALOGUE, Offer, list_offers, read_sample
from linewatch.gather.members import Allowance, MemberError
from linewatch.gather.registry import UNPACKERS
from linewatch.gather.saved import PART_OF, find_parts, read_origin
from linewatch.gather.saying import collect_said, list_unsaid
from linewatch.gather.transcripts import pair_names
from linewatch.gather.watching import Look, Sight, is_settled, list_settled, look_at
from linewatch.model import (
    Arrival,
    Evidence,
    Outcome,
    Problem,
    Run,
    Side,
    Statement,
    Step,
    Tell,
    Tombstone,
    Value,
    get_id,
)
from linewatch.store.case import Case
from linewatch.store.evidence import drop_staged, hash_file
from linewatch.store.live import list_stated
from linewatch.store.writer import Writer
from linewatch.text.media import MANY, find_dimensions, find_media_type, is_media

BATCH = 25
DEEPEST = 4
"""Containers in containers; one that lies deeper is sealed and stays closed."""


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

    def count(self, outcome: Outcome) -> int:
        """Return how many arrivals came out so; the counts of the outcomes add up to all of them."""
        return sum(arrival.outcome == outcome for arrival in self.arrivals)


def gather(case: Case, paths: Sequence[Path], *, given: Given, tell: Tell) -> Gathering:
    """Seal every file under the paths; run again, what is sealed already is a duplicate and stays as it is."""
    work = _Work(case, given, _check_given(given), _read_catalogues(paths))
    offers = list_offers(paths)
    work.take_all(offers, tell)
    met = {arrival.path for arrival in work.arrivals}
    with case.write("gather", catalogue=len(work.catalogue.said)) as writer:
        work.list_catalogue_faults(met, writer)
        work.pair_files(offers, writer)
    return work.report()


def watch(
    case: Case, folder: Path, *, given: Given, tell: Tell, pause: Callable[[], bool]
) -> Generator[Gathering, None, None]:
    """Yield the import report of what has arrived in a folder, once it is whole, until `pause` between two looks says stop.

    A file that is changed later is gathered again; when the catalogue is, all are, for what it says of them now.
    """
    said, taken = _check_given(given), dict[str, Look]()
    before: Sight | None = None
    while True:
        offers = list_offers([folder])
        now = look_at([*offers, _offer_catalogue(folder)], time_ns())
        settled = frozenset(list_settled(before, now, taken))
        if CATALOGUE in settled:
            settled = frozenset(
                name for name, look in now.files.items() if before and is_settled(name, look, before)
            )
        arrived = [offer for offer in offers if offer.name in settled]
        if arrived:
            work = _Work(case, given, said, _read_catalogues([folder]))
            work.take_all(arrived, tell)
            with case.write("gather") as writer:
                work.pair_files(arrived, writer)
            yield work.report()
        taken |= {name: now.files[name] for name in settled}
        before = now
        if not pause():
            return


def _offer_catalogue(folder: Path) -> Offer:
    return Offer(path=str(folder / CATALOGUE), name=CATALOGUE)


class Container(NamedTuple):
    """A sealed container that waits to be opened: what it is, and how it lies in others."""

    evidence: str
    path: str
    media_type: str
    depth: int
    allowance: Allowance


class _Work:
    """One gathering under way."""

    def __init__(self, case: Case, given: Given, said: dict[str, str], catalogue: Catalogue) -> None:
        self.case, self.given, self.said, self.catalogue = case, given, said, catalogue
        self.id = uuid4().hex
        self.known = {evidence.id for evidence in case.find(Evidence)}
        self.expunged = {one.evidence: one for one in case.find(Tombstone)}
        self.stated = list_stated(case)
        self.arrivals: list[Arrival] = []
        self.problems: list[Problem] = []
        self.waiting: list[Container] = []
        self.media: dict[str, str] = {}
        self.self_explaining: set[str] = set()
        self._unpacked = {(run.input, run.tool) for run in case.find(Run, stage="gather")}

    def take_all(self, offers: Sequence[Offer], tell: Tell) -> None:
        """Seal what is offered, a few files a transaction, and what lies in containers among them."""
        for first in range(0, len(offers), BATCH):
            tell(Step(stage="gather", done=first, total=len(offers), what=offers[first].name))
            with self.case.write("gather", files=len(offers[first : first + BATCH])) as writer:
                for offer in offers[first : first + BATCH]:
                    self.take(offer, writer)
            self.unpack_waiting(tell)

    def report(self) -> Gathering:
        """Return the import report."""
        return Gathering(
            arrivals=tuple(self.arrivals),
            problems=tuple(self.problems),
            unsaid=list_unsaid(self.arrivals, self.stated, self.self_explaining),
        )

    def take(self, offer: Offer, writer: Writer) -> None:
        """Seal one offered file, or say why not."""
        if offer.refused:
            self._refuse(offer.name, offer.refused, writer)
            return
        try:
            tombstone = self._find_tombstone(Path(offer.path))
            if tombstone is not None:
                self._refuse_expunged(offer.name, tombstone, writer)
                return
            evidence, size = writer.seal(Path(offer.path))
        except OSError as error:
            self._add_problem(writer, "unreadable", f"{offer.name}: {error.strerror}")
            self._refuse(offer.name, f"could not be read: {error.strerror}", writer)
            return
        media_type = self._keep(offer.name, evidence, size, writer)
        if media_type in UNPACKERS:
            self.waiting.append(Container(evidence, offer.name, media_type, 1, Allowance(size)))

    def _find_tombstone(self, path: Path) -> Tombstone | None:
        """Return the tombstone of a file's bytes; only a file of the size of what was expunged is looked into."""
        size = path.stat().st_size
        return (
            self.expunged.get(hash_file(path)[0])
            if any(one.size == size for one in self.expunged.values())
            else None
        )

    def _refuse_expunged(self, path: str, tombstone: Tombstone, writer: Writer) -> None:
        """Refuse bytes that were expunged: the report names the file, the case keeps no name of it."""
        arrival = Arrival(
            id=get_id("arrival", self.id, len(self.arrivals)),
            gathering=self.id,
            path=path,
            size=tombstone.size,
            outcome="refused",
            reason=f"expunged on {tombstone.expunged_at:%Y-%m-%d}",
        )
        self.arrivals.append(arrival)
        writer.add(msgspec.structs.replace(arrival, path=f"expunged {tombstone.evidence[:19]}"))

    def unpack_waiting(self, tell: Tell) -> None:
        """Open the containers met, and those in them, until none waits."""
        while self.waiting:
            container = self.waiting.pop(0)
            unpacker = UNPACKERS[container.media_type]
            if (container.evidence, unpacker.NAME) in self._unpacked:
                continue
            with self.case.open_evidence(container.evidence) as file:  # checked; a worker opens it again
                path = Path(file.name)
            members, taken = unpack_apart(path, container.media_type), 0
            while batch := self._take_members(members, container):
                taken += batch
                tell(Step(stage="unpack", done=taken, total=taken + 1, what=container.path))
            with self.case.write("gather", container=container.evidence) as writer:
                writer.add(_make_run(container.evidence, unpacker.NAME, taken))
            self._unpacked.add((container.evidence, unpacker.NAME))

    def _take_members(self, members: Iterator[Child | Aside], container: Container) -> int:
        """Seal the next members of a container in one transaction; returns how many there were."""
        taken = 0
        with self.case.write("gather", container=container.evidence) as writer:
            for member in islice(members, BATCH):
                taken += 1
                if isinstance(member, Child):
                    self._take_child(member, container, writer)
                else:
                    self._leave(f"{container.path}/{member.where}", member, container, writer)
        return taken

    def _take_child(self, child: Child, container: Container, writer: Writer) -> None:
        path = f"{container.path}/{child.name}".encode("utf-8", "replace").decode()
        data = io.BytesIO(child.data) if isinstance(child.data, bytes) else child.data
        try:
            evidence, size = writer.seal(container.allowance.watch(data))
        except MemberError as error:
            aside = Aside(child.where, 0, str(error), problem=error.kind)
            self._leave(path, aside, container, writer)
            return
        if evidence in self.expunged:
            drop_staged(self.case.path / "evidence", evidence)
            self._refuse_expunged(path, self.expunged[evidence], writer)
            message = f"{container.path} holds bytes that were expunged: expunge it too, or gather the rest of it without them"
            self._add_problem(writer, "expunged", message, container.evidence)
            return
        media_type = self._keep(path, evidence, size, writer, child, container)
        if media_type in UNPACKERS:
            deeper = container._replace(
                evidence=evidence, path=path, media_type=media_type, depth=container.depth + 1
            )
            self._go_deeper(deeper, writer)

    def _go_deeper(self, container: Container, writer: Writer) -> None:
        if container.depth <= DEEPEST:
            self.waiting.append(container)
        else:
            message = f"{container.path} lies {DEEPEST} containers deep: it is sealed and stays closed"
            self._add_problem(writer, "nested-container", message, container.evidence)

    def _leave(self, path: str, aside: Aside, container: Container, writer: Writer) -> None:
        """Note what stays in its container, with the reason, as a Problem too where an analyst must know."""
        outcome: Outcome = "refused" if aside.problem else "set aside"
        self._arrive(path, writer, outcome=outcome, reason=aside.reason, size=aside.size)
        if aside.problem:
            self._add_problem(writer, aside.problem, f"{path}: {aside.reason}", container.evidence)

    def _keep(
        self,
        path: str,
        evidence: str,
        size: int,
        writer: Writer,
        child: Child | None = None,
        container: Container | None = None,
    ) -> str:
        """Note what is sealed now, and what is said of it; returns its media type."""
        sample = read_sample(writer.find_sealed(evidence))
        media_type = find_media_type(sample, PurePosixPath(path).name)
        outcome: Outcome = "duplicate" if evidence in self.known else "sealed"
        if outcome == "sealed":
            self.known.add(evidence)
            writer.add(self._make_evidence(evidence, size, path, media_type, container))
        if not size:
            self._add_problem(writer, "empty", f"{path} is empty", evidence)
        self._arrive(path, writer, outcome=outcome, evidence=evidence, size=size)
        inside = child.said if child else {}
        if is_media(media_type):
            self.media[path] = evidence
            if dimensions := find_dimensions(sample):
                inside = {**inside, "dimensions": dimensions}
        if media_type in UNPACKERS or media_type in MANY:
            self.self_explaining.add(evidence)
        page = read_origin(sample) if media_type == "text/html" else {}
        said = collect_said(inside, self.said, self.catalogue.said.get(path, {}))
        self._state(evidence, {field: (value, "page") for field, value in page.items()} | said, writer, path)
        return media_type

    def _make_evidence(
        self, evidence: str, size: int, path: str, media_type: str, container: Container | None
    ) -> Evidence:
        return Evidence(
            id=evidence,
            size=size,
            media_type=media_type,
            name=PurePosixPath(path).name,
            obtained_from=self.given.obtained_from,
            obtained_by=self.given.obtained_by,
            obtained_how="container" if container else "file",
            gathered_at=datetime.now(UTC),
            parent=container.evidence if container else None,
        )

    def _state(self, evidence: str, said: Mapping[str, tuple[str, str]], writer: Writer, path: str) -> None:
        """Keep what is said of the file, unless the same was said last."""
        standing = self.stated.setdefault(evidence, {})
        for field, (value, source) in said.items():
            if standing.get(field) != value:
                standing[field] = value
                writer.add(
                    Statement(
                        id=get_id("statement", self.id, evidence, field, source, path),
                        evidence=evidence,
                        field=field,
                        value=value,
                        source=source,
                        said_at=datetime.now(UTC),
                    )
                )

    def pair_files(self, offers: Sequence[Offer], writer: Writer) -> None:
        """Say which files belong together: a transcript and its recording, a saved page and the parts a browser put beside it."""
        self._pair_transcripts(offers, writer)
        sealed = {one.path: one.evidence for one in self.arrivals if one.evidence}
        for part, page in find_parts(sealed):
            if sealed[part] != sealed[page]:
                self._state(sealed[part], {PART_OF: (sealed[page], "name")}, writer, part)
                self.self_explaining.add(sealed[part])

    def _pair_transcripts(self, offers: Sequence[Offer], writer: Writer) -> None:
        """Say of each transcript whose recording it is, where both lie side by side under one stem."""
        places = {offer.name: Path(offer.path) for offer in offers if not offer.refused}
        sealed = {one.path: one.evidence for one in self.arrivals if one.evidence}
        for recording, transcript in pair_names(sealed, self.media, places):
            pair = {"transcript_of": (self._find_id(recording, sealed), "name")}
            if (evidence := self._find_id(transcript, sealed)) and pair["transcript_of"][0]:
                self._state(evidence, pair, writer, str(transcript))

    def _find_id(self, named: str | Path, sealed: Mapping[str, str]) -> str:
        """Return the evidence of a path met now, or of a file beside one that was gathered earlier; empty where unknown."""
        if isinstance(named, str):
            return sealed[named]
        evidence, _ = hash_file(named)
        return evidence if evidence in self.known else ""

    def _refuse(self, path: str, reason: str, writer: Writer) -> None:
        self._arrive(path, writer, outcome="refused", reason=reason)

    def _arrive(
        self,
        path: str,
        writer: Writer,
        *,
        outcome: Outcome,
        evidence: str | None = None,
        size: int = 0,
        reason: str | None = None,
    ) -> None:
        arrival = Arrival(
            id=get_id("arrival", self.id, path, len(self.arrivals)),
            gathering=self.id,
            path=path,
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


def _make_run(evidence: str, tool: str, members: int) -> Run:
    return Run(
        id=get_id("gather", evidence, tool),
        stage="gather",
        input=evidence,
        tool=tool,
        output=f"{members} members",
        finished_at=datetime.now(UTC),
    )
