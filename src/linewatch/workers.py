"""A child process that works on hostile input: under limits, without files or network of its own, replaced when it fails.

A parser that crashes, hangs or swells costs an error for the file it was on; the command goes on with a new worker.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, NamedTuple, Self, TypeVar

import msgspec

V = TypeVar("V")

REFUSED = ("socket.connect", "socket.bind", "socket.sendto", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn",
           "os.fork", "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod")  # fmt: skip
"""What Python announces of itself (PEP 578) and nothing that parses has to do."""
ONE, DONE, FAILED, SWELLED = b"1", b".", b"!", b"~"
"""How a message of a worker begins: a result, the end, or a fault of the work."""
FAULTS = {FAILED: "failed", SWELLED: "swelled"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Limits(NamedTuple):
    """What a worker may use."""

    seconds: float = 120
    """Without giving anything back."""
    memory: int = 4 << 30
    """Bytes of address space."""
    output: int = 512 << 20
    """Bytes of one result."""
    files: int = 64
    """Open at once."""


class WorkerError(Exception):
    """The work could not be done: the worker crashed, hung, swelled, or the work itself raised something."""

    def __init__(self, kind: str, message: str) -> None:
        """`kind` is `crashed`, `hung`, `swelled` or `failed`."""
        super().__init__(message)
        self.kind = kind


class Worker:
    """One child process, started when it is needed, used again and again, replaced after a fault. A context manager."""

    def __init__(self, limits: Limits = Limits()) -> None:  # noqa: B008 - frozen
        self.limits = limits
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def iterate(self, kind: type[V], work: Callable[..., Iterator[V]], *given: Any) -> Iterator[V]:
        """Yield the values of this kind that `work(*given)`, a function of a module, yields in the worker; raises WorkerError.

        What comes back is data that is checked against the kind: a worker taken over cannot run anything here.
        """
        pipe = self._get_pipe()
        try:
            pipe.send((work, given))
            while (data := self._receive(pipe)) is not None:
                yield msgspec.msgpack.decode(data, type=kind)
        except WorkerError as error:
            if error.kind != "failed":
                self.stop()
            raise
        except msgspec.MsgspecError as error:
            self.stop()
            raise WorkerError("crashed", f"gave back what it should not: {error}") from error
        except (EOFError, OSError) as error:
            raise WorkerError("crashed", self._bury()) from error
        except (GeneratorExit, KeyboardInterrupt):
            self.stop()
            raise

    def call(self, kind: type[V], work: Callable[..., V], *given: Any) -> V:
        """Return what `work(*given)` returns in the worker; raises WorkerError."""
        (result,) = self.iterate(kind, _once, work, given)
        return result

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None

    def _get_pipe(self) -> Connection:
        if self._pipe is None or self._process is None or not self._process.is_alive():
            self.stop()
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=_serve, args=(theirs, self.limits), daemon=True)
            self._process.start()
            theirs.close()
        return self._pipe

    def _receive(self, pipe: Connection) -> bytes | None:
        """Return the next result, None after the last; raises WorkerError."""
        if not pipe.poll(self.limits.seconds):
            raise WorkerError("hung", f"gave nothing back for {self.limits.seconds:g} seconds")
        try:
            data = pipe.recv_bytes(self.limits.output)
        except EOFError:
            raise
        except OSError as error:  # longer than it may be
            raise WorkerError("swelled", f"gave back more than {self.limits.output:,} bytes") from error
        told, value = data[:1], data[1:]
        if told in FAULTS:
            raise WorkerError(FAULTS[told], value.decode("utf-8", "replace"))
        return value if told == ONE else None

    def _bury(self) -> str:
        """Put a crashed worker away and return how it ended."""
        ended = None
        if self._process is not None:
            self._process.join(1)
            ended = self._process.exitcode
        self.stop()
        return _describe_end(ended)


def _describe_end(code: int | None) -> str:
    if code is not None and code < 0:
        return f"the parser was ended by {signal.Signals(-code).name}"
    return f"the parser ended with {code}"


def _once(work: Callable[..., Any], given: tuple[Any, ...]) -> Iterator[Any]:
    yield work(*given)


def _serve(pipe: Connection, limits: Limits) -> None:
    """Do what is asked until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit(limits)
    sys.addaudithook(_refuse)
    while True:
        try:
            work, given = pipe.recv()
        except EOFError:
            return
        for message in _run(work, given):
            pipe.send_bytes(message)


def _run(work: Callable[..., Iterator[Any]], given: tuple[Any, ...]) -> Iterator[bytes]:
    try:
        for one in work(*given):
            yield ONE + msgspec.msgpack.encode(one)
    except MemoryError:
        yield SWELLED + b"needed more memory than it may use"
    except RecursionError:
        yield FAILED + b"is nested too deeply"
    except Exception as error:  # noqa: BLE001 - whatever a parser raises is a fault of the file it was on
        yield FAILED + f"{type(error).__name__}: {error}"[:500].encode("utf-8", "replace")
    else:
        yield DONE


def _limit(limits: Limits) -> None:
    for name, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_NOFILE, limits.files),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        _, hard = resource.getrlimit(name)
        wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(ValueError, OSError):  # macOS knows no limit of address space
            resource.setrlimit(name, (wanted, hard))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def _refuse(event: str, given: tuple[Any, ...]) -> None:
    """Refuse what a parser has no business with."""
    if event in REFUSED or (
        event == "open" and isinstance(given[2], int) and given[2] & WRITING and given[0] != os.devnull
    ):
        raise PermissionError(f"{event} is refused while evidence is parsed")
