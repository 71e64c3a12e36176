"""What one can write in the inbox: an answer, a note, who takes it."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samspill.accounts.models import Role, User, Workspace
from samspill.conversations.models import Conversation, Message


class AnswerForm(forms.Form):
    """An answer to one message. `seen` tells what its writer had read, `request_id` one click from two."""

    text = forms.CharField(
        label=_("Answer"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write an answer first.")},
    )
    to = forms.ModelChoiceField(Message.objects.none(), widget=forms.HiddenInput)
    seen = forms.IntegerField(min_value=0, max_value=2**63 - 1, widget=forms.HiddenInput)
    request_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, talk: Conversation, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.talk = talk
        messages: Any = self.fields["to"]
        messages.queryset = talk.messages.filter(is_ours=False)

    @classmethod
    def fresh(cls, talk: Conversation, to: Message, seen: int, text: str = "") -> AnswerForm:
        return cls(talk, initial={"to": to, "seen": seen, "text": text, "request_id": uuid.uuid4()})

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        seen = said.get("seen")
        meanwhile = self.talk.messages.filter(is_ours=True, pk__gt=seen) if seen is not None else None
        theirs = meanwhile and meanwhile.exclude(delivery__request_id=said.get("request_id")).last()
        if theirs:
            who = theirs.written_by or _("Somebody")
            raise ValidationError(
                _("%(who)s has answered while you wrote, see above. Send yours too if it adds something."),
                params={"who": who},
            )
        return said


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Note"),
        help_text=_("For us alone; it is never sent."),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write the note first.")},
    )


class AssignForm(forms.Form):
    to = forms.ModelChoiceField(
        User.objects.none(), label=_("Who takes it"), required=False, empty_label=_("nobody in particular")
    )

    def __init__(self, workspace: Workspace, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        members: Any = self.fields["to"]
        able = User.objects.filter(memberships__workspace=workspace, memberships__role__gte=Role.CONTRIBUTOR)
        members.queryset = able.order_by("name")
        members.error_messages["invalid_choice"] = _("This person cannot answer here. Choose another.")
