"""Strategies below the organisation's, copies of them, and templates to begin from."""

from __future__ import annotations

import json

import pytest
import yaml
from django.utils import translation

from samspill.strategy.document.copies import SHIPPED, as_template, begin, content_of
from samspill.strategy.document.read import read
from samspill.strategy.document.write import document
from samspill.strategy.models import DEEPEST, Audience, Goal, Strategy, Template, Trait


def below(parent, title="Kampanje"):
    return Strategy.objects.create(workspace=parent.workspace, parent=parent, title=title, scope="campaign")


@pytest.fixture
def goal(cast, plan):
    found = Goal.objects.create(
        strategy=cast.strategy,
        statement="Alle får svar",
        owner=cast.bob,
        baseline=3.0,
        passage=plan.passages.first(),
    )
    Audience.objects.create(strategy=cast.strategy, name="Unge", size=12).goals.add(found)
    return found


def test_a_strategy_is_begun_below_and_inherits(page, editor, viewer, cast):
    Trait.objects.create(strategy=cast.strategy, name="Rett fram")
    answer = editor.post(
        page("strategy_add"), {"title": "Vårens kampanje", "scope": "campaign", "parent": cast.strategy.pk}
    )
    made = Strategy.objects.get(title="Vårens kampanje")
    assert (answer.status_code, answer["Location"]) == (302, page("strategy", made.pk))
    assert (made.parent, made.owner) == (cast.strategy, cast.bob)
    assert "Rett fram" in viewer.get(page("voice", made.pk)).content.decode()
    assert "Vårens kampanje" in viewer.get(page("strategies")).content.decode()


def test_the_first_below_writes_down_the_organisations(page, editor, cast):
    assert editor.get(page("strategy_add")).status_code == 200
    editor.post(page("strategy_add"), {"title": "Kampanje", "scope": "campaign", "parent": ""})
    assert Strategy.objects.get(title="Kampanje").parent == Strategy.of(cast.fjord)


def test_a_copy_has_rows_of_its_own(page, editor, cast, goal):
    said = {
        "title": "Enheten",
        "scope": "unit",
        "parent": cast.strategy.pk,
        "begin_from": f"strategy:{cast.strategy.pk}",
    }
    editor.post(page("strategy_add"), said)
    copied = Goal.objects.get(strategy__title="Enheten")
    assert (copied.statement, copied.owner, copied.passage) == ("Alle får svar", cast.bob, goal.passage)
    assert copied.uuid != goal.uuid
    assert Audience.objects.get(strategy__title="Enheten").goals.get() == copied
    assert document(cast.strategy)["strategy"]["title"] != "Enheten"


def test_it_is_moved_but_never_below_itself_nor_too_deep(page, editor, cast):
    first = below(cast.strategy, "Først")
    second = below(first, "Så")
    circle = editor.post(page("strategy_move", first.pk), {"parent": second.pk})
    assert "cannot lie below itself" in circle.content.decode()
    editor.post(page("strategy_move", second.pk), {"parent": cast.strategy.pk})
    assert Strategy.objects.get(pk=second.pk).parent == cast.strategy
    deep = first
    for level in range(3, DEEPEST + 1):
        deep = below(deep, f"Nivå {level}")
    assert len(deep.above()) + 1 == DEEPEST
    too_deep = editor.post(page("strategy_add"), {"title": "For dyp", "scope": "unit", "parent": deep.pk})
    assert "at most 5 deep" in too_deep.content.decode()
    assert editor.post(page("strategy_move", second.pk), {"parent": deep.pk}).status_code == 422
    assert editor.post(page("strategy_move", second.pk), {"parent": deep.parent.pk}).status_code == 302


def test_the_organisations_own_is_neither_moved_nor_over(page, editor, cast):
    editor.post(page("strategy_close", cast.strategy.pk))
    editor.post(page("strategy_move", cast.strategy.pk), {"parent": below(cast.strategy).pk})
    kept = Strategy.of(cast.fjord)
    assert (kept.closed_at, kept.parent) == (None, None)


