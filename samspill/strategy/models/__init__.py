"""The strategy as records: governing documents with their passages, and answers to the six questions."""

from samspill.strategy.models.audiences import Audience, Presence, Tactic
from samspill.strategy.models.channels import ChannelChoice, LaunchAction
from samspill.strategy.models.documents import DocumentVersion, GoverningDocument, Passage, fold
from samspill.strategy.models.editions import Edition, Import, Piece, Template, UsageFigure
from samspill.strategy.models.emergence import Comment, Decision, Observation, Pattern
from samspill.strategy.models.rows import Goal, GoalQuerySet, Record, Row, RowQuerySet, Trait
from samspill.strategy.models.strategy import DEEPEST, Strategy

__all__ = [
    "DEEPEST",
    "Audience",
    "ChannelChoice",
    "Comment",
    "Decision",
    "DocumentVersion",
    "Edition",
    "Goal",
    "GoalQuerySet",
    "GoverningDocument",
    "Import",
    "LaunchAction",
    "Observation",
    "Passage",
    "Pattern",
    "Piece",
    "Presence",
    "Record",
    "Row",
    "RowQuerySet",
    "Strategy",
    "Tactic",
    "Template",
    "Trait",
    "UsageFigure",
    "fold",
]
