"""How often a door may be tried; the amounts stand in settings.ACCOUNT_RATE_LIMITS beside allauth's own."""

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse


def too_many(request: HttpRequest, action: str) -> HttpResponse | None:
    """Count one try from this address; the page that says "wait a little" when there were too many."""
    if ratelimit.consume(request, action=action):
        return None
    page: HttpResponse = ratelimit.respond_429(request)
    return page
