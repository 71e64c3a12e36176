"""The governing documents as real files that are read, and the answers to the six questions."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from samspill.accounts.models import User, Workspace
from samspill.flows.demo.organisation import Action, Organisation, Paper
from samspill.flows.demo.place import House
from samspill.measurement.measures import figure
from samspill.measurement.record import gather
from samspill.strategy.models import (
    Audience,
    ChannelChoice,
    DocumentVersion,
    Goal,
    GoverningDocument,
    LaunchAction,
    Passage,
    Record,
    Strategy,
    Tactic,
    Trait,
)
from samspill.strategy.take_in import Upload, new_document, new_version, open_upload

DAY = timedelta(days=1)
BASELINE = 182 * DAY  # so long ago the goals' baselines were taken
HEADING = re.compile(r"^(#+) (.+)$")
STRONG = re.compile(r"\*\*(.+?)\*\*")


def upload_papers(organisation: Organisation, workspace: Workspace, by: User, now: datetime) -> None:
    """Upload each as somebody did a year ago; one of them again last week, with a sentence changed."""
    for paper in organisation.papers:
        text = (organisation.folder / paper.source).read_text(encoding="utf-8")
        first = text.replace(paper.changed[0], paper.changed[1]) if paper.changed else text
        upload = _upload(paper, first)
        document = new_document(workspace, by, upload, title=paper.title, adopted=paper.adopted)
        GoverningDocument.objects.filter(pk=document.pk).update(created_at=now - 330 * DAY)
        document.versions.update(uploaded_at=now - 330 * DAY)
        if paper.changed:
            version = new_version(document, by, _upload(paper, text))
            DocumentVersion.objects.filter(pk=version.pk).update(uploaded_at=now - 4 * DAY)


def _upload(paper: Paper, text: str) -> Upload:
    content = _docx(text) if paper.file_name.endswith(".docx") else _plain(text, paper).encode()
    return open_upload(content, paper.file_name)


def _plain(text: str, paper: Paper) -> str:
    """A text file carries no signs of markdown."""
    return text if paper.file_name.endswith(".md") else STRONG.sub(r"\1", re.sub(r"(?m)^#+ ", "", text))


def _docx(text: str) -> bytes:
    from docx import Document

    document = Document()
    for block in text.split("\n\n"):
        found = HEADING.match(block.strip())
        if found:
            document.add_heading(found[2], level=len(found[1]))
        elif block.strip():
            document.add_paragraph(STRONG.sub(r"\1", block.strip()))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def set_goals(organisation: Organisation, house: House, now: datetime) -> list[Goal]:
    """Goals that serve their passages; their figures follow when there are some."""
    passages = list(Passage.objects.in_workspace(house.workspace).standing())
    today = timezone.localdate(now)
    strategy = Strategy.objects.create(workspace=house.workspace, title=organisation.strategy)
    return Goal.objects.bulk_create(
        Goal(
            strategy=strategy,
            statement=aim.statement,
            why=aim.why,
            sub_goal=aim.sub_goal,
            level=aim.level,
            measure=aim.measure,
            channel=house.channels.get(aim.channel),
            target=aim.target,
            baseline_at=today - BASELINE,
            deadline=today + aim.days_ahead * DAY,
            owner=house.people[aim.owner],
            passage=next(passage for passage in passages if aim.passage in passage.text),
            position=place,
            created_at=now - BASELINE,
        )
        for place, aim in enumerate(organisation.aims)
    )


def measure_goals(organisation: Organisation, house: House, now: datetime) -> None:
    """Baselines as they were, and targets from today's figures where the documents name none."""
    record = gather(house.workspace, now)
    for goal, aim in zip(house.goals, organisation.aims, strict=True):
        part = record.only(goal.channel_id) if goal.channel_id else record
        before = figure(part, goal.measure, now - BASELINE).value
        today = figure(part, goal.measure, now).value
        goal.baseline = None if before is None else round(before, 1)
        if goal.target is None and today is not None:
            goal.target = float(round(today * aim.better))
        goal.save()


def answer_questions(organisation: Organisation, house: House, now: datetime) -> None:
    """Audiences, tactics, voice, channels and the plan for the start."""
    strategy = Strategy.of(house.workspace)
    audiences = _audiences(organisation, house)
    Tactic.objects.bulk_create(
        Tactic(
            strategy=strategy,
            audience=audiences[move.audience],
            step=move.step,
            what=move.what,
            why_follow=move.why_follow,
            position=place,
        )
        for place, move in enumerate(organisation.moves)
    )
    Trait.objects.bulk_create(
        Trait(
            strategy=strategy,
            name=trait.name,
            we_are=trait.we_are,
            we_are_not=trait.we_are_not,
            good_example=trait.good,
            bad_example=trait.bad,
            position=place,
        )
        for place, trait in enumerate(organisation.voice)
    )
    _choose_channels(organisation, house, audiences, now)
    Record.objects.bulk_create(
        Record(strategy=strategy, kind=each.kind, data=each.data, position=place)
        for place, each in enumerate(organisation.records)
    )
    LaunchAction.objects.bulk_create(
        _action(strategy, house, action, place, now) for place, action in enumerate(organisation.launch)
    )


def _audiences(organisation: Organisation, house: House) -> list[Audience]:
    made = []
    for place, each in enumerate(organisation.audiences):
        audience = Audience.objects.create(
            strategy=Strategy.of(house.workspace),
            name=each.name,
            description=each.description,
            size=each.size,
            size_source=each.source,
            needs=each.needs,
            position=place,
        )
        audience.goals.set([house.goals[number] for number in each.aims])
        made.append(audience)
    return made


def _choose_channels(
    organisation: Organisation, house: House, audiences: Sequence[Audience], now: datetime
) -> None:
    for place, each in enumerate(organisation.places):
        choice = ChannelChoice.objects.create(
            strategy=Strategy.of(house.workspace),
            name=each.name,
            channel=house.channels.get(each.account),
            choice=each.choice,
            purpose=each.purpose,
            evidence=each.evidence,
            responsible=house.people.get(each.who),
            hours_a_week=each.hours,
            review_on=timezone.localdate(now) + 90 * DAY if each.hours else None,
            exit_when=each.exit_when,
            risk=each.risk,
            risk_on=timezone.localdate(now) - 30 * DAY if each.risk else None,
            risk_measures=each.measures,
            position=place,
        )
        choice.audiences.set([audiences[number] for number in each.audiences])
        choice.goals.set([house.goals[number] for number in each.aims])


def _action(strategy: Strategy, house: House, action: Action, place: int, now: datetime) -> LaunchAction:
    return LaunchAction(
        strategy=strategy,
        phase=action.phase,
        what=action.what,
        on=timezone.localdate(now) + action.days * DAY,
        owner=house.people[action.who],
        cost=action.cost or None,
        expected_followers=action.followers or None,
        done_at=now + action.days * DAY if action.days < 0 else None,
        position=place,
    )
