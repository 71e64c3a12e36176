import pytest

from samspill.measurement.variation import natural_limits, slope


def test_the_limits_are_mean_and_moving_range():
    """Wheeler, Understanding Variation (1993), appendix: mean ± 2.66 times the mean moving range."""
    values = [10, 12, 10, 12, 10, 12, 10, 12]  # mean 11, every moving range 2
    assert natural_limits(values) == pytest.approx((11 - 5.32, 11 + 5.32))


def test_seven_values_are_too_few_and_eight_enough():
    assert natural_limits([1.0] * 7) is None
    assert natural_limits([1.0] * 8) == (1, 1)


def test_the_slope_is_that_of_sens_example():
    """A straight line keeps its slope when one point in eight is wild (Sen 1968: breakdown at 29 %)."""
    line = [(x, 3 + 2 * x) for x in range(8)]
    assert slope(line) == 2
    line[5] = (5, 900)
    assert slope(line) == pytest.approx(2)


def test_three_points_are_too_few_for_a_slope_and_four_enough():
    assert slope([(0, 0), (1, 1), (2, 2)]) is None
    assert slope([(0, 0), (1, 1), (2, 2), (3, 3)]) == 1
    assert slope([(1, 0), (1, 1), (1, 2), (1, 3)]) is None
