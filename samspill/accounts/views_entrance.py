"""Addresses outside any workspace: the first start, joining, the language, where "/" leads."""

from __future__ import annotations

from typing import cast

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samspill.accounts import invite
from samspill.accounts import setup as first_start
from samspill.accounts.access import LAST_WORKSPACE, PersonRequest, last_used
from samspill.accounts.forms import JoinForm, NewWorkspaceForm, SetupForm
from samspill.accounts.found import found_workspace, may_found
from samspill.accounts.models import LANGUAGES, Invitation, Member, User
from samspill.accounts.throttle import too_many

form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Lead to the workspace the person was last in, to the login page, or the first time to the set-up."""
    if not request.user.is_authenticated:
        return redirect("setup" if first_start.is_open() else "account_login")
    member = last_used(request)
    if member is None:
        return render(request, "accounts/no_workspace.html")
    return redirect("today:today", member.workspace.slug)


@form_page
def setup(request: HttpRequest) -> HttpResponse:
    """The first screen there is. Gone when the first person has moved in."""
    if not first_start.is_open():
        raise Http404
    code = request.GET.get("code", "")
    began = {"code": code, "language": request.LANGUAGE_CODE}
    form = SetupForm(request.POST or None, initial=began)
    if request.method == "POST":
        wait = too_many(request, "setup")
        if wait:
            return wait
        if form.is_valid():
            return _move_in(request, form)
    has_code = bool(code) and "code" not in form.errors
    return render(request, "accounts/setup.html", {"form": form, "has_code": has_code})


def _move_in(request: HttpRequest, form: SetupForm) -> HttpResponse:
    try:
        member = first_start.move_in(**form.cleaned_data)
    except PermissionDenied as error:
        form.add_error("code", str(error))
        return render(request, "accounts/setup.html", {"form": form})
    return _sign_in(request, member)


def _sign_in(request: HttpRequest, member: Member) -> HttpResponse:
    """Through allauth, so that the session is rotated, listed and logged as any other."""
    perform_login(request, member.user, redirect_url="/")
    request.session[LAST_WORKSPACE] = member.workspace_id
    return redirect("today:today", member.workspace.slug)


@form_page
def join(request: HttpRequest, token: str) -> HttpResponse:
    """What an invitation's link opens, for somebody new and for somebody who is signed in."""
    if request.method == "POST":
        wait = too_many(request, "join")
        if wait:
            return wait
    invitation = invite.find(token)
    if invitation is None:
        return render(request, "accounts/join_gone.html", status=404)
    if request.user.is_authenticated:
        return _join_signed_in(cast("PersonRequest", request), invitation)
    form = JoinForm(request.POST or None, initial={"email": invitation.email})
    if request.method == "POST" and form.is_valid():
        try:
            return _sign_in(request, _join_new(invitation, form))
        except ValidationError as error:
            form.add_error(None, error)
    return render(request, "accounts/join.html", {"form": form, "invitation": invitation})


@transaction.atomic
def _join_new(invitation: Invitation, form: JoinForm) -> Member:
    said = form.cleaned_data
    user = User.objects.create_user(said["email"], said["password"], name=said["name"])
    return invite.accept(invitation, user)


def _join_signed_in(request: PersonRequest, invitation: Invitation) -> HttpResponse:
    if request.user.memberships.filter(workspace=invitation.workspace).exists():
        messages.info(request, _("You are already in this workspace. The invitation is still unused."))
        return redirect("today:today", invitation.workspace.slug)
    if request.method == "POST":
        try:
            member = invite.accept(invitation, request.user)
        except ValidationError as error:
            messages.error(request, error.message)
            return redirect("front")
        request.session.cycle_key()
        return redirect("today:today", member.workspace.slug)
    return render(request, "accounts/join.html", {"invitation": invitation})


@login_required
@form_page
def new_workspace(request: PersonRequest) -> HttpResponse:
    """Another organisation's house, for who owns one already."""
    if not may_found(request.user):
        raise PermissionDenied(_("Only an owner of a workspace can make another."))
    here = last_used(request)
    began = {"time_zone": here.workspace.time_zone if here else "Europe/Oslo"}
    form = NewWorkspaceForm(request.POST or None, initial=began)
    if request.method == "POST" and form.is_valid():
        member = found_workspace(form.cleaned_data["name"], request.user, form.cleaned_data["time_zone"])
        messages.success(request, _("%(name)s is ready.") % {"name": member.workspace})
        return redirect("today:today", member.workspace.slug)
    return render(request, "accounts/new_workspace.html", {"form": form})


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember in the browser which language a signed-out page speaks, and go back to it."""
    wish = request.POST.get("language", "")
    if wish not in dict(LANGUAGES):
        return HttpResponseBadRequest()
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = resolve_url("front")
    response = redirect(back)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        wish,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
        httponly=True,
    )
    return response
