"""Two real strategies are written through the forms and read back: on the pages, and as a file."""

from __future__ import annotations

import pytest
from django.utils.html import escape

from samspill.accounts.models import Event
from samspill.strategy.document.read import read
from samspill.strategy.document.write import as_json, document
from samspill.strategy.models import Passage, Record, Strategy
from samspill.strategy.questions import QUESTIONS
from samspill.strategy.sections import KINDS, SECTIONS
from samspill.strategy.take_in import new_document, open_upload
from samspill.strategy.tests.corpus import NETCOM, VESTRE_TOTEN, Answer

STRATEGIES = {"netcom": NETCOM, "vestre_toten": VESTRE_TOTEN}


@pytest.fixture(params=STRATEGIES)
def told(request, cast, page, editor):
    """The whole of it, typed by an editor."""
    whole = STRATEGIES[request.param]
    new_document(cast.fjord, cast.bob, open_upload(whole.document.encode(), "forankring.md"))
    answer = editor.post(page("strategy_edit"), whole.about | {"version": "1"})
    assert answer.status_code == 302, answer.context["form"].errors
    for each in whole.answers:
        answer = editor.post(address(page, each), typed(each))
        assert answer.status_code == 302, (each, answer.context["form"].errors)
    return whole


def address(page, answer: Answer) -> str:
    question = QUESTIONS.get(answer.what)
    return str(page(f"{question.row}_add") if question else page("record_add", answer.what))


def typed(answer: Answer) -> dict[str, str]:
    if not answer.serves:
        return answer.said
    return answer.said | {"passage": str(Passage.objects.get(text=answer.serves).pk)}


def test_every_sentence_stands_on_a_page(told, page, viewer):
    pages = [page("strategy"), *(page(key) for key in QUESTIONS)]
    pages += [page("section", key) for key, part in SECTIONS.items() if not part.question and not part.page]
    text = "".join(viewer.get(each).content.decode() for each in pages)
    strategy = Strategy.objects.get()
    for question in (QUESTIONS[key] for key in ("goals", "audiences", "channel_choices")):
        for row in question.rows(strategy):
            text += viewer.get(page(question.row, row.pk)).content.decode()
    missing = [words for words in told.sentences for part in words.split("\n\n") if escape(part) not in text]
    assert missing == []


def test_each_form_opens_with_what_was_typed(told, page, editor):
    strategy = Strategy.objects.get()
    asked = editor.get(page("strategy_edit")).context["form"]
    assert {name: text(asked[name].value()) for name in told.about} == told.about
    for key in {answer.what for answer in told.answers}:
        question = QUESTIONS.get(key)
        rows = question.rows(strategy) if question else Record.objects.of(strategy).filter(kind=key)
        name = f"{question.row}_edit" if question else "record_edit"
        forms = [editor.get(page(name, row.pk)).context["form"] for row in rows]
        for answer in (each for each in told.answers if each.what == key):
            found = [
                form
                for form in forms
                if all(text(form[field].value()) == said for field, said in answer.said.items())
            ]
            assert len(found) == 1, answer


def text(value: object) -> str:
    return str(value or "").replace("\r\n", "\n")


def test_goals_are_tied_to_what_they_serve(told, page, viewer):
    strategy = Strategy.objects.get()
    goals = {goal.statement: goal for goal in QUESTIONS["goals"].rows(strategy)}
    for answer in told.answers:
        if answer.serves:
            goal = goals[answer.said["statement"]]
            assert goal.passage.text == answer.serves
            assert goal.statement in viewer.get(page("passage", goal.passage.pk)).content.decode()


def test_the_file_holds_all_of_it_and_has_no_fault(told):
    strategy = Strategy.objects.get()
    written = as_json(document(strategy))
    found = read(written.encode())
    assert found.faults == []
    plain = written.replace("\\n", "\n").replace('\\"', '"')
    assert [words for words in told.sentences if words not in plain] == []


def test_everything_has_a_name_in_the_log(told, cast):
    made = Event.objects.filter(action__endswith=".create").exclude(action="governingdocument.create")
    assert made.count() == len(told.answers)
    assert set(made.values_list("user", flat=True)) == {cast.bob.pk}


def test_netcom_is_there_in_whole():
    """Six goals, an ambition, three guiding stars, eight quick rules, the list of what is left alone."""
    count = {key: sum(each.what == key for each in NETCOM.answers) for key in (*QUESTIONS, *KINDS)}
    assert (count["goals"], count["voice"], count["staffrule"]) == (6, 3, 8)
    assert (count["untouched"], count["organisation"], count["crisislevel"], count["guideline"]) == (
        3,
        1,
        1,
        2,
    )
    assert NETCOM.about["ambition"]


def test_vestre_toten_is_there_in_whole():
    """Four purposes, purposes for each of three channels, three hashtags, the rule for opening an account."""
    count = {key: sum(each.what == key for each in VESTRE_TOTEN.answers) for key in (*QUESTIONS, *KINDS)}
    assert (count["goals"], count["channel_choices"], count["hashtag"], count["channelrules"]) == (4, 3, 3, 1)
