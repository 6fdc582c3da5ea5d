"""`linewatch code`: the queue in the terminal, judgements in bulk, agreement."""

from __future__ import annotations

import time
from pathlib import Path

import click

from linewatch.cli.options import case_argument, json_option
from linewatch.code.queue import Answers, find_question, press
from linewatch.code.run import (
    export_judgements,
    get_codebook,
    import_judgements,
    make_judgement,
    measure,
    open_sitting,
    record,
    undo,
)
from linewatch.code.tables import SKIP
from linewatch.model import Codebook, Document, Judgement, Passage, Reliability, to_json
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
    if source:
        click.echo(f"{import_judgements(case, source)} judgements are new.")
    if target:
        click.echo(f"{export_judgements(case, target, coder)} rows written to {target}.")
    if coder and not target:
        sit(case, coder, seed)
    if agreement:
        measured = measure(case)
        click.echo(to_json(measured).decode() if as_json else "\n".join(tell_agreement(measured)))
    if not (source or target or coder or agreement):
        click.echo(
            f"Nothing was asked for. To code: linewatch code {case_path} --as NAME; see --help for the rest."
        )


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
    sitting, codebook = open_sitting(case, coder, seed), get_codebook(case)
    passages = {passage.id: passage for passage in case.find(Passage)}
    started, told = time.monotonic(), False
    met: list[str] = [one for one in sitting.passages if one in _find_met(case, coder)]
    while left := [one for one in sitting.passages if one in passages and one not in set(met)]:
        if not told and time.monotonic() - started > BREAK_AFTER:
            click.echo("\nTwenty-five minutes are over: a good moment for a break. Everything is kept.")
            told = True
        click.echo(f"\n{len(met) + 1} of {len(met) + len(left)}   {KEYS}\n")
        answers = answer_passage(case, codebook, passages[left[0]], coder)
        if answers.state == "paused":
            click.echo(f"\nPaused; go on with: linewatch code {case.path} --as {coder}")
            return
        if answers.state == "undo":
            if met:
                undo(case, met[-1], coder)
                met.pop()
            continue
        met.append(left[0])
    click.echo("\nAll passages are coded. Thank you.")


def _find_met(case: Case, coder: str) -> set[str]:
    return {one.passage for one in list_live_judgements(case) if one.coder == coder}


def answer_passage(case: Case, codebook: Codebook, passage: Passage, coder: str) -> Answers:
    """Show one passage, nothing of where it comes from, and keep the answers once it is answered or skipped."""
    if passage.warning:
        click.echo(f"Before you read: {passage.warning}. s skips it.")
    else:
        click.echo(_cut(case, passage))
    answers, note = Answers(), None
    extra: list[Judgement] = []
    while answers.state == "answering":
        question = find_question(codebook, answers)
        click.echo(f"\n{question.text if question else ''} ", nl=False)
        key = click.getchar().lower()
        click.echo(key)
        if key == "?":
            click.echo(
                "\n".join(f"{point:+d} {text}" for point, text in sorted(codebook.scale.anchors.items()))
            )
        elif key == "t":
            note = click.prompt("Note")
        elif key in {"r", "f"}:
            extra += _ask_more(case, codebook, passage, coder, key)
        answers = press(codebook, answers, key)
    if answers.state == "skipped":
        reason = click.prompt("Why", default="no reason given")
        extra = [make_judgement(case, passage.id, coder, SKIP, reason)]
    if answers.state in {"answered", "skipped"}:
        given = {} if answers.state == "skipped" else answers.given
        made = [
            make_judgement(case, passage.id, coder, name, value, note=note) for name, value in given.items()
        ]
        record(case, [*made, *extra])
        _tell_point(codebook, answers)
    return answers


def _ask_more(case: Case, codebook: Codebook, passage: Passage, coder: str, key: str) -> list[Judgement]:
    """Return the judgements of frames, or of a range of the scale."""
    name = codebook.scale.name
    if key == "f":
        known = {one.id for one in codebook.codes}
        chosen = [
            one for one in click.prompt("Frames, such as F01 F11", default="").upper().split() if one in known
        ]
        return [make_judgement(case, passage.id, coder, one, "yes") for one in chosen]
    low, high = sorted(
        click.prompt(f"{bound} point", type=click.IntRange(-3, 3)) for bound in ("Lowest", "Highest")
    )
    return [make_judgement(case, passage.id, coder, name, "range", low=low, high=high)]


def _tell_point(codebook: Codebook, answers: Answers) -> None:
    derived = codebook.scale.derive(answers.given)
    if answers.state == "answered" and derived.decided:
        point = derived.value
        click.echo("  not about leavers" if point is None else f"  {point:+d} {codebook.scale.points[point]}")


def _cut(case: Case, passage: Passage) -> str:
    text = case.get(Document, passage.span.document).text
    return text[passage.span.start : passage.span.end]
