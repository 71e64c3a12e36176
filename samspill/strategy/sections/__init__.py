"""Everything a strategy contains, in the order it is read: the one table that forms, exports, editions,
imports and the linter go by. SECTIONS are those one reads; KINDS hold what is kept beside them, too."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samspill.strategy.sections import along, channels, launch, voice
from samspill.strategy.sections.check import CHECK
from samspill.strategy.sections.core import AUDIENCE, CHANNEL_CHOICE, GOAL, LAUNCH_ACTION, TACTIC, TRAIT
from samspill.strategy.sections.crisis import CRISIS
from samspill.strategy.sections.emergence import EMERGENCE
from samspill.strategy.sections.evaluation import EVALUATE, EXPERIMENTS
from samspill.strategy.sections.fields import Field, Kind, Section, Type
from samspill.strategy.sections.learning import LEARNING
from samspill.strategy.sections.rails import RAILS
from samspill.strategy.sections.roles import ROLES
from samspill.strategy.sections.situation import SITUATION

__all__ = ["EVERY_SECTION", "KINDS", "SECTIONS", "SECTION_OF", "Field", "Kind", "Section", "Type"]

_ALL = (
    SITUATION,
    Section("goals", _("What shall we achieve?"), GOAL.purpose, (GOAL,), "goals", inherits=False),
    Section("audiences", _("Whom shall we reach?"), AUDIENCE.purpose, (AUDIENCE,), "audiences"),
    Section("tactics", _("How do we get them along?"), TACTIC.purpose, (TACTIC, *along.KINDS), "tactics"),
    Section("voice", _("Which personality do we show?"), TRAIT.purpose, (TRAIT, *voice.KINDS), "voice"),
    Section(
        "channel_choices",
        _("On which channels do we belong?"),
        CHANNEL_CHOICE.purpose,
        (CHANNEL_CHOICE, *channels.KINDS),
        "channel_choices",
    ),
    Section(
        "launch",
        _("What is the plan for a successful start?"),
        LAUNCH_ACTION.purpose,
        (LAUNCH_ACTION, *launch.KINDS),
        "launch",
        inherits=False,
    ),
    ROLES,
    RAILS,
    LEARNING,
    CRISIS,
    EVALUATE,
    EXPERIMENTS,
    EMERGENCE,
)
# What hangs on a strategy without being a part one reads: settings and exceptions of pages that work on it.
_ASIDE = (CHECK,)
SECTIONS: dict[str, Section] = {section.key: section for section in _ALL}
EVERY_SECTION: dict[str, Section] = {section.key: section for section in (*_ALL, *_ASIDE)}
KINDS: dict[str, Kind] = {kind.key: kind for section in EVERY_SECTION.values() for kind in section.kinds}
SECTION_OF: dict[str, Section] = {
    kind.key: section for section in EVERY_SECTION.values() for kind in section.kinds
}
