"""Signing in: those of allauth's pages that are used. No sign-up, no second address, no codes by mail."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from django.urls import URLPattern, path, re_path
from django.views.decorators.http import require_safe

from samspill.accounts import views_person
from samspill.accounts.views_entrance import form_page

urlpatterns: list[URLPattern] = [
    path("login/", form_page(account.login), name="account_login"),
    path("logout/", form_page(account.logout), name="account_logout"),
    path("inactive/", require_safe(account.account_inactive), name="account_inactive"),
    path("reauthenticate/", form_page(account.reauthenticate), name="account_reauthenticate"),
    path("password/change/", form_page(account.password_change), name="account_change_password"),
    path("password/reset/", form_page(views_person.password_reset), name="account_reset_password"),
    path(
        "password/reset/done/", require_safe(account.password_reset_done), name="account_reset_password_done"
    ),
    path(
        "password/reset/key/done/",
        require_safe(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[-0-9A-Za-z]+)/$",
        form_page(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path("2fa/", require_safe(mfa.index), name="mfa_index"),
    path("2fa/authenticate/", form_page(mfa.authenticate), name="mfa_authenticate"),
    path("2fa/reauthenticate/", form_page(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", form_page(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", form_page(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", require_safe(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "2fa/recovery-codes/generate/",
        form_page(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("2fa/passkeys/", require_safe(keys.list_webauthn), name="mfa_list_webauthn"),
    path("2fa/passkeys/add/", form_page(keys.add_webauthn), name="mfa_add_webauthn"),
    path("2fa/passkeys/login/", form_page(keys.login_webauthn), name="mfa_login_webauthn"),
    path(
        "2fa/passkeys/reauthenticate/",
        form_page(keys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("2fa/passkeys/<int:pk>/remove/", form_page(keys.remove_webauthn), name="mfa_remove_webauthn"),
    path("2fa/passkeys/<int:pk>/rename/", form_page(keys.edit_webauthn), name="mfa_edit_webauthn"),
]
