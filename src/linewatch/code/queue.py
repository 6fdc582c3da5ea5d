"""The queue's state, apart from any screen: what is asked next, and what a key or a typed line makes of the answers.

A passage goes from its warning (if it has one) through the questions to a last look, where the coder sees in words what the
answers come to and accepts it or gives a range. Nothing here knows the time, the store or where a passage comes from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from msgspec.structs import replace

from linewatch.code.codebook import SKIP
from linewatch.code.words import tell_range
from linewatch.model import Codebook, Question, Value

KEYS = {"y": "yes", "n": "no", "u": "unclear"}
BREAK_AFTER = 25 * 60
"""Seconds of coding after which a break is suggested, again and again."""
State = Literal[
    "warned", "asking", "accepting", "range", "note", "frames", "reason", "answered", "skipped", "paused", "back"
]  # fmt: skip
TYPED: dict[str, State] = {"r": "range", "t": "note", "f": "frames", "s": "reason"}
"""The keys that ask for a line, and the state that waits for it."""
OVER = frozenset({"answered", "skipped", "paused", "back"})
_RANGE = re.compile(r"\s*([+-]?\d{1,3})(?:\s*(?:\.\.|to|,|\s)\s*([+-]?\d{1,3}))?\s*")


class Answers(Value, frozen=True, kw_only=True):
    """A coder's answers to one passage, as far as they have come."""

    state: State = "asking"
    given: dict[str, str] = {}  # noqa: RUF012 - msgspec copies empty defaults
    low: int | None = None
    high: int | None = None
    """The coder's own range of points, which wins over what the answers come to."""
    codes: tuple[str, ...] = ()
    note: str | None = None
    reason: str | None = None
    """Why the passage was skipped."""
    help: bool = False
    fault: str | None = None
    """Why the last line typed could not be taken."""
    later: tuple[Answers, ...] = ()
    """What was taken back, the latest first: it can be had again until something else is answered."""

    @property
    def is_over(self) -> bool:
        """Tell whether this passage is left: answered, skipped, paused, or gone back from."""
        return self.state in OVER

    @property
    def is_typing(self) -> bool:
        """Tell whether a line is waited for, not a key."""
        return self.state in TYPED.values()


def start(codebook: Codebook, answers: Answers | None = None, *, warning: str | None = None) -> Answers:
    """Return where a passage begins: at its warning, else at the first question without an answer."""
    begun = answers or Answers()
    return replace(begun, state="warned") if warning else _go_on(codebook, begun)


def find_question(codebook: Codebook, given: Mapping[str, str]) -> Question | None:
    """Return the next question, None when all are answered or an answer ended them."""
    for question in codebook.questions:
        answer = given.get(question.id)
        if answer is None:
            return question
        if answer == question.ends:
            return None
    return None


def is_answered(codebook: Codebook, given: Mapping[str, str]) -> bool:
    """Tell whether a passage needs no more of a coder: answered, given a range, or skipped."""
    return SKIP in given or codebook.scale.name in given or find_question(codebook, given) is None


def press(codebook: Codebook, answers: Answers, key: str) -> Answers:
    """Return what a key makes of the answers; a key that means nothing here changes nothing.

    y, n, u answer; Enter accepts; r, t, f and s ask for a line; b goes back; p pauses; ? shows help.
    """
    now = replace(answers, help=key == "?" and not answers.help, fault=None)
    if key in {"\r", "\n"}:
        return _accept(codebook, now)
    if key == "p":
        return replace(now, state="paused")
    if key in {"b", "a"}:
        return _go_back(codebook, now) if key == "b" else _go_forward(now)
    if key in TYPED and (now.state != "warned" or key == "s"):
        return replace(now, state=TYPED[key])
    question = find_question(codebook, now.given) if now.state == "asking" else None
    if question is not None and key in KEYS:
        return _go_on(codebook, replace(now, given={**now.given, question.id: KEYS[key]}, later=()))
    return now


def _accept(codebook: Codebook, answers: Answers) -> Answers:
    if answers.state == "warned":
        return _go_on(codebook, answers)
    return replace(answers, state="answered") if answers.state == "accepting" else answers


def _go_on(codebook: Codebook, answers: Answers) -> Answers:
    ready = answers.low is not None or find_question(codebook, answers.given) is None
    return replace(answers, state="accepting" if ready else "asking")


