"""The strategy as everyone may read it: no sign-in, no cookie, nothing from inside, and kept for a while."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from samspill.accounts.models import Event
from samspill.face.content import Choices, content
from samspill.face.models import Face
from samspill.face.words import stand
from samspill.lib.plain import line

FRESH = timedelta(minutes=5)  # before a page is made anew though nothing was written: figures move
KEPT = timedelta(days=1)
DESCRIPTION = 200  # characters
TABLES = 24  # goals with their figures as a table


@dataclass(frozen=True)
class Kept:
    """A page as it was made. `at`: since when it has been just so."""

    body: bytes  # compressed
    tag: str
    at: datetime
    made_at: datetime
    event: int


@require_safe
def strategy(request: HttpRequest, address: str, language: str = "") -> HttpResponseBase:
    """A page that is off, moved or over is not there; and so is a language it does not have."""
    rows = Face.objects.select_related("strategy__workspace", "strategy__parent", "strategy__owner")
    face = rows.filter(address=address).first()
    if face is None or not face.is_open or (language and language not in face.languages):
        raise Http404
    if language == face.language:
        return redirect(face)
    kept = _kept(face, language or face.language)
    response = HttpResponse(zlib.decompress(kept.body), content_type="text/html; charset=utf-8")
    response.headers["ETag"] = kept.tag
    response.headers["Last-Modified"] = http_date(kept.at.timestamp())
    response.headers["Content-Language"] = language or face.language
    patch_cache_control(response, public=True, max_age=int(FRESH.total_seconds()))
    return get_conditional_response(request, kept.tag, int(kept.at.timestamp()), response) or response


def _kept(face: Face, language: str) -> Kept:
    """As it was last made, unless something was written in the workspace since, or it is no longer fresh."""
    now, key = timezone.now(), f"face:{face.pk}:{face.version}:{language}"
    newest = Event.objects.filter(workspace=face.strategy.workspace_id).order_by("-pk")
    event = newest.values_list("pk", flat=True).first() or 0
    before: Kept | None = cache.get(key)
    if before and before.event == event and before.made_at <= now < before.made_at + FRESH:
        return before
    body = _made(face, language).encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    at = before.at if before and before.tag == tag else now
    made = Kept(zlib.compress(body), tag, at, now, event)
    cache.set(key, made, KEPT.total_seconds())
    return made


def _made(face: Face, language: str) -> str:
    parts = [key for key in Face.PARTS if key in face.parts]
    said = content(face.strategy, Choices(language, parts, people=face.people))
    others = [each for each in dict(settings.LANGUAGES) if each in face.languages]
    with translation.override(language):
        context = {
            "content": said,
            "stand": stand(said),
            "language": language,
            "description": line(said.ambition or said.summary or said.title, DESCRIPTION),
            "canonical": settings.ADDRESS + face.page(language),
            "languages": [
                (each, translation.get_language_info(each)["name_local"], settings.ADDRESS + face.page(each))
                for each in others
            ],
            "main": settings.ADDRESS + face.get_absolute_url(),
            "tables": TABLES,
        }
        return render_to_string("face/public.html", context)
