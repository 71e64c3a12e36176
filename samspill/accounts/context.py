"""What every page's frame shows: where I am, who I am."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    match = request.resolver_match
    return {
        "current_app": match.app_name if match else "",
        "workspace": getattr(request, "workspace", None),
        "member": getattr(request, "member", None),
        "version": settings.VERSION,
    }
