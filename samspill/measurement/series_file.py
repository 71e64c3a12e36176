"""The figures behind a chart as a file that a spreadsheet opens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from samspill.lib.spreadsheet import csv_lines
from samspill.measurement.measures import Figure


def series_file(line: Sequence[Figure], channel: str) -> Iterator[str]:
    """Oldest first; moments as ISO 8601, so that every program reads them."""
    head = [_("measure"), _("channel"), _("from"), _("until"), _("value"), _("low"), _("high")]
    return csv_lines([*head, _("cases"), _("missing"), _("as of")], (_row(one, channel) for one in line))


def _row(one: Figure, channel: str) -> list[object]:
    stretch = [one.start.isoformat(), one.end.isoformat()]
    as_of = one.as_of.isoformat() if one.as_of else None
    return [one.measure.key, channel, *stretch, one.value, one.low, one.high, one.n, one.missing, as_of]
