"""Signing in: what is refused, how often one may try, and what nobody learns."""

import time

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import NoReverseMatch, reverse

from samspill.accounts.models import Event, User
from samspill.accounts.tests.signing import LOGIN, PASSWORD, enter


def test_a_person_signs_in_and_out(cast, client):
    assert enter(client).headers["Location"] == "/"
    assert client.get("/").headers["Location"] == "/w/fjord/"
    client.post("/account/logout/")
    assert client.get("/").headers["Location"] == LOGIN
    actions = Event.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["person.sign_in", "person.sign_out"]


def test_capitals_in_the_e_mail_do_not_matter(cast, client):
    assert enter(client, "Alice@EXAMPLE.org").status_code == 302


def test_signing_in_gives_a_new_session_key(cast, client):
    client.get(LOGIN)
    session = client.session
    session["from"] = "before"
    session.save()
    client.cookies["session"] = session.session_key
    before = client.cookies["session"].value
    enter(client)
    assert client.cookies["session"].value != before


def test_signing_out_ends_the_session_itself(cast, client):
    enter(client)
    stolen = client.cookies["session"].value
    client.post("/account/logout/")
    client.cookies["session"] = stolen
    assert client.get("/person/").status_code == 302


def test_opening_the_sign_out_page_signs_nobody_out(cast, client):
    enter(client)
    client.get("/account/logout/")
    assert client.get("/person/").status_code == 200


def test_a_wrong_password_and_an_unknown_person_get_the_same_answer(cast):
    pages = [enter(Client(), email, "wrong") for email in ("alice@example.org", "nobody@example.org")]
    assert [page.status_code for page in pages] == [200, 200]
    said = [page.context["form"].non_field_errors() for page in pages]
    assert said[0] == said[1] == ["The e-mail and the password do not belong together. Try again."]


def test_a_closed_account_is_told_only_to_who_knows_the_password(cast, client):
    User.objects.filter(pk=cast.alice.pk).update(is_active=False)
    assert enter(client).headers["Location"] == "/account/inactive/"
    assert "do not belong together" in enter(Client(), password="wrong").content.decode()


def test_guessing_one_person_s_password_is_throttled(cast):
    """Whatever address it comes from; and the right password does not help then."""
    for number in range(5):
        enter(Client(REMOTE_ADDR=f"192.0.2.{number}"), password="wrong")
    page = enter(Client(REMOTE_ADDR="192.0.2.99"))
    assert "Too many tries." in page.content.decode()
    assert enter(Client(), "bob@example.org").status_code == 302
    with time_machine.travel(time.time() + 301):
        assert enter(Client()).status_code == 302


def test_the_fourth_wrong_guess_is_not_the_last(cast):
    for _guess in range(4):
        enter(Client(), password="wrong")
    assert enter(Client()).status_code == 302


def test_guessing_from_one_address_is_throttled(cast, client):
    statuses = [enter(client, f"{number}@example.org", "wrong").status_code for number in range(31)]
    assert statuses == [200] * 30 + [429]


@pytest.mark.parametrize(
    "path",
    [
        "signup/",
        "email/",
        "confirm-email/",
        "confirm-email/x/",
        "password/set/",
        "login/code/",
        "login/code/confirm/",
    ],
)
def test_what_we_do_not_use_is_not_there(cast, client, path):
    assert client.get(f"/account/{path}").status_code == 404
    assert client.post(f"/account/{path}").status_code == 404


def test_nobody_signs_up(cast):
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


def test_a_new_password_takes_the_old_one_and_ends_other_sessions(cast, client):
    other = Client()
    enter(other)
    enter(client)
    new = {"password1": "hvit snø på fjellet", "password2": "hvit snø på fjellet"}
    wrong = client.post("/account/password/change/", {"oldpassword": "wrong", **new})
    assert "This is not your current password." in wrong.content.decode()
    assert (
        client.post("/account/password/change/", {"oldpassword": PASSWORD, **new}).headers["Location"]
        == "/person/"
    )
    assert client.get("/person/").status_code == 200
    assert other.get("/person/").status_code == 302
    assert Event.objects.filter(action="person.password_changed", user=cast.alice).exists()


@pytest.mark.parametrize(("password", "taken"), [("elleve tegn", False), ("tolv tegn nå", True)])
def test_a_password_has_twelve_characters(cast, client, password, taken):
    enter(client)
    said = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    assert (client.post("/account/password/change/", said).status_code == 302) is taken


