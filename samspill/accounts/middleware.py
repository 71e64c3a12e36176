"""The person's own language and time zone; the browser's wish and the workspace's zone first."""

import zoneinfo
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation


def person(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        language = user.language if user.is_authenticated and user.language else translation.get_language()
        zone = zone_of(user.time_zone) if user.is_authenticated else None
        request.LANGUAGE_CODE = language or "en"
        with translation.override(language), timezone.override(zone):
            response = get_response(request)
            response.headers["Content-Language"] = request.LANGUAGE_CODE
        return response

    return middleware


def zone_of(name: str) -> zoneinfo.ZoneInfo | None:
    try:
        return zoneinfo.ZoneInfo(name) if name else None
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return None