def test_it_is_over_and_taken_up_again(page, editor, viewer, cast):
    campaign = below(cast.strategy)
    editor.post(page("strategy_close", campaign.pk))
    assert "1 that is over" in viewer.get(page("strategies")).content.decode()
    editor.post(page("strategy_reopen", campaign.pk))
    assert Strategy.objects.get(pk=campaign.pk).closed_at is None


def test_a_template_holds_no_people_passages_days_or_figures(cast, goal):
    said = as_template(document(cast.strategy))
    assert said["sections"]["goals"]["goal"] == [{"id": str(goal.uuid), "statement": "Alle får svar"}]
    assert "size" not in said["sections"]["audiences"]["audience"][0]
    assert "id" not in said["strategy"]
    assert read(json.dumps(said).encode()).faults == []


def test_a_template_is_ones_own_in_every_workspace(page, editor, viewer, cast, goal, as_person):
    editor.post(page("template_keep"), {"title": "Min mal", "note": "God å begynne med"})
    template = Template.objects.get()
    assert "Min mal" in editor.get(page("templates")).content.decode()
    assert "Min mal" not in viewer.get(page("templates")).content.decode()
    assert content_of(f"template:{template.pk}", cast.strategy, cast.alice) is None
    editor.post(page("template_change"), {"template": template.pk, "title": "Ny", "note": ""})
    assert Template.objects.get().title == "Ny"
    as_person(cast.olga).post(page("template_change"), {"template": template.pk, "delete": "yes"})
    assert Template.objects.exists()
    said = {
        "title": "Av malen",
        "scope": "unit",
        "parent": cast.strategy.pk,
        "begin_from": f"template:{template.pk}",
    }
    editor.post(page("strategy_add"), said)
    assert Goal.objects.get(strategy__title="Av malen").owner is None
    editor.post(page("template_change"), {"template": template.pk, "delete": "yes"})
    assert not Template.objects.exists()


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("key", SHIPPED)
def test_what_comes_with_samspill_can_be_begun_with(cast, key, language):
    with translation.override(language):
        content = SHIPPED[key].content()
    assert read(content).faults == []
    campaign = below(cast.strategy)
    assert begin(campaign, content, cast.bob).faults == []
    assert Goal.objects.of(campaign).exists()
    assert (Strategy.objects.get(pk=campaign.pk).title, campaign.scope) == ("Kampanje", "campaign")


def test_the_templates_say_the_same_in_both_languages():
    def shape(said):
        return {
            key: {kind: len(rows) for kind, rows in kinds.items()} for key, kinds in said["sections"].items()
        }

    for each in SHIPPED.values():
        shapes = []
        for language in ("nb", "en"):
            with translation.override(language):
                shapes.append(shape(yaml.safe_load(each.content())))
        assert shapes[0] == shapes[1], each.key


def test_a_template_is_laid_into_the_organisations_by_way_of_what_it_would_change(page, editor, cast):
    cast.strategy.title = "Vår egen"
    cast.strategy.save()
    shown = editor.post(page("template_lay"), {"begin_from": "shipped:company"})
    assert "Customers who ask get help the same day" in shown.content.decode()
    assert not Goal.objects.exists()
    editor.post(page("data_take"), {"token": shown.context["token"]})
    assert Goal.objects.of(cast.strategy).count() == 3
    assert Strategy.of(cast.fjord).title == "Vår egen"


@pytest.mark.parametrize("source", ["", "shipped:none", "template:1", "strategy:x", "strategy:99", "²:²"])
def test_what_is_not_there_is_not_begun_with(page, editor, cast, source):
    assert content_of(source, cast.strategy, cast.bob) is None
    assert editor.post(page("template_lay"), {"begin_from": source}).status_code == 302
