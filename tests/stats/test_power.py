"""The plan's power grows with items and shift, and its command prints it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from linewatch.cli.main import linewatch
from linewatch.errors import InputError
from linewatch.stats.power import Power, find_enough, plan_items, plan_labels


def test_power_grows() -> None:
    """More items and a larger shift are found more often, and dating closely is harder than finding."""
    two, three = plan_items(2.0, 60, runs=30), plan_items(3.0, 60, runs=30)
    assert two[0].found < two[-1].found
    assert sum(one.found for one in two) < sum(one.found for one in three)
    assert all(one.dated <= one.found for one in (*two, *three))


def test_least_number_is_the_first_that_suffices() -> None:
    """The first row with a power of .8 is the answer; none is said where none has it."""
    powers = tuple(Power(items=n, found=found, dated=0.1) for n, found in ((8, 0.2), (12, 0.8), (16, 0.9)))
    assert find_enough(powers) == 12
    assert find_enough(powers, is_dated=True) is None


def test_labels_narrow_the_interval() -> None:
    """More labels a period give a narrower interval; ten are too few to weigh the machine."""
    widths = plan_labels(runs=20)
    assert widths[0].corrected is None
    assert widths[-1].labels_only < widths[0].labels_only
    assert widths[-1].corrected is not None
    assert widths[-1].corrected < widths[-1].labels_only


def test_command_answers() -> None:
    """The command prints the curve and the answer, or both as JSON."""
    told = CliRunner().invoke(linewatch, ["plan", "--shift", "3", "--runs", "10"])
    assert "it takes" in told.output
    found = json.loads(CliRunner().invoke(linewatch, ["plan", "--runs", "10", "--json"]).output)
    assert found["items"][0]["items"] == 8


def test_power_is_what_the_confidence_sentence_says() -> None:
    """The table by which `track` tells how often a step of two points is found agrees with the plan, within its runs."""
    from linewatch.track.outlook import POWER

    told = dict(POWER)
    for power in plan_items(2.0, 60, runs=60, seed=7):
        assert abs(power.found - told[power.items]) < 4 * (0.25 / 60) ** 0.5


@pytest.mark.parametrize("form", ["svg", "png"])
def test_curves_are_drawn(tmp_path: Path, form: str) -> None:
    """The figure is written in the form asked for, its words and numbers beside it, and nothing else."""
    path = tmp_path / f"power.{form}"
    done = CliRunner().invoke(linewatch, ["plan", "--shift", "3", "--runs", "10", "--figure", str(path)])
    assert done.exit_code == 0, done.output
    assert {one.name for one in tmp_path.iterdir()} == {path.name, "power.txt", "power.csv"}
    assert (tmp_path / "power.csv").read_text().splitlines()[0] == "items,found,dated"
    assert "8 items:" in (tmp_path / "power.txt").read_text()


def test_other_forms_are_refused(tmp_path: Path) -> None:
    """A figure in a form that is not drawn is refused before anything is simulated."""
    done = CliRunner().invoke(linewatch, ["plan", "--figure", str(tmp_path / "power.gif")])
    assert done.exit_code == 2
    assert ".svg or .png" in done.output


@pytest.mark.parametrize(("shift", "within"), [(0.0, 60), (9.0, 60), (2.0, 0)])
def test_what_cannot_be_planned_is_refused(shift: float, within: int) -> None:
    """No shift, one off the scale, and no days are refused."""
    with pytest.raises(InputError, match="cannot be planned"):
        plan_items(shift, within)
