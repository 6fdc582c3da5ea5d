"""A child process that works on hostile input: under limits, without files or network of its own, replaced when it fails.

A parser that crashes, hangs or swells costs an error for the file it was on; the command goes on with a new worker.
"""

from __future__ import annotations

import atexit
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager, suppress
from multiprocessing.connection import Connection, Pipe
from typing import Any, BinaryIO, NamedTuple, Self, TypeVar, cast

import msgspec

V = TypeVar("V")

REFUSED = ("socket.connect", "socket.bind", "socket.sendto", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn",
           "os.fork", "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod")  # fmt: skip
"""What Python announces of itself (PEP 578) and nothing that parses has to do."""
LOADED, ONE, DONE, FAILED, SWELLED = b"0", b"1", b".", b"!", b"~"
"""How a message of a worker begins: that it is ready, a result, the end, or a fault of the work."""
LOADING = 60
"""Seconds in which a worker is to be ready: to load the readers is no part of what a file may take."""
FAULTS = {FAILED: "failed", SWELLED: "swelled"}
START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from linewatch.workers import serve; serve(*map(int, sys.argv[2:]))"
"""What a worker runs first. No `multiprocessing.Process`: that would import the script that the user started a second time."""
PATIENCE = 5
"""Seconds after which a worker that hangs ends by itself, were there nobody left to end it."""
SCRATCH = 2
"""Files without a name that a worker gets from the command, for what is too long to be held in memory: it may open none itself."""
IDLE = 2
"""Workers kept for the next who asks."""
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
    scratch: int = 8 << 30
    """Bytes in a file without a name."""


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
        self.is_busy = False
        """Whether something was asked and not all of the answer has come."""
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def iterate(
        self, kind: type[V], work: Callable[..., Iterator[V]], *given: Any
    ) -> Generator[V, None, None]:
        """Yield the values of this kind that `work(*given)`, a function of a module, yields in the worker; raises WorkerError.

        What comes back is data that is checked against the kind: a worker taken over cannot run anything here.
        """
        pipe = self._get_pipe()
        self.is_busy = True
        try:
            pipe.send((work, given))
            self._receive(pipe, max(LOADING, self.limits.seconds))
            while (data := self._receive(pipe)) is not None:
                yield msgspec.msgpack.decode(data, type=kind)
            self.is_busy = False
        except WorkerError as error:
            self.is_busy = False
            if error.kind != "failed":
                self.stop()
            raise
        except msgspec.MsgspecError as error:
            self.stop()
            raise WorkerError("crashed", f"gave back what it should not: {error}") from error
        except (EOFError, OSError) as error:
            raise WorkerError("crashed", self._bury()) from error
        except (GeneratorExit, KeyboardInterrupt):
            if self._pipe is pipe:  # or it was stopped meanwhile, and works for somebody else
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
            self._process.wait()
        self.let_go()
        self._process = None
        self.is_busy = False

    def let_go(self) -> None:
        """Close the pipe: a worker that nobody can ask anything ends."""
        if self._pipe is not None:
            self._pipe.close()
        self._pipe = None

    def _get_pipe(self) -> Connection:
        if self._pipe is None or self._process is None or self._process.poll() is not None:
            self.stop()
            self._pipe, theirs = Pipe()
            with theirs:
                self._process = _start(theirs.fileno())
            self._pipe.send(self.limits)
        return self._pipe

    def _receive(self, pipe: Connection, seconds: float | None = None) -> bytes | None:
        """Return the next result, None after the last; raises WorkerError."""
        seconds = seconds or self.limits.seconds
        if not pipe.poll(seconds):
            raise WorkerError("hung", f"gave nothing back for {seconds:g} seconds")
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
            with suppress(subprocess.TimeoutExpired):
                ended = self._process.wait(1)
        self.stop()
        return _describe_end(ended)


_idle: list[Worker] = []
_gone: list[Worker] = []
"""A parent's workers, in its fork: neither used nor ended here."""
_lock = threading.Lock()


