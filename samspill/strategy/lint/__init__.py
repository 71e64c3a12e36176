"""The check of a strategy: named rules over all that it says, and what they find."""

from __future__ import annotations

from samspill.strategy.lint import (
    along,
    audiences,
    channels,
    choices,
    crisis,
    figures,
    goals,
    launch,
    mass,
    people,
    rails,
    tactics,
    ties,
    tone,
    voice,
    whole,
)
from samspill.strategy.lint.facts import Facts
from samspill.strategy.lint.rule import Finding, Mend, Rule, Severity

__all__ = ["RULES", "Facts", "Finding", "Mend", "Rule", "Severity"]

_ALL = (
    *ties.RULES,
    *goals.RULES,
    *audiences.RULES,
    *tactics.RULES,
    *along.RULES,
    *voice.RULES,
    *tone.RULES,
    *channels.RULES,
    *choices.RULES,
    *launch.RULES,
    *mass.RULES,
    *people.RULES,
    *rails.RULES,
    *crisis.RULES,
    *whole.RULES,
    *figures.RULES,
)
RULES: dict[str, Rule] = {rule.key: rule for rule in _ALL}
