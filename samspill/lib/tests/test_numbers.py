"""A row's number from an address: a number that a row can have, or nothing."""

import pytest

from samspill.lib.numbers import row_number


@pytest.mark.parametrize(
    ("text", "number"), [("0", 0), ("7", 7), ("007", 7), ("9223372036854775807", 2**63 - 1)]
)
def test_a_number(text, number):
    assert row_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "-1", "+1", "1.0", " 1", "٣", "²", "9223372036854775808", "9" * 5000, "x"]
)
def test_no_number(text):
    assert row_number(text) is None
