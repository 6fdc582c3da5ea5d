"""A language model answers the codebook's questions: it is shown the passage alone, and every yes must point at words in it.

What it says is checked, never obeyed: an answer of another shape, an invented stretch of evidence, a refusal or silence are unclear,
each with its reason. Several models and wordings are several coders: how far they differ is told as a band.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

import msgspec

from linewatch.code.machines.base import UNCLEAR, YES, Outcome, Suggested, Unit, stop_where_ended
from linewatch.code.machines.config import ModelConfig
from linewatch.code.machines.endpoint import ANSWERED, Reply, make_body
from linewatch.model import Codebook, Value

NAME = "model.v1"
REFUSED = "it refused to answer"
INVENTED = "its evidence does not stand in the passage"
Mask = Callable[[str], str]
Ask = Callable[["Asked"], Reply]


class Asked(Value, frozen=True, kw_only=True):
    """One request, before it is sent."""

    passage: str
    machine: str
    body: str


class Answer(msgspec.Struct, frozen=True):
    """A model's answer to one question, as it came."""

    id: str
    answer: Literal["yes", "no", "unclear"]
    evidence: str | None = None


class _Answers(msgspec.Struct, frozen=True):
    answers: list[Answer]


class _Message(msgspec.Struct, frozen=True):
    content: str | None = None
    refusal: str | None = None


class _Choice(msgspec.Struct, frozen=True):
    message: _Message
    finish_reason: str | None = None


class _Completion(msgspec.Struct, frozen=True):
    choices: list[_Choice]


class UnusableError(ValueError):
    """An answer that cannot be used; the message says why."""


def list_asked(codebook: Codebook, units: Sequence[Unit], config: ModelConfig, mask: Mask) -> Iterator[Asked]:
    """Yield every request: each passage, masked, in each wording to each model. Nothing else is ever sent."""
    questions = [
        {"id": one.id, "question": one.text, "counts": one.include, "does not count": one.exclude}
        for one in codebook.questions
    ]
    for model in config.models:
        for name, wording in config.wordings.items():
            for unit in units:
                shown: dict[str, object] = {"questions": questions, "passage": mask(unit.text)}
                yield Asked(
                    passage=unit.passage,
                    machine=f"{NAME} {model} {name}",
                    body=make_body(
                        model, wording, shown, temperature=config.temperature, seed=config.seed, max_tokens=config.most
                    ),
                )  # fmt: skip


def suggest(codebook: Codebook, units: Sequence[Unit], config: ModelConfig, mask: Mask, ask: Ask) -> Outcome:
    """Return every model's answers in every wording; one that cannot be used is unclear, and counted as refused."""
    texts = {unit.passage: unit.text for unit in units}
    answers: list[Suggested] = []
    for asked in list_asked(codebook, units, config, mask):
        read = read_reply(codebook, ask(asked), texts[asked.passage], mask(texts[asked.passage]))
        own = (
            msgspec.structs.replace(one, passage=asked.passage, machine=asked.machine)
            for one in stop_where_ended(codebook, read)
        )
        answers += own
    refused = sum(one.reason is not None for one in answers)
    return Outcome(answers=tuple(answers), settings=config.settings, refused=refused)


def read_reply(codebook: Codebook, reply: Reply, text: str, shown: str) -> Iterator[Suggested]:
    """Yield the answer to each question, in the codebook's order; `text` is the passage, `shown` what was sent of it."""
    asked = [one.id for one in codebook.questions]
    try:
        given = decode_answers(reply)
    except UnusableError as error:
        yield from (_make(question, UNCLEAR, str(error)) for question in asked)
        return
    for question in asked:
        said = [one for one in given if one.id == question]
        if len(said) != 1:
            yield _make(question, UNCLEAR, "it did not answer" if not said else "it answered twice")
        else:
            yield check_answer(said[0], text, shown)


def decode_answers(reply: Reply) -> list[Answer]:
    """Return the answers in a reply; raises UnusableError saying why there are none."""
    if reply.status != ANSWERED:
        raise UnusableError(reply.status)
    try:
        completion = msgspec.json.decode(reply.body, type=_Completion)
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        raise UnusableError("it sent no completion") from error
    if not completion.choices:
        raise UnusableError("it sent no completion")
    choice = completion.choices[0]
    if choice.message.refusal or choice.finish_reason == "content_filter" or not choice.message.content:
        raise UnusableError(REFUSED)
    content = choice.message.content
    try:
        inside = content[content.index("{") : content.rindex("}") + 1]
        return msgspec.json.decode(inside, type=_Answers).answers
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        raise UnusableError("its answer has another shape") from error


def check_answer(answer: Answer, text: str, shown: str) -> Suggested:
    """Return an answer with its evidence in place; a yes whose evidence was not shown to it is unclear."""
    if answer.answer != YES:
        return _make(answer.id, answer.answer)
    if find_words(answer.evidence or "", shown) is None:
        return _make(answer.id, UNCLEAR, INVENTED)
    place = find_words(answer.evidence or "", text)
    return _make(answer.id, YES, place=place)


def find_words(words: str, text: str) -> tuple[int, int] | None:
    r"""Return where words stand in a text, white space aside; None where they do not, or are no words.

    >>> find_words("the old  berth", "has the old\nberth again"), find_words(" ", "has the")
    ((4, 17), None)
    """
    parts = words.split()
    if not re.search(r"\w", words):
        return None
    found = re.search(r"\s+".join(map(re.escape, parts)), text)
    return found.span() if found else None


def _make(
    question: str, value: str, reason: str | None = None, place: tuple[int, int] | None = None
) -> Suggested:
    start, end = place or (None, None)
    return Suggested(passage="", question=question, value=value, reason=reason, start=start, end=end)
