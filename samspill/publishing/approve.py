"""Who says yes to what: an approval holds for exactly these words, and only while its giver may give it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.accounts import log
from samspill.accounts.models import Member, Role, User, Workspace
from samspill.publishing.check import blocking
from samspill.publishing.models import Approval, Delivery, Draft

State = Draft.State
CHANGED = _("The draft has been changed since you opened this page. Read it again, then decide.")
GONE = _("Something of this draft is out already, so its words stand. Make a copy to say it differently.")


def may(user: User, workspace: Workspace, role: Role) -> bool:
    """Asked at the moment it matters, so that a change of role holds at once."""
    return Member.objects.filter(
        workspace=workspace, user=user, user__is_active=True, role__gte=role
    ).exists()


def demand(user: User, workspace: Workspace, role: Role) -> None:
    if not may(user, workspace, role):
        raise PermissionDenied(_("Your role here does not allow this. Ask an owner."))


def standing_approval(draft: Draft) -> Approval | None:
    """The yes that lets the draft go out now: given to the words as they are, by one who still may.

    An answer from the inbox carries its writer's own yes; answering takes no more than a contributor.
    """
    last = draft.last_approval()
    if last is None or not last.yes or draft.state != State.APPROVED:
        return None
    if last.content_sha256 != draft.content_sha256():
        return None
    role = Role.CONTRIBUTOR if draft.is_reply else Role.EDITOR
    return last if may(last.by, draft.workspace, role) else None


@transaction.atomic
def ask(draft: Draft, *, by: User, approver: User) -> None:
    """Ask somebody who may approve. Raises ValidationError by field when the draft is not ready for it."""
    demand(by, draft.workspace, Role.CONTRIBUTOR)
    draft = _latest(draft)
    if draft.state == State.APPROVED:
        raise ValidationError(_("This draft is approved already."))
    if not may(approver, draft.workspace, Role.EDITOR):
        raise ValidationError({"approver": _("Choose an editor or an owner; they approve.")})
    blocking(draft)
    _to(draft, State.ASKED, approver=approver)
    log.record("draft.ask", workspace=draft.workspace, user=by, subject=draft, approver=str(approver))


@transaction.atomic
def approve(draft: Draft, *, by: User, content_sha256: str, note: str = "") -> Approval:
    """Say yes to the words that were read; their digest comes along. ValidationError if they have changed."""
    demand(by, draft.workspace, Role.EDITOR)
    draft = _latest(draft)
    if draft.content_sha256() != content_sha256:
        raise ValidationError(CHANGED)
    blocking(draft)
    if standing := standing_approval(draft):
        return standing
    approval = Approval.objects.create(draft=draft, by=by, yes=True, note=note, content_sha256=content_sha256)
    _to(draft, State.APPROVED)
    log.record("draft.approve", workspace=draft.workspace, user=by, subject=draft, sha256=content_sha256)
    return approval


@transaction.atomic
def send_back(draft: Draft, *, by: User, content_sha256: str, note: str) -> None:
    """Say no, and what would make it a yes."""
    demand(by, draft.workspace, Role.EDITOR)
    draft = _latest(draft)
    if draft.state != State.ASKED:
        raise ValidationError(_("This draft does not wait for approval any more."))
    if not note.strip():
        raise ValidationError({"note": _("Say in a sentence what should be different.")})
    Approval.objects.create(draft=draft, by=by, yes=False, note=note, content_sha256=content_sha256)
    _to(draft, State.RETURNED)
    log.record("draft.return", workspace=draft.workspace, user=by, subject=draft)


@transaction.atomic
def reopen(draft: Draft, *, by: User) -> None:
    """Take an approved or scheduled draft back to be changed; nothing of it may have been sent."""
    demand(by, draft.workspace, Role.CONTRIBUTOR)
    draft = _latest(draft)
    take_back(draft)
    if draft.state != State.WRITING:
        _to(draft, State.WRITING)
    log.record("draft.reopen", workspace=draft.workspace, user=by, subject=draft)


def take_back(draft: Draft) -> int:
    """Cancel what of the draft waits for its time. Raises ValidationError when something of it has been sent.

    The fence moves on, so a worker that holds a delivery at this moment finds that it no longer owns it.
    """
    deliveries = Delivery.objects.filter(version__draft=draft)
    stopped = deliveries.living().stop()
    if deliveries.living().exists():
        raise ValidationError(GONE)
    return stopped


def _latest(draft: Draft) -> Draft:
    """The row as it stands, held until the end of the transaction."""
    return Draft.objects.select_for_update().get(pk=draft.pk)


def _to(draft: Draft, state: State, **values: object) -> None:
    Draft.objects.filter(pk=draft.pk).update(state=state, updated_at=timezone.now(), **values)
    draft.state = state
