"""What a report may say of a line when the codes behind it are weak: the gate in front of every sentence that states one."""

from __future__ import annotations

import re

from linewatch.errors import DraftError
from linewatch.model import Reliability
from linewatch.write.material import Material

ONE_CODER = "one coder, reliability unknown"
NOT_CODED = "not coded, so nothing is said of the line"
MIN_CODERS = 2

_LINE = re.compile(r"\b(line|stance)\b", re.IGNORECASE)
_TURN = re.compile(
    r"\b(turn(ed|s)?|soften(ed|s)?|harden(ed|s)?|shift(ed|s)?|chang(ed|es)|revers(ed|es))\b", re.IGNORECASE
)
_STANDS = re.compile(
    r"\b(is|was|are|were|stands?|stood|remain(s|ed)?|stay(s|ed)?|became|becomes|holds?|held|lies|lay)\b",
    re.IGNORECASE,
)
_DOUBT = re.compile(r"\b(no|not|nor|never|neither|cannot|whether|unknown|if)\b|n['’]t\b", re.IGNORECASE)


def is_red(reliability: Reliability) -> bool:
    """Tell whether coders were measured and agree too little for anything of the line to be shown."""
    row = reliability.headline
    return row is not None and len(reliability.coders) >= MIN_CODERS and row.light == "red"


def get_fixed_words(reliability: Reliability) -> str | None:
    """Return the words that stand in place of every value of the line, None where values may be printed."""
    if reliability.headline is None or not reliability.coders:
        return NOT_CODED
    if len(reliability.coders) < MIN_CODERS:
        return ONE_CODER
    return None if reliability.is_agreed or is_red(reliability) else reliability.headline.words


def check_sentence(material: Material, sentence: str, line: int) -> None:
    """Raise DraftError for a sentence in the analyst's own words that states a line or a turn the codes do not carry.

    With one coder, or too few passages coded twice, a sentence may say where a line stands if it says in the fixed
    words what that is worth.
    """
    results = material.results
    if states_turn(sentence) and not any(turn.claim for turn in results.line.turns):
        raise DraftError(
            f"line {line} of the draft states a turn that is not established: “{sentence.strip()}”",
            hint="let {{ finding }} say it, or write what is known without claiming a turn",
        )
    fixed = get_fixed_words(results.reliability)
    if (
        states_line(sentence)
        and not results.reliability.is_agreed
        and (fixed or "\n") not in sentence.casefold()
    ):
        raise DraftError(
            f"line {line} of the draft states the line on codes below the agreed reliability: “{sentence.strip()}”",
            hint=f"write “{fixed}” in it, or take it out" if fixed else "take it out, or code again",
        )


def check_value(material: Material, where: str, sentence: str) -> str | None:
    """Return the fixed words for a value of the line, None where it may be printed; raises DraftError on red codes."""
    fixed = get_fixed_words(material.results.reliability)
    if fixed is None and not material.results.reliability.is_agreed:
        raise DraftError(
            f"{where}: states the line on codes below the agreed reliability, in “{sentence.strip()}”",
            hint="code again after the codebook is mended, or take the sentence out",
        )
    return fixed


def check_claims(material: Material) -> None:
    """Raise DraftError when a turn is claimed on codes that do not carry it; the tracker's gates should never let it."""
    claimed = [turn.series for turn in material.results.line.turns if turn.claim]
    if claimed and not material.results.reliability.is_agreed:
        raise DraftError(f"a turn of {claimed[0]} is claimed on codes below the agreed reliability")


def states_line(sentence: str) -> bool:
    """Tell whether a sentence says where a line stands, as opposed to doubting or denying it.

    >>> states_line("Its line is harsh."), states_line("This report follows the line of the League.")
    (True, False)
    """
    return bool(_LINE.search(sentence) and _STANDS.search(sentence)) and not _DOUBT.search(sentence)


def states_turn(sentence: str) -> bool:
    """Tell whether a sentence says that a line changed, as opposed to doubting or denying it.

    >>> states_turn("Its line softened in May."), states_turn("Whether the line softened is not known.")
    (True, False)
    """
    return bool(_LINE.search(sentence) and _TURN.search(sentence)) and not _DOUBT.search(sentence)
