"""How allauth behaves here: nobody signs up without an invitation, our own words, everything in the log."""

from __future__ import annotations

import logging
from pathlib import PurePosixPath
from typing import Any, ClassVar

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage

from samspill.accounts import log, mail
from samspill.accounts.models import User
from samspill.lib import crypto

logger = logging.getLogger(__name__)
SEALED_AT = "second step"

# What allauth says happened, by the name of its template, in our words. What is not here is not said.
HAPPENED = {
    "logged_out": _("You are signed out."),
    "password_changed": _("Your password is changed. You are signed out everywhere else."),
    "password_reset": _("Your password is changed. You are signed out everywhere else."),
    "totp_activated": _("Signing in now takes a code from your app."),
    "totp_deactivated": _("Signing in no longer takes a code from your app."),
    "webauthn_added": _("The passkey is added."),
    "webauthn_removed": _("The passkey is removed."),
    "recovery_codes_generated": _("You have new recovery codes."),
}


# How one can show once more that it is oneself, by allauth's names.
WAYS = {
    "reauthenticate": _("Use the password"),
    "mfa_reauthenticate": _("Use a code"),
    "mfa_reauthenticate:webauthn": _("Use a passkey"),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Ask an owner of your workspace."),
        "email_password_mismatch": _("The e-mail and the password do not belong together. Try again."),
        "enter_current_password": _("This is not your current password. Try again."),
        "incorrect_code": _(
            "The code is not right. Codes from an app change every half minute; take the newest."
        ),
        "incorrect_password": _("The password is not right. Try again."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes, then try again."),
        "rate_limited": _("Too many tries. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Only pages of this very house: allauth would also follow a link to any of ALLOWED_HOSTS."""
        host = self.request.get_host()
        return url_has_allowed_host_and_scheme(url, {host}, require_https=self.request.is_secure())

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        log.record("person.sign_in", workspace=None, user=user, address=self.get_client_ip(request))

    def logout(self, request: HttpRequest) -> None:
        user = request.user
        super().logout(request)
        if isinstance(user, User):
            log.record("person.sign_out", workspace=None, user=user)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Not in the event log, which anybody could fill this way and nobody could empty again."""
        logger.warning(
            "Sign-in refused for %r from %s", credentials.get("email"), self.get_client_ip(request)
        )

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [{**way, "description": WAYS[way["id"]]} for way in ways]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url("accounts_person")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """From the address that was set, never from the request: the Host header is the sender's own word."""
        path = reverse("account_reset_password_from_key", args=["UID", "KEY"]).replace("UID-KEY", key)
        return f"{settings.ADDRESS}{path}"

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        subject = _("A new password for Samspill")
        link = context["password_reset_url"]
        mail.send(user.email, subject, "accounts/mail/new_password.txt", language=user.language, link=link)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        words = message or HAPPENED.get(PurePosixPath(message_template or "").stem)
        if words:
            super().add_message(request, level, message=str(words), extra_tags=extra_tags)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Called by allauth at every change of password or second step: the log and the person are told."""
        what = PurePosixPath(template_prefix).name
        address = self.get_client_ip(self.request)
        log.record(f"person.{what}", workspace=None, user=user, address=address)
        notify(user, HAPPENED.get(what, ""), address)


def notify(user: User, what: object, address: str, *, to: str = "") -> None:
    """Tell the person by mail what happened to their account, and what to do when it was not them."""
    subject = _("Your account at Samspill has changed")
    template = "accounts/mail/changed.txt"
    mail.send(to or user.email, subject, template, language=user.language, what=what, address_of=address)


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "cannot_generate_recovery_codes": _("Recovery codes come with two-step sign-in. Turn that on first."),
    }

    def encrypt(self, text: str) -> str:
        """The app's secret and the seed of the recovery codes are sealed in the database."""
        return crypto.seal(text, SEALED_AT)

    def decrypt(self, encrypted_text: str) -> str:
        return crypto.unseal(encrypted_text, SEALED_AT)

    def build_totp_svg(self, url: str) -> str:
        """On white, so that a phone can read it in dark mode too."""
        return qrcode.make(url, image_factory=SvgPathFillImage).to_string(encoding="unicode")  # type: ignore[no-any-return]

    def generate_authenticator_name(self, user: User, type: str) -> str:
        count = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Passkey %(number)d") % {"number": count + 1}

    def _get_site_name(self) -> str:
        return "Samspill"
