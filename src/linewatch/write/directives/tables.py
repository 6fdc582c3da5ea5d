"""Directives that list what was found: aliases, places and notes that lead nowhere."""

from __future__ import annotations

from linewatch.model import Alias, Finding, Marker, NoteBody, Place
from linewatch.write.call import Call
from linewatch.write.page import Page
from linewatch.write.privacy import find_public_aliases
from linewatch.write.quoting import cut_finding, shorten_name
from linewatch.write.sources import describe_place, name_file
from linewatch.write.tree import Block, Column, Listing, Paragraph, Table, Text
from linewatch.write.wording import (
    count,
    make_inlines,
    say,
)

MOST_NAMES = 12
"""So many other names of an actor are listed, the others counted."""


def aliases(page: Page, call: Call) -> tuple[Block, ...]:
    """Return the other names of organisations, outlets and places; names of persons are withheld and counted."""
    call.check_options(())
    shown = find_public_aliases(page.material, page.privacy)
    names = {alias.name for _, alias in page.material.find_values(Alias)}
    withheld = len(names) - len({alias.name for alias in shown} & names)
    rows = tuple(
        (make_inlines(shorten_name(alias.name)), make_inlines(_list_other(alias))) for alias in shown
    )
    blocks: list[Block] = []
    if rows:
        columns = (Column(title="Name"), Column(title="Also called", share=2))
        blocks.append(Table(caption="Other names of those who may be named", columns=columns, rows=rows))
    if withheld:
        words = f"{count(withheld, 'further name')} with aliases {'is' if withheld == 1 else 'are'} not listed: persons are private."
        blocks.append(Paragraph(children=make_inlines(words), quiet=True))
    return tuple(blocks) or say("No alias is found.")


def places(page: Page, call: Call) -> tuple[Block, ...]:
    """Return the organisation's own names of places with the real ones."""
    call.check_options(())
    names = dict.fromkeys((place.org_name, place.real_name) for _, place in page.material.find_values(Place))
    if not names:
        return say("No place is found under a name of the organisation's own.")
    rows = tuple(tuple(make_inlines(shorten_name(name)) for name in pair) for pair in sorted(names))
    columns = (Column(title="The organisation's name"), Column(title="Real name"))
    return (Table(caption="Places under the organisation's own names", columns=columns, rows=rows),)


def notes_nowhere(page: Page, call: Call) -> tuple[Block, ...]:
    """Return the note markers that have no body and the bodies that no marker points to."""
    call.check_options(())
    markers = [
        (finding, f"Marker {marker.n} leads nowhere")
        for finding, marker in page.material.find_values(Marker)
        if marker.body is None
    ]
    bodies = [
        (finding, f"Note {body.n} has no marker")
        for finding, body in page.material.find_values(NoteBody)
        if body.marker is None
    ]
    if not markers and not bodies:
        return say("Every note that is marked has a body, and every body a marker.")
    items = tuple((_describe_stray(page, finding, words),) for finding, words in [*markers, *bodies])
    return (Listing(items=items),)


def _describe_stray(page: Page, finding: Finding, words: str) -> Paragraph:
    cut_finding(page.material, finding)
    document = page.material.documents[finding.span.document]
    evidence = page.material.evidence[document.evidence]
    place = describe_place(document, finding.span)
    return Paragraph(children=(Text(words=f"{words}: "), name_file(evidence), Text(words=f", {place}.")))


def _list_other(alias: Alias) -> str:
    more = len(alias.aka) - MOST_NAMES
    names = [shorten_name(name) for name in alias.aka[:MOST_NAMES]]
    return ", ".join([*names, f"and {more:,} more"] if more > 0 else names)
