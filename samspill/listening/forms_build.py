"""The boxes in which a search is put together."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samspill.archive.query_parse import LONGEST
from samspill.listening.build import Boxes, WrongBox, put_together
from samspill.listening.shown import language_name
from samspill.networks.registry import NETWORKS, network_name

LANGUAGES = ("nb", "nn", "en", "sv", "da", "se", "de")


class BuildForm(forms.Form):
    """Its `query`, once it is valid, is what the boxes say."""

    use_required_attribute = False
    words = forms.CharField(
        label=_("All of these words"),
        required=False,
        help_text=_("In any of their forms. kommun* is every word that begins so."),
    )
    phrase = forms.CharField(label=_("These words in this order"), required=False)
    any = forms.CharField(label=_("Any of these"), required=False, help_text=_("Words or hashtags."))
    none = forms.CharField(label=_("None of these"), required=False, help_text=_("Words or hashtags."))
    tags = forms.CharField(
        label=_("Hashtags"), required=False, help_text=_("With or without #. All of them must be there.")
    )
    site = forms.CharField(label=_("With a link to"), required=False, help_text=_("A site, such as nrk.no."))
    by = forms.CharField(
        label=_("Said by"), required=False, help_text=_("An account, such as kari.bsky.social.")
    )
    to = forms.CharField(
        label=_("Mentions"), required=False, help_text=_("An account, such as kari.bsky.social.")
    )
    since = forms.CharField(
        label=_("From"), required=False, help_text=_("A day, such as 1.11.2026, or the last 7d.")
    )
    until = forms.CharField(
        label=_("To the end of"), required=False, help_text=_("A day, such as 24.11.2026.")
    )
    lang = forms.ChoiceField(label=_("Language"), required=False)
    network = forms.ChoiceField(label=_("Network"), required=False)
    link = forms.BooleanField(label=_("Only what links to something"), required=False)
    originals = forms.BooleanField(label=_("Without what is only passed on"), required=False)

    field_order = (
        "tags",
        "words",
        "phrase",
        "any",
        "none",
        "by",
        "to",
        "site",
        "lang",
        "network",
        "since",
        "until",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.query = ""
        names = [("no", _("Norwegian, in any form"))] + [(code, language_name(code)) for code in LANGUAGES]
        self.fields["lang"].choices = [("", _("any")), *names]  # type: ignore[attr-defined]
        networks = [(key, network_name(key)) for key in NETWORKS]
        self.fields["network"].choices = [("", _("any")), *networks]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        found = super().clean() or {}
        boxes: Boxes = {name: value for name, value in found.items() if value}
        try:
            self.query = put_together(boxes)
        except WrongBox as error:
            self.add_error(error.name, str(error))
        if not self.errors and not self.query:
            self.add_error(None, _("Fill in one box or more."))
        elif len(self.query) > LONGEST:
            self.add_error(
                None, _("This is too long. A query has room for %(n)d characters.") % {"n": LONGEST}
            )
        return found
