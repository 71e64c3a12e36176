"""The inbox, a conversation, and what other pages show of them."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from samspill.accounts import access
from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role
from samspill.conversations.forms import AnswerForm, AssignForm, NoteForm
from samspill.conversations.models import Conversation, ConversationQuerySet, Message
from samspill.conversations.overdue import prove_weeks
from samspill.conversations.reply import can_be_answered
from samspill.conversations.rows import people, rows
from samspill.lib.numbers import row_number
from samspill.networks.models import Channel
from samspill.publishing.check import count
from samspill.strategy.models import Goal

PAGE = 25
LINES = 200  # of a conversation shown at first, the newest
SHOWS = ("waiting", "mine", "answered", "all")


def talks_of(request: MemberRequest) -> ConversationQuerySet:
    return Conversation.objects.in_workspace(request.workspace).said()


@door(read=Role.VIEWER)
def inbox(request: MemberRequest) -> HttpResponse:
    """Who waits for an answer, the least hours left first."""
    show = request.GET.get("show", "")
    show = show if show in SHOWS else "waiting"
    channels = Channel.objects.in_workspace(request.workspace).order_by("name")
    chosen = next((row.pk for row in channels if str(row.pk) == request.GET.get("channel")), None)
    talks = _shown(talks_of(request), show, request)
    if chosen:
        talks = talks.filter(channel=chosen)
    page = Paginator(talks, PAGE).get_page(request.GET.get("page"))
    waiting = talks_of(request).waiting()
    context = {
        "rows": rows(page.object_list),  # type: ignore[arg-type]
        "page": page, "show": show, "shows": SHOWS, "channels": channels, "chosen": chosen,
        "people": waiting.people(), "first": waiting.first(),
        "proof": prove_weeks(request.workspace, timezone.now()),
        "anything": talks_of(request).exists(), "undo": _just_closed(request),
    }  # fmt: skip
    return render(request, "conversations/inbox.html", context)


def _shown(talks: ConversationQuerySet, show: str, request: MemberRequest) -> ConversationQuerySet:
    if show == "waiting":
        return talks.waiting()
    if show == "mine":
        return talks.waiting().filter(assigned_to=request.user)
    if show == "answered":
        talks = talks.filter(state=Conversation.State.ANSWERED)
    return talks.order_by("-last_at", "-pk")


def _just_closed(request: MemberRequest) -> Conversation | None:
    """What the person has closed a moment ago, with no script to undo it in place."""
    return talks_of(request).filter(pk=row_number(request.GET.get("done", "")) or 0).first()


@door(read=Role.VIEWER)
def conversation(request: MemberRequest, pk: int) -> HttpResponse:
    """Our post, what was said to it, oldest first, and room for an answer."""
    talk = access.get(talks_of(request), request, pk=pk)
    return render(request, "conversations/conversation.html", page_of(request, talk))


def page_of(request: MemberRequest, talk: Conversation, **forms: Any) -> dict[str, Any]:
    """What the page of a conversation shows; a form is given when it has errors to show."""
    messages = list(talk.messages.select_related("delivery", "written_by", "channel"))
    speech = [message for message in messages if message.is_speech and not _is_about(message, talk)]
    shown = speech if "all" in request.GET else _shortened(speech)
    waiting = [message for message in speech if message.is_waiting]
    authors = people(speech)
    form = forms.get("form") or _answer_form(request, talk, messages)
    target = _target(form, messages) if form else None
    chosen = {"to": talk.assigned_to_id}
    return {
        "talk": talk, "speech": shown, "hidden": len(speech) - len(shown),
        "people": authors, "waiting": waiting,
        "reactions": sum(not message.is_speech for message in messages),
        "form": form, "target": target, "seen": _newest(messages),
        "count": count(form["text"].value() or "", talk.channel) if form else None,
        "note_form": forms.get("note_form") or NoteForm(),
        "assign_form": forms.get("assign_form") or AssignForm(request.workspace, initial=chosen),
        "before": _before(talk, target or next(reversed(authors), None)),
    }  # fmt: skip


def _shortened(speech: list[Message]) -> list[Message]:
    """The newest, and whatever waits: nobody may close what they could not see."""
    return [message for message in speech[:-LINES] if message.is_waiting] + speech[-LINES:]


def _is_about(message: Message, talk: Conversation) -> bool:
    """Our post itself may have come in as a message; it stands on top already."""
    return talk.about is not None and message.remote_id == talk.about.remote_id


def _newest(messages: list[Message]) -> int:
    return max((message.pk for message in messages), default=0)


def _answer_form(request: MemberRequest, talk: Conversation, messages: list[Message]) -> AnswerForm | None:
    """To the message that was chosen, else what has waited longest, else what was said last."""
    if request.member.role < Role.CONTRIBUTOR:
        return None
    again = next((m for m in messages if m.is_ours and str(m.pk) == request.GET.get("again")), None)
    able = [message for message in messages if message.is_speech and can_be_answered(message)]
    chosen = [message for message in able if _is_chosen(message, request.GET.get("to"), again)]
    waiting = [message for message in able if message.is_waiting]
    to = next(iter([*chosen, *waiting, *reversed(able)]), None)
    return AnswerForm.fresh(talk, to, _newest(messages), again.text if again else "") if to else None


def _is_chosen(message: Message, pk: str | None, again: Message | None) -> bool:
    return str(message.pk) == pk or (again is not None and message.remote_id == again.parent_id)


def _target(form: AnswerForm, messages: list[Message]) -> Message | None:
    value = form["to"].value()
    wanted = str(value.pk if isinstance(value, Message) else value)
    return next((message for message in messages if str(message.pk) == wanted), None)


def _before(talk: Conversation, message: Message | None) -> QuerySet[Message]:
    """What the same person has said to us in other conversations, the newest first."""
    if message is None or not message.author_id:
        return Message.objects.none()
    others = Message.objects.from_people().filter(channel=talk.channel, author_id=message.author_id)
    return others.exclude(conversation=talk).select_related("conversation")[:8]


@door(read=Role.VIEWER)
def message(request: MemberRequest, pk: int) -> HttpResponse:
    """A fragment: one line of a conversation, asked for again while our answer is on its way."""
    lines = Message.objects.in_workspace(request.workspace).select_related(
        "delivery", "written_by", "channel", "conversation"
    )
    line = access.get(lines, request, pk=pk)
    return render(request, "conversations/_message.html", {"message": line, "talk": line.conversation})


@door(read=Role.VIEWER)
def goal_said(request: MemberRequest, pk: int) -> HttpResponse:
    """A fragment for a goal's page: what people said to the posts that serve it."""
    goal = access.get(Goal.objects.in_workspace(request.workspace), request, pk=pk)
    said = Message.objects.in_workspace(request.workspace).serving(goal.pk)
    newest = said.select_related("conversation__channel", "conversation__about__version__draft")[:3]
    context = {"goal": goal, "count": said.count(), "newest": newest}
    return render(request, "conversations/_goal_said.html", context)
