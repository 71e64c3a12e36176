"""The public page: for everyone, in its languages, with nothing from inside, and the same for all who ask."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html.parser import HTMLParser
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from samspill.accounts import log
from samspill.face import reach
from samspill.face.models import Face
from samspill.face.tests.filled import fill
from samspill.strategy.models import Edition, Goal, Strategy
from samspill.strategy.sections import SECTIONS


def open_page(strategy: Strategy, **said: object) -> Face:
    plain = {"address": "fjord", "is_on": True, "languages": ["nb", "en"], "parts": list(Face.PARTS)}
    return Face.objects.create(strategy=strategy, **(plain | said))


class Attributes(HTMLParser):
    """The names of all attributes on a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {name for name, _value in attrs}


def read(client: Client, path: str = "/s/fjord/") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_strangers_read_what_is_shown_and_nothing_from_inside(filled, client):
    open_page(filled)
    text = read(client)
    assert "canary-goal-statement" in text
    assert "canary-passage-text" in text
    for section in SECTIONS.values():
        for kind in section.kinds:
            shown = {field.name for field in reach.fields(kind, people=False, inside=False)}
            hidden = [field.name for field in kind.fields if field.name not in shown]
            assert not [name for name in hidden if f"canary-{kind.key}-{name}" in text]
    for secret in (
        "canary-person",
        "canary-edition",
        "canary-strategy-approver",
        "canary-goal-source",
        "bob@example.org",
    ):
        assert secret not in text
    assert "/w/" not in text, "no way in"


def test_what_a_page_may_show_is_what_strangers_may_read():
    for key, section in SECTIONS.items():
        some = any(reach.may_show_kind(kind, people=True, inside=False) for kind in section.kinds)
        assert (key in Face.PARTS) == some


def test_only_the_chosen_parts_are_shown(filled, client):
    open_page(filled, parts=["audiences"])
    text = read(client)
    assert "canary-audience-name" in text
    assert "canary-goal" not in text
    assert "canary-passage" not in text


def test_people_are_named_only_when_that_is_chosen(filled, client):
    open_page(filled, people=True)
    text = read(client)
    assert "canary-person" in text
    assert "canary-speaker-name" in text
    assert "canary-edition-by" in text


@pytest.mark.parametrize("said", [{"is_on": False}, {"address": "annen"}])
def test_what_is_not_there_is_not_there(said, filled, client):
    open_page(filled, **said)
    assert client.get("/s/fjord/").status_code == 404


def test_a_strategy_that_is_over_is_not_shown(filled, client):
    open_page(filled)
    filled.closed_at = timezone.now()
    filled.save()
    assert client.get("/s/fjord/").status_code == 404


def test_it_says_when_it_changed_and_which_edition_is_adopted(cast, client):
    Goal.objects.create(strategy=cast.strategy, statement="Ro")
    Edition.objects.create(strategy=cast.strategy, number=4, document=b"", adopted_on=date(2026, 3, 12))
    Edition.objects.create(strategy=cast.strategy, number=5, document=b"")
    open_page(cast.strategy)
    text = read(client)
    assert "Utgave 4, vedtatt 12. mars 2026" in text
    assert "Sist endret" in text


def test_each_language_has_its_address_and_names_the_other(filled, client):
    face = open_page(filled)
    bokmal, english = read(client), read(client, "/s/fjord/en/")
    assert '<html lang="nb">' in bokmal
    assert '<html lang="en">' in english
    assert "What shall we achieve?" in english
    assert client.get("/s/fjord/en/").headers["Content-Language"] == "en"
    for text in (bokmal, english):
        assert f'<link rel="alternate" hreflang="en" href="{settings.ADDRESS}/s/fjord/en/">' in text
        assert f'<link rel="alternate" hreflang="nb" href="{settings.ADDRESS}/s/fjord/">' in text
    assert f'<link rel="canonical" href="{settings.ADDRESS}/s/fjord/en/">' in english
    assert client.get("/s/fjord/nb/").headers["Location"] == "/s/fjord/", "one address for one page"
    face.languages, face.version = ["nb"], 2
    face.save()
    assert client.get("/s/fjord/en/").status_code == 404
    assert "hreflang" not in read(client)


