"""One search over everything the workspace holds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samspill.accounts.models import Workspace
from samspill.conversations.models import Conversation, Message
from samspill.publishing.models import Draft, Version
from samspill.strategy.models import Audience, ChannelChoice, Goal, GoverningDocument, LaunchAction, Passage

MOST_WORDS = 8
AROUND = 90  # characters shown on each side of the first hit


@dataclass(frozen=True)
class Part:
    text: str
    hit: bool


Marker = Callable[[str], list[Part]]


@dataclass(frozen=True)
class Hit:
    """`page` is the URL name of the row it leads to."""

    page: str
    pk: int
    title: Sequence[Part]
    said: Sequence[Part]
    about: str
    at: datetime | None


@dataclass(frozen=True)
class Group:
    key: str
    name: Promise
    rows: QuerySet[Any]
    hit: Callable[[Any], Hit]

    def hits(self, rows: Iterable[Any]) -> list[Hit]:
        return [self.hit(row) for row in rows]


def words_of(asked: str) -> list[str]:
    """The words to find, each of which must be there; æ, ø and å as one character each."""
    return unicodedata.normalize("NFC", asked.replace("\0", "")).split()[:MOST_WORDS]


def search(workspace: Workspace, words: Sequence[str]) -> list[Group]:
    """What holds every word, by kind; nothing is read until a group's rows are."""
    mark = _marker(words)
    return [
        Group("goals", _("Goals"), _goals(workspace, words), lambda row: _goal_hit(row, mark)),
        *_answers(workspace, words, mark),
        Group("passages", _("Passages"), _passages(workspace, words), lambda row: _passage_hit(row, mark)),
        Group(
            "documents",
            _("Governing documents"),
            _documents(workspace, words),
            lambda row: _document_hit(row, mark),
        ),
        Group("drafts", _("Drafts and posts"), _drafts(workspace, words), lambda row: _draft_hit(row, mark)),
        Group(
            "conversations", _("Conversations"), _talks(workspace, words), lambda row: _talk_hit(row, mark)
        ),
    ]


def holds(words: Sequence[str], *fields: str) -> Q:
    """Every word stands in at least one of the fields, whether written with capitals or not."""
    every = Q()
    for word in words:
        any_field = Q()
        for field in fields:
            any_field |= _contains(field, word)
        every &= any_field
    return every


def _contains(field: str, word: str) -> Q:
    """SQLite's LIKE takes Å and å for different letters: such words go to Python's regular expressions.

    The longest plain stretch is looked for first, by LIKE, so that few rows get that far.
    """
    if word.isascii() or connection.vendor != "sqlite":
        return Q(**{f"{field}__icontains": word})
    plain = max(re.findall(r"[\x00-\x7f]+", word), key=len, default="")
    exact = Q(**{f"{field}__iregex": re.escape(word)})
    return Q(**{f"{field}__icontains": plain}) & exact if plain else exact


def _goals(workspace: Workspace, words: Sequence[str]) -> QuerySet[Goal]:
    return (
        Goal.objects.in_workspace(workspace)
        .filter(holds(words, "statement", "why"))
        .order_by("closed_at", "position")
    )


def _goal_hit(row: Goal, mark: Marker) -> Hit:
    return Hit("strategy:goal", row.pk, mark(row.statement), mark(row.why), "", None)


def _answers(workspace: Workspace, words: Sequence[str], mark: Marker) -> list[Group]:
    """The other answers to the six questions that have pages of their own."""

    def rows(model: type[Any], *fields: str) -> QuerySet[Any]:
        found: QuerySet[Any] = model.objects.in_workspace(workspace).filter(holds(words, *fields))
        return found

    return [
        Group(
            "audiences",
            _("Audiences"),
            rows(Audience, "name", "description", "needs"),
            lambda row: Hit(
                "strategy:audience", row.pk, mark(row.name), mark(row.description or row.needs), "", None
            ),
        ),
        Group(
            "channel_choices",
            _("Channel choices"),
            rows(ChannelChoice, "name", "purpose", "evidence"),
            lambda row: Hit(
                "strategy:channel_choice", row.pk, mark(row.name), mark(row.purpose or row.evidence), "", None
            ),
        ),
        Group(
            "actions",
            _("Actions"),
            rows(LaunchAction, "what", "result"),
            lambda row: Hit("strategy:launch_action", row.pk, mark(row.what), mark(row.result), "", None),
        ),
    ]


