"""The strategy as files to take away: slides, the board's slides, a document."""

from __future__ import annotations

import io
from collections.abc import Callable

from django.conf import settings
from django.http import FileResponse
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role
from samspill.face import deck as slides
from samspill.face.word import word
from samspill.strategy.models import Strategy
from samspill.strategy.views.chosen import chosen

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LONGEST_NAME = 80


def language_of(request: MemberRequest, strategy: Strategy) -> str:
    """The one that is asked for, else the strategy's own, else the reader's."""
    known = dict(settings.LANGUAGES)
    asked = (request.GET.get("language", ""), strategy.language, translation.get_language() or "")
    return next(language for language in (*asked, settings.LANGUAGES[0][0]) if language in known)


@door(read=Role.VIEWER)
def deck(request: MemberRequest, strategy: int | None = None) -> FileResponse:
    """The whole strategy as slides."""
    about = chosen(request, strategy)
    return _file(request, about, slides.deck, "", "pptx", PPTX)


@door(read=Role.VIEWER)
def board(request: MemberRequest, strategy: int | None = None) -> FileResponse:
    """The board's ten slides."""
    about = chosen(request, strategy)
    return _file(request, about, slides.board, _("board"), "pptx", PPTX)


@door(read=Role.VIEWER)
def document(request: MemberRequest, strategy: int | None = None) -> FileResponse:
    """Everything the strategy says, as a Word document."""
    about = chosen(request, strategy)
    return _file(request, about, word, "", "docx", DOCX)


def _file(
    request: MemberRequest,
    strategy: Strategy,
    make: Callable[[Strategy, str], bytes],
    what: str,
    ending: str,
    kind: str,
) -> FileResponse:
    made = make(strategy, language_of(request, strategy))
    name = slugify(" ".join(filter(None, (strategy.title[:LONGEST_NAME], what))), allow_unicode=True)
    answer = FileResponse(
        io.BytesIO(made), as_attachment=True, filename=f"{name or 'samspill'}.{ending}", content_type=kind
    )
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
