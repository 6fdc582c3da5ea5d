"""Anyone's own codes are judged as a case's are: the surface, the refusals, and what cannot be tested."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from linewatch.cli.main import linewatch

START = date(2031, 1, 3)


def make_rows(scores: list[float], outlet: str = "The Lamp", step: int = 7) -> list[str]:
    """Return a row a score, so many days apart."""
    return [f"{START + timedelta(days=step * place)},{outlet},{score}" for place, score in enumerate(scores)]


def judge(folder: Path, rows: list[str], *options: str, head: str = "date,outlet,score") -> dict[str, Any]:
    """Return the JSON of a table."""
    path = folder / "codes.csv"
    path.write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    done = CliRunner().invoke(linewatch, ["track", "--series", str(path), "--json", *options])
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.output)
    return found


STEP = [-2, -1, -2, -2, -1, -2, -2, -1, 1, 2, 2, 1, 2, 2, 1, 2]


def test_planted_turn_is_claimed(tmp_path: Path) -> None:
    """A clean step of a census is claimed at its date, with the keys that the surface promises."""
    found = judge(tmp_path, make_rows(STEP), "--frame", "census")
    assert found["claim"] is True
    assert found["why_not"] == []
    assert found["n"] == 16
    assert found["p_turn"] > 0.99
    assert found["p_permutation"] < 0.01
    first, last = (START + timedelta(weeks=week) for week in (7, 8))
    assert found["date_interval"][0] <= str(first) < str(last) <= found["date_interval"][1]
    assert str(first) <= found["most_likely_date"] <= str(last)
    assert found["before"] < -1 < 1 < found["after"]
    assert "the line turned" in found["words"]
    assert "Reliability unknown" in found["words"]


def test_frame_not_given_bars_the_claim(tmp_path: Path) -> None:
    """Without a frame the same step is not claimed, and the reason is told."""
    found = judge(tmp_path, make_rows(STEP))
    assert found["claim"] is False
    assert found["why_not"] == ["sampling frame: unknown"]
    assert "possible change, not established" in found["words"]


@pytest.mark.parametrize("frame", ["convenience", "report"])
def test_picked_items_bar_the_claim(tmp_path: Path, frame: str) -> None:
    """Items that somebody picked claim nothing."""
    assert judge(tmp_path, make_rows(STEP), "--frame", frame)["claim"] is False


@pytest.mark.parametrize("scores", [[-2, -2, -2, 2], [-2, -2, 2, 2, 2], [1]])
def test_few_items_have_no_probability(tmp_path: Path, scores: list[float]) -> None:
    """Up to five items: neither probability nor interval, and what to look for."""
    found = judge(tmp_path, make_rows(scores), "--frame", "census")
    assert (found["claim"], found["p_turn"], found["date_interval"]) == (False, None, None)
    assert "No turn is claimed" in found["words"]


def test_three_and_one_are_counted(tmp_path: Path) -> None:
    """Three harsh items and a soft one stand so by chance 1 time in 2, whichever way."""
    assert judge(tmp_path, make_rows([-2, -2, -2, 2]))["p_permutation"] == 0.5


def test_rivals_that_columns_cannot_test_are_listed(tmp_path: Path) -> None:
    """Three columns cannot tell who spoke, who coded and who watched."""
    untested = " ".join(judge(tmp_path, make_rows(STEP), "--frame", "census")["untested"])
    for name in ("speaker authority", "coder drift", "codebook change", "coverage gap", "second codebook"):
        assert name in untested


def test_a_tier_that_changes_with_the_line_is_named(tmp_path: Path) -> None:
    """A step that is also a change of who speaks with what authority is worded down."""
    rows = [f"{row},{'B' if place < 8 else 'A'}" for place, row in enumerate(make_rows(STEP))]
    found = judge(tmp_path, rows, "--frame", "census", head="date,outlet,score,tier")
    assert found["claim"] is False
    assert "speaker authority" in " ".join(found["why_not"])


def test_mix_alone_is_not_a_turn(tmp_path: Path) -> None:
    """A harsh outlet gives way to a soft one: a change of voices, no turn."""
    rows = make_rows([-2, -1, -2, -2, -1, -2, -2, -1], "Pier") + [
        f"{START + timedelta(weeks=10 + place)},Lamp,{score}" for place, score in enumerate(STEP[8:])
    ]
    found = judge(tmp_path, rows, "--frame", "census")
    assert found["claim"] is False
    assert "change of voices" in found["words"]


def test_outlets_too_small_alone_may_turn_together(tmp_path: Path) -> None:
    """Four outlets of six items that all step on one day turn together, though none can be judged alone."""
    rows = [
        row
        for outlet in ("Pier", "Lamp", "Chorus", "Gull")
        for row in make_rows([-2, -1, -2, 1, 2, 2], outlet, 20)
    ]
    found = judge(tmp_path, rows, "--frame", "systematic")
    assert found["claim"] is True


def test_drift_is_not_a_turn(tmp_path: Path) -> None:
    """A line that climbs by degrees is not called a turn."""
    steps = [-2, -2, -2, -1.5, -2, -1.5, -1.5, -1.5, -1, -1, -1, -0.5, -1, -0.5, 0, 0]
    assert judge(tmp_path, make_rows(steps, step=40), "--frame", "census")["claim"] is False


def test_one_named_coder_claims_nothing(tmp_path: Path) -> None:
    """A table that names its one coder has unknown reliability by its own word."""
    rows = [f"{row},anna" for row in make_rows(STEP)]
    found = judge(tmp_path, rows, "--frame", "census", head="date,outlet,score,coder")
    assert found["claim"] is False
    assert "one coder, reliability unknown" in found["words"]


def test_two_coders_who_agree_may_claim(tmp_path: Path) -> None:
    """Two coders on each of forty items, alike but for a point now and then."""
    scores = [-2 + place % 2 for place in range(20)] + [1 + place % 2 for place in range(20)]
    rows = []
    for coder, off in (("anna", 0), ("bruno", 1)):
        own = [score - off * (place % 9 == 0) for place, score in enumerate(scores)]
        rows += [f"{row},{coder},i{place}" for place, row in enumerate(make_rows(own))]
    found = judge(tmp_path, rows, "--frame", "census", head="date,outlet,score,coder,item")
    assert found["n"] == 40
    assert found["claim"] is True


def test_another_scale_is_the_same_line(tmp_path: Path) -> None:
    """The same steps told on 1..7 give the same keys."""
    one = judge(tmp_path, make_rows(STEP), "--frame", "census")
    other = judge(tmp_path, make_rows([score + 4 for score in STEP]), "--frame", "census", "--scale", "1:7")
    assert other["p_turn"] == pytest.approx(one["p_turn"])
    assert other["p_permutation"] == one["p_permutation"]


def test_invariances(tmp_path: Path) -> None:
    """C11: shuffled rows, a renamed outlet, a mirrored scale and shifted dates give the same or the mirrored answer."""
    plain = judge(tmp_path, make_rows(STEP), "--frame", "census")
    variants = {
        "shuffled": make_rows(STEP)[::-1],
        "renamed": make_rows(STEP, "Gull"),
        "mirrored": make_rows([-score for score in STEP]),
        "shifted": [row.replace("2031-", "2041-") for row in make_rows(STEP)],
    }
    for name, rows in variants.items():
        found = judge(tmp_path, rows, "--frame", "census")
        sign = -1 if name == "mirrored" else 1
        assert found["claim"] is True, name
        assert found["p_turn"] == pytest.approx(plain["p_turn"], rel=1e-9), name
        assert found["before"] == pytest.approx(sign * plain["before"]), name


def test_machine_scores_without_a_random_draw_are_refused(tmp_path: Path) -> None:
    """Labels whose chance of being drawn is not told cannot correct a machine: said, and labels alone stand."""
    rows = [f"{row},{score}" for row, score in zip(make_rows(STEP), STEP, strict=True)]
    found = judge(tmp_path, rows, "--frame", "census", head="date,outlet,score,machine")
    assert "no known chance of having been drawn" in found["words"]
    assert found["estimates"]["The Lamp"]["corrected"] is None


def test_machine_scores_alone_claim_nothing(tmp_path: Path) -> None:
    """A machine's line may be looked at, never claimed."""
    rows = [f"{row.rsplit(',', 1)[0]},,{score}" for row, score in zip(make_rows(STEP), STEP, strict=True)]
    found = judge(tmp_path, rows, "--frame", "census", head="date,outlet,score,machine")
    assert (found["claim"], found["n"]) == (False, 0)
    assert "machine scores alone" in found["words"]


