"""What must be in order before a channel is used: risk, universal design, archive, age, law. Never points.

A gate that is shut takes the channel out, "not now, because"; one that nobody has answered is a condition,
"not before". Laws change: every rule says where it is from and the day it was so, and a workspace's own rule
of a place (records of the kind `placerule`) goes before ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspill.strategy.duties import DESIGN
from samspill.strategy.models import ChannelChoice, Strategy
from samspill.strategy.places import PLACES

OPENED = "may"  # a workspace's rule that lets a place in
SHUT = "not_now"


@dataclass(frozen=True)
class Gate:
    """`is_shut`: the channel is out; else a condition that somebody must look to."""

    words: str
    is_shut: bool
    source: str = ""
    link: str = ""


@dataclass(frozen=True)
class Rule:
    """Something that is so by law or advice of an authority, on the day `as_of`."""

    words: Promise
    source: str
    link: str
    as_of: date


@dataclass(frozen=True)
class OwnRule:
    """What a workspace has decided about a place as such."""

    verdict: str
    because: str
    source: str = ""


# To consent to an account oneself; younger ones need their parents. A limit of 15 has been proposed.
AGE = 13
AGE_RULE = Rule(
    gettext_lazy("Whoever is under 13 may not have an account there without their parents' consent."),
    "personopplysningsloven § 5",
    "https://www.digi.no/artikler/forslag-om-alderskontroll-i-sosiale-medier-sendes-pa-horing/560421",
    date(2025, 10, 7),
)
OWN_DEVICE = Rule(
    gettext_lazy("It is not to be installed on a device that can reach your systems. Use one of its own."),
    "Nasjonal sikkerhetsmyndighet",
    "https://nsm.no/aktuelt/anbefaler-ikke-tiktok-eller-telegram-pa-tjenesteenheter",
    date(2023, 3, 20),
)
NEEDS_ALSO = {"messenger": "facebook"}  # an organisation is there only by way of the other
PUBLIC_SECTOR: dict[str, Rule] = {"tiktok": OWN_DEVICE, "telegram": OWN_DEVICE}


def needs_account(place: str) -> bool:
    """Whether one must have an account to read there, so that an age limit keeps somebody out."""
    known = PLACES.get(place)
    return known is not None and not (known.is_open or known.is_ours)


def age_limit(place: str, rules: Mapping[str, OwnRule]) -> int:
    """Those younger are not counted there; 0: no limit."""
    opened = place in rules and rules[place].verdict == OPENED
    return AGE if needs_account(place) and not opened else 0


def gates(
    place: str,
    choice: ChannelChoice | None,
    profile: str,
    rules: Mapping[str, OwnRule],
    today: date,
) -> list[Gate]:
    """Every gate that is not open, the shut ones first."""
    known, is_public = PLACES.get(place), profile == Strategy.Profile.PUBLIC_SECTOR
    is_ours = known is not None and known.is_ours
    found = _by_rule(place, is_public, rules)
    if place in NEEDS_ALSO:
        words = _("You can be there only with an account on %(place)s.")
        found.append(Gate(words % {"place": PLACES[NEEDS_ALSO[place]]}, False))
    if not is_ours:
        found += _risk(choice, today)
    found += _design(choice)
    if is_public and not is_ours and not (choice and choice.archive):
        found.append(Gate(_("How what is said there is archived is not written down."), False))
    return sorted(found, key=lambda gate: not gate.is_shut)


def _by_rule(place: str, is_public: bool, rules: Mapping[str, OwnRule]) -> list[Gate]:
    own = rules.get(place)
    if own is not None:
        words = own.because or _("You have a rule against it.")
        return [Gate(words, True, own.source)] if own.verdict == SHUT else []
    rule = PUBLIC_SECTOR.get(place) if is_public else None
    return [Gate(str(rule.words), False, _dated(rule), rule.link)] if rule else []


def _dated(rule: Rule) -> str:
    return f"{rule.source}, {rule.as_of.year}"


def _risk(choice: ChannelChoice | None, today: date) -> list[Gate]:
    if choice is None or not choice.risk:
        return [Gate(_("There is no risk assessment of it."), False)]
    if choice.risk == ChannelChoice.Risk.NOT:
        return [Gate(_("The risk assessment says that it must not be used."), True)]
    if choice.risk_review_on and choice.risk_review_on < today:
        return [Gate(_("The risk assessment should have been done again by now."), False)]
    if choice.risk == ChannelChoice.Risk.MEASURES and not choice.risk_measures:
        return [Gate(_("It can be used with measures, and which is not written down."), False)]
    return []


def _design(choice: ChannelChoice | None) -> list[Gate]:
    said: dict[str, Any] = choice.design if choice else {}
    missing = [str(words).rstrip(".") for key, words in DESIGN.items() if said.get(key) is False]
    if missing:
        shown = get_text_list([_("“%(words)s”") % {"words": words} for words in missing], _("and"))
        return [Gate(_("Universal design is not in place: %(missing)s.") % {"missing": shown}, True)]
    return []


def too_young(place: str) -> Gate:
    """Where none of the audiences is old enough."""
    return Gate(str(AGE_RULE.words), True, _dated(AGE_RULE), AGE_RULE.link)
