"""The second step: a code from an app, a passkey, recovery codes; what it guards, and what goes round it."""

import json
import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from samspill.accounts.models import Event, User
from samspill.accounts.password_link import password_link
from samspill.accounts.tests.rows import Rows
from samspill.accounts.tests.signing import LOGIN, PASSWORD, code_of, enter, turn_on_codes


def test_turning_on_a_second_step_takes_the_password_once_more(cast, client):
    enter(client)
    for path in ("totp/activate/", "passkeys/add/"):
        answer = client.get(f"/account/2fa/{path}")
        assert answer.headers["Location"].startswith("/account/reauthenticate/")


def test_signing_in_with_a_code_from_an_app(cast, client):
    enter(client)
    secret, _codes = turn_on_codes(client)
    client.post("/account/logout/")
    assert enter(client).headers["Location"] == "/account/2fa/authenticate/"
    assert client.get("/person/").status_code == 302
    wrong = client.post("/account/2fa/authenticate/", {"code": "000000"})
    assert "The code is not right." in wrong.content.decode()
    assert client.post("/account/2fa/authenticate/", {"code": code_of(secret)}).headers["Location"] == "/"
    assert client.get("/person/").status_code == 200


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_pages_of_the_second_step_speak_both_languages(cast, client, language):
    """Those that the walk over all addresses meets only as a way to somewhere else."""
    enter(client)
    turn_on_codes(client)
    key = Rows(cast.fjord, cast.alice).of("mfa.Authenticator").pk
    paths = [
        "",
        "totp/deactivate/",
        "recovery-codes/",
        "recovery-codes/generate/",
        "passkeys/",
        "passkeys/add/",
    ]
    paths += [
        f"passkeys/{key}/remove/",
        f"passkeys/{key}/rename/",
        "reauthenticate/",
        "passkeys/reauthenticate/",
    ]
    for path in paths:
        page = client.get(f"/account/2fa/{path}", headers={"Accept-Language": language})
        assert page.status_code == 200, path
        assert f'<html lang="{language}">' in page.content.decode()
    client.post("/account/2fa/totp/deactivate/")
    page = client.get("/account/2fa/totp/activate/", headers={"Accept-Language": language})
    assert f'<html lang="{language}">' in page.content.decode()
    client.post("/account/logout/")
    enter(client)
    page = client.get("/account/2fa/authenticate/", headers={"Accept-Language": language})
    assert f'<html lang="{language}">' in page.content.decode()


def test_somebody_else_s_passkey_is_not_there(cast, client):
    key = Rows(cast.fjord, cast.bob).of("mfa.Authenticator").pk
    enter(client)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    for deed in ("remove", "rename"):
        for answer in (
            client.get(f"/account/2fa/passkeys/{key}/{deed}/"),
            client.post(f"/account/2fa/passkeys/{key}/{deed}/", {"name": "Mine"}),
        ):
            assert answer.status_code == 404
    assert Authenticator.objects.get(pk=key).data["name"] == "Key"


def test_a_passkey_is_renamed_and_removed(cast, client):
    key = Rows(cast.fjord, cast.alice).of("mfa.Authenticator").pk
    enter(client)
    client.force_login(cast.alice)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    long = client.post(f"/account/2fa/passkeys/{key}/rename/", {"name": "x" * 61})
    assert "at most 60" in long.content.decode()
    client.post(f"/account/2fa/passkeys/{key}/rename/", {"name": "x" * 60})
    assert "x" * 60 in client.get("/account/2fa/passkeys/").content.decode()
    client.post(f"/account/2fa/passkeys/{key}/remove/")
    assert not Authenticator.objects.filter(pk=key).exists()


def test_a_code_works_once(cast, client):
    enter(client)
    with time_machine.travel(time.time(), tick=False):
        secret, _codes = turn_on_codes(client)
        for expected in (302, 200):
            thief = Client()
            enter(thief)
            answer = thief.post("/account/2fa/authenticate/", {"code": code_of(secret)})
            assert answer.status_code == expected


def test_recovery_codes_are_shown_once_and_work_once(cast, client):
    enter(client)
    _secret, codes = turn_on_codes(client)
    assert len(set(codes)) == 10
    assert codes[0] not in client.get("/account/2fa/recovery-codes/").content.decode()
    for expected in (302, 200):
        other = Client()
        enter(other)
        answer = other.post("/account/2fa/authenticate/", {"code": codes[0]})
        assert answer.status_code == expected


def test_secrets_of_the_second_step_are_sealed_in_the_database(cast, client):
    enter(client)
    secret, codes = turn_on_codes(client)
    kept = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert not any(code in kept for code in codes)


def test_guessing_codes_is_throttled(cast, client):
    enter(client)
    secret, _codes = turn_on_codes(client)
    thief = Client()
    enter(thief)
    for _guess in range(5):
        thief.post("/account/2fa/authenticate/", {"code": "000000"})
    page = thief.post("/account/2fa/authenticate/", {"code": code_of(secret)})
    assert "Too many tries." in page.content.decode()


def test_a_password_link_does_not_pass_the_second_step(cast, client):
    enter(client)
    turn_on_codes(client)
    thief = Client()
    form = thief.get(password_link(User.objects.get(pk=cast.alice.pk))[21:], follow=True)
    new = {"password1": "hvit snø på fjellet", "password2": "hvit snø på fjellet"}
    thief.post(form.request["PATH_INFO"], new)
    enter(thief, password="hvit snø på fjellet")
    assert thief.get("/person/").status_code == 302


def test_each_change_of_the_second_step_is_logged_and_told(
    cast, client, settings, django_capture_on_commit_callbacks
):
    settings.CAN_MAIL = True
    enter(client)
    with django_capture_on_commit_callbacks(execute=True):
        turn_on_codes(client)
        client.post("/account/2fa/totp/deactivate/")
    actions = set(Event.objects.filter(user=cast.alice).values_list("action", flat=True))
    assert {"person.totp_activated", "person.totp_deactivated"} <= actions
    assert [letter.to for letter in mail.outbox] == [["alice@example.org"]] * 2


def test_the_passkey_s_question_is_for_scripts_only(cast, client):
    answer = client.get("/account/2fa/passkeys/login/", headers={"Accept": "application/json"})
    assert "challenge" in answer.json()["request_options"]["publicKey"]
    assert client.get("/account/2fa/passkeys/login/").headers["Location"] == LOGIN


def test_a_broken_passkey_is_refused_in_words(cast, client):
    for credential in ("", "{}", '{"id": "x"}', "not json", "[1]"):
        answer = client.post("/account/2fa/passkeys/login/", {"credential": credential}, follow=True)
        assert answer.status_code == 200
        assert "_auth_user_id" not in client.session
