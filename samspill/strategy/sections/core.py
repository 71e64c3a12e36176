"""The kinds with a table of their own, as exports, editions and the linter see them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samspill.strategy.duties import DESIGN_CHOICES
from samspill.strategy.measures import MEASURES
from samspill.strategy.models import Audience, ChannelChoice, Goal, LaunchAction, Tactic, Trait
from samspill.strategy.places import BLOCK_CHOICES, PLACE_CHOICES
from samspill.strategy.sections.fields import Field, Kind, Type
from samspill.strategy.subgoals import SUB_GOALS

GOAL = Kind(
    "goal",
    _("goal"),
    _("Goals"),
    _("What will be so, how we will know, by when, and why."),
    (
        Field("statement", needed=True),
        Field("why", Type.TEXT),
        Field("sub_goal", Type.CHOICE, choices=[(key, one.name) for key, one in SUB_GOALS.items()]),
        Field("level", Type.CHOICE, choices=Goal.Level.choices),
        Field("stance", Type.CHOICE, choices=Goal.Stance.choices),
        Field("measure", Type.CHOICE, choices=[(key, one.name) for key, one in MEASURES.items()]),
        Field("channel", Type.CHANNEL),
        Field("baseline", Type.FIGURE),
        Field("baseline_at", Type.DAY),
        Field("target", Type.FIGURE),
        Field("deadline", Type.DAY),
        Field("owner", Type.PERSON),
        Field("data_source"),
        Field("cadence"),
        Field("leading"),
        Field("assumptions", Type.TEXT),
        Field("parent", Type.ROW, of="goal"),
        Field("passage", Type.PASSAGE),
        Field("strength", Type.CHOICE, choices=Goal.Strength.choices),
        Field("passage_why", Type.TEXT),
        Field("source"),
    ),
    model=Goal,
)
AUDIENCE = Kind(
    "audience",
    _("audience"),
    _("Audiences"),
    _("Whom it is for, how many they are, and what they need."),
    (
        Field("name", needed=True),
        Field("description", Type.TEXT),
        Field("profile"),
        Field("segment"),
        Field("size", Type.COUNT),
        Field("size_source"),
        Field("size_year", Type.COUNT),
        Field("needs", Type.TEXT),
        Field("today", Type.TEXT),
        Field("wanted", Type.TEXT),
        Field("ladder", Type.CHOICE, choices=Audience.Ladder.choices),
        Field("access_needs", Type.TEXT),
        Field("priority", Type.CHOICE, choices=Audience.Priority.choices),
        Field("is_not", Type.YES),
        Field("goals", Type.ROWS, of="goal"),
        Field("source"),
    ),
    model=Audience,
)
TACTIC = Kind(
    "tactic",
    _("tactic"),
    _("What we do"),
    _("What brings people up the ladder, a step at a time."),
    (
        Field("step", Type.CHOICE, choices=Tactic.Step.choices, needed=True),
        Field("what", needed=True),
        Field("why_follow", Type.TEXT),
        Field("asks"),
        Field("audience", Type.ROW, of="audience"),
        Field("source"),
    ),
    model=Tactic,
)
TRAIT = Kind(
    "trait",
    _("trait"),
    _("Traits"),
    _("What we are, what we are not, and how each sounds."),
    (
        Field("name", needed=True),
        Field("we_are"),
        Field("we_are_not"),
        Field("good_example", Type.TEXT),
        Field("bad_example", Type.TEXT),
        Field("source"),
    ),
    model=Trait,
)
CHANNEL_CHOICE = Kind(
    "channelchoice",
    _("channel choice"),
    _("Channels"),
    _("A decision for each channel, and why."),
    (
        Field("name", needed=True),
        Field("place", Type.CHOICE, choices=PLACE_CHOICES),
        Field("link", Type.LINK),
        Field("channel", Type.CHANNEL),
        Field("choice", Type.CHOICE, choices=ChannelChoice.Choice.choices, needed=True),
        Field("purpose", Type.TEXT),
        Field("evidence", Type.TEXT),
        Field("blocks", Type.KEYS, choices=BLOCK_CHOICES),
        Field("formats"),
        Field("frequency"),
        Field("responsible", Type.PERSON),
        Field("hours_a_week", Type.FIGURE),
        Field("reply_within", Type.FIGURE),
        Field("staffed"),
        Field("risk", Type.CHOICE, choices=ChannelChoice.Risk.choices),
        Field("risk_on", Type.DAY),
        Field("risk_measures", Type.TEXT),
        Field("risk_review_on", Type.DAY),
        Field("risk_link", Type.LINK),
        Field("design", Type.CHECKS, choices=DESIGN_CHOICES),
        Field("archive", Type.TEXT),
        Field("web_twin", Type.LINK),
        Field("exit_when", Type.TEXT),
        Field("review_on", Type.DAY),
        Field("audiences", Type.ROWS, of="audience"),
        Field("goals", Type.ROWS, of="goal"),
        Field("source"),
    ),
    model=ChannelChoice,
)
LAUNCH_ACTION = Kind(
    "launchaction",
    _("action"),
    _("Launch plan"),
    _("The first steps towards the critical mass."),
    (
        Field("phase", Type.CHOICE, choices=LaunchAction.Phase.choices, needed=True),
        Field("what", needed=True),
        Field("on", Type.DAY),
        Field("owner", Type.PERSON),
        Field("cost", Type.COUNT),
        Field("expected_followers", Type.COUNT),
        Field("expected_low", Type.COUNT),
        Field("expected_high", Type.COUNT),
        Field("result_followers", Type.COUNT),
        Field("result", Type.TEXT),
        Field("channel_choice", Type.ROW, of="channelchoice"),
        Field("goals", Type.ROWS, of="goal"),
        Field("source"),
    ),
    model=LaunchAction,
)
