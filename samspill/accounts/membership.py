"""Change a role, remove a member, leave. A workspace always keeps an owner."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.accounts import log
from samspill.accounts.models import Member, Role, User, Workspace

LAST_OWNER = _("A workspace needs an owner. Make somebody else an owner first.")


@transaction.atomic
def change_role(member: Member, role: Role, by: User) -> None:
    """Holds from the member's next request; their sessions get new keys."""
    before = member.role
    if before == role:
        return
    if role != Role.OWNER:
        _keep_an_owner(member)
    member.role = role
    member.save(update_fields=["role"])
    _rights_changed(member.user)
    log.record(
        "member.role",
        workspace=member.workspace,
        user=by,
        subject=member.user,
        before=Role(before).name,
        after=Role(role).name,
    )


@transaction.atomic
def remove(member: Member, by: User) -> None:
    """End the membership; what the member wrote stays under their name."""
    _keep_an_owner(member)
    member.delete()
    _rights_changed(member.user)
    said = {"role": Role(member.role).name}
    if member.user == by:
        log.record("member.leave", workspace=member.workspace, user=by, **said)
    else:
        log.record("member.remove", workspace=member.workspace, user=by, subject=member.user, **said)


def is_last_owner(member: Member) -> bool:
    return member.is_owner and not _owners(member.workspace).exclude(pk=member.pk).exists()


def _keep_an_owner(member: Member) -> None:
    """Raise ValidationError for the last owner. Two owners who leave at once wait for each other here."""
    owners = list(_owners(member.workspace).select_for_update())
    if owners == [member]:
        raise ValidationError(LAST_OWNER)


def _owners(workspace: Workspace) -> models.QuerySet[Member]:
    return Member.objects.filter(workspace=workspace, role=Role.OWNER).order_by("pk")


def _rights_changed(user: User) -> None:
    User.objects.filter(pk=user.pk).update(rights_changed_at=timezone.now())
