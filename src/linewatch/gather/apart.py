"""Unpacking apart from the command: an unpacker works on hostile bytes in a worker, and the members come through the pipe.

The first half runs in the worker, the second asks it. Nothing here knows the case.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO, NoReturn, cast

import msgspec

from linewatch.gather.base import Aside, Child
from linewatch.gather.members import MemberError
from linewatch.gather.registry import UNPACKERS
from linewatch.workers import WorkerError, borrow_worker

CHUNK = 1 << 20
PROBLEMS = {
    "crashed": "parser-crashed",
    "hung": "parser-hung",
    "swelled": "parser-swelled",
    "failed": "parser-failed",
}
"""What a fault of the worker is called where an analyst sees it."""
_SURROGATE = re.compile(r"[\ud800-\udfff]")


class Begun(msgspec.Struct, frozen=True, tag=True):
    """A member, before its bytes."""

    name: str
    where: str
    said: dict[str, str]


class More(msgspec.Struct, frozen=True, tag=True):
    """The next bytes of the member; after the last, none."""

    data: bytes


class Broken(msgspec.Struct, frozen=True, tag=True):
    """The member ends here, for this reason."""

    kind: str
    message: str


class Left(msgspec.Struct, frozen=True, tag=True):
    """What becomes no evidence of its own."""

    where: str
    size: int
    reason: str
    text: str | None
    problem: str | None


Sent = Begun | More | Broken | Left


def unpack_there(path: Path, media_type: str) -> Iterator[Sent]:
    """In the worker: yield the members of a sealed container, their bytes in pieces."""
    with path.open("rb") as file:
        for one in UNPACKERS[media_type].unpack(file):
            if isinstance(one, Aside):
                text = one.text and _replace(one.text)
                yield Left(_replace(one.where), one.size, _replace(one.reason), text, one.problem)
            else:
                yield from _send(one)


def _send(child: Child) -> Iterator[Sent]:
    yield Begun(_replace(child.name), _replace(child.where), _clean(child))
    stream = io.BytesIO(child.data) if isinstance(child.data, bytes) else child.data
    try:
        while data := stream.read(CHUNK):
            yield More(data)
        yield More(b"")
    except MemberError as error:
        yield Broken(error.kind, _replace(str(error)))


def _clean(child: Child) -> dict[str, str]:
    return {_replace(key): _replace(value) for key, value in child.said.items()}


def _replace(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text)


def unpack_apart(path: Path, media_type: str) -> Iterator[Child | Aside]:
    """Yield the members of a sealed container; where its unpacker fails, the rest of it is an aside that says how."""
    try:
        with (
            borrow_worker() as worker,
            closing(worker.iterate(Sent, unpack_there, path.resolve(), media_type)) as sent,  # type: ignore[arg-type] # a union
        ):
            yield from _put_together(sent)
    except WorkerError as error:
        yield Aside("the rest", 0, describe_fault(error), problem=PROBLEMS[error.kind])


def describe_fault(error: WorkerError) -> str:
    """Return what became of an unpacker, in words for the analyst."""
    return f"it could not be unpacked, the unpacker {error.kind}: {error}"


def _put_together(sent: Iterator[Sent]) -> Iterator[Child | Aside]:
    for one in sent:
        if isinstance(one, Left):
            yield Aside(one.where, one.size, one.reason, one.text, one.problem)
        elif isinstance(one, Begun):
            stream = _Stream(sent)
            yield Child(one.name, cast("BinaryIO", stream), one.where, one.said)
            stream.skip()
        else:
            raise WorkerError("crashed", "gave back bytes of no member")


class _Stream:
    """A member's bytes as the worker sends them."""

    def __init__(self, sent: Iterator[Sent]) -> None:
        self._sent, self._is_over = sent, False
        self._fault: WorkerError | None = None

    def read(self, _size: int = -1) -> bytes:
        """Return the next piece, of whatever size it came, nothing after the last; raises MemberError."""
        return b"" if self._is_over else self._receive()

    def skip(self) -> None:
        """Pass over what nobody read; raises WorkerError where the worker failed within the member."""
        while not self._is_over:
            try:
                self._receive()
            except MemberError:
                break
        if self._fault:
            raise self._fault

    def _receive(self) -> bytes:
        try:
            one = next(self._sent, None)
        except WorkerError as error:
            self._is_over, self._fault = True, error
            raise MemberError(PROBLEMS[error.kind], describe_fault(error)) from error
        if isinstance(one, More):
            self._is_over = not one.data
            return one.data
        return self._end(one)

    def _end(self, one: Sent | None) -> NoReturn:
        self._is_over = True
        if isinstance(one, Broken):
            raise MemberError(one.kind, one.message)
        self._fault = WorkerError("crashed", "gave back a member without end")
        raise MemberError(PROBLEMS["crashed"], str(self._fault))
