"""Begin a strategy from another: copies, templates of one's own, and those that come with Samspill."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samspill.accounts.models import User
from samspill.strategy.document.editions import pack, unpack
from samspill.strategy.document.read import Reading, read
from samspill.strategy.document.take_in import take_in
from samspill.strategy.document.write import FORMAT, Plain, as_json, document
from samspill.strategy.models import Strategy, Template
from samspill.strategy.sections import KINDS, Type

# What is of one organisation and one time: not in a template.
OWN_TYPES = (Type.PERSON, Type.CHANNEL, Type.PASSAGE, Type.DAY)
OWN_FIELDS = {
    "goal": ("baseline", "passage_why", "strength", "created_at", "closed_at", "passage_seen_at"),
    "audience": ("size", "size_source", "size_year", "presences"),
    "channelchoice": ("evidence", "risk", "risk_measures", "risk_link", "link", "web_twin"),
    "launchaction": ("done_at", "result", "result_followers"),
}
OWN_KINDS = ("account", "comparator", "access", "seed", "lesson", "exception")
ABOUT_KEPT = ("title", "ambition", "summary", "profile")


@dataclass(frozen=True)
class Shipped:
    """A template that comes with Samspill, in both languages."""

    key: str
    title: Promise
    note: Promise

    def content(self) -> bytes:
        language = "nb" if (get_language() or "en").startswith("nb") else "en"
        return (Path(__file__).parent / "templates" / language / f"{self.key}.yaml").read_bytes()


_SHIPPED = (
    Shipped(
        "municipality",
        _("A small municipality"),
        _("Answers, preparedness and dialogue, with the duties of a public body."),
    ),
    Shipped(
        "association",
        _("An association with members"),
        _("Members who take part, and a cause that is heard."),
    ),
    Shipped(
        "company", _("A small company"), _("Customers who come back, and people who want to work there.")
    ),
    Shipped("campaign", _("A campaign"), _("One goal, a few weeks, and an end.")),
)
SHIPPED = {each.key: each for each in _SHIPPED}


def as_template(said: Plain) -> Plain:
    """The document without people, channels, passages, days and figures: what others can begin with."""
    about = {key: said["strategy"][key] for key in ABOUT_KEPT if key in said["strategy"]}
    sections = {key: _general(kinds) for key, kinds in said["sections"].items()}
    return {
        "format": FORMAT,
        "strategy": about,
        "sections": {key: kinds for key, kinds in sections.items() if kinds},
    }


def _general(kinds: Plain) -> Plain:
    made: Plain = {}
    for key, rows in kinds.items():
        if key in OWN_KINDS:
            continue
        many = rows if isinstance(rows, list) else [rows]
        kept = [_row(key, row) for row in many if "closed_at" not in row]
        if kept:
            made[key] = kept if isinstance(rows, list) else kept[0]
    return made


def _row(key: str, row: Plain) -> Plain:
    own = {field.name for field in KINDS[key].fields if field.type in OWN_TYPES} | set(
        OWN_FIELDS.get(key, ())
    )
    return {name: value for name, value in row.items() if name not in own}


def keep_template(strategy: Strategy, owner: User, *, title: str, note: str) -> Template:
    said = as_template(document(strategy))
    return Template.objects.create(
        owner=owner, title=title, note=note, language=strategy.language, document=pack(said)
    )


def content_of(source: str, strategy: Strategy, user: User) -> bytes | None:
    """The document to begin with: "shipped:campaign", one's own "template:7", the workspace's "strategy:3".

    None where there is no such thing.
    """
    kind, _colon, key = source.partition(":")
    if kind == "shipped":
        return SHIPPED[key].content() if key in SHIPPED else None
    pk = int(key) if key.isascii() and key.isdecimal() and len(key) < 16 else 0
    if kind == "template":
        template = Template.objects.filter(owner=user, pk=pk).first()
        return as_json(unpack(bytes(template.document))).encode() if template else None
    other = (
        Strategy.objects.filter(workspace=strategy.workspace, pk=pk).first() if kind == "strategy" else None
    )
    return as_json(document(other)).encode() if other else None


def begin(strategy: Strategy, content: bytes, by: User) -> Reading:
    """Lay a document into a strategy that is new; its own title and place stay. Faults: nothing is laid."""
    reading = read(content)
    title, scope = strategy.title, strategy.scope
    with transaction.atomic():
        _without_strangers(reading)
        if not reading.faults:
            outcome = take_in(reading, strategy, by, leave_open=True, as_copy=True)
            reading.faults.extend(outcome.faults)
        Strategy.objects.filter(pk=strategy.pk).update(title=title, scope=scope)
    return reading


def _without_strangers(reading: Reading) -> None:
    """References to rows that the document does not hold are left out: what it was copied from had them."""
    here = {row.id for row in reading.rows}
    for row in reading.rows:
        for field in row.kind.fields:
            value: Any = row.values.get(field.name)
            if field.type is Type.ROWS and value:
                row.values[field.name] = [each for each in value if each in here]
            elif field.type is Type.ROW and value and value not in here:
                del row.values[field.name]
