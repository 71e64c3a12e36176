"""The forms of what grows by itself: an observation in ten seconds, and a pattern."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from samspill.strategy.emergence import named
from samspill.strategy.forms import RowForm
from samspill.strategy.models import Observation, Pattern, Strategy
from samspill.strategy.record_form import Offering

NAME = 120  # characters of a pattern's name


class AboutField(forms.CharField):
    """What something is about: the name of a pattern that stands, or of a new one."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=NAME, label=_("What it is about"), **options)

    def offer(self, strategy: Strategy) -> None:
        rows = Pattern.objects.of(strategy).order_by("name")
        self.widget = Offering([row.name for row in rows])


class ObservationForm(forms.ModelForm):  # type: ignore[type-arg]
    """One thing somebody saw. `link` comes from the page one was on."""

    about = AboutField(
        required=False,
        help_text=_(
            "A few words that others may use too. Leave it open where you do not know; it can be sorted"
            " later."
        ),
    )

    class Meta:
        model = Observation
        fields = ("text", "sort", "about", "link")
        widgets: ClassVar[dict[str, Any]] = {
            "text": forms.Textarea(attrs={"rows": 2}),
            "sort": forms.RadioSelect,
            "link": forms.HiddenInput,
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "text": _(
                "One sentence is enough. For example: Three people asked about the same form this week."
            )
        }
        error_messages: ClassVar[dict[str, Any]] = {
            "text": {"required": _("Write what you saw. One sentence is enough.")}
        }

    def __init__(self, *args: Any, strategy: Strategy, **options: Any) -> None:
        super().__init__(*args, **options)
        self.strategy = strategy
        self.fields["sort"].choices = Observation.Sort.choices  # type: ignore[attr-defined]
        self.fields["about"].offer(strategy)  # type: ignore[attr-defined]

    def clean_link(self) -> str:
        """A page of this workspace, or a web address."""
        link: str = self.cleaned_data["link"]
        if link and not is_page_of(self.strategy, link):
            wrong = _("The address it was seen at is no web address. Take it away, and save again.")
            URLValidator(["http", "https"], message=wrong)(link)
        return link


def is_page_of(strategy: Strategy, link: str) -> bool:
    """Whether the link is a path below the workspace's own pages."""
    return link.startswith(f"/w/{strategy.workspace.slug}/") and "\\" not in link and "\n" not in link


class GatherForm(forms.Form):
    """Several observations into one pattern, or out of the one they are in."""

    prefix = "gather"
    about = AboutField(
        required=False, help_text=_("A pattern that stands, or a new one. Left empty, they belong to none.")
    )

    def __init__(self, *args: Any, strategy: Strategy, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["about"].offer(strategy)  # type: ignore[attr-defined]
        self.fields["about"].label = _("What they are about")


class PatternForm(RowForm):
    class Meta:
        model = Pattern
        fields = ("name", "what")
        help_texts: ClassVar[dict[str, Any]] = {
            "name": _("A few words. For example: People answer one another."),
            "what": _(
                "What the observations have in common, and what may lie behind it. For example: Neighbours"
                " explain the waste calendar to each other before we do, and they do it well."
            ),
        }

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        other = named(self.strategy, name)
        if other is not None and other.pk != self.instance.pk:
            raise ValidationError(
                _("There is a pattern of this name already. Gather the observations there, or find another.")
            )
        return name
