"""Which commands there are: where each lies, and its first sentence. A command's module is imported when it is called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pkgutil import resolve_name

import click

COMMANDS: dict[str, tuple[str, str]] = {
    "new": (
        "linewatch.cli.new:new",
        "Make a case: a folder that holds the evidence, the log and the findings.",
    ),
    "gather": (
        "linewatch.cli.gather:gather",
        "Import files and folders and seal each as evidence.",
    ),
    "read": (
        "linewatch.cli.read:read",
        "Read text and blocks from every sealed file that this version has not read.",
    ),
    "find": (
        "linewatch.cli.find:find",
        "Find items, quotations, citations, notes and names in every document; or correct what was found.",
    ),
    "code": (
        "linewatch.cli.code:code",
        "Code passages one at a time, blind and in random order; or in bulk; and measure agreement.",
    ),
    "track": (
        "linewatch.cli.track:track",
        "Say what the coded items tell of the line, and whether it turned.",
    ),
    "write": (
        "linewatch.cli.write:write",
        "Build report.html, report.pdf, report.docx and the data exports from CASE/report.md.",
    ),
    "run": (
        "linewatch.cli.run:run",
        "Take files through all six rooms; says what remains to be coded, and goes on when run again.",
    ),
    "search": (
        "linewatch.cli.search:search_command",
        "Find the passages that hold all these WORDS.",
    ),
    "scan": (
        "linewatch.cli.scan:scan",
        "Print what one file says, and store nothing.",
    ),
    "canon": (
        "linewatch.cli.canon:canon",
        "Check what is quoted from a canon: scripture, charter, programme, law.",
    ),
    "codebook": (
        "linewatch.cli.codebook:codebook",
        "Make, check, compare and print codebooks.",
    ),
    "plan": (
        "linewatch.cli.plan:plan",
        "Say how many items, and how many of them coded by people, it takes to see a shift of the line.",
    ),
    "register": (
        "linewatch.cli.register:register",
        "Write into the case's log, before anything is coded, what change is looked for and by which rule.",
    ),
    "status": (
        "linewatch.cli.status:status",
        "Say what is done, what is stale, what is new since the last report and what comes next.",
    ),
    "check": (
        "linewatch.cli.check:check",
        "Verify every seal, row, log link and span; every fault is named, nothing in the case is changed.",
    ),
    "pack": (
        "linewatch.cli.pack:pack",
        "Write a case as a BagIt package that can be read and checked without Linewatch.",
    ),
    "unpack": (
        "linewatch.cli.pack:unpack_command",
        "Restore a package that holds originals as a case.",
    ),
    "stamp": (
        "linewatch.cli.stamp:stamp",
        "Timestamp the head of the log by RFC 3161: proof that it, and all it covers, existed no later than then.",
    ),
    "expunge": (
        "linewatch.cli.expunge:expunge_command",
        "Take EVIDENCE out of a case for good, and its words out of texts, findings, codes, index and built reports.",
    ),
    "identify": (
        "linewatch.cli.identify:identify",
        "Say whom a pseudonym of this case's exports stands for; who looked, when and why is logged.",
    ),
    "serve": (
        "linewatch.cli.serve:serve",
        "Serve the desk: the six rooms in the browser.",
    ),
    "demo": (
        "linewatch.cli.demo:demo",
        "Take the sample case, the invented Harbour League, through all six rooms.",
    ),
}


class Commands(Mapping[str, click.Command]):
    """The commands by name, each imported when it is asked for."""

    def __getitem__(self, name: str) -> click.Command:
        """Import and return a command."""
        command: click.Command = resolve_name(COMMANDS[name][0])
        return command

    def __iter__(self) -> Iterator[str]:
        """Go through the names; imports nothing."""
        return iter(COMMANDS)

    def __len__(self) -> int:
        """Return how many commands there are."""
        return len(COMMANDS)


class LazyGroup(click.Group):
    """A group that shows its commands in help and in completion without importing them."""

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        """Return what help and completion show of a command: its name and its first sentence."""
        return click.Command(name, help=COMMANDS[name][1]) if name in COMMANDS else None

    def resolve_command(
        self, context: click.Context, words: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is called, imported."""
        name, _, rest = super().resolve_command(context, words)
        return name, self.commands[name] if name else None, rest
