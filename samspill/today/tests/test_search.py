import pytest
from django.urls import reverse
from django.utils import timezone

from samspill.measurement.tests import rows
from samspill.publishing.models import Draft
from samspill.strategy.models import Audience, ChannelChoice, Goal, GoverningDocument, LaunchAction
from samspill.today.search import search, words_of


@pytest.fixture
def ours(cast):
    return rows.channel(cast.fjord, cast.olga)


def found(workspace, asked: str) -> dict[str, int]:
    return {group.key: n for group in search(workspace, words_of(asked)) if (n := group.rows.count())}


def page(client, **asked) -> str:
    return str(client.get(reverse("today:search", args=("fjord",)), asked).content.decode())


@pytest.mark.parametrize(
    "asked", ["Årsmøtet", "årsmøtet", "ÅRSMØTET", "rsmøt", "A\u030arsmøtet", "møte års", "års\0møtet"]
)
def test_capitals_and_ways_of_writing_do_not_matter(cast, asked):
    Goal.objects.create(strategy=cast.strategy, statement="Følge opp vedtaket fra Årsmøtet")
    assert found(cast.fjord, asked) == {"goals": 1}


def test_all_the_words_must_be_there_but_not_in_the_same_field(cast):
    Goal.objects.create(
        strategy=cast.strategy, statement="Styrke posisjonen", why="Vi skal bli hørt om nettleie."
    )
    assert found(cast.fjord, "nettleie posisjonen") == {"goals": 1}
    assert found(cast.fjord, "nettleie vaffel") == {}


def test_what_looks_like_a_pattern_is_only_words(cast):
    Goal.objects.create(strategy=cast.strategy, statement="Nå 95 % (innen ett år)")
    assert found(cast.fjord, "(innen år)") == {"goals": 1}
    assert found(cast.fjord, "95 %") == {"goals": 1}
    assert found(cast.fjord, "å.*r") == {}
    assert found(cast.fjord, "9_") == {}


def test_every_kind_is_found_each_once(cast, ours):
    GoverningDocument.objects.create(workspace=cast.fjord, title="Plan for strømbrudd")
    Goal.objects.create(strategy=cast.strategy, statement="Varsle strømbrudd først")
    draft = Draft.objects.create(
        workspace=cast.fjord, title="Ute", text="Strømbrudd i natt", author=cast.alice
    )
    for handle in ("a", "b"):
        draft.versions.create(
            channel=rows.channel(cast.fjord, cast.olga, handle), text="Strømbrudd, strømbrudd"
        )
    said = rows.message(ours, timezone.now(), "Er det strømbrudd hos oss?")
    said.pk, said.remote_id, said.text = None, "second", "Strømbrudd igjen?"
    said.save()
    assert found(cast.fjord, "strømbrudd") == {"documents": 1, "goals": 1, "drafts": 1, "conversations": 1}


def test_people_are_found_by_name(cast, ours):
    rows.message(ours, timezone.now(), "Hei")
    assert found(cast.fjord, "kari hei") == {"conversations": 1}


def test_the_inboxs_own_drafts_and_other_workspaces_are_left_out(cast):
    Draft.objects.create(workspace=cast.fjord, title="Svar om nettleie", author=cast.alice, is_reply=True)
    Draft.objects.create(workspace=cast.utland, title="Mer om nettleie", author=cast.charlie)
    assert found(cast.fjord, "nettleie") == {}


def test_hits_are_marked_and_nothing_from_outside_is_markup(cast, ours, as_person):
    rows.message(ours, timezone.now(), "<script>alert(1)</script> Når kommer Strømmen?")
    text = page(as_person(cast.vera), q="strømmen")
    assert "<mark>Strømmen</mark>" in text
    assert "<script>alert" not in text


def test_a_long_text_is_cut_to_where_the_hit_is(cast, as_person):
    Goal.objects.create(strategy=cast.strategy, statement="Lang", why="ord " * 200 + "nålen " + "mer " * 200)
    text = page(as_person(cast.vera), q="nålen")
    assert "<mark>nålen</mark>" in text
    assert text.count("ord ") < 40


def test_an_empty_search_and_one_without_hits_say_what_to_do(cast, as_person):
    vera = as_person(cast.vera)
    assert "What is looked through" in page(vera)
    assert "What is looked through" in page(vera, q="   ")
    assert "Nothing here holds those words" in page(vera, q="finnesikke")


def test_one_kind_is_paged(cast, as_person):
    for number in range(25):
        Goal.objects.create(strategy=cast.strategy, statement=f"Mål nummer {number}")
    vera = as_person(cast.vera)
    assert "All 25" in page(vera, q="mål")
    first = page(vera, q="mål", **{"in": "goals"})
    assert "Page 1 of 2" in first
    assert "Mål nummer 24" not in first.replace("<mark>", "").replace("</mark>", "")
    assert "nummer 24" in page(vera, q="mål", **{"in": "goals", "page": "2"})


def test_two_hundred_characters_are_read_and_no_more(cast, as_person):
    Goal.objects.create(strategy=cast.strategy, statement="a" * 200)
    vera = as_person(cast.vera)
    assert "1 hit" in page(vera, q="a" * 200)
    assert "1 hit" in page(vera, q="a" * 201)


def test_the_other_answers_are_found_on_pages_of_their_own(cast, as_person):
    kept = {"strategy": cast.strategy}
    audience = Audience.objects.create(**kept, name="Nye huseiere", needs="Forstå strømregningen")
    choice = ChannelChoice.objects.create(**kept, name="Bluesky", choice="use", purpose="Om strømregningen")
    action = LaunchAction.objects.create(**kept, phase="soft", what="Forklare strømregningen")
    Audience.objects.create(strategy=cast.abroad, name="De med strømregningen")
    assert found(cast.fjord, "strømregningen") == {"audiences": 1, "channel_choices": 1, "actions": 1}
    shown = page(as_person(cast.vera), q="strømregningen")
    for row in (audience, choice, action):
        assert row.get_absolute_url() in shown
