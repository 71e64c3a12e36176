"""What the strategy says of itself: its name, what it wants most, who owns it, and how long it stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar, cast

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from samspill.strategy.forms import DayInput, KeptForm, Part
from samspill.strategy.models import Strategy


class StrategyForm(KeptForm):
    class Meta:
        model = Strategy
        fields = (
            *("title", "ambition", "summary", "owner", "approver"),
            *("valid_from", "valid_to", "review_on", "language", "profile"),
        )
        widgets: ClassVar[dict[str, Any]] = {
            "ambition": forms.Textarea(attrs={"rows": 2}),
            "summary": forms.Textarea(attrs={"rows": 5}),
            "valid_from": DayInput,
            "valid_to": DayInput,
            "review_on": DayInput,
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "title": _("What it is called. For example: How we are in social media, 2026–2029."),
            "ambition": _(
                "The one thing you want most, bold enough to be remembered. For example: To be the power"
                " company in the country that answers best."
            ),
            "summary": _(
                "What somebody needs to know who reads nothing else. For example: We are where our customers"
                " are, answer everyone within a day, and tell what we do before anyone asks. Two people have"
                " 20 hours a week for it."
            ),
            "owner": _(
                "The one who sees to it that it is followed and kept up to date. For example: the"
                " communications lead."
            ),
            "approver": _(
                "The person or body that says yes to it. For example: The management group, or the municipal"
                " council."
            ),
            "valid_from": _("The day it begins to hold. For example: the first of January."),
            "valid_to": _(
                "The day it is over; leave it open where nobody has decided. For example: four years later."
            ),
            "review_on": _(
                "When you next ask whether it is still right. For example: after a year; sooner where much"
                " changes."
            ),
            "language": _(
                "The language it is written in; what others get to see comes in it. For example: that of the"
                " people you write for."
            ),
            "profile": _(
                "Which duties the checks and warnings know of. For example: a municipality chooses the public"
                " sector."
            ),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cast("forms.ChoiceField", self.fields["profile"]).choices = Strategy.Profile.choices

    def parts(self) -> Iterator[Part]:
        yield self.part("", "version", "title", "ambition", "summary")
        yield self.part(_("Whose it is"), "owner", "approver")
        yield self.part(_("How long it stands"), "valid_from", "valid_to", "review_on")
        yield self.part(_("Language and duties"), "language", "profile")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        first, last, again = (said.get(name) for name in ("valid_from", "valid_to", "review_on"))
        if first and _before(last, first):
            words = _("It cannot be over before it begins, on %(day)s. Change one of the two days.")
            self.add_once("valid_to", words % {"day": date_format(first)})
        if first and _before(again, first):
            words = _("It cannot be looked at again before it begins, on %(day)s.")
            self.add_once("review_on", words % {"day": date_format(first)})
        elif last and _before(last, again):
            words = _("It is over on %(day)s. Look at it again before that, or let it stand longer.")
            self.add_once("review_on", words % {"day": date_format(last)})
        return said


def _before(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and one < other
