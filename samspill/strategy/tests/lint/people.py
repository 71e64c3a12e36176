"""Cases of the rules about audiences, what gets them along, and the voice."""

from __future__ import annotations

from samspill.strategy.tests.lint.rows import Case, audience, presence, tactic, trait

PUBLIC = {"profile": "public_sector"}
CASES = [
    Case(
        "audience-unreached",
        {"links": {"choice_audience": []}},
        {"links": {"choice_audience": []}, "audience": [audience(is_not=True)]},
        "None of the channels in use is meant for them.",
    ),
    Case(
        "audience-not-there",
        {"presences": [presence(share=9.9), presence(share=60.0, year=2019)]},
        {"presences": [presence(share=10.0)]},
        "By your own figures, fewer than one in ten of them are on Bluesky.",
    ),
    Case(
        "audience-not-yet-served",
        {"audience": [audience(is_not=True)], "links": {"choice_audience": []}},
        {"audience": [audience(is_not=True)], "links": {"choice_audience": [], "goal_audience": []}},
        "They are not to be an audience, yet a goal, a channel or something we do is meant for them.",
    ),
    Case(
        "audience-everyone",
        {"audience": [audience(name="Folk flest")]},
        {"audience": [audience(name="Alle med elbil")]},
        "This is everyone, and everyone needs something different.",
    ),
    Case(
        "audience-size",
        {"audience": [audience(size=None)]},
        {"audience": [audience(size=0)]},
        "How many they are is not written down.",
    ),
    Case(
        "audience-source",
        {"audience": [audience(size_source="")]},
        {"audience": [audience(size=None, size_source="")]},
        "Where the number is from is not written down.",
    ),
    Case(
        "audience-year",
        {"audience": [audience(size_year=None)]},
        {"audience": [audience(size_year=None, size_source="SSB, 2025")]},
        "The source does not say which year the number is from.",
    ),
    Case(
        "audience-source-old",
        {"audience": [audience(size_year=2023)]},
        {"audience": [audience(size_year=2024)]},
        "The number is from 2023.",
    ),
    Case(
        "audience-presence-old",
        {"presences": [presence(year=2023), presence(year=2022)]},
        {"presences": [presence(year=2024), presence(year=2022)]},
        "The newest figure of where they are is from 2023.",
    ),
    Case(
        "audience-needs",
        {"audience": [audience(needs="")]},
        {"audience": [audience(needs="", is_not=True)]},
        "What they need from you is not written down.",
    ),
    Case(
        "audience-goal",
        {"links": {"goal_audience": []}},
        {"links": {"goal_audience": []}, "goal": []},
        "No goal is meant for them.",
    ),
    Case(
        "audience-change",
        {"audience": [audience(wanted="")]},
        {"audience": [audience(wanted="Spør oss")]},
        "What you want them to think or do is not written down.",
    ),
    Case(
        "audiences-order",
        {"audience": [audience(pk=n) for n in range(1, 5)]},
        {"audience": [*(audience(pk=n) for n in range(1, 4)), audience(pk=4, priority=2)]},
        "There are 4 audiences, and none comes before another.",
    ),
    Case(
        "audience-access",
        {"audience": [audience(access_needs="")], "strategy": PUBLIC},
        {"audience": [audience(access_needs="")]},
        "What they need to be able to take part is not written down.",
    ),
    Case(
        "ladder-step",
        {"tactic": [tactic("sees"), tactic("answers")]},
        {"tactic": []},
        "Nothing brings people to “follows us” and “contributes”.",
    ),
    Case(
        "ladder-call",
        {"tactic": [tactic("sees", asks=""), tactic("follows", asks=""), tactic("follows", pk=9)]},
        {"tactic": [tactic("sees", asks=""), tactic("sees", pk=9)]},
        "Nobody is asked to do anything at “sees us”.",
    ),
    Case(
        "tactic-worth",
        {"tactic": [tactic(why_follow="")]},
        {"tactic": [tactic(why_follow="De får vite det først")]},
        "What people get from it is not written down.",
    ),
    Case(
        "tactic-stranger",
        {"tactic": [tactic(audience_id=1)], "audience": [audience(is_not=True)]},
        {"tactic": [tactic(audience_id=1)]},
        "It is meant for “Huseiere”, which is not an audience.",
    ),
    Case(
        "voice-few",
        {"trait": [trait(1), trait(2)]},
        {"trait": [trait(1), trait(2), trait(3)]},
        "There are only 2 traits.",
    ),
    Case(
        "voice-many",
        {"trait": [trait(n) for n in range(1, 7)]},
        {"trait": [trait(n) for n in range(1, 6)]},
        "There are 6 traits.",
    ),
    Case(
        "trait-bad-example",
        {"trait": [trait(bad_example="")]},
        {"trait": [trait(good_example="")]},
        "There is no example of how you would not say it.",
    ),
    Case(
        "trait-good-example",
        {"trait": [trait(good_example="")]},
        {"trait": [trait(bad_example="")]},
        "There is no example of how you would say it.",
    ),
    Case(
        "trait-meaning",
        {"trait": [trait(we_are="")]},
        {"trait": [trait(we_are_not="")]},
        "What it means that you are so is not written down.",
    ),
    Case(
        "trait-opposite",
        {"trait": [trait(we_are_not="")]},
        {"trait": [trait(we_are="")]},
        "What you are not is not written down.",
    ),
    Case(
        "trait-same-example",
        {"trait": [trait(good_example="Hei  der", bad_example="hei der")]},
        {"trait": [trait(good_example="", bad_example="")]},
        "The good and the bad example are the same.",
    ),
]