@contextmanager
def borrow_worker() -> Iterator[Worker]:
    """Lend a worker nobody else is using, one that is running already where there is one: to start one takes half a second."""
    with _lock:
        worker = _idle.pop() if _idle else Worker()
    try:
        yield worker
    finally:
        if worker.is_busy:
            worker.stop()
        with _lock:
            is_kept = len(_idle) < IDLE
            if is_kept:
                _idle.append(worker)
        if not is_kept:
            worker.stop()


@atexit.register
def stop_idle() -> None:
    """End the workers that nobody is using."""
    with _lock:
        while _idle:
            _idle.pop().stop()


def _forget() -> None:
    """In a fork of this process, leave its workers to it."""
    global _lock  # noqa: PLW0603 - it may be held by a thread that is not in the fork
    _lock = threading.Lock()
    for worker in _idle:
        worker.let_go()
    _gone.extend(_idle)
    _idle.clear()


os.register_at_fork(after_in_child=_forget)


def _describe_end(code: int | None) -> str:
    if code is not None and code < 0:
        return f"the parser was ended by {signal.Signals(-code).name}"
    return f"the parser ended with {code}"


def _once(work: Callable[..., Any], given: tuple[Any, ...]) -> Iterator[Any]:
    yield work(*given)


def _start(pipe: int) -> subprocess.Popen[bytes]:
    """Start a worker at the other end of a pipe. What libraries print of hostile bytes goes nowhere."""
    paths = json.dumps([one for one in sys.path if one])
    with ExitStack() as opened:
        scratch = [opened.enter_context(tempfile.TemporaryFile()).fileno() for _ in range(SCRATCH)]
        numbers = (pipe, *scratch)
        return subprocess.Popen(  # noqa: S603 - this Python, and a line of this module
            [sys.executable, "-P", "-B", "-c", START, paths, *map(str, numbers)],
            pass_fds=numbers,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


_scratch: list[int] | None = None
"""In a worker, the files that it got and nobody uses now."""


@contextmanager
def open_scratch() -> Iterator[BinaryIO]:
    """Lend an empty file without a name, in a worker one of the few it has; raises OSError where none is left."""
    if _scratch is None:
        with tempfile.TemporaryFile() as file:
            yield cast("BinaryIO", file)
        return
    if not _scratch:
        raise OSError("no scratch file is left")
    number = _scratch.pop()
    try:
        with open(number, "r+b", closefd=False) as file:
            file.truncate(0)
            file.seek(0)
            yield cast("BinaryIO", file)
            file.truncate(0)
    finally:
        _scratch.append(number)


def serve(number: int, *scratch: int) -> None:
    """Do what is asked through the pipe of this number until it closes."""
    global _scratch  # noqa: PLW0603 - a worker is a process
    _scratch = list(scratch)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError), Connection(number) as pipe:
        limits: Limits = pipe.recv()
        _limit(limits)
        sys.addaudithook(_refuse)
        while True:
            work, given = pipe.recv()  # loads the module that does the work
            pipe.send_bytes(LOADED)
            _answer(pipe, _run(work, given), limits.seconds + PATIENCE)


def _answer(pipe: Connection, messages: Iterator[bytes], seconds: float) -> None:
    while True:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        message = next(messages, None)
        signal.setitimer(signal.ITIMER_REAL, 0)
        if message is None:
            return
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
        (resource.RLIMIT_FSIZE, limits.scratch),
    ):
        _, hard = resource.getrlimit(name)
        wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with suppress(ValueError, OSError):  # macOS knows no limit of address space
            resource.setrlimit(name, (wanted, hard))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def _refuse(event: str, given: tuple[Any, ...]) -> None:
    """Refuse what a parser has no business with."""
    if event in REFUSED or (event == "open" and _is_writing(*given)):
        raise PermissionError(f"{event} is refused while evidence is parsed")


def _is_writing(path: object, _mode: object, flags: object) -> bool:
    """Tell whether a file is opened by its name for writing; one that is open already has no name here."""
    is_named = not isinstance(path, int) and path != os.devnull
    return is_named and isinstance(flags, int) and bool(flags & WRITING)