def _passages(workspace: Workspace, words: Sequence[str]) -> QuerySet[Passage]:
    rows = Passage.objects.in_workspace(workspace).standing().saying(" ".join(words))
    return rows.select_related("document").order_by("document__title", "position")


def _passage_hit(row: Passage, mark: Marker) -> Hit:
    about = f"{row.document.title} · {row.place}"
    return Hit(
        "strategy:passage", row.pk, mark(row.heading or row.document.title), mark(row.text), about, None
    )


def _documents(workspace: Workspace, words: Sequence[str]) -> QuerySet[GoverningDocument]:
    return (
        GoverningDocument.objects.in_workspace(workspace)
        .filter(holds(words, "title"))
        .order_by("title", "pk")
    )


def _document_hit(row: GoverningDocument, mark: Marker) -> Hit:
    return Hit("strategy:document", row.pk, mark(row.title), (), row.adopted, None)


def _drafts(workspace: Workspace, words: Sequence[str]) -> QuerySet[Draft]:
    version = Version.objects.filter(holds(words, "text"), draft=OuterRef("pk")).order_by("pk")
    rows = Draft.objects.in_workspace(workspace).listed()
    rows = rows.annotate(version_text=Subquery(version.values("text")[:1]))
    return rows.filter(Exists(version) | holds(words, "title", "text")).order_by("-updated_at", "-pk")


def _draft_hit(row: Any, mark: Marker) -> Hit:
    return Hit(
        "publishing:draft", row.pk, mark(row.title), mark(row.version_text or row.text), "", row.updated_at
    )


def _talks(workspace: Workspace, words: Sequence[str]) -> QuerySet[Conversation]:
    said = holds(words, "text", "author_name", "author_handle")
    message = Message.objects.filter(said, conversation=OuterRef("pk")).order_by("-at", "-pk")
    rows = Conversation.objects.in_workspace(workspace).select_related("channel")
    rows = rows.annotate(
        text=Subquery(message.values("text")[:1]),
        by=Subquery(message.values("author_name")[:1]),
        said_at=Subquery(message.values("at")[:1]),
    )
    return rows.filter(Exists(message)).order_by("-said_at", "-pk")


def _talk_hit(row: Any, mark: Marker) -> Hit:
    return Hit(
        "conversations:conversation",
        row.pk,
        mark(row.by or row.channel.name),
        mark(row.text),
        row.channel.name,
        row.said_at,
    )


def _marker(words: Sequence[str]) -> Marker:
    """Cuts a text to the neighbourhood of the first hit, and marks every hit in it."""
    longest_first = sorted(words, key=len, reverse=True)
    pattern = re.compile("(" + "|".join(re.escape(word) for word in longest_first) + ")", re.IGNORECASE)

    def mark(text: str) -> list[Part]:
        shown = _around(" ".join(text.split()), pattern)
        return [Part(piece, place % 2 == 1) for place, piece in enumerate(pattern.split(shown)) if piece]

    return mark


def _around(text: str, pattern: re.Pattern[str]) -> str:
    found = pattern.search(text)
    at = found.start() if found else 0
    start = 0 if at <= AROUND else text.rfind(" ", 0, at - AROUND) + 1
    end = (
        len(text) if len(text) - at <= 2 * AROUND else max(text.find(" ", at + 2 * AROUND - 20), at + AROUND)
    )
    return ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")
