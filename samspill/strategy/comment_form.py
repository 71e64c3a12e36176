"""The form of a comment: one text."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from samspill.strategy.models import Comment


class CommentForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Comment
        fields = ("text",)
        widgets: ClassVar[dict[str, Any]] = {"text": forms.Textarea(attrs={"rows": 2})}
        labels: ClassVar[dict[str, Any]] = {"text": _("Write a comment")}
        error_messages: ClassVar[dict[str, Any]] = {"text": {"required": _("Nothing is written yet.")}}

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="comment_%s")
