"""How far coders agree: one row a code, with its interval, and the words that must stand where it is too weak."""

from __future__ import annotations

from typing import Literal

from linewatch.model.value import Value

Light = Literal["green", "amber", "red", "unknown"]


class CodeAgreement(Value, frozen=True, kw_only=True):
    """Agreement on one code: Krippendorff's alpha with a bootstrap interval over items, and what stands beside it."""

    code: str
    metric: Literal["ordinal", "nominal"]
    alpha: float | None
    low: float | None
    high: float | None
    ac1: float | None
    percent: float | None
    units: int
    """Passages that two or more coders answered."""
    coders: int
    light: Light
    words: str
    prevalence: float | None = None
    """Of a yes/no code, the share of yes among all answers."""


class Reliability(Value, frozen=True, kw_only=True):
    """Agreement on the scale first, then on each question and frame code."""

    coders: tuple[str, ...]
    rows: tuple[CodeAgreement, ...]

    @property
    def headline(self) -> CodeAgreement | None:
        """Return the row of the ordinal scale, None where nothing is coded."""
        return self.rows[0] if self.rows else None

    @property
    def is_agreed(self) -> bool:
        """Tell whether a line may be stated on these codes: two coders or more, and green or amber."""
        row = self.headline
        return row is not None and len(self.coders) > 1 and row.light in {"green", "amber"}
