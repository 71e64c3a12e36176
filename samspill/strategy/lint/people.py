"""Rules of who does what: somebody in each role, somebody who steps in, access that is looked after."""

from __future__ import annotations

from datetime import timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from samspill.strategy.lint import held
from samspill.strategy.lint.facts import Facts
from samspill.strategy.lint.rule import Mend, Rule, Severity, Values
from samspill.strategy.models import Record

YEAR = timedelta(days=366)


def _nobody_steps_in(facts: Facts) -> bool:
    return bool(facts.active) and bool(facts.records("role")) and not held.with_substitute(facts)


def _unchecked(access: Record, facts: Facts) -> Values | None:
    checked = held.day(access, "checked_on")
    if checked is None or checked >= facts.today - YEAR:
        return None
    return {"day": date_format(checked)}


RULES = (
    Rule(
        "roles-none",
        "roles",
        Severity.WEAK,
        _("Nobody has a role"),
        _("Who does what is not written down."),
        _("Dialogue takes organisation, a mandate and routines (Digdir)."),
        _("Write the roles, who has them, and what they may decide alone."),
        lambda facts: bool(facts.active) and not facts.records("role"),
        mend=Mend("record_add", ("role",)),
        source="https://www.digdir.no/digitalisering-og-samordning/om-rettleiinga-i-sosiale-medium-offentleg-forvaltning/1959",
    ),
    Rule(
        "roles-substitute",
        "roles",
        Severity.WEAK,
        _("Nobody steps in"),
        _("No role has a substitute."),
        _("People fall ill and go on holiday; the answers must not."),
        _("Write who steps in, and knows how."),
        _nobody_steps_in,
    ),
    Rule(
        "role-person",
        "roles",
        Severity.WEAK,
        _("Role nobody has"),
        _("Who has it is not written down."),
        _("A role without a person is a wish."),
        _("Write one name."),
        lambda role, facts: held.lacks(role, "person"),
        each="role",
    ),
    Rule(
        "role-mandate",
        "roles",
        Severity.ADVICE,
        _("Role that may decide nothing"),
        _("What they may decide alone is not written down."),
        _("Whoever must always ask answers too late."),
        _("Write what they may do without asking."),
        lambda role, facts: held.lacks(role, "mandate"),
        each="role",
    ),
    Rule(
        "access-none",
        "roles",
        Severity.ADVICE,
        _("Nobody knows who can get in"),
        _("Who can get into the accounts is not written down."),
        _("You need the list on the day somebody leaves, or an account is taken from you."),
        _("Write each account, who has access, and where the password is kept."),
        lambda facts: bool(facts.active) and not facts.records("access"),
        mend=Mend("record_add", ("access",)),
    ),
    Rule(
        "access-one-step",
        "roles",
        Severity.WRONG,
        _("Account with nothing but a password"),
        _("There is no second step at sign-in."),
        _("An account taken over speaks in your name to all who follow you."),
        _("Turn on the second step, and write which it is."),
        lambda access, facts: access.data.get("two_step") == "none",
        each="access",
    ),
    Rule(
        "access-unchecked",
        "roles",
        Severity.WEAK,
        _("Access nobody has looked through"),
        _("The list was last looked through on %(day)s."),
        _("People leave, and their access stays."),
        _("Go through the list, and take out those who have left."),
        _unchecked,
        each="access",
    ),
)