def test_the_strategys_own_language_has_the_short_address(filled, client):
    filled.language = "en"
    filled.save()
    open_page(filled)
    assert '<html lang="en">' in read(client)
    assert '<html lang="nb">' in read(client, "/s/fjord/nb/")


def test_search_engines_are_told_what_it_is(filled, client):
    open_page(filled)
    text = read(client)
    assert "<title>canary-strategy-title · Fjordkraftlaget</title>" in text
    assert '<meta name="description" content="canary-strategy-ambition">' in text
    assert '<meta name="robots" content="index, follow">' in text


def test_it_is_kept_for_a_while_and_asks_nobody_who_they_are(filled, client, as_person, cast):
    open_page(filled)
    for reader in (client, as_person(cast.bob)):
        answer = reader.get("/s/fjord/", headers={"Accept-Language": "en", "Cookie": "language=en"})
        assert answer.headers["Cache-Control"] == "public, max-age=300"
        assert "Vary" not in answer.headers
        assert "Set-Cookie" not in answer.headers
        assert not answer.cookies
        assert '<html lang="nb">' in answer.content.decode()
    again = client.get("/s/fjord/", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    since = client.get("/s/fjord/", headers={"If-Modified-Since": answer.headers["Last-Modified"]})
    assert since.status_code == 304
    assert "Set-Cookie" not in client.get("/s/nowhere/").headers


def test_what_is_written_is_shown_at_once_and_figures_within_five_minutes(cast, client, monkeypatch):
    open_page(cast.strategy)
    goal = Goal.objects.create(strategy=cast.strategy, statement="Ro")
    assert "Ro" in read(client)
    Goal.objects.filter(pk=goal.pk).update(statement="Uro")
    assert "Uro" not in read(client), "it was kept"
    later = timezone.now() + timedelta(minutes=6)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert "Uro" in read(client)
    Goal.objects.filter(pk=goal.pk).update(statement="Fred")
    log.record("goal.change", workspace=cast.fjord, user=cast.bob, subject="Fred", row=goal.pk)
    assert "Fred" in read(client)


def test_a_kept_page_costs_two_questions(filled, client, django_assert_num_queries):
    open_page(filled)
    read(client)
    with django_assert_num_queries(2):
        read(client)


def test_what_people_wrote_does_nothing(cast, client):
    nasty = "\"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7|add:7 }}{% now 'Y' %}"
    fill(cast.strategy, cast.bob, lambda kind, field, longest: nasty[: longest or None])
    open_page(cast.strategy, people=True)
    answer = client.get("/s/fjord/")
    text = answer.content.decode()
    assert "<script" not in text
    assert "<img" not in text
    assert "{{ 7|add:7 }}" in text
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    attributes = Attributes()
    attributes.feed(text)
    assert not [name for name in attributes.found if name == "style" or name.startswith("on")]


def test_a_link_leads_only_to_the_web(cast, client):
    row = fill(cast.strategy, cast.bob, lambda kind, field, longest: "x").channelchoices.get()
    row.link = "javascript:alert(1)"
    row.save()
    open_page(cast.strategy)
    assert 'href="javascript' not in read(client)


def test_the_page_is_well_formed_with_headings_in_their_order(filled, client):
    open_page(filled, people=True)
    text = read(client)
    whole = re.sub(r"<(meta|link)([^>]*)>", r"<\1\2/>", text.replace("<!doctype html>", "")).replace(
        "&nbsp;", " "
    )
    ElementTree.fromstring(whole)
    levels = [int(level) for level in re.findall(r"<h(\d)", text)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert len(re.findall(r'id="([^"]+)"', text)) == len(set(re.findall(r'id="([^"]+)"', text)))


def test_a_page_without_words_says_so(cast, client):
    open_page(cast.strategy)
    assert "Det er ikke skrevet noe i denne strategien ennå." in read(client)


def test_a_clock_that_was_set_back_does_not_keep_a_page(cast, client, monkeypatch):
    open_page(cast.strategy)
    goal = Goal.objects.create(strategy=cast.strategy, statement="Ro")
    read(client)
    Goal.objects.filter(pk=goal.pk).update(statement="Uro")
    before = timezone.now() - timedelta(days=30)
    monkeypatch.setattr(timezone, "now", lambda: before)
    assert "Uro" in read(client)
