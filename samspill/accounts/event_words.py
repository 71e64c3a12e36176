"""What the short names in the log mean, for who reads it: "draft.approve" is "approved" and "draft".

A name without words is shown as it is, so a new one needs no line here; a line makes it friendlier.
"""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# Where the verb alone would not say it.
WHOLE = {
    "setup.done": _("set up Samspill for"),
    "member.role": _("changed the role of"),
    "member.leave": _("left the workspace:"),
    "invitation.create": _("invited somebody"),
    "invitation.revoke": _("took back an invitation"),
    "invitation.accept": _("joined by invitation:"),
    "password_link.create": _("made a link to a new password for"),
    "governingdocument.version": _("uploaded a new version of"),
    "goal.see_passage": _("looked at the changed passage of"),
    "conversation.note": _("wrote a note in the conversation"),
    "reply.send": _("answered:"),
    "delivery.confirm": _("said that it is out:"),
}
VERBS = {
    "create": _("made"),
    "change": _("changed"),
    "move": _("moved"),
    "remove": _("removed"),
    "delete": _("deleted"),
    "close": _("closed"),
    "reopen": _("opened again"),
    "done": _("said that it is done:"),
    "undone": _("said that it is not done:"),
    "upload": _("uploaded"),
    "copy": _("copied"),
    "ask": _("asked for approval of"),
    "approve": _("approved"),
    "return": _("sent back"),
    "schedule": _("scheduled"),
    "unschedule": _("took from the schedule"),
    "resend": _("sent again"),
    "cancel": _("stopped"),
    "assign": _("handed over"),
    "connect": _("connected"),
    "reconnect": _("connected again"),
}
NOUNS = {
    "workspace": _("workspace"),
    "member": _("member"),
    "strategy": _("strategy"),
    "goal": _("goal"),
    "audience": _("audience"),
    "tactic": _("tactic"),
    "trait": _("trait"),
    "channelchoice": _("channel choice"),
    "launchaction": _("launch action"),
    "governingdocument": _("governing document"),
    "channel": _("channel"),
    "draft": _("draft"),
    "delivery": _("delivery"),
    "conversation": _("conversation"),
}


def done(action: str) -> str:
    """What was done, in words."""
    _noun, _dot, verb = action.partition(".")
    return str(WHOLE.get(action) or VERBS.get(verb) or action)


def kind(action: str) -> str:
    """What it was done to, in a word; empty where there is none."""
    noun, _dot, _verb = action.partition(".")
    return "" if action in WHOLE else str(NOUNS.get(noun, ""))


def said_as(text: str) -> Q:
    """The events whose words, as the reader sees them, hold the text."""
    wanted = text.lower()
    found = Q(action__icontains=text) | Q(
        action__in=[name for name, words in WHOLE.items() if wanted in words.lower()]
    )
    for verb, words in VERBS.items():
        if wanted in words.lower():
            found |= Q(action__endswith=f".{verb}") & ~Q(action__in=WHOLE)
    for noun, words in NOUNS.items():
        if wanted in words.lower():
            found |= Q(action__startswith=f"{noun}.") & ~Q(action__in=WHOLE)
    return found
