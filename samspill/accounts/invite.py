"""Invite by link: one person, one time, until it expires."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samspill.accounts import log, mail
from samspill.accounts.models import Invitation, Member, Role, User, Workspace


@transaction.atomic
def invite(workspace: Workspace, role: Role, days: int, by: User, email: str = "") -> tuple[Invitation, str]:
    """The invitation and its link, which is nowhere kept: show it now."""
    token = Invitation.new_token()
    invitation = Invitation.objects.create(
        workspace=workspace,
        role=role,
        email=email,
        token_hash=Invitation.hash_of(token),
        created_by=by,
        expires_at=timezone.now() + timedelta(days=days),
    )
    log.record(
        "invitation.create", workspace=workspace, user=by, subject=email, role=Role(role).name, days=days
    )
    return invitation, settings.ADDRESS + reverse("join", args=[token])


def send(invitation: Invitation, link: str) -> bool:
    """Mail the link; False when it could not be sent."""
    subject = _("You are invited to %(workspace)s") % {"workspace": invitation.workspace}
    return mail.send(
        invitation.email, subject, "accounts/mail/invitation.txt", invitation=invitation, link=link
    )


def find(token: str) -> Invitation | None:
    """The invitation that the link still opens."""
    usable = Invitation.objects.usable().select_related("workspace", "created_by")
    return usable.filter(token_hash=Invitation.hash_of(token)).first()


@transaction.atomic
def accept(invitation: Invitation, user: User) -> Member:
    """Join. Raises ValidationError when somebody was quicker with the same link."""
    mine = Invitation.objects.usable().filter(pk=invitation.pk)
    if not mine.update(used_at=timezone.now(), used_by=user):
        raise ValidationError(_("Somebody has used this invitation already. Ask for a new one."))
    member = Member.objects.create(workspace=invitation.workspace, user=user, role=invitation.role)
    log.record(
        "invitation.accept",
        workspace=invitation.workspace,
        user=user,
        role=Role(invitation.role).name,
        invited_by=str(invitation.created_by),
    )
    return member


@transaction.atomic
def revoke(invitation: Invitation, by: User) -> None:
    invitation.delete()
    log.record("invitation.revoke", workspace=invitation.workspace, user=by, subject=invitation)
