"""The form of a record, made from what its kind says of its fields."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from samspill.strategy.forms import MOST, SOURCE, CountField, DayInput, FigureField, LinkField, Part, RowForm
from samspill.strategy.models import Record
from samspill.strategy.sections.fields import Field, Kind, Type
from samspill.strategy.sections.rows import names


class RecordForm(RowForm):
    """Of one record. What it says is kept as the kind's fields, empty ones left out."""

    class Meta:
        model = Record
        fields = ("source",)
        help_texts: ClassVar[dict[str, Any]] = {"source": SOURCE}

    def __init__(self, *args: Any, kind: Kind, **options: Any) -> None:
        self.kind = kind
        super().__init__(*args, **options)
        self.instance.kind = kind.key
        for field in kind.fields:
            self.fields[field.name] = form_field(field)
            if field.offers:
                self.fields[field.name].widget = Offering(names(self.strategy, field.offers))
            self.initial.setdefault(field.name, as_python(field, self.instance.data.get(field.name)))
        self.order_fields(["version", *(field.name for field in kind.fields), "source"])

    def again(self, data: Any, instance: Any) -> RecordForm:
        return type(self)(data, instance=instance, strategy=self.strategy, kind=self.kind)

    def parts(self) -> Iterator[Part]:
        """A part for each heading of the kind; most kinds are one. What comes after the first can wait."""
        heading, names, folds = "", ["version"], False
        for field in self.kind.fields:
            if field.heading and names != ["version"]:
                yield self.part(heading, *names, folds=folds)
                names, folds = [], True
            heading = str(field.heading) or heading
            names.append(field.name)
        yield self.part(heading, *names, "source", folds=folds)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not any(_is_said(said.get(field.name)) for field in self.kind.fields):
            self.add_error(self.kind.fields[0].name, _("Nothing is written yet. Fill in at least one field."))
        return said

    def save(self, commit: bool = True) -> Record:
        said = {field.name: _as_data(self.cleaned_data[field.name]) for field in self.kind.fields}
        self.instance.data = {name: value for name, value in said.items() if _is_said(value)}
        record: Record = super().save(commit=commit)
        return record


class Offering(forms.TextInput):
    """A line with names offered while one writes; any other is as good."""

    def __init__(self, offered: Sequence[str]) -> None:
        super().__init__()
        self.offered = offered

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        offers = f"offers_{name}"
        line = super().render(name, value, {**(attrs or {}), "list": offers}, renderer)
        options = format_html_join("", '<option value="{}">', ((each,) for each in self.offered))
        return format_html('{}<datalist id="{}">{}</datalist>', line, offers, options)


def form_field(field: Field) -> forms.Field:
    """What a person types it into, with its help and example under the label."""
    options: dict[str, Any] = {"label": field.label, "required": field.needed, "help_text": guidance(field)}
    match field.type:
        case Type.TEXT:
            area = forms.Textarea(attrs={"rows": 6 if field.longest > 2000 else 3})
            return forms.CharField(max_length=field.longest, widget=area, **options)
        case Type.LINK:
            return LinkField(max_length=field.longest, **options)
        case Type.COUNT:
            return CountField(max_value=field.most or MOST, **options)
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


def _is_said(value: Any) -> bool:
    """Zero is said, and so is a no; nothing written is not."""
    return value is not None and value != "" and value != []


def _as_data(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
