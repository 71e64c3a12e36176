"""Ways to choose: a checklist with three answers, and long lists that are drawn quickly.

Django draws each choice by a template of its own; with five hundred goals that takes longer than all else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _


class Boxes(forms.CheckboxSelectMultiple):
    """A box for each choice, as its parent draws them."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        own, chosen = (attrs or {}).get("id", f"id_{name}"), set(self.format_value(value))
        boxes = (
            (f"{own}_{at}", name, key, _mark("checked", key in chosen), label)
            for at, (key, label) in enumerate(_choices(self))
        )
        row = (
            '<div><label for="{0}">'
            '<input type="checkbox" name="{1}" value="{2}" id="{0}"{3}> {4}</label></div>'
        )
        return format_html('<div id="{}">{}</div>', own, format_html_join("", row, boxes))


class Chooser(forms.Select):
    """One of many, without groups, as its parent draws them."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        chosen = set(self.format_value(value))
        options = ((key, _mark("selected", key in chosen), label) for key, label in _choices(self))
        listed = format_html_join("", '<option value="{}"{}>{}</option>', options)
        said = format_html_join("", ' {}="{}"', (attrs or {}).items())
        return format_html('<select name="{}"{}>{}</select>', name, said, listed)


def _choices(widget: Any) -> Iterator[tuple[str, Any]]:
    return ((str(key), label) for key, label in widget.choices)


def _mark(word: str, is_so: bool) -> SafeString:
    return mark_safe(f" {word}" if is_so else "")  # noqa: S308 - a word of ours


class ChecksInput(forms.Widget):
    """A row for each thing on a list: in place, missing, or not looked at."""

    template_name = "strategy/_checks.html"
    ANSWERS: ClassVar[dict[Any, str]] = {True: "yes", False: "no"}

    def __init__(self, sentences: Mapping[str, Any]) -> None:
        super().__init__()
        self.sentences = sentences

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        said = value or {}
        rows = [
            (f"{name}_{key}", sentence, self.ANSWERS.get(said.get(key), said.get(key) or ""))
            for key, sentence in self.sentences.items()
        ]
        context["widget"]["rows"] = rows
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        said = {key: data.get(f"{name}_{key}", "") for key in self.sentences}
        return {key: answer for key, answer in said.items() if answer}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_first"


class ChecksField(forms.Field):
    """Which things of a list are in place: {key: true or false}; what nobody has looked at is left out."""

    def __init__(self, sentences: Mapping[str, Any], **options: Any) -> None:
        super().__init__(required=False, widget=ChecksInput(sentences), **options)
        self.choices = list(sentences.items())

    def to_python(self, value: Any) -> dict[str, bool]:
        if not set((value or {}).values()) <= {"yes", "no"}:
            raise ValidationError(_("Say of each whether it is in place, missing, or not looked at."))
        return {key: answer == "yes" for key, answer in (value or {}).items()}

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = {key: ChecksInput.ANSWERS[said] for key, said in (initial or {}).items()}
        return before != (data or {})
