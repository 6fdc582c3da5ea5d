"""A codebook: questions, the ordinal scale derived from their answers, and the frame codes."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from linewatch.model.value import Value, get_id


class Question(Value, frozen=True, kw_only=True):
    """A question that a coder answers with one key: yes, no or unclear."""

    id: str
    text: str
    key: str | None = None
    include: str | None = None
    exclude: str | None = None
    example: str | None = None
    """Words to which the answer is yes."""
    counterexample: str | None = None
    """Words that look like it and are not."""
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
    counterexample: str | None = None
    """Words that look like it and are not."""


class Crosswalk(Value, frozen=True, kw_only=True):
    """What became of an earlier codebook's questions and codes, so that answers to them still count."""

    earlier: str
    """The earlier codebook: its name, or the first digits of its digest."""
    same: tuple[str, ...] = ()
    """Questions and codes put in other words that mean what they meant."""
    merged: dict[str, tuple[str, ...]] = {}
    """A code, and the earlier ones it holds: it is yes where any of them was."""
    split: dict[str, tuple[str, ...]] = {}
    """An earlier code, and what it became: where it was yes, these are to be coded anew; where it was not, they are no."""


class Term(Value, frozen=True, kw_only=True):
    """Words that speak for a yes, and how much."""

    words: str
    weight: float = 1.0
    """Below zero they speak for a no."""


class Lexicon(Value, frozen=True, kw_only=True):
    """The terms by which the lexicon answers one question or code."""

    terms: tuple[Term, ...]
    threshold: float = 1.0
    """The sum of weights from which on it says yes."""
    reach: int = 4
    """How many words before a term a negation may stand."""


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
    crosswalk: tuple[Crosswalk, ...] = ()
    lexicon: dict[str, Lexicon] = {}
    """By question or code, the words by which a machine suggests answers; people never see them."""

    @property
    def digest(self) -> str:
        """Return the digits that tell one wording of a codebook from another of the same name; the lexicon is no part of it."""
        return get_id(msgspec.structs.replace(self, lexicon={}).to_text())

    def to_text(self) -> str:
        """Return the codebook as JSON; its scale has numbers for keys, which `to_json` does not take."""
        return msgspec.json.encode(self).decode()


class CodebookVersion(Value, frozen=True, kw_only=True):
    """A codebook as it was when something was judged under it."""

    id: str
    """The codebook's digest."""
    body: str
    """The codebook as JSON."""

    @property
    def codebook(self) -> Codebook:
        """Return the codebook."""
        return msgspec.json.decode(self.body, type=Codebook)
