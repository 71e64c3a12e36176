"""What the law asks of a public body: seen first, taken in once, and then its own to change."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from samspill.accounts.models import Event
from samspill.strategy import public_sector
from samspill.strategy.models import ChannelChoice, Goal, GoverningDocument, Passage, Record, Strategy
from samspill.strategy.sections import KINDS


def html(answer: Any) -> str:
    assert answer.status_code == 200, answer.content
    return str(answer.content.decode())


def take(editor: Any, page: Any, *keys: str) -> Any:
    return editor.post(page("duties_take_in"), {"take": keys}, follow=True)


ALL = (public_sector.POLICY, *public_sector.DUTIES)


def test_is_seen_before_anything_is_written(viewer, page):
    shown = html(viewer.get(page("duties")))
    for duty in public_sector.DUTIES.values():
        assert duty.link in shown
    assert "as of 1 January 2026" in shown
    assert "Take in what is ticked" not in shown
    assert not Strategy.objects.exists()


def test_what_is_ticked_is_taken_in_dated_and_with_its_source(editor, page, cast):
    shown = html(take(editor, page, *ALL))
    assert "14 duties are taken in." in shown
    row = Record.objects.get(kind="duty", data__rule__startswith="Universal design")
    assert row.data["as_of"] == "2026-01-01"
    assert row.data["link"] == public_sector.DUTIES["design"].link
    assert row.source == "Norwegian public sector, as of 1 January 2026"
    assert "how" not in row.data
    assert Strategy.of(cast.fjord).profile == "public_sector"
    assert Event.objects.filter(action="record.create").count() == 14
    assert Event.objects.filter(action="governingdocument.upload").count() == 1


def test_the_policy_becomes_passages_that_a_goal_can_serve(editor, page, cast):
    take(editor, page, public_sector.POLICY)
    document = GoverningDocument.objects.get()
    assert (document.sort, document.link) == ("policy", public_sector.POLICY_LINK)
    passages = list(Passage.objects.standing())
    assert [passage.text for passage in passages] == public_sector.policy_passages()
    assert {passage.heading for passage in passages} == {"Goals", "Principles"}
    Goal.objects.create(strategy=Strategy.of(cast.fjord), statement="Nå alle", passage=passages[5])
    assert "Nå alle" in html(editor.get(page("document", document.pk)))


def test_only_what_is_ticked_is_taken_in(editor, page):
    take(editor, page, "archive", "no-such-duty")
    assert [row.data["link"] for row in Record.objects.filter(kind="duty")] == [
        public_sector.DUTIES["archive"].link
    ]
    assert not GoverningDocument.objects.exists()


def test_nothing_is_taken_in_twice(editor, page):
    take(editor, page, *ALL)
    shown = html(take(editor, page, *ALL))
    assert Record.objects.filter(kind="duty").count() == 14
    assert GoverningDocument.objects.count() == 1
    assert "This very file is already here" in shown


def test_a_duty_that_was_changed_is_still_the_same(editor, page):
    take(editor, page, "archive")
    row = Record.objects.get(kind="duty")
    row.data = {"rule": "Arkivloven 2026", "link": "https://lovdata.no/ny"}
    row.save()
    take(editor, page, "archive")
    assert Record.objects.filter(kind="duty").count() == 1


def test_a_duty_of_ones_own_with_the_same_source_counts(editor, page, cast):
    link = public_sector.DUTIES["crisis"].link
    Record.objects.create(strategy=cast.strategy, kind="duty", data={"rule": "Beredskap", "link": link})
    take(editor, page, "crisis")
    assert Record.objects.filter(kind="duty").count() == 1


def test_a_duty_that_was_removed_lies_ready_again(editor, page):
    take(editor, page, "archive")
    Record.objects.all().delete()
    take(editor, page, "archive")
    assert Record.objects.filter(kind="duty").count() == 1


def test_duties_stand_after_those_that_were_there(editor, page, cast):
    Record.objects.create(strategy=cast.strategy, kind="duty", position=7, data={"rule": "Egen"})
    take(editor, page, "privacy", "design")
    assert [row.position for row in Record.objects.filter(kind="duty")] == [7, 8, 9]


def test_it_is_written_in_the_language_of_the_strategy(editor, page, cast):
    cast.strategy.language = "nb"
    cast.strategy.save()
    take(editor, page, "archive", public_sector.POLICY)
    assert GoverningDocument.objects.get().title == "Statens kommunikasjonspolitikk"
    assert Record.objects.get(kind="duty").data["rule"].startswith("Arkivering")


@pytest.mark.parametrize("language", ["en", "nb"])
def test_every_duty_fits_its_fields_and_has_a_source(language):
    with translation.override(language):
        for duty in public_sector.DUTIES.values():
            assert len(str(duty.rule)) <= KINDS["duty"].field("rule").longest
            assert len(str(duty.asks)) <= KINDS["duty"].field("asks").longest
            assert re.match(r"https?://\S+$", duty.link)
    links = [duty.link for duty in public_sector.DUTIES.values()]
    assert len(set(links)) == len(links)


def test_a_campaign_shows_what_it_inherits(editor, page, cast):
    take(editor, page, "archive")
    below = Strategy.objects.create(workspace=cast.fjord, parent=Strategy.of(cast.fjord), title="Kampanjen")
    shown = html(editor.get(page("duties", below.pk)))
    assert 'value="archive"' not in shown
    assert "Archiving of what is written and received" in shown


def test_choosing_the_profile_leads_to_what_lies_ready(editor, page, cast):
    said = {"title": "Sosiale medier", "profile": "public_sector", "version": cast.strategy.version}
    answer = editor.post(page("strategy_edit"), said)
    assert answer.headers["Location"] == page("duties")


def test_each_channel_in_use_shows_what_is_in_place_and_what_was_put_aside(editor, page, cast):
    take(editor, page)
    row = ChannelChoice.objects.create(
        strategy=Strategy.of(cast.fjord), name="Facebook", choice="use", archive="Hver måned"
    )
    shown = html(editor.get(page("duties"))).split('id="channels"')[1].split("</section>")[0]
    assert shown.count("missing") == 3
    assert shown.count("in place") == 1
    aside = {"reason": "Vurderes i mai", "until": timezone.localdate() + timedelta(days=30)}
    editor.post(page("check_aside", "choice-risk", row.part), aside)
    shown = html(editor.get(page("duties"))).split('id="channels"')[1].split("</section>")[0]
    assert shown.count("missing") == 2
    assert "Vurderes i mai" in shown


def test_the_checklist_says_what_is_there(editor, page, cast):
    before = html(editor.get(page("duties"))).split('id="checklist"')[1]
    Record.objects.create(strategy=cast.strategy, kind="boundary", data={"what": "x", "sort": "never"})
    after = html(editor.get(page("duties"))).split('id="checklist"')[1]
    assert after.count("not yet") == before.count("not yet") - 1


def test_a_viewer_takes_nothing_in(viewer, page):
    assert viewer.post(page("duties_take_in"), {"take": ALL}).status_code == 403
    assert not Record.objects.exists()


def test_the_page_asks_few_times(editor, page, cast, django_assert_max_num_queries):
    take(editor, page, *ALL)
    with django_assert_max_num_queries(30):
        editor.get(page("duties"))
