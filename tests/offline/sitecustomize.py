"""Turns the network off in every Python that a test starts: it is on their path, and Python imports it by this name.

pytest-socket does the same inside pytest's own process. What is not Python (a program, a compiled library that opens
sockets by itself) is out of reach of both.
"""

from __future__ import annotations

import socket
import sys

FORBIDDEN = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}


LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def _is_loopback(address: object) -> bool:
    return isinstance(address, tuple) and address[0] in LOOPBACK


def refuse(event: str, given: tuple[object, ...]) -> None:
    """Refuse whatever would leave this machine; sockets of the file system and of the loopback stay."""
    leaves = event in FORBIDDEN and given[0] not in LOOPBACK
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        leaves = getattr(given[0], "family", None) != socket.AF_UNIX and not _is_loopback(given[1])
    if leaves:
        raise PermissionError(f"the network is off in tests: {event}")


sys.addaudithook(refuse)
