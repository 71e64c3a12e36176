"""A strategy in which every rule holds, and the ways to change it; nothing of it is in a database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from samspill.accounts.models import Workspace
from samspill.networks.models import Channel
from samspill.strategy.duties import DESIGN
from samspill.strategy.lint.facts import Facts, Links
from samspill.strategy.models import (
    Audience,
    ChannelChoice,
    DocumentVersion,
    Goal,
    GoverningDocument,
    LaunchAction,
    Passage,
    Presence,
    Record,
    Strategy,
    Tactic,
    Trait,
)

TODAY = date(2026, 6, 1)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
WORKSPACE = Workspace(pk=1, slug="fjord", name="Fjordkraftlaget")
STRATEGY = Strategy(
    pk=1,
    workspace=WORKSPACE,
    title="Sosiale medier",
    valid_from=date(2026, 1, 1),
    valid_to=date(2027, 12, 31),
    review_on=date(2027, 3, 1),
    owner_id=1,
    approver="Styret",
)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def document(said: int = 3, served: int = 1, **more: Any) -> GoverningDocument:
    made = GoverningDocument(**({"pk": 1, "title": "Plan", "workspace": WORKSPACE} | more))
    made.said, made.served = said, served  # type: ignore[attr-defined]
    return made


def passage(**more: Any) -> Passage:
    return Passage(**({"pk": 1, "document": document()} | more))


def version(day: datetime) -> DocumentVersion:
    return DocumentVersion(pk=2, number=2, uploaded_at=day)


def goal(**more: Any) -> Goal:
    whole = {
        "pk": 1,
        "strategy": STRATEGY,
        "statement": "Alle får svar",
        "level": "outcome",
        "measure": "response_rate",
        "baseline": 60,
        "baseline_at": date(2026, 3, 1),
        "target": 90,
        "deadline": date(2026, 12, 31),
        "owner_id": 1,
        "passage": passage(),
        "created_at": NOON,
    }
    return Goal(**(whole | more))


def audience(**more: Any) -> Audience:
    whole = {
        "pk": 1,
        "strategy": STRATEGY,
        "name": "Huseiere",
        "needs": "Svar",
        "size": 4200,
        "size_source": "SSB",
        "size_year": 2025,
        "wanted": "Spør oss først",
        "access_needs": "Teksting",
        "priority": 1,
    }
    return Audience(**(whole | more))


def tactic(step: str = "sees", **more: Any) -> Tactic:
    whole = {
        "pk": list(Tactic.Step).index(Tactic.Step(step)) + 1,
        "strategy": STRATEGY,
        "what": "Spør",
        "why_follow": "De blir hørt",
        "asks": "Svar oss",
        "step": step,
    }
    return Tactic(**(whole | more))


def trait(pk: int = 1, **more: Any) -> Trait:
    whole = {"name": "Åpen", "we_are": "a", "we_are_not": "b", "good_example": "c", "bad_example": "d"}
    return Trait(pk=pk, strategy=STRATEGY, **(whole | more))


def choice(**more: Any) -> ChannelChoice:
    whole = {
        "pk": 1,
        "strategy": STRATEGY,
        "name": "Bluesky",
        "place": "bluesky",
        "channel_id": 1,
        "choice": "use",
        "purpose": "Svare",
        "evidence": "SSB 2025: 12 %",
        "responsible_id": 1,
        "hours_a_week": 3,
        "reply_within": 24,
        "staffed": "Ingrid, hverdager 8 til 16",
        "risk": "measures",
        "risk_on": date(2026, 2, 1),
        "risk_measures": "Ingen annonser",
        "risk_review_on": date(2027, 2, 1),
        "design": dict.fromkeys(DESIGN, True),
        "archive": "Hver måned",
        "web_twin": "https://fjordkraftlaget.example/svar",
        "exit_when": "Færre enn 5 svar i uka den 1. mai 2027",
        "review_on": date(2027, 1, 1),
    }
    return ChannelChoice(**(whole | more))


def action(phase: str = "listen", **more: Any) -> LaunchAction:
    at = list(LaunchAction.Phase).index(LaunchAction.Phase(phase))
    whole = {
        "pk": at + 1,
        "strategy": STRATEGY,
        "what": "Inviter",
        "phase": phase,
        "on": date(2026, 8, 1 + at),
        "owner_id": 1,
        "expected_followers": 100,
    }
    return LaunchAction(**(whole | more))


def presence(**more: Any) -> Presence:
    whole = {"audience_id": 1, "place": "bluesky", "share": 52.0, "use": "daily", "year": 2025, "source": "x"}
    return Presence(**(whole | more))


def record(kind: str, pk: int = 1, **data: Any) -> Record:
    return Record(pk=pk, strategy=STRATEGY, kind=kind, data=data)


@dataclass(frozen=True)
class Case:
    """One rule: what of the whole strategy is changed so that it breaks, and so that it just holds."""

    rule: str
    breaks: Mapping[str, Any]
    holds: Mapping[str, Any]
    says: str


ROWS: dict[str, list[Any]] = {
    "goal": [goal()],
    "audience": [audience()],
    "tactic": [tactic(step) for step in Tactic.Step],
    "trait": [trait(1), trait(2, name="Nær"), trait(3, name="Kvikk")],
    "channelchoice": [choice()],
    "launchaction": [action(phase) for phase in LaunchAction.Phase],
    "capacity": [record("capacity", hours_a_week=20.0)],
    "pillar": [record("pillar", name="Strøm i hverdagen", goal="Alle får svar", share=100)],
    "promise": [record("promise", channel="Bluesky", sort="all", hours=24, who="Ingrid, hverdager")],
    "dialogue": [record("dialogue", debate_rules="Vær grei", moderation="Trusler", appeal="Skriv til oss")],
    "proposition": [record("proposition", audience="Huseiere", offer="Råd")],
    "tone": [record("tone", situation=key, tone="Rolig") for key in ("complaint", "mistake", "crisis")],
    "untouched": [record("untouched", topic="Personsaker", who="Pressevakten")],
    "speaker": [record("speaker", name="Ingrid")],
    "staffrule": [record("staffrule", rule="Si hvor du jobber")],
    "criticalmass": [record("criticalmass", followers=400, by="2027-06-01", if_missed="Vi slutter")],
    "role": [record("role", role="Svar", person="Ingrid", substitute="Amir", mandate="Si unnskyld")],
    "access": [record("access", account="Bluesky", two_step="app", checked_on="2026-02-01")],
    "boundary": [record("boundary", what="Vi sletter aldri lovlig kritikk", sort="never")],
    "duty": [record("duty", rule="UU", how="Alt-tekst", as_of="2026-01-01")],
    "watched": [record("watched", what="#strøm")],
    "crisisplan": [record("crisisplan", first_minutes=60, source_page="https://fjord.example/na")],
    "holding": [record("holding", event="Strømbrudd")],
    "exercise": [record("exercise", what="Strømbrudd", on="2026-02-01", learnt="Listen var gammel")],
    "evaluation": [record("evaluation", what="Tallene", rhythm="monthly", who="Ingrid")],
}
WHOLE = Facts(
    strategy=STRATEGY,
    today=TODAY,
    answer_within=24,
    rows=ROWS,
    links=Links(
        goal_audience=frozenset({(1, 1)}),
        choice_audience=frozenset({(1, 1)}),
        choice_goal=frozenset({(1, 1)}),
        action_goal=frozenset({(1, 1)}),
    ),
    presences=[presence()],
    documents=[document()],
    channels=[Channel(pk=1, name="Fjord på Bluesky")],
)


def changed(change: Mapping[str, Any]) -> Facts:
    """The whole strategy with other rows of some kinds, or other facts."""
    rows = {kind: change[kind] for kind in change if kind not in _FACTS}
    facts = {name: change[name] for name in change if name in _FACTS}
    if "links" in facts:
        facts["links"] = replace(WHOLE.links, **{k: frozenset(v) for k, v in facts["links"].items()})
    if "strategy" in facts:
        facts["strategy"] = _other(facts["strategy"])
    return replace(WHOLE, rows=ROWS | rows, **facts)


_FACTS = {
    "strategy",
    "today",
    "answer_within",
    "links",
    "presences",
    "documents",
    "channels",
    "readings",
    "work",
}


def _other(said: Mapping[str, Any]) -> Strategy:
    """The strategy with other words about itself."""
    kept = {field.attname: getattr(STRATEGY, field.attname) for field in Strategy._meta.concrete_fields}
    return Strategy(**(kept | dict(said)))
