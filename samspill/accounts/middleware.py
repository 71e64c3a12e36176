"""Each person's language and time zone, a new session key when rights change, pages that nobody stores."""

import zoneinfo
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils import timezone, translation
from django.utils.translation.trans_real import parse_accept_lang_header

ROTATED_AT = "rotated_at"
TONGUES = {"nb": "nb", "no": "nb", "nn": "nb", "en": "en"}  # what a browser may ask for → what we speak


def person(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponseBadRequest()  # nobody types it, and PostgreSQL's text cannot hold it
        user = request.user
        language, zone = wish_of(request), None
        if user.is_authenticated:
            language, zone = user.language or language, zone_of(user.time_zone)
            _rotate_session(request)
        request.LANGUAGE_CODE = language
        with translation.override(language), timezone.override(zone):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def wish_of(request: HttpRequest) -> str:
    """What the browser was last told here, else what it asks for; any Norwegian is Bokmål."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in TONGUES.values():
        return chosen
    for tag, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        tongue = TONGUES.get(tag.split("-")[0])
        if tongue:
            return tongue
    return settings.LANGUAGE_CODE


def zone_of(name: str) -> zoneinfo.ZoneInfo | None:
    try:
        return zoneinfo.ZoneInfo(name) if name else None
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return None


def _rotate_session(request: HttpRequest) -> None:
    """A new key, once, after the person's rights changed: an old copy of the session is worth nothing."""
    changed_at = request.user.rights_changed_at if request.user.is_authenticated else None
    if changed_at is None or request.session.get(ROTATED_AT, "") >= changed_at.isoformat():
        return
    old_key = request.session.session_key
    request.session[ROTATED_AT] = changed_at.isoformat()
    request.session.cycle_key()
    UserSession.objects.filter(session_key=old_key).update(session_key=request.session.session_key)
