"""What each short name in the log means, for who reads it. Every app's names stand here: a line for each."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "setup.done": _("set up Samspill"),
    "workspace.create": _("made the workspace"),
    "workspace.change": _("changed the workspace"),
    "member.role": _("changed the role of"),
    "member.remove": _("removed"),
    "member.leave": _("left the workspace"),
    "invitation.create": _("made an invitation"),
    "invitation.revoke": _("took back an invitation"),
    "invitation.accept": _("joined by invitation"),
    "password_link.create": _("made a password link for"),
    "channel.connect": _("connected the channel"),
    "channel.reconnect": _("connected again the channel"),
    "channel.close": _("closed the channel"),
}
