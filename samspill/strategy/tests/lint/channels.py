"""Cases of the rules about channels and the start."""

from __future__ import annotations

from datetime import UTC, date, datetime

from samspill.networks.models import Channel
from samspill.strategy.models import LaunchAction
from samspill.strategy.tests.lint.rows import TODAY, YESTERDAY, Case, action, audience, choice

PUBLIC = {"profile": "public_sector"}
PHASES = list(LaunchAction.Phase)
DONE = datetime(2026, 5, 1, tzinfo=UTC)
CASES = [
    Case(
        "channels-first",
        {"goal": []},
        {"goal": [], "channelchoice": [choice(choice="wait")]},
        "Channels are in use, yet there is no goal or no audience to choose them by.",
    ),
    Case(
        "channel-undecided",
        {"channels": [Channel(pk=1, name="A"), Channel(pk=2, name="Fjord på Mastodon")]},
        {"channels": [Channel(pk=1, name="A")]},
        "Connected, yet nothing says what it is for: Fjord på Mastodon.",
    ),
    Case(
        "channel-twice",
        {"channelchoice": [choice(), choice(pk=2)]},
        {"channelchoice": [choice(channel_id=None), choice(pk=2, channel_id=None)]},
        "Another decision is about the same account.",
    ),
    Case(
        "hours-over",
        {"channelchoice": [choice(hours_a_week=12.5), choice(pk=2, channel_id=2, hours_a_week=8)]},
        {"channelchoice": [choice(hours_a_week=12), choice(pk=2, channel_id=2, hours_a_week=8)]},
        "The channels take 20.5 hours a week, and there are 20.",
    ),
    Case(
        "hours-capacity",
        {"capacity": []},
        {"capacity": [], "channelchoice": [choice(hours_a_week=None)]},
        "The channels say how many hours they take; how many there are is not written down.",
    ),
    Case(
        "channels-one-person",
        {"channelchoice": [choice(), choice(pk=2, name="Mastodon", channel_id=None)]},
        {"channelchoice": [choice(), choice(pk=2, channel_id=None, responsible_id=2)]},
        "The same person is responsible for all of them: Bluesky and Mastodon.",
    ),
    Case(
        "choice-purpose",
        {"channelchoice": [choice(choice="not", purpose="")]},
        {"channelchoice": [choice(choice="not", channel_id=None)]},
        "What it is for, or why not, is not written down.",
    ),
    Case(
        "choice-goal",
        {"links": {"choice_goal": []}},
        {"links": {"choice_goal": []}, "channelchoice": [choice(choice="end")]},
        "It serves none of the goals.",
    ),
    Case(
        "choice-audience",
        {"links": {"choice_audience": []}},
        {"links": {"choice_audience": []}, "audience": [audience(is_not=True)]},
        "It is meant for none of the audiences.",
    ),
    Case(
        "choice-responsible",
        {"channelchoice": [choice(choice="pilot", responsible_id=None)]},
        {"channelchoice": [choice(choice="wait", responsible_id=None)]},
        "It is in use, and nobody is responsible for it.",
    ),
    Case(
        "choice-evidence",
        {"channelchoice": [choice(evidence="")]},
        {"channelchoice": [choice(choice="not", evidence="")]},
        "Nothing shows that those you want to reach are there.",
    ),
    Case(
        "choice-hours",
        {"channelchoice": [choice(hours_a_week=None)]},
        {"channelchoice": [choice(hours_a_week=0)]},
        "How many hours a week it may take is not decided.",
    ),
    Case(
        "choice-exit",
        {"channelchoice": [choice(exit_when="")]},
        {"channelchoice": [choice(choice="end", exit_when="")]},
        "When you leave it is not written down.",
    ),
    Case(
        "choice-exit-vague",
        {"channelchoice": [choice(exit_when="Når et annet medium er bedre")]},
        {"channelchoice": [choice(exit_when="Når færre enn 5 svarer, eller et annet medium er bedre")]},
        "When you leave it has no figure in it.",
    ),
    Case(
        "choice-review",
        {"channelchoice": [choice(review_on=None)]},
        {"channelchoice": [choice(choice="not", review_on=None)]},
        "When to look at it again is not decided.",
    ),
    Case(
        "choice-review-passed",
        {"channelchoice": [choice(review_on=YESTERDAY)]},
        {"channelchoice": [choice(review_on=TODAY)]},
        "It was to be looked at again on 31 May 2026.",
    ),
    Case(
        "choice-pilot",
        {"channelchoice": [choice(choice="pilot", review_on=None)]},
        {"channelchoice": [choice(choice="pilot")]},
        "It is a pilot, and no day is set on which it is decided.",
    ),
    Case(
        "choice-connected",
        {"channelchoice": [choice(choice="not")]},
        {"channelchoice": [choice(choice="not")], "channels": []},
        "It is decided that it is not in use, and the account is connected.",
    ),
    Case(
        "choice-unstaffed",
        {"channelchoice": [choice(reply_within=4, staffed="")]},
        {"channelchoice": [choice(reply_within=None, staffed="")]},
        "Answers are promised within 4 hours, and nothing says who answers, and when.",
    ),
    Case(
        "choice-slow",
        {"channelchoice": [choice(reply_within=24.5)]},
        {"channelchoice": [choice(reply_within=24)]},
        "Answers are promised within 24.5 hours here; the workspace promises 24.",
    ),
    Case(
        "choice-risk",
        {"channelchoice": [choice(risk="")]},
        {"channelchoice": [choice(place="website", risk="")]},
        "It is in use, and no risk assessment says that it can be.",
    ),
    Case(
        "choice-risk-refused",
        {"channelchoice": [choice(choice="pilot", risk="not")]},
        {"channelchoice": [choice(choice="not", risk="not")]},
        "It is in use, though the risk assessment says that it must not be.",
    ),
    Case(
        "choice-risk-measures",
        {"channelchoice": [choice(risk_measures="")]},
        {"channelchoice": [choice(risk="use", risk_measures="")]},
        "It can be used with measures, and which they are is not written down.",
    ),
    Case(
        "choice-risk-day",
        {"channelchoice": [choice(risk_on=None)]},
        {"channelchoice": [choice(risk="", risk_on=None)]},
        "The risk assessment has no date.",
    ),
    Case(
        "choice-risk-passed",
        {"channelchoice": [choice(risk_review_on=YESTERDAY)]},
        {"channelchoice": [choice(risk_review_on=TODAY)]},
        "The risk was to be assessed again on 31 May 2026.",
    ),
    Case(
        "choice-risk-days",
        {"channelchoice": [choice(risk_on=date(2027, 2, 1))]},
        {"channelchoice": [choice(risk_on=date(2027, 1, 31))]},
        "The next risk assessment comes before the last one, or on the same day.",
    ),
    Case(
        "choice-web-twin",
        {"channelchoice": [choice(web_twin="")]},
        {"channelchoice": [choice(place="newsletter", web_twin="")]},
        "Where the same stands on your own pages is not written down.",
    ),
    Case(
        "choice-design",
        {"channelchoice": [choice(design={"alt_text": True, "captions": False})]},
        {"channelchoice": [choice(choice="not", design={}, channel_id=None)]},
        "1 of 10 checks of universal design are ticked.",
    ),
    Case(
        "choice-archive",
        {"channelchoice": [choice(archive="")], "strategy": PUBLIC},
        {"channelchoice": [choice(archive="")]},
        "How it is archived is not written down.",
    ),
    Case(
        "launch-listen",
        {"launchaction": [action("soft"), action("launch")]},
        {"launchaction": []},
        "The plan has no action in the phase “listen”.",
    ),
    Case(
        "launch-order",
        {"launchaction": [action("listen", on=date(2026, 9, 2)), action("launch", on=date(2026, 9, 1))]},
        {"launchaction": [action("listen", on=date(2026, 9, 1)), action("launch", on=date(2026, 9, 1))]},
        "“launch” begins before “listen”.",
    ),
    Case(
        "launch-expected",
        {"launchaction": [action(phase, expected_followers=None) for phase in PHASES]},
        {"launchaction": [action(expected_followers=1), action("soft", expected_followers=None)]},
        "The plan does not say how many followers it should bring.",
    ),
    Case(
        "action-overdue",
        {"launchaction": [action(on=YESTERDAY)]},
        {"launchaction": [action(on=TODAY), action(on=YESTERDAY, done_at=DONE)]},
        "It was to be done on 31 May 2026.",
    ),
    Case(
        "action-day",
        {"launchaction": [action(on=None)]},
        {"launchaction": [action(on=TODAY)]},
        "There is no day for it.",
    ),
    Case(
        "action-owner",
        {"launchaction": [action(owner_id=None)]},
        {"launchaction": [action(owner_id=2)]},
        "Nobody owns it.",
    ),
    Case(
        "action-after-deadline",
        {"launchaction": [action(on=date(2027, 1, 1))]},
        {"launchaction": [action(on=date(2026, 12, 31))]},
        "It is planned for 1 January 2027, after the deadline of the goal it should help, 31 December 2026.",
    ),
    Case(
        "action-after-strategy",
        {"launchaction": [action(on=date(2028, 1, 1))]},
        {"launchaction": [action(on=date(2027, 12, 31))]},
        "It is planned for 1 January 2028, yet the strategy is in force only until 31 December 2027.",
    ),
    Case(
        "action-range",
        {"launchaction": [action(expected_low=101)]},
        {"launchaction": [action(expected_low=100, expected_high=100)]},
        "What is expected does not lie between “at least” and “at most”.",
    ),
    Case(
        "action-result",
        {"launchaction": [action(done_at=DONE)]},
        {"launchaction": [action(done_at=DONE, result_followers=0)]},
        "It is done, and how it went is not written down.",
    ),
]
