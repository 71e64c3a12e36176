"""Cases of the rules about goals."""

from __future__ import annotations

from datetime import UTC, date, datetime

from samspill.strategy.tests.lint.rows import (
    TODAY,
    YESTERDAY,
    Case,
    document,
    goal,
    passage,
    version,
)

AFTER, BEFORE = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)
CASES = [
    Case(
        "goal-measure",
        {"goal": [goal(measure="")]},
        {"goal": [goal(measure="", data_source="Undersøkelsen i november")]},
        "There is no measure yet, so nobody can see how it goes.",
    ),
    Case(
        "goal-figure-source",
        {"goal": [goal(measure="trust")]},
        {"goal": [goal(measure="trust", data_source="Undersøkelsen i november")]},
        "Samspill does not compute its measure, and nothing says where the figure comes from.",
    ),
    Case(
        "goal-target",
        {"goal": [goal(target=None)]},
        {"goal": [goal(target=60.5)]},
        "There is no target yet: when is it good enough?",
    ),
    Case(
        "goal-baseline",
        {"goal": [goal(baseline=None)]},
        {"goal": [goal(baseline=0)]},
        "There is no baseline: where does it start from?",
    ),
    Case(
        "goal-baseline-day",
        {"goal": [goal(baseline_at=None)]},
        {"goal": [goal(baseline=None, baseline_at=None)]},
        "The baseline does not say on which day it was so.",
    ),
    Case(
        "goal-deadline",
        {"goal": [goal(deadline=None)]},
        {"goal": [goal(deadline=date(2026, 6, 2))]},
        "There is no deadline yet.",
    ),
    Case(
        "goal-deadline-passed",
        {"goal": [goal(deadline=YESTERDAY)]},
        {"goal": [goal(deadline=TODAY)]},
        "The deadline has passed. Close the goal, or set a new deadline.",
    ),
    Case(
        "goal-passage",
        {"goal": [goal(passage=None)]},
        {"goal": [goal(passage=passage())]},
        "No passage: nothing the organisation has decided asks for it.",
    ),
    Case(
        "goal-document-expired",
        {"goal": [goal(passage=passage(document=document(valid_to=YESTERDAY)))]},
        {"goal": [goal(passage=passage(document=document(valid_to=TODAY)))]},
        "The document it builds on, “Plan”, is no longer in force.",
    ),
    Case(
        "goal-passage-gone",
        {"goal": [goal(passage=passage(gone_in=version(AFTER)))]},
        {"goal": [goal(passage=passage(gone_in=version(BEFORE)))]},
        "The passage it serves is gone from the newest version. Choose another, or say that it holds.",
    ),
    Case(
        "goal-passage-changed",
        {"goal": [goal(passage=passage(changed_in=version(AFTER)))]},
        {"goal": [goal(passage=passage(changed_in=version(AFTER)), passage_seen_at=AFTER)]},
        "The passage it serves has changed. See whether the goal still holds.",
    ),
    Case(
        "goal-audience",
        {"links": {"goal_audience": []}},
        {"links": {"goal_audience": [(1, 1)]}},
        "No audience: whom is it meant for?",
    ),
    Case(
        "goal-owner",
        {"goal": [goal(owner_id=None)]},
        {"goal": [goal(owner_id=2)]},
        "Nobody owns it.",
    ),
    Case(
        "goal-channel",
        {"links": {"choice_goal": []}},
        {"links": {"choice_goal": []}, "channelchoice": []},
        "None of the channels in use is there for it.",
    ),
    Case(
        "goal-dates-cross",
        {"goal": [goal(baseline_at=date(2026, 12, 31))]},
        {"goal": [goal(baseline_at=date(2026, 12, 30))]},
        "The deadline comes before the day of the baseline, or on it.",
    ),
    Case(
        "goal-after-strategy",
        {"strategy": {"valid_to": date(2026, 12, 30)}},
        {"strategy": {"valid_to": date(2026, 12, 31)}},
        "The deadline is 31 December 2026, yet the strategy is in force only until 30 December 2026.",
    ),
    Case(
        "goal-before-strategy",
        {"strategy": {"valid_from": date(2027, 1, 1)}},
        {"strategy": {"valid_from": date(2026, 12, 31)}},
        "The deadline is 31 December 2026, yet the strategy is in force only from 1 January 2027.",
    ),
    Case(
        "goal-stands-still",
        {"goal": [goal(target=60)]},
        {"goal": [goal(target=61)]},
        "The target is where it stands already.",
    ),
    Case(
        "goal-wrong-way",
        {"goal": [goal(target=59)]},
        {"goal": [goal(measure="response_time", baseline=9, target=4)]},
        "The target 59% is worse than the baseline 60%.",
    ),
    Case(
        "goals-too-many",
        {"goal": [goal(pk=n, statement=str(n)) for n in range(1, 10)]},
        {"goal": [goal(pk=n, statement=str(n)) for n in range(1, 9)]},
        "There are 9 goals. Which come first?",
    ),
    Case(
        "goal-twice",
        {"goal": [goal(), goal(pk=2, statement="alle  FÅR svar")]},
        {"goal": [goal(), goal(pk=2, statement="Alle får hjelp")]},
        "Another goal says the very same.",
    ),
    Case(
        "goals-disagree",
        {"goal": [goal(), goal(pk=2, statement="Alle får hjelp", target=80)]},
        {"goal": [goal(), goal(pk=2, statement="Alle får hjelp", target=80, channel_id=1)]},
        "These have the same measure and the same deadline, yet different targets: “Alle får svar” and"
        " “Alle får hjelp”.",
    ),
    Case(
        "goals-outputs-only",
        {"goal": [goal(level="output"), goal(pk=2, level="", measure="posts")]},
        {"goal": [goal(level="output"), goal(pk=2, level="outtake")]},
        "Every goal is about what we send out. None says what people should take in, do or think.",
    ),
    Case(
        "goal-level",
        {"goal": [goal(level="")]},
        {"goal": [goal(level="output")]},
        "It does not say whether it is about what we send out, what people take in, or what they do.",
    ),
    Case(
        "goal-early-sign",
        {"goal": [goal(deadline=date(2027, 12, 31))]},
        {"goal": [goal(deadline=date(2027, 12, 31), leading="Flere spørsmål i uka")]},
        "The deadline is more than a year and a half away, and there is no early sign to steer by.",
    ),
    Case(
        "goal-baseline-old",
        {"goal": [goal(baseline_at=date(2024, 5, 30))]},
        {"goal": [goal(baseline_at=date(2024, 6, 1))]},
        "The baseline is from 30 May 2024, more than two years ago.",
    ),
    Case(
        "goal-vague",
        {"goal": [goal(statement="Bedre kundekontakt", target=None)]},
        {"goal": [goal(statement="Bedre kundekontakt")]},
        "It says “better” or “more”, and no target says how much.",
    ),
]
