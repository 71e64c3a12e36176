"""The strategy's addresses; each of the six questions has the same five for its rows.

A page that is about a whole strategy has two: the organisation's goes without a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.urls import URLPattern, path

from samspill.strategy.questions import QUESTIONS, Question
from samspill.strategy.views import (
    advice,
    check,
    data,
    decisions,
    documents,
    editions,
    emergence,
    figures,
    goals,
    history,
    imports,
    patterns,
    public_sector,
    records,
    rows,
    strategies,
    strategy,
    talk,
    trace,
    whole,
)

app_name = "strategy"


def both(
    route: str, view: Callable[..., Any], about: Mapping[str, Any] | None = None, *, name: str
) -> Iterator[URLPattern]:
    """The page of the organisation's strategy, and of one below it."""
    yield path(route, view, dict(about or {}), name=name)
    yield path(f"<int:strategy>/{route}", view, dict(about or {}), name=name)


def _of(question: Question) -> Iterator[URLPattern]:
    """goals, goal_add, goal_edit, goal_remove, goal_move; and so for each question."""
    about = {"question": question.key}
    page, row = question.key.replace("_", "-"), question.row
    yield from both(f"{page}/", rows.rows, about, name=question.key)
    yield from both(f"{page}/add/", rows.add, about, name=f"{row}_add")
    yield path(f"{page}/<int:pk>/edit/", rows.edit, about, name=f"{row}_edit")
    yield path(f"{page}/<int:pk>/remove/", rows.remove, about, name=f"{row}_remove")
    yield path(f"{page}/<int:pk>/move/", rows.move_row, about, name=f"{row}_move")


