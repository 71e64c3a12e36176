"""The forms of the six questions: one column, a sentence of help and an example for each field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, Self, cast

from django import forms
from django.db import models
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.utils.formats import get_format
from django.utils.translation import gettext_lazy as _

from samspill.accounts.models import User, Workspace
from samspill.networks.models import Channel
from samspill.strategy.models import (
    Audience,
    ChannelChoice,
    Goal,
    GoverningDocument,
    LaunchAction,
    Passage,
    Strategy,
    Tactic,
    Trait,
)

MOST = 2**31 - 1  # what a whole number's column holds


def posted(request: HttpRequest) -> tuple[Any, Any]:
    """Data and files for a form: none of either where the page is only read."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


class DayInput(forms.DateInput):
    """A date in the browser's own picker, which wants it written year first."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class FigureField(forms.FloatField):
    """A figure as people write it: 18,4 % or 1 200."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, **options: Any) -> None:
        super().__init__(localize=True, **options)

    def to_python(self, value: Any) -> float | None:  # type: ignore[override]
        return super().to_python(_as_meant(value))

    def prepare_value(self, value: Any) -> Any:
        return int(value) if isinstance(value, float) and value.is_integer() else value


def _as_meant(value: Any) -> Any:
    """A typed figure as Python writes it; what divides thousands and what tenths is the language's."""
    if not isinstance(value, str):
        return value
    value = re.sub(r"\s|%$", "", value.strip())
    decimal = get_format("DECIMAL_SEPARATOR")
    if "," in value and "." in value:
        decimal = max(",.", key=value.rfind)
    elif "," in value or "." in value:
        sign = "," if "," in value else "."
        thousands = re.fullmatch(rf"-?\d{{1,3}}(\{sign}\d{{3}})+", value)
        # "18,4" is no thousands in any language; read as such it would be 184.
        decimal = decimal if thousands else sign
    other = "." if decimal == "," else ","
    return value.replace(other, "").replace(decimal, ".")


class CountField(forms.IntegerField):
    """A whole number as people write it: 1 200."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def __init__(self, **options: Any) -> None:
        super().__init__(localize=True, min_value=0, **{"max_value": MOST, **options})

    def to_python(self, value: Any) -> int | None:
        return super().to_python(_as_meant(value))


class KeptForm(forms.ModelForm):  # type: ignore[type-arg]
    """Something of one workspace. It carries the version it was opened at; conflict.py compares it."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, workspace: Workspace, **options: Any) -> None:
        super().__init__(*args, **options)
        self.workspace = workspace
        self.belong()
        self.fields["version"].initial = self.instance.version
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = _of(workspace, cast("models.QuerySet[Any]", field.queryset))
                if not isinstance(field, forms.ModelMultipleChoiceField):
                    field.empty_label = _("not decided")
            elif isinstance(field, forms.TypedChoiceField):
                choices = cast("Iterable[tuple[str, Any]]", field.choices)
                field.choices = [(value, name if value else _("not decided")) for value, name in choices]

    def belong(self) -> None:
        """Say whose the row is."""
        self.instance.workspace = self.workspace

    def again(self, data: Any, instance: Any) -> Self:
        """The same form with other data, on another reading of the row."""
        return type(self)(data, instance=instance, workspace=self.workspace)

    def parts(self) -> Iterator[tuple[str, list[BoundField]]]:
        """The fields in parts that are finished one at a time; most forms are one part."""
        yield "", list(self)


class RowForm(KeptForm):
    """A row of one strategy."""

    def __init__(self, *args: Any, strategy: Strategy, **options: Any) -> None:
        self.strategy = strategy
        super().__init__(*args, workspace=strategy.workspace, **options)

    def belong(self) -> None:
        self.instance.strategy = self.strategy

    def again(self, data: Any, instance: Any) -> Self:
        return type(self)(data, instance=instance, strategy=self.strategy)


