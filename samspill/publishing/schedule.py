"""When a draft goes out, and that it does: one delivery for each of its channels."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samspill.accounts import log
from samspill.accounts.models import Role, User, Workspace
from samspill.lib.dates import Moment, moment
from samspill.networks.base import Ref
from samspill.networks.models import Channel
from samspill.publishing.approve import approve, demand, standing_approval, take_back
from samspill.publishing.check import blocking, count
from samspill.publishing.key import delivery_key
from samspill.publishing.models import Approval, Delivery, Draft, Version

PAST = _("This time has passed. Choose a later one, or publish now.")
TOO_FAR = _("This is more than two years ahead. Choose a nearer time.")
FURTHEST = timedelta(days=731)
ALREADY = _("This draft is on its way already.")


def when_is(wall: datetime, workspace: Workspace) -> Moment:
    """The moment of a wall time in the workspace's zone. Raises ValidationError for one that has passed."""
    found = moment(wall, workspace.time_zone)
    if found.at <= timezone.now():
        raise ValidationError({"when": PAST})
    if found.at > timezone.now() + FURTHEST:
        raise ValidationError({"when": TOO_FAR})
    return found


@transaction.atomic
def schedule(draft: Draft, *, by: User, when: datetime | None, request_id: uuid.UUID) -> list[Delivery]:
    """Let the draft go out at a wall time of the workspace's zone, or now; the same request twice is one.

    A draft that nobody has approved yet is approved by this, for it takes an editor. What already waits for
    another time gets the new one.
    """
    demand(by, draft.workspace, Role.EDITOR)
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    ids = {version: uuid.uuid5(request_id, str(version.pk)) for version in draft.versions.all()}
    if done := list(Delivery.objects.filter(request_id__in=ids.values())):
        return done
    due_at = _ready(draft, when)
    take_back(draft)
    if standing_approval(draft) is None:
        approve(draft, by=by, content_sha256=draft.content_sha256())
    deliveries = [plan(version, due_at=due_at, request_id=id_) for version, id_ in ids.items()]
    wish(draft, when)
    log.record("draft.schedule", workspace=draft.workspace, user=by, subject=draft, due_at=due_at.isoformat())
    return deliveries


def _ready(draft: Draft, when: datetime | None) -> datetime:
    """The moment it is due. Raises ValidationError with all that is wrong, of the draft and of the time."""
    wrong: dict[str, list[str]] = {}
    due_at = timezone.now()
    try:
        due_at = when_is(when, draft.workspace).at if when else due_at
    except ValidationError as error:
        wrong |= error.message_dict
    try:
        blocking(draft)
    except ValidationError as error:
        wrong |= error.message_dict
    if wrong:
        raise ValidationError(wrong)
    return due_at


@transaction.atomic
def unschedule(draft: Draft, *, by: User) -> None:
    """It stays approved, but has no time any more."""
    demand(by, draft.workspace, Role.EDITOR)
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    take_back(draft)
    wish(draft, None)
    log.record("draft.unschedule", workspace=draft.workspace, user=by, subject=draft)


@transaction.atomic
def publish_reply(
    *,
    workspace: Workspace,
    channel: Channel,
    by: User,
    text: str,
    parent: Ref,
    root: Ref | None,
    request_id: uuid.UUID,
) -> Delivery:
    """Send an answer at once. It takes a contributor and nobody's approval; the same request twice is one.

    Raises ValidationError {"text": ...} for an empty or too long text.
    """
    demand(by, workspace, Role.CONTRIBUTOR)
    if done := Delivery.objects.filter(request_id=request_id, channel=channel).first():
        return done
    text = text.strip()
    if not text:
        raise ValidationError({"text": _("Write an answer first.")})
    counted = count(text, channel)
    if counted.left < 0:
        raise ValidationError({"text": _("The answer is %(n)d characters too long.") % {"n": -counted.left}})
    title = " ".join(text.split())[:120]
    draft = Draft.objects.create(
        workspace=workspace, title=title, text=text, author=by, is_reply=True, state=Draft.State.APPROVED
    )
    version = Version.objects.create(draft=draft, channel=channel, text=text)
    Approval.objects.create(draft=draft, by=by, yes=True, content_sha256=draft.content_sha256())
    reply_to = {"parent": asdict(parent), "root": asdict(root) if root else None}
    delivery = plan(version, due_at=timezone.now(), request_id=request_id, reply_to=reply_to)
    log.record("reply.send", workspace=workspace, user=by, subject=title, channel=str(channel.uuid))
    return delivery


def plan(
    version: Version,
    *,
    due_at: datetime,
    request_id: uuid.UUID | None = None,
    reply_to: dict[str, Any] | None = None,
) -> Delivery:
    """A delivery that a worker takes up when it is due. ValidationError if the version has one already."""
    delivery = Delivery(
        version=version, channel=version.channel, due_at=due_at, request_id=request_id, reply_to=reply_to
    )
    delivery.key = delivery_key(delivery.uuid, delivery.generation)
    try:
        with transaction.atomic():
            delivery.save(force_insert=True)
    except IntegrityError as error:
        raise ValidationError(ALREADY) from error
    return delivery


def follow_zone_rules() -> int:
    """Move what waits for a wall time to where that time lies by the zone rules of today; how many moved."""
    moved = 0
    waiting = Delivery.objects.filter(state=Delivery.State.SCHEDULED, first_sent_at=None, payload=None)
    for delivery in waiting.exclude(version__draft__due_local="").select_related("version__draft"):
        draft = delivery.version.draft
        at = moment(datetime.fromisoformat(draft.due_local), draft.due_zone).at
        if at != delivery.due_at:
            moved += Delivery.objects.filter(pk=delivery.pk, fence=delivery.fence).update(due_at=at)
    return moved


def wish(draft: Draft, wall: datetime | None) -> None:
    """Keep what the person wrote: the moment follows from it, and anew when the zone's rules change."""
    draft.due_local = wall.isoformat(timespec="minutes") if wall else ""
    draft.due_zone = draft.workspace.time_zone if wall else ""
    draft.save(update_fields=["due_local", "due_zone", "updated_at"])