urlpatterns: list[URLPattern] = [
    *both("", strategy.strategy, name="strategy"),
    *both("title/", strategy.edit, name="strategy_edit"),
    *both("sections/emergence/", emergence.emergence, name="emergence"),
    *both("sections/<slug:section>/", records.section, name="section"),
    path("<int:strategy>/sections/<slug:section>/own/", records.own, name="section_own"),
    *both("records/<slug:kind>/add/", records.add, name="record_add"),
    path("records/<int:pk>/edit/", records.edit, name="record_edit"),
    path("records/<int:pk>/remove/", records.remove, name="record_remove"),
    path("records/<int:pk>/move/", records.move, name="record_move"),
    *(pattern for question in QUESTIONS.values() for pattern in _of(question)),
    path("history/<slug:kind>/<int:pk>/", history.history, name="history"),
    path("goals/<int:pk>/", goals.goal, name="goal"),
    path("goals/<int:pk>/reopen/", goals.reopen, name="goal_reopen"),
    path("goals/<int:pk>/passage-seen/", goals.see_passage, name="goal_passage_seen"),
    *both("public-sector/", public_sector.duties, name="duties"),
    *both("public-sector/take-in/", public_sector.take_in, name="duties_take_in"),
    *both("check/", check.check, name="check"),
    *both("check/count/", check.count, name="check_count"),
    *both("check/rules/", check.rules, name="check_rules"),
    *both("check/rules/<slug:rule>/", check.rule, name="check_rule"),
    *both("check/rules/<slug:rule>/aside/<path:part>/", check.put_aside, name="check_aside"),
    *both("check/rules/<slug:rule>/take-up/<path:part>/", check.take_up, name="check_take_up"),
    *both("trace/", trace.trace, name="trace"),
    path("audiences/<int:pk>/", whole.audience, name="audience"),
    path("audiences/<int:pk>/presence/", whole.presences, name="audience_presence"),
    path("channel-choices/<int:pk>/", whole.channel_choice, name="channel_choice"),
    path("channels/<int:pk>/decision/", whole.decision, name="channel_decision"),
    path("launch/<int:pk>/", whole.launch_action, name="launch_action"),
    path("strategies/", strategies.strategies, name="strategies"),
    path("strategies/add/", strategies.add, name="strategy_add"),
    path("<int:strategy>/move/", strategies.move, name="strategy_move"),
    path("<int:strategy>/close/", strategies.close, name="strategy_close"),
    path("<int:strategy>/reopen/", strategies.reopen, name="strategy_reopen"),
    path("templates/", strategies.templates, name="templates"),
    *both("templates/keep/", strategies.keep, name="template_keep"),
    path("templates/change/", strategies.change, name="template_change"),
    path("templates/lay/", data.lay, name="template_lay"),
    *both("editions/", editions.editions, name="editions"),
    *both("editions/standing/", editions.stands, name="standing"),
    *both("editions/keep/", editions.keep_edition, name="edition_keep"),
    *both("editions/compare/", editions.side_by_side, name="side_by_side"),
    path("editions/<int:pk>/", editions.edition, name="edition"),
    path("editions/<int:pk>/adopt/", editions.adopt, name="edition_adopt"),
    path("editions/<int:pk>/restore/", data.restore, name="edition_restore"),
    *both("data/", data.data, name="data"),
    *both("data/strategy.json", data.download, {"form": "json"}, name="data_json"),
    *both("data/strategy.yaml", data.download, {"form": "yaml"}, name="data_yaml"),
    *both("data/look/", data.look, name="data_look"),
    *both("data/take/", data.take, name="data_take"),
    path("data/schema.json", data.format_schema, name="data_schema"),
    *both("decisions/", decisions.decisions, name="decisions"),
    *both("decisions/add/", decisions.add, name="decision_add"),
    *both("comments/", talk.comments, name="comments"),
    path("comments/<int:pk>/settle/", talk.settle, name="comment_settle"),
    *both("talk/<path:part>/", talk.talk, name="part_talk"),
    *both("imports/", imports.imports, name="imports"),
    path("imports/<int:pk>/pieces/", imports.one, name="import"),
    path("imports/<int:pk>/put/", imports.put, name="import_put"),
    path("imports/<int:pk>/close/", imports.close, name="import_close"),
    path("imports/<int:pk>/remove/", imports.remove, name="import_remove"),
    path("pieces/<int:pk>/back/", imports.back, name="piece_back"),
    *both("observe/", emergence.observe, name="observe"),
    *both("observations/gather/", emergence.gather, name="gather"),
    path("observations/<int:pk>/remove/", emergence.remove, name="observation_remove"),
    path("patterns/<int:pk>/", patterns.pattern, name="pattern"),
    path("patterns/<int:pk>/edit/", patterns.edit, name="pattern_edit"),
    path("patterns/<int:pk>/decide/", patterns.decide, name="pattern_decide"),
    path("passage-choices/", goals.choices, name="passage_choices"),
    path("launch/<int:pk>/done/", rows.done, name="launch_action_done"),
    *both("advice/", advice.advice, name="advice"),
    *both("advice/steadiness/", advice.steadiness, name="advice_steadiness"),
    *both("advice/fits/", advice.fits, name="fits"),
    *both("advice/fits/<slug:place>/<slug:sub_goal>/", advice.change_fit, name="fit"),
    path("figures/", figures.usage, name="usage"),
    path("figures/add/", figures.add, name="figure_add"),
    path("figures/<slug:came>/strike/", figures.strike, name="figure_strike"),
    path("figures/<int:pk>/edit/", figures.edit, name="figure_edit"),
    path("figures/<int:pk>/remove/", figures.remove, name="figure_remove"),
    path("documents/", documents.documents, name="documents"),
    path("documents/upload/", documents.upload, name="upload"),
    path("documents/<int:pk>/", documents.document, name="document"),
    path("documents/<int:pk>/version/", documents.version, name="version"),
    path("documents/<int:pk>/edit/", documents.edit, name="document_edit"),
    path("documents/<int:pk>/remove/", documents.remove, name="document_remove"),
    path("documents/<int:pk>/reopen/", documents.reopen, name="document_reopen"),
    path("passages/<int:pk>/", documents.passage, name="passage"),
    path("files/<int:pk>/", documents.file, name="file"),
]
