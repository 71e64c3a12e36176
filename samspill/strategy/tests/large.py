"""A strategy larger than any we know of: what pages must stay quick with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle, islice

from samspill.accounts.models import User, Workspace
from samspill.accounts.tests.addresses import lines
from samspill.accounts.tests.rows import Rows
from samspill.strategy.document.editions import pack
from samspill.strategy.document.write import digest, document
from samspill.strategy.measures import MEASURES
from samspill.strategy.models import (
    Audience,
    ChannelChoice,
    Comment,
    Decision,
    DocumentVersion,
    Edition,
    Goal,
    GoverningDocument,
    LaunchAction,
    Observation,
    Passage,
    Pattern,
    Record,
    Strategy,
    Tactic,
    Trait,
    fold,
)
from samspill.strategy.sections import KINDS, Kind
from samspill.strategy.sections.fields import Type

DAY = timedelta(days=1)
PLACES = ("w/<slug:workspace>/strategy/", "w/<slug:workspace>/face/")


@dataclass(frozen=True)
class Size:
    goals: int = 500
    passages: int = 5000
    editions: int = 200
    audiences: int = 40
    channels: int = 30
    each_kind: int = 40  # records of every kind that can be many
    documents: int = 10
    talk: int = 300  # comments, decisions and observations, each


LARGE = Size()


def fill(workspace: Workspace, by: User, size: Size = LARGE) -> Strategy:
    """Fill the organisation's strategy; everything hangs together as it does in life."""
    strategy = Strategy.kept(workspace)
    passages = _documents(workspace, by, size)
    goals = _goals(strategy, by, passages, size)
    _answers(strategy, goals, by, size)
    for kind in KINDS.values():
        if kind.model is None:
            _records(strategy, kind, 1 if kind.single else size.each_kind)
    _talk(strategy, goals, by, size)
    _editions(strategy, by, size)
    return strategy


def pages(workspace: Workspace, by: User) -> list[str]:
    """The address of every page and fragment of the strategy and its face, with rows of the filled one."""
    strategy = Strategy.of(workspace)
    rows = Rows(workspace, by)
    rows.made["strategy.Strategy"] = strategy
    for model in (Goal, Audience, ChannelChoice, LaunchAction):
        rows.made[f"strategy.{model.__name__}"] = model.objects.of(strategy).all()[0]
    rows.made["strategy.GoverningDocument"] = GoverningDocument.objects.in_workspace(workspace).all()[0]
    rows.made["strategy.Edition"] = Edition.objects.of(strategy)[0]
    rows.made["strategy.Passage"] = Passage.objects.in_workspace(workspace).all()[0]
    return [
        line.path(workspace.slug, rows)
        for line in lines()
        if line.address.startswith(PLACES) and line.answers in ("page", "fragment") and line.read != "-"
    ]


def _documents(workspace: Workspace, by: User, size: Size) -> list[Passage]:
    each = size.passages // size.documents
    rows = []
    for number in range(size.documents):
        document = GoverningDocument.objects.create(workspace=workspace, title=f"Plan {number}")
        version = DocumentVersion.objects.create(
            document=document,
            number=1,
            file=f"documents/{number}.md",
            file_name="plan.md",
            kind="md",
            sha256=f"{number:064}",
            uploaded_by=by,
        )
        for at in range(1, each + 1):
            text = f"Avsnitt {at} i plan {number}: organisasjonen skal svare alle som spør om sak {at}."
            heading = f"Kapittel {at // 20}"
            rows.append(
                Passage(
                    document=document,
                    first_version=version,
                    last_version=version,
                    position=at,
                    paragraph=at,
                    heading=heading,
                    text=text,
                    folded=fold(f"{heading} {text}"),
                )
            )
    return Passage.objects.bulk_create(rows, batch_size=1000)


def _goals(strategy: Strategy, by: User, passages: Sequence[Passage], size: Size) -> list[Goal]:
    today = date.today()  # noqa: DTZ011
    measures = cycle([*MEASURES, ""])
    return Goal.objects.bulk_create(
        Goal(
            strategy=strategy,
            statement=f"Mål nummer {number} sier hva som skal være annerledes om et år",
            why="Fordi de som spør, trenger et svar. " * 3,
            measure=next(measures),
            level=Goal.Level.values[number % 4],
            baseline=10.0,
            baseline_at=today - 100 * DAY,
            target=20.0,
            deadline=today + (number % 300) * DAY,
            owner=by,
            passage=passages[number * 7 % len(passages)] if number % 5 else None,
            position=number,
            changed_by=by,
        )
        for number in range(size.goals)
    )


