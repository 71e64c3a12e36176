"""Public pages are the same for everyone: no answer below /s/ depends on who asks, or leaves a cookie."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

PUBLIC = "/s/"


def public_pages(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Stands outside sessions and sign-in, and takes from the request what they would look at."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PUBLIC):
            return get_response(request)
        request.COOKIES.clear()
        response = get_response(request)
        response.cookies.clear()
        if response.status_code in (200, 304):
            response.headers.pop("Vary", None)  # language is in the address
        return response

    return middleware
