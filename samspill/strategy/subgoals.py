"""Eight typical sub-goals of being in social media, each a ready template for a goal.

The proposed targets are proposals: each says where it comes from, and each can be changed.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class SubGoal:
    key: str
    name: Promise
    helps: Promise  # one sentence: when this goal is worth having
    statement: Promise  # what the goal can be called
    why: Promise  # a good example of what it means
    measure: str  # the key of the measure that answers best, see measures.py
    target: Promise  # a proposal in words, with its source
    target_value: float | None = None  # where the proposal is a figure of its own
    also: tuple[str, ...] = ()  # other measures that fit


_ALL = (
    SubGoal(
        "position",
        _("Strengthen our position in the field"),
        _("When others should turn to you first, and know what you stand for."),
        _("Strengthen our position in the field"),
        _("We are the voice people turn to when our field is discussed."),
        "conversations",
        _("A quarter more than today within a year. This is a proposal; your own growth is the best guide."),
        also=("reactions_per_post", "followers"),
    ),
    SubGoal(
        "customers",
        _("Build customer relations"),
        _("When people should feel that somebody is there, and come back."),
        _("Everybody who writes to us gets an answer"),
        _("Whoever asks us something gets an answer from a person within a day."),
        "response_rate",
        _("At least 90 %. This is the share Meta asks for before it calls a page very responsive."),
        target_value=90,
        also=("answered_in_time", "response_time", "voices_returning"),
    ),
    SubGoal(
        "media",
        _("Build relations with the media"),
        _("When journalists should find you quickly and be able to use what you say."),
        _("Journalists find us and get a usable answer in time"),
        _("A journalist who asks us in the morning can quote us the same day."),
        "response_time",
        _("Within 4 hours, so that the answer comes before the deadline. This is a proposal."),
        target_value=4,
        also=("answered_in_time", "conversations"),
    ),
    SubGoal(
        "internal",
        _("Communicate and collaborate internally"),
        _("When people who work here should take part, not only be told."),
        _("Our own people take part in the conversation"),
        _("Colleagues ask, answer and share across departments, in the open."),
        "replies",
        _("A quarter more than today within a year. This is a proposal."),
        also=("voices_returning", "conversations"),
    ),
    SubGoal(
        "knowledge",
        _("Build a knowledge base"),
        _("When the same questions come again, and the answers should be found by themselves."),
        _("The answers people need are there to be found"),
        _("What three people have asked about within a month, we write down for everyone."),
        "posts",
        _("Four answers published in 28 days, one a week. This is a proposal."),
        target_value=4,
        also=("reactions_per_post", "replies"),
    ),
    SubGoal(
        "ideas",
        _("Test ideas and products"),
        _("When you want to hear what people think before it is finished."),
        _("People help us make what we offer better"),
        _("We show ideas early, ask what people think, and tell what we did with the answers."),
        "replies",
        _("Half as many again as today within six months. This is a proposal."),
        also=("conversations", "voices_returning"),
    ),
    SubGoal(
        "search",
        _("Rise in search engines"),
        _("When people should find you when they search for what you know."),
        _("People find us when they search for what we know"),
        _("We publish what people search for, and others link to it. Likes do not lift a page; links do."),
        "posts",
        _("Eight posts in 28 days, two a week, that each lead to a page of yours. This is a proposal."),
        target_value=8,
        also=("reactions", "followers"),
    ),
    SubGoal(
        "crisis",
        _("Handle crises through open dialogue"),
        _("When people must be able to trust what you say while it is happening."),
        _("When something happens, people get a first answer from us within the hour"),
        _("We say what we know, what we do not know, and when we will say more."),
        "response_time",
        _("Within 1 hour: the facts in 15 minutes, a first statement inside the hour (the «golden hour»)."),
        target_value=1,
        also=("answered_in_time", "response_rate"),
    ),
)
SUB_GOALS: dict[str, SubGoal] = {sub_goal.key: sub_goal for sub_goal in _ALL}
