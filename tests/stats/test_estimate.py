"""The estimators against closed forms, oracles committed as numbers, and planted truths (C7, C8)."""

from __future__ import annotations

import functools

import numpy as np
import pytest
from scipy import stats

from linewatch.errors import InputError
from linewatch.stats.compare import compare_ordinal, resample_items, share_of
from linewatch.stats.estimate import (
    TOO_FEW,
    UNKNOWN_DESIGN,
    Cell,
    average_within,
    estimate_change,
    estimate_mean,
    find_refusal,
)
from linewatch.stats.simulate_coding import Faults, measure_hits, simulate_coding

HUMAN = (-2.0, -1.0, -2.0, 0.0, -1.0, 1.0, -2.0, -1.0)
MACHINE = (*(-1.0, -1.0, -2.0, 0.0, 0.0, 1.0, -1.0, -1.0), *(0.0, -1.0, 1.0, -2.0, -1.0, 0.0, 0.0, -1.0))


def make_cell(chance: float | None = 0.5) -> Cell:
    """Return a cell of sixteen items, eight of them coded by people."""
    human = (*HUMAN, *(None,) * 8)
    return Cell(machine=MACHINE, human=human, chances=(chance,) * 16)


def test_corrected_mean_is_the_closed_form() -> None:
    """E2 at weight one: the machine's mean plus the mean error, and the variance of the two parts with their covariance."""
    y, z = np.array(HUMAN), np.array(MACHINE)
    found = estimate_mean(make_cell(), weight=1.0).corrected
    assert found is not None
    assert found.value == pytest.approx(z.mean() + (y - z[:8]).mean())
    rest = y - z[:8]
    variance = rest.var(ddof=1) / 8 + z.var(ddof=1) / 16 + 2 * np.cov(rest, z[:8])[0, 1] / 16
    assert found.error == pytest.approx(np.sqrt(variance))
    assert found.high - found.value == pytest.approx(stats.t.ppf(0.975, 7) * found.error)


def test_labels_only_is_students_interval() -> None:
    """The estimate that always stands beside is the plain t interval of the labels."""
    found = estimate_mean(make_cell(), weight=1.0).labels_only
    low, high = stats.t.interval(0.95, 7, np.mean(HUMAN), stats.sem(HUMAN))
    assert found is not None
    assert (found.low, found.high) == pytest.approx((low, high))


def test_all_labelled_leaves_nothing_to_correct() -> None:
    """With every item coded by people, the finite population is known: no width is left, and the machine plays no part."""
    cell = Cell(machine=MACHINE[:8], human=HUMAN, chances=(1.0,) * 8)
    found = estimate_mean(cell, weight=1.0, is_whole=True).corrected
    assert found is not None
    assert (found.value, found.width) == (pytest.approx(np.mean(HUMAN)), 0.0)


def test_uneven_chances_weigh_the_labels() -> None:
    """An item drawn with half the chance of the others counts twice (Hajek)."""
    chances = (0.25, *(0.5,) * 15)
    found = estimate_mean(
        Cell(machine=(0.0,) * 16, human=(*HUMAN, *(None,) * 8), chances=chances), weight=1.0
    )
    assert found.corrected is not None
    assert found.corrected.value == pytest.approx((2 * HUMAN[0] + sum(HUMAN[1:])) / 9)


@pytest.mark.parametrize("chances", [None, (None,) * 16, (0.0,) * 16, (1.5,) * 16, (0.5,) * 3])
def test_labels_without_a_known_draw_are_refused(chances: tuple[float | None, ...] | None) -> None:
    """C8: what was not drawn at random with known chances corrects nothing, and the reason is told."""
    cell = Cell(machine=MACHINE, human=(*HUMAN, *(None,) * 8), chances=chances)
    assert find_refusal(cell) == UNKNOWN_DESIGN
    found = estimate_mean(cell, weight=1.0)
    assert (found.corrected, found.refused) == (None, UNKNOWN_DESIGN)
    assert found.labels_only is not None


def test_picked_labels_are_refused_in_a_change() -> None:
    """C8: the softest items by the machine, coded because they were soft, correct nothing."""
    truth = simulate_coding(np.random.default_rng(1), 40, 20, is_picked=True)
    assert estimate_change(truth.before, truth.after, weight=1.0).refused == UNKNOWN_DESIGN


def test_five_labels_are_too_few() -> None:
    """Below six labels there is neither a corrected mean nor a labels-only one."""
    cell = Cell(machine=MACHINE, human=(*HUMAN[:5], *(None,) * 11), chances=(0.5,) * 16)
    found = estimate_mean(cell)
    assert (found.labels_only, found.corrected, found.refused) == (None, None, TOO_FEW)


def test_under_twenty_labels_the_machine_is_not_weighed() -> None:
    """With 6-19 labels and no weight set beforehand, labels count alone."""
    found = estimate_mean(make_cell())
    assert found.corrected is None
    assert "labels count alone" in (found.refused or "")