@pytest.mark.parametrize(
    "arguments",
    [["track"], ["track", "case", "--series", "CSV"], ["track", "case", "--frame", "census"],
     ["track", "--series", "CSV", "--scale", "3"], ["track", "--series", "CSV", "--scale", "3:-3"]],
)  # fmt: skip
def test_wrong_usage_is_told(tmp_path: Path, arguments: list[str]) -> None:
    """Neither or both of case and table, and a scale that is none, are wrong usage."""
    path = tmp_path / "codes.csv"
    path.write_text("date,outlet,score\n2031-01-01,Lamp,1\n")
    done = CliRunner().invoke(linewatch, [str(path) if one == "CSV" else one for one in arguments])
    assert done.exit_code == 2


ORDERED = "date,outlet,score,item,after,before"


def make_undated(after: dict[str, str], before: dict[str, str] | None = None) -> list[str]:
    """Return four harsh items, then four soft ones, two of each without a date."""
    days = ["2031-01-03", "2031-01-10", "", "", "", "", "2031-06-03", "2031-06-10"]
    scores = [-2, -2, -2, -2, 2, 2, 2, 2]
    return [
        f"{day},The Lamp,{score},i{n},{after.get(f'i{n}', '')},{(before or {}).get(f'i{n}', '')}"
        for n, (day, score) in enumerate(zip(days, scores, strict=True))
    ]


