"""What a server said, read without trusting its shape."""

from datetime import UTC, datetime, timedelta

import pytest

from samspill.networks import said

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize("odd", [None, 1, "x", [], {"a": None}, {"a": [1]}, {"a": {"b": {}}}])
def test_odd_shapes_are_empty(odd):
    assert said.words(odd, "a", "b") == ""
    assert said.whole(odd, "a", "b") is None
    assert said.things(odd, "a", "b") == []
    assert said.moment(odd, "a", "b") is None


@pytest.mark.parametrize(
    ("value", "count"),
    [(3, 3), ("3", 3), (0, 0), (True, None), (-1, None), (2**60, None), ("٣", None), (1.5, None)],
)
def test_count_is_a_count(value, count):
    assert said.whole({"n": value}, "n") == count


@pytest.mark.parametrize("text", ["", "soon", "9999999", "2026-99-01T00:00:00Z", "0000-01-01"])
def test_moment_that_cannot_be_is_none(text):
    assert said.moment({"at": text}, "at") is None


def test_moment_is_in_utc():
    assert said.moment({"at": "2026-03-02T09:00:00+01:00"}, "at") == NOW
    assert said.moment({"at": "2026-03-02T08:00:00"}, "at") == NOW


@pytest.mark.parametrize(
    ("headers", "when"),
    [
        ({"retry-after": "120"}, NOW + timedelta(minutes=2)),
        ({"retry-after": "Mon, 02 Mar 2026 08:05:00 GMT"}, NOW + timedelta(minutes=5)),
        (
            {"x-ratelimit-reset": "2026-03-02T08:05:00.123456Z"},
            NOW + timedelta(minutes=5, microseconds=123456),
        ),
        ({"ratelimit-reset": str(int(NOW.timestamp()) + 300)}, NOW + timedelta(minutes=5)),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "9" * 30}, NOW + timedelta(hours=24)),
        ({"ratelimit-reset": "1000000001"}, NOW),
        ({"retry-after": "nonsense"}, None),
        ({}, None),
    ],
)
def test_server_says_when_to_ask_again(headers, when):
    assert said.retry_at(headers, NOW) == when
