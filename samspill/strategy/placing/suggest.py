"""Where pieces below a heading may belong, by the heading's words in Bokmål and English."""

from __future__ import annotations

import re
from collections.abc import Sequence

from samspill.strategy.placing.bring_in import SEPARATOR
from samspill.strategy.placing.spots import Spot, new_spots
from samspill.strategy.sections import KINDS

MOST = 6  # spots: a kind that asks for a choice has one for each

# In this order; what is said more narrowly stands first.
SUGGESTED: tuple[tuple[str, str], ...] = (
    ("tactic", r"få\b.*\bmed\b|get\b.*\balong"),
    (
        "audience",
        r"målgruppe\w*|segment\w*|publikum|hvem\b.*\bnå\b|audiences?|target groups?|whom\b.*\breach",
    ),
    ("hashtag", r"emneknagg\w*|hash ?tags?"),
    ("tactic", r"grep|virkemid\w+|engasje\w+|tactics?|engag\w+"),
    ("pillar", r"innholdspilar\w*|tema\w*|innhold\w*|content|pillars?|themes?|topics?"),
    ("trait", r"personlighet\w*|stemme\w*|verdi\w*|voice|personality|values?|traits?"),
    ("seed", r"ambassadør\w*|støttespillere|first followers|supporters"),
    ("launchaction", r"oppstart\w*|lansering\w*|tiltak\w*|handlingsplan\w*|start|launch\w*|actions?"),
    ("swot", r"swot\w*|styrker|svakheter|muligheter|trusler|strengths?|weakness\w*|opportunit\w+|threats?"),
    ("risk", r"risiko\w*|sårbarhet\w*|risks?"),
    ("crisislevel", r"krise\w*|beredskap\w*|cris[ei]s|emergenc\w+|preparedness"),
    ("role", r"rolle\w*|ansvar\w*|organisering|bemanning|redaksjon\w*|roles?|responsib\w+|staffing"),
    ("staffrule", r"ansatte\w*|employees|staff"),
    ("boundary", r"ramme\w*|alltid|aldri|boundar\w+|always|never"),
    ("guideline", r"retningslinje\w*|\w*regler|regel\w*|etikk\w*|guidelines?|rules?|ethics"),
    ("duty", r"lov\w*|forskrift\w*|personvern\w*|universell\w*|arkiv\w*|law|legal|privacy|gdpr|archiv\w+"),
    ("watched", r"lytt\w*|overvåk\w*|listen\w*|monitor\w*"),
    ("lesson", r"lær\w*|kunnskap\w*|erfaring\w*|lessons?|learn\w*|knowledge"),
    (
        "evaluation",
        r"evaluer\w*|oppfølging\w*|måling\w*|måle|rapport\w*|evaluat\w+|follow-?up|measur\w+|report\w*",
    ),
    ("experiment", r"eksperiment\w*|forsøk\w*|test\w*|utprøving\w*|experiment\w*|trials?"),
    (
        "goal",
        r"\w*mål|målene|målsetting\w*|ambisjon\w*|formål\w*|oppnå\w*|goals?|objectives?|aims?|achieve\w*",
    ),
    ("channelchoice", r"kanal\w*|plattform\w*|hvilke\b.*medier|channels?|platforms?|which\b.*media"),
)
_FOUND = tuple((key, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for key, words in SUGGESTED)


def kind_for(path: Sequence[str]) -> str:
    """The key of a kind; the nearest heading that says something decides. "" where none does."""
    for heading in reversed(path):
        for key, words in _FOUND:
            if words.search(heading):
                return key
    return ""


def spots_for(path: Sequence[str]) -> list[Spot]:
    key = kind_for(path)
    return list(new_spots(KINDS[key]))[:MOST] if key else []


def path_of(chapter: str, heading: str = "") -> list[str]:
    return [*(chapter.split(SEPARATOR) if chapter else []), *([heading] if heading else [])]
