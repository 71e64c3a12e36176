"""Invitations: one person, one time, until they expire; and joining, for new and for known people."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from samspill.accounts import invite
from samspill.accounts.models import Event, Invitation, Member, Role, User

PEOPLE = "/w/fjord/settings/people/"
ANSWERS = {"name": "Nora Ny", "email": "Nora@Example.org", "password": "blå fjord og lang vinter"}


def invited(cast, role=Role.EDITOR, days=7, email=""):
    invitation, link = invite.invite(cast.fjord, role, days, cast.olga, email)
    return invitation, link.removeprefix("http://localhost:8000")


def test_an_owner_makes_a_link_that_is_shown_once(cast, as_person):
    client = as_person(cast.olga)
    page = client.post(f"{PEOPLE}invite/", {"role": Role.EDITOR.value, "days": 7, "email": ""})
    link = page.context["invitation_link"]
    assert link.startswith("http://localhost:8000/join/")
    assert link in page.content.decode()
    assert link not in client.get(PEOPLE).content.decode()
    token = link.split("/")[-2]
    assert Invitation.objects.get().token_hash == Invitation.hash_of(token)
    assert token not in str(Event.objects.filter(action="invitation.create").values())


@pytest.mark.parametrize(
    ("days", "taken"), [(1, True), (7, True), (30, True), (31, False), (0, False), ("", False)]
)
def test_a_link_works_for_a_day_a_week_or_thirty_days(cast, as_person, days, taken):
    page = as_person(cast.olga).post(f"{PEOPLE}invite/", {"role": Role.VIEWER.value, "days": days})
    assert Invitation.objects.exists() is taken
    if taken:
        left = Invitation.objects.get().expires_at - timezone.now()
        assert timedelta(days=days, minutes=-1) < left <= timedelta(days=days)
    else:
        assert "error" in page.content.decode()


def test_without_a_mail_server_nothing_is_sent_and_that_is_said(cast, as_person):
    said = {"role": Role.VIEWER.value, "days": 1, "email": "ny@example.org"}
    page = as_person(cast.olga).post(f"{PEOPLE}invite/", said).content.decode()
    assert "Send the link to ny@example.org yourself." in page
    assert not mail.outbox


def test_with_a_mail_server_the_link_is_sent(cast, as_person, settings):
    settings.CAN_MAIL = True
    said = {"role": Role.VIEWER.value, "days": 1, "email": "ny@example.org"}
    page = as_person(cast.olga).post(f"{PEOPLE}invite/", said)
    assert "It is also sent to ny@example.org." in page.content.decode()
    letter = mail.outbox[0]
    assert letter.to == ["ny@example.org"]
    assert page.context["invitation_link"] in letter.body
    assert "Olga invites you to Fjordkraftlaget in Samspill, as viewer." in letter.body


def test_a_mail_server_that_is_down_loses_nothing(cast, as_person, settings):
    settings.CAN_MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    said = {"role": Role.VIEWER.value, "days": 1, "email": "ny@example.org"}
    page = as_person(cast.olga).post(f"{PEOPLE}invite/", said)
    assert "Send the link to ny@example.org yourself." in page.content.decode()
    assert Invitation.objects.usable().exists()


def test_somebody_new_joins_and_is_signed_in(cast):
    client = Client()
    invitation, path = invited(cast)
    assert "Olga invites you as editor." in client.get(path).content.decode()
    answer = client.post(path, ANSWERS)
    assert answer.headers["Location"] == "/w/fjord/"
    user = User.objects.get(email="nora@example.org")
    assert Member.objects.get(user=user).role == Role.EDITOR
    assert int(client.session["_auth_user_id"]) == user.pk
    invitation.refresh_from_db()
    assert invitation.used_by == user
    event = Event.objects.get(action="invitation.accept")
    assert event.detail == {"role": "EDITOR", "invited_by": "Olga"}


def test_somebody_known_joins_with_the_account_they_have(cast, as_person):
    _invitation, path = invited(cast, Role.VIEWER)
    client = as_person(cast.charlie)
    assert "You are signed in as Charlie" in client.get(path).content.decode()
    assert not Member.objects.filter(user=cast.charlie, workspace=cast.fjord).exists()
    answer = client.post(path)
    assert answer.headers["Location"] == "/w/fjord/"
    assert Member.objects.get(user=cast.charlie, workspace=cast.fjord).role == Role.VIEWER


def test_the_login_page_leads_back_to_the_invitation(cast):
    client = Client()
    _invitation, path = invited(cast)
    assert f'href="/account/login/?next={path}"' in client.get(path).content.decode()
    said = {"login": "charlie@example.org", "password": "correct horse", "next": path}
    assert client.post("/account/login/", said).headers["Location"] == path


def test_a_member_does_not_use_up_the_invitation(cast, as_person):
    invitation, path = invited(cast, Role.OWNER)
    as_person(cast.alice).post(path)
    assert Member.objects.get(user=cast.alice).role == Role.CONTRIBUTOR
    assert Invitation.objects.usable().filter(pk=invitation.pk).exists()


def test_a_link_works_once(cast):
    invitation, path = invited(cast)
    Client().post(path, ANSWERS)
    second = Client().post(path, {**ANSWERS, "email": "second@example.org"})
    assert second.status_code == 404
    assert "no longer works" in second.content.decode()
    assert not User.objects.filter(email="second@example.org").exists()
    with pytest.raises(ValidationError):
        invite.accept(invitation, cast.charlie)


def test_a_link_ends_to_the_second(cast):
    with time_machine.travel("2026-03-01T12:00:00Z", tick=False):
        _invitation, path = invited(cast, days=1)
    with time_machine.travel("2026-03-02T11:59:59Z", tick=False):
        assert Client().get(path).status_code == 200
    with time_machine.travel("2026-03-02T12:00:00Z", tick=False):
        assert Client().get(path).status_code == 404
        assert Client().post(path, ANSWERS).status_code == 404


def test_an_invitation_can_be_taken_back(cast, as_person):
    invitation, path = invited(cast)
    as_person(cast.olga).post(f"{PEOPLE}invitations/{invitation.pk}/revoke/")
    assert Client().get(path).status_code == 404
    assert Event.objects.filter(action="invitation.revoke").exists()


def test_an_invented_link_says_the_same_as_a_used_one(cast):
    answer = Client().get("/join/invented/")
    assert answer.status_code == 404
    assert "no longer works" in answer.content.decode()


def test_an_e_mail_that_is_taken_is_said_and_the_invitation_kept(cast):
    invitation, path = invited(cast)
    page = Client().post(path, {**ANSWERS, "email": "CHARLIE@example.org"}).content.decode()
    assert "Somebody signs in with this e-mail already." in page
    assert "Nora Ny" in page
    assert Invitation.objects.usable().filter(pk=invitation.pk).exists()


def test_the_e_mail_one_was_invited_by_stands_there(cast):
    _invitation, path = invited(cast, email="ny@example.org")
    assert 'value="ny@example.org"' in Client().get(path).content.decode()


def test_joining_is_throttled(cast):
    _invitation, path = invited(cast)
    client = Client()
    statuses = [client.post(path, {**ANSWERS, "password": "kort"}).status_code for _try in range(21)]
    assert statuses == [200] * 20 + [429]


def test_opening_a_link_changes_nothing(cast, as_person):
    invitation, path = invited(cast)
    Client().get(path)
    as_person(cast.charlie).get(path)
    invitation.refresh_from_db()
    assert invitation.used_at is None
