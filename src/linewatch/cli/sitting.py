"""A coder's sitting at the terminal: the queue's states drawn, keys read, each passage recorded once it is left."""

from __future__ import annotations

import shlex
import sys
import time
import unicodedata

import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from linewatch.code.answers import list_answers, load_answers
from linewatch.code.queue import (
    Answers,
    find_question,
    is_break_due,
    press,
    start,
    take_back,
    take_line,
    tell_outcome,
)
from linewatch.code.run import (
    find_given,
    get_codebook,
    list_queue,
    list_still_needed,
    measure_steadiness,
    open_sitting,
    record,
    undo,
)
from linewatch.code.sampling import Design
from linewatch.code.steadiness import tell_steadiness, tell_still_needed
from linewatch.code.words import tell_frames, tell_help
from linewatch.errors import InputError
from linewatch.model import Codebook, Document, Passage
from linewatch.store.case import Case
from linewatch.store.live import list_live_passages

KEYS = "y yes · n no · u unclear · b back · a again · s skip · t note · r range · f frames · ? help · p pause"
LINES = {
    "range": "One or two points",
    "note": "Note",
    "frames": "Frames, such as F01 F11",
    "reason": "Why skip it",
}


def sit(case: Case, coder: str, seed: int | None = None, design: Design | None = None) -> None:
    """Take a coder through the passages not answered yet, until the end or a pause."""
    if not sys.stdin.isatty():
        raise InputError("the queue needs a terminal", hint="code in bulk with --export and --import")
    passages = {passage.id: passage for passage in list_live_passages(case)}
    if not passages:
        click.echo("The case has no passages yet: gather, read and find first.")
        return
    codebook, sitting = get_codebook(case), open_sitting(case, coder, seed, design)
    met, left = list_queue(case, coder, sitting)
    given = {True: find_given(case, coder, again=True), False: find_given(case, coder)}
    begun = {one: load_answers(codebook, given[one.again].get(one.passage, {})) for one in (*met, *left)}
    since, breaks, total = time.monotonic(), 0, len(met) + len(left)
    while left:
        # The clock is looked at and forgotten: nothing about a coder's pace is kept.
        if is_break_due(since, time.monotonic(), breaks):
            click.echo("\nTwenty-five minutes are over: a good moment for a break. Everything is kept.")
            breaks += 1
        turn = left[0]
        click.echo(f"\n{len(met) + 1} of {total}   {KEYS}")
        answers = answer_passage(case, codebook, passages[turn.passage], begun[turn])
        if answers.state == "paused":
            again = shlex.join(["linewatch", "code", str(case.path), "--as", coder])
            click.echo(f"\nPaused; go on with: {again}")
            click.echo(tell_still_needed(list_still_needed(case)))
            return
        if answers.state != "back":
            record(case, turn.passage, coder, list_answers(codebook, answers), again=turn.again)
            begun[turn] = answers
            met.append(left.pop(0))
        elif met:
            left.insert(0, met.pop())
            undo(case, left[0].passage, coder, again=left[0].again)
            begun[left[0]] = take_back(begun[left[0]])
            click.echo("\nThe passage before is taken back; here it is again. Key a gives its answers again.")
    click.echo("\nAll passages are coded. Thank you.")
    click.echo(
        "\n".join(
            filter(
                None,
                [
                    tell_steadiness(measure_steadiness(case, coder)),
                    tell_still_needed(list_still_needed(case)),
                ],
            )
        )
    )


def answer_passage(case: Case, codebook: Codebook, passage: Passage, given: Answers) -> Answers:
    """Show one passage, nothing of where it comes from, and return the answers once it is answered or left."""
    answers, shown = start(codebook, given, warning=passage.warning), False
    while not answers.is_over:
        if answers.state not in {"warned", "reason"} and not shown:
            Console(highlight=False).print(Padding(Text(_cut(case, passage)), (1, 2)))
            shown = True
        if answers.fault:
            click.echo(f"  {answers.fault}")
        ask = _ask_line if answers.is_typing else _ask_key
        answers = ask(codebook, answers, passage.warning)
    return answers


def _ask_line(codebook: Codebook, answers: Answers, _warning: str | None) -> Answers:
    if answers.state == "frames":
        click.echo("\n".join(tell_frames(codebook, answers.codes)))
    line = click.prompt(LINES[answers.state], default="", show_default=False)
    return take_line(codebook, answers, line)


def _ask_key(codebook: Codebook, answers: Answers, warning: str | None) -> Answers:
    """Return what the keys pressed make of the answers, up to the first that leads somewhere the coder has not seen."""
    question, before = find_question(codebook, answers.given), answers.state
    if answers.help:
        click.echo("\n".join(tell_help(codebook, question)))
    click.echo(f"{_tell_prompt(codebook, answers, warning)} ", nl=False)
    keys = _read_keys()
    click.echo(keys if keys.isprintable() else "")
    for key in keys:
        answers = press(codebook, answers, key)
        if answers.state != before:
            break
    return answers


def _read_keys() -> str:
    """Return the keys pressed since the last look; a closed terminal pauses, an arrow or function key means nothing."""
    try:
        typed = click.getchar()
    except EOFError:
        return "p"
    return "" if typed.startswith("\x1b") else typed.lower() or "p"


def _tell_prompt(codebook: Codebook, answers: Answers, warning: str | None) -> str:
    if answers.state == "warned":
        return f"\nBefore you read: this passage {_clean(warning or '')}. Enter shows it, s skips it."
    question = find_question(codebook, answers.given) if answers.state == "asking" else None
    return question.text if question else f"{tell_outcome(codebook, answers)} Enter keeps it, b goes back."


def _cut(case: Case, passage: Passage) -> str:
    text = case.get(Document, passage.span.document).text
    return _clean(text[passage.span.start : passage.span.end])


def _clean(text: str) -> str:
    """Return words that cannot steer the terminal: evidence may hold escape sequences. Joiners of Arabic stay."""
    return "".join(one if one == "\n" or unicodedata.category(one) != "Cc" else " " for one in text)
