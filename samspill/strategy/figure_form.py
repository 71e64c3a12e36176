"""The form of a figure of who uses what: read closely, since everything the advice says rests on it."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.strategy.advice.figures import ANY, DAILY, USES, last_month, place_name
from samspill.strategy.advice.groups import group
from samspill.strategy.forms import FigureField, KeptForm, LinkField
from samspill.strategy.models import UsageFigure
from samspill.strategy.places import PLACES

QUESTION = ("country", "population", "period", "use", "segment", "place")


class UsageFigureForm(KeptForm):
    """A figure of the workspace's own, new or in the place of one that came with Samspill."""

    place = forms.ChoiceField(
        label=_("Where"), help_text=_("What people were asked about. For example: LinkedIn.")
    )
    use = forms.ChoiceField(
        label=_("Kind of use"),
        help_text=_(
            "As the source asked it. Only use every day counts in the advice; a profile is not a visit."
        ),
    )
    value = FigureField(
        label=_("Share, in percent"),
        min_value=0,
        max_value=100,
        help_text=_("Of those who were asked. For example: 18.5."),
    )
    link = LinkField(
        label=_("Address of the source"),
        required=False,
        max_length=500,
        help_text=_("So that anyone can look it up. For example: https://www.ssb.no/medie."),
    )

    class Meta:
        model = UsageFigure
        fields = ("place", "use", "segment", "population", "country", "period", "value", "source", "link")
        widgets: ClassVar[dict[str, Any]] = {
            name: forms.TextInput(attrs={"autocomplete": "off"})
            for name in ("segment", "population", "country", "period")
        }
        labels: ClassVar[dict[str, Any]] = {
            "segment": _("Whom the figure is about"),
            "population": _("Who was asked"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "segment": _("An age group such as 18-29 or 60+, women, men, or all who were asked: all."),
            "population": _("The ages that were asked. For example: 18+, or 16-79."),
            "country": _("Two letters. For example: NO."),
            "period": _("A year, a quarter or a month. For example: 2025, 2025Q3 or 2025-09."),
            "source": _(
                "Who counted, and what the survey is called. For example: Statistics Norway, media use."
            ),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["source"].required = True
        self._choices("place", [(key, place_name(key)) for key in (*PLACES, ANY)])
        self._choices("use", list(USES.items()))
        self.fields["use"].initial = DAILY

    def _choices(self, name: str, choices: list[Any]) -> None:
        cast("forms.ChoiceField", self.fields[name]).choices = choices

    def clean_country(self) -> str:
        country: str = self.cleaned_data["country"].strip().upper()
        if not (len(country) == 2 and country.isascii() and country.isalpha()):
            raise forms.ValidationError(_("Write the country with two letters, such as NO or SE."))
        return country

    def clean_population(self) -> str:
        said: str = " ".join(self.cleaned_data["population"].split())
        if said != "all" and group(said) is None:
            raise forms.ValidationError(_("Write the ages that were asked, such as 18+ or 16-79, or all."))
        return said

    def clean_segment(self) -> str:
        said: str = self.cleaned_data["segment"].strip().lower().replace("–", "-").replace(" ", "")
        if group(said) is None:
            raise forms.ValidationError(
                _("Write an age group with the lower age first, such as 18-29 or 60+, or women, men or all.")
            )
        return said

    def clean_period(self) -> str:
        said: str = self.cleaned_data["period"].strip().upper()
        month = last_month(said)
        if month is None:
            raise forms.ValidationError(
                _("Write a year, a quarter or a month, such as 2025, 2025Q3 or 2025-09.")
            )
        if (month.year, 0) > (timezone.localdate().year, 0):
            raise forms.ValidationError(_("This is yet to come. Write when people were asked."))
        return said

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        asked = {name: said.get(name) for name in QUESTION}
        if not self.errors:
            same = UsageFigure.objects.filter(workspace=self.workspace, **asked).exclude(pk=self.instance.pk)
            if same.exists():
                self.add_error(
                    "value", _("You have a figure of your own for exactly this already. Change that one.")
                )
        return said
