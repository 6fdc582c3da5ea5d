"""A codebook: questions, the ordinal scale derived from their answers, and the frame codes."""

from __future__ import annotations

from collections.abc import Mapping

from linewatch.model.value import Value


class Question(Value, frozen=True, kw_only=True):
    """A question that a coder answers with one key: yes, no or unclear."""

    id: str
    text: str
    key: str | None = None
    include: str | None = None
    exclude: str | None = None
    ends: str | None = None
    """The answer after which nothing more is asked: `no` to Q1 puts the passage out."""


class Rule(Value, frozen=True, kw_only=True):
    """A line of the derivation: the first rule whose `when` holds gives the `value`."""

    when: dict[str, str]
    value: int | None
    """A point of the scale; None puts the passage out."""
    split: bool = False
    """Whether these answers contradict each other: no point follows until the passage is split or a range given."""


class Derived(Value, frozen=True, kw_only=True):
    """What answers come to: undecided, out of the line (`value` None), or a point of the scale."""

    decided: bool
    value: int | None
    split: bool = False
    """Whether it is undecided because the answers contradict each other."""


class Scale(Value, frozen=True, kw_only=True):
    """An ordinal scale and how its points follow from the answers."""

    name: str
    points: dict[int, str]
    rules: tuple[Rule, ...]
    anchors: dict[int, str] = {}

    def derive(self, answers: Mapping[str, str]) -> Derived:
        """Return the point that a coder's answers come to: the value of the first rule that holds.

        A rule that waits for an answer not given, or given as `unclear`, cannot be passed over: what follows
        from it is then undecided.
        """
        for rule in self.rules:
            given = {question: answers.get(question) for question in rule.when}
            if all(given[question] == wanted for question, wanted in rule.when.items()):
                return Derived(decided=not rule.split, value=rule.value, split=rule.split)
            if all(given[question] in (wanted, None, "unclear") for question, wanted in rule.when.items()):
                return Derived(decided=False, value=None)
        return Derived(decided=False, value=None)


class Code(Value, frozen=True, kw_only=True):
    """A frame code: one of several that may hold for a passage."""

    id: str
    name: str
    element: str | None = None
    include: str | None = None
    exclude: str | None = None
    example: str | None = None


class Codebook(Value, frozen=True, kw_only=True):
    """A versioned codebook, such as `leavers.v1`."""

    name: str
    title: str
    questions: tuple[Question, ...]
    scale: Scale
    codes: tuple[Code, ...] = ()
    rules: tuple[str, ...] = ()
    """Coder rules, in words."""
    roles: tuple[str, ...] = ()
