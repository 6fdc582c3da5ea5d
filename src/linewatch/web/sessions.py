"""Who sits at the desk: a one-time token becomes a session, and a session that nobody uses for an hour is over."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

IDLE = 60 * 60
"""Seconds without a request after which a session is over."""
MOST_ACTS = 50
"""How many acts can be taken back."""


@dataclass(frozen=True)
class Act:
    """Something done that can be taken back and done again; each of the two returns the act that is its opposite."""

    words: str
    undo: Callable[[], Act]


@dataclass
class Exposure:
    """What one person has met, for that person alone: it is kept in memory, shown on one page, and stands in no log."""

    begun: float = field(default_factory=time.monotonic)
    passages: int = 0
    warned: int = 0
    pictures: int = 0

    @property
    def minutes(self) -> int:
        """Return the minutes since the session began."""
        return int((time.monotonic() - self.begun) / 60)


@dataclass
class Session:
    """One person at the desk. Accounts and roles, when they come, belong here."""

    who: str
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    seen: float = field(default_factory=time.monotonic)
    done: list[Act] = field(default_factory=list)
    undone: list[Act] = field(default_factory=list)
    exposure: Exposure = field(default_factory=Exposure)
    metered: bool = True
    """Whether the exposure meter runs; its owner may switch it off."""
    told: str = ""
    """What the next page says first, once."""

    def take_told(self) -> str:
        """Return what is to be said, and forget it."""
        told, self.told = self.told, ""
        return told

    def did(self, act: Act) -> None:
        """Remember an act so that it can be taken back; what was taken back before cannot be done again then."""
        self.done = [*self.done, act][-MOST_ACTS:]
        self.undone = []

    def undo(self) -> str | None:
        """Take back the last act and return its words, None where there is none."""
        return self._turn(self.done, self.undone)

    def redo(self) -> str | None:
        """Do again what was taken back last and return its words."""
        return self._turn(self.undone, self.done)

    def _turn(self, from_: list[Act], to: list[Act]) -> str | None:
        if not from_:
            return None
        opposite = from_[-1].undo()
        to.append(opposite)
        return from_.pop().words


class Sessions:
    """The sessions of a desk and the one-time tokens that open them; all in memory, gone when the desk is."""

    def __init__(self, who: str, *, idle: float = IDLE, clock: Callable[[], float] = time.monotonic) -> None:
        """`who` stands for whoever has not given a name."""
        self._who, self._idle, self._clock = who, idle, clock
        self._tokens: set[str] = set()
        self._sessions: dict[str, Session] = {}

    def make_token(self) -> str:
        """Return a new token that opens one session, once."""
        token = secrets.token_urlsafe(24)
        self._tokens.add(token)
        return token

    def open(self, token: str) -> str | None:
        """Return the key of a new session for an unused token, None for any other."""
        if not any(secrets.compare_digest(token.encode(), known.encode()) for known in self._tokens):
            return None
        self._tokens.discard(token)
        key = secrets.token_urlsafe(32)
        self._sessions[key] = Session(who=self._who, seen=self._clock())
        return key

    def find(self, key: str | None) -> Session | None:
        """Return the session of a key and note that it is used; None for none and for one that was idle too long."""
        session = self._sessions.get(key or "")
        if session is None:
            return None
        if self._clock() - session.seen > self._idle:
            del self._sessions[key or ""]
            return None
        session.seen = self._clock()
        return session

    def close(self, key: str | None) -> None:
        """End a session."""
        self._sessions.pop(key or "", None)
