"""A one-time link with which a person makes a new password, for houses that send no e-mail."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from samspill.accounts.models import Member, Role, User


def password_link(user: User) -> str:
    """Works once, for settings.PASSWORD_RESET_TIMEOUT seconds, and never past two-step sign-in."""
    key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    return settings.ADDRESS + reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key])


def may_link(owner: User, user: User) -> bool:
    return user.pk in linkable(owner, [user])


def linkable(owner: User, users: Iterable[User]) -> set[int]:
    """For whom the owner may make a link: only those who work nowhere that the owner does not own.

    The link opens the whole account. Else an owner here could walk into another organisation's house.
    """
    owned = Member.objects.filter(user=owner, role=Role.OWNER).values("workspace")
    active = {user.pk for user in users if user.is_active}
    elsewhere = Member.objects.filter(user__in=active).exclude(workspace__in=owned)
    return active - set(elsewhere.values_list("user", flat=True))
