"""The check of a strategy: named rules over all that it says, and what they find."""

from __future__ import annotations

from samspill.strategy.lint import audiences, channels, choices, goals, launch, tactics, ties, voice
from samspill.strategy.lint.facts import Facts
from samspill.strategy.lint.rule import Finding, Mend, Rule, Severity

__all__ = ["RULES", "Facts", "Finding", "Mend", "Rule", "Severity"]

_ALL = (
    *ties.RULES,
    *goals.RULES,
    *audiences.RULES,
    *tactics.RULES,
    *voice.RULES,
    *channels.RULES,
    *choices.RULES,
    *launch.RULES,
)
RULES: dict[str, Rule] = {rule.key: rule for rule in _ALL}
