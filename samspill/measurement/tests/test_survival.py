import pytest

from samspill.measurement.survival import kaplan_meier, median_interval, within

# Weeks in remission; False: still in remission when last seen. Freireich et al. 1963, Blood 21:699-716.
MERCAPTOPURINE = [(6, True)] * 3 + [(7, True), (10, True), (13, True), (16, True), (22, True), (23, True)]
MERCAPTOPURINE += [(weeks, False) for weeks in (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)]
PLACEBO = [(w, True) for w in (1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)]


def test_the_curve_is_the_one_in_the_textbooks():
    """Cox & Oakes, Analysis of Survival Data, 1984, 4.2; Kleinbaum & Klein, Survival Analysis, chapter 2."""
    curve = {step.time: round(step.waiting, 4) for step in kaplan_meier(MERCAPTOPURINE)}
    assert curve == {6: 0.8571, 7: 0.8067, 10: 0.7529, 13: 0.6902, 16: 0.6275, 22: 0.5378, 23: 0.4482}


def test_the_medians_are_those_in_the_textbooks():
    """Kleinbaum & Klein, Survival Analysis, chapter 2: 23 weeks with the drug, 8 without."""
    assert within(kaplan_meier(MERCAPTOPURINE), 0.5) == 23
    assert within(kaplan_meier(PLACEBO), 0.5) == 8


@pytest.mark.parametrize(
    ("time", "waiting", "low", "high"), [(1, 0.9583, 0.8435, 0.9894), (5, 0.8333, 0.6943, 0.9129)]
)
def test_the_interval_is_the_one_stata_prints(time, waiting, low, high):
    """`sts list` on Stata's cancer data, 48 patients: 2 gone at time 1, 6 more by 5, none censored.

    https://www.stata.com/statalist/archive/2007-11/msg00486.html
    """
    patients = [(1, True)] * 2 + [(5, True)] * 6 + [(40, False)] * 40
    step = next(step for step in kaplan_meier(patients) if step.time == time)
    assert (step.waiting, step.low, step.high) == pytest.approx((waiting, low, high), abs=6e-5)


def test_ignoring_the_hard_ones_does_not_look_fast():
    answered = [(1.0, True)] * 10
    ignored = [(500.0, False)] * 15
    assert within(kaplan_meier(answered), 0.5) == 1
    assert within(kaplan_meier(answered + ignored), 0.5) is None


def test_the_median_lies_within_its_interval():
    """Brookmeyer & Crowley 1982; no upper end while the upper bound has not come down to one half."""
    low, high = median_interval(kaplan_meier(MERCAPTOPURINE))
    assert (low, high) == (13, None)
    low, high = median_interval(kaplan_meier(PLACEBO))
    assert low is not None
    assert high is not None
    assert low < 8 < high


def test_nobody_asked_gives_no_curve():
    assert kaplan_meier([]) == []
    assert within([], 0.5) is None
    assert median_interval([]) == (None, None)
