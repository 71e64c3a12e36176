"""Forms of people and workspaces."""

from __future__ import annotations

import zoneinfo
from datetime import timedelta
from functools import cache
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from samspill.accounts import setup
from samspill.accounts.forms_signin import GOOD_PASSWORD
from samspill.accounts.models import LANGUAGES, Role, User, Workspace

LONGEST_PROMISE = 168  # hours: a week


@cache
def zones() -> list[tuple[str, list[tuple[str, str]]]]:
    """Time zones by part of the world, as choices."""
    parts: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(zoneinfo.available_timezones()):
        part, _slash, place = name.partition("/")
        if place and part not in {"Etc", "SystemV", "US", "posix", "right"}:
            parts.setdefault(part, []).append((name, place.replace("_", " ")))
    return [("Europe", parts.pop("Europe")), *parts.items(), ("UTC", [("UTC", "UTC")])]


def zone_field(**options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Time zone"), choices=zones, **options)


class SetupForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        help_text=_("It stands in the terminal where Samspill was started."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Type the code from the terminal.")},
    )
    organisation = forms.CharField(
        label=_("Organisation"),
        min_length=2,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    name = forms.CharField(
        label=_("Your name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("You sign in with it. Nothing is sent to it now."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=GOOD_PASSWORD,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, widget=forms.RadioSelect)
    time_zone = zone_field(initial="Europe/Oslo")

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not setup.is_right(code):
            raise ValidationError(_("This is not the code. Each start makes a new one: take the newest."))
        return code

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        _check_password(self)
        return self.cleaned_data


class JoinForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("You sign in with it."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=GOOD_PASSWORD,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_email(self) -> str:
        return _free_email(self.cleaned_data["email"])

    def clean(self) -> dict[str, Any]:
        _check_password(self)
        return self.cleaned_data


def _free_email(email: str, but: User | None = None) -> str:
    email = email.lower()
    others = User.objects.exclude(pk=but.pk) if but else User.objects.all()
    if others.filter(email=email).exists():
        raise ValidationError(_("Somebody signs in with this e-mail already. Is it you? Sign in first."))
    return email


def _check_password(form: forms.Form) -> None:
    """A password that is long enough, not common, and not the person's own name."""
    said = form.cleaned_data
    if "password" not in said:
        return
    try:
        validate_password(said["password"], User(email=said.get("email", ""), name=said.get("name", "")))
    except ValidationError as error:
        form.add_error("password", error)


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("As the browser wishes")), *LANGUAGES],
        required=False,
        widget=forms.RadioSelect,
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=lambda: [("", _("As in each workspace")), *zones()],
        required=False,
    )

    class Meta:
        model = User
        fields = ("name", "language", "time_zone")
        labels = {"name": _("Name")}


class EmailForm(forms.Form):
    email = forms.EmailField(
        label=_("New e-mail"), widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True})
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self) -> str:
        return _free_email(self.cleaned_data["email"], but=self.user)


class WorkspaceForm(forms.Form):
    name = forms.CharField(label=_("Organisation"), min_length=2, max_length=100)
    time_zone = zone_field(help_text=_("Posts are scheduled by it."))
    answer_hours = forms.IntegerField(
        label=_("Everyone is answered within this many hours"),
        help_text=_("The promise that the inbox counts down from: 24 is a day."),
        min_value=1,
        max_value=LONGEST_PROMISE,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    @staticmethod
    def of(workspace: Workspace) -> dict[str, object]:
        """What stands now, as the form's first content."""
        return {name: getattr(workspace, name) for name in ("name", "time_zone", "answer_hours", "version")}

    def save(self, workspace: Workspace) -> bool:
        """False when another owner was quicker; nothing is written then."""
        said = self.cleaned_data
        return workspace.change(
            said["version"],
            name=said["name"],
            time_zone=said["time_zone"],
            answer_within=timedelta(hours=said["answer_hours"]),
        )


class NewWorkspaceForm(forms.Form):
    name = forms.CharField(label=_("Organisation"), min_length=2, max_length=100)
    time_zone = zone_field()


class InviteForm(forms.Form):
    role = forms.TypedChoiceField(
        label=_("Role"), choices=Role.choices, coerce=lambda value: Role(int(value)), initial=Role.CONTRIBUTOR
    )
    days = forms.TypedChoiceField(
        label=_("The link works for"),
        choices=[(1, _("a day")), (7, _("a week")), (30, _("30 days"))],
        coerce=int,
        initial=7,
    )
    email = forms.EmailField(label=_("E-mail"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = (
            _("The link is also sent there.")
            if settings.CAN_MAIL
            else _("To remember whom the link is for; you send it yourself.")
        )


class RoleForm(forms.Form):
    role = forms.TypedChoiceField(choices=Role.choices, coerce=lambda value: Role(int(value)))
