"""How long things are kept, and what one person may ask for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from samspill.archive import keeping
from samspill.archive.models import Erasure, Keeping
from samspill.archive.open import open_archive
from samspill.archive.query import Field, Tag
from samspill.archive.store.contract import post
from samspill.archive.store.sqlite import SqliteStore

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
NETWORKS = ["bluesky", "mastodon"]


def at(ago: timedelta) -> int:
    return int((NOW - ago).timestamp() * 1000)


@pytest.fixture
def store() -> Iterator[SqliteStore]:
    made = open_archive()
    yield made
    made.close()


@pytest.fixture
def kept(store: SqliteStore) -> SqliteStore:
    store.keep(
        [
            post(1, "#strøm", at=at(400 * DAY), handle="ola.example", author="did:plc:ola"),
            post(2, "#strøm", at=at(300 * DAY), handle="ola.example", author="did:plc:ola"),
            post(3, "#strøm", at=at(DAY), handle="kari.example", author="did:plc:kari"),
        ]
    )
    store.close()
    return store


@pytest.fixture
def owner(as_person, cast):
    return as_person(cast.olga)


def page(cast, name: str) -> str:
    return reverse(f"archive:{name}", args=(cast.fjord.slug,))


@pytest.mark.django_db
def test_after_twelve_months_it_is_put_away_who_said_it_unless_told_otherwise(kept):
    assert keeping.put_away(kept, NETWORKS, NOW, 10) is False
    assert [hit.post.handle for hit in kept.find(Tag("strøm")).hits] == ["kari.example", "ola.example", ""]
    Keeping.objects.create(network="bluesky", names_months=6)
    keeping.put_away(kept, NETWORKS, NOW, 10)
    assert [hit.post.handle for hit in kept.find(Tag("strøm")).hits] == ["kari.example", "", ""]


@pytest.mark.django_db
@pytest.mark.parametrize(("months", "left"), [(None, 3), (12, 2), (1, 1)])
def test_posts_are_removed_after_the_time_that_is_set(kept, months, left):
    Keeping.objects.create(network="bluesky", names_months=None, posts_months=months)
    keeping.put_away(kept, NETWORKS, NOW, 10)
    assert kept.count(Tag("strøm")) == left
    assert all(hit.post.handle for hit in kept.find(Tag("strøm")).hits)


@pytest.mark.django_db
def test_nothing_is_made_where_nothing_is_kept(store):
    assert keeping.put_away(store, NETWORKS, NOW, 10) is False
    assert not store.path.exists()


@pytest.mark.django_db
def test_a_wish_is_carried_out_and_outlives_a_copy_that_is_put_back(cast, kept, tmp_path):
    kept.backup(tmp_path / "copy.sqlite3")
    Erasure.objects.create(
        workspace=cast.fjord, network="bluesky", author="did:plc:ola", until=timezone.now()
    )
    keeping.erase(kept)
    wish = Erasure.objects.get()
    assert (wish.posts, wish.done_at is not None) == (2, True)
    assert kept.count(Field("from", "ola.example")) == 0
    kept.close()
    for file in tmp_path.glob("archive.sqlite3*"):
        file.unlink()
    (tmp_path / "copy.sqlite3").rename(kept.path)
    assert kept.count(Field("from", "ola.example")) == 2
    keeping.erase_again(kept)
    assert kept.count(Field("from", "ola.example")) == 0


@pytest.mark.django_db
def test_of_who_wishes_it_nothing_is_kept_from_then_on_either(cast, kept):
    Erasure.objects.create(workspace=cast.fjord, network="bluesky", author="did:plc:ola")
    keeping.erase(kept)
    kept.forget_tombstones(at(-100 * DAY))
    said = post(9, "#strøm", at=at(-DAY), author="did:plc:ola")
    assert kept.keep([said]).new == 0


def test_an_owner_sets_how_long(owner, cast, kept):
    said = {"bluesky-names_months": "3", "bluesky-posts_months": ""}
    assert owner.post(page(cast, "keeping"), said).status_code == 302
    row = Keeping.objects.get()
    assert (row.names_months, row.posts_months, row.changed_by) == (3, None, cast.olga)
    assert 'value="3"' in owner.get(page(cast, "keeping")).content.decode()


@pytest.mark.parametrize(
    ("names", "posts", "answer"),
    [("0", "1", 302), ("600", "600", 302), ("601", "", 422), ("", "0", 422), ("-1", "", 422), ("x", "", 422)],
)
def test_months_have_limits(owner, cast, kept, names, posts, answer):
    said = {"bluesky-names_months": names, "bluesky-posts_months": posts}
    assert owner.post(page(cast, "keeping"), said).status_code == answer


def test_a_person_is_found_shown_and_erased(owner, cast, kept):
    shown = owner.get(page(cast, "person"), {"who": "@Ola.example"}).content.decode()
    assert "did:plc:ola" in shown
    lines = b"".join(owner.get(page(cast, "person_file"), {"who": "ola.example"}).streaming_content)
    assert [json.loads(line)["author"] for line in lines.splitlines()] == ["did:plc:ola"] * 2
    address = f"{page(cast, 'person')}?who=ola.example"
    assert owner.post(address, {}).status_code == 422
    assert owner.post(address, {"accounts": ["bluesky did:plc:kari"]}).status_code == 422, (
        "not who was asked for"
    )
    assert owner.post(address, {"accounts": ["bluesky did:plc:ola"], "ever": "on"}).status_code == 302
    wish = Erasure.objects.get()
    assert (wish.author, wish.until) == ("did:plc:ola", None)


def test_who_is_put_away_is_still_found_by_their_lasting_id(owner, cast, kept):
    keeping.put_away(kept, NETWORKS, NOW + 200 * DAY, 10)
    kept.close()
    shown = owner.get(page(cast, "person"), {"who": "did:plc:ola"}).content.decode()
    assert '<td class="n">2</td>' in shown


def test_nobody_of_the_name_is_said(owner, cast, kept):
    assert (
        "Nothing is kept of nobody.example."
        in owner.get(page(cast, "person"), {"who": "nobody.example"}).content.decode()
    )
