"""Who works in a workspace, and what the one who looks may do with each."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa.models import Authenticator

from samspill.accounts.models import Member, Workspace
from samspill.accounts.password_link import linkable


@dataclass(frozen=True)
class Colleague:
    member: Member
    has_second_step: bool
    is_me: bool
    may_link: bool


def people_of(workspace: Workspace, *, seen_by: Member) -> list[Colleague]:
    """Owners first, then by name."""
    members = list(
        workspace.members.select_related("user", "workspace").order_by("-role", "user__name", "pk")
    )
    links = linkable(seen_by.user, [member.user for member in members]) if seen_by.is_owner else set()
    second = set(
        Authenticator.objects.filter(user__memberships__workspace=workspace)
        .exclude(type=Authenticator.Type.RECOVERY_CODES)
        .values_list("user_id", flat=True)
    )
    return [
        Colleague(
            member=member,
            has_second_step=member.user_id in second,
            is_me=member.pk == seen_by.pk,
            may_link=member.user_id in links and member.pk != seen_by.pk,
        )
        for member in members
    ]
