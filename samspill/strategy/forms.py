"""The forms of the six questions: one column, a sentence of help and an example for each field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Self, cast

from django import forms
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.forms.boundfield import BoundField
from django.http import HttpRequest
from django.utils.formats import date_format, get_format
from django.utils.translation import gettext_lazy as _

from samspill.accounts.models import User, Workspace
from samspill.networks.models import Channel
from samspill.strategy.models import Goal, GoverningDocument, Passage, Row, Strategy, Tactic, Trait

MOST = 2**31 - 1  # what a whole number's column holds
SOURCE = _(
    "A report, a meeting or an address, so that others can look it up. For example: the survey of members in"
    " March 2026."
)


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


class LinkField(forms.CharField):
    """A web address; one without https:// gets it, since people leave it out."""

    widget = forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"})

    def __init__(self, **options: Any) -> None:
        wrong = _("This is no web address. Write it whole, for example https://example.org/page.")
        super().__init__(validators=[URLValidator(["http", "https"], message=wrong)], **options)

    def to_python(self, value: Any) -> str:
        said = (super().to_python(value) or "").strip()
        is_bare = re.fullmatch(r"[\w-]+(\.[\w-]+)+([/?#]\S*)?", said)
        return f"https://{said}" if is_bare else said


@dataclass(frozen=True)
class Part:
    """Some fields of a form that belong together. One that `folds` is opened by whoever wants it."""

    heading: str
    fields: list[BoundField]
    folds: bool = False
    template: str = ""  # draws the part where plain fields will not do

    @property
    def shown(self) -> list[BoundField]:
        return [field for field in self.fields if not field.is_hidden]

    @property
    def filled(self) -> int:
        return sum(bool(field.value()) or field.value() == 0 for field in self.shown)

    @property
    def wrong(self) -> bool:
        return any(field.errors for field in self.fields)


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

    def parts(self) -> Iterator[Part]:
        """The fields in parts that are finished one at a time; most forms are one part."""
        yield Part("", list(self))

    def part(self, heading: Any, *names: str, folds: bool = False, template: str = "") -> Part:
        return Part(str(heading), [self[name] for name in names], folds, template)

    def add_once(self, name: str, words: Any) -> None:
        """Say what is wrong with a field; one sentence a field is enough."""
        if name not in self.errors:
            self.add_error(name, words)


class RowForm(KeptForm):
    """A row of one strategy. It may point at rows of that strategy, and of those above it."""

    def __init__(self, *args: Any, strategy: Strategy, **options: Any) -> None:
        self.strategy = strategy
        super().__init__(*args, workspace=strategy.workspace, **options)
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField) and issubclass(_model(field), Row):
                field.queryset = self._near(name, cast("models.QuerySet[Any]", field.queryset))

    def _near(self, name: str, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """What a strategy below has tied to this row stays, so that it is not cut off unseen."""
        within = [each.pk for each in (self.strategy, *self.strategy.above()) if each.pk]
        near = Q(strategy__in=within)
        chosen = getattr(self.instance, name, None) if self.instance.pk else None
        if isinstance(chosen, models.Model):
            near |= Q(pk=chosen.pk)
        elif chosen is not None:
            near |= Q(pk__in=chosen.values("pk"))
        return rows.filter(near)

    def belong(self) -> None:
        self.instance.strategy = self.strategy

    def again(self, data: Any, instance: Any) -> Self:
        return type(self)(data, instance=instance, strategy=self.strategy)


def _model(field: forms.ModelChoiceField[Any]) -> type[models.Model]:
    return cast("models.QuerySet[Any]", field.queryset).model


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


class TacticForm(RowForm):
    class Meta:
        model = Tactic
        fields = ("step", "what", "why_follow", "asks", "audience", "source")
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
            "asks": _(
                "One thing people can do at once, at this step. For example: Answer the question below the"
                " post."
            ),
            "audience": _("Leave it open where it is for everyone."),
            "source": SOURCE,
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        cast("forms.ModelChoiceField[Any]", self.fields["audience"]).empty_label = _("everyone")


class TraitForm(RowForm):
    class Meta:
        model = Trait
        fields = ("name", "we_are", "we_are_not", "good_example", "bad_example", "source")
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
            "source": SOURCE,
        }


class DocumentForm(KeptForm):
    link = LinkField(
        label=_("Address"),
        required=False,
        max_length=300,
        help_text=_(
            "Where the document stands for everyone to read. For example: https://example.org/plan-2026."
        ),
    )

    class Meta:
        model = GoverningDocument
        fields = ("title", "sort", "adopted", "valid_from", "valid_to", "link")
        widgets: ClassVar[dict[str, Any]] = {"valid_from": DayInput, "valid_to": DayInput}
        help_texts: ClassVar[dict[str, Any]] = {
            "title": _("For example: Strategic plan 2026–2029."),
            "sort": _("What sort of document it is. For example: a plan of work."),
            "adopted": _("By whom and when. For example: by the annual meeting, 12 March 2026."),
            "valid_from": _("The first day it applies. For example: 1 January 2026."),
            "valid_to": _(
                "The last day it applies. After it, every goal that builds on it asks to be looked at."
            ),
        }

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = said.get("valid_from"), said.get("valid_to")
        if first and last and last < first:
            words = _("The document cannot end before it begins, on %(day)s.")
            self.add_once("valid_to", words % {"day": date_format(first)})
        return said
