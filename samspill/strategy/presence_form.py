"""The rows that say where an audience is: all of them on one page, each fault beside its own row."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samspill.strategy.audience_form import YearField
from samspill.strategy.forms import FigureField
from samspill.strategy.models import Audience, Presence
from samspill.strategy.places import PLACES
from samspill.strategy.presence import key_of

EMPTY = 3  # rows to write in
MOST = 60


class PresenceForm(forms.Form):
    """One row. A row in which nobody has written is no row."""

    place = forms.CharField(
        label=_("Where"),
        max_length=60,
        widget=forms.TextInput(attrs={"list": "places", "autocomplete": "off"}),
    )
    share = FigureField(
        label=_("Share in per cent"),
        min_value=0,
        max_value=100,
        error_messages={
            "min_value": _("A share is from 0 to 100 per cent."),
            "max_value": _("A share is from 0 to 100 per cent."),
        },
    )
    year = YearField(label=_("Year"))
    use = forms.ChoiceField(label=_("Kind of use"), choices=Presence.Use.choices, initial=Presence.Use.DAILY)
    source = forms.CharField(label=_("Source"), max_length=300)

    def clean_place(self) -> str:
        return key_of(self.cleaned_data["place"])


class BasePresences(forms.BaseFormSet):  # type: ignore[type-arg]
    def clean(self) -> None:
        """The same question has one answer: two rows never say the same place, use and year."""
        if self.total_form_count() > MOST + EMPTY:
            raise ValidationError(_("Keep at most %(most)d rows.") % {"most": MOST})
        seen: dict[tuple[str, str, int], int] = {}
        for number, form in enumerate(self.forms, start=1):
            said = form.cleaned_data if form.is_valid() else {}
            if "place" not in said or said.get("DELETE"):
                continue
            key = said["place"].casefold(), said["use"], said["year"]
            if key in seen:
                words = _("Row %(number)d says the same place, use and year. Keep one of them.")
                form.add_error("place", ValidationError(words % {"number": seen[key]}))
            seen.setdefault(key, number)

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = gettext("Remove this row")


PresenceRows = forms.formset_factory(
    PresenceForm,
    formset=BasePresences,
    extra=EMPTY,
    can_delete=True,
    max_num=MOST,
    absolute_max=MOST * 2,
)


def initial(audience: Audience) -> list[dict[str, Any]]:
    """The rows as they are, by name of place."""
    return [
        {"place": row.place_name, "share": row.share, "use": row.use, "year": row.year, "source": row.source}
        for row in audience.presences.all()
    ]


def written(rows: Any, audience: Audience) -> list[Presence]:
    """What the valid rows say, unsaved; a row nobody wrote in says nothing."""
    return [
        Presence(audience=audience, **{name: said[name] for name in PresenceForm.base_fields})
        for said in (form.cleaned_data for form in rows.forms)
        if said and not said["DELETE"]
    ]


def offered() -> list[str]:
    """Names to choose among while one types."""
    return [str(place) for place in PLACES.values()]
