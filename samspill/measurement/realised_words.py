"""What the report of planned and realised says, in sentences."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.measurement.realised import FEWEST, Realised, Share, Way


def name(way: Way) -> str:
    return {
        Way.PLANNED: _("serves a goal that was planned"),
        Way.GROWN: _("serves a goal that grew by itself"),
        Way.UNLINKED: _("serves no goal"),
    }[way]


def percent(value: float | None) -> str:
    if value is None:
        return _("no figures")
    return _("%(number)s%%") % {"number": number_format(round(100 * value))}


def interval(share: Share) -> str:
    """16% to 20%; nothing where there are no posts."""
    found = share.interval
    if found is None:
        return ""
    return _("%(low)s to %(high)s") % {"low": percent(found[0]), "high": percent(found[1])}


def lead(found: Realised) -> str:
    """The answer in one sentence."""
    of = len(found.posts)
    if not of:
        return _("Nothing was published in this time, so there is no share to give.")
    planned, grown, unlinked = (share.n for share in found.shares)
    words = ngettext(
        "Of %(of)d post, %(planned)d serves a goal that was planned, %(grown)d a goal that grew by itself,"
        " and %(unlinked)d no goal.",
        "Of %(of)d posts, %(planned)d serve a goal that was planned, %(grown)d a goal that grew by itself,"
        " and %(unlinked)d no goal.",
        of,
    )
    return words % {"of": of, "planned": planned, "grown": grown, "unlinked": unlinked}


def findings(found: Realised) -> list[str]:
    """What deserves a thought, if anything."""
    n = len(found.posts)
    if n and n < FEWEST:
        words = ngettext(
            "Only %(n)d post: too few to conclude from.", "Only %(n)d posts: too few to conclude from.", n
        )
        return [words % {"n": n}]
    if found.all_planned:
        return [
            _(
                "Everything that was published served a goal that was planned. Either nothing grew by"
                " itself, or nobody writes down what does."
            )
        ]
    if found.all_unlinked:
        return [
            _(
                "Nothing that was published serves a goal. Either the strategy is not used, or the drafts"
                " do not say what they are for."
            )
        ]
    return []


def sensitivity(found: Realised) -> str:
    """How many signs led to a decision, and how long it took."""
    taken = found.days
    if not taken:
        return _(
            "No sign from outside led to a decision in this time, so there is no figure for how long it"
            " takes."
        )
    n = len(taken)
    words = ngettext(
        "%(n)d sign from outside led to a decision; it took %(days)s.",
        "%(n)d signs from outside led to a decision; half of them within %(days)s.",
        n,
    )
    return words % {"n": n, "days": days(found.median_days or 0)}


def days(value: float) -> str:
    """2 days; 2.5 days where it lies between two of them."""
    whole = int(value) if value == int(value) else None
    if whole is not None:
        return ngettext("%(n)s day", "%(n)s days", whole) % {"n": whole}
    return _("%(n)s days") % {"n": number_format(value, decimal_pos=1)}


def stretch(unit: str) -> str:
    """What a row of the table stands for."""
    return {"week": _("Week from"), "month": _("Month"), "year": _("Year")}[unit]


def first_day(start: date, unit: str) -> str:
    """How a stretch is called in the table."""
    formats = {"week": "DATE_FORMAT", "month": "YEAR_MONTH_FORMAT", "year": "Y"}
    return date_format(start, formats[unit])
