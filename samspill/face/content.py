"""The strategy as a sequence of plain blocks, in the reader's order and language: what every form is made of.

One place decides what is told to whom. Whoever draws a page, a slide or a document takes what `content` gives
and asks for nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone, translation
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samspill.accounts.middleware import zone_of
from samspill.face import figures, reach, sources
from samspill.face.blocks import Adopted, Content, Figures, Group, Line, Part, Reason, Row
from samspill.face.sources import DOCUMENTS, clean
from samspill.lib.plain import web_address
from samspill.strategy.answers import in_short
from samspill.strategy.models import Audience, Edition, Goal, LaunchAction, Record, Strategy
from samspill.strategy.presence import by_use
from samspill.strategy.questions import QUESTIONS
from samspill.strategy.sections import KINDS, SECTION_OF, SECTIONS, Field, Kind, Section, Type
from samspill.strategy.sections.shown import BRIEF, words

__all__ = ["ALL_PARTS", "DOCUMENTS", "Choices", "content"]

ALL_PARTS = (*SECTIONS, DOCUMENTS)  # in the order they are read
LONGEST_LINK = 500
# A choice under which the rows of a kind are gathered, in the order of its choices.
UNDER = {
    "tactic": "step",
    "launchaction": "phase",
    "channelchoice": "choice",
    "audience": "is_not",
    "swot": "sort",
    "boundary": "sort",
}
# What a goal tells in a way of its own: Figures and Reason.
APART = {"measure", "channel", "baseline", "target", "passage", "strength", "passage_why"}


@dataclass(frozen=True)
class Choices:
    """What to show. `inside`: for those who work here, also what strangers must not see."""

    language: str = "en"
    parts: Sequence[str] = ALL_PARTS
    people: bool = False  # by name
    inside: bool = False
    charts: int = 0  # of so many goals, the first ones, also the specification of a chart


def content(strategy: Strategy, choices: Choices, now: datetime | None = None) -> Content:
    """Everything of the strategy that is to be shown, in words; also what it inherits."""
    now = now or timezone.now()
    zone = zone_of(strategy.workspace.time_zone) or timezone.get_default_timezone()
    with translation.override(choices.language), timezone.override(zone):
        return _Writer(strategy, choices, now).content()


class _Writer:
    def __init__(self, strategy: Strategy, choices: Choices, now: datetime) -> None:
        self.strategy, self.choices, self.now = strategy, choices, now
        self.titles = {each.pk: clean(each.title) for each in (strategy, *strategy.above())}
        self.records = sources.records(list(self.titles))
        self.moments = [strategy.updated_at] if strategy.pk else []
        self.figures: dict[int, Figures] = {}

    def content(self) -> Content:
        parts = [self.part(SECTIONS[key]) for key in SECTIONS if key in self.choices.parts]
        strategy = self.strategy
        has_documents = DOCUMENTS in self.choices.parts
        return Content(
            organisation=clean(strategy.workspace.name),
            title=clean(strategy.title),
            language=self.choices.language,
            ambition=clean(strategy.ambition),
            summary=clean(strategy.summary),
            about=tuple(self.about()),
            parts=tuple(part for part in parts if part.groups),
            documents=sources.documents(strategy, self.may_name("goal")) if has_documents else (),
            adopted=self.adopted(),
            changed_on=max([timezone.localdate(moment) for moment in self.moments] or [self.today]),
            made_at=self.now,
        )

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def may_name(self, kind: str) -> bool:
        """Are rows of the kind among what is shown, so that others may name them?"""
        return SECTION_OF[kind].key in self.choices.parts

    def about(self) -> Iterable[Line]:
        for name in ("owner", "approver", "valid_from", "valid_to", "review_on"):
            shown = name in reach.ABOUT or (
                self.choices.people if name in reach.PEOPLE else self.choices.inside
            )
            value = getattr(self.strategy, name)
            if shown and value:
                label = str(capfirst(str(Strategy._meta.get_field(name).verbose_name)))  # type: ignore[union-attr]
                said = date_format(value) if isinstance(value, date) else clean(str(value))
                yield Line(name, label, said, is_brief=True)

    def adopted(self) -> Adopted | None:
        rows = Edition.objects.filter(strategy_id=self.strategy.pk).exclude(adopted_on=None)
        row = rows.defer("document").order_by("-number").first() if self.strategy.pk else None
        if row is None or row.adopted_on is None:
            return None
        return Adopted(row.number, row.adopted_on, clean(row.adopted_by) if self.choices.people else "")

    # ---- a part, a kind, a row

    def part(self, section: Section) -> Part:
        shown = [
            kind
            for kind in section.kinds
            if reach.may_show_kind(kind, people=self.people, inside=self.inside)
        ]
        found = {kind.key: self.rows_of(section, kind) for kind in shown}
        groups = [self.group(kind, found[kind.key]) for kind in shown if found[kind.key]]
        return Part(section.key, str(section.title), self.short(section, found), tuple(filter(None, groups)))

    @property
    def people(self) -> bool:
        return self.choices.people

    @property
    def inside(self) -> bool:
        return self.choices.inside

    def short(self, section: Section, found: dict[str, list[Any]]) -> str:
        question = QUESTIONS.get(section.key)
        if question is None:
            return ""
        rows = found.get(section.kinds[0].key, [])
        rows = [row for row in rows if not getattr(row, "is_not", False)]
        if section.key == "launch" and not self.inside:
            return ""  # it tells how many followers each action is thought to bring
        return clean(in_short(section.key, rows, self.today))

    def rows_of(self, section: Section, kind: Kind) -> list[Any]:
        """Its own rows, then those it inherits; of a single kind the nearest."""
        chain = [
            each.pk for each in (self.strategy.chain(section.key) if section.inherits else [self.strategy])
        ]
        if kind.model is None:
            rows = [row for row in self.records[kind.key] if row.strategy_id in chain]
        else:
            rows = list(_with_all(kind, chain))
        rows.sort(key=lambda row: chain.index(row.strategy_id))
        return rows[:1] if kind.single else rows

    def group(self, kind: Kind, rows: list[Any]) -> Group | None:
        shown = reach.fields(kind, people=self.people, inside=self.inside)
        naming = _naming(kind)
        if naming not in shown and not kind.single:
            return None
        if kind.key == "goal":
            self.figures = figures.of_goals(self.strategy.workspace, rows, self.now, self.choices.charts)
        field = kind.field(UNDER[kind.key]) if kind.key in UNDER else None
        if field:
            order = [key for key, _label in field.choices] or [False, True]
            rows = sorted(rows, key=lambda row: _place(order, kind.value(row, field)))
        lines = [each for each in shown if each not in (naming, field) or (kind.single and each != field)]
        made = [self.row(kind, row, lines, field, "" if kind.single else naming.name) for row in rows]
        made = [row for row in made if row.name or row.lines]
        if not made:
            return None
        title, purpose = str(kind.title), str(kind.purpose)
        return Group(kind.key, title, purpose, kind.label(naming), tuple(_alike(made)), kind.across)

    def row(self, kind: Kind, row: Any, shown: list[Field], under: Field | None, naming: str) -> Row:
        self.moments.append(row.changed_at)
        said = [self.line(kind, row, field) for field in shown if self.may_tell(kind, field)]
        said += self.more(row)
        done = isinstance(row, LaunchAction) and row.done_at is not None
        above = self.titles[row.strategy_id] if row.strategy_id != self.strategy.pk else ""
        made = Row(
            part=row.part,
            name=self.name(kind, row, naming),
            lines=tuple(line for line in said if line and line.words),
            under=self.under(kind, row, under),
            above=above,
            is_done=done,
        )
        if not isinstance(row, Goal):
            return made
        return replace(made, figures=self.figures.get(row.pk), reason=self.reason(row))

    def name(self, kind: Kind, row: Any, naming: str) -> str:
        if not naming:
            return ""
        field = kind.field(naming)
        return clean(words(field, kind.value(row, field)))

    def under(self, kind: Kind, row: Any, field: Field | None) -> str:
        if field is None:
            return ""
        if isinstance(row, Audience):
            return kind.label(field) if row.is_not else ""
        return str(capfirst(words(field, kind.value(row, field))))

    def may_tell(self, kind: Kind, field: Field) -> bool:
        """Not what another part says, where that part is not shown."""
        if field.type is Type.PASSAGE and DOCUMENTS not in self.choices.parts:
            return False
        other = field.of or field.offers
        return not (other and not self.may_name(other))

    def line(self, kind: Kind, row: Any, field: Field) -> Line | None:
        if isinstance(row, Goal) and field.name in APART:
            if field.type is Type.FIGURE and row.measured is None:
                return _line(kind, field, words(field, kind.value(row, field)))
            return None
        value = kind.value(row, field)
        items: tuple[str, ...] = ()
        match field.type:
            case Type.KEYS:
                items = tuple(words(field, [key]) for key in value or ())
            case Type.ROWS:
                items = tuple(clean(str(each)) for each in value)
            case Type.CHECKS:
                items = tuple(_check(label, (value or {}).get(key)) for key, label in field.choices if value)
            case Type.CHANNEL | Type.PERSON | Type.ROW:
                return _line(kind, field, clean(str(value)) if value else "")
        if field.type in (Type.KEYS, Type.ROWS, Type.CHECKS):
            return _line(kind, field, ("\n" if field.type is not Type.KEYS else ", ").join(items), items)
        return _line(kind, field, _said(field, value))

    def more(self, row: Any) -> list[Line]:
        """What a row says that is no field of its kind."""
        found = []
        if isinstance(row, Audience):
            items = tuple(
                clean(f"{column.title}: {each.place_name}, {_share(each.share)} ({each.year}, {each.source})")
                for column in by_use(row.presences.all())
                for each in column.rows
            )
            found.append(Line("presences", _("Where they are"), "\n".join(items), items))
        if isinstance(row, Record) and row.source and self.inside:
            found.append(Line("source", _("Where this is from"), clean(row.source)))
        return found

    def reason(self, goal: Goal) -> Reason | None:
        passage = goal.passage
        if passage is None or DOCUMENTS not in self.choices.parts:
            return None
        return Reason(
            clean(passage.document.title),
            clean(passage.document.adopted),
            passage.place,
            clean(passage.text),
            str(capfirst(goal.get_strength_display())) if goal.strength else "",
            clean(goal.passage_why),
        )


def _naming(kind: Kind) -> Field:
    """The field a row is called by."""
    if kind.model is None:
        return kind.fields[0]
    return next(field for field in kind.fields if field.needed and field.type is Type.LINE)


def _with_all(kind: Kind, chain: list[int]) -> Any:
    """The rows of a table of its own with all they refer to, in a handful of queries."""
    one = [field.name for field in kind.fields if field.type in (Type.PERSON, Type.CHANNEL, Type.ROW)]
    many: list[Any] = []
    for field in kind.fields:
        if field.type is Type.ROWS:
            others = KINDS[field.of].table._default_manager.all()
            many.append(Prefetch(field.name, others.filter(closed_at=None) if field.of == "goal" else others))
    if kind.model is Goal:
        one.append("passage__document")
    if kind.model is Audience:
        many.append("presences")
    rows = kind.table._default_manager.filter(strategy_id__in=[pk for pk in chain if pk])
    rows = rows.filter(closed_at=None) if kind.model is Goal else rows
    return rows.select_related("strategy__workspace", *one).prefetch_related(*many)


def _line(kind: Kind, field: Field, said: str, items: tuple[str, ...] = ()) -> Line:
    is_brief = field.type not in (Type.TEXT, Type.LINK, Type.ROWS, Type.CHECKS) and len(said) <= BRIEF
    is_link = field.type is Type.LINK and web_address(said, LONGEST_LINK) == said
    return Line(field.name, kind.label(field), clean(said), items, is_link, is_brief)


def _alike(rows: list[Row]) -> list[Row]:
    """What is long in one row is told as something long in all, so that rows of a kind look alike."""
    long = {line.key for row in rows for line in row.lines if not line.is_brief}
    return [
        replace(row, lines=tuple(replace(line, is_brief=line.key not in long) for line in row.lines))
        for row in rows
    ]


def _said(field: Field, value: Any) -> str:
    """As a document sets it: 6 900, but the year 2025."""
    if field.type is Type.COUNT and isinstance(value, int) and not field.name.endswith("year"):
        return number_format(value, force_grouping=True)
    return words(field, value)


def _place(order: list[Any], value: Any) -> int:
    return order.index(value) if value in order else len(order)


def _check(label: Any, said: bool | None) -> str:
    answers = {True: _("In place"), False: _("Missing"), None: _("Not looked at")}
    return f"{answers[said]}: {label}"


def _share(share: float) -> str:
    return _("%(number)s%%") % {"number": words(_SHARE, share)}


_SHARE = Field("share", Type.FIGURE)
