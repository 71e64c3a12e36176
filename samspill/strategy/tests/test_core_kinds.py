"""The kinds with tables: what can be chosen among is said, so that exports, forms and the linter agree."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from samspill.strategy.duties import DESIGN
from samspill.strategy.measures import MEASURES
from samspill.strategy.places import BLOCKS, PLACES
from samspill.strategy.sections import KINDS, Type
from samspill.strategy.subgoals import SUB_GOALS

CORE = [kind for kind in KINDS.values() if kind.model is not None]


@pytest.mark.parametrize("kind", CORE, ids=lambda kind: kind.key)
def test_what_can_be_chosen_among_is_said(kind):
    """A field of the table with choices has them here, the same ones in the same order."""
    for field in kind.fields:
        of_column = [key for key, _ in kind.model._meta.get_field(field.name).choices or ()]
        if field.type in (Type.CHOICE, Type.KEYS, Type.CHECKS) or of_column:
            keys = [key for key, _ in field.choices]
            assert keys, field.name
            assert not of_column or keys == of_column, field.name


def test_what_python_keeps_lists_of_is_chosen_from_those_lists():
    kept: dict[tuple[str, str], Mapping[str, object]] = {
        ("goal", "sub_goal"): SUB_GOALS,
        ("goal", "measure"): MEASURES,
        ("channelchoice", "place"): PLACES,
        ("channelchoice", "blocks"): BLOCKS,
        ("channelchoice", "design"): DESIGN,
    }
    for (kind, name), keys in kept.items():
        assert [key for key, _ in KINDS[kind].field(name).choices] == list(keys)


def test_the_honeycomb_has_seven_blocks():
    assert len(BLOCKS) == 7
    assert all(str(block.means) for block in BLOCKS.values())
