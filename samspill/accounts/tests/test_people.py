"""The page of people: who sees it, who changes whom, and that an owner always remains."""

import pytest
from django.utils import timezone

from samspill.accounts.membership import LAST_OWNER
from samspill.accounts.models import Event, Member, Role, Workspace

PAGE = "/w/fjord/settings/people/"


def member(user):
    return Member.objects.get(user=user, workspace__slug="fjord")


def act(client, user, verb, **said):
    return client.post(f"{PAGE}{member(user).pk}/{verb}/", said, follow=True)


def test_everybody_sees_who_works_here(cast, as_person):
    page = as_person(cast.vera).get(PAGE).content.decode()
    assert all(name in page for name in ("Alice", "Bob", "Olga", "Vera"))
    assert "Charlie" not in page
    assert "Make the link" not in page
    assert "Remove" not in page


def test_an_owner_changes_a_role(cast, as_person):
    page = act(as_person(cast.olga), cast.alice, "role", role=Role.EDITOR.value)
    assert "Alice is now editor." in page.content.decode()
    assert member(cast.alice).role == Role.EDITOR
    event = Event.objects.get(action="member.role")
    assert (event.user, event.subject) == (cast.olga, "Alice")
    assert event.detail == {"before": "CONTRIBUTOR", "after": "EDITOR"}


def test_the_same_role_again_is_no_event(cast, as_person):
    act(as_person(cast.olga), cast.alice, "role", role=Role.CONTRIBUTOR.value)
    assert not Event.objects.filter(action="member.role").exists()


@pytest.mark.parametrize("role", ["", "0", "5", "owner", "3.0"])
def test_a_role_that_is_none_changes_nothing(cast, as_person, role):
    page = act(as_person(cast.olga), cast.alice, "role", role=role)
    assert "Choose one of the roles." in page.content.decode()
    assert member(cast.alice).role == Role.CONTRIBUTOR


def test_a_new_role_holds_from_the_next_request(cast, as_person):
    client = as_person(cast.olga)
    client.get(PAGE)
    Member.objects.filter(user=cast.bob).update(role=Role.OWNER)
    act(as_person(cast.bob), cast.olga, "role", role=Role.VIEWER.value)
    assert client.get("/w/fjord/settings/events/").status_code == 403


def test_removal_holds_from_the_next_request(cast, as_person):
    client = as_person(cast.alice)
    assert client.get(PAGE).status_code == 200
    act(as_person(cast.olga), cast.alice, "remove")
    assert client.get(PAGE).status_code == 404
    assert Event.objects.get(action="member.remove").subject == "Alice"


def test_what_the_removed_one_did_stays_in_the_log(cast, as_person):
    act(as_person(cast.olga), cast.alice, "remove")
    assert Event.objects.filter(subject="Alice").exists()
    assert "Alice" in as_person(cast.olga).get("/w/fjord/settings/events/").content.decode()


@pytest.mark.parametrize("verb", ["role", "remove"])
def test_the_last_owner_stays_owner(cast, as_person, verb):
    page = act(as_person(cast.olga), cast.olga, verb, role=Role.EDITOR.value)
    assert str(LAST_OWNER) in page.content.decode()
    assert member(cast.olga).role == Role.OWNER


@pytest.mark.parametrize("verb", ["role", "remove"])
def test_one_of_two_owners_may_step_down(cast, as_person, verb):
    Member.objects.filter(user=cast.bob).update(role=Role.OWNER)
    act(as_person(cast.olga), cast.olga, verb, role=Role.EDITOR.value)
    left = Member.objects.filter(workspace=cast.fjord, role=Role.OWNER)
    assert [owner.user for owner in left] == [cast.bob]


def test_an_owner_elsewhere_counts_not_here(cast, as_person):
    Member.objects.create(workspace=cast.utland, user=cast.olga, role=Role.OWNER)
    act(as_person(cast.olga), cast.olga, "remove")
    assert member(cast.olga).role == Role.OWNER


