"""Loads a codebook and checks it: ids are unique, every rule asks real questions, and the rules decide every full set of answers."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import msgspec
import yaml

from linewatch.errors import CodebookError, NotFoundError
from linewatch.model import Codebook
from linewatch.resources import find_shipped


def load_codebook(name: str, case_folder: Path | None = None) -> Codebook:
    """Return the case's own `codebook.yml` where there is one, else the shipped codebook of this name."""
    own = case_folder / "codebook.yml" if case_folder else None
    if own and own.exists():
        return parse_codebook(own.read_text(encoding="utf-8"))
    try:
        path = find_shipped(f"resources/codebooks/{name}.yml")
    except NotFoundError as error:
        raise CodebookError(
            f"no codebook is called {name}", hint="put a codebook.yml into the case"
        ) from error
    return parse_codebook(path.read_text(encoding="utf-8"))


def parse_codebook(text: str) -> Codebook:
    """Return the codebook in a YAML text; raises CodebookError naming what is wrong."""
    try:
        codebook = msgspec.convert(yaml.safe_load(text), Codebook, strict=False)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise CodebookError(f"not a codebook: {error}", hint="compare it with a shipped one") from error
    if faults := find_faults(codebook):
        raise CodebookError(f"{codebook.name}: {faults[0]}", hint="mend it and run the command again")
    return codebook


def find_faults(codebook: Codebook) -> list[str]:
    """Return what is wrong with a codebook, in words."""
    questions = [question.id for question in codebook.questions]
    ids = [*questions, codebook.scale.name, *(code.id for code in codebook.codes)]
    faults = [f"the id {one} is used twice" for one in sorted({one for one in ids if ids.count(one) > 1})]
    asked = {question for rule in codebook.scale.rules for question in rule.when}
    faults += [f"a rule asks {one}, which is no question" for one in sorted(asked - set(questions))]
    values = {rule.value for rule in codebook.scale.rules if rule.value is not None}
    faults += [
        f"a rule gives {value}, which is no point" for value in sorted(values - set(codebook.scale.points))
    ]
    return faults or _find_gaps(codebook, sorted(asked))


def _find_gaps(codebook: Codebook, asked: list[str]) -> list[str]:
    for answers in product(("yes", "no"), repeat=len(asked)):
        given = dict(zip(asked, answers, strict=True))
        if not codebook.scale.derive(given).decided:
            return [f"no rule decides {given}"]
    return []
