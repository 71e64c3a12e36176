"""The person's own page: name, language, zone, e-mail, and where they are signed in."""

import pytest
from django.core import mail
from django.test import Client

from samspill.accounts.models import Event, Member

PASSWORD = "correct horse"


def sign_in(user, browser="Mozilla/5.0 (X11; Linux) Firefox/140.0"):
    client = Client(HTTP_USER_AGENT=browser)
    client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    return client


def test_a_person_changes_name_language_and_zone(cast, as_person):
    client = as_person(cast.alice)
    said = {"name": "Alice Berg", "language": "nb", "time_zone": "Europe/London"}
    assert client.post("/person/", said).status_code == 302
    cast.alice.refresh_from_db()
    assert (cast.alice.name, cast.alice.language, cast.alice.time_zone) == (
        "Alice Berg",
        "nb",
        "Europe/London",
    )
    assert '<html lang="nb">' in client.get("/person/").content.decode()
    assert Event.objects.get(action="person.change").detail == {"what": ["language", "name", "time_zone"]}


@pytest.mark.parametrize(
    ("field", "value"), [("name", ""), ("name", "x" * 81), ("language", "sv"), ("time_zone", "Nowhere/Here")]
)
def test_what_will_not_do_is_said_and_nothing_changes(cast, as_person, field, value):
    said = {"name": "Alice Berg", "language": "", "time_zone": "", field: value}
    page = as_person(cast.alice).post("/person/", said)
    assert page.status_code == 200
    assert f'id="id_{field}_error"' in page.content.decode()
    cast.alice.refresh_from_db()
    assert cast.alice.name == "Alice"


def test_the_longest_name_is_taken(cast, as_person):
    assert as_person(cast.alice).post("/person/", {"name": "x" * 80}).status_code == 302


def test_nothing_else_can_be_set_through_the_form(cast, as_person):
    before = cast.alice.password
    said = {
        "name": "Alice",
        "email": "new@example.org",
        "is_active": "",
        "password": "x",
        "session_salt": "x",
    }
    as_person(cast.alice).post("/person/", said)
    cast.alice.refresh_from_db()
    assert (cast.alice.email, cast.alice.password) == ("alice@example.org", before)
    assert cast.alice.is_active


def test_a_new_e_mail_takes_the_password_once_more(cast):
    """What was typed waits meanwhile."""
    client = sign_in(cast.alice)
    answer = client.post("/person/email/", {"email": "Berg@Example.org"})
    assert answer.headers["Location"].startswith("/account/reauthenticate/")
    cast.alice.refresh_from_db()
    assert cast.alice.email == "alice@example.org"
    client.post("/account/reauthenticate/", {"password": PASSWORD, "next": "/person/email/"})
    cast.alice.refresh_from_db()
    assert cast.alice.email == "berg@example.org"
    assert Event.objects.get(action="person.email").detail["before"] == "alice@example.org"


def test_the_old_e_mail_is_told_of_the_new_one(cast, settings):
    settings.CAN_MAIL = True
    client = sign_in(cast.alice)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    client.post("/person/email/", {"email": "berg@example.org"})
    assert [letter.to for letter in mail.outbox] == [["alice@example.org"]]
    assert "Your account now has another e-mail address." in mail.outbox[0].body


def test_an_e_mail_that_is_taken_is_refused(cast):
    client = sign_in(cast.alice)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    page = client.post("/person/email/", {"email": "BOB@example.org"})
    assert "Somebody signs in with this e-mail already." in page.content.decode()


def test_sessions_are_listed_this_one_first(cast):
    sign_in(cast.alice, "Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537 Edg/140.0")
    client = sign_in(cast.alice)
    sessions = client.get("/person/").context["sessions"]
    assert [(session.what, session.is_this) for session in sessions] == [
        ("Firefox on Linux", True),
        ("Edge on Windows", False),
    ]


def test_signing_out_everywhere_ends_every_other_session(cast, as_person):
    other, unlisted, client = sign_in(cast.alice), as_person(cast.alice), sign_in(cast.alice)
    before = client.cookies["session"].value
    client.post("/person/sessions/end/")
    assert client.get("/person/").status_code == 200
    assert len(client.get("/person/").context["sessions"]) == 1
    assert client.cookies["session"].value != before
    for ended in (other, unlisted):
        assert ended.get("/person/").status_code == 302
    assert Event.objects.filter(action="person.end_sessions", user=cast.alice).exists()


def test_a_closed_account_is_out_at_once(cast, as_person):
    client = as_person(cast.alice)
    cast.alice.is_active = False
    cast.alice.save()
    assert client.get("/w/fjord/settings/").status_code == 302


def test_the_page_lists_workspaces_and_roles(cast, as_person):
    Member.objects.create(workspace=cast.utland, user=cast.alice, role=1)
    page = as_person(cast.alice).get("/person/").content.decode()
    assert "Fjordkraftlaget" in page
    assert "Utland" in page
    assert "Make another" not in page


def test_who_is_in_no_workspace_can_still_open_their_page(cast, as_person):
    Member.objects.filter(user=cast.alice).delete()
    assert as_person(cast.alice).get("/person/").status_code == 200
