"""The files one can take away: in the language that is asked for, by a name any system can keep."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from pptx import Presentation

from samspill.strategy.models import Strategy

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


def taken(answer):
    return Presentation(io.BytesIO(b"".join(answer.streaming_content)))


@pytest.mark.parametrize("name", ["deck", "board"])
def test_a_viewer_takes_the_slides_as_a_file(viewer, cast, filled, name):
    answer = viewer.get(reverse(f"face:{name}", args=("fjord",)))
    assert answer.status_code == 200
    assert answer["Content-Type"] == PPTX
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert len(taken(answer).slides) >= 10


@pytest.mark.parametrize(
    ("language", "said"), [("nb", "Tittellysbilde"), ("en", "Title slide"), ("xx", "Title slide")]
)
def test_the_language_is_the_one_that_is_asked_for(viewer, filled, language, said):
    answer = viewer.get(reverse("face:board", args=("fjord",)), {"language": language})
    names = {layout.name for layout in taken(answer).slide_layouts}
    assert ("Title slide" in names) == (said == "Title slide")


def test_without_a_language_it_is_the_strategys_own(viewer, filled):
    Strategy.objects.update(language="nb")
    names = {
        layout.name for layout in taken(viewer.get(reverse("face:board", args=("fjord",)))).slide_layouts
    }
    assert "Tittellysbilde" in names


def test_a_strategy_below_has_slides_of_its_own(viewer, cast):
    below = Strategy.objects.create(
        workspace=cast.fjord, parent=cast.strategy, title="Kampanjen «Spar strøm»"
    )
    answer = viewer.get(reverse("face:board", args=("fjord", below.pk)))
    assert "kampanjen-spar-str%C3%B8m-board.pptx" in answer["Content-Disposition"]
    assert taken(answer).slides[0].shapes.title.text_frame.text == below.title


def test_a_title_of_nothing_but_signs_still_gives_a_name(viewer, cast):
    cast.strategy.title = '../"\\<>|?* /'
    cast.strategy.save()
    answer = viewer.get(reverse("face:deck", args=("fjord",)))
    assert answer["Content-Disposition"] == 'attachment; filename="samspill.pptx"'
