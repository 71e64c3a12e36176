"""The workspace: its name, zone and promise; several for one person; where "/" leads."""

from datetime import timedelta

import pytest
from django.utils import timezone

from samspill.accounts.found import free_slug
from samspill.accounts.models import Event, Member, Role, Workspace

PAGE = "/w/fjord/settings/"


def answers(**more):
    return {"name": "Fjordkraft", "time_zone": "Europe/Oslo", "answer_hours": 12, "version": 1, **more}


def test_an_owner_changes_name_zone_and_promise(cast, as_person):
    page = as_person(cast.olga).post(PAGE, answers(time_zone="Europe/Helsinki"), follow=True).content.decode()
    assert "Everyone is answered within 12 hours, and the clock follows Europe/Helsinki." in page
    cast.fjord.refresh_from_db()
    assert (cast.fjord.name, cast.fjord.slug) == ("Fjordkraft", "fjord")
    assert cast.fjord.answer_within == timedelta(hours=12)
    event = Event.objects.get(action="workspace.change")
    assert event.detail == {"name": "Fjordkraft", "time_zone": "Europe/Helsinki", "answer_hours": 12}


@pytest.mark.parametrize(
    ("said", "taken"),
    [
        ({"answer_hours": 1}, True),
        ({"answer_hours": 168}, True),
        ({"answer_hours": 0}, False),
        ({"answer_hours": 169}, False),
        ({"answer_hours": ""}, False),
        ({"name": "AB"}, True),
        ({"name": "A"}, False),
        ({"name": "A" * 100}, True),
        ({"name": "A" * 101}, False),
        ({"time_zone": "Mars/Olympus"}, False),
        ({"time_zone": "UTC"}, True),
    ],
)
def test_the_limits_of_each_field(cast, as_person, said, taken):
    answer = as_person(cast.olga).post(PAGE, answers(**said))
    assert (answer.status_code == 302) is taken
    if not taken:
        assert "_error" in answer.content.decode()


def test_who_is_no_owner_sees_no_form(cast, as_person):
    page = as_person(cast.bob).get(PAGE).content.decode()
    assert "You are editor here." in page
    assert 'name="answer_hours"' not in page


def test_two_owners_at_once_lose_nothing(cast, as_person):
    """The second sees the first one's text beside their own, and may still save theirs."""
    client = as_person(cast.olga)
    client.post(PAGE, answers(name="The first one's name"))
    page = client.post(PAGE, answers(name="The second one's name"))
    shown = page.content.decode()
    assert "Another owner saved while you were writing." in shown
    assert "The first one&#x27;s name" in shown
    assert 'value="The second one&#x27;s name"' in shown
    assert Workspace.objects.get(pk=cast.fjord.pk).name == "The first one's name"
    again = {"name": "The second one's name", "version": page.context["form"]["version"].value()}
    client.post(PAGE, answers(**again))
    assert Workspace.objects.get(pk=cast.fjord.pk).name == "The second one's name"


def test_an_owner_makes_another_workspace(cast, as_person):
    client = as_person(cast.olga)
    answer = client.post("/workspaces/new/", {"name": "Ærlig Øl på Ås", "time_zone": "Europe/Oslo"})
    assert answer.headers["Location"] == "/w/aerlig-ol-pa-as/"
    new = Workspace.objects.get(slug="aerlig-ol-pa-as")
    assert Member.objects.get(workspace=new).user == cast.olga
    assert Event.objects.get(workspace=new).action == "workspace.create"


def test_who_owns_nothing_makes_no_workspace(cast, as_person):
    client = as_person(cast.bob)
    for answer in (client.get("/workspaces/new/"), client.post("/workspaces/new/", {"name": "Mine"})):
        assert answer.status_code == 403
    assert not Workspace.objects.filter(name="Mine").exists()


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Fjord", "fjord-2"),
        ("Utland!", "utland-2"),
        ("北京", "samspill"),
        ("-- --", "samspill"),
        ("Å" * 80, "a" * 50),
    ],
)
def test_an_address_is_made_of_the_name(cast, name, slug):
    assert free_slug(name) == slug


def test_the_frame_lists_the_other_workspaces(cast, as_person):
    client = as_person(cast.olga)
    assert "Other workspaces" not in client.get(PAGE).content.decode()
    Member.objects.create(workspace=cast.utland, user=cast.olga, role=Role.VIEWER)
    page = client.get(PAGE).content.decode()
    assert "Other workspaces" in page
    assert 'href="/w/utland/"' in page


def test_the_first_page_is_the_workspace_last_used(cast, as_person):
    Member.objects.create(workspace=cast.utland, user=cast.olga, role=Role.VIEWER)
    client = as_person(cast.olga)
    assert client.get("/").headers["Location"] == "/w/fjord/"
    client.get("/w/utland/settings/")
    assert client.get("/").headers["Location"] == "/w/utland/"
    Member.objects.filter(workspace=cast.utland, user=cast.olga).delete()
    assert client.get("/").headers["Location"] == "/w/fjord/"


def test_times_follow_the_workspace_unless_the_person_has_a_zone(cast, as_person):
    Workspace.objects.filter(pk=cast.fjord.pk).update(time_zone="America/New_York")
    event = Event.objects.create(workspace=cast.fjord, action="goal.create", at="2026-01-05T12:00Z")
    assert timezone.is_aware(Event.objects.get(pk=event.pk).at)
    page = as_person(cast.olga).get(f"{PAGE}events/").content.decode()
    assert "5 Jan 2026, 07:00" in page
    cast.olga.time_zone = "Asia/Tokyo"
    cast.olga.save()
    page = as_person(cast.olga).get(f"{PAGE}events/").content.decode()
    assert "5 Jan 2026, 21:00" in page
