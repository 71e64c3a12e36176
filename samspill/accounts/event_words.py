"""What the short names in the log mean, for who reads it: "draft.approve" is "approved" and "draft".

A name without words is shown as it is, so a new one needs no line here; a line makes it friendlier.
"""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# Where the verb alone would not say it.
WHOLE = {
    "setup.done": _("set up Samspill for"),
    "member.role": _("changed the role of"),
    "member.leave": _("left the workspace"),
    "invitation.create": _("invited somebody"),
    "invitation.revoke": _("took back an invitation"),
    "invitation.accept": _("joined by invitation"),
    "password_link.create": _("made a link to a new password for"),
    "governingdocument.version": _("uploaded a new version of"),
    "audience.presence": _("wrote where people are, of"),
    "goal.see_passage": _("looked at the changed passage of"),
    "record.aside": _("put a finding aside:"),
    "record.take_up": _("took up a finding again:"),
    "strategy.part_alone": _("chose to show only our own in"),
    "strategy.part_inherits": _("chose to show what is inherited too in"),
    "observation.gather": _("sorted the observation"),
    "import.create": _("brought in the old strategy"),
    "import.close": _("was done with the old strategy"),
    "import.reopen": _("took up again the old strategy"),
    "import.remove": _("removed the old strategy"),
    "piece.place": _("placed a piece of an old strategy:"),
    "piece.leave_out": _("left out a piece of an old strategy:"),
    "piece.take_back": _("took back a piece of an old strategy:"),
    "comment.create": _("commented on"),
    "comment.settle": _("settled a comment on"),
    "comment.reopen": _("opened again a comment on"),
    "pattern.decide": _("decided about"),
    "face.change": _("changed the public page"),
    "face.open": _("opened the public page"),
    "face.shut": _("shut the public page"),
    "conversation.note": _("wrote a note in the conversation"),
    "keeping.change": _("changed how long is kept what is said on"),
    "person.export": _("took out what is kept of"),
    "erasure.create": _("had erased what was said by"),
    "spike.judge": _("said what we make of"),
    "reply.send": _("answered:"),
    "delivery.confirm": _("said that it is out:"),
}
VERBS = {
    "adopt": pgettext_lazy("log", "adopted"),
    "take_in": pgettext_lazy("log", "read in a file over"),
    "create": pgettext_lazy("log", "made"),
    "change": pgettext_lazy("log", "changed"),
    "move": pgettext_lazy("log", "moved"),
    "remove": pgettext_lazy("log", "removed"),
    "delete": pgettext_lazy("log", "deleted"),
    "close": pgettext_lazy("log", "closed"),
    "reopen": pgettext_lazy("log", "opened again"),
    "done": pgettext_lazy("log", "said that it is done:"),
    "undone": pgettext_lazy("log", "said that it is not done:"),
    "upload": pgettext_lazy("log", "uploaded"),
    "strike": pgettext_lazy("log", "struck out"),
    "copy": pgettext_lazy("log", "copied"),
    "ask": pgettext_lazy("log", "asked for approval of"),
    "approve": pgettext_lazy("log", "approved"),
    "return": pgettext_lazy("log", "sent back"),
    "schedule": pgettext_lazy("log", "scheduled"),
    "unschedule": pgettext_lazy("log", "took from the schedule"),
    "resend": pgettext_lazy("log", "sent again"),
    "cancel": pgettext_lazy("log", "stopped"),
    "assign": pgettext_lazy("log", "handed over"),
    "connect": pgettext_lazy("log", "connected"),
    "reconnect": pgettext_lazy("log", "connected again"),
    "pause": pgettext_lazy("log", "paused"),
    "resume": pgettext_lazy("log", "let go on"),
}
NOUNS = {
    "workspace": pgettext_lazy("log", "workspace"),
    "member": pgettext_lazy("log", "member"),
    "strategy": pgettext_lazy("log", "strategy"),
    "edition": pgettext_lazy("log", "edition"),
    "template": pgettext_lazy("log", "template"),
    "goal": pgettext_lazy("log", "goal"),
    "audience": pgettext_lazy("log", "audience"),
    "tactic": pgettext_lazy("log", "tactic"),
    "trait": pgettext_lazy("log", "trait"),
    "channelchoice": pgettext_lazy("log", "channel choice"),
    "launchaction": pgettext_lazy("log", "launch action"),
    "record": pgettext_lazy("log", "record"),
    "usagefigure": pgettext_lazy("log", "figure of who uses what"),
    "governingdocument": pgettext_lazy("log", "governing document"),
    "decision": pgettext_lazy("log", "decision"),
    "observation": pgettext_lazy("log", "observation"),
    "pattern": pgettext_lazy("log", "pattern"),
    "channel": pgettext_lazy("log", "channel"),
    "stream": pgettext_lazy("log", "stream"),
    "watch": pgettext_lazy("log", "watch"),
    "shareofvoice": pgettext_lazy("log", "share of voice"),
    "draft": pgettext_lazy("log", "draft"),
    "delivery": pgettext_lazy("log", "delivery"),
    "conversation": pgettext_lazy("log", "conversation"),
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
