import math

import pytest

from samspill.measurement.intervals import mean_of_counts, t95, wilson


def known(interval: tuple[float, float] | None) -> tuple[float, float]:
    assert interval is not None
    return interval


@pytest.mark.parametrize(
    ("hits", "cases", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_published_intervals(hits, cases, low, high):
    """Newcombe 1998, Statistics in Medicine 17:857-872, Table I, method 3."""
    assert known(wilson(hits, cases)) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize("cases", [1, 7, 29, 1000])
def test_wilson_never_leaves_nought_to_one(cases):
    for hits in (0, cases):
        low, high = known(wilson(hits, cases))
        assert 0 <= low < high <= 1
    assert known(wilson(0, cases))[0] == 0
    assert known(wilson(cases, cases))[1] == 1


def test_no_cases_have_no_interval():
    assert wilson(0, 0) is None


@pytest.mark.parametrize(
    ("freedom", "t"),
    [(1, 12.706), (2, 4.303), (3, 3.182), (5, 2.571), (10, 2.228), (29, 2.045), (120, 1.980)],
)
def test_t_agrees_with_the_printed_table(freedom, t):
    """The two-sided 5 % column of any table of Student's t, such as Fisher & Yates, Table III."""
    assert t95(freedom) == pytest.approx(t, abs=0.011 if freedom == 3 else 0.0016)


def test_the_interval_of_a_mean_holds_the_mean_and_stays_above_zero():
    low, high = known(mean_of_counts([0, 0, 1, 0, 40]))
    assert 0 < low < 8.2 < high
    assert math.isclose(low * high, 8.2**2)  # the same distance both ways, on the logarithm


def test_a_mean_of_one_value_or_of_zeros_has_no_interval():
    assert mean_of_counts([4]) is None
    assert mean_of_counts([0, 0, 0]) is None
