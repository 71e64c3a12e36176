"""Who works here: people, workspaces, what each may do, and the log of what was done."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import MinLengthValidator
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

LANGUAGES = [("nb", "Norsk bokmål"), ("en", "English")]


def _salt() -> str:
    return secrets.token_hex(16)


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **extra: object) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who signs in; works in one workspace or several."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    language = models.CharField(_("language"), max_length=5, blank=True, choices=LANGUAGES)
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)
    session_salt = models.CharField(max_length=32, default=_salt)  # a new one signs out everywhere
    rights_changed_at = models.DateTimeField(null=True)  # sessions older than this get a new key

    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name or self.email

    def get_session_auth_hash(self) -> str:
        """What every session carries; it ends with the password or the salt."""
        return salted_hmac(
            "samspill.session", self.password + self.session_salt, algorithm="sha256"
        ).hexdigest()

    def end_sessions(self) -> None:
        """Sign out everywhere, at once."""
        self.session_salt = _salt()
        self.save(update_fields=["session_salt"])


class Workspace(models.Model):
    """One organisation's house."""

    name = models.CharField(_("organisation"), max_length=100, validators=[MinLengthValidator(2)])
    slug = models.SlugField(max_length=60, unique=True)
    time_zone = models.CharField(_("time zone"), max_length=60, default="Europe/Oslo")
    answer_within = models.DurationField(_("everyone is answered within"), default=timedelta(hours=24))
    created_at = models.DateTimeField(default=timezone.now)
    is_demo = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)  # for two owners editing at once

    def __str__(self) -> str:
        return self.name

    def change(self, version: int, **values: object) -> bool:
        """Write over the version that was seen; False, and nothing written, when a newer one stands."""
        mine = Workspace.objects.filter(pk=self.pk, version=version)
        return bool(mine.update(**values, version=version + 1))

    @property
    def answer_hours(self) -> int:
        return int(self.answer_within.total_seconds() // 3600)


class Role(models.IntegerChoices):
    """What a member may do; a higher one may all that a lower one may."""

    VIEWER = 1, _("viewer")
    CONTRIBUTOR = 2, _("contributor")
    EDITOR = 3, _("editor")
    OWNER = 4, _("owner")


class Member(models.Model):
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="members")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.PositiveSmallIntegerField(_("role"), choices=Role.choices)
    joined_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "user"], name="one_membership_each")]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def is_owner(self) -> bool:
        return self.role == Role.OWNER


def _expiry() -> datetime:
    return timezone.now() + timedelta(days=7)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def usable(self) -> InvitationQuerySet:
        return self.filter(used_at=None, expires_at__gt=timezone.now())


class Invitation(models.Model):
    """A link that lets its bearer join once, until it expires; only the link's hash is kept."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="invitations")
    role = models.PositiveSmallIntegerField(_("role"), choices=Role.choices, default=Role.CONTRIBUTOR)
    email = models.EmailField(_("e-mail"), blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=_expiry)
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    objects = InvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return self.email or str(self.get_role_display())

    @staticmethod
    def new_token() -> str:
        return secrets.token_urlsafe(24)

    @staticmethod
    def hash_of(token: str) -> str:
        return hashlib.sha256(token.encode()).hexdigest()


class Event(models.Model):
    """One thing somebody did; never changed, never removed (the database refuses). Its links: log.py."""

    workspace = models.ForeignKey(Workspace, models.PROTECT, related_name="events", null=True)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=200, blank=True)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=["workspace", "-id"], name="event_newest")]
