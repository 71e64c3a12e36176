"""Strategies that say too much, too little, or something odd in every field; made without a database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from samspill.accounts.models import Workspace
from samspill.face.blocks import Content, Document, Figures, Group, Line, Part, Passage, Reason, Row
from samspill.face.deck.facts import Facts, Share
from samspill.measurement.ladder import Rung
from samspill.strategy.models import ChannelChoice, Decision, LaunchAction, Strategy, Tactic
from samspill.strategy.sections import SECTIONS, Field, Kind
from samspill.strategy.sections.fields import Type

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
DAY = date(2026, 11, 25)
Say = Callable[[int], str]  # a text of at most so many characters


def facts(say: Say, many: int) -> Facts:
    """So many rows of each kind, each field filled with what `say` says."""
    strategy = Strategy(
        workspace=Workspace(name=say(100), slug="w"), title=say(200) or "–", approver=say(120)
    )
    strategy.review_on = DAY + timedelta(days=9)
    actions = [_action(strategy, say, at) for at in range(many)]
    choices = [_choice(strategy, say, at) for at in range(many)]
    rows = {"launchaction": actions, "channelchoice": choices}
    parts = [
        Part(
            section.key,
            str(section.title),
            say(200),
            tuple(_group(kind, say, many, rows) for kind in section.kinds),
        )
        for section in SECTIONS.values()
    ]
    audiences = [
        row for part in parts for group in part.groups if group.key == "audience" for row in group.rows
    ]
    told = Content(
        organisation=strategy.workspace.name,
        title=strategy.title,
        language="nb",
        ambition=say(1000),
        summary=say(4000),
        about=(Line("owner", "Eier", say(100)),),
        parts=tuple(parts) if many else (),
        documents=tuple(_document(say, many) for _each in range(min(many, 4))),
        adopted=None,
        changed_on=DAY,
        made_at=NOW,
    )
    return Facts(
        content=told,
        strategy=strategy,
        now=NOW,
        actions={each.part: each for each in actions},
        choices={each.part: each for each in choices},
        shares={row.part: [Share(say(60), 80, say(30), 2025, say(300))] * min(many, 5) for row in audiences},
        decisions=[
            Decision(title=say(200), reason=say(4000), decided_by=say(120), decided_on=DAY)
            for _each in range(many)
        ],
        candidates=[],
        rungs=[Rung(step, None if at == 0 else 10**9) for at, step in enumerate(Tactic.Step)],
        data=_data(parts),
    )


def _action(strategy: Strategy, say: Say, at: int) -> LaunchAction:
    return LaunchAction(
        strategy=strategy,
        phase=LaunchAction.Phase.values[at % 4],
        what=say(200),
        on=DAY + timedelta(days=at * 7 - 20) if at % 5 else None,
        cost=10**9,
        expected_followers=10**9,
        result_followers=at,
        result=say(1000),
        done_at=NOW if at % 3 == 0 else None,
    )


def _choice(strategy: Strategy, say: Say, at: int) -> ChannelChoice:
    return ChannelChoice(
        strategy=strategy,
        name=say(60),
        choice=ChannelChoice.Choice.values[at % 5],
        hours_a_week=at + 0.5,
        reply_within=0.5,
        exit_when=say(1000),
        risk=ChannelChoice.Risk.values[at % 3] if at % 4 else "",
        risk_on=DAY,
        review_on=DAY + timedelta(days=at),
    )


def _group(kind: Kind, say: Say, many: int, rows: dict[str, Any]) -> Group:
    made = tuple(_row(kind, say, at, rows) for at in range(1 if kind.single and many else many))
    return Group(kind.key, str(kind.title), str(kind.purpose), "", made, kind.across)


def _row(kind: Kind, say: Say, at: int, rows: dict[str, Any]) -> Row:
    lines = tuple(Line(field.name, str(field.name), _words(field, say, at)) for field in kind.fields)
    under = ""
    if kind.key == "tactic":
        under = str(Tactic.Step.labels[at % 4]).capitalize()
    elif kind.key == "boundary":
        under = str(kind.field("sort").choices[at % 2][1]).capitalize()
    part = rows[kind.key][at].part if kind.key in rows else f"{kind.key}/{at}"
    row = Row(part, "" if kind.single else say(200), tuple(line for line in lines if line.words), under)
    if kind.key == "launchaction":
        row = replace(row, is_done=rows[kind.key][at].done_at is not None)
    if kind.key == "goal" and at % 3:
        row = replace(row, figures=_figures(say), reason=_reason(say))
    return row


def _words(field: Field, say: Say, at: int) -> str:
    if field.type in (Type.COUNT, Type.FIGURE):
        return "1 000 000 000"
    if field.type is Type.DAY:
        return "30. september 2026"
    if field.type is Type.CHOICE:
        return str(field.choices[at % len(field.choices)][1])
    return say(field.longest or 2000)


def _figures(say: Say) -> Figures:
    return Figures(
        measure="Stemmer som kommer tilbake",
        channel=say(100),
        baseline="1 000 000 000",
        target="1 000 000 000",
        now="1 000 000 000",
        basis="1 000 000 000 av 1 000 000 000 meldinger",
        standing="henger etter",
        tag="warn",
        sentence="Med farten fra de siste åtte ukene nås ikke 1 000 000 000 før 30. september 2036.",
        trend="",
        reservations=(),
        share=None,
        calendar=None,
        shows="",
        weeks=(),
        line=(),
        target_value=None,
        from_zero=False,
    )


def _reason(say: Say) -> Reason:
    return Reason(say(200), say(120), "side 1000, avsnitt 1000", say(5000), "", say(1000))


def _document(say: Say, many: int) -> Document:
    passages = tuple(
        Passage(say(5000), "side 1000, avsnitt 1000", say(300), tuple(say(200) for _goal in range(3)))
        for _each in range(min(many, 20))
    )
    return Document(say(200), say(30), say(120), say(300), 1000, passages)


def _data(parts: list[Part]) -> dict[str, dict[str, Any]]:
    figures = {
        "hours": 1000.5,
        "hours_a_week": 1.0,
        "followers": 10**9,
        "by": "2027-09-30",
        "next_on": "2026-12-24",
        "first_minutes": 100_000,
        "verify_minutes": 100_000,
        "review_days": 100_000,
        "mend_days": 100_000,
    }
    return {row.part: figures for part in parts for group in part.groups for row in group.rows}