def test_leaving(cast, as_person):
    client = as_person(cast.bob)
    answer = client.post("/w/fjord/settings/leave/")
    assert answer.headers["Location"] == "/"
    assert "You are not in a workspace" in client.get("/").content.decode()
    assert not Member.objects.filter(user=cast.bob).exists()
    assert Event.objects.get(action="member.leave").user == cast.bob


def test_the_last_owner_cannot_leave_and_is_told_why(cast, as_person):
    client = as_person(cast.olga)
    page = client.post("/w/fjord/settings/leave/", follow=True).content.decode()
    assert str(LAST_OWNER) in page
    assert "Leave the workspace" not in page
    assert member(cast.olga)


def test_rights_that_change_give_the_session_a_new_key(cast, as_person):
    client = as_person(cast.alice)
    client.get(PAGE)
    before = client.cookies["session"].value
    act(as_person(cast.olga), cast.alice, "role", role=Role.EDITOR.value)
    client.get(PAGE)
    after = client.cookies["session"].value
    assert after != before
    client.get(PAGE)
    assert client.cookies["session"].value == after
    client.cookies["session"] = before
    assert client.get(PAGE).status_code == 302


def test_an_owner_makes_a_password_link_for_a_member(cast, as_person, client):
    page = act(as_person(cast.olga), cast.alice, "password-link")
    assert page.context["link_for"].user == cast.alice
    link = page.context["password_link"]
    assert link in page.content.decode()
    assert Event.objects.get(action="password_link.create").subject == "Alice"
    form = client.get(link.removeprefix("http://localhost:8000"), follow=True)
    new = {"password1": "hvit snø på fjellet", "password2": "hvit snø på fjellet"}
    client.post(form.request["PATH_INFO"], new)
    cast.alice.refresh_from_db()
    assert cast.alice.check_password("hvit snø på fjellet")
    again = client.get(link.removeprefix("http://localhost:8000"), follow=True).content.decode()
    assert "This link no longer works" in again


def test_no_password_link_for_who_works_where_the_owner_does_not_own(cast, as_person):
    """The link opens the whole account, so it would open the other workspace too."""
    Member.objects.create(workspace=cast.utland, user=cast.alice, role=Role.VIEWER)
    client = as_person(cast.olga)
    page = act(client, cast.alice, "password-link")
    assert page.status_code == 403
    assert "Ask whoever runs the server" in page.content.decode()
    assert not Event.objects.filter(action="password_link.create").exists()
    address = f"{PAGE}{member(cast.alice).pk}/password-link/"
    assert address not in client.get(PAGE).content.decode()


def test_an_owner_of_both_may_make_the_link(cast, as_person):
    Member.objects.create(workspace=cast.utland, user=cast.alice, role=Role.VIEWER)
    Member.objects.create(workspace=cast.utland, user=cast.olga, role=Role.OWNER)
    assert act(as_person(cast.olga), cast.alice, "password-link").status_code == 200


def test_an_owner_sees_who_signs_in_with_a_password_alone(cast, as_person):
    from allauth.mfa.models import Authenticator

    Authenticator.objects.create(user=cast.bob, type=Authenticator.Type.TOTP, data={"secret": "x"})
    page = as_person(cast.olga).get(PAGE)
    assert {one.member.user for one in page.context["people"] if one.has_second_step} == {cast.bob}


def test_many_people_cost_no_more_questions(cast, as_person, django_assert_max_num_queries):
    from samspill.accounts.models import User

    for number in range(30):
        user = User.objects.create(email=f"{number}@example.org", name=f"Number {number}")
        Member.objects.create(workspace=cast.fjord, user=user, role=Role.VIEWER, joined_at=timezone.now())
    client = as_person(cast.olga)
    client.get(PAGE)
    with django_assert_max_num_queries(14):
        assert client.get(PAGE).content.decode().count("Number ") >= 30


def test_a_role_here_is_no_role_there(cast, as_person):
    other = Workspace.objects.create(name="Third", slug="third")
    Member.objects.create(workspace=other, user=cast.olga, role=Role.VIEWER)
    assert as_person(cast.olga).get("/w/third/settings/events/").status_code == 403
