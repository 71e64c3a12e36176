"""A measure as a line through time: with its interval as a band and its target as the red thread.

One definition for the browser now, and for print later. Colours are the page's own CSS variables, which an
SVG follows by itself when the reader goes from light to dark.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from django.utils import dates, formats, timezone
from django.utils.translation import gettext as _

from samspill.measurement.measures import Figure
from samspill.strategy.measures import Measure, Unit

HEIGHT = 220
FACE = "Inter, system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', sans-serif"


def spec(figures: Sequence[Figure], target: float | None, said: str) -> dict[str, Any]:
    """The Vega-Lite specification; {} where fewer than two figures are known. `said`: what it shows."""
    known = [figure for figure in figures if figure.value is not None]
    if len(known) < 2:
        return {}
    # 55 MB and most of a second: paid by the process that draws the first chart, not by an idle one.
    alt: Any = import_module("altair")
    measure = known[0].measure
    x = alt.X(
        "at:T", axis=alt.Axis(format=_day_of_month(), tickCount=5, grid=False, labelFlush=True, title=None)
    )
    axis = _value_axis(alt, measure)
    layers = []
    if any(figure.low is not None for figure in known):
        band = alt.Chart().mark_area(color="var(--fjord-wash)", clip=True)
        layers.append(band.encode(x, alt.Y("low:Q", axis=axis), alt.Y2("high:Q")))
    line = alt.Chart().mark_line(color="var(--fjord)", strokeWidth=2.5)
    layers.append(line.encode(x, alt.Y("value:Q", axis=axis, scale=_scale(alt, known, target))))
    if target is not None:
        layers += _target(alt, measure, target, figures[0])
    layers += _now(alt, measure, known[-1])
    chart = alt.layer(*layers, data=alt.Data(values=[_point(figure) for figure in figures]))
    drawn = dressed(chart.properties(width="container", height=HEIGHT, description=said))
    return {**drawn.to_dict(), "usermeta": {"embedOptions": locale()}}


def _scale(alt: Any, known: Sequence[Figure], target: float | None) -> Any:
    """From the figures and the target: one week of few cases, with an interval sky-high, flattens nothing."""
    zero = starts_at_zero(known[0].measure)
    top = max([figure.value or 0 for figure in known] + ([] if target is None else [target]))
    if zero and max(figure.high or 0 for figure in known) > 2 * top > 0:
        return alt.Scale(zero=True, domainMax=2 * top)
    return alt.Scale(zero=zero, nice=True)


def starts_at_zero(measure: Measure) -> bool:
    """What is counted anew each period is drawn from zero; cut off, one post more would look like a leap."""
    return measure.days > 0 and measure.unit is not Unit.PERCENT


def _point(figure: Figure) -> dict[str, Any]:
    return {"at": _moment(figure), "value": figure.value, "low": figure.low, "high": figure.high}


def _moment(figure: Figure) -> str:
    """Wall time in the reader's zone; without a zone of its own, so that the axis shows it as it is."""
    return timezone.localtime(figure.end).strftime("%Y-%m-%dT%H:%M:%S")


def _value_axis(alt: Any, measure: Measure) -> Any:
    # The sign as the reader sets it: 95% in English, 95 % in Norwegian.
    unit = {Unit.PERCENT: _("%(number)s%%") % {"number": ""}, Unit.HOURS: f" {_('h')}"}.get(measure.unit)
    words = {"labelExpr": f"datum.label + '{unit}'"} if unit else {}
    return alt.Axis(tickCount=4, title=None, **words)


def _target(alt: Any, measure: Measure, target: float, first: Figure) -> list[Any]:
    words = _("target %(value)s") % {"value": measure.show(target)}
    row = alt.Data(values=[{"target": target, "at": _moment(first), "words": words}])
    rule = (
        alt.Chart(row)
        .mark_rule(color="var(--thread)", strokeDash=[5, 4], strokeWidth=1.5)
        .encode(y="target:Q")
    )
    text = {"align": "left", "dx": 2, "dy": -8}
    return [
        rule,
        *(each.encode(x="at:T", y="target:Q", text="words:N") for each in _words(alt, row, "thread", text)),
    ]


def _words(alt: Any, row: Any, colour: str, text: dict[str, Any]) -> list[Any]:
    """With a rim of paper, so that they stay readable where the line runs behind them."""
    rim = alt.Chart(row).mark_text(color="var(--paper)", stroke="var(--paper)", strokeWidth=5, **text)
    return [rim, alt.Chart(row).mark_text(color=f"var(--{colour})", **text)]


def _now(alt: Any, measure: Measure, last: Figure) -> list[Any]:
    row = alt.Data(values=[_point(last) | {"words": measure.show(last.value)}])
    dot = alt.Chart(row).mark_circle(color="var(--fjord)", size=70, opacity=1).encode(x="at:T", y="value:Q")
    text = {"align": "right", "dx": -2, "dy": -14, "fontWeight": 600}
    return [
        dot,
        *(each.encode(x="at:T", y="value:Q", text="words:N") for each in _words(alt, row, "fjord", text)),
    ]


def dressed(chart: Any) -> Any:
    """Ink on paper: hairlines, no frame, the page's own face."""
    return (
        chart.configure(
            background="transparent", font=FACE, padding={"left": 0, "right": 6, "top": 8, "bottom": 5}
        )
        .configure_view(stroke=None)
        .configure_text(fontSize=12)
        .configure_axis(
            domain=False,
            ticks=False,
            gridColor="var(--line)",
            labelColor="var(--ink-3)",
            labelFontSize=12,
            labelPadding=8,
        )
    )


def _day_of_month() -> str:
    """1. jul in Bokmål, 1 Jul in English."""
    return str(formats.get_format("MONTH_DAY_FORMAT")).replace("j", "%-d").replace("F", "%b")


def locale() -> dict[str, Any]:
    """The reader's own way with numbers and months, for d3's formatters."""
    months = [str(dates.MONTHS[n]) for n in range(1, 13)]
    short = [str(dates.MONTHS_3[n]) for n in range(1, 13)]
    if months[0].istitle():
        short = [month.title() for month in short]
    days = [str(dates.WEEKDAYS[n % 7]) for n in range(-1, 6)]
    return {
        "formatLocale": {
            "decimal": formats.get_format("DECIMAL_SEPARATOR"),
            "thousands": formats.get_format("THOUSAND_SEPARATOR"),
            "grouping": [3],
            "currency": ["", ""],
        },
        "timeFormatLocale": {
            "dateTime": "%x %X",
            "date": "%d.%m.%Y",
            "time": "%H:%M",
            "periods": ["", ""],
            "days": days,
            "shortDays": [str(dates.WEEKDAYS_ABBR[n % 7]) for n in range(-1, 6)],
            "months": months,
            "shortMonths": short,
        },
    }
