"""The form of a record, made from what its kind says of its fields."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from samspill.strategy.forms import MOST, CountField, DayInput, FigureField, RowForm
from samspill.strategy.models import Record
from samspill.strategy.sections.fields import Field, Kind, Type


class RecordForm(RowForm):
    """Of one record. What it says is kept as the kind's fields, empty ones left out."""

    class Meta:
        model = Record
        fields = ()

    def __init__(self, *args: Any, kind: Kind, **options: Any) -> None:
        self.kind = kind
        super().__init__(*args, **options)
        self.instance.kind = kind.key
        for field in kind.fields:
            self.fields[field.name] = form_field(field)
            self.initial.setdefault(field.name, as_python(field, self.instance.data.get(field.name)))

    def again(self, data: Any, instance: Any) -> RecordForm:
        return type(self)(data, instance=instance, strategy=self.strategy, kind=self.kind)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not any(_as_data(said.get(field.name)) for field in self.kind.fields):
            self.add_error(self.kind.fields[0].name, _("Nothing is written yet. Fill in at least one field."))
        return said

    def save(self, commit: bool = True) -> Record:
        said = {field.name: _as_data(self.cleaned_data[field.name]) for field in self.kind.fields}
        self.instance.data = {name: value for name, value in said.items() if value not in (None, "", [])}
        record: Record = super().save(commit=commit)
        return record


def form_field(field: Field) -> forms.Field:
    """What a person types it into, with its help and example under the label."""
    options: dict[str, Any] = {"label": field.label, "required": field.needed, "help_text": guidance(field)}
    match field.type:
        case Type.TEXT:
            area = forms.Textarea(attrs={"rows": 6 if field.longest > 2000 else 3})
            return forms.CharField(max_length=field.longest, widget=area, **options)
        case Type.LINK:
            schemes = URLValidator(["http", "https"])
            return forms.CharField(max_length=field.longest, validators=[schemes], **options)
        case Type.COUNT:
            return CountField(**options)
        case Type.FIGURE:
            return FigureField(min_value=0, max_value=field.most or MOST, **options)
        case Type.DAY:
            return forms.DateField(widget=DayInput(), **options)
        case Type.CHOICE:
            first = [] if field.needed else [("", _("not decided"))]
            return forms.ChoiceField(choices=[*first, *field.choices], **options)
        case Type.KEYS:
            boxes = forms.CheckboxSelectMultiple()
            return forms.MultipleChoiceField(choices=list(field.choices), widget=boxes, **options)
        case Type.YES:
            return forms.BooleanField(**options)
    return forms.CharField(max_length=field.longest, **options)


def guidance(field: Field) -> str:
    """One sentence, and a good example."""
    if not field.example:
        return str(field.help)
    return str(_("%(help)s For example: %(example)s")) % {"help": field.help, "example": field.example}


def as_python(field: Field, value: Any) -> Any:
    """What a form shows of what the data hold."""
    return date.fromisoformat(value) if field.type is Type.DAY and value else value


def _as_data(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
