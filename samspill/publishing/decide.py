"""What a person decides where the machine must not: it is out, post it again, let it be."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from samspill.accounts import log
from samspill.accounts.models import Role, User
from samspill.lib.plain import short_id, web_address
from samspill.networks.base import Ref
from samspill.publishing.approve import approve, demand, standing_approval
from samspill.publishing.check import blocking
from samspill.publishing.key import delivery_key
from samspill.publishing.models import Approval, Attempt, Delivery, Draft

State = Delivery.State
MOVED_ON = _("This delivery has moved on since you opened the page. Look at it again.")
NOT_A_LINK = _("Write the address of the post, beginning with https://.")
AGAIN, OUT, LET_BE = gettext_noop("Post it again."), gettext_noop("It is out."), gettext_noop("Let it be.")
ALREADY = _("This text goes out to the same channel in another delivery already.")


@transaction.atomic
def resend(delivery: Delivery, *, by: User) -> None:
    """Post it again, under a new key: a person has seen that it is not out, or wants it though it may be."""
    draft = _demand(delivery, by)
    blocking(draft)
    if standing_approval(draft) is None:
        _approve(draft, by)
    generation = delivery.generation + 1
    try:
        with transaction.atomic():
            _move(
                delivery,
                Delivery.CLOSED,
                state=State.SCHEDULED,
                generation=generation,
                key=delivery_key(delivery.uuid, generation),
                due_at=timezone.now(),
                payload=None,
                payload_sha256="",
                payload_id="",
                first_sent_at=None,
                first_sent=None,
                last_sent=None,
                sent_boot="",
                next_try=None,
                rounds=0,
                last_error="",
            )
    except IntegrityError as error:
        raise ValidationError(ALREADY) from error
    _write_down(delivery, by, "delivery.resend", AGAIN)


@transaction.atomic
def confirm(delivery: Delivery, *, by: User, url: str = "", found: Ref | None = None) -> None:
    """It is out: a person has seen it at `url`, or it was met on the network as `found`."""
    _demand(delivery, by)
    address = web_address(found.url if found else url, 700)
    if found is None and not address:
        raise ValidationError({"url": NOT_A_LINK})
    values = {"remote_id": short_id(found.id), "remote_token": found.token} if found else {}
    _move(
        delivery,
        Delivery.TROUBLED,
        state=State.PUBLISHED,
        published_at=delivery.first_sent_at or timezone.now(),
        remote_url=address,
        last_error="",
        **values,
    )
    _write_down(delivery, by, "delivery.confirm", OUT)


@transaction.atomic
def cancel(delivery: Delivery, *, by: User) -> None:
    """Let it be: it waits no more for its time or for a person; what may be out is not called back."""
    _demand(delivery, by)
    if not delivery.can_be_cancelled:
        raise ValidationError(_("It has been sent already; wait until it is known whether it is out."))
    _move(delivery, (State(delivery.state),), state=State.CANCELLED, next_try=None)
    _write_down(delivery, by, "delivery.cancel", LET_BE)


def _demand(delivery: Delivery, by: User) -> Draft:
    draft = delivery.version.draft
    demand(by, draft.workspace, Role.CONTRIBUTOR if draft.is_reply else Role.EDITOR)
    return draft


def _move(delivery: Delivery, from_states: tuple[Delivery.State, ...], **values: object) -> None:
    """Change the row as it was seen, and raise the fence: no worker may write over a person's decision."""
    seen = Delivery.objects.filter(pk=delivery.pk, fence=delivery.fence, state__in=from_states)
    free = {"lease_owner": "", "lease_until": None}
    if not seen.update(fence=F("fence") + 1, **free, **values):
        raise ValidationError(MOVED_ON)
    delivery.refresh_from_db()


def _approve(draft: Draft, by: User) -> None:
    if draft.is_reply:
        Approval.objects.create(draft=draft, by=by, yes=True, content_sha256=draft.content_sha256())
    else:
        approve(draft, by=by, content_sha256=draft.content_sha256())


def _write_down(delivery: Delivery, by: User, action: str, decision: str) -> None:
    Attempt.objects.create(
        delivery=delivery,
        number=delivery.attempts.count() + 1,
        step=Attempt.Step.PERSON,
        by=by,
        ended_at=timezone.now(),
        answer=decision,
    )
    draft = delivery.version.draft
    where = {"channel": str(delivery.channel.uuid), "url": delivery.remote_url}
    log.record(action, workspace=draft.workspace, user=by, subject=draft, **where)
