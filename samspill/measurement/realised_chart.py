"""Posts stacked by what they serve, a bar for each week, month or year."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from samspill.measurement.chart import HEIGHT, dressed, locale
from samspill.measurement.realised import Stretch, Way
from samspill.measurement.realised_words import first_day, name

COLOURS = {Way.PLANNED: "var(--fjord)", Way.GROWN: "var(--good)", Way.UNLINKED: "var(--edge)"}


def spec(unit: str, stretches: Sequence[Stretch], said: str) -> dict[str, Any]:
    """The Vega-Lite specification; {} where nothing was published. `said`: what it shows."""
    if not any(stretch.total for stretch in stretches):
        return {}
    alt: Any = import_module("altair")
    order = {way: at for at, way in enumerate(Way)}
    rows = [
        {"when": first_day(stretch.start, unit), "way": name(way), "n": n, "order": order[way]}
        for stretch in stretches
        for way, n in stretch.counts.items()
    ]
    ways = [name(way) for way in Way]
    colours = alt.Scale(domain=ways, range=[COLOURS[way] for way in Way])
    legend = alt.Legend(orient="top", title=None, symbolType="square", labelLimit=400, columns=1)
    axis = alt.Axis(title=None, grid=False, labelAngle=0, labelOverlap=True)
    bars = (
        alt.Chart(alt.Data(values=rows))
        .mark_bar()
        .encode(
            alt.X("when:O", sort=None, axis=axis, scale=alt.Scale(paddingInner=0.25)),
            alt.Y("n:Q", axis=alt.Axis(title=None, tickMinStep=1, tickCount=4)),
            alt.Color("way:N", scale=colours, legend=legend),
            alt.Order("order:Q"),
        )
    )
    drawn = dressed(bars.properties(width="container", height=HEIGHT, description=said))
    drawn = drawn.configure_legend(labelColor="var(--ink-2)", labelFontSize=12, padding=0)
    return {**drawn.to_dict(), "usermeta": {"embedOptions": locale()}}
