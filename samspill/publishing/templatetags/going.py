"""Small words of the publishing pages: {% load going %}."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils.translation import gettext

from samspill.publishing.models import Delivery, Stage

register = template.Library()

TONES = {
    Stage.RETURNED: "warn",
    Stage.ASKED: "warn",
    Stage.APPROVED: "good",
    Stage.GOING: "fjord",
    Stage.TROUBLED: "bad",
    Stage.OUT: "good",
    Delivery.State.SCHEDULED: "fjord",
    Delivery.State.SENDING: "fjord",
    Delivery.State.UNCERTAIN: "warn",
    Delivery.State.PUBLISHED: "good",
    Delivery.State.FAILED: "bad",
    Delivery.State.NEEDS_HUMAN: "bad",
}


@register.filter
def stage_words(stage: str) -> str:
    return str(Stage(stage).label)


@register.filter
def tone(state: str) -> str:
    """The chip's colour for a stage or a delivery's state; the words stand in it."""
    return {str(key): value for key, value in TONES.items()}.get(state, "")


@register.filter
def in_words(sentence: str) -> str:
    """A sentence that a row keeps, in the reader's language where it is one of ours."""
    return gettext(sentence) if sentence else ""


@register.filter
def wall(moment: datetime) -> datetime:
    """The moment as its own zone's clock shows it, whichever zone the reader is in."""
    return moment.replace(tzinfo=None)
