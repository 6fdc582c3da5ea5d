"""`linewatch search`: passages in English and Arabic."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from linewatch.cli.options import case_argument, clean, json_option, quiet_option, show_progress
from linewatch.model import Document, to_json
from linewatch.store.case import Case, open_case
from linewatch.store.search import Answer, Hit, search

AROUND = 90
"""How many characters are shown before the first word that answers, and after it."""


@click.command("search", context_settings={"ignore_unknown_options": True})
@case_argument
@click.argument("words", metavar="WORDS...", nargs=-1, required=True)
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Show at most so many."
)
@json_option
@quiet_option
def search_command(case_path: Path, words: tuple[str, ...], limit: int, as_json: bool, quiet: bool) -> None:  # noqa: FBT001 - click passes options by name
    """Find the passages that hold all these WORDS.

    Case, accents, vowel signs and the spellings of alif, ya and ta marbuta make no difference; an Arabic word is met with
    or without what is written onto its front (و ف ب ل and the article). "Words in quotation marks" must follow each
    other as typed, and a star asks for a beginning: harb*. Nothing else is special.

    Example: linewatch search harbour 'leav* "sea wall"'
    """
    case = open_case(case_path)
    with show_progress(quiet=quiet) as tell:
        answer = search(case, " ".join(words), most=limit, tell=tell)
    if as_json:
        click.echo(to_json(answer).decode())
        return
    for hit in answer.hits:
        click.echo(f"{describe_place(hit)}\n    {cut_around(hit, bold=sys.stdout.isatty())}\n")
    click.echo(describe_count(case, answer))


def describe_place(hit: Hit) -> str:
    """Return where a passage lies: file, page or time, characters; then outlet and date where they are known."""
    parts = [clean(hit.file)]
    parts += [f"page {hit.page}"] if hit.page else []
    parts += [tell_time(hit.begins_ms)] if hit.begins_ms is not None else []
    parts += [f"characters {hit.start}-{hit.end}", *(clean(one) for one in (hit.outlet, hit.date) if one)]
    return "  ".join(parts)


def tell_time(milliseconds: int) -> str:
    """Return a time in a recording.

    >>> tell_time(3_725_400)
    '1:02:05'
    """
    minutes, seconds = divmod(milliseconds // 1000, 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def cut_around(hit: Hit, *, bold: bool) -> str:
    """Return the words around the first that answer, on one line; those that answer are bold, or in brackets."""
    first, last = hit.marks[0] if hit.marks else (hit.start, hit.start)
    begin, end = max(first - hit.start - AROUND, 0), min(last - hit.start + AROUND, len(hit.text))
    begin = hit.text.rfind(" ", 0, begin) + 1
    end = space if (space := hit.text.find(" ", end)) >= 0 else len(hit.text)
    shown, at = "… " if begin else "", begin
    for start, stop in ((start - hit.start, stop - hit.start) for start, stop in hit.marks):
        if begin <= start and stop <= end:
            word = clean(hit.text[start:stop])
            shown += clean(hit.text[at:start]) + (click.style(word, bold=True) if bold else f"[{word}]")
            at = stop
    return shown + clean(hit.text[at:end]) + ("" if end == len(hit.text) else " …")


def describe_count(case: Case, answer: Answer) -> str:
    """Return how many passages were found; where there is none, what could be tried."""
    if answer.count:
        shown = f", the first {len(answer.hits)} shown" if len(answer.hits) < answer.count else ""
        return f"{count(answer.count, 'passage')} in {count(answer.files, 'document')}{shown}."
    if not case.count(Document):
        return f"Nothing found: no document has been read yet. Next: linewatch read {case.path}"
    if answer.alone:
        alone = ", ".join(f"{one} in {n}" for one, n in answer.alone.items())
        return f"No passage holds all of it; alone: {alone}."
    beginning = answer.asked[0].strip('*"')[:4]
    return f"Nothing found. A beginning finds more, such as {beginning}*"


def count(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> count(1, "passage"), count(2, "passage")
    ('1 passage', '2 passages')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"
