"""What one does with a conversation: answer it, hand it on, note something, close it, open it again."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samspill.accounts import access, log
from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role
from samspill.conversations import decide
from samspill.conversations.forms import AnswerForm, AssignForm, NoteForm
from samspill.conversations.models import Conversation, Message, Note
from samspill.conversations.reply import answer
from samspill.conversations.rows import rows
from samspill.conversations.views import page_of, talks_of
from samspill.lib.numbers import row_number
from samspill.publishing.check import count

REFUSED = 422  # the form comes back with what was typed and a sentence beside the field


@door(write=Role.CONTRIBUTOR)
def reply(request: MemberRequest, pk: int) -> HttpResponse:
    talk = access.get(talks_of(request), request, pk=pk)
    typed = request.POST.copy()
    form = AnswerForm(talk, typed)
    if form.is_valid():
        try:
            ours = _answer(request, form)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(f"{_page(talk)}#message-{ours.pk}")
    context = page_of(request, talk, form=form)
    typed["seen"] = str(context["seen"])  # by now they have read what came meanwhile
    if "request_id" in form.errors:
        typed["request_id"] = str(uuid.uuid4())
    return render(request, "conversations/conversation.html", context, status=REFUSED)


def _answer(request: MemberRequest, form: AnswerForm) -> Message:
    said = form.cleaned_data
    return answer(
        said["to"], by=request.user, text=said["text"], seen=said["seen"], request_id=said["request_id"]
    )


@door(write=Role.CONTRIBUTOR)
def length(request: MemberRequest, pk: int) -> HttpResponse:
    """A fragment while one writes: how long the answer is as its network counts."""
    talk = access.get(talks_of(request), request, pk=pk)
    counted = count(request.POST.get("text", "")[:20_000].strip(), talk.channel)
    return render(request, "conversations/_length.html", {"talk": talk, "count": counted})


@door(write=Role.CONTRIBUTOR)
def assign(request: MemberRequest, pk: int) -> HttpResponse:
    talk = access.get(talks_of(request), request, pk=pk)
    form = AssignForm(request.workspace, request.POST)
    if not form.is_valid():
        context = page_of(request, talk, assign_form=form)
        return render(request, "conversations/conversation.html", context, status=REFUSED)
    to = form.cleaned_data["to"]
    decide.assign(talk, to, by=request.user)
    if to is None:
        messages.success(request, _("Nobody in particular has this conversation now."))
    else:
        messages.success(request, _("%(name)s has this conversation now.") % {"name": to})
    return redirect(_page(talk))


@door(write=Role.CONTRIBUTOR)
def note(request: MemberRequest, pk: int) -> HttpResponse:
    talk = access.get(talks_of(request), request, pk=pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        context = page_of(request, talk, note_form=form)
        return render(request, "conversations/conversation.html", context, status=REFUSED)
    Note.objects.create(conversation=talk, by=request.user, text=form.cleaned_data["text"])
    log.record("conversation.note", workspace=request.workspace, user=request.user, subject=talk.pk)
    return redirect(f"{_page(talk)}#notes")


@door(write=Role.CONTRIBUTOR)
def done(request: MemberRequest, pk: int) -> HttpResponse:
    """It needs no answer, as far as the person has seen it. In the inbox the row turns into a way back."""
    talk = access.get(talks_of(request), request, pk=pk)
    decide.close(talk, by=request.user, seen=row_number(request.POST.get("seen", "")) or 0)
    if talk.state == Conversation.State.OPEN:
        messages.warning(request, _("Somebody has written meanwhile, so this conversation still waits."))
    elif request.htmx:
        return render(request, "conversations/_closed.html", {"talk": talk, "row": _row(request, talk)})
    elif request.POST.get("from") == "inbox":
        return redirect(f"{reverse('conversations:inbox', args=[request.workspace.slug])}?done={talk.pk}")
    return _back(request, talk)


@door(write=Role.CONTRIBUTOR)
def reopen(request: MemberRequest, pk: int) -> HttpResponse:
    talk = access.get(talks_of(request), request, pk=pk)
    decide.reopen(talk, by=request.user)
    if request.htmx:
        return render(request, "conversations/_row.html", {"row": _row(request, talk)})
    messages.success(request, _("The conversation waits for an answer again."))
    return _back(request, talk)


def _row(request: MemberRequest, talk: Conversation) -> object:
    return next(iter(rows(talks_of(request).filter(pk=talk.pk))), None)


def _page(talk: Conversation) -> str:
    return reverse("conversations:conversation", args=[talk.workspace.slug, talk.pk])


def _back(request: MemberRequest, talk: Conversation) -> HttpResponse:
    if request.htmx:
        return render(request, "conversations/_row.html", {"row": _row(request, talk)})
    if request.POST.get("from") == "inbox":
        return redirect("conversations:inbox", request.workspace.slug)
    return redirect(_page(talk))
