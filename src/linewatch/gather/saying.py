"""What is said of a file as it arrives, who says so, and what nobody says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from linewatch.model import Arrival

WANTED = ("kind", "outlet", "date")
"""What an own file should have said of it; what nobody says is listed."""


def collect_said(
    container: Mapping[str, str], option: Mapping[str, str], catalogue: Mapping[str, str]
) -> dict[str, tuple[str, str]]:
    """Return what is said of a file, field by field, and who says so: a catalogue wins over an option, that over a container.

    >>> collect_said({"date": "2031-02-01"}, {"side": "own", "date": "2031"}, {"side": "about"})
    {'date': ('2031', 'option'), 'side': ('about', 'catalogue')}
    """
    voices = {"container": container, "option": option, "catalogue": catalogue}
    return {field: (value, voice) for voice, said in voices.items() for field, value in said.items() if value}


def list_unsaid(
    arrivals: Iterable[Arrival],
    said: Mapping[str, Mapping[str, str]],
    self_explaining: Collection[str],
) -> dict[str, tuple[str, ...]]:
    """Return by path what nobody says of the files sealed; containers and files of records say themselves what they hold."""
    unsaid: dict[str, tuple[str, ...]] = {}
    for arrival in arrivals:
        stated = said.get(arrival.evidence, {}) if arrival.evidence else {"side": "about"}
        wanted = () if arrival.evidence in self_explaining else WANTED
        missing = tuple(name for name in wanted if name not in stated)
        if stated.get("side") == "own" and missing:
            unsaid[arrival.path] = missing
        elif "side" not in stated:
            unsaid[arrival.path] = ("own or about",)
    return unsaid
