"""The form in which a finding of the check is put aside: why it can wait, and until when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.strategy.record_form import RecordForm
from samspill.strategy.sections import KINDS

LONGEST = timedelta(days=731)  # two years


class AsideForm(RecordForm):
    """Of an exception; which rule and which part it is about are decided by the page, not typed."""

    def __init__(self, *args: Any, about: tuple[str, str], **options: Any) -> None:
        super().__init__(*args, kind=KINDS["exception"], **options)
        self.about = about
        for name, value in zip(("rule", "part"), about, strict=True):
            self.fields[name].widget = forms.HiddenInput()
            self.fields[name].disabled = True
            self.initial[name] = value

    def again(self, data: Any, instance: Any) -> AsideForm:
        return type(self)(data, instance=instance, strategy=self.strategy, about=self.about)

    def clean_until(self) -> date:
        day: date = self.cleaned_data["until"]
        today = timezone.localdate()
        if day <= today:
            raise ValidationError(_("Choose a day that is still to come."))
        if day > today + LONGEST:
            raise ValidationError(_("Choose a day within two years. What waits longer is better mended."))
        return day
