"""The form of an audience: who they are, how many, what they need, and what it has to do with our goals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.strategy.forms import SOURCE, CountField, Part, RowForm
from samspill.strategy.models import Audience
from samspill.strategy.widgets import Boxes

FIRST_YEAR = 1900


class YearField(forms.IntegerField):
    """A year that is over or runs: figures of years to come are guesses."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def clean(self, value: Any) -> int | None:
        year: int | None = super().clean(value)
        this = timezone.localdate().year
        if year is not None and not FIRST_YEAR <= year <= this:
            words = _("Write a year from %(first)s to %(this)s, with four digits.")
            raise forms.ValidationError(words % {"first": FIRST_YEAR, "this": this})
        return year


class AudienceForm(RowForm):
    size = CountField(
        label=_("How many"),
        required=False,
        help_text=_("A number you can stand for, or nothing. For example: 4 200."),
    )
    size_year = YearField(
        label=_("Year of the number"),
        required=False,
        help_text=_("Which year it was so. For example: 2025."),
    )

    class Meta:
        model = Audience
        fields = (
            *("name", "description", "is_not", "priority", "needs", "today", "wanted"),
            *("size", "size_year", "size_source", "profile", "segment", "ladder", "access_needs"),
            *("goals", "source"),
        )
        labels: ClassVar[dict[str, Any]] = {
            "is_not": _("We have chosen not to speak to them"),
            "size_source": _("Where the number is from"),
        }
        widgets: ClassVar[dict[str, Any]] = {
            "goals": Boxes,
            "segment": forms.TextInput(attrs={"autocomplete": "off"}),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "name": _("What you call them. For example: New home owners."),
            "description": _(
                "Who they are, in a sentence. For example: People between 25 and 40 who have bought their"
                " first home."
            ),
            "is_not": _(
                "To say whom you leave out is a decision, too. For example: Companies; the sales department"
                " talks with them."
            ),
            "priority": _("Who comes first when there is not time for all of them."),
            "needs": _(
                "What they need from you, in their words. For example: To know what the power bill will be"
                " before it comes."
            ),
            "today": _(
                "What they know, think and do as things are. For example: They ring us in January, when the"
                " bill has come."
            ),
            "wanted": _(
                "What will be different when you have reached them. For example: They have chosen their"
                " contract before the cold sets in."
            ),
            "size_source": _(
                "Where the number is from, and which year. For example: Statistics Norway, 2025."
            ),
            "profile": _(
                "What can be said about all of them. For example: 25 to 40 years, our four municipalities,"
                " Norwegian and English."
            ),
            "segment": _(
                "The age group whose use of media is closest to theirs, as the statistics write it. For"
                " example: 18-29."
            ),
            "ladder": _("The most of them, where they are today. For example: read and watch."),
            "access_needs": _(
                "What keeps some of them out, and what lets them in. For example: Many read on a small phone;"
                " some need captions."
            ),
            "goals": _("Which goals they matter to."),
            "source": SOURCE,
        }

    def parts(self) -> Iterator[Part]:
        yield self.part("", "version", "name", "description", "is_not", "priority")
        yield self.part(_("What they need, and what shall be different"), "needs", "today", "wanted")
        yield self.part(
            _("How many they are, and what is known about them"),
            *("size", "size_year", "size_source", "profile", "segment", "ladder", "access_needs"),
            folds=True,
        )
        yield self.part(_("What it has to do with the goals"), "goals", "source", folds=True)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("is_not") and said.get("goals"):
            self.add_once(
                "is_not",
                _("You have tied goals to them. Take away the goals, or speak to them after all."),
            )
        if said.get("size_year") and said.get("size") is None:
            self.add_once("size", _("Say how many there were that year, or take away the year."))
        return said
