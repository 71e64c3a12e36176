"""The first start: one code, one person, then the door is gone."""

import re
import stat
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import Client

from samspill.accounts.models import Event, Member, Role, User
from samspill.accounts.setup import FILE, SIGNS, is_right, move_in, setup_code

pytestmark = pytest.mark.django_db


def answers(code, **more):
    return {
        "code": code,
        "organisation": "Ås kommune",
        "name": "Kari Nordmann",
        "email": "Kari@Example.org",
        "password": "blå fjord og lang vinter",
        "language": "nb",
        "time_zone": "Europe/Oslo",
        **more,
    }


def kept() -> Path:
    return Path(settings.DATA_DIR) / FILE


def test_the_code_is_long_and_only_its_hash_is_kept():
    code = setup_code() or ""
    assert re.fullmatch(rf"([{SIGNS}]{{4}}-){{3}}[{SIGNS}]{{4}}", code)
    assert code not in kept().read_text()
    assert stat.S_IMODE(kept().stat().st_mode) == 0o600


def test_each_start_makes_a_new_code_and_ends_the_older():
    first, second = setup_code() or "", setup_code() or ""
    assert first != second
    assert not is_right(first)
    assert is_right(second)


def test_the_code_may_be_typed_without_dashes_and_in_capitals():
    code = setup_code() or ""
    assert is_right(code.replace("-", " ").upper())
    assert not is_right(code[:-1])
    assert not is_right("")


def test_without_a_code_file_nothing_is_right():
    assert not is_right("")


def test_no_code_when_somebody_lives_here(cast):
    assert setup_code() is None


def test_the_first_page_leads_to_set_up():
    assert Client().get("/").headers["Location"] == "/setup/"


def test_the_link_from_the_terminal_brings_the_code_along():
    code = setup_code() or ""
    page = Client().get("/setup/", {"code": code}).content.decode()
    assert f'<input type="hidden" name="code" value="{code}">' in page
    assert "Type the code" not in page


def test_set_up_makes_person_workspace_and_owner_and_signs_in():
    client, code = Client(), setup_code() or ""
    answer = client.post("/setup/", answers(code))
    assert answer.headers["Location"] == "/w/as-kommune/"
    member = Member.objects.get()
    assert (member.role, member.user.email, member.user.name) == (
        Role.OWNER,
        "kari@example.org",
        "Kari Nordmann",
    )
    assert member.user.language == "nb"
    assert member.workspace.time_zone == "Europe/Oslo"
    assert int(client.session["_auth_user_id"]) == member.user.pk
    assert list(Event.objects.order_by("pk").values_list("action", flat=True)) == [
        "workspace.create",
        "setup.done",
        "person.sign_in",
    ]


def test_afterwards_set_up_is_gone():
    client, code = Client(), setup_code() or ""
    client.post("/setup/", answers(code))
    assert not kept().exists()
    for visitor in (client, Client()):
        assert visitor.get("/setup/", {"code": code}).status_code == 404
        assert visitor.post("/setup/", answers(code, email="else@example.org")).status_code == 404
    assert User.objects.count() == 1


def test_a_wrong_code_makes_nobody_and_keeps_what_was_typed():
    setup_code()
    page = Client().post("/setup/", answers("aaaa-bbbb-cccc-dddd"))
    assert page.status_code == 200
    assert "This is not the code" in page.content.decode()
    assert "Ås kommune" in page.content.decode()
    assert not User.objects.exists()


def test_two_with_the_same_code_make_one_owner():
    """The second gets past the form, and finds the code's file gone."""
    code = setup_code() or ""
    said = answers(code)
    move_in(said.pop("code"), **said)
    with pytest.raises(PermissionDenied):
        move_in(code, **{**said, "email": "second@example.org"})
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("password", "kort", "too short"),
        ("password", "password1234", "too common"),
        ("password", "kari nordmann", "too similar"),
        ("organisation", "X", "at least 2"),
        ("organisation", "X" * 101, "at most 100"),
        ("name", "X" * 81, "at most 80"),
        ("email", "kari", "valid email"),
        ("time_zone", "Europe/Atlantis", "valid choice"),
        ("language", "sv", "valid choice"),
    ],
)
def test_an_answer_that_will_not_do_is_said_beside_the_field(field, value, words):
    code = setup_code() or ""
    page = Client().post("/setup/", answers(code, **{field: value})).content.decode()
    assert words in page
    assert f'id="id_{field}_error"' in page
    assert not User.objects.exists()
    assert is_right(code)


def test_the_longest_answers_are_taken():
    code = setup_code() or ""
    answer = Client().post("/setup/", answers(code, organisation="X" * 100, name="Y" * 80))
    assert answer.status_code == 302


def test_guessing_the_code_is_throttled():
    setup_code()
    client = Client()
    statuses = [
        client.post("/setup/", answers(f"aaaa-bbbb-cccc-{number:04}")).status_code for number in range(11)
    ]
    assert statuses == [200] * 10 + [429]
    assert Client(REMOTE_ADDR="192.0.2.7").post("/setup/", answers("x")).status_code == 200
