"""The strategy as slides: one deck to present it with, and one of ten slides for the board."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.utils import timezone, translation

from samspill.accounts.middleware import zone_of
from samspill.face.deck import asked, goals, holding, opening, people, places
from samspill.face.deck.board import SLIDES
from samspill.face.deck.facts import Facts, gather
from samspill.face.deck.paint import Deck
from samspill.strategy.models import Strategy

Chapter = Callable[[Deck, Facts], None]
CHAPTERS: tuple[Chapter, ...] = (
    opening.cover,
    opening.ambition,
    opening.derived,
    goals.glance,
    goals.each,
    people.audiences,
    people.ladder,
    people.voice,
    places.channels,
    places.plan,
    holding.roles,
    holding.rails,
    holding.crisis,
    holding.followed,
    asked.next_up,
)


def deck(strategy: Strategy, language: str, now: datetime | None = None) -> bytes:
    """The whole strategy, made to be presented; what nobody has written yet has no slide."""
    return _made(strategy, language, now or timezone.now(), CHAPTERS)


def board(strategy: Strategy, language: str, now: datetime | None = None) -> bytes:
    """What a board must know and decide, in exactly ten slides."""
    return _made(strategy, language, now or timezone.now(), SLIDES)


def _made(strategy: Strategy, language: str, now: datetime, chapters: Sequence[Chapter]) -> bytes:
    zone = zone_of(strategy.workspace.time_zone) or timezone.get_default_timezone()
    with translation.override(language), timezone.override(zone):
        facts = gather(strategy, language, now)
        deck = Deck(facts.content.title, facts.content.organisation, language, now)
        for chapter in chapters:
            chapter(deck, facts)
        return deck.save()
