"""The form of a decision. It is written once: a mistake is put right by a new line."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.strategy import parts
from samspill.strategy.decisions import CORRECTS
from samspill.strategy.forms import DayInput
from samspill.strategy.models import Decision, Strategy
from samspill.strategy.sections import SECTIONS

EARLIEST = date(1900, 1, 1)


class ReasonForm(forms.ModelForm):  # type: ignore[type-arg]
    """Why, who and when: what every decision says."""

    class Meta:
        model = Decision
        fields: ClassVar[Any] = ("reason", "decided_by", "decided_on")
        widgets: ClassVar[dict[str, Any]] = {"decided_on": DayInput}
        help_texts: ClassVar[dict[str, Any]] = {
            "title": _("One sentence. For example: We close the account on X by the end of the year."),
            "reason": _(
                "So that somebody who was not there understands it in two years. For example: Few of those"
                " we want to reach are there, and the risk assessment says no."
            ),
            "decided_by": _("A person or a meeting. For example: The management group."),
            "decided_on": _("The day it was decided."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        reason = self.fields["reason"]
        reason.required = True
        reason.error_messages["required"] = _("Say why. A decision without a reason is soon made again.")

    def clean_decided_on(self) -> date:
        day: date = self.cleaned_data["decided_on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day is still to come. Write the day it was decided."))
        if day < EARLIEST:
            raise ValidationError(_("Write the year with four digits, for example 2026."))
        return day


class DecisionForm(ReasonForm):
    """About a part of the strategy, about nothing in particular, or to put an earlier one right."""

    about = forms.ChoiceField(
        label=_("What it is about"), required=False, help_text=_("The part of the strategy it concerns.")
    )

    class Meta(ReasonForm.Meta):
        fields: ClassVar[Any] = ("title", "reason", "decided_by", "decided_on")

    def __init__(
        self,
        *args: Any,
        strategy: Strategy,
        part: parts.Part | None = None,
        corrects: Decision | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.corrects = corrects
        self.order_fields(["title", "about"])
        if corrects is not None:
            del self.fields["about"]
            self.initial.setdefault("title", corrects.title)
            return
        sections = [(f"{parts.SECTION}/{key}", section.title) for key, section in SECTIONS.items()]
        own = [(part.key, part.name)] if part is not None and part.row is not None else []
        self.fields["about"].choices = [  # type: ignore[attr-defined]
            ("", _("nothing in particular")),
            *own,
            *sections,
        ]

    def save(self, commit: bool = True) -> Decision:
        if self.corrects is not None:
            self.instance.part = f"{CORRECTS}/{self.corrects.uuid}"
        else:
            self.instance.part = self.cleaned_data["about"]
        decision: Decision = super().save(commit=commit)
        return decision


class VerdictForm(ReasonForm):
    """What was decided about a pattern. `seen` is the pattern as it stood when the form was opened."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    class Meta(ReasonForm.Meta):
        fields: ClassVar[Any] = ("verdict", "reason", "decided_by", "decided_on")
        widgets: ClassVar[dict[str, Any]] = {"decided_on": DayInput, "verdict": forms.RadioSelect}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        verdict = self.fields["verdict"]
        verdict.required = True
        verdict.label = _("What shall be done")
        verdict.choices = [  # type: ignore[attr-defined]
            (Decision.Verdict.ADOPT, _("Adopt it: it becomes a goal of the strategy")),
            (Decision.Verdict.WATCH, _("Keep watching: it may come back as a candidate")),
            (Decision.Verdict.STOP, _("Stop: this is not what we want to do")),
        ]
        verdict.error_messages["required"] = _("Choose one of the three.")