def _go_back(codebook: Codebook, answers: Answers) -> Answers:
    """Take back the range, else the last answer; with neither, go back to the passage before."""
    if answers.low is not None:
        return _go_on(codebook, replace(answers, low=None, high=None, later=_put_by(answers)))
    if answers.state == "warned" or not answers.given:
        return replace(answers, state="back")
    last = [question.id for question in codebook.questions if question.id in answers.given][-1]
    kept = {question: answer for question, answer in answers.given.items() if question != last}
    return replace(answers, given=kept, state="asking", later=_put_by(answers))


def _put_by(answers: Answers) -> tuple[Answers, ...]:
    return (replace(answers, later=()), *answers.later)


def _go_forward(answers: Answers) -> Answers:
    """Give again what was taken back last; with nothing taken back, change nothing."""
    if answers.state == "warned" or not answers.later:
        return answers
    return replace(answers.later[0], later=answers.later[1:])


def take_back(answers: Answers) -> Answers:
    """Return a passage that was left, empty, so that one key gives again all that was said of it."""
    whole = replace(answers, state="accepting", later=())
    return Answers(
        later=()
        if answers.reason or not (answers.given or answers.codes or answers.low is not None)
        else (whole,)
    )


def take_line(codebook: Codebook, answers: Answers, line: str) -> Answers:
    """Return what a typed line makes of the answers; an empty line changes nothing, a wrong one says why."""
    text, now = line.strip(), _go_on(codebook, replace(answers, fault=None))
    if answers.state == "reason":
        return replace(now, state="skipped", reason=text or "no reason given")
    if not text:
        return now
    now = replace(now, later=())
    if answers.state == "note":
        return replace(now, note=text)
    return (
        _take_frames(codebook, now, text) if answers.state == "frames" else _take_range(codebook, now, text)
    )


def _take_frames(codebook: Codebook, answers: Answers, text: str) -> Answers:
    """Turn each frame named on or off, so that a slip is mended by naming it again."""
    known = {code.id.casefold(): code.id for code in codebook.codes}
    named = re.split(r"[\s,;]+", text.strip(" ,;"))
    wrong = [one for one in named if one.casefold() not in known]
    if wrong:
        return replace(answers, state="frames", fault=f"no frame is called {wrong[0]}")
    chosen = set(answers.codes) ^ {known[one.casefold()] for one in named}
    return replace(answers, codes=tuple(code.id for code in codebook.codes if code.id in chosen))


def _take_range(codebook: Codebook, answers: Answers, text: str) -> Answers:
    found = _RANGE.fullmatch(text)
    ends = sorted(int(end) for end in found.groups() if end is not None) if found else []
    if not ends or any(end not in codebook.scale.points for end in ends):
        points = sorted(codebook.scale.points)
        fault = (
            f"give one or two points from {points[0]:+d} to {points[-1]:+d}, such as {points[0]} {points[1]}"
        )
        return replace(answers, state="range", fault=fault)
    return replace(answers, low=ends[0], high=ends[-1], state="accepting")


def tell_outcome(codebook: Codebook, answers: Answers) -> str:
    """Return in words what the answers come to, and the frames that hold."""
    frames = f" Frames: {', '.join(answers.codes)}." if answers.codes else ""
    if answers.low is not None and answers.high is not None:
        return f"Your range: {tell_range(codebook.scale, answers.low, answers.high)}.{frames}"
    return tell_derived(codebook, answers.given) + frames


def tell_derived(codebook: Codebook, given: Mapping[str, str]) -> str:
    """Return in words what yes, no and unclear come to under the scale's rules."""
    derived = codebook.scale.derive(given)
    if derived.split:
        return (
            "These answers contradict each other: this is two passages in one. "
            "Press r for the point of the main clause, or s to skip it until it is split."
        )
    if not derived.decided:
        return "The answers decide no point. Press r to give a range, or Enter to leave it open."
    if derived.value is None:
        return "Not about the issue: this passage is no part of the line."
    return f"This comes to {tell_range(codebook.scale, derived.value, derived.value)}."


def is_break_due(begun: float, now: float, suggested: int = 0, *, after: float = BREAK_AFTER) -> bool:
    """Tell whether to suggest a break, the `suggested`-th having been suggested before; seconds on any clock.

    >>> is_break_due(0, 1499), is_break_due(0, 1500), is_break_due(0, 1600, 1), is_break_due(0, 3000, 1)
    (False, True, False, True)
    """
    return now - begun >= after * (suggested + 1)
