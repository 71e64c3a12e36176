"""Is Samspill well? Asked by whoever watches over the machine."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from samspill.flows.clock import late


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Well means that every clock has had a turn in the last minute, not merely that this page answers."""
    if late():
        return HttpResponse("late\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
