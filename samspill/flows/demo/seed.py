"""Make the demonstration: two organisations, in one transaction, the same for the same moment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from samspill.accounts.models import Member, Role, User, Workspace
from samspill.archive.open import store
from samspill.flows.demo import desk, organisation
from samspill.flows.demo.events import Deed, keep
from samspill.flows.demo.grown import comment, gather_patterns
from samspill.flows.demo.listen import lay_watches
from samspill.flows.demo.network import remember
from samspill.flows.demo.organisation import Organisation
from samspill.flows.demo.papers import upload_papers
from samspill.flows.demo.place import House, lay_figures, lay_follows, lay_posts, lay_words
from samspill.flows.demo.talk import lay_talk
from samspill.flows.demo.whole import found_strategy, write_strategy
from samspill.flows.demo.year import DAYS, Year, tell_year
from samspill.networks.models import Channel

DAY = timedelta(days=1)
FOLDERS = ("fjord", "river")
ZONES = {"nb": "Europe/Oslo", "en": "Europe/London"}


def is_seeded() -> bool:
    return User.objects.exists()


def seed(password: str) -> list[Organisation]:
    """Both organisations; the first one's lead works in the other, too. Everybody has the same password."""
    now = timezone.now()
    organisations = [organisation.read(folder) for folder in FOLDERS]
    hashed = make_password(password)  # once: slow on purpose
    with transaction.atomic():
        deeds: list[Deed] = []
        houses = []
        for each in organisations:
            house, year = _found(each, hashed, now)
            houses.append(house)
            deeds += _deeds(house, year, now)
        keep(deeds)
        for house in houses:
            desk.lay_desk(house, now)
        guest = houses[0].approver()
        Member.objects.create(workspace=houses[1].workspace, user=guest, role=Role.EDITOR)
    for each in organisations:
        lay_talk(each.folder, now)
    for house in houses:
        lay_watches(house.organisation.folder, house.workspace, house.approver(), now)
    store().close()  # the writer's lock is for the streams
    return organisations


def _found(said: Organisation, hashed: str, now: datetime) -> tuple[House, Year]:
    workspace = Workspace.objects.create(
        name=said.name,
        slug=said.slug,
        time_zone=ZONES[said.language],
        is_demo=True,
        created_at=now - (DAYS + 20) * DAY,
    )
    people = {who.key: user for who, user in _people(said, workspace, hashed, now)}
    owner = next(people[who.key] for who in said.people if who.role == "owner")
    channels = {
        account.key: _connect(workspace, owner, account.handle, account.name, now)
        for account in said.accounts
    }
    upload_papers(said, workspace, owner, now)
    house = House(said, workspace, people, channels, [])
    house = House(said, workspace, people, channels, found_strategy(said, house, now))
    year = tell_year(said, now, ZoneInfo(workspace.time_zone))
    _lay(house, year, now)
    return house, year


def _lay(house: House, year: Year, now: datetime) -> None:
    words = [*year.words, *desk.waiting(house, year.posts, now)]
    year = Year(year.posts, words, year.follows)
    deliveries = lay_posts(house, year.posts)
    lay_figures(house, year, deliveries, now)
    lay_follows(house, year)
    lay_words(house, words, deliveries)
    remember(house, year, now)
    write_strategy(house, now)
    gather_patterns(house, now)
    comment(house, now)


def _people(
    said: Organisation, workspace: Workspace, hashed: str, now: datetime
) -> Iterator[tuple[organisation.Who, User]]:
    joined = now - (DAYS + 20) * DAY
    for who in said.people:
        # Who is shown around first reads in the browser's language; the others in their own.
        language = "" if who is said.people[0] and said.folder.name == FOLDERS[0] else said.language
        user = User(email=who.email, password=hashed, name=who.name, language=language, date_joined=joined)
        user.save()
        Member.objects.create(workspace=workspace, user=user, role=Role[who.role.upper()], joined_at=joined)
        yield who, user


def _connect(workspace: Workspace, by: User, handle: str, name: str, now: datetime) -> Channel:
    channel = Channel(workspace=workspace, network="demo")
    network = channel.adapter()
    signed_in = network.sign_in({"handle": handle, "name": name})
    channel.take(signed_in, network.limits(signed_in.account), by)
    channel.connected_at = now - (DAYS + 1) * DAY
    channel.save()
    return channel


def _deeds(house: House, year: Year, now: datetime) -> Iterator[Deed]:
    owner, workspace = house.approver(), house.workspace
    yield Deed(workspace.created_at, "workspace.create", workspace, owner, workspace.name)
    for channel in house.channels.values():
        yield Deed(channel.connected_at, "channel.connect", workspace, owner, str(channel))
    for goal in house.goals:
        yield Deed(goal.created_at, "goal.create", workspace, goal.owner or owner, goal.statement)
    for post in year.posts[-60:]:
        yield Deed(post.at - DAY, "draft.approve", workspace, owner, post.title)
