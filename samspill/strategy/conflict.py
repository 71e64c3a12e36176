"""Two people, one row: the second to save is shown the first one's words beside their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django.db import models, transaction
from django.db.models import F
from django.http import QueryDict
from django.utils.choices import flatten_choices
from django.utils.formats import localize
from django.utils.translation import gettext as _

from samspill.accounts.models import Event
from samspill.strategy.forms import KeptForm


@dataclass(frozen=True)
class Difference:
    """A field in which what is saved now differs from what somebody else has written."""

    label: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class Clash:
    """What the page shows instead of saving: the form with my words, and where theirs differ."""

    form: KeptForm
    differences: list[Difference]
    last: Event | None  # who saved, and when


def save(form: KeptForm) -> Clash | None:
    """Save a valid form of a row that stands, unless somebody saved it since the form was opened."""
    row = form.instance
    with transaction.atomic():
        untouched = type(row)._default_manager.filter(pk=row.pk, version=form.cleaned_data["version"] or 0)
        if untouched.update(version=F("version") + 1):
            row.version = form.cleaned_data["version"] + 1
            form.save()
            return None
    return _clash(form)


def _clash(form: KeptForm) -> Clash:
    theirs = type(form.instance)._default_manager.get(pk=form.instance.pk)
    data = cast("QueryDict", form.data).copy()
    data["version"] = str(theirs.version)
    again, saved = form.again(data, theirs), form.again(None, theirs)
    differences = []
    for name, field in form.fields.items():
        if name in ("version", "sub_goal"):
            continue
        pair = _shown(field, saved[name].initial), _shown(field, form.cleaned_data.get(name))
        if pair[0] != pair[1]:
            differences.append(Difference(str(field.label), *pair))
    last = Event.objects.filter(workspace=form.workspace, detail__row=theirs.pk).filter(
        action__startswith=f"{theirs._meta.model_name}."
    )
    return Clash(again, differences, last.select_related("user").order_by("-pk").first())


def _shown(field: Any, value: Any) -> str:
    """A field's value in words, whether it comes from the row or was typed."""
    if value in (None, "", [], {}):
        return _("nothing")
    if hasattr(field, "queryset"):
        if isinstance(value, models.QuerySet | list):
            return ", ".join(str(one) for one in value) or _("nothing")
        row = value if isinstance(value, models.Model) else field.queryset.filter(pk=value).first()
        return str(row or value)
    choices = dict(flatten_choices(getattr(field, "choices", ())))
    if isinstance(value, list):
        return ", ".join(str(choices.get(key, key)) for key in value)
    if isinstance(value, dict):
        answers = {True: _("In place"), False: _("Missing")}
        return "\n".join(f"{answers[said]}: {choices.get(key, key)}" for key, said in value.items())
    return str(choices[value]) if value in choices else str(localize(value))
