"""An event in words."""

from django import template

from samspill.accounts import event_words, events

register = template.Library()
register.filter("done", event_words.done)
register.filter("kind", event_words.kind)
register.filter("details", events.in_words)
