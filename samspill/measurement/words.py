"""Say in plain words what a figure rests on and what a goal's figures show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.measurement.measures import Figure
from samspill.measurement.status import Standing, Status
from samspill.strategy.measures import Measure, Unit


def day(moment: date | datetime) -> str:
    """18 November, with the year when it is not this one; in the reader's zone."""
    if isinstance(moment, datetime):
        moment = timezone.localtime(moment).date()
    near = moment.year == timezone.localdate().year
    return date_format(moment, "MONTH_DAY_FORMAT" if near else "DATE_FORMAT")


def amount(measure: Measure, change: float) -> str:
    """A difference without its sign: 12, 0.8 percentage points, 1.5 hours."""
    if measure.unit is Unit.PERCENT:
        size = round(abs(change), 1)
        points = number_format(size, decimal_pos=None if size % 1 else 0)
        return ngettext(
            "%(points)s percentage point", "%(points)s percentage points", 1 if size == 1 else 2
        ) % {"points": points}
    return measure.show(abs(change))


def interval(figure: Figure) -> str:
    """92 % to 98 %; nothing for a figure that is counted in full."""
    if figure.low is None:
        return ""
    show = figure.measure.show
    if figure.high is None:
        return _("%(low)s or more") % {"low": show(figure.low)}
    return _("%(low)s to %(high)s") % {"low": show(figure.low), "high": show(figure.high)}


def period(figure: Figure) -> str:
    """The stretch of time it looks back on."""
    days = (figure.end - figure.start).days
    if not days:
        return _("now")
    return ngettext("last %(days)s day", "last %(days)s days", days) % {"days": days}


def basis(figure: Figure) -> str:
    """What the figure rests on: 148 of 154 messages."""
    key, n = figure.measure.key, figure.n
    if figure.value is None and not n:
        return ""
    if key == "followers":
        return ngettext("on %(n)s channel", "on %(n)s channels", n) % {"n": n}
    if key in {"reactions", "reactions_per_post"}:
        return ngettext("from %(n)s post", "from %(n)s posts", n) % {"n": n}
    if key == "voices_returning":
        words = ngettext("%(hits)s of %(n)s person", "%(hits)s of %(n)s people", n)
    elif figure.hits is not None:
        words = ngettext("%(hits)s of %(n)s message", "%(hits)s of %(n)s messages", n)
    else:
        return period(figure)
    return words % {"hits": _whole(figure.hits), "n": _whole(n)}


def _whole(number: int | None) -> str:
    return number_format(number or 0, force_grouping=True)


def reservations(figure: Figure) -> list[str]:
    """What a reader must know before leaning on the figure."""
    said = []
    if figure.value is None:
        said.append(_("There are no figures for this yet."))
    elif figure.too_few:
        said.append(
            ngettext(
                "Only %(n)s case: too few to lean on.", "Only %(n)s cases: too few to lean on.", figure.n
            )
            % {"n": figure.n}
        )
    if figure.since:
        said.append(
            _("Counted since %(day)s, when the first channel was connected.") % {"day": day(figure.since)}
        )
    if figure.late and figure.as_of:
        said.append(
            _("As of %(day)s: the channels have reported nothing newer.") % {"day": weekday(figure.as_of)}
        )
    return said


def left_out(figure: Figure) -> str:
    """What is not in the figure yet, or never told."""
    return _missing(figure) if figure.missing else ""


def weekday(moment: datetime) -> str:
    """Tuesday within the last week, else the date."""
    local = timezone.localtime(moment)
    return date_format(local, "l") if (timezone.now() - moment).days < 7 else day(moment)


def _missing(figure: Figure) -> str:
    n = figure.missing
    if figure.measure.key == "followers":
        words = ngettext("%(n)s channel has no figures.", "%(n)s channels have no figures.", n)
    elif figure.measure.unit is Unit.PERCENT:
        words = ngettext(
            "%(n)s message is so new that the promise has not run out; it is not counted yet.",
            "%(n)s messages are so new that the promise has not run out; they are not counted yet.",
            n,
        )
    else:
        words = ngettext("%(n)s post has no figures.", "%(n)s posts have no figures.", n)
    return words % {"n": n}


def standing(status: Status) -> str:
    """Where the goal stands against its target and deadline."""
    goal, show = status.goal, status.measure.show
    match status.standing:
        case Standing.NO_FIGURES:
            return _("There are no figures for this yet.")
        case Standing.REACHED:
            return _("The target of %(target)s is reached.") % {"target": show(goal.target)}
        case Standing.OPEN if goal.target is None:
            return _("The goal has no target yet, so there is nothing to hold the figure against.")
        case Standing.OPEN if status.pace is None:
            return _("There are too few weeks behind the figure to see where it is heading.")
        case Standing.OPEN:
            return _("The goal has no deadline yet.") + " " + _expected(status)
    if goal.deadline and goal.deadline < status.now.date():
        return _("The deadline was %(deadline)s, and the target of %(target)s was not reached.") % {
            "deadline": day(goal.deadline),
            "target": show(goal.target),
        }
    return _expected(status)


