"""A codebook as codes with names of their own, and a code as the answer it stands for, also one of another program."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from linewatch.code.answers import RANGE, Answer
from linewatch.code.codebook import SKIP
from linewatch.code.refi.project import CodeNode, make_guid, walk_codes
from linewatch.model import Code, Codebook, Question

VALUES = ("yes", "no", "unclear")
PALETTE = ("#8C2D04", "#CC4C02", "#EC7014", "#9E9E9E", "#41AB5D", "#238443", "#005A32")
"""From one end of a scale to the other."""
_SPACES = re.compile(r"\s+")


def make_codes(codebook: Codebook) -> tuple[CodeNode, ...]:
    """Return a codebook as codes: a folder a question with an answer each, the points of the scale, the frames, `skip`.

    No two codes have one name, wherever they lie: some programs know a code by nothing else.
    """
    nodes = [_make_question(codebook, one) for one in codebook.questions]
    nodes.append(_make_scale(codebook))
    if codebook.codes:
        frames = tuple(_make_frame(codebook, one) for one in codebook.codes)
        nodes.append(_make_node(codebook, "frames", codable=False, codes=frames))
    return (
        *nodes,
        _make_node(codebook, SKIP, description="The passage was not coded; the memo says why.", codable=True),
    )


def _make_node(
    codebook: Codebook,
    name: str,
    *,
    codable: bool,
    description: str | None = None,
    color: str | None = None,
    codes: tuple[CodeNode, ...] = (),
) -> CodeNode:
    guid = make_guid("code", codebook.name, name)
    return CodeNode(guid=guid, name=name, codable=codable, description=description, color=color, codes=codes)


def _make_question(codebook: Codebook, question: Question) -> CodeNode:
    answers = tuple(
        _make_node(codebook, name_answer(codebook, question.id, value), codable=True) for value in VALUES
    )
    told = _tell_bounds(question.text, question)
    return _make_node(codebook, question.id, codable=False, description=told, codes=answers)


def _make_scale(codebook: Codebook) -> CodeNode:
    scale, points = codebook.scale, sorted(codebook.scale.points)
    last = max(len(points) - 1, 1)
    codes = tuple(
        _make_node(
            codebook,
            name_point(codebook, point),
            codable=True,
            description=scale.anchors.get(point),
            color=PALETTE[place * (len(PALETTE) - 1) // last],
        )
        for place, point in enumerate(points)
    )
    return _make_node(codebook, scale.name, codable=False, codes=codes)


def _make_frame(codebook: Codebook, code: Code) -> CodeNode:
    told = _tell_bounds(code.name, code)
    return _make_node(codebook, name_answer(codebook, code.id, "yes"), codable=True, description=told)


def _tell_bounds(text: str, part: Question | Code) -> str:
    told = {
        "Yes for": part.include, "Not for": part.exclude, "Example": part.example, "Not": part.counterexample,
    }  # fmt: skip
    return "\n".join([text, *(f"{name}: {words}" for name, words in told.items() if words)])


def name_point(codebook: Codebook, point: int) -> str:
    """Return the name of the code of a point: `stance -1 Blame`."""
    sign = f"{point:+d}" if point else "0"
    return f"{codebook.scale.name} {sign} {codebook.scale.points[point]}"


def name_answer(codebook: Codebook, question: str, value: str) -> str:
    """Return the name of the code of an answer: `q1 yes`, `F01 Broken pledge`."""
    frames = {one.id: one.name for one in codebook.codes}
    return f"{question} {frames[question]}" if question in frames else f"{question} {value}"


def list_codes(codebook: Codebook, answer: Answer) -> list[str]:
    """Return the names of the codes that say an answer; none where no code can: a frame that does not hold."""
    if answer.question == codebook.scale.name:
        low, high = answer.low, answer.high
        within = [
            one
            for one in sorted(codebook.scale.points)
            if low is not None and high is not None and low <= one <= high
        ]
        return [name_point(codebook, one) for one in within]
    if answer.question == SKIP:
        return [SKIP]
    if answer.question in {one.id for one in codebook.codes} and answer.value != "yes":
        return []
    return [name_answer(codebook, answer.question, answer.value)]


def map_codes(codebook: Codebook, codes: Iterable[CodeNode]) -> dict[str, Answer]:
    """Return what each code of a project says under a codebook, by GUID; a code that says nothing of it is absent.

    Our own codes are known by name, since programs give them new GUIDs; of another program's, a code that is called as
    a frame, a question or a point of the scale is one.
    """
    known = _list_names(codebook)
    return {one.guid: known[name] for one in walk_codes(tuple(codes)) if (name := _fold(one.name)) in known}


def _list_names(codebook: Codebook) -> Mapping[str, Answer]:
    """Return each answer by all names it may have; a name that could be two answers is none."""
    named: dict[str, set[Answer]] = {}

    def add(name: str, answer: Answer) -> None:
        named.setdefault(_fold(name), set()).add(answer)

    for question in codebook.questions:
        for value in VALUES:
            add(name_answer(codebook, question.id, value), Answer(question=question.id, value=value))
        for name in (question.id, question.text):
            add(name, Answer(question=question.id, value="yes"))
    for code in codebook.codes:
        for name in (code.id, code.name, name_answer(codebook, code.id, "yes")):
            add(name, Answer(question=code.id, value="yes"))
    for point, label in codebook.scale.points.items():
        answer = Answer(question=codebook.scale.name, value=RANGE, low=point, high=point)
        for name in (name_point(codebook, point), f"{codebook.scale.name} {point}", label):
            add(name, answer)
    add(SKIP, Answer(question=SKIP, value=""))
    return {name: next(iter(answers)) for name, answers in named.items() if len(answers) == 1}


def _fold(name: str) -> str:
    """Return a code's name as it is compared: case, spaces and the case of letters aside."""
    return _SPACES.sub(" ", name).strip().casefold()
