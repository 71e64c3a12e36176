"""The connect form, made from what a network asks for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from samspill.networks.base import Ask
from samspill.networks.errors import NetworkError, WrongAnswer


class AskForm(forms.Form):
    """One field for each Ask. What is secret is typed hidden and not shown again."""

    def __init__(self, asks: Sequence[Ask], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for ask in asks:
            self.fields[ask.name] = _field(ask)

    def blame(self, error: NetworkError) -> None:
        """Put what the network said beside the field that it is about."""
        field = error.field if isinstance(error, WrongAnswer) else ""
        self.add_error(field if field in self.fields else None, str(error))


def _field(ask: Ask) -> forms.CharField:
    manners = {"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}
    if ask.placeholder:
        manners["placeholder"] = ask.placeholder
    widget = forms.PasswordInput if ask.secret else forms.TextInput
    return forms.CharField(
        label=ask.label,
        help_text=ask.help,
        required=ask.required,
        max_length=500,
        widget=widget(attrs=manners),
    )
