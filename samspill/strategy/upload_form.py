"""The form that takes a governing document in, or a new version of one. Reading it is part of checking it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samspill.strategy.read.limited import LARGEST
from samspill.strategy.take_in import Upload, open_upload

TOO_LARGE = _(
    "The document is larger than 25 MB. Save it with smaller pictures, or upload the part you need."
)


class VersionForm(forms.Form):
    """`was_cut`: the file was so large that the server let go of it while it came in."""

    file = forms.FileField(
        label=_("Document"),
        help_text=_(
            "Word (.docx), PDF, PowerPoint (.pptx), OpenDocument (.odt), markdown or plain text, up to 25 MB."
        ),
        widget=forms.FileInput(attrs={"accept": ".docx,.pdf,.pptx,.odt,.md,.markdown,.txt"}),
        allow_empty_file=True,
        error_messages={"required": _("Choose the document first.")},
    )

    def __init__(self, *args: Any, was_cut: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if was_cut:
            self.fields["file"].error_messages["required"] = TOO_LARGE

    def clean_file(self) -> Upload:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError(TOO_LARGE)
        return open_upload(file.read(), file.name)


class UploadForm(VersionForm):
    title = forms.CharField(
        label=_("Title"),
        max_length=200,
        required=False,
        help_text=_(
            "Left empty, the document's own first heading is used. For example: Strategic plan 2026–2029."
        ),
    )
    adopted = forms.CharField(
        label=_("Adopted"),
        max_length=120,
        required=False,
        help_text=_("By whom and when. For example: by the annual meeting, 12 March 2026."),
    )
