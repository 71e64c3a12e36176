import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from samspill.measurement.models import PostSample, Sample
from samspill.measurement.tests import rows
from samspill.strategy.measures import MEASURES
from samspill.strategy.models import Goal

DAY = timedelta(days=1)


@pytest.fixture
def year(cast):
    """A channel that has grown for half a year, with posts, reactions, and messages of which one waits."""
    ours, now = rows.channel(cast.fjord, cast.olga), timezone.now()
    Sample.objects.bulk_create(
        Sample(channel=ours, what="followers", at=now - n * DAY, value=1000 - 2 * n) for n in range(200)
    )
    for n in range(1, 40):
        post = rows.post(ours, cast.alice, now - n * DAY, f"Innlegg {n}")
        PostSample.objects.create(
            delivery=post, what="reactions", at=now - n * DAY + timedelta(hours=5), value=n % 7
        )
        rows.message(
            ours, now - n * DAY, f"Spørsmål {n}", now - n * DAY + timedelta(hours=2) if n > 1 else None
        )
    return ours


@pytest.fixture
def goal(cast, year):
    return Goal.objects.create(
        strategy=cast.strategy,
        statement="Bygge kunderelasjoner",
        measure="followers",
        channel=year,
        baseline=600,
        baseline_at=timezone.localdate() - 200 * DAY,
        target=1400,
        deadline=timezone.localdate() + 300 * DAY,
    )


def at(name, *args):
    return reverse(f"measurement:{name}", args=("fjord", *args))


def test_every_measure_opens_its_formula_and_its_inputs(cast, year, as_person):
    vera = as_person(cast.vera)
    for key, measure in MEASURES.items():
        text = vera.get(at("measure", key)).content.decode()
        assert str(measure.formula) in text
        assert "What it rests on" in text
        assert "Show as table" in text
    assert "Spørsmål 5" in vera.get(at("measure", "response_rate")).content.decode()
    assert "Innlegg 5" in vera.get(at("measure", "reactions")).content.decode()


def test_a_measure_of_one_channel_counts_that_channel_alone(cast, year, as_person):
    other = rows.channel(cast.fjord, cast.olga, "nabolaget")
    vera = as_person(cast.vera)
    assert "1,000" in vera.get(at("measure", "followers", year.pk)).content.decode()
    assert "no figures" in vera.get(at("measure", "followers", other.pk)).content.decode()


def test_an_unknown_measure_and_a_strangers_channel_are_not_here(cast, year, as_person):
    theirs = rows.channel(cast.utland, cast.charlie, "utland")
    vera = as_person(cast.vera)
    assert vera.get(at("measure", "happiness")).status_code == 404
    assert vera.get(at("measure", "followers", theirs.pk)).status_code == 404
    for channel in (theirs.pk, "9" * 30, "x"):
        assert vera.get(at("measure_csv", "followers") + f"?channel={channel}").status_code == 404


def test_the_figures_page_shows_the_period_that_was_chosen(cast, year, as_person):
    vera = as_person(cast.vera)
    assert "last 28 days" in vera.get(at("figures")).content.decode()
    assert "last 7 days" in vera.get(at("figures") + "?days=7").content.decode()
    assert "last 28 days" in vera.get(at("figures") + "?days=6").content.decode()


def test_without_a_channel_the_page_says_what_to_do(cast, as_person):
    text = as_person(cast.vera).get(at("figures")).content.decode()
    assert "Connect a channel" in text
    assert "0%" not in text


def test_the_figures_page_takes_few_queries(cast, goal, as_person, django_assert_max_num_queries):
    vera = as_person(cast.vera)
    vera.get(at("figures"))
    with django_assert_max_num_queries(13):
        vera.get(at("figures"))


def test_a_goal_shows_its_line_its_target_and_the_way_to_the_formula(cast, goal, as_person):
    text = as_person(cast.vera).get(at("goal_status", goal.pk)).content.decode()
    assert "target 1,400" in text
    assert "At the pace of the last eight weeks" in text
    assert at("measure", "followers", goal.channel_id) in text
    assert '"strokeDash": [5, 4]' in text
    row = as_person(cast.vera).get(at("goal_row", goal.pk)).content.decode()
    assert "on time" in row
    assert "<polyline" in row


def test_a_goal_without_a_measure_asks_for_one(cast, as_person):
    bare = Goal.objects.create(strategy=cast.strategy, statement="Bli hørt")
    assert "no measure yet" in as_person(cast.vera).get(at("goal_status", bare.pk)).content.decode()
    assert "No measure chosen" in as_person(cast.vera).get(at("goal_row", bare.pk)).content.decode()


def test_a_goal_without_figures_says_so_once(cast, goal, as_person):
    new = rows.channel(cast.fjord, cast.olga, "nabolaget")
    fields = {"measure": "response_rate", "target": 90, "channel": new}
    silent = Goal.objects.create(strategy=cast.strategy, statement="Svar alle", **fields)
    text = as_person(cast.vera).get(at("goal_status", silent.pk)).content.decode()
    assert text.count("There are no figures for this yet.") == 1
    assert 'class="tag' not in text


def test_a_stranger_sees_no_goal(cast, goal, as_person):
    assert as_person(cast.charlie).get(at("goal_status", goal.pk)).status_code == 404


def test_the_series_is_a_file_that_no_spreadsheet_runs(cast, year, as_person):
    year.name = "=cmd|' /C calc'!A0"
    year.save()
    answer = as_person(cast.vera).get(at("measure_csv", "followers") + f"?channel={year.pk}")
    assert answer["Content-Type"].startswith("text/csv")
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(lines) == 1 + 182
    assert lines[-1][4] == "1000"
    assert lines[1][1].startswith("'=")


def test_the_drawing_library_is_kept_for_ever_by_its_version(cast, as_person):
    answer = as_person(cast.vera).get(at("vega"))
    assert answer["Content-Encoding"] == "gzip"
    assert "immutable" in answer["Cache-Control"]


def test_a_chart_names_no_address_outside(cast, goal, as_person):
    text = as_person(cast.vera).get(at("goal_status", goal.pk)).content.decode()
    outside = [line for line in text.split('"') if line.startswith("http")]
    assert all(line.startswith("https://vega.github.io/schema/") for line in outside)


def test_many_goals_are_told_at_once_each_in_its_own_place(cast, as_person, goal):
    bare = Goal.objects.create(strategy=cast.strategy, statement="Uten måltall")
    foreign = Goal.objects.create(strategy=cast.abroad, statement="De andres", measure="followers")
    address = reverse("measurement:goals_figures", args=("fjord",))
    query = {"goal": [goal.pk, bare.pk, foreign.pk, "x", "9" * 30]}
    shown = as_person(cast.vera).get(address, query).content.decode()
    assert shown.count('hx-swap-oob="true"') == 1
    assert f'id="figure-{goal.pk}"' in shown


def test_a_measure_leads_back_to_the_goals_that_are_read_from_it(cast, as_person, goal):
    vera = as_person(cast.vera)
    measure = reverse("measurement:measure", args=("fjord", goal.measure))
    assert reverse("strategy:goal", args=("fjord", goal.pk)) in vera.get(measure).content.decode()
    goal.close()
    assert "Goals that are measured by it" not in vera.get(measure).content.decode()
