"""`linewatch code`: the queue in the terminal, judgements in bulk, agreement."""

from __future__ import annotations

import time
import unicodedata
from pathlib import Path

import click
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from linewatch.cli.options import case_argument, json_option
from linewatch.code.queue import (
    Answers,
    find_question,
    list_answers,
    mark_frames,
    press,
    set_note,
    set_range,
)
from linewatch.code.run import (
    export_judgements,
    get_codebook,
    import_judgements,
    make_judgement,
    measure,
    open_sitting,
    propose,
    record,
    undo,
)
from linewatch.code.tables import SKIP
from linewatch.model import Codebook, Document, Passage, Reliability, to_json
from linewatch.store.case import Case, open_case
from linewatch.store.live import list_live_judgements

BREAK_AFTER = 25 * 60
KEYS = "y yes · n no · u unclear · b back · s skip · t note · r range · f frames · ? anchors · p pause"


@click.command()
@case_argument
@click.option("--as", "coder", help="Code as this coder, one passage at a time.")
@click.option("--seed", type=int, help="The seed of the coder's random order; recorded either way.")
@click.option(
    "--import", "source", type=click.Path(exists=True, path_type=Path), help="Take judgements from a CSV."
)
@click.option("--export", "target", type=click.Path(path_type=Path), help="Write judgements to a CSV.")
@click.option("--agreement", is_flag=True, help="Say how far the coders agree.")
@json_option
def code(  # noqa: PLR0913, PLR0917 - click passes options by name
    case_path: Path,
    coder: str | None,
    seed: int | None,
    source: Path | None,
    target: Path | None,
    agreement: bool,  # noqa: FBT001
    as_json: bool,  # noqa: FBT001
) -> None:
    """Code passages one at a time, blind and in random order; or in bulk; and measure agreement.

    Example: linewatch code harbour --as ana
    """
    case = open_case(case_path)
    if (source or target or coder) and not case.count(Passage):
        propose(case, lambda _step: None)
    if source:
        click.echo(f"{import_judgements(case, source)} judgements are new.")
    if target:
        click.echo(f"{export_judgements(case, target, coder)} rows written to {target}.")
    if coder and not (source or target or agreement):
        sit(case, coder, seed)
    if agreement:
        measured = measure(case)
        click.echo(to_json(measured).decode() if as_json else "\n".join(tell_agreement(measured)))
    if not (source or target or coder or agreement):
        click.echo(tell_modes(case_path))


def tell_modes(case_path: Path) -> str:
    """Return what the command can do, with an example of each."""
    return f"""Say what to do, for example:
  linewatch code {case_path} --as ana               code passages, one at a time
  linewatch code {case_path} --export codings.csv   write the judgements as CSV
  linewatch code {case_path} --import codings.csv   take judgements from a CSV
  linewatch code {case_path} --agreement            say how far the coders agree"""


def tell_agreement(measured: Reliability) -> list[str]:
    """Return one line a code: alpha with its interval, and what it allows."""
    if not measured.rows:
        return ["Nothing is coded yet."]
    return [
        f"{row.code:8} {row.metric:8} alpha {'  - ' if row.alpha is None else format(row.alpha, '.2f')}"
        + ("" if row.low is None or row.high is None else f" ({row.low:.2f} to {row.high:.2f})")
        + f", {row.units} coded twice: {row.words}"
        for row in measured.rows
    ]


