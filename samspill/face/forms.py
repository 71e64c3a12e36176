"""What is asked before the strategy is shown: in which language, which parts, and with whose names."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samspill.face.content import ALL_PARTS, DOCUMENTS, Choices
from samspill.face.models import SHORTEST_ADDRESS, Face
from samspill.strategy.forms import KeptForm
from samspill.strategy.models import Strategy
from samspill.strategy.sections import SECTIONS


def part_choices(keys: tuple[str, ...] = ALL_PARTS) -> list[tuple[str, Any]]:
    named: dict[str, Any] = {key: section.title for key, section in SECTIONS.items()}
    named[DOCUMENTS] = _("What it is derived from")
    return [(key, named[key]) for key in keys]


class ChoicesForm(forms.Form):
    """For those who work here. Read from an address, so that a form of the strategy can be a link."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    people = forms.BooleanField(label=_("With people's names"), required=False)
    inside = forms.BooleanField(
        label=_("With what stays inside"),
        required=False,
        help_text=_("Risks, budget, access to the accounts, preparedness, and notes among ourselves."),
    )
    parts = forms.MultipleChoiceField(
        label=_("Parts"),
        choices=lazy(part_choices, list)(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one part.")},
    )

    @classmethod
    def asked(cls, data: Any, strategy: Strategy, language: str) -> ChoicesForm:
        """What the address asks for; all parts in the strategy's own language where it asks for nothing."""
        plain = {"language": strategy.language or language, "parts": list(ALL_PARTS)}
        if "parts" not in data and "whole" not in data:
            given = {name: data[name] for name in ("language", "people", "inside") if name in data}
            return cls(plain | given, initial=plain)
        return cls(data, initial=plain)

    def choices(self, charts: int = 0) -> Choices:
        said = self.cleaned_data
        parts = tuple(key for key in ALL_PARTS if key in said["parts"])
        return Choices(said["language"], parts, said["people"], said["inside"], charts)


class FaceForm(KeptForm):
    """The public page: whether it is there, where, in which languages, and what of the strategy it shows."""

    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Headings and figures are in the language; what you have written stays as it is."),
        error_messages={"required": _("Choose at least one language.")},
    )
    parts = forms.MultipleChoiceField(  # type: ignore[assignment]
        label=_("Parts that are shown"),
        choices=lazy(part_choices, list)(Face.PARTS),
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "What stays inside, such as risks, budget and access to the accounts, is never shown here."
        ),
        error_messages={"required": _("Choose at least one part.")},
    )

    TAKEN: ClassVar[Any] = _("Another strategy has this address. Choose another.")

    class Meta:
        model = Face
        fields = ("is_on", "address", "languages", "parts", "people")
        help_texts: ClassVar[dict[str, Any]] = {
            "address": _(
                "Small letters, figures and hyphens. If you change it, the old address shows nothing."
            ),
            "people": _(
                "Owners, people with roles and the like. Names that stand in a text are shown as text."
            ),
        }

    def __init__(self, *args: Any, strategy: Strategy, **options: Any) -> None:
        self.strategy = strategy
        super().__init__(*args, workspace=strategy.workspace, **options)
        self.fields["address"].error_messages["unique"] = self.TAKEN
        self.order_fields(["version", *self.Meta.fields])

    def belong(self) -> None:
        self.instance.strategy = self.strategy

    def again(self, data: Any, instance: Any) -> FaceForm:
        return type(self)(data, instance=instance, strategy=self.strategy)

    def clean_address(self) -> str:
        address = str(self.cleaned_data["address"]).strip().casefold()
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", address):
            raise ValidationError(
                gettext("Use small letters a to z, figures, and a hyphen between words: fjord-energy.")
            )
        if len(address) < SHORTEST_ADDRESS:
            raise ValidationError(gettext("Write at least three letters or figures."))
        return address
