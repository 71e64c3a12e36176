"""The form of a fit: how well one channel suits one sub-goal, and why."""

from __future__ import annotations

from typing import Any

from django import forms

from samspill.strategy.record_form import RecordForm
from samspill.strategy.sections import KINDS


class FitForm(RecordForm):
    """Of the record of a place and a sub-goal, which the page's address has settled."""

    def __init__(self, *args: Any, place: str, sub_goal: str, **options: Any) -> None:
        self.about = {"place": place, "sub_goal": sub_goal}
        super().__init__(*args, kind=KINDS["fit"], **options)
        for name, value in self.about.items():
            self.fields[name].disabled = True
            self.fields[name].widget = forms.HiddenInput()
            self.initial[name] = value
        self.fields["fit"].widget = forms.RadioSelect(choices=self.fields["fit"].choices)  # type: ignore[attr-defined]

    def again(self, data: Any, instance: Any) -> FitForm:
        return type(self)(data, instance=instance, strategy=self.strategy, **self.about)