def sit(case: Case, coder: str, seed: int | None) -> None:
    """Take a coder through the passages not answered yet, until the end or a pause."""
    passages = {passage.id: passage for passage in case.find(Passage)}
    if not passages:
        click.echo("The case has no passages yet: gather, read and find first.")
        return
    order = [one for one in open_sitting(case, coder, seed).passages if one in passages]
    known = {one.passage for one in list_live_judgements(case) if one.coder == coder}
    met = [one for one in order if one in known]
    codebook, started, told = get_codebook(case), time.monotonic(), False
    while left := [one for one in order if one not in met]:
        # The clock is looked at and forgotten: nothing about a coder's pace is kept.
        if not told and time.monotonic() - started > BREAK_AFTER:
            click.echo("\nTwenty-five minutes are over: a good moment for a break. Everything is kept.")
            told = True
        click.echo(f"\n{len(met) + 1} of {len(order)}   {KEYS}")
        answers = answer_passage(case, codebook, passages[left[0]])
        if answers.state == "paused":
            click.echo(f"\nPaused; go on with: linewatch code {case.path} --as {coder}")
            return
        if answers.state != "undo":
            keep(case, codebook, left[0], coder, answers)
            met.append(left[0])
        elif met:
            undo(case, met.pop(), coder)
            click.echo("\nThe passage before is taken back; here it is again.")
    click.echo("\nAll passages are coded. Thank you.")


def answer_passage(case: Case, codebook: Codebook, passage: Passage) -> Answers:
    """Show one passage, nothing of where it comes from, and return the answers once it is answered or left."""
    answers = _warn(codebook, passage) if passage.warning else Answers()
    if answers.state != "answering":
        return answers
    Console(highlight=False).print(Padding(Text(_cut(case, passage)), (1, 2)))
    while answers.state == "answering" and (question := find_question(codebook, answers)):
        answers = _take_key(codebook, answers, _ask_key(question.text))
    return answers


def _warn(codebook: Codebook, passage: Passage) -> Answers:
    """Show the warning alone; any key shows the words, but s skips, p pauses and b goes back."""
    key = _ask_key(f"\nBefore you read: {_clean(passage.warning or '')}. s skips it, any other key shows it.")
    return press(codebook, Answers(), key) if key in {"s", "p", "b"} else Answers()


def _ask_key(words: str) -> str:
    click.echo(f"{words} ", nl=False)
    key = click.getchar().lower()
    click.echo(key if key.isprintable() else "")
    return key


def _take_key(codebook: Codebook, answers: Answers, key: str) -> Answers:
    """Return what a key makes of the answers, asking for what the key needs: words, frames or two points."""
    points = sorted(codebook.scale.points)
    if key == "?":
        anchors = sorted(codebook.scale.anchors.items())
        click.echo("\n".join(f"{point:+d} {text}" for point, text in anchors))
    elif key == "t":
        return set_note(answers, click.prompt("Note", default="", show_default=False))
    elif key == "f":
        click.echo("  ".join(f"{code.id} {code.name}" for code in codebook.codes))
        answers = mark_frames(codebook, answers, click.prompt("Frames, such as F01 F11", default=""))
        click.echo(f"Marked: {' '.join(answers.frames) or 'none'}")
    elif key == "r":
        between = click.IntRange(points[0], points[-1])
        return set_range(
            answers, *(click.prompt(f"{bound} point", type=between) for bound in ("Lowest", "Highest"))
        )
    return press(codebook, answers, key)


def keep(case: Case, codebook: Codebook, passage: str, coder: str, answers: Answers) -> None:
    """Keep the answers to a passage in one transaction; a skipped one keeps its reason and nothing else."""
    if answers.state == "skipped":
        reason = click.prompt("Why", default="no reason given")
        record(case, [make_judgement(case, passage, coder, SKIP, reason, note=answers.note)])
        return
    record(
        case,
        [
            make_judgement(case, passage, coder, question, value, **more)
            for question, value, more in list_answers(codebook, answers)
        ],
    )
    derived = codebook.scale.derive(answers.given)
    if derived.decided and answers.bounds is None:
        point = derived.value
        click.echo("  out of the line" if point is None else f"  {point:+d} {codebook.scale.points[point]}")


def _cut(case: Case, passage: Passage) -> str:
    text = case.get(Document, passage.span.document).text
    return _clean(text[passage.span.start : passage.span.end])


def _clean(text: str) -> str:
    """Return words that cannot steer the terminal: evidence may hold escape sequences. Joiners of Arabic stay."""
    return "".join(one if one == "\n" or unicodedata.category(one) != "Cc" else " " for one in text)
