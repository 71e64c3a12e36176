"""Cases of the rules about crises, and about the strategy as a whole."""

from __future__ import annotations

from datetime import date

from samspill.strategy.tests.lint.parts import DAY, NOW, OVER_A_YEAR_AGO, YEAR_AGO, whole
from samspill.strategy.tests.lint.rows import ROWS, TODAY, YESTERDAY, Case, document, record

PUBLIC = {"profile": "public_sector"}
CRISIS = [
    Case(
        "crisis-plan",
        {"crisisplan": []},
        {"crisisplan": [], "strategy": PUBLIC},
        "What you do in a crisis is not written down.",
    ),
    Case(
        "crisis-plan-duty",
        {"crisisplan": [], "strategy": PUBLIC},
        {"crisisplan": []},
        "There is no plan for how you inform people, the media and your own staff in a crisis.",
    ),
    Case(
        "crisis-first-words",
        {"holding": []},
        {"holding": [], "goal": [], "audience": [], "channelchoice": []},
        "No first word lies ready.",
    ),
    Case(
        "crisis-first-hour",
        {"crisisplan": whole("crisisplan", first_minutes=61)},
        {"crisisplan": whole("crisisplan", first_minutes=60)},
        "The plan lets 61 minutes pass before the first word.",
    ),
    Case(
        "crisis-page",
        {"crisisplan": whole("crisisplan", source_page="")},
        {"crisisplan": []},
        "Which page on your own site has the newest is not written down.",
    ),
    Case(
        "crisis-substitutes",
        {"crisisrole": [record("crisisrole", role="Logg", first_substitute="Amir")]},
        {"crisisrole": [record("crisisrole", role="Logg", first_substitute="A", second_substitute="B")]},
        "Fewer than two step in for it.",
    ),
    Case(
        "crisis-exercise",
        {"exercise": whole("exercise", on=OVER_A_YEAR_AGO)},
        {"exercise": whole("exercise", on=YEAR_AGO)},
        "No exercise has been held in the last twelve months.",
    ),
    Case(
        "exercise-learnt",
        {"exercise": whole("exercise", learnt="", on=NOW)},
        {"exercise": [*ROWS["exercise"], record("exercise", what="Rykte", on="2026-06-02")]},
        "What was learnt is not written down.",
    ),
    Case(
        "exercise-due",
        {"exercise": whole("exercise", next_on=DAY)},
        {"exercise": [*whole("exercise", next_on=DAY), *whole("exercise", on=DAY)]},
        "The next was to be held on 31 May 2026.",
    ),
]
WHOLE = [
    Case(
        "strategy-owner",
        {"strategy": {"owner_id": None}},
        {"strategy": {"owner_id": None}, "goal": [], "audience": [], "channelchoice": []},
        "Nobody owns the strategy.",
    ),
    Case(
        "strategy-approver",
        {"strategy": {"approver": ""}},
        {"strategy": {"approver": "Styret"}},
        "Who adopts the strategy is not written down.",
    ),
    Case(
        "strategy-review",
        {"strategy": {"review_on": None}},
        {"strategy": {"review_on": date(2027, 12, 31)}},
        "When you look at the strategy again is not decided.",
    ),
    Case(
        "strategy-review-passed",
        {"strategy": {"review_on": YESTERDAY}},
        {"strategy": {"review_on": TODAY}},
        "The strategy was to be looked at again on 31 May 2026.",
    ),
    Case(
        "strategy-expired",
        {"strategy": {"valid_to": YESTERDAY}},
        {"strategy": {"valid_to": TODAY}},
        "The strategy was in force until 31 May 2026.",
    ),
    Case(
        "strategy-days",
        {"strategy": {"valid_from": date(2027, 12, 31)}},
        {"strategy": {"valid_from": date(2027, 12, 30)}},
        "The strategy ends before it begins, or on the same day.",
    ),
    Case(
        "strategy-review-late",
        {"strategy": {"review_on": date(2028, 1, 1)}},
        {"strategy": {"review_on": date(2027, 12, 31)}},
        "It is to be looked at again on 1 January 2028, yet it is in force only until 31 December 2027.",
    ),
    Case(
        "document-unserved",
        {"documents": [document(said=3, served=0)]},
        {"documents": [document(said=3, served=1), document(said=0, served=0)]},
        "No goal serves any passage of Plan.",
    ),
    Case(
        "document-over",
        {"documents": [document(said=3, served=1, valid_to=YESTERDAY)]},
        {"documents": [document(said=3, served=1, valid_to=TODAY)]},
        "No longer in force, by its own dates: Plan.",
    ),
    Case(
        "risk-review-passed",
        {"risk": [record("risk", what="Hets", review_on=DAY)]},
        {"risk": [record("risk", what="Hets", review_on=NOW), record("risk", review_on="snart")]},
        "It was to be looked at again on 31 May 2026.",
    ),
    Case(
        "risk-measure",
        {"risk": [record("risk", what="Hets", harm="high")]},
        {"risk": [record("risk", what="Hets", harm="middling")]},
        "It is likely or harmful, and what you do about it is not written down.",
    ),
    Case(
        "account-asleep",
        {"account": [record("account", name="Gammel side", state="asleep")]},
        {"account": [record("account", name="Gammel side", state="closed")]},
        "It is asleep.",
    ),
    Case(
        "evaluation-none",
        {"evaluation": []},
        {"evaluation": [], "goal": [], "audience": [], "channelchoice": []},
        "When you look at how it goes, and who does, is not written down.",
    ),
    Case(
        "evaluation-passed",
        {"evaluation": whole("evaluation", next_on=DAY)},
        {"evaluation": whole("evaluation", next_on=NOW)},
        "The next was to be on 31 May 2026.",
    ),
    Case(
        "evaluation-who",
        {"evaluation": whole("evaluation", who="")},
        {"evaluation": []},
        "Who looks is not written down.",
    ),
]
CASES = [*CRISIS, *WHOLE]
