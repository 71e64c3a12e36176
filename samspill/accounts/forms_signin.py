"""allauth's forms in our words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkeys
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.forms import Form
from django.utils.translation import gettext_lazy as _

Words = Any  # a str, or a lazy one: the stubs have no public name for it
GOOD_PASSWORD = _("At least 12 characters. A few words in a row are good, and easy to remember.")


def _say(form: Form, helps: Mapping[str, Words] | None = None, **labels: Words) -> None:
    """Our label above each field, our help under it, nothing inside it."""
    for name, label in labels.items():
        field = form.fields[name]
        field.label = label
        field.help_text = (helps or {}).get(name, "")
        field.widget.attrs.pop("placeholder", None)


class LoginForm(account.LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, login=_("E-mail"), password=_("Password"))
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autofocus": True}


class ResetPasswordForm(account.ResetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, email=_("E-mail"))


class ResetPasswordKeyForm(account.ResetPasswordKeyForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(
            self, {"password1": GOOD_PASSWORD}, password1=_("New password"), password2=_("The same once more")
        )


class ChangePasswordForm(account.ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(
            self,
            {"password1": GOOD_PASSWORD},
            oldpassword=_("Current password"),
            password1=_("New password"),
            password2=_("The same once more"),
        )


class ReauthenticateForm(account.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, password=_("Password"))
        self.fields["password"].widget.attrs["autofocus"] = True


class CodeForm(mfa.AuthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"code": _("From your app, or one of your recovery codes.")}, code=_("Code"))
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autofocus": True}


class ReauthenticateCodeForm(mfa.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"code": _("From your app, or one of your recovery codes.")}, code=_("Code"))
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autofocus": True}


class ActivateTOTPForm(totp.ActivateTOTPForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"code": _("The six digits that the app shows now.")}, code=_("Code"))
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


@contextmanager
def _readable() -> Iterator[None]:
    """What a browser makes is well formed; allauth takes that for granted. Say no to the rest in words."""
    try:
        yield
    except (TypeError, ValueError, KeyError, IndexError, AttributeError) as error:
        raise ValidationError(_("The passkey could not be read. Try again.")) from error


class LoginPasskeyForm(passkeys.LoginWebAuthnForm):  # type: ignore[misc]
    def clean_credential(self) -> Authenticator:
        with _readable():
            return super().clean_credential()


class SecondStepPasskeyForm(passkeys.AuthenticateWebAuthnForm):  # type: ignore[misc]
    def clean_credential(self) -> Authenticator:
        with _readable():
            return super().clean_credential()


class ReauthenticatePasskeyForm(passkeys.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    def clean_credential(self) -> Authenticator:
        with _readable():
            return super().clean_credential()


class AddPasskeyForm(passkeys.AddWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        helps = {
            "name": _("So that you know it again, such as “work laptop”."),
            "passwordless": _("Asks for your finger, face or PIN instead of the password."),
        }
        _say(self, helps, name=_("Name"), passwordless=_("Sign in with this alone"))
        self.fields["name"].validators.append(MaxLengthValidator(60))
        self.fields["passwordless"].initial = True

    def clean(self) -> dict[str, Any]:
        with _readable():
            said: dict[str, Any] = super().clean()
        return said


class RenamePasskeyForm(passkeys.EditWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, name=_("Name"))
        self.fields["name"].validators.append(MaxLengthValidator(60))
