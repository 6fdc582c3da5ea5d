"""What `linewatch code --import` and `--export` do with a file, by its name's ending, and the lines that tell of it."""

from __future__ import annotations

from pathlib import Path

from linewatch.cli.options import clean
from linewatch.code.refi.run import Told, export_codebook, export_project, import_codebook, import_project
from linewatch.code.run import export_judgements, import_judgements
from linewatch.store.case import Case

WHOLE = "It holds whole texts and is no export to publish: nothing in it is masked."


def take_in(case: Case, source: Path, coder: str | None) -> list[str]:
    """Take a file in and return what to say of it; `coder` is whose the codings are that name nobody."""
    match source.suffix.casefold():
        case ".qdpx":
            told = import_project(case, source, coder=coder)
            return [
                f"{told.count} judgements are new.",
                *_tell_side(told),
                *_tell_left(told, "Not taken, or not as it was:"),
            ]
        case ".qdc":
            told = import_codebook(case, source)
            if not told.count and not told.left:
                return ["The case has this codebook already."]
            return [f"codebook.yml is made, with {told.count} frames.", *_tell_left(told, "Not taken:")]
        case _:
            return [f"{import_judgements(case, source)} judgements are new."]


def give_out(case: Case, target: Path, coder: str | None, *, name_coders: bool = False) -> list[str]:
    """Write a file and return what to say of it."""
    match target.suffix.casefold():
        case ".qdpx":
            told = export_project(case, target, name_coders=name_coders)
            return [
                f"{told.count} judgements written to {target}. {WHOLE}",
                *_tell_left(told, "A .qdpx has no place for:"),
                *_tell_side(told),
            ]
        case ".qdc":
            told = export_codebook(case, target)
            return [
                f"{told.count} codes written to {target}.",
                *_tell_left(told, "A .qdc has no place for:"),
                *_tell_side(told),
            ]
        case _:
            return [f"{export_judgements(case, target, coder)} rows written to {target}."]


def _tell_left(told: Told, head: str) -> list[str]:
    return [head, *(f"  {clean(one)}" for one in told.left)] if told.left else []


def _tell_side(told: Told) -> list[str]:
    return [f"{told.side.name} beside it holds the rest: keep the two together."] if told.side else []
