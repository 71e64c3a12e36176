"""The form of an action of the launch plan: what happens, when, what it should bring, and what it brought."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from samspill.strategy.forms import SOURCE, CountField, DayInput, Part, RowForm
from samspill.strategy.models import LaunchAction
from samspill.strategy.widgets import Boxes


class LaunchActionForm(RowForm):
    cost = CountField(
        label=_("Cost in kroner"), required=False, help_text=_("Work not counted. For example: 5 000.")
    )
    expected_followers = CountField(
        label=_("Expected new followers"),
        required=False,
        help_text=_("An honest guess, so that you can see afterwards how well you guess. For example: 40."),
    )
    expected_low = CountField(
        label=_("At least"),
        required=False,
        help_text=_("So few that you would be surprised if it were fewer. For example: 15."),
    )
    expected_high = CountField(
        label=_("At most"),
        required=False,
        help_text=_("So many that you would be surprised if it were more. For example: 90."),
    )
    result_followers = CountField(
        label=_("New followers it brought"),
        required=False,
        help_text=_("Those who came because of it, as well as you can tell. For example: 32."),
    )

    class Meta:
        model = LaunchAction
        fields = (
            *("phase", "what", "channel_choice", "goals", "on", "owner", "cost"),
            *("expected_followers", "expected_low", "expected_high", "result_followers", "result", "source"),
        )
        widgets: ClassVar[dict[str, Any]] = {"on": DayInput, "goals": Boxes}
        help_texts: ClassVar[dict[str, Any]] = {
            "phase": _("Listen first, start softly among friends, then launch, then follow up."),
            "what": _("What happens. For example: Invite the twenty who know us best, by name."),
            "channel_choice": _("Where it happens, if it is one of the channels you have decided about."),
            "goals": _("Which goals it helps towards."),
            "on": _("The day it happens."),
            "owner": _("Who sees to it. One person, also when many help."),
            "result": _(
                "What you would do again, and what not. For example: Half came within a day; a second letter"
                " brought nobody."
            ),
            "source": SOURCE,
        }

    def parts(self) -> Iterator[Part]:
        yield self.part(_("What happens"), "version", "phase", "what", "on", "owner", "cost")
        yield self.part(_("What it should bring"), "expected_followers", "expected_low", "expected_high")
        yield self.part(_("Where, and what for"), "channel_choice", "goals", "source", folds=True)
        yield self.part(_("How it went"), "result_followers", "result", folds=True)

    def clean(self) -> dict[str, Any]:
        """At least ≤ expected ≤ at most, of those that are said."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        low, expected, high = (
            said.get(name) for name in ("expected_low", "expected_followers", "expected_high")
        )
        if low is not None and expected is not None and low > expected:
            words = _("You expect %(expected)s, so “at least” cannot be more than that.")
            self.add_once("expected_low", words % {"expected": _figure(expected)})
        if high is not None and expected is not None and high < expected:
            words = _("You expect %(expected)s, so “at most” cannot be less than that.")
            self.add_once("expected_high", words % {"expected": _figure(expected)})
        if low is not None and high is not None and low > high:
            words = _("“At most” must be at least %(low)s, which you have written as the least.")
            self.add_once("expected_high", words % {"low": _figure(low)})
        return said


def _figure(number: int) -> str:
    return number_format(number, force_grouping=True)
