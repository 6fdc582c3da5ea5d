"""`linewatch codebook`: a codebook of one's own, whether it is sound, what changed, and the manual for coders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from linewatch.cli.options import case_argument, clean, json_option
from linewatch.code.codebook import NAME, load_codebook, read_codebook
from linewatch.code.manual import write_manual, write_manual_page
from linewatch.code.run import count_live, list_versions
from linewatch.code.versions import list_changes, tell_changes
from linewatch.code.words import tell_stale
from linewatch.errors import CodebookError, InputError
from linewatch.model import Codebook, to_json
from linewatch.resources import find_shipped
from linewatch.settings import read_case_settings
from linewatch.store.case import open_case

what_argument = click.argument("what", metavar="WHAT")
_NAME_LINE = re.compile(r"^name:.*$", re.MULTILINE)


@click.group()
def codebook() -> None:
    """Make, check, compare and print codebooks. WHAT is a case, a codebook.yml, or a shipped name.

    Example: linewatch codebook show leavers.v1 --manual manual.html
    """


def _load(what: str) -> Codebook:
    """Return the codebook of a case, in a file, or shipped under a name."""
    path = Path(what)
    if (path / "case.toml").is_file():
        return load_codebook(read_case_settings(path / "case.toml").codebook, path)
    return read_codebook(path) if path.is_file() else load_codebook(what)


@codebook.command()
@case_argument
@click.option(
    "--from", "source", default="leavers.v1", show_default=True, help="The shipped codebook to begin from."
)
@click.option("--name", help="The name of the new codebook, such as harbour.v1.")
def new(case_path: Path, source: str, name: str | None) -> None:
    """Put a codebook into a case, to be changed there; one that is there is left alone.

    Example: linewatch codebook new harbour --from tone.v1 --name harbour.v1
    """
    target = case_path / "codebook.yml"
    case = open_case(case_path)
    if target.exists():
        raise InputError(f"{target} is there already", hint="change it there, or move it away")
    load_codebook(source)
    text = find_shipped(f"resources/codebooks/{source}.yml").read_text(encoding="utf-8")
    made = name or f"{clean(case.settings.uid)[:8]}-{source}"
    if not NAME.fullmatch(made):
        raise CodebookError(f"{made!r} cannot be a codebook's name", hint="name it like harbour.v1")
    target.write_text(_NAME_LINE.sub(f"name: {made}", text, count=1), encoding="utf-8")
    click.echo(
        f"{target} is {made}, after {source}. Change it, then run: linewatch codebook check {case_path}"
    )


@codebook.command()
@what_argument
@json_option
def check(what: str, as_json: bool) -> None:  # noqa: FBT001 - click passes options by name
    """Say whether a codebook is sound and, of a case, which answers its changes have made stale.

    Example: linewatch codebook check harbour
    """
    book = _load(what)
    stale = count_live(open_case(Path(what))).stale if (Path(what) / "case.toml").is_file() else {}
    if as_json:
        click.echo(to_json({"name": book.name, "digest": book.digest, "stale": stale}).decode())
        return
    click.echo(
        f"{clean(book.name)} is sound: {len(book.questions)} questions, {len(book.scale.points)} points, "
        f"{len(book.codes)} codes; wording {book.digest}"
    )
    for line in (*_tell_edited(book, what), *tell_stale(stale)):
        click.echo(line)


def _tell_edited(book: Codebook, what: str) -> Iterator[str]:
    """Yield the wordings of the same name under which the case holds answers."""
    if not (Path(what) / "case.toml").is_file():
        return
    for digest, old in list_versions(open_case(Path(what))).items():
        if old.name == book.name and digest != book.digest:
            changed = (
                ", ".join(f"{one.part} {one.kind}" for one in list_changes(old, book)) or "examples only"
            )
            yield clean(f"Edited under the same name since wording {digest}: {changed}.")


@codebook.command()
@click.argument("old", metavar="OLD")
@click.argument("new_one", metavar="NEW")
@json_option
def diff(old: str, new_one: str, as_json: bool) -> None:  # noqa: FBT001 - click passes options by name
    """Print what changed from one codebook to another; each is a case, a file or a shipped name.

    Example: linewatch codebook diff leavers.v1 harbour
    """
    before, after = _load(old), _load(new_one)
    if as_json:
        click.echo(to_json(list_changes(before, after)).decode())
        return
    for line in tell_changes(before, after) or ["Nothing that a coder answers by has changed."]:
        click.echo(clean(line))


@codebook.command()
@what_argument
@click.option(
    "--manual",
    type=click.Path(path_type=Path),
    help="Write the coder's manual to a file: .html to print, .md to read on.",
)
@json_option
def show(what: str, manual: Path | None, as_json: bool) -> None:  # noqa: FBT001 - click passes options by name
    """Print a codebook as a coder's manual.

    Example: linewatch codebook show tone.v1
    """
    book = _load(what)
    if as_json:
        click.echo(book.to_text())
    elif manual is None:
        click.echo("\n".join(clean(line) for line in write_manual(book).splitlines()))
    else:
        page = (
            write_manual_page(book) if manual.suffix.casefold() in {".html", ".htm"} else write_manual(book)
        )
        try:
            manual.write_text(page, encoding="utf-8")
        except OSError as error:
            raise InputError(
                f"{manual.name} cannot be written: {error}", hint="name a file in a folder"
            ) from error
        click.echo(f"The manual of {clean(book.name)} is in {manual}.")
