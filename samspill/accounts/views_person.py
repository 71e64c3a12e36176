"""The person's own page: name, language, time zone, e-mail, second step, and where they are signed in."""

from __future__ import annotations

from allauth.account import views as allauth_views
from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samspill.accounts import log
from samspill.accounts.access import PersonRequest, last_used
from samspill.accounts.adapter import AccountAdapter, notify
from samspill.accounts.forms import EmailForm, PersonForm
from samspill.accounts.found import may_found
from samspill.accounts.middleware import zone_of
from samspill.accounts.models import User
from samspill.accounts.sessions import end_others, sessions_of
from samspill.accounts.views_entrance import form_page


@login_required
@form_page
def person(request: PersonRequest) -> HttpResponse:
    here = last_used(request)
    if here and not request.user.time_zone:
        timezone.activate(zone_of(here.workspace.time_zone) or timezone.get_default_timezone())
    form = PersonForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        user = form.save()
        log.record("person.change", workspace=None, user=user, what=sorted(form.changed_data))
        with translation.override(user.language or request.LANGUAGE_CODE):
            messages.success(request, _("Saved."))
        return redirect("accounts_person")
    context = {
        "form": form,
        "sessions": sessions_of(request),
        "has_second_step": is_mfa_enabled(
            request.user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
        ),
        "memberships": request.user.memberships.select_related("workspace").order_by("workspace__name"),
        "may_found": may_found(request.user),
    }
    return render(request, "accounts/person.html", context)


@login_required
@form_page
def email(request: PersonRequest) -> HttpResponseBase:
    """Change the address one signs in with, after the password or the second step once more."""
    page: HttpResponseBase = _change_email(request)
    return page


@reauthentication_required(app="allauth.account")  # type: ignore[untyped-decorator]
def _change_email(request: PersonRequest) -> HttpResponse:
    form = EmailForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        old = request.user.email
        request.user.email = form.cleaned_data["email"]
        request.user.save(update_fields=["email"])
        address = AccountAdapter(request).get_client_ip(request)
        log.record("person.email", workspace=None, user=request.user, before=old, address=address)
        notify(request.user, _("Your account now has another e-mail address."), address, to=old)
        messages.success(request, _("You now sign in with %(email)s.") % {"email": request.user.email})
        return redirect("accounts_person")
    return render(request, "accounts/email.html", {"form": form})


@login_required
@require_POST
def end_sessions(request: PersonRequest) -> HttpResponseRedirect:
    end_others(request)
    messages.success(request, _("You are signed out everywhere but here."))
    return redirect("accounts_person")


def password_reset(request: HttpRequest) -> HttpResponseBase:
    """By mail when there is a mail server; else say whom to ask."""
    if not settings.CAN_MAIL:
        return render(request, "accounts/ask_for_password.html")
    page: HttpResponseBase = allauth_views.password_reset(request)
    return page
