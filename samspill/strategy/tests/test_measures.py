"""A figure is written as the reader writes it, with its unit."""

from __future__ import annotations

import pytest

from samspill.strategy.measures import MEASURES


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (None, "no figures"),
        (0, "0 hours"),
        (0.001, "1 minute"),
        (0.2, "12 minutes"),
        (0.99, "59 minutes"),
        (1, "1 hour"),
        (1.04, "1 hour"),
        (4.5, "4.5 hours"),
    ],
)
def test_a_time_below_an_hour_is_said_in_minutes(hours, words):
    assert MEASURES["response_time"].show(hours) == words