def test_a_machine_that_knows_nothing_gets_no_weight() -> None:
    """Scores unrelated to people's are weighed near nothing, and the interval is hardly wider than labels only."""
    rng = np.random.default_rng(4)
    human = tuple(float(y) for y in rng.integers(-3, 4, 60)) + (None,) * 240
    cell = Cell(machine=tuple(float(z) for z in rng.integers(-3, 4, 300)), human=human, chances=(0.2,) * 300)
    found = estimate_mean(cell)
    assert found.weight is not None
    assert found.corrected is not None
    assert found.labels_only is not None
    assert abs(found.weight) < 0.4
    assert found.corrected.width < 1.1 * found.labels_only.width


COVERED = [
    (items, labelled, weight) for items, labelled in ((20, 6), (40, 10), (40, 20)) for weight in (1.0, None)
]


@pytest.mark.parametrize(("items", "labelled", "weight"), [one for one in COVERED if one[1] >= 20 or one[2]])
def test_corrected_change_covers_the_planted_truth(items: int, labelled: int, weight: float | None) -> None:
    """C7: the interval holds the true change near 95 in 100 times and is narrower than labels only."""
    hits = measure_hits(items, labelled, 300, items, weight=weight)
    assert 0.915 <= hits["corrected"].rate <= 0.985
    assert hits["corrected"].width < hits["labels only"].width


@pytest.mark.parametrize("alike", [0.0, 0.3, 0.6])
@pytest.mark.parametrize("errors", [(0.3, 0.3), (0.5, 0.2), (0.5, -0.5)])
def test_errors_of_every_kind_are_covered(alike: float, errors: tuple[float, float]) -> None:
    """C7: errors equal, different and of opposite sign by period, passages alike or not."""
    hits = measure_hits(80, 24, 200, 7, weight=None, faults=Faults(*errors, alike))
    assert 0.90 <= hits["corrected"].rate <= 0.99


def test_trusting_the_machine_fails() -> None:
    """C7, guards the simulator: where the machine errs differently by period, its own interval misses."""
    assert measure_hits(120, 30, 200, 1)["naive"].rate < 0.6
    assert measure_hits(80, 24, 100, 1, faults=Faults(0.5, -0.5))["naive"].rate < 0.05


def test_item_is_the_unit() -> None:
    """Passages are averaged within their item, whatever their number."""
    assert average_within([1.0, 3.0, -1.0], ["a", "a", "b"]) == {"a": 2.0, "b": -1.0}


def test_ordinal_companion_counts_pairs() -> None:
    """P(after > before) + P(tie) / 2 is the share of pairs, and mirrors with the periods."""
    before, after = [-2, -2, -1, -1, 0, -2], [-1, 0, 1, -2, 2, 1]
    pairs = [(a > b) + 0.5 * (a == b) for a in after for b in before]
    one, other = compare_ordinal(before, after), compare_ordinal(after, before)
    assert one.value == pytest.approx(np.mean(pairs))
    assert other.value == pytest.approx(1 - one.value)
    assert one.low <= one.value <= one.high


def test_ordinal_companion_agrees_with_scipy() -> None:
    """The studentised statistic is that of scipy's Brunner-Munzel test."""
    before, after = [1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 1, 1], [3, 3, 4, 3, 1, 2, 3, 1, 1, 5, 4]
    found = compare_ordinal(before, after)
    assert found.p_value == pytest.approx(stats.brunnermunzel(before, after).pvalue, abs=0.006)


def test_equal_periods_have_p_one() -> None:
    """Two equal periods show nothing."""
    found = compare_ordinal([-1] * 8, [-1] * 8)
    assert (found.value, found.p_value) == (0.5, 1.0)


def test_few_items_are_refused() -> None:
    """Under six items a side, and under twenty a bootstrapped cell, there is no interval."""
    with pytest.raises(InputError, match="fewer than 6"):
        compare_ordinal([1] * 5, [2] * 9)
    with pytest.raises(InputError, match="fewer than 20"):
        resample_items([[1.0] * 19], lambda cells: float(cells[0].mean()))


def test_bootstrap_agrees_with_the_t_interval() -> None:
    """With a hundred items the bootstrap over items is near Student's interval."""
    values = np.random.default_rng(2).normal(size=100)
    low, high = resample_items([values], lambda cells: float(cells[0].mean()))
    assert (low, high) == pytest.approx(
        stats.t.interval(0.95, 99, values.mean(), stats.sem(values)), abs=0.03
    )


def test_shares_are_of_whole_items() -> None:
    """Shares count items at the point too."""
    share = functools.partial(share_of, [-3, -2, 0, 1, 2])
    assert (share(at_most=-2), share(at_least=1)) == (0.4, 0.4)
