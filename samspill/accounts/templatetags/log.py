"""An event in words."""

from django import template

from samspill.accounts import events
from samspill.accounts.event_words import WORDS
from samspill.accounts.models import Event

register = template.Library()


@register.filter
def done(event: Event) -> str:
    """What was done; a name without words is shown as it is."""
    return str(WORDS.get(event.action, event.action))


@register.filter
def details(event: Event) -> str:
    return events.in_words(event)
