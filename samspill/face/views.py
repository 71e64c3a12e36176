"""Show the strategy: the page that offers every form of it, and the public page's switch."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from samspill.accounts import log
from samspill.accounts.access import MemberRequest, door
from samspill.accounts.models import Role
from samspill.face.content import content
from samspill.face.forms import ChoicesForm, FaceForm
from samspill.face.markdown import markdown
from samspill.face.models import LONGEST_ADDRESS, Face
from samspill.face.pdf.make import CHARTS, pdf
from samspill.strategy import conflict
from samspill.strategy.forms import posted
from samspill.strategy.models import Strategy
from samspill.strategy.views.chosen import address, chosen, to_write


@dataclass(frozen=True)
class Form:
    """A way to take the strategy along. `asks`: what is chosen on the page holds for it."""

    page: str  # a URL name
    name: Promise | str
    about: Promise
    asks: str = ""  # "all", or "language" where the rest is given
    query: str = ""


FORMS = (
    Form("face:pdf", "PDF", gettext_lazy("A document to print, to send, or to add to an agenda."), "all"),
    Form(
        "face:deck",
        gettext_lazy("Slides"),
        gettext_lazy("PowerPoint, made to be presented, with notes for whoever speaks."),
        "language",
    ),
    Form(
        "face:board",
        gettext_lazy("Slides for the board"),
        gettext_lazy("Ten slides: what we want, how it goes, and what must be decided."),
        "language",
    ),
    Form("face:word", "Word", gettext_lazy("A document others can write in."), "all"),
    Form(
        "face:markdown", "Markdown", gettext_lazy("Plain text with headings, for a wiki or for git."), "all"
    ),
    Form(
        "strategy:data_yaml",
        "YAML",
        gettext_lazy("Everything, without loss, to keep in git and read back."),
        query="?addresses=no",
    ),
    Form("strategy:data_json", "JSON", gettext_lazy("The same, for programs."), query="?addresses=no"),
)


@door(read=Role.VIEWER)
def face(request: MemberRequest, strategy: int | None = None) -> HttpResponse:
    """Every form the strategy can be shown in, with what it is to hold."""
    about = chosen(request, strategy)
    return _page(request, about, ChoicesForm.asked(request.GET, about, get_language() or ""))


def _page(request: MemberRequest, about: Strategy, form: ChoicesForm, trouble: str = "") -> HttpResponse:
    wrong = bool(trouble) or not form.is_valid()
    context = {
        "strategy": about,
        "form": form,
        "address": settings.ADDRESS,
        "forms": [(each, _link(each, about)) for each in FORMS if _link(each, about)],
        "page": Face.objects.filter(strategy_id=about.pk).select_related("strategy").first()
        if about.pk
        else None,
        "trouble": trouble,
        "may_edit": request.member.role >= Role.EDITOR,
    }
    return render(request, "face/face.html", context, status=422 if wrong else 200)


def _link(form: Form, about: Strategy) -> str:
    """ "" for what this installation cannot make."""
    try:
        return reverse(form.page, args=address(about)) + form.query
    except NoReverseMatch:
        return ""


@door(read=Role.VIEWER)
def markdown_file(request: MemberRequest, strategy: int | None = None) -> HttpResponse:
    about = chosen(request, strategy)
    form = ChoicesForm.asked(request.GET, about, get_language() or "")
    if not form.is_valid():
        return _page(request, about, form)
    made = markdown(content(about, form.choices()))
    return _file(made.encode(), "text/markdown; charset=utf-8", about, "md")


@door(read=Role.VIEWER)
def pdf_file(request: MemberRequest, strategy: int | None = None) -> HttpResponse:
    about = chosen(request, strategy)
    form = ChoicesForm.asked(request.GET, about, get_language() or "")
    if not form.is_valid():
        return _page(request, about, form)
    try:
        made = pdf(content(about, form.choices(CHARTS)))
    except ValidationError as error:
        return _page(request, about, form, error.messages[0])
    return _file(made, "application/pdf", about, "pdf")


def _file(made: bytes, kind: str, about: Strategy, ending: str) -> HttpResponse:
    name = f"{slugify(about.title, allow_unicode=True)[:80] or 'strategy'}.{ending}"
    answer = HttpResponse(made, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""
    return answer


# ---- the public page


@door(read=Role.EDITOR, write=Role.EDITOR)
def public(request: MemberRequest, strategy: int | None = None) -> HttpResponse:
    """Switch the public page on or off, and say what it shows."""
    about = to_write(request, strategy) if request.method == "POST" else chosen(request, strategy)
    row = _row(about, keep=request.method == "POST")
    before = row.is_on
    form = FaceForm(*posted(request), instance=row, strategy=about)
    if row.version == 1:
        form.initial["address"] = free_address(about)
    clash = None
    if request.method == "POST" and form.is_valid():
        try:
            clash = _save(request, form, before)
        except IntegrityError:  # somebody took it while this form was checked
            form.add_error("address", FaceForm.TAKEN)
        else:
            if clash is None:
                return redirect("face:face", *address(about))
    context = {
        "strategy": about,
        "form": clash.form if clash else form,
        "clash": clash,
        "page": row if row.pk else None,
    }
    status = 409 if clash else 422 if form.is_bound and form.errors else 200
    return render(request, "face/public_form.html", context, status=status)


def _row(about: Strategy, *, keep: bool) -> Face:
    """The strategy's; one that nobody has written yet has an address nobody would guess, and is off."""
    plain = {"address": uuid.uuid4().hex}
    if keep:
        return Face.objects.get_or_create(strategy=about, defaults=plain)[0]
    found = Face.objects.filter(strategy_id=about.pk).first() if about.pk else None
    return found or Face(strategy=about, **plain)


def _save(request: MemberRequest, form: FaceForm, before: bool) -> conflict.Clash | None:
    row = form.instance
    row.changed_by, row.changed_at = request.user, timezone.now()
    with transaction.atomic():
        clash = conflict.save(form)
        if clash is not None:
            return clash
        verb = "change" if row.is_on == before else "open" if row.is_on else "shut"
        log.record(
            f"face.{verb}", workspace=request.workspace, user=request.user, subject=row.address, row=row.pk
        )
    words = (
        _("Everyone can read the page now.") if row.is_on else _("Saved. Nobody outside can read the page.")
    )
    messages.success(request, words)
    return None


def free_address(about: Strategy) -> str:
    """One to begin with: the organisation's name, or the strategy's below it."""
    wanted = about.workspace.slug if about.is_main else slugify(about.title)
    wanted = wanted[: LONGEST_ADDRESS - 4] or "strategy"
    taken = set(Face.objects.filter(address__startswith=wanted).values_list("address", flat=True))
    numbered = (f"{wanted}-{n}" for n in range(2, 10_000))
    return wanted if wanted not in taken else next(each for each in numbered if each not in taken)