def _expected(status: Status) -> str:
    target = status.measure.show(status.goal.target)
    if status.expected is None:
        if status.standing is Standing.ON_TIME:
            return _("It has come at least as far towards %(target)s as the calendar.") % {"target": target}
        return _("At the pace of the last eight weeks the target of %(target)s is not reached.") % {
            "target": target
        }
    said = {"target": target, "day": day(status.expected)}
    deadline = status.goal.deadline
    if deadline is None:
        return (
            _("At the pace of the last eight weeks the target of %(target)s is reached about %(day)s.") % said
        )
    said["deadline"] = day(deadline)
    if status.expected <= deadline:
        return (
            _(
                "At the pace of the last eight weeks the target of %(target)s is reached about %(day)s, "
                "before the deadline %(deadline)s."
            )
            % said
        )
    return (
        _(
            "At the pace of the last eight weeks the target of %(target)s is not reached until about "
            "%(day)s, after the deadline %(deadline)s."
        )
        % said
    )


def trend(status: Status) -> str:
    """How fast it goes, and which way."""
    if status.pace is None:
        return ""
    said = {"change": amount(status.measure, status.pace)}
    if said["change"] == amount(status.measure, 0):
        return _("It has stood still over the last eight weeks.")
    if status.pace > 0:
        return _("It has risen by about %(change)s a week over the last eight weeks.") % said
    return _("It has fallen by about %(change)s a week over the last eight weeks.") % said


def moved(status: Status) -> str:
    """What the newest week says."""
    move = status.moved
    if move is None:
        return _("The last week lies within what the figure varies by itself.") if status.week_limits else ""
    said = {"change": amount(status.measure, move.change)}
    if move.sure:
        if move.change > 0:
            return (
                _("The last week lies %(change)s above the usual, more than the figure varies by itself.")
                % said
            )
        return (
            _("The last week lies %(change)s below the usual, more than the figure varies by itself.") % said
        )
    if move.change > 0:
        return (
            _("It has risen by %(change)s; it is too early to say whether that is more than chance.") % said
        )
    return _("It has fallen by %(change)s; it is too early to say whether that is more than chance.") % said


def noise(status: Status) -> str:
    """Whether the target would prove anything."""
    if status.target_is_noise is None or status.limits is None:
        return ""
    most = 100 if status.measure.unit is Unit.PERCENT else float("inf")
    low, high = (status.measure.show(min(max(limit, 0), most)) for limit in status.limits)
    said = {"low": low, "high": high}
    if status.target_is_noise:
        return (
            _(
                "The target lies within what the figure varies by itself, %(low)s to %(high)s: "
                "reaching it once would prove nothing."
            )
            % said
        )
    return _("The target lies outside what the figure varies by itself, %(low)s to %(high)s.") % said


def shown(figures: Sequence[Figure]) -> str:
    """The one sentence under a chart: what it shows."""
    known = [figure for figure in figures if figure.value is not None]
    if len(known) < 2:
        return _("There are too few figures yet to draw a line.")
    first, last = known[0], known[-1]
    said = {
        "measure": first.measure.name,
        "first": first.measure.show(first.value),
        "last": last.measure.show(last.value),
        "start": day(first.end),
        "end": day(last.end),
        "interval": interval(last),
    }
    if last.low is not None:
        return (
            _("%(measure)s: from %(first)s on %(start)s to %(last)s on %(end)s (95%% interval %(interval)s).")
            % said
        )
    return _("%(measure)s: from %(first)s on %(start)s to %(last)s on %(end)s.") % said


def standing_word(status: Status) -> str:
    """Where it stands in a word or two, for a row."""
    if status.standing is Standing.OPEN and status.goal.target is None:
        return _("no target yet")
    return {
        Standing.REACHED: _("reached"),
        Standing.ON_TIME: _("on time"),
        Standing.BEHIND: _("behind"),
        Standing.OPEN: _("under way"),
        Standing.NO_FIGURES: _("no figures"),
    }[status.standing]


def standing_tag(status: Status) -> str:
    """The colour of that word."""
    return {Standing.REACHED: "good", Standing.ON_TIME: "good", Standing.BEHIND: "warn"}.get(
        status.standing, ""
    )


def since_last(pair: tuple[Figure, Figure]) -> str:
    """A figure against the stretch before it: up 12, down 0.8 percentage points, as before."""
    before, now = pair
    if before.value is None or now.value is None or before.since:
        return ""
    show = now.measure.show
    if show(before.value) == show(now.value):
        return _("as before")
    change = amount(now.measure, now.value - before.value)
    return (_("up %(change)s") if now.value > before.value else _("down %(change)s")) % {"change": change}
