"""A heading says where what stands below it may belong; it only suggests."""

from __future__ import annotations

import pytest

from samspill.strategy.placing.spots import new_spots
from samspill.strategy.placing.suggest import SUGGESTED, kind_for, spots_for
from samspill.strategy.sections import KINDS


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Mål", "goal"), ("Hva skal bedriften oppnå?", "goal"), ("Our goals", "goal"),
        ("Hovedmål 2026", "goal"),
        ("Målgrupper", "audience"), ("Hvem skal bedriften nå?", "audience"), ("Target groups", "audience"),
        ("Hvordan få målgruppen med?", "tactic"), ("Hvordan få dem med?", "tactic"), ("Tactics", "tactic"),
        ("Hvilken personlighet skal vi vise?", "trait"), ("Tone of voice", "trait"),
        ("Kanaler", "channelchoice"), ("Hvilke sosiale medier?", "channelchoice"),
        ("Channels", "channelchoice"),
        ("Oppstart og lansering", "launchaction"), ("Handlingsplan", "launchaction"),
        ("Launch", "launchaction"),
        ("Roller og ansvar", "role"), ("Beredskap", "crisislevel"), ("Kjøreregler", "guideline"),
        ("Retningslinjer for ansatte", "staffrule"), ("Evaluering", "evaluation"), ("Hashtags", "hashtag"),
        ("Risikovurdering", "risk"), ("SWOT", "swot"), ("Lytting", "watched"), ("Personvern", "duty"),
        ("Strategi for sosiale medier", ""), ("Bakgrunn", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_heading_says_where_what_is_below_it_may_belong(heading, kind):
    assert kind_for([heading]) == kind


def test_the_nearest_heading_that_says_something_decides():
    assert kind_for(["Mål", "Kanaler", "Generelt"]) == "channelchoice"
    assert [spot.key for spot in spots_for(["Kanaler"])][:2] == [
        "new/channelchoice/use",
        "new/channelchoice/pilot",
    ]
    assert spots_for(["Bakgrunn"]) == []


def test_every_suggestion_is_a_kind_that_a_piece_can_become():
    for key, _words in SUGGESTED:
        assert list(new_spots(KINDS[key])), key