def _of(workspace: Workspace, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """What can be chosen among: only what belongs to the workspace and still stands."""
    if rows.model is User:
        return User.objects.filter(memberships__workspace=workspace).order_by("name", "pk")
    if rows.model is Passage:
        return Passage.objects.filter(document__workspace=workspace)
    if rows.model is Channel:
        return rows.filter(workspace=workspace, closed_at=None)
    rows = rows.filter(strategy__workspace=workspace)
    return rows.filter(closed_at=None) if rows.model is Goal else rows


class AudienceForm(RowForm):
    size = CountField(
        label=_("How many"),
        required=False,
        help_text=_("A number you can stand for, or nothing. For example: 4 200."),
    )

    class Meta:
        model = Audience
        fields = ("name", "description", "needs", "size", "size_source", "goals")
        widgets: ClassVar[dict[str, Any]] = {"goals": forms.CheckboxSelectMultiple}
        help_texts: ClassVar[dict[str, Any]] = {
            "name": _("What you call them. For example: New home owners."),
            "description": _(
                "Who they are, in a sentence. For example: People between 25 and 40 who have bought their"
                " first home."
            ),
            "needs": _(
                "What they need from you, in their words. For example: To know what the power bill will be"
                " before it comes."
            ),
            "size_source": _(
                "Where the number is from, and which year. For example: Statistics Norway, 2025."
            ),
            "goals": _("Which goals they matter to."),
        }


class TacticForm(RowForm):
    class Meta:
        model = Tactic
        fields = ("step", "what", "why_follow", "audience")
        labels: ClassVar[dict[str, Any]] = {"step": _("Which step it brings people to")}
        help_texts: ClassVar[dict[str, Any]] = {
            "step": _(
                "One step at a time: people see you, then follow you, then answer, and at last contribute."
            ),
            "what": _(
                "What you do, so that anyone can do it. For example: Ask one question every Friday and sum up"
                " the answers on Monday."
            ),
            "why_follow": _(
                "What people get from it. For example: They see that what they say is read and used."
            ),
            "audience": _("Leave it open where it is for everyone."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cast("forms.ModelChoiceField[Any]", self.fields["audience"]).empty_label = _("everyone")


class TraitForm(RowForm):
    class Meta:
        model = Trait
        fields = ("name", "we_are", "we_are_not", "good_example", "bad_example")
        help_texts: ClassVar[dict[str, Any]] = {
            "name": _("One word. For example: Straightforward."),
            "we_are": _("What that means here. For example: We say it as it is, also when we were wrong."),
            "we_are_not": _(
                "Where it would go too far. For example: We are not blunt, and we do not joke about what"
                " hurts."
            ),
            "good_example": _(
                "A sentence you would write. For example: “The power went at 2 pm because we cut a cable. It"
                " will be back by 4.”"
            ),
            "bad_example": _(
                "The same, as you would not write it. For example: “Due to an incident there may be"
                " irregularities in delivery.”"
            ),
        }


class ChannelChoiceForm(RowForm):
    hours_a_week = FigureField(
        label=_("Hours a week"),
        required=False,
        min_value=0,
        max_value=168,
        help_text=_("Posts and answers together, as it really takes. For example: 3.5."),
    )

    class Meta:
        model = ChannelChoice
        fields = (
            *("name", "choice", "purpose", "evidence", "channel", "responsible", "hours_a_week", "review_on"),
            *("audiences", "goals"),
        )
        widgets: ClassVar[dict[str, Any]] = {
            "review_on": DayInput,
            "choice": forms.RadioSelect,
            "audiences": forms.CheckboxSelectMultiple,
            "goals": forms.CheckboxSelectMultiple,
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "name": _("For example: Bluesky, or the local paper's comment field."),
            "choice": _("A no is a decision too, and saves you the same talk next year."),
            "purpose": _(
                "What it is for; for a no: why not. For example: Answering questions in the open, so that"
                " others find the answers."
            ),
            "evidence": _("What shows that your people are there: a number, its year and its source."),
            "channel": _("Which of your connected accounts it is, if any."),
            "responsible": _("One person, also when several share the work."),
            "review_on": _("When to ask again whether you belong there."),
            "audiences": _("Whom you reach there."),
            "goals": _("Which goals it serves."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cast("forms.ModelChoiceField[Any]", self.fields["channel"]).empty_label = _("none")
        # A decision is made, not offered: no first row that says nothing.
        cast("forms.ChoiceField", self.fields["choice"]).choices = ChannelChoice.Choice.choices

    def parts(self) -> Iterator[tuple[str, list[BoundField]]]:
        yield str(_("The decision")), self._fields("version", "name", "choice", "purpose", "evidence")
        yield str(_("Who and when")), self._fields("channel", "responsible", "hours_a_week", "review_on")
        yield str(_("Whom and what for")), self._fields("audiences", "goals")

    def _fields(self, *names: str) -> list[BoundField]:
        return [self[name] for name in names]


class LaunchActionForm(RowForm):
    cost = CountField(
        label=_("Cost in kroner"), required=False, help_text=_("Work not counted. For example: 5 000.")
    )
    expected_followers = CountField(
        label=_("Expected new followers"),
        required=False,
        help_text=_("An honest guess, so that you can see afterwards how well you guess. For example: 40."),
    )

    class Meta:
        model = LaunchAction
        fields = ("phase", "what", "on", "owner", "expected_followers", "cost")
        widgets: ClassVar[dict[str, Any]] = {"on": DayInput}
        help_texts: ClassVar[dict[str, Any]] = {
            "phase": _("Listen first, start softly among friends, then launch, then follow up."),
            "what": _("What happens. For example: Invite the twenty who know us best, by name."),
        }


class DocumentForm(KeptForm):
    class Meta:
        model = GoverningDocument
        fields = ("title", "adopted")
        help_texts: ClassVar[dict[str, Any]] = {
            "title": _("For example: Strategic plan 2026–2029."),
            "adopted": _("By whom and when. For example: by the annual meeting, 12 March 2026."),
        }


class StrategyForm(KeptForm):
    class Meta:
        model = Strategy
        fields = ("title",)
        help_texts: ClassVar[dict[str, Any]] = {
            "title": _("What it is called. For example: How we are in social media, 2026–2029.")
        }
