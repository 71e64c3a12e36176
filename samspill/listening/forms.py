"""What a person says about a watch: what it asks for, what for, and when it speaks up."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.accounts.models import Workspace
from samspill.archive.query import And, Node, Not, Or, Since, Until
from samspill.archive.query_parse import LONGEST, Wrong, parse, tidy
from samspill.listening.asked import zone
from samspill.listening.models import ShareOfVoice, Spike, Watch
from samspill.strategy.models import Goal

MOST_VOICES = 12


def has_moment(node: Node) -> bool:
    """Whether it says since when or until when."""
    match node:
        case Since() | Until():
            return True
        case And(nodes) | Or(nodes):
            return any(has_moment(each) for each in nodes)
        case Not(inner):
            return has_moment(inner)
    return False


class WatchForm(forms.ModelForm):  # type: ignore[type-arg]
    """The query comes from the field above it, tested."""

    query = forms.CharField(max_length=2 * LONGEST, widget=forms.HiddenInput)
    why = forms.CharField(
        label=_("Why it is changed"),
        max_length=300,
        required=False,
        help_text=_("Stands beside the version, for who wonders why a figure jumps."),
    )

    class Meta:
        model = Watch
        fields = ("name", "purpose", "goal", "alert", "digest")
        widgets: ClassVar[dict[str, Any]] = {"alert": forms.RadioSelect, "digest": forms.RadioSelect}
        help_texts: ClassVar[dict[str, Any]] = {
            "name": _("Short, as it shall stand in lists. For example: Power prices here."),
            "purpose": _("One sentence. For example: To know when people ask about their bill."),
            "alert": _("An alert comes once for each time more is said, and tells why."),
        }

    def __init__(self, *args: Any, workspace: Workspace, **options: Any) -> None:
        super().__init__(*args, **options)
        self.instance.workspace = workspace
        self.workspace = workspace
        goals = self.fields["goal"]
        goals.queryset = Goal.objects.in_workspace(workspace).open()  # type: ignore[attr-defined]
        goals.empty_label = _("none")  # type: ignore[attr-defined]
        if not goals.queryset.exists():  # type: ignore[attr-defined]
            del self.fields["goal"]
        if not settings.CAN_MAIL:
            self.fields["digest"].disabled = True
            self.fields["digest"].help_text = _(
                "This installation has no mail server yet. What a watch hears stands on its page and on the"
                " first page."
            )
        if not self.instance.pk:
            del self.fields["why"]

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        others = Watch.objects.in_workspace(self.workspace).exclude(pk=self.instance.pk)
        if name.casefold() in {other.casefold() for other in others.values_list("name", flat=True)}:
            raise forms.ValidationError(_("There is a watch of this name already. Give it another one."))
        return name

    def clean_query(self) -> str:
        typed = tidy(self.cleaned_data["query"])
        try:
            node = parse(typed, timezone.now(), zone())
        except Wrong as error:
            raise forms.ValidationError(str(error)) from error
        if has_moment(node):
            raise forms.ValidationError(
                _("A watch has no beginning and no end. Take away since: and until:.")
            )
        return typed


class JudgeForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a person makes of a spike."""

    class Meta:
        model = Spike
        fields = ("judged", "note")
        labels: ClassVar[dict[str, Any]] = {"judged": _("What we make of it"), "note": _("In a sentence")}
        widgets: ClassVar[dict[str, Any]] = {"judged": forms.RadioSelect}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["judged"]
        field.choices = [each for each in Spike.Judged.choices if each[0]]  # type: ignore[attr-defined]
        field.required = True
        field.error_messages["required"] = _("Choose what you make of it.")


class ShareOfVoiceForm(forms.ModelForm):  # type: ignore[type-arg]
    """Whose voices are held against each other."""

    class Meta:
        model = ShareOfVoice
        fields = ("name", "watches", "own")
        widgets: ClassVar[dict[str, Any]] = {"watches": forms.CheckboxSelectMultiple}
        help_texts: ClassVar[dict[str, Any]] = {
            "watches": _(
                "Two or more, each for one voice: such as one on what is said about you, and one on each of"
                " those you compare yourself with."
            ),
        }

    def __init__(self, *args: Any, workspace: Workspace, **options: Any) -> None:
        super().__init__(*args, **options)
        self.instance.workspace = workspace
        rows = Watch.objects.in_workspace(workspace)
        for name in ("watches", "own"):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        self.fields["own"].empty_label = _("none of them")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        found = super().clean() or {}
        chosen = found.get("watches")
        if chosen is not None and not 2 <= len(chosen) <= MOST_VOICES:
            self.add_error("watches", _("Choose from two to %(n)d watches.") % {"n": MOST_VOICES})
        own = found.get("own")
        if own and chosen is not None and own not in chosen:
            self.add_error("own", _("Choose one of the watches above."))
        return found
