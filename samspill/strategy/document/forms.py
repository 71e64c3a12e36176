"""Forms of editions and of a document on its way in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.strategy.document.nodes import LARGEST
from samspill.strategy.forms import DayInput

FUTURE = _("This day has not come yet. Write the day it was adopted.")


class AdoptForm(forms.Form):
    adopted_by = forms.CharField(
        label=_("Adopted by"),
        max_length=120,
        help_text=_("Who decided that it holds. For example: the management, or the municipal council."),
    )
    adopted_on = forms.DateField(
        label=_("Adopted on"), widget=DayInput(), help_text=_("The day of the decision.")
    )

    def clean_adopted_on(self) -> Any:
        day = self.cleaned_data["adopted_on"]
        if day and day > timezone.localdate():
            raise ValidationError(FUTURE)
        return day


class EditionForm(AdoptForm):
    """An edition may be kept without being adopted."""

    note = forms.CharField(
        label=_("What is new"),
        max_length=300,
        required=False,
        help_text=_(
            "In a sentence, for those who ask next year. For example: New audience, and no longer on X."
        ),
    )

    field_order = ("note", "adopted_by", "adopted_on")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("adopted_by", "adopted_on"):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("adopted_on") and not said.get("adopted_by"):
            self.add_error("adopted_by", _("Say who adopted it, or leave the day open."))
        return said


class DocumentFileForm(forms.Form):
    """`was_cut`: the file was so large that the server let go of it while it came in."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "JSON or YAML in Samspill's own format, up to 5 MB. Nothing is changed before you have seen what"
            " would."
        ),
        widget=forms.FileInput(attrs={"accept": ".json,.yaml,.yml"}),
        allow_empty_file=True,
        error_messages={"required": _("Choose the file first.")},
    )

    def __init__(self, *args: Any, was_cut: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if was_cut:
            self.fields["file"].error_messages["required"] = self.too_large()

    def too_large(self) -> str:
        words = _("The file is larger than %(most)s MB, which no strategy is. Choose the right file.")
        return str(words) % {"most": LARGEST // 1_000_000}

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError(self.too_large())
        content: bytes = file.read()
        return content
