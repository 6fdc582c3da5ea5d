"""Turns the network off in every Python that a test starts: it is on their path, and Python imports it by this name.

pytest-socket does the same inside pytest's own process. What is not Python (a program, a compiled library that opens
sockets by itself) is out of reach of both.
"""

from __future__ import annotations

import socket
import sys

FORBIDDEN = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}


def refuse(event: str, given: tuple[object, ...]) -> None:
    """Refuse whatever would leave this process by the network; sockets of the file system stay."""
    leaves = event in FORBIDDEN
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        leaves = getattr(given[0], "family", None) != socket.AF_UNIX
    if leaves:
        raise PermissionError(f"the network is off in tests: {event}")


sys.addaudithook(refuse)