def test_order_that_is_said_counts_beyond_the_dates(tmp_path: Path) -> None:
    """Undated soft items said to have come after the undated harsh ones make a turn likelier; so does the column before."""
    free = judge(tmp_path, make_undated({}), head=ORDERED)
    bound = judge(tmp_path, make_undated({"i4": "i2; i3", "i5": "i2;i3"}), head=ORDERED)
    turned = judge(tmp_path, make_undated({}, {"i2": "i4;i5", "i3": "i4;i5"}), head=ORDERED)
    assert bound["p_turn"] > free["p_turn"]
    assert bound["p_permutation"] <= free["p_permutation"]
    assert turned["p_turn"] == pytest.approx(bound["p_turn"], abs=1e-12)


def test_order_after_a_dated_item_bounds_the_date(tmp_path: Path) -> None:
    """What came after an item of a known day came on a later one, also by way of an undated item between."""
    found = judge(tmp_path, make_undated({"i4": "i1", "i5": "i4"}), head=ORDERED)
    dates = {point["item"]: point["date"] for point in found["points"]}
    assert dates["i4"]["earliest"] == "2031-01-11"
    assert dates["i5"]["earliest"] == "2031-01-11"
    assert dates["i5"]["latest"] is None
    assert dates["i2"] is None


@pytest.mark.parametrize(
    ("after", "words"),
    [
        ({"i4": "nobody"}, "line 6: after names 'nobody', which is no item of the table"),
        ({"i4": "i4"}, "line 6: after names the item itself"),
        ({"i0": "i7"}, "i0 cannot have come after i7"),
        ({"i2": "i3", "i3": "i4", "i4": "i2"}, "cannot have come after"),
        ({"i2": "i7", "i1": "i2"}, "cannot have come after"),
    ],
)
def test_orders_that_cannot_be_are_refused(tmp_path: Path, after: dict[str, str], words: str) -> None:
    """A stranger, the item itself, a date against it and a circle are refused by name; nothing is judged."""
    path = tmp_path / "codes.csv"
    path.write_text("\n".join([ORDERED, *make_undated(after)]), encoding="utf-8")
    done = CliRunner().invoke(linewatch, ["track", "--series", str(path)])
    assert done.exit_code == 3
    assert words in done.output
