"""The form a draft is written in, and the small ones around it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from samspill.accounts.models import Member, Role, User, Workspace
from samspill.networks.models import Channel
from samspill.publishing.check import Count, count
from samspill.publishing.models import Draft, Picture
from samspill.publishing.write import Words, tidy
from samspill.strategy.models import Goal

LONGEST = 20_000
WALL_FORMATS = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M", "%d.%m.%Y %H.%M")
NO_TIME = _("This is not a date and time. Write it as 2026-11-24 11:30.")


class WallTimeField(forms.Field):
    """A date and time as the clock on the wall shows it; in which zone is said beside it."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"})

    def to_python(self, value: str | None) -> datetime | None:
        typed = (value or "").strip()
        if not typed:
            return None
        for pattern in WALL_FORMATS:
            try:
                return datetime.strptime(typed[:16], pattern)  # noqa: DTZ007 - the zone stands beside it
            except ValueError:
                continue
        raise ValidationError(NO_TIME)

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat(timespec="minutes") if isinstance(value, datetime) else value


def editors(workspace: Workspace) -> Any:
    """Who may approve here."""
    approving = Member.objects.filter(workspace=workspace, role__gte=Role.EDITOR, user__is_active=True)
    return User.objects.filter(memberships__in=approving).order_by("name")


def _text(**options: Any) -> forms.CharField:
    return forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 3}), **options)


@dataclass(frozen=True)
class Panel:
    """What the draft is on one channel: its text, how long that is, and where to write it differently."""

    channel: Channel
    own: BoundField
    own_text: BoundField
    is_own: bool
    text: str
    count: Count
    pictures: list[Picture]

    @property
    def preview_id(self) -> str:
        return f"preview-{self.channel.pk}"

    @property
    def own_shown(self) -> str:
        """What stands in the box: what was typed there, else a copy of the common text to begin with."""
        return self.own_text.value() or self.text


class DraftForm(forms.Form):
    """All of a draft on one page. Everything may be unfinished; only sizes are refused."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    page = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("Working title"),
        help_text=_("For yourselves; it is not published."),
        max_length=120,
        required=False,
    )
    goal = forms.ModelChoiceField(
        Goal.objects.none(),
        label=_("Which goal does it serve?"),
        required=False,
        empty_label=_("None yet"),
    )
    channels = forms.ModelMultipleChoiceField(
        Channel.objects.none(),
        label=_("Where does it go out?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    text = _text(label=_("Text"), max_length=LONGEST)
    approver = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Who shall approve it?"),
        required=False,
        empty_label=_("Choose somebody"),
    )
    when = WallTimeField(label=_("When?"), required=False)

    wrong_pictures: Sequence[str] = ()

    def __init__(self, draft: Draft, data: Any = None, **options: Any) -> None:
        self.draft = draft
        self.kept = list(draft.versions.select_related("channel")) if draft.pk else []
        super().__init__(data, initial=self._initial(), **options)
        workspace = draft.workspace
        goals = Goal.objects.in_workspace(workspace)
        self._of("goal").queryset = goals.filter(Q(closed_at=None) | Q(pk=draft.goal_id or 0))
        kept = [version.channel_id for version in self.kept]
        channels = Channel.objects.in_workspace(workspace)
        self._of("channels").queryset = channels.publishing() | channels.filter(pk__in=kept)
        self._of("approver").queryset = editors(workspace)
        self.offered: list[Channel] = sorted(self._of("channels").queryset, key=str)
        if not draft.pk and len(self.offered) == 1:
            self.initial["channels"] = [self.offered[0].pk]  # no choice to make
        for channel in self.offered:
            self.fields[f"own_{channel.pk}"] = forms.BooleanField(
                label=_("Write it differently for %(channel)s") % {"channel": channel.name}, required=False
            )
            self.fields[f"own_text_{channel.pk}"] = _text(
                label=_("Text for %(channel)s") % {"channel": channel.name}, max_length=LONGEST
            )
        for picture in self.pictures():
            self.fields[f"alt_{picture.pk}"] = _text(label=_("Alt text"), max_length=1500)

    def _of(self, name: str) -> Any:
        return self.fields[name]

    def _initial(self) -> dict[str, Any]:
        draft = self.draft
        initial: dict[str, Any] = {
            "uuid": draft.uuid,
            "page": uuid.uuid4(),
            "version": draft.version,
            "title": draft.title,
            "goal": draft.goal_id,
            "text": draft.text,
            "channels": [version.channel_id for version in self.kept],
            "approver": draft.approver_id,
            "when": draft.wish,
        }
        for version in self.kept:
            initial[f"own_{version.channel_id}"] = version.is_own
            initial[f"own_text_{version.channel_id}"] = version.text if version.is_own else ""
        return initial | {f"alt_{picture.pk}": picture.alt for picture in self.pictures()}

    def ask_others_than(self, user: User) -> None:
        """Nobody is offered themselves when somebody else shall read it."""
        self._of("approver").queryset = self._of("approver").queryset.exclude(pk=user.pk)

    def pictures(self) -> list[Picture]:
        return list(self.draft.pictures.all()) if self.draft.pk else []

    def is_empty(self) -> bool:
        """Nothing worth keeping has been typed yet."""
        return not tidy(self.cleaned_data["title"]) and not tidy(self.cleaned_data["text"])

    def words(self) -> Words:
        said = self.cleaned_data
        versions = {
            channel: said[f"own_text_{channel.pk}"] if said[f"own_{channel.pk}"] else None
            for channel in said["channels"]
        }
        alts = {picture.pk: said[f"alt_{picture.pk}"] for picture in self.pictures()}
        return Words(said["title"], said["text"], said["goal"], versions, alts)

    def panels(self) -> Iterator[Panel]:
        """One for each chosen channel, with what has been typed so far."""
        chosen = {str(pk) for pk in self["channels"].value() or []}
        for channel in self.offered:
            if str(channel.pk) not in chosen:
                continue
            own, own_text = self[f"own_{channel.pk}"], self[f"own_text_{channel.pk}"]
            is_own = bool(own.value())
            common = tidy(self["text"].value() or "")
            text = (tidy(own_text.value() or "") or common) if is_own else common
            yield Panel(channel, own, own_text, is_own, text, count(text, channel), self.pictures())

    def picture_fields(self) -> Iterator[tuple[Picture, BoundField]]:
        for picture in self.pictures():
            yield picture, self[f"alt_{picture.pk}"]


class NoteForm(forms.Form):
    """A yes or a no to the words that were read."""

    note = forms.CharField(
        label=_("A note to the writer"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    content_sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    page = forms.UUIDField(widget=forms.HiddenInput)

    @staticmethod
    def of(draft: Draft) -> dict[str, Any]:
        return {"content_sha256": draft.content_sha256(), "page": uuid.uuid4()}

    def reread(self, draft: Draft) -> None:
        """The page shows the words as they are now, so a yes is a yes to these."""
        self.data = {**self.data, "note": self.data.get("note", ""), **self.of(draft)}


class ScheduleForm(forms.Form):
    when = WallTimeField(label=_("When?"), required=False)
    page = forms.UUIDField(widget=forms.HiddenInput, required=False)

    @classmethod
    def of(cls, draft: Draft) -> ScheduleForm:
        return cls(initial={"when": draft.wish, "page": uuid.uuid4()})


class LinkForm(forms.Form):
    url = forms.URLField(
        label=_("The address of the post"),
        max_length=700,
        assume_scheme="https",
        error_messages={"required": _("Write the address of the post, so that it can be found again.")},
    )