def test_without_a_mail_server_the_page_says_whom_to_ask(cast, client):
    for answer in (client.get("/account/password/reset/"), client.post("/account/password/reset/")):
        assert "manage.py password_link" in answer.content.decode()
    assert not mail.outbox


def test_with_a_mail_server_a_link_is_sent_and_works_once(cast, client, settings):
    settings.CAN_MAIL = True
    client.post("/account/password/reset/", {"email": "Alice@example.org"}, HTTP_HOST="127.0.0.1")
    letter = mail.outbox[0]
    assert letter.to == ["alice@example.org"]
    link = next(line for line in letter.body.splitlines() if line.startswith("http"))
    assert link.startswith("http://localhost:8000/account/password/reset/key/")
    form = client.get(link.removeprefix("http://localhost:8000"), follow=True)
    new = {"password1": "hvit snø på fjellet", "password2": "hvit snø på fjellet"}
    client.post(form.request["PATH_INFO"], new)
    assert enter(client, password="hvit snø på fjellet").status_code == 302
    assert "no longer works" in Client().get(link[21:], follow=True).content.decode()


def test_an_unknown_e_mail_gets_the_same_answer_and_no_mail(cast, client, settings):
    settings.CAN_MAIL = True
    known = client.post("/account/password/reset/", {"email": "alice@example.org"})
    unknown = client.post("/account/password/reset/", {"email": "nobody@example.org"})
    assert known.headers["Location"] == unknown.headers["Location"]
    assert len(mail.outbox) == 1


def test_a_password_link_ends_after_a_day(cast, client, settings):
    settings.CAN_MAIL = True
    with time_machine.travel("2026-03-01T12:00:00Z", tick=False):
        client.post("/account/password/reset/", {"email": "alice@example.org"})
        path = mail.outbox[0].body.split("http://localhost:8000")[1].split()[0]
    with time_machine.travel("2026-03-02T12:00:00Z", tick=False):
        assert "Choose a password" in Client().get(path, follow=True).content.decode()
    with time_machine.travel("2026-03-02T12:00:01Z", tick=False):
        assert "no longer works" in Client().get(path, follow=True).content.decode()


def test_asking_for_a_password_is_throttled(cast, client, settings):
    settings.CAN_MAIL = True
    for _try in range(6):
        answer = client.post("/account/password/reset/", {"email": "alice@example.org"})
    assert answer.status_code == 429
    assert len(mail.outbox) == 5


def test_the_command_prints_a_link(cast, client, capsys):
    call_command("password_link", "Alice@example.org")
    link = capsys.readouterr().out.strip()
    assert (
        "Choose a password"
        in client.get(link.removeprefix("http://localhost:8000"), follow=True).content.decode()
    )
    assert Event.objects.get(action="password_link.create").detail == {"by": "manage.py"}
    with pytest.raises(CommandError, match="Nobody signs in"):
        call_command("password_link", "nobody@example.org")


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "http://localhost:9999/",
        "/\\evil.example",
        "javascript:alert(1)",
        "http://testserver@evil.example/",
    ],
)
def test_signing_in_leads_nowhere_else(cast, target):
    answer = enter(Client(), next=target)
    assert answer.headers["Location"] == "/"


def test_signing_in_leads_back_to_the_page_one_wanted(cast, client):
    answer = client.get("/w/fjord/settings/people/")
    assert answer.headers["Location"] == f"{LOGIN}?next=/w/fjord/settings/people/"
    assert enter(client, next="/w/fjord/settings/people/").headers["Location"] == "/w/fjord/settings/people/"


def test_a_fragment_asks_the_whole_page_to_sign_in(cast, client):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/w/fjord/settings/people/?a=b"}
    answer = client.get("/w/fjord/settings/", headers=headers)
    assert answer.status_code == 200
    assert answer.headers["HX-Redirect"] == f"{LOGIN}?next=%2Fw%2Ffjord%2Fsettings%2Fpeople%2F%3Fa%3Db"
    assert not answer.content


def test_after_an_unsent_form_signing_in_leads_to_the_first_page(cast, client):
    assert client.post("/w/fjord/settings/leave/").headers["Location"] == f"{LOGIN}?next=/"
