"""Where a person is signed in, and how to end it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.utils.translation import gettext as _

from samspill.accounts import log
from samspill.accounts.access import PersonRequest

# The first that fits: Edge and Opera also call themselves Chrome, Chrome also Safari.
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux")


@dataclass(frozen=True)
class Session:
    what: str
    address: str
    since: datetime
    is_this: bool


def sessions_of(request: PersonRequest) -> list[Session]:
    """The person's sessions, newest first; the one that asks on top."""
    found = [
        Session(_name(row.user_agent), row.ip, row.created_at, row.session_key == request.session.session_key)
        for row in UserSession.objects.purge_and_list(request.user)
    ]
    return sorted(found, key=lambda session: (not session.is_this, -session.since.timestamp()))


@transaction.atomic
def end_others(request: PersonRequest) -> None:
    """Sign out everywhere but here; sessions that nobody listed end as well, and this one gets a new key."""
    request.user.end_sessions()
    key = request.session.session_key
    UserSession.objects.filter(user=request.user).exclude(session_key=key).delete()
    update_session_auth_hash(request, request.user)
    UserSession.objects.filter(session_key=key).update(session_key=request.session.session_key)
    log.record("person.end_sessions", workspace=None, user=request.user)


def _name(user_agent: str) -> str:
    browser = next((name for mark, name in BROWSERS.items() if mark in user_agent), "")
    system = next((name for name in SYSTEMS if name in user_agent), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("a browser that does not say its name")
