"""Numbers that a draft may ask for by name: `{{ number items }}`. Each is computed when the report is built."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from linewatch.errors import DraftError
from linewatch.model import Citation, CodeAgreement, Quotation, Turn
from linewatch.write.call import Call
from linewatch.write.material import Material
from linewatch.write.wording import (
    clean,
    format_coefficient,
    format_day,
    format_score,
    format_share,
    format_span,
)

Number = Callable[[Material, Call], str]


def count_items(material: Material, call: Call) -> str:
    """Return how many items the case knows, of one outlet where `outlet=` is given."""
    outlet = call.options.get("outlet")
    return str(sum(1 for item in material.items.values() if outlet in (None, item.outlet)))


def count_held(material: Material, _call: Call) -> str:
    """Return how many items the case holds."""
    return str(sum(1 for item in material.items.values() if item.held))


def count_cited(material: Material, _call: Call) -> str:
    """Return how many items are known only from what others report."""
    return str(sum(1 for item in material.items.values() if not item.held))


def count_coded(material: Material, _call: Call) -> str:
    """Return how many items are coded and stand on the line."""
    return str(len(material.results.line.points))


def count_undated(material: Material, _call: Call) -> str:
    """Return how many items have no date."""
    dates = [item.date for item in material.items.values()]
    return str(sum(1 for when in dates if when is None or (when.earliest is None and when.latest is None)))


def count_outlets(material: Material, _call: Call) -> str:
    """Return how many outlets have an item."""
    return str(len({item.outlet for item in material.items.values() if item.outlet}))


def count_files(material: Material, _call: Call) -> str:
    """Return how many files are sealed."""
    return str(len(material.evidence))


def count_quotations(material: Material, _call: Call) -> str:
    """Return how many quotations are found."""
    return str(sum(1 for _ in material.find_values(Quotation)))


def count_citations(material: Material, _call: Call) -> str:
    """Return how many citations are found."""
    return str(sum(1 for _ in material.find_values(Citation)))


def count_passages(material: Material, _call: Call) -> str:
    """Return how many passages there are to code."""
    return str(len(material.passages))


def count_coders(material: Material, _call: Call) -> str:
    """Return how many coders coded."""
    return str(len(material.results.reliability.coders))


def count_problems(material: Material, _call: Call) -> str:
    """Return how many problems are listed."""
    return str(len(material.problems))


def get_built_on(material: Material, _call: Call) -> str:
    """Return the day on which the report is built."""
    return format_day(material.built_on)


def get_period(material: Material, call: Call) -> str:
    """Return the days from the first dated item to the last."""
    days = _list_days(material)
    if not days:
        raise DraftError(f"{call.where}: no item is dated", hint="take the sentence out")
    return format_span(min(days), max(days))


def get_alpha(material: Material, call: Call) -> str:
    """Return Krippendorff's alpha with its interval, for the scale or the code that `code=` names."""
    row = _get_row(material, call)
    if row.alpha is None:
        return row.words
    return (
        f"{format_coefficient(row.alpha)} ({format_coefficient(row.low)} to {format_coefficient(row.high)})"
    )


def get_p_turn(material: Material, call: Call) -> str:
    """Return the posterior chance that a series turned."""
    return format_share(_get_turn(material, call).p_turn)


def get_p_permutation(material: Material, call: Call) -> str:
    """Return the chance of so clear an order if order meant nothing."""
    return format_share(_get_turn(material, call).p_permutation)


def get_turn_date(material: Material, call: Call) -> str:
    """Return the days between which a claimed turn lies; raises DraftError when none is claimed."""
    turn = _get_turn(material, call)
    if not turn.claim or turn.date_interval is None:
        raise DraftError(
            f"{call.where}: no turn of {turn.series} is established", hint="let {{ finding }} say it"
        )
    return format_span(*turn.date_interval)


def get_before(material: Material, call: Call) -> str:
    """Return the mean before the most likely date of a turn."""
    return format_score(_get_turn(material, call).before)


def get_after(material: Material, call: Call) -> str:
    """Return the mean after the most likely date of a turn."""
    return format_score(_get_turn(material, call).after)


def get_mean(material: Material, call: Call) -> str:
    """Return the mean score of the coded items, of one outlet where `outlet=` is given."""
    outlet = call.options.get("outlet")
    scores = [point.score for point in material.results.line.points if outlet in (None, point.outlet)]
    if not scores:
        raise DraftError(f"{call.where}: no coded item", hint="check the outlet's name")
    return format_score(sum(scores) / len(scores))


NUMBERS: dict[str, Number] = {
    "items": count_items,
    "held": count_held,
    "cited": count_cited,
    "coded": count_coded,
    "undated": count_undated,
    "outlets": count_outlets,
    "files": count_files,
    "quotations": count_quotations,
    "citations": count_citations,
    "passages": count_passages,
    "coders": count_coders,
    "problems": count_problems,
    "date": get_built_on,
    "period": get_period,
    "alpha": get_alpha,
}
"""Numbers of the case, which may be printed whatever the codes are worth."""

LINE_NUMBERS: dict[str, Number] = {
    "p_turn": get_p_turn,
    "p_permutation": get_p_permutation,
    "turn_date": get_turn_date,
    "before": get_before,
    "after": get_after,
    "mean": get_mean,
}
"""Numbers of the line, which stand behind the gate of `claims`."""


def _get_turn(material: Material, call: Call) -> Turn:
    """Return the turn of the series that `series=` names, or the first; raises DraftError when there is none."""
    turns, series = material.results.line.turns, call.options.get("series")
    chosen = [turn for turn in turns if series in (None, turn.series)]
    if not chosen:
        raise DraftError(
            f"{call.where}: no turn was looked for", hint=_list_names("series", [t.series for t in turns])
        )
    return chosen[0]


def _get_row(material: Material, call: Call) -> CodeAgreement:
    rows, named = material.results.reliability.rows, call.options.get("code")
    chosen = [row for row in rows if named in (None, row.code)]
    if not chosen:
        raise DraftError(
            f"{call.where}: nothing is coded", hint=_list_names("codes", [row.code for row in rows])
        )
    return chosen[0]


def _list_names(what: str, names: list[str]) -> str:
    return f"known {what}: {', '.join(clean(name) for name in names) or 'none'}"


def _list_days(material: Material) -> list[date]:
    whens = [item.date for item in material.items.values() if item.date]
    return [day for when in whens for day in (when.earliest, when.latest) if day is not None]
