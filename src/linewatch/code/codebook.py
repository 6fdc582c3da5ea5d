"""Loads a codebook and proves it sound: ids are unique, rules ask real questions, and together they decide every answer.

Questions are few (at most twelve), so every set of yes/no answers that the queue can give is simply tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import msgspec
import yaml

from linewatch.errors import CodebookError, NotFoundError
from linewatch.model import Codebook
from linewatch.resources import find_shipped

SKIP = "skip"
"""The question under which a passage is skipped, its reason the answer; no codebook may use the name."""
MOST_QUESTIONS = 12
NAME = re.compile(r"[\w-]{1,60}(?:\.[\w-]{1,60})?")
_PATH = re.compile(r" - at `\$\.?(?P<path>[^`]*)`")


def load_codebook(name: str, case_folder: Path | None = None) -> Codebook:
    """Return the case's own `codebook.yml` where there is one, else the shipped codebook of this name."""
    own = case_folder / "codebook.yml" if case_folder else None
    if own and own.exists():
        return read_codebook(own)
    if not NAME.fullmatch(name):
        raise CodebookError(f"{name!r} is no codebook's name", hint="names look like leavers.v1")
    try:
        return read_codebook(find_shipped(f"resources/codebooks/{name}.yml"))
    except NotFoundError as error:
        raise CodebookError(
            f"no codebook is called {name}", hint="put a codebook.yml into the case"
        ) from error


def read_codebook(path: Path) -> Codebook:
    """Return the codebook in a file; raises CodebookError naming the file and the line or field that is wrong."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CodebookError(f"{path.name} cannot be read: {error}", hint="save it as UTF-8 text") from error
    return parse_codebook(text, path.name)


def parse_codebook(text: str, name: str = "codebook.yml") -> Codebook:
    """Return the codebook in a YAML text; raises CodebookError naming the line or field that is wrong."""
    try:
        codebook = msgspec.convert(yaml.load(text, Loader=_Strict), Codebook, strict=False)  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, RecursionError) as error:
        raise CodebookError(f"{name}, {_tell_line(error)}", hint="mend the line named") from error
    except msgspec.ValidationError as error:
        raise CodebookError(f"{name}, {_tell_field(str(error))}", hint=_hint_on(str(error))) from error
    if faults := find_faults(codebook):
        raise CodebookError(f"{name}: {'; '.join(faults[:5])}", hint="mend it and run the command again")
    return codebook


class _Strict(yaml.CSafeLoader):
    """Refuses a key given twice, of which YAML would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 - PyYAML's signature
        seen: set[str] = set()
        for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"{key.value} is given twice", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _tell_line(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "not YAML"
    return f"line {mark.line + 1}: {problem}" if mark else f"not YAML: {problem}"


def _tell_field(message: str) -> str:
    """Return msgspec's message with its place in words.

    >>> _tell_field("Expected `str`, got `int` - at `$.questions[2].text`")
    'questions, entry 3, text: Expected `str`, got `int`'
    """
    place = _PATH.search(message)
    if place is None:
        return message
    words = re.sub(r"\[(\d+)\]", lambda found: f".entry {int(found[1]) + 1}", place["path"]).replace(
        "[...]", ""
    )
    told = ", ".join(part for part in words.split(".") if part) or "the top"
    return f"{told}: {message[: place.start()]}"


def _hint_on(message: str) -> str:
    """Return what to do; YAML reads a bare yes or no as true or false."""
    return 'write "yes" and "no" in quotes' if "bool" in message else "compare it with a shipped codebook"


def find_faults(codebook: Codebook) -> list[str]:
    """Return what is wrong with a codebook, in words."""
    faults = [*_find_bad_ids(codebook), *_find_bad_rules(codebook)]
    return faults or _find_gaps(codebook)


def _find_bad_ids(codebook: Codebook) -> Iterator[str]:
    questions = [question.id for question in codebook.questions]
    ids = [*questions, codebook.scale.name, *(code.id for code in codebook.codes)]
    yield from (f"the id {one} is used twice" for one in _find_twice(ids))
    yield from (f"{one!r} cannot be an id" for one in ids if not one.strip() or one == SKIP)
    if not 1 <= len(questions) <= MOST_QUESTIONS:
        yield f"a codebook has 1 to {MOST_QUESTIONS} questions, this one {len(questions)}"
    for question in codebook.questions:
        if question.ends not in {None, "yes", "no"}:
            yield f"question {question.id}: ends is yes, no or left out, not {question.ends}"
    yield from (
        f"the lexicon has terms for {one}, which is no question" for one in codebook.lexicon if one not in ids
    )
    yield from (
        f"the lexicon of {one} has an empty term or none"
        for one, lexicon in codebook.lexicon.items()
        if not lexicon.terms or not all(re.search(r"\w", term.words) for term in lexicon.terms)
    )


def _find_bad_rules(codebook: Codebook) -> Iterator[str]:
    questions, points = {question.id for question in codebook.questions}, codebook.scale.points
    for n, rule in enumerate(codebook.scale.rules, start=1):
        yield from (f"rule {n} asks {one}, which is no question" for one in rule.when if one not in questions)
        for question, answer in rule.when.items():
            if answer not in {"yes", "no"}:
                yield f"rule {n} waits for {question} to be {answer}, which is not yes or no"
        if rule.value is not None and rule.value not in points:
            yield f"rule {n} gives {rule.value}, which is no point of the scale"
        if rule.split and rule.value is not None:
            yield f"rule {n} both gives a point and asks to split"
    yield from (
        f"an anchor stands at {one}, which is no point" for one in codebook.scale.anchors if one not in points
    )


def list_answer_sets(codebook: Codebook) -> Iterator[dict[str, str]]:
    """Yield every set of yes/no answers that the queue can give: nothing is asked after an answer that ends it."""
    seen = set()
    for answers in product(("yes", "no"), repeat=len(codebook.questions)):
        given: dict[str, str] = {}
        for question, answer in zip(codebook.questions, answers, strict=True):
            given[question.id] = answer
            if answer == question.ends:
                break
        if (key := tuple(given.items())) not in seen:
            seen.add(key)
            yield given


def _find_gaps(codebook: Codebook) -> list[str]:
    """Return the answers that nothing decides, and the rules that nothing reaches."""
    rules, used = codebook.scale.rules, set()
    for given in list_answer_sets(codebook):
        held = next(
            (n for n, rule in enumerate(rules) if all(given.get(q) == a for q, a in rule.when.items())), None
        )
        derived = codebook.scale.derive(given)
        if held is None or not (derived.decided or derived.split):
            told = ", ".join(f"{question} {answer}" for question, answer in given.items())
            return [f"no rule decides {told}"]
        used.add(held)
    idle = [n for n in range(len(rules)) if n not in used]
    return [f"rule {n + 1} never decides: rules above it take all its answers" for n in idle]


def _find_twice(names: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    return [name for name in names if name in seen or seen.add(name)]  # type: ignore[func-returns-value]