def _answers(strategy: Strategy, goals: Sequence[Goal], by: User, size: Size) -> None:
    audiences = Audience.objects.bulk_create(
        Audience(strategy=strategy, name=f"Målgruppe {n}", size=1000 + n, needs="Svar", position=n)
        for n in range(size.audiences)
    )
    choices = ChannelChoice.objects.bulk_create(
        ChannelChoice(
            strategy=strategy,
            name=f"Kanal {n}",
            choice=ChannelChoice.Choice.values[n % 5],
            purpose="Svare der folk er.",
            hours_a_week=2.0,
            responsible=by,
            position=n,
        )
        for n in range(size.channels)
    )
    steps, phases = cycle(Tactic.Step), cycle(LaunchAction.Phase)
    Tactic.objects.bulk_create(
        Tactic(strategy=strategy, step=next(steps), what=f"Grep {n}", audience=audiences[n % len(audiences)])
        for n in range(size.audiences * 2)
    )
    Trait.objects.bulk_create(Trait(strategy=strategy, name=f"Trekk {n}", we_are="Åpne") for n in range(12))
    LaunchAction.objects.bulk_create(
        LaunchAction(
            strategy=strategy, phase=next(phases), what=f"Tiltak {n}", owner=by, channel_choice=choices[0]
        )
        for n in range(60)
    )
    goal_of, choice_of = Audience.goals.through, ChannelChoice.goals.through
    goal_of.objects.bulk_create(
        goal_of(goal=goal, audience=audiences[n % len(audiences)]) for n, goal in enumerate(goals)
    )
    choice_of.objects.bulk_create(
        choice_of(goal=goal, channelchoice=choices[n % len(choices)]) for n, goal in enumerate(goals)
    )
    meets = ChannelChoice.audiences.through
    meets.objects.bulk_create(
        meets(audience=audience, channelchoice=choices[n % len(choices)])
        for n, audience in enumerate(audiences)
    )


def _records(strategy: Strategy, kind: Kind, count: int) -> None:
    Record.objects.bulk_create(
        Record(strategy=strategy, kind=kind.key, data=said(kind, number), position=number)
        for number in range(count)
    )


def said(kind: Kind, number: int) -> dict[str, object]:
    """Something in every field of a record."""
    values: dict[Type, object] = {
        Type.COUNT: number + 1,
        Type.FIGURE: number + 1.5,
        Type.DAY: "2026-06-01",
        Type.YES: True,
        Type.LINK: f"https://example.org/{number}",
    }
    data: dict[str, object] = {}
    for field in kind.fields:
        if field.type is Type.CHOICE:
            data[field.name] = field.choices[number % len(field.choices)][0]
        elif field.type is Type.KEYS:
            data[field.name] = [field.choices[0][0]]
        else:
            data[field.name] = values.get(field.type, f"{kind.key} {field.name} {number}")
    return data


def _talk(strategy: Strategy, goals: Sequence[Goal], by: User, size: Size) -> None:
    patterns = Pattern.objects.bulk_create(
        Pattern(strategy=strategy, name=f"Mønster {n}", created_by=by) for n in range(30)
    )
    Observation.objects.bulk_create(
        Observation(strategy=strategy, text=f"Sett {n}", by=by, pattern=pattern)
        for n, pattern in enumerate(islice(cycle([*patterns, None]), size.talk))
    )
    Decision.objects.bulk_create(
        Decision(strategy=strategy, title=f"Vedtak {n}", reason="Fordi.", written_by=by, part=goals[n].part)
        for n in range(min(size.talk, len(goals)))
    )
    Comment.objects.bulk_create(
        Comment(strategy=strategy, text=f"Kommentar {n}", by=by, part=goals[n].part)
        for n in range(min(size.talk, len(goals)))
    )


def _editions(strategy: Strategy, by: User, size: Size) -> None:
    said = document(strategy)
    packed, sha256 = pack(said), digest(said)
    Edition.objects.bulk_create(
        Edition(
            strategy=strategy,
            number=number,
            document=packed,
            sha256=sha256,
            note=f"Utgave {number}",
            made_by=by,
            adopted_by="styret" if number % 10 == 0 else "",
        )
        for number in range(1, size.editions + 1)
    )
