import json
from dataclasses import replace
from datetime import UTC, timedelta

from django.utils import translation

from samspill.measurement import words
from samspill.measurement.chart import spec
from samspill.measurement.measures import Figure, series
from samspill.measurement.templatetags.figures import spark
from samspill.measurement.tests.test_measures import DAY, HOUR, NOW, asked, in_order, record
from samspill.strategy.measures import MEASURES


def answered() -> list[Figure]:
    said = in_order(*(asked(timedelta(days=n), HOUR if n % 7 else None) for n in range(2, 200)))
    return series(record(said=said), "answered_in_time", NOW)


def bare(value: float | None) -> Figure:
    return Figure(MEASURES["followers"], value, NOW, NOW)


def test_the_line_has_its_interval_its_target_and_words_of_its_own():
    text = json.dumps(spec(answered(), 95, "said"))
    for drawn in (
        '"low"',
        '"high"',
        "var(--thread)",
        '"strokeDash": [5, 4]',
        "target 95%",
        '"description": "said"',
    ):
        assert drawn in text


def test_one_known_figure_is_not_a_line():
    assert spec([bare(None), bare(4)], None, "") == {}
    assert spec([bare(3), bare(4)], None, "") != {}
    assert spark([bare(None), bare(4)]) == {}


def test_a_week_without_figures_is_a_gap_not_a_zero():
    line = answered()
    line[3] = replace(line[3], value=None, low=None, high=None)
    points = spec(line, None, "")["data"]["values"]
    assert points[3]["value"] is None
    assert points[2]["value"] == line[2].value


def test_the_axis_speaks_the_readers_language():
    with translation.override("nb"):
        options = spec(answered(), 95, "")["usermeta"]["embedOptions"]
    assert options["formatLocale"]["decimal"] == ","
    assert options["timeFormatLocale"]["months"][4] == "mai"
    assert options["timeFormatLocale"]["days"][0] == "søndag"


def test_the_days_below_are_written_as_the_language_writes_them():
    for language, day, month in (("nb", "%-d. %b", "mai"), ("en", "%-d %b", "May")):
        with translation.override(language):
            drawn = spec(answered(), 95, "")
        assert f'"format": "{day}"' in json.dumps(drawn)
        assert drawn["usermeta"]["embedOptions"]["timeFormatLocale"]["shortMonths"][4] == month


def test_the_sentence_says_from_where_to_where():
    line = answered()
    assert words.shown(line).startswith(f"Answered in time: from {line[0].measure.show(line[0].value)} on ")
    assert "95% interval" in words.shown(line)
    assert words.shown([bare(2)]) == "There are too few figures yet to draw a line."


def test_a_small_line_stays_within_its_frame_and_shows_the_target():
    drawn = spark([bare(n) for n in (5, 9, 7)], 20)
    heights = [float(point.split(",")[1]) for point in drawn["points"].split()]
    assert all(5 <= height <= 51 for height in heights)
    assert drawn["target"] == "5.0"
    assert min(heights) > 5
    level = spark([bare(4), bare(4)])
    assert level["points"] == "0.0,28.0 127.0,28.0"


def test_what_is_counted_anew_is_drawn_from_zero():
    counted = series(record(posts=()), "posts", NOW.astimezone(UTC) - DAY)
    assert '"zero": true' in json.dumps(spec(counted, None, ""))
    assert '"zero": false' in json.dumps(spec(answered(), None, ""))


def test_an_interval_sky_high_does_not_flatten_the_line():
    times = [Figure(MEASURES["response_time"], 2, NOW, NOW + n * DAY, low=1, high=4) for n in range(3)]
    assert "domainMax" not in json.dumps(spec(times, 3, ""))
    times[1] = replace(times[1], high=50)
    assert '"domainMax": 6' in json.dumps(spec(times, 3, ""))
