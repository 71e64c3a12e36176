"""Cases of the rules about promises, tone, the critical mass, roles and rails."""

from __future__ import annotations

from datetime import timedelta

from samspill.strategy import public_sector
from samspill.strategy.tests.lint.rows import (
    ROWS,
    TODAY,
    YESTERDAY,
    Case,
    action,
    choice,
    record,
)

DAY = YESTERDAY.isoformat()
NOW = TODAY.isoformat()
YEAR_AGO = (TODAY - timedelta(days=366)).isoformat()
OVER_A_YEAR_AGO = (TODAY - timedelta(days=367)).isoformat()


def whole(kind: str, **more: object) -> list[object]:
    """The one record of the kind that the whole strategy has, with other words in it."""
    return [record(kind, **(ROWS[kind][0].data | more))]


def shares(*percent: float | None) -> list[object]:
    said = [{} if share is None else {"share": share} for share in percent]
    return [record("pillar", at, name="Tema", goal="Alle får svar", **one) for at, one in enumerate(said)]


DIALOGUE = [
    Case(
        "pillars-none",
        {"pillar": []},
        {"pillar": [], "channelchoice": []},
        "Which themes you come back to is not written down.",
    ),
    Case(
        "pillar-shares",
        {"pillar": shares(50, 40)},
        {"pillar": shares(33.3, 33.3, 33.3)},
        "The shares of the themes add up to 90 per cent, not 100.",
    ),
    Case(
        "pillars-many",
        {"pillar": shares(*[None] * 6)},
        {"pillar": shares(*[None] * 5)},
        "There are 6 themes.",
    ),
    Case(
        "pillar-goal",
        {"pillar": [record("pillar", name="Strøm")]},
        {"pillar": [record("pillar", name="Strøm", goal="Alle får svar")]},
        "Which goal it serves is not written down.",
    ),
    Case(
        "promise-slow",
        {"promise": whole("promise", hours=25, sort="question")},
        {"promise": whole("promise", hours=24, sort="question")},
        "Answers are promised within 25 hours here; the workspace promises 24.",
    ),
    Case(
        "promise-unstaffed",
        {"promise": whole("promise", who="")},
        {"promise": []},
        "Who answers, and when, is not written down.",
    ),
    Case(
        "promise-channel",
        {"promise": whole("promise", channel="Facebook")},
        {"promise": whole("promise", channel="bluesky")},
        "No channel in use is called that.",
    ),
    Case(
        "promise-two",
        {"promise": whole("promise", hours=4.5)},
        {"promise": whole("promise", hours=4.5, sort="urgent")},
        "It promises answers within 4.5 hours, and the decision about the channel says 24.",
    ),
    Case(
        "dialogue-rules",
        {"dialogue": whole("dialogue", debate_rules="")},
        {"dialogue": [], "channelchoice": []},
        "What is welcome in your comment fields, and what is not, is not written down.",
    ),
    Case(
        "dialogue-moderation",
        {"dialogue": whole("dialogue", moderation="")},
        {"dialogue": whole("dialogue", debate_rules="")},
        "What you hide, who decides, and how it is kept is not written down.",
    ),
    Case(
        "dialogue-appeal",
        {"dialogue": whole("dialogue", appeal="")},
        {"dialogue": whole("dialogue", appeal="", moderation="")},
        "How people can complain about being hidden is not written down.",
    ),
    Case(
        "audience-offer",
        {"proposition": whole("proposition", audience="Leietakere")},
        {"proposition": []},
        "Why they should follow you is not written down.",
    ),
    Case(
        "tone-hard-hours",
        {"tone": [record("tone", situation="complaint", tone="Rolig")]},
        {"tone": [], "trait": []},
        "How you sound is not written down for our own mistake and a crisis.",
    ),
    Case(
        "untouched-none",
        {"untouched": []},
        {"untouched": [], "channelchoice": [choice(choice="not")]},
        "Which topics you do not comment on is not written down.",
    ),
    Case(
        "untouched-who",
        {"untouched": [record("untouched", topic="Personsaker")]},
        {"untouched": [record("untouched", topic="Personsaker", who="Pressevakten")]},
        "Who does answer is not written down.",
    ),
    Case(
        "speaker-none",
        {"speaker": []},
        {"speaker": [], "channelchoice": []},
        "Who speaks, about what and where, is not written down.",
    ),
    Case(
        "staff-rules",
        {"staffrule": []},
        {"staffrule": [], "channelchoice": []},
        "What those who work here should know when they write is not written down.",
    ),
    Case(
        "channels-closed",
        {"channelchoice": [choice(place="facebook"), choice(pk=2, place="tiktok", channel_id=2)]},
        {"channelchoice": [choice(place="facebook"), choice(pk=2, place="", channel_id=2)]},
        "Every channel in use takes an account to read.",
    ),
]
START = [
    Case(
        "mass-undefined",
        {"criticalmass": [record("criticalmass", by="2027-06-01", if_missed="Vi slutter")]},
        {"criticalmass": [], "launchaction": []},
        "How many followers or answers it takes before it carries itself is not written down.",
    ),
    Case(
        "mass-far-off",
        {"launchaction": [action(expected_followers=199)]},
        {"launchaction": [action(expected_followers=200)]},
        "The actions should bring 199 followers, and critical mass takes 400.",
    ),
    Case(
        "mass-if-missed",
        {"criticalmass": whole("criticalmass", if_missed="")},
        {"criticalmass": [record("criticalmass", by="2027-06-01")]},
        "What you do if the critical mass does not come is not written down.",
    ),
    Case(
        "mass-day",
        {"criticalmass": whole("criticalmass", by=None)},
        {"criticalmass": [record("criticalmass", if_missed="Vi slutter")]},
        "By when the critical mass should be there is not written down.",
    ),
    Case(
        "mass-day-passed",
        {"criticalmass": whole("criticalmass", by=DAY)},
        {"criticalmass": whole("criticalmass", by=NOW)},
        "The critical mass should have been there on 31 May 2026.",
    ),
]
DUTIES = [record("duty", rule=str(each.rule), link=each.link) for each in public_sector.DUTIES.values()]
PEOPLE = [
    Case(
        "roles-none",
        {"role": []},
        {"role": [], "channelchoice": []},
        "Who does what is not written down.",
    ),
    Case(
        "roles-substitute",
        {"role": whole("role", substitute="")},
        {
            "role": whole("role", substitute=""),
            "speaker": [record("speaker", name="Ingrid", substitute="Amir")],
        },
        "No role has a substitute.",
    ),
    Case(
        "role-person",
        {"role": whole("role", person="")},
        {"role": []},
        "Who has it is not written down.",
    ),
    Case(
        "role-mandate",
        {"role": whole("role", mandate="")},
        {"role": whole("role", mandate="Si unnskyld")},
        "What they may decide alone is not written down.",
    ),
    Case(
        "access-none",
        {"access": []},
        {"access": [], "channelchoice": []},
        "Who can get into the accounts is not written down.",
    ),
    Case(
        "access-one-step",
        {"access": whole("access", two_step="none")},
        {"access": whole("access", two_step="message")},
        "There is no second step at sign-in.",
    ),
    Case(
        "access-unchecked",
        {"access": whole("access", checked_on=OVER_A_YEAR_AGO)},
        {"access": whole("access", checked_on=YEAR_AGO)},
        "The list was last looked through on 30 May 2025.",
    ),
    Case(
        "boundaries-none",
        {"boundary": []},
        {"boundary": [], "goal": [], "audience": [], "channelchoice": []},
        "What is always so, and what never, is not written down.",
    ),
    Case(
        "duties-waiting",
        {"duty": DUTIES[1:], "strategy": {"profile": "public_sector"}},
        {"duty": DUTIES, "strategy": {"profile": "public_sector"}},
        "1 duty of a public body is not written down.",
    ),
    Case(
        "duty-how",
        {"duty": whole("duty", how="")},
        {"duty": []},
        "How you do it is not written down.",
    ),
    Case(
        "duty-undated",
        {"duty": whole("duty", as_of="")},
        {"duty": []},
        "On which day somebody last read the rule is not written down.",
    ),
    Case(
        "duty-old",
        {"duty": whole("duty", as_of="2024-05-30")},
        {"duty": whole("duty", as_of="2024-05-31")},
        "The rule was last read on 30 May 2024.",
    ),
    Case(
        "watched-none",
        {"watched": []},
        {"watched": [], "channelchoice": []},
        "What somebody reads regularly is not written down.",
    ),
    Case(
        "lesson-consequence",
        {"lesson": [record("lesson", learnt="Tall slår bilder")]},
        {"lesson": [record("lesson", learnt="Tall slår bilder", consequence="ingenting")]},
        "What follows from it is not written down.",
    ),
    Case(
        "experiment-afterwards",
        {"experiment": [record("experiment", idea="Tabell", result="Tre ganger så mange svar")]},
        {"experiment": [record("experiment", idea="Tabell", hypothesis="Flere svar")]},
        "It has a result, but what you believed, what you measured or when you would stop is missing.",
    ),
]
CASES = [*DIALOGUE, *START, *PEOPLE]
