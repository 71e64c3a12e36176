"""Rules of the strategy as a whole, where we stand, and when we look at it again."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from samspill.strategy.answers import listed
from samspill.strategy.lint import held
from samspill.strategy.lint.facts import Facts
from samspill.strategy.lint.rule import Mend, Rule, Severity, Values
from samspill.strategy.models import Record

_DOCUMENTS = Mend("documents", is_row=True)


def _no_owner(facts: Facts) -> bool:
    return facts.has_begun and facts.strategy.owner_id is None


def _no_approver(facts: Facts) -> bool:
    return facts.has_begun and not facts.strategy.approver


def _no_review(facts: Facts) -> bool:
    return facts.has_begun and facts.strategy.review_on is None


def _review_passed(facts: Facts) -> Values | None:
    on = facts.strategy.review_on
    return {"day": date_format(on)} if on is not None and on < facts.today else None


def _expired(facts: Facts) -> Values | None:
    end = facts.strategy.valid_to
    return {"day": date_format(end)} if end is not None and end < facts.today else None


def _days_cross(facts: Facts) -> bool:
    begin, end = facts.strategy.valid_from, facts.strategy.valid_to
    return begin is not None and end is not None and end <= begin


def _review_too_late(facts: Facts) -> Values | None:
    on, end = facts.strategy.review_on, facts.strategy.valid_to
    if on is None or end is None or on <= end:
        return None
    return {"day": date_format(on), "end": date_format(end)}


def _unserved(facts: Facts) -> Values | None:
    loose = [row.title for row in facts.documents if row.said and not row.served]  # type: ignore[attr-defined]
    return {"names": listed(loose)} if facts.goals and loose else None


def _over(facts: Facts) -> Values | None:
    over = [row.title for row in facts.documents if row.valid_to is not None and row.valid_to < facts.today]
    return {"names": listed(over)} if over else None


def _risk_review_passed(risk: Record, facts: Facts) -> Values | None:
    on = held.day(risk, "review_on")
    return {"day": date_format(on)} if on is not None and on < facts.today else None


def _unmet_risk(risk: Record, facts: Facts) -> bool:
    high = "high" in (risk.data.get("likelihood"), risk.data.get("harm"))
    return high and held.lacks(risk, "measure")


def _evaluation_passed(evaluation: Record, facts: Facts) -> Values | None:
    on = held.day(evaluation, "next_on")
    return {"day": date_format(on)} if on is not None and on < facts.today else None


RULES = (
    Rule(
        "strategy-owner",
        "",
        Severity.WEAK,
        _("Strategy nobody owns"),
        _("Nobody owns the strategy."),
        _("What everybody sees to, nobody sees to."),
        _("Choose one person."),
        _no_owner,
    ),
    Rule(
        "strategy-approver",
        "",
        Severity.ADVICE,
        _("Strategy nobody is to adopt"),
        _("Who adopts the strategy is not written down."),
        _("What the management has not adopted does not hold when it is needed."),
        _("Write who adopts it."),
        _no_approver,
    ),
    Rule(
        "strategy-review",
        "",
        Severity.ADVICE,
        _("Strategy nobody will look at again"),
        _("When you look at the strategy again is not decided."),
        _("A strategy nobody looks at again is a document."),
        _("Set a day within a year."),
        _no_review,
    ),
    Rule(
        "strategy-review-passed",
        "",
        Severity.WEAK,
        _("Strategy that was to be looked at again"),
        _("The strategy was to be looked at again on %(day)s."),
        _("A strategy past its day is followed by habit."),
        _("Look at it, and set a new day."),
        _review_passed,
    ),
    Rule(
        "strategy-expired",
        "",
        Severity.WRONG,
        _("Strategy no longer in force"),
        _("The strategy was in force until %(day)s."),
        _("What is done by it now, nobody has decided."),
        _("Revise it, or say how long it is in force."),
        _expired,
    ),
    Rule(
        "strategy-days",
        "",
        Severity.WRONG,
        _("Strategy that ends before it begins"),
        _("The strategy ends before it begins, or on the same day."),
        _("One of the two days is wrong."),
        _("Correct the days."),
        _days_cross,
    ),
    Rule(
        "strategy-review-late",
        "",
        Severity.WEAK,
        _("Review after the strategy has ended"),
        _("It is to be looked at again on %(day)s, yet it is in force only until %(end)s."),
        _("By then it is too late to have a new one ready."),
        _("Set a day in good time before it ends."),
        _review_too_late,
    ),
    Rule(
        "document-unserved",
        "",
        Severity.ADVICE,
        _("Document no goal serves"),
        _("No goal serves any passage of %(names)s."),
        _("What the organisation has decided and nobody answers is either not meant, or forgotten."),
        _("Find the passages that concern you, or take the document out."),
        _unserved,
        mend=_DOCUMENTS,
    ),
    Rule(
        "document-over",
        "",
        Severity.WEAK,
        _("Document whose time is over"),
        _("No longer in force, by its own dates: %(names)s."),
        _("There is most often a new one, and it says something else."),
        _("Upload the new version, or take the document out of force."),
        _over,
        mend=_DOCUMENTS,
    ),
    Rule(
        "risk-review-passed",
        "situation",
        Severity.WEAK,
        _("Risk that was to be looked at again"),
        _("It was to be looked at again on %(day)s."),
        _("Risks grow while nobody looks."),
        _("Look at it, and set a new day."),
        _risk_review_passed,
        each="risk",
    ),
    Rule(
        "risk-measure",
        "situation",
        Severity.WEAK,
        _("High risk nobody does anything about"),
        _("It is likely or harmful, and what you do about it is not written down."),
        _("A risk one has written down and left is worse than one nobody saw."),
        _("Write what you do, or why you live with it."),
        _unmet_risk,
        each="risk",
    ),
    Rule(
        "account-asleep",
        "situation",
        Severity.ADVICE,
        _("Account that sleeps"),
        _("It is asleep."),
        _("What nobody tends speaks for you all the same."),
        _("Wake it or close it, and say where you are instead."),
        lambda account, facts: account.data.get("state") == "asleep",
        each="account",
    ),
    Rule(
        "evaluation-none",
        "evaluation",
        Severity.WEAK,
        _("Nobody looks how it goes"),
        _("When you look at how it goes, and who does, is not written down."),
        _("What has no day in the calendar is looked at when it has gone wrong."),
        _("Write what you look at each month and each year, and who does."),
        lambda facts: facts.has_begun and not facts.records("evaluation"),
        mend=Mend("record_add", ("evaluation",)),
    ),
    Rule(
        "evaluation-passed",
        "evaluation",
        Severity.WEAK,
        _("Evaluation that is due"),
        _("The next was to be on %(day)s."),
        _("A look that is put off is seldom taken."),
        _("Look, and set the next day."),
        _evaluation_passed,
        each="evaluation",
    ),
    Rule(
        "evaluation-who",
        "evaluation",
        Severity.ADVICE,
        _("Evaluation nobody does"),
        _("Who looks is not written down."),
        _("What everybody sees to, nobody sees to."),
        _("Write one name."),
        lambda evaluation, facts: held.lacks(evaluation, "who"),
        each="evaluation",
    ),
)
